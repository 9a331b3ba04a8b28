"""What the program makes itself passes its own checks without a word: builds, print runs, files for a press."""

from pathlib import Path

import pytest

from leaflet.campaign import load_campaign
from leaflet.faults import Fault, Report
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.rules import RULES
from leaflet.preflight.targets import CheckTarget
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, PrintRunOptions
from leaflet.production.manifest import read_manifest
from leaflet.production.print_runs import print_run
from tests.preflight.samples import DAY
from tests.press_profile import needs_profile

EXAMPLES = Path(__file__).parents[2] / "examples"
ONE_SCHOOL, DEPARTEMENT = EXAMPLES / "un-etablissement-2018", EXAMPLES / "indre-et-loire-2018"
# Those whose files differ most: a site of the département, a long name, the portal alone.
SCHOOLS = frozenset({"0370035M", "0573399K", "9830557N"})
PAPER = ("text", "images", "fonts", "page", "accessibility", "run", "duplex")  # not what 2018 says in another year


def judged(folder: Path, campaign: Path | None = None) -> list[Fault]:
    """All faults of a folder's files, and of the folder."""
    known = load_campaign(campaign / "campaign.toml", Report()) if campaign else None
    context = Context(day=DAY, campaign=known)
    judge = Judge(context, rules=[rule for rule in RULES if rule.family in PAPER])
    files = sorted(folder.rglob("*.pdf"))
    assert files
    output = OutputFolder(folder=folder, manifest=read_manifest(folder), files=files)
    found = [fault for path in files for fault in judge.judge(CheckTarget(path=path, name=path.name)).faults]
    return [*found, *judge.judge_output(output)]


def test_everything_for_one_school(tmp_path: Path) -> None:
    """Cards on sheets, with and without names, folded leaflets, a poster."""
    build(BuildOptions(campaign=ONE_SCHOOL / "campaign.toml", out=tmp_path))
    assert judged(tmp_path, ONE_SCHOOL) == []


def test_cards_whose_lines_stand_elsewhere_on_some(tmp_path: Path) -> None:
    """In large print a card without a suggestion has another order of lines: its back lies behind it all the same."""
    text = (ONE_SCHOOL / "campaign.toml").read_text("utf-8").partition("[[document]]")[0]
    for name in ("ecoles.csv", "personnels.csv"):
        (tmp_path / name).write_bytes((ONE_SCHOOL / name).read_bytes())
    campaign, out = tmp_path / "campaign.toml", tmp_path / "out"
    card = '[[document]]\ntemplate = "memo-a6"\ntheme = "large-print"\nper = "person"\nsheet = "a6-4"\n'
    campaign.write_text(text + card, "utf-8")
    build(BuildOptions(campaign=campaign, out=out))
    assert judged(out) == []


@pytest.mark.parametrize("start", [1, 4])
def test_cards_turned_about_the_short_edge(tmp_path: Path, start: int) -> None:
    """Their backs are head down; the first sheet was used before."""
    text = (ONE_SCHOOL / "campaign.toml").read_text("utf-8").replace('order = "stack"', 'flip = "short-edge"')
    for name in ("ecoles.csv", "personnels.csv"):
        (tmp_path / name).write_bytes((ONE_SCHOOL / name).read_bytes())
    campaign, out = tmp_path / "campaign.toml", tmp_path / "out"
    campaign.write_text(text, "utf-8")
    build(BuildOptions(campaign=campaign, out=out, document="cartes-papier", start=start))
    assert judged(out) == []


def test_leaflets_of_a_departement(tmp_path: Path) -> None:
    """In colour, grey, with little ink and in large print."""
    build(BuildOptions(campaign=DEPARTEMENT / "campaign.toml", out=tmp_path, only=SCHOOLS))
    assert {fault.code for fault in judged(tmp_path, DEPARTEMENT)} == {"K906"}  # eighteen schools were not asked for
    assert judged(tmp_path) == []


@pytest.mark.parametrize("document", ["leaflet-a5", "leaflet-trifold", "cartes-sans-nom", "poster-a3"])
def test_print_runs_for_the_copy_room(tmp_path: Path, document: str) -> None:
    """With sheets for packers, whose backs are white, and a packing list."""
    print_run(PrintRunOptions(campaign=ONE_SCHOOL / "campaign.toml", out=tmp_path, document=document, copies=3))
    assert judged(tmp_path, ONE_SCHOOL) == []


def test_a_print_run_in_volumes(tmp_path: Path) -> None:
    """Three schools, in the order of delivery."""
    options = {"campaign": DEPARTEMENT / "campaign.toml", "out": tmp_path, "only": SCHOOLS}
    print_run(PrintRunOptions(**options, document="leaflet-a4", copies=3, pages=400))
    assert judged(tmp_path, DEPARTEMENT) == []


@needs_profile
@pytest.mark.parametrize("press", ["x4", "vt1"])
def test_print_runs_for_the_print_shop(tmp_path: Path, press: str) -> None:
    """With bleed and marks; nothing is asked of them that is for screens."""
    options = {"campaign": ONE_SCHOOL / "campaign.toml", "out": tmp_path, "copies": 2}
    print_run(PrintRunOptions(**options, document="leaflet-trifold", press=press))
    assert judged(tmp_path, ONE_SCHOOL) == []
