"""A small campaign with resources of its own beside it, for tests."""

from pathlib import Path

CAMPAIGN = """election = "{election}"
issued_on = 2027-01-15
[publisher]
name = "Section d’essai"
[data]
schools = "ecoles.csv"
[[document]]
template = "{template}"
theme = "{theme}"
{more}
"""
ROWS = """uai;nom;commune;code_postal
0370036N;Lycée Balzac;Tours;37000
0370035M;Lycée Descartes;Tours;37000
0690026D;Lycée Ampère;Lyon;69002
"""
TEMPLATE = """<leaflet title="{{ election.title }}">
<page>
<hero><h1>{{ election.title }}</h1></hero>
<p>{{ school.name }}, {{ academie.title }}</p>
<p>{{ election.vote.opens_on|day_year }}</p>
</page>
</leaflet>
"""
ELECTION = """year = 2027
academies = true
description = "Un vote d’essai"
[facts."title"]
value = "Vote d’essai"
source = "exemple"
confidence = "H"
read_on = 2026-11-26
[facts."vote.opens_on"]
value = 2027-03-01
source = "exemple"
confidence = "H"
read_on = 2026-11-26
"""
THEME = 'extends = "default"\ndescription = "Rouge"\n[colors]\nink = "#8b0000"\n[inks]\nink = "20 100 100 20"\n'
STOCK = """[mes-etiquettes]
name = "Mes étiquettes"
source = "exemple"
sheet = "A4"
card = ["85mm", "54mm"]
columns = 2
rows = 5
"""


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
