"""For each fault code of finished files, one way to cause it; rules have their own in ``rule_cases``."""

from collections.abc import Callable, Iterator
from pathlib import Path

from leaflet.faults import Fault
from leaflet.review.finished import FinishedFile
from leaflet.review.judge import Judge, Target
from leaflet.review.rule import Context, Finding, Options, Rule
from tests.review import cases_file
from tests.review.rule_cases import CASES as RULE_CASES
from tests.review.samples import CONTEXT, drawn

Case = Callable[[Path], list[Fault]]


def no_such_file(folder: Path) -> list[Fault]:
    return list(Judge(CONTEXT).judge(Target(path=folder / "absent.pdf", name="absent.pdf")).faults)


def judged_by(find: Callable[[FinishedFile, Context, Options], Iterator[Finding]]) -> list[Fault]:
    """A sound file, judged by a rule of the test's own."""
    rule = Rule(code="K001", family="file", name="essai", source="test", file=find)
    judge = Judge(CONTEXT, rules=(rule, Rule(code="K005", family="file", name="essai", source="test", file=find)))
    return list(judge.judge_bytes(drawn(cases_file.text), "sample.pdf").faults)


def too_many(_folder: Path) -> list[Fault]:
    return judged_by(lambda file, context, options: iter([Finding(values={"problem": "x"})] * 30))


def lost(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    raise KeyError(file.name)


CASES: dict[str, Case] = {
    "K002": no_such_file,
    "K003": too_many,
    "K004": lambda folder: judged_by(lost),
    **{code: lambda folder, case=case: list(case.broken.judged(folder)) for code, case in RULE_CASES.items()},  # type: ignore[misc]
}
