"""A small campaign with resources of its own beside it, for tests."""

from pathlib import Path

from tests.support import tables_of

CAMPAIGN, ROWS, TEMPLATE, ELECTION, STOCK = tables_of(__file__).values()
THEME = 'extends = "default"\ndescription = "Rouge"\n[colors]\nink = "#8b0000"\n[inks]\nink = "20 100 100 20"\n'


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def write_own(
    folder: Path, template: str = TEMPLATE, *, election: str = "essai", theme: str = "rouge", more: str = ""
) -> Path:
    """Write a campaign whose template, theme, election and stock are beside it; return its path."""
    write(folder / "templates" / "mien" / "leaflet.xml", template)
    write(folder / "themes" / "rouge.toml", THEME)
    write(folder / "elections" / "essai.toml", ELECTION)
    write(folder / "stock.toml", STOCK)
    write(folder / "ecoles.csv", ROWS)
    values = {"election": election, "template": "mien", "theme": theme, "more": more}
    return write(folder / "campaign.toml", CAMPAIGN.format(**values))
