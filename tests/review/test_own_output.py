"""Our own output is judged right: all documents of an example and its print runs have no error."""

from datetime import date
from pathlib import Path

import pytest

from leaflet.build.job import BuildOptions, Press, RunOptions
from leaflet.build.print_run import print_run
from leaflet.build.run import build
from leaflet.faults import Report
from leaflet.review.context import load_context
from leaflet.review.judge import Judge, judge_files
from leaflet.review.targets import find_targets
from tests.support import EXAMPLE

DAY = date(2018, 11, 1)
SCHOOL = frozenset({"0370001A"})
ONE_SCHOOL = EXAMPLE.parent / "un-etablissement-2018"


def errors_in(out: Path, campaign: Path) -> list[tuple[str, str, str]]:
    """All errors in files and in the output, with the campaign's own context."""
    report = Report()
    context, settings = load_context(campaign, DAY, report)
    targets = find_targets([out], report)
    assert len(report) == 0
    assert targets.files and targets.outputs
    faults = [fault for one in judge_files(targets.files, context, settings) for fault in one.faults]
    faults += [fault for output in targets.outputs for fault in Judge(context, settings).judge_output(output)]
    return [(f.code, f.place.text("en"), f.reason("en")) for f in faults if f.severity == "error"]


def test_all_documents_of_a_school(tmp_path: Path) -> None:
    """Leaflets, poster and cards, files with names too."""
    campaign = ONE_SCHOOL / "campaign.toml"
    build(BuildOptions(campaign=campaign, out=tmp_path))
    assert errors_in(tmp_path, campaign) == []


def test_all_themes(tmp_path: Path) -> None:
    """Of the A4 leaflet."""
    campaign = EXAMPLE / "campaign.toml"
    build(BuildOptions(campaign=campaign, out=tmp_path, only=SCHOOL))
    assert errors_in(tmp_path, campaign) == []


@pytest.mark.parametrize("press", [None, "x4", "vt1"])
def test_print_runs(tmp_path: Path, press: Press | None) -> None:
    """Bundle sheets have blank backs, which are meant."""
    folder = tmp_path / "campaign"
    folder.mkdir()
    for path in EXAMPLE.iterdir():
        if path.is_file():
            (folder / path.name).write_bytes(path.read_bytes())
    campaign = folder / "campaign.toml"
    campaign.write_text("issued_on = 2018-11-05\n" + campaign.read_text("utf-8"), "utf-8")
    out = tmp_path / "out"
    print_run(RunOptions(campaign=campaign, out=out, document="leaflet-a4", only=SCHOOL, once=True, press=press))
    assert errors_in(out, campaign) == []
