"""For each fault code of finished files, one way to cause it; those of rules are in ``rule_cases``."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from leaflet.cli.command import cli
from leaflet.faults import Fault, LeafletError, Place, Report
from leaflet.preflight.judge import Judge
from leaflet.preflight.judge_processes import JudgingLimits, judge_files
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.rule import Context, Finding, Options, Rule
from leaflet.preflight.rule_settings import read_codes, read_settings
from leaflet.preflight.rules import RULES
from leaflet.preflight.targets import CheckTarget, find_targets
from tests.preflight import cases_file
from tests.preflight.samples import CONTEXT, drawn, page_of, protected
from tests.report.support import built, report
from tests.support import later

Case = Callable[[Path], list[Fault]]


def no_such_file(folder: Path) -> list[Fault]:
    return list(Judge(CONTEXT).judge(CheckTarget(path=folder / "absent.pdf", name="absent.pdf")).faults)


def locked(_folder: Path) -> list[Fault]:
    return list(Judge(CONTEXT).judge_bytes(protected(drawn(cases_file.text)), "sample.pdf").faults)


@later
def lost_to(folder: Path, limits: JudgingLimits, content: bytes = b"") -> list[Fault]:
    path = folder / "a.pdf"
    path.write_bytes(page_of(content))
    (judged,) = judge_files([CheckTarget(path=path, name=path.name)], CONTEXT, limits=limits)
    return list(judged.faults)


def judged_by(find: Callable[[FinishedFile, Context, Options], Iterator[Finding]]) -> list[Fault]:
    """A sound file, judged by a rule of the test's own."""
    rule = Rule(code="K001", family="file", name="essai", source="test", file=find)
    judge = Judge(CONTEXT, rules=(rule, Rule(code="K005", family="file", name="essai", source="test", file=find)))
    return list(judge.judge_bytes(drawn(cases_file.text), "sample.pdf").faults)


def too_many(_folder: Path) -> list[Fault]:
    values = {"problem": "x", "what_en": "x", "what_fr": "x"}
    return judged_by(lambda file, context, options: iter([Finding(values=values)] * 30))


def lost(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    raise KeyError(file.name)


def settings_place(*keys: str) -> Place:
    return Place(file="campaign.toml", field=".".join(("check", *keys)))


@later
def found_by(folder: Path, action: Callable[[Path, Report], object]) -> list[Fault]:
    report = Report()
    action(folder, report)
    return list(report)


@later
def reported(folder: Path, change: Callable[[Path], object], **options: str) -> list[Fault]:
    """A small build, something done to its folder, and the report on it, or what stops it."""
    built(folder)
    change(folder / "out")
    try:
        return list(report(folder / "out", **{name: folder / value for name, value in options.items()})[2].faults)
    except LeafletError as error:
        return error.faults


def set_as(table: dict[str, object]) -> Case:
    return found_by(lambda folder, report: read_settings(table, settings_place, report, RULES))


def given_twice(folder: Path) -> list[Fault]:
    (folder / "a.pdf").touch()
    arguments = ["report", str(folder), "--out", str(folder)]
    try:
        cli.main(["--lang", "fr", *arguments], standalone_mode=False)
    except LeafletError as error:
        return error.faults
    return []


CASES: dict[str, Case] = {
    "C193": set_as({"off": ["K0O1"]}),
    "C194": set_as({"K001": {"warn": 3}}),
    "C195": set_as({"off": "K001"}),
    "C196": set_as({"K001": {"severity": "fatal"}}),
    "C198": set_as({"off": ["K508"]}),
    "U040": found_by(lambda folder, report: find_targets([folder / "absent.pdf"], report)),
    "U041": found_by(lambda folder, report: find_targets([folder / "a.toml", folder / "b.toml"], report, out=folder)),
    "U042": found_by(lambda folder, report: find_targets([folder], report)),
    "U044": found_by(lambda folder, report: find_targets([Path(shutil.copy(__file__, folder / "o.zip"))], report)),
    "U043": found_by(lambda folder, report: read_codes(["K0O1"], Place(field="--off"), report, RULES)),
    "K002": no_such_file,
    "K007": locked,
    "K008": lost_to(JudgingLimits(seconds=0, seconds_per_mb=0)),
    "K009": lost_to(JudgingLimits(memory_mb=100), b"q Q " * 20_000_000),
    "K003": too_many,
    "U070": reported(shutil.rmtree),
    "U071": reported(lambda out: [path.unlink() for path in (*out.rglob("*.pdf"), out / "manifest.json")]),
    "U072": reported(lambda out: None, html="rapport.pdf"),
    "U073": given_twice,
    "K004": lambda folder: judged_by(lost),
}
