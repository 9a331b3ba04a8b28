"""One new colleague is one card: people are chosen, and files made for everybody stay as they are."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from leaflet.faults import LANGUAGES, UsageError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, PrintRunOptions
from leaflet.production.print_runs import print_run
from leaflet.production.purge import purge
from leaflet.tables.filters import parse_choice
from tests.campaigns import campaign_text, list_of, write_small_campaign
from tests.production.test_cards import BALZAC, DESCARTES, SCHOOLS, document, places, texts
from tests.support import fault_of, faults_of, tables_of

PEOPLE = (
    f"Camille;Cerisier;{DESCARTES};Lettres;Nord",
    f"Béatrice;Noisetier;{DESCARTES};Maths;Nord",
    f"Camille;Prunier;{DESCARTES};Maths;Nord",
    f"Basile;Mirabelle;{BALZAC};Lettres;Sud",
)
LEAFLET = '[[document]]\nname = "depliants"\ntemplate = "leaflet-a4"\n'


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    schools = list_of("uai;nom;commune;secteur", (f"{school}Nord" for school in SCHOOLS))
    staff = list_of("prenom;nom;uai;discipline;secteur", PEOPLE)
    return write_small_campaign(tmp_path, campaign_text(document() + LEAFLET, staff=True), schools, staff)


@pytest.fixture
def build_of(campaign: Path) -> Callable[..., BuildResult]:
    """A function that builds the campaign with a choice."""

    def make(start: int = 1, prune: bool = False, **choice: Any) -> BuildResult:
        given = {"campaign": campaign, "out": campaign.parent / "out", "start": start, "prune": prune}
        return build(BuildOptions(**given, choice=parse_choice(**choice)))

    return make


def files(result: BuildResult) -> list[str]:
    return sorted(p.relative_to(result.out).as_posix() for p in Path(result.out).rglob("*.pdf"))


def codes_of(make: Callable[[], object]) -> list[str]:
    """The codes of the faults that stop an action; none of them shows a name."""
    faults = faults_of(make, UsageError)
    said = "\n".join(line for fault in faults for lang in LANGUAGES for line in fault.lines(lang))
    assert not any(name in said for name in ("Cerisier", "Noisetier", "Prunier", "Mirabelle", "Camille"))
    return [fault.code for fault in faults]


def test_one_person_is_one_card_on_the_next_free_place(build_of: Callable[..., BuildResult]) -> None:
    """Without accents and capitals, in any order; the file is called by the line, never by the name."""
    result = build_of(persons=["noisetier BEA"], start=4)
    assert files(result) == ["cartes/0370035M-lycee-descartes-ligne-3.pdf"]
    path = Path(result.out) / files(result)[0]
    assert "".join(texts(path)).count("Béatrice Noisetier") == 1 and "Cerisier" not in "".join(texts(path))
    assert places(path, 0, "Béatrice") == [3]


def test_the_other_files_stay_and_are_not_called_outdated(build_of: Callable[..., BuildResult]) -> None:
    """A choice leaves the full file alone; a full build keeps the chosen one, even when it prunes."""
    whole = build_of()
    before = {name: (Path(whole.out) / name).read_bytes() for name in files(whole)}
    chosen = build_of(persons=["noisetier"])
    assert (chosen.files, chosen.made, chosen.stale, build_of(persons=["noisetier"]).made) == (1, 1, (), 0)
    assert (whole.people, chosen.people) == ({"cartes": 4}, {"cartes": 1})
    assert (whole.sheets, chosen.sheets) == ({"cartes": 2}, {"cartes": 1})
    after = build_of(prune=True)
    assert (after.made, after.stale, after.removed) == (0, (), ())
    found = {name: (Path(after.out) / name).read_bytes() for name in files(after)}
    assert before.items() <= found.items() and len(found) == len(before) + 1


def test_a_purge_removes_the_file_of_chosen_people(build_of: Callable[..., BuildResult]) -> None:
    assert purge(Path(build_of(persons=["mirabelle"]).out)).files == ("cartes/0370036N-lycee-balzac-ligne-5.pdf",)


def test_several_people_of_one_name_are_told_by_their_lines(build_of: Callable[..., BuildResult]) -> None:
    result = build_of(persons=["camille"])
    assert [(f.code, f.values["lines"]) for f in result.faults if f.severity == "warning"] == [("U114", "2, 4")]
    assert files(result) == ["cartes/0370035M-lycee-descartes-ligne-2-4.pdf"]
    assert build_of(persons=["camille"], start=10).sheets == {"cartes": 2}  # the last place, and another


@pytest.mark.parametrize(("choice", "names"), tables_of(__file__)["choices"])
def test_people_are_chosen_as_schools_are(
    build_of: Callable[..., BuildResult], choice: dict[str, Any], names: list[str]
) -> None:
    """By columns that only the staff list has, by lines, by names; all filters together."""
    result = build_of(**choice)
    text = "".join(page for name in files(result) for page in texts(Path(result.out) / name))
    assert [name for name in ("Cerisier", "Noisetier", "Prunier", "Mirabelle") if name in text] == names
    assert all(name.startswith("cartes/") for name in files(result))


def test_a_column_of_both_lists_needs_a_prefix(build_of: Callable[..., BuildResult]) -> None:
    """With it, schools are chosen as ever, and every document is made."""
    assert codes_of(lambda: build_of(where=["secteur=nord"])) == ["U110"]
    assert len(files(build_of(where=["schools:secteur=nord"]))) == 4


def test_a_column_that_the_staff_list_lacks(build_of: Callable[..., BuildResult]) -> None:
    """The fault says what was typed, and proposes only columns that a filter may name."""
    fault = fault_of(lambda: build_of(where=["staff:Matière=maths"]), UsageError)
    values = {"value": "Matière", "known": "discipline, secteur", "proposal": ""}
    assert (fault.code, fault.values) == ("U011", values)


@pytest.mark.parametrize(("title", "given"), [("nom", ""), ("Intitulé", '[columns.schools]\nname = "Intitulé"\n')])
def test_a_column_of_both_lists_by_another_name(
    tmp_path: Path, build_of: Callable[..., BuildResult], title: str, given: str
) -> None:
    """« Etablissement » means the name of the school in either list."""
    schools = list_of(f"uai;{title};commune", (school.removesuffix(";") for school in SCHOOLS))
    staff = list_of("prenom;nom;uai;Etablissement;service", PEOPLE)
    write_small_campaign(tmp_path, campaign_text(document() + LEAFLET, staff=True) + given, schools, staff)
    assert codes_of(lambda: build_of(where=["etablissement=Lettres"])) == ["U110"]
    assert len(files(build_of(where=["staff:etablissement=Lettres"]))) == 2


def test_nobody_and_nothing_for_people(campaign: Path, build_of: Callable[..., BuildResult]) -> None:
    """A name that nobody has, a column with names, no documents for people, a print run."""
    assert codes_of(lambda: build_of(persons=["cassis"])) == ["U113"]
    assert codes_of(lambda: build_of(where=["staff:nom=Cerisier"])) == ["U018"]
    choice, out = parse_choice(persons=["camille"]), campaign.parent / "out"
    run = PrintRunOptions(campaign=campaign, out=out, choice=choice, document="depliants")
    assert codes_of(lambda: print_run(run)) == ["U117"]
    assert codes_of(lambda: print_run(PrintRunOptions(campaign=campaign, out=out, choice=choice))) == ["U118"]
