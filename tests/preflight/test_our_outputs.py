"""What the program makes itself passes its own checks without a word: builds, print runs, files for a press."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.campaign import load_academies, load_addresses, load_campaign
from leaflet.faults import Fault, Report
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.rules import RULES
from leaflet.preflight.targets import CheckTarget
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, PrintRunOptions
from leaflet.production.manifest import read_manifest
from leaflet.production.print_runs import print_run
from tests.press_profile import needs_profile

EXAMPLES = Path(__file__).parents[2] / "examples"
ONE_SCHOOL, DEPARTEMENT = EXAMPLES / "un-etablissement-2018", EXAMPLES / "indre-et-loire-2018"
# Those whose files differ most: a site of the département, a long name, the portal alone.
SCHOOLS = frozenset({"0370035M", "0573399K", "9830557N"})
BEFORE, AFTER = date(2018, 11, 20), date(2026, 11, 25)
PRINTED = ("links", "qr", "dates", "memo", "privacy")
PAPER = ("text", "dates", "memo", "images", "fonts", "page", "accessibility", "run", "duplex")
PERSONAL = ("cartes-avery", "cartes-papier", "cartes-pliees")


def context(campaign: Path | None = None, day: date = BEFORE) -> Context:
    """What a judge knows on a day, of a campaign or of none."""
    known = load_campaign(campaign / "campaign.toml", Report()) if campaign else None
    return Context(day=day, domains=load_academies().domains, campaign=known)


def findings_of(files: list[Path], where: Context, families: tuple[str, ...]) -> Iterator[Fault]:
    """What the rules of some families find in files."""
    judge = Judge(where, rules=[rule for rule in RULES if rule.family in families])
    for path in files:
        target = CheckTarget(path=path, name=path.name, is_personal=path.parent.name in PERSONAL)
        yield from judge.judge(target).faults


def judged(folder: Path, where: Context, families: tuple[str, ...] = (*PRINTED, *PAPER)) -> list[Fault]:
    """All faults of a folder's files, and of the folder."""
    files = sorted(folder.rglob("*.pdf"))
    assert files
    output = OutputFolder(folder=folder, manifest=read_manifest(folder), files=files)
    judge = Judge(where, rules=[rule for rule in RULES if rule.family in families])
    return [*findings_of(files, where, families), *judge.judge_output(output)]


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of one school: cards on sheets, with and without names, folded leaflets, a poster."""
    out = tmp_path_factory.mktemp("cards")
    build(BuildOptions(campaign=ONE_SCHOOL / "campaign.toml", out=out))
    return out


def leaflets(folder: Path) -> list[Path]:
    """The files that have no names: folded leaflets, a poster."""
    return [path for path in sorted(folder.rglob("*.pdf")) if not path.parent.name.startswith("cartes")]


def test_everything_for_one_school(cards: Path) -> None:
    assert judged(cards, context(ONE_SCHOOL)) == []


def test_leaflets_of_an_election_that_is_over_or_has_moved(cards: Path) -> None:
    """Years later each file says once that its dates are over; files built before the calendar moved are reported."""
    files = leaflets(cards)
    assert len(files) == 3
    found = [fault.code for fault in findings_of(files, context(ONE_SCHOOL, AFTER), PRINTED)]
    assert found == ["K304"] * len(files)
    where = context(ONE_SCHOOL)
    assert where.campaign is not None
    vote = where.campaign.election.vote.model_copy(update={"closes_on": date(2018, 12, 7)})
    election = where.campaign.election.model_copy(update={"vote": vote})
    moved = replace(where, campaign=replace(where.campaign, election=election))
    assert {fault.code for fault in findings_of(leaflets(cards), moved, PRINTED)} == {"K305"}


def of_one_school(folder: Path, edit: tuple[str, str], document: str | None = None) -> Path:
    """The campaign of the example with a text replaced, and with another document in the place of its own."""
    old, new = edit
    text = (ONE_SCHOOL / "campaign.toml").read_text("utf-8").replace(old, new)
    for name in ("ecoles.csv", "personnels.csv"):
        (folder / name).write_bytes((ONE_SCHOOL / name).read_bytes())
    campaign = folder / "campaign.toml"
    campaign.write_text(text.partition("[[document]]")[0] + document if document else text, "utf-8")
    return campaign


def test_cards_whose_lines_stand_elsewhere_on_some(tmp_path: Path) -> None:
    """The back of a card lies behind it also in large print without an address, whose lines have another order."""
    card = '[[document]]\ntemplate = "memo-a6"\ntheme = "large-print"\nper = "person"\nsheet = "a6-4"\n'
    build(BuildOptions(campaign=of_one_school(tmp_path, ("", ""), card), out=tmp_path / "out"))
    assert judged(tmp_path / "out", context()) == []


@pytest.mark.drill
def test_cards_turned_about_the_short_edge(tmp_path: Path) -> None:
    """Their backs are head down; the first sheet was used before."""
    campaign = of_one_school(tmp_path, ('order = "stack"', 'flip = "short-edge"'))
    build(BuildOptions(campaign=campaign, out=tmp_path / "out", document="cartes-papier", start=4))
    assert judged(tmp_path / "out", context()) == []


@pytest.mark.drill
def test_leaflets_of_a_departement(tmp_path: Path) -> None:
    build(BuildOptions(campaign=DEPARTEMENT / "campaign.toml", out=tmp_path, only=SCHOOLS))
    assert {fault.code for fault in judged(tmp_path, context(DEPARTEMENT))} == {"K906"}  # eighteen were not asked for


@pytest.mark.parametrize(("name", "day"), [("hopital-2026", date(2026, 11, 26)), ("parents-2027", date(2027, 9, 20))])
def test_areas_that_vote_on_other_days(name: str, day: date, tmp_path: Path) -> None:
    """Their own days are dates of the campaign as much as those of the others."""
    campaign = EXAMPLES / name
    build(BuildOptions(campaign=campaign / "campaign.toml", out=tmp_path))
    where = replace(context(campaign, day), addresses=load_addresses(campaign / "campaign.toml"))
    assert list(findings_of(sorted(tmp_path.rglob("*.pdf")), where, PRINTED)) == []


@pytest.mark.parametrize(("document", "press"), [
    ("cartes-sans-nom", None), ("leaflet-trifold", None), pytest.param("leaflet-a5", None, marks=pytest.mark.drill),
    pytest.param("poster-a3", None, marks=pytest.mark.drill),
    pytest.param("leaflet-trifold", "x4", marks=needs_profile),
    pytest.param("cartes-sans-nom", "x4", marks=[needs_profile, pytest.mark.drill])
])  # fmt: skip
def test_print_runs(tmp_path: Path, document: str, press: str | None) -> None:
    """Bundle sheets whose backs are white, hours of several zones; bleed and marks for a press, none for screens."""
    campaign = of_one_school(tmp_path, ("", ""))
    (tmp_path / "ecoles.csv").write_text("uai;nom;commune\n0379999T;A;Ax\n9870001M;B;Uvéa\n0750672Y;C;Ay\n", "utf-8")
    print_run(PrintRunOptions(campaign=campaign, out=tmp_path / "out", copies=3, document=document, press=press))
    assert judged(tmp_path / "out", context(tmp_path), PAPER) == []


@pytest.mark.drill
def test_a_print_run_in_volumes(tmp_path: Path) -> None:
    options = {"campaign": DEPARTEMENT / "campaign.toml", "out": tmp_path, "only": SCHOOLS}
    print_run(PrintRunOptions(**options, document="leaflet-a4", copies=3, pages=400))
    assert judged(tmp_path, context(DEPARTEMENT), PAPER) == []
