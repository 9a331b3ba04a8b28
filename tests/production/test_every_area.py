"""Every template in every theme has room for every area: for the longest name, a long publisher, a long colleague.

All meet in a drill; else a template in a theme meets one area and one election, and an area one of them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path

import pytest

from leaflet.campaign import load_academies
from leaflet.campaign.academies import ABROAD
from leaflet.campaign.load import UNFINISHED
from leaflet.campaign.starter import write_starter
from leaflet.faults import LeafletError, Report
from leaflet.files.resources import program_resources
from leaflet.imposition.impose import fitting_stock
from leaflet.imposition.stock import load_stock
from leaflet.markup.render import About, load_about
from leaflet.production.build_options import InputOptions
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import load_inputs
from leaflet.production.materials import Materials
from leaflet.tables import check_letter
from tests.one_template import theme_of
from tests.support import EXAMPLE, LONG_NAME, THEMES, tables_of

IMPOSSIBLE = {
    ("leaflet-trifold", "large-print"): "no panel of a sheet folded in three is as wide as letters of 16 points need",
    ("memo-card-two-codes", "large-print"): "two codes leave a card no room for letters of 16 points",
}
"""What is refused everywhere, once for the document, and why."""
OWN_SHEETS = {"addresses", "address-label", "bundle-sheet", "draft-list", "packing-list"}  # which no campaign names
ELECTIONS = ("2018", "2022", "2026", "2026 like 2022", "2026 on 2026-12-04", "2026 like 2022 on 2026-12-10")
PUBLISHER = tables_of(__file__)["publisher"]
SAME_PORTAL = "".join(f"[groups.{name}]\nsame_portal = true\n" for name in ("agriculture", "abroad"))
NOTICE = tables_of(__file__)["notice"]
COLLEAGUE = "Rochefoucault de Saint-Barthélemy;Marie-Clémentine"
PEOPLE = (
    f"{COLLEAGUE};;",
    f"{COLLEAGUE};marie-clementine.rochefoucault-de-saint-barthelemy@ac-orleans-tours.fr;mrochefoucault-de-saint",
)


def facts_of(election: str, folder: Path) -> str:
    if "2026" not in election:
        return f'election = "{election}"\n'
    path = EXAMPLE.parent / "essai-2026" / "campaign.toml"
    kind, _, day = election.partition(" on ")
    if kind != "2026":
        path = folder / "started" / "campaign.toml"
        write_starter(path.parent, "2026", like="2022", answers=NOTICE)
    text = path.read_text("utf-8").partition("[publisher]")[0]
    return f"issued_on = {day}\n" + re.sub(r"(?m)^issued_on = .*\n", "", text) if day else text


def rows_of_schools() -> Iterator[str]:
    academies, prefixes = load_academies(), {ABROAD: "204"}
    for departement in academies.departements.values():
        prefixes.setdefault(departement.academie, departement.uai)
    assert prefixes.keys() == academies.by_key.keys()
    for number in (f"{prefix}0001" for prefix in prefixes.values()):
        yield f"{number}{check_letter(number)};{LONG_NAME};Saint-Jean-de-la-Ruelle;"
    yield f"0370002{check_letter('0370002')};{LONG_NAME};Saint-Jean-de-la-Ruelle;Agriculture"


def about(template: str) -> About:
    return load_about(program_resources().find("templates", template))


def documents() -> Iterator[str]:
    """Yield the table of each template in each theme, for schools and for people; cards on sheets of their size."""
    for template in sorted({*program_resources().names("templates")} - OWN_SHEETS):
        for theme in THEMES:
            for per in about(template).per:
                yield f'[[document]]\nname = "{template}-{theme}-{per}"\ntemplate = "{template}"\n'
                yield f'theme = "{theme}"\nper = "{per}"\n{sheet_for(template, theme)}'


@cache
def sheet_for(template: str, theme: str) -> str:
    """Return the line of a document that names its sheet, if it is made for cards or labels."""
    tokens = theme_of(template, "default" if (template, theme) in IMPOSSIBLE else theme)
    nearest, *_ = fitting_stock(load_stock().values(), tokens, 1) if tokens.page.least else [None]
    return f'sheet = "{nearest.key}"\n' if nearest else ""


@pytest.fixture(scope="module", params=ELECTIONS)
def materials(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Materials:
    folder, schools = tmp_path_factory.mktemp("campaign"), list(rows_of_schools())
    people = [f"{school[:8]};{person}" for school, person in zip(schools, cycle(PEOPLE), strict=False)]
    text = facts_of(request.param, folder)
    text += SAME_PORTAL + PUBLISHER + "".join(documents())
    (folder / "ecoles.csv").write_text("\n".join(["uai;nom;commune;ministere", *schools]), "utf-8")
    (folder / "personnels.csv").write_text("\n".join(["uai;nom;prenom;mail;identifiant_webmail", *people]), "utf-8")
    (folder / "campaign.toml").write_text(text, "utf-8")
    report = Report()
    loaded = load_inputs(InputOptions(campaign=folder / "campaign.toml", out=folder), report)
    assert {fault.code for fault in report.errors} <= UNFINISHED  # nobody compares the portal of a test with a notice
    assert len(loaded.schools) == len(schools)
    return loaded


@pytest.mark.parametrize("is_each", [False, pytest.param(True, marks=pytest.mark.drill)], ids=["some", "all"])
def test_every_template_has_room_for_every_area(
    materials: Materials, is_each: bool, request: pytest.FixtureRequest
) -> None:
    """Nothing is refused but what is impossible, and that once, before any school."""
    numbered = list(enumerate(materials.campaign.documents))
    assert len(numbered) > len(materials.schools)
    if not is_each:
        numbered = numbered[ELECTIONS.index(request.node.callspec.params["materials"]) :: len(ELECTIONS)]
    refused: dict[tuple[str, str], list[str]] = {}
    for number, document in numbered:
        try:
            schools = materials.schools if is_each else [materials.schools[number % len(materials.schools)]]
            layouts = DocumentMaker(materials, document).lay_out_each(schools)
        except LeafletError as error:
            found = [fault.code for fault in error.faults]
        else:
            errors = [layout for layout in layouts if isinstance(layout, LeafletError)]
            found = [" ".join(fault.lines("en")) for error in errors for fault in error.faults]
        if found:
            refused.setdefault((document.template, document.theme), []).extend(found)
    made = Counter((document.template, document.theme) for _, document in numbered)
    assert refused == {key: ["M304"] * made[key] for key in IMPOSSIBLE if key in made}
