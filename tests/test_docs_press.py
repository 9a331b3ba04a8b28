"""The manual of sheets and print shops names every stock, key and rule there is, and none that is not."""

import re
from pathlib import Path

from leaflet.campaign.model import Data, Document, PressSettings
from leaflet.faults import catalogue
from leaflet.geometry import to_mm
from leaflet.imposition.impose import fits
from leaflet.imposition.stock import Stock, load_stock
from leaflet.pdf.standards.pdfx import FILE_RULES, PAGE_RULES
from leaflet.program import templates
from tests.one_template import theme_of
from tests.support import commands

DOCS = Path(__file__).parents[1] / "docs"
MANUAL = (DOCS / "press.md").read_text("utf-8")
GUIDES = {path.name: path.read_text("utf-8") for path in sorted((DOCS / "fr").glob("*.md"))}


def section(heading: str) -> str:
    return MANUAL.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def as_row(stock: Stock) -> str:
    size, first, pitch = (
        [f"{to_mm(length):g}" for length in pair]
        for pair in ((stock.width, stock.height), (stock.left, stock.top), (stock.pitch_x, stock.pitch_y))
    )
    cells = (" × ".join(size), f"{stock.columns} × {stock.rows}", ", ".join(first), " × ".join(pitch))
    return f"| `{stock.key}` | {' | '.join(cells)} |"


def test_every_stock_is_listed() -> None:
    """The tables say what the program uses, and nothing else, in French, too."""
    rows = re.findall(r"^\| `.*", section("Stock"), re.MULTILINE)
    assert [row[: len(as_row(stock))] for row, stock in zip(rows, load_stock().values(), strict=True)] == [
        as_row(stock) for stock in load_stock().values()
    ]
    listed = set(re.findall(r"^\| `([a-z0-9-]+)` \|", GUIDES["cartes.md"], re.MULTILINE))
    assert listed - {"sheet"} == set(load_stock())
    labels = GUIDES["cartes.md"].partition('`template = "memo-label"`')[2].partition("Les étiquettes suivantes")[0]
    theme = theme_of("memo-label", "default")
    fitting = {key for key, stock in load_stock().items() if fits(theme, stock)}
    named = set(re.findall(r"^\| `([a-z0-9-]+)` \|", labels, re.MULTILINE)) - {"sheet"}
    assert named == fitting & {key for key, stock in load_stock().items() if stock.sides == 1}


def test_every_rule_is_listed() -> None:
    """The rules of print-shop files have a row each; so have that of a whole file, and what is allowed."""
    listed = re.findall(r"^\| (\w+) \| .* \| .* \|$", section("Rules for print-shop files"), re.MULTILINE)
    assert {*listed[1:]} == {"0", "14", *FILE_RULES, *PAGE_RULES}


def test_what_the_guides_name_exists() -> None:
    """Keys of a campaign, templates, pictures with words for those who do not see them, codes of faults."""
    keys = re.findall(r"`\[+(\w+)\]+ (\w+)`", section("Keys of the campaign file"))
    models = {"data": Data, "document": Document, "press": PressSettings}
    assert {table for table, _ in keys} == set(models)
    assert all(key in models[table].model_fields for table, key in keys)
    assert {key for table, key in keys if table == "press"} == set(PressSettings.model_fields)
    told = {key for table, key in keys if table == "document"}
    assert set(Document.model_fields) - told == {"template", "theme", "name", "file_name", "makes"}
    named = {name for text in GUIDES.values() for name in re.findall(r'template = "([a-z0-9-]+)"', text)}
    assert named >= {"memo-card", "memo-a6", "leaflet-trifold"}
    own = {"mon-modele"}  # the one that the guide makes
    assert all((templates() / name / "leaflet.xml").is_file() for name in named - own)
    for name, text in GUIDES.items():
        for words, target in re.findall(r"!\[(.*?)\]\((.*?)\)", text):
            assert words, name
            assert (DOCS / "fr" / target).resolve().is_file(), target
    assert set(re.findall(r"\b[CFMPTUVW]\d{3}\b", MANUAL)) <= set(catalogue())


def test_commands_and_options_of_the_guides_exist() -> None:
    """A command a guide tells to type is one, with options it has."""
    pattern = r"leaflet (?:--lang fr )?[a-z][a-z-]* .*"
    typed = [line for text in (*GUIDES.values(), MANUAL) for line in re.findall(pattern, text)]
    assert len(typed) > 8
    known_commands = commands()
    for line in typed:
        line = line.removeprefix("leaflet ").removeprefix("--lang fr ").removeprefix("help ")
        name, *rest = (word.strip("`,;.") for word in line.split())
        assert name in known_commands, line
        known = {"--help", *(option for parameter in known_commands[name].params for option in parameter.opts)}
        assert {word for word in rest if word.startswith("--")} <= known, line
