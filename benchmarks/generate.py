"""Invented schools and campaign folders for the benchmarks, the same on every machine.

What is here: `make_schools` (values), `write_campaign` (a folder that ``leaflet build`` accepts), and a small
command line: ``python benchmarks/generate.py FOLDER --schools 5000``.
What is not: real schools. Names, streets and communes are invented; UAI codes have a correct check letter
but belong to nobody in particular. Lengths of names follow those of the Annuaire de l'éducation:
median 32 characters, 95th percentile 69, at most 110.
School number *k* is the same whatever the number of schools asked for.
"""

import argparse
import csv
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from math import exp, log
from pathlib import Path
from random import Random
from statistics import NormalDist

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # 23 letters: the check letter of a UAI is its number modulo 23
DEPARTEMENTS = ("037", "045", "028", "041", "018", "036")  # académie d'Orléans-Tours; 037 is used up first
NUMBERS_PER_DEPARTEMENT = 10_000

NAME_MEDIAN, NAME_95TH, NAME_MIN, NAME_MAX = 32, 69, 14, 110
_NAME_SPREAD = log(NAME_95TH / NAME_MEDIAN) / NormalDist().inv_cdf(0.95)

_KINDS = (
    "École",
    "École",
    "École",
    "École primaire",
    "École maternelle",
    "École maternelle",
    "École élémentaire",
    "École primaire",
    "École maternelle publique",
    "École élémentaire publique",
    "École primaire publique",
)
_PLACES = (
    "les Tilleuls",
    "le Verger",
    "la Prairie",
    "l’Orme",
    "les Quatre-Vents",
    "le Vieux-Moulin",
    "la Fontaine",
    "l’Île-aux-Saules",
    "les Grandes-Vignes",
    "le Clos-Fleuri",
    "Bel-Air",
    "le Parc",
    "les Buis",
    "l’Étang",
    "la Croix-Verte",
)
_ADDITIONS = (
    "d’application",
    "bilingue",
    "site nord",
    "rive droite",
    "groupe scolaire du Val",
    "annexe des Noyers",
    "classes à plusieurs niveaux",
    "regroupement intercommunal",
    "bâtiment « Les Œillets »",
    "ancienne école de filles",
)
_STREETS = (
    "rue de l’Église",
    "place du Marché",
    "avenue de la Gare",
    "impasse des Lilas",
    "chemin du Lavoir",
    "rue du Maréchal-Ferrant",
    "allée des Marronniers",
    "route de la Forêt-Haute",
)
_COMMUNES = (
    "Valbrune",
    "Orsigny-le-Sec",
    "Montfleury-sur-Indrette",
    "Saint-Ambroise-des-Prés",
    "Couvreuil",
    "Les Roches-Dorées",
    "Pont-Lavau",
    "Beauvoir-en-Plaine",
)

_CAMPAIGN = """\
election = "2018"

[publisher]
name = "Syndicat des écoles du Val"
address = "1 place du Marché, 37000 Valbrune"
contact = "contact@syndicat-du-val.example"
imprint = "Imprimé par nos soins · Ne pas jeter sur la voie publique"

[data]
schools = "ecoles.csv"

[departements.37]
site = "https://www.ac-orleans-tours.fr/dsden37/"

[[document]]
template = "leaflet-a4"
theme = "default"
per = "school"
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class School:
    """One line of the school list; the field names are its columns."""

    uai: str
    nom: str
    adresse: str
    code_postal: str
    commune: str
    exemplaires: str


def make_uai(index: int) -> str:
    """The UAI code of school number `index`, with its check letter.

    Raises:
        ValueError: there are only 60,000 codes in six départements.
    """
    departement, number = divmod(index, NUMBERS_PER_DEPARTEMENT)
    if departement >= len(DEPARTEMENTS):
        raise ValueError(f"{index + 1:,} schools asked for, at most 60,000 can be generated")
    digits = f"{DEPARTEMENTS[departement]}{number:04d}"
    return digits + UAI_LETTERS[int(digits) % len(UAI_LETTERS)]


def _pick(random: Random, choices: Sequence[str]) -> str:
    """One of `choices`; through `Random.random`, the one method whose sequence Python promises to keep."""
    return choices[int(random.random() * len(choices))]


def _make_name(random: Random) -> str:
    """A name whose length is near one drawn from the log-normal law of the module docstring."""
    normal = NormalDist().inv_cdf(min(max(random.random(), 1e-6), 1 - 1e-6))
    target = min(max(round(NAME_MEDIAN * exp(_NAME_SPREAD * normal)), NAME_MIN), NAME_MAX)
    name = f"{_pick(random, _KINDS)} {_pick(random, _PLACES)}"
    while len(name) < target:
        part = _pick(random, _PLACES if random.random() < 0.5 else _ADDITIONS)
        longer = f"{name} {part}"
        if len(longer) > NAME_MAX or len(longer) - target > target - len(name):
            return name
        if part not in name:
            name = longer
    return name


def _make_school(random: Random, index: int) -> School:
    """School number `index`; consumes a part of the random sequence."""
    uai = make_uai(index)
    return School(
        uai=uai,
        nom=_make_name(random),
        adresse=f"{1 + int(random.random() * 140)} {_pick(random, _STREETS)}",
        code_postal=f"{uai[1:3]}{int(random.random() * 90) * 10:03d}",
        commune=_pick(random, _COMMUNES),
        exemplaires=str(2 + int(random.random() * 38)),
    )


def make_schools(count: int) -> list[School]:
    """The first `count` invented schools."""
    random = Random(2018)
    return [_make_school(random, index) for index in range(count)]


def write_campaign(folder: Path, schools: int) -> Path:
    """Write ``campaign.toml`` and ``ecoles.csv`` for that many schools into `folder`, made if need be.

    Returns:
        the path of ``campaign.toml``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ecoles.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter=";", lineterminator="\n")
        rows.writerow(field.name for field in fields(School))
        rows.writerows(astuple(school) for school in make_schools(schools))
    campaign = folder / "campaign.toml"
    campaign.write_text(_CAMPAIGN, encoding="utf-8")
    return campaign


def main() -> None:
    """``python benchmarks/generate.py FOLDER --schools N``."""
    parser = argparse.ArgumentParser(description="Write a campaign folder with invented schools.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schools", type=int, default=300, metavar="N")
    options = parser.parse_args()
    print(write_campaign(options.folder, options.schools))


if __name__ == "__main__":
    main()
