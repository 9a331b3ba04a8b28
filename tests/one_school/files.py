"""The files that are judged: the example as it is, and a few cards on every stock."""

import csv
from functools import cache
from itertools import product
from pathlib import Path

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.campaigns import campaign_text, write_small_campaign
from tests.one_school.stock import FLIPS, MADE_FOR, STOCKS

EXAMPLE = Path(__file__).parents[2] / "examples" / "un-etablissement-2018"
EXAMPLE_CARDS = {
    "cartes-avery": "avery-c32011",
    "cartes-papier": "cards-a4",
    "cartes-sans-nom": "id1-10",
    "cartes-pliees": "a6-4",
}
LEAFLETS = ("leaflet-a5", "leaflet-trifold", "poster-a3")
PEOPLE = 12  # of the small campaign: more than a sheet of any stock holds

CARD_FILES = [("small", stock, [*FLIPS][number % 2]) for number, stock in enumerate(STOCKS)]  # each once, by turns
CARD_FILES += [("example", document, "long-edge") for document in EXAMPLE_CARDS]
FOLDED_CARDS = [file for file in CARD_FILES if file[1] in ("a6-4", "cartes-pliees")]

CARD = '\n[[document]]\nname = "{name}"\ntemplate = "{template}"\nper = "person"\n'
ON_SHEET = 'sheet = "{stock}"\nflip = "{flip}"\n'


def build_example(out: Path) -> None:
    build(BuildOptions(campaign=EXAMPLE / "campaign.toml", out=out))


def build_small(out: Path) -> None:
    documents = "".join(CARD.format(name=f"{template}-alone", template=template) for template in MADE_FOR)
    for stock, flip in product(STOCKS, FLIPS):
        template = "memo-a6" if STOCKS[stock].edge else "memo-card"
        documents += CARD.format(name=f"{stock}-{flip}", template=template) + ON_SHEET.format(stock=stock, flip=flip)
    schools = (EXAMPLE / "ecoles.csv").read_bytes()
    people = (EXAMPLE / "personnels.csv").read_text("utf-8").splitlines()[: 1 + PEOPLE]
    text = campaign_text(documents, staff=True)
    campaign = write_small_campaign(out.with_name("stocks"), text, schools, "\n".join(people) + "\n")
    build(BuildOptions(campaign=campaign, out=out))


def file_in(out: Path, document: str) -> Path:
    (path,) = (out / document).glob("*.pdf")
    return path


@cache
def staff() -> tuple[str, ...]:
    """First name and name of everybody in the staff list, in its order."""
    with (EXAMPLE / "personnels.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(f"{row['prenom']} {row['nom']}" for row in csv.DictReader(file, delimiter=";"))
