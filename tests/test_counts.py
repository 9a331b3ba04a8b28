"""A build and a report count the same warnings, and own documents pass the own check: held for every example."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from leaflet.faults import Fault, count_faults
from leaflet.preflight.report.make import ReportOptions, make_report
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.groups import with_drills
from tests.support import EXAMPLE

# Each example, and a day on which its leaflets are printed: later the rule of dates (K304) says that they are over.
PRINTED_ON = {
    "essai-2026": date(2026, 11, 20), "hopital-2026": date(2026, 11, 20), "indre-et-loire-2018": date(2018, 11, 20),
    "parents-2027": date(2027, 9, 20), "un-etablissement-2018": date(2018, 11, 20),
}  # fmt: skip


def without_files(fault: Fault) -> tuple[str, str]:
    return fault.code, fault.place.text("en")


def test_every_example_is_held() -> None:
    """A new example has its day here."""
    assert {path.parent.name for path in EXAMPLE.parent.glob("*/campaign.toml")} == set(PRINTED_ON)


@pytest.mark.parametrize("name", with_drills([*PRINTED_ON][:1], [*PRINTED_ON][1:]))
def test_build_and_report(name: str, tmp_path: Path) -> None:
    """The report adds what it finds in finished files, and in our own that is nothing; eight schools are enough."""
    campaign, out = shutil.copytree(EXAMPLE.with_name(name), tmp_path / name) / "campaign.toml", tmp_path / "out"
    (schools,) = (path for path in campaign.parent.glob("*.csv") if path.stem != "personnels")
    schools.write_text("".join(schools.read_text("utf-8").splitlines(keepends=True)[:9]), "utf-8")
    built = build(BuildOptions(campaign=campaign, out=out))
    asked = ReportOptions(
        out=out, campaign=campaign, html=tmp_path / "report.html", day=PRINTED_ON[name], baseline=None, summary=None,
        lang="fr",
    )  # fmt: skip
    reported = make_report(asked)
    assert sorted(map(without_files, reported.campaign_faults)) == sorted(map(without_files, built.faults))
    assert count_faults(reported.campaign_faults) == count_faults(built.faults)
    assert {((fault.place.file or "").partition("/")[0], fault.code) for fault in reported.file_faults} == set()
