"""Rules are applied once to equal pages and structures, with the same verdict as if applied to each."""

from collections.abc import Iterator
from typing import NoReturn

import pytest
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rule import Context, Finding, Options, Rule
from leaflet.preflight.rules import RULES
from tests.preflight.rule_cases import CASES
from tests.preflight.samples import CONTEXT, drawn


def alternating(canvas: Canvas) -> None:
    for text in ("recto", "verso", "recto", "verso"):
        canvas.drawString(72, 700, text)
        canvas.showPage()
        canvas.setFont("sample", 12)
    canvas.drawString(72, 700, "fin")


def test_pages_with_the_same_content_are_judged_once() -> None:
    asked: list[int] = []

    def record(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
        asked.append(page.number)
        yield Finding(values={"problem": page.evidence.text})

    rules = (Rule(code="K001", family="file", name="essai", source="test", page=record, sees="page"),)
    faults = Judge(CONTEXT, rules=rules).judge_bytes(drawn(alternating), "essai.pdf").faults
    assert asked == [1, 2, 5] and [fault.place.page for fault in faults] == [1, 2, 3, 4, 5]
    assert [fault.values["problem"] for fault in faults] == ["recto", "verso", "recto", "verso", "fin"]


def test_a_page_with_another_trim_is_judged_too() -> None:
    """Boxes are part of what a page shows."""
    asked: list[int] = []

    def record(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
        asked.append(page.number)
        return iter(())

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "recto")
        canvas.showPage()
        canvas.setFont("sample", 12)
        canvas.setTrimBox((10, 10, 500, 800))
        canvas.drawString(72, 700, "recto")

    rules = (Rule(code="K001", family="file", name="essai", source="test", page=record, sees="page"),)
    Judge(CONTEXT, rules=rules).judge_bytes(drawn(draw), "essai.pdf")
    assert asked == [1, 2]


def test_messages_repeat_no_secret() -> None:
    """Nor anything from files with names; what stands on other pages is shown."""
    token = "https://vote.exemple.fr/?token=5R4K2U9RPAM9PMWY"

    def find(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
        yield Finding(values={"word": token, "text": "Lycée", "count": 2})

    rules = (Rule(code="K001", family="file", name="essai", source="test", page=find),)
    shown, hidden = (
        Judge(CONTEXT, rules=rules)
        .judge_bytes(drawn(lambda canvas: None), "a.pdf", is_personal=is_personal)
        .faults[0]
        for is_personal in (False, True)
    )
    assert shown.values == {"word": "…", "text": "Lycée", "count": 2}
    assert hidden.values == {"word": "…", "text": "…", "count": 2}


def test_one_damage_is_reported_once() -> None:
    """However many rules lose their way in it."""

    def fail(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
        raise ValueError("the same" if options["same"] else "another")

    rules = [
        Rule(code=code, family="file", name="essai", source="test", page=fail, options={"same": same})
        for code, same in (("K501", 1), ("K503", 1), ("K504", 0))
    ]
    faults = Judge(CONTEXT, rules=rules).judge_bytes(drawn(lambda canvas: None), "a.pdf").faults
    assert [(fault.code, fault.values["problem"]) for fault in faults] == [("K004", "the same"), ("K004", "another")]


@pytest.mark.drill
def test_a_memory_of_other_files_changes_nothing() -> None:
    """Files of all kinds, twice over, are judged as each by itself: what is kept is of what a rule looks at."""
    samples = [case.broken for case in CASES.values() if case.broken.make and case.broken.context == CONTEXT]
    files = [(sample.make(), sample.name, sample.is_personal) for sample in samples if sample.make]
    judge, alone = Judge(CONTEXT), [Judge(CONTEXT).judge_bytes(d, n, is_personal=p).faults for d, n, p in files]
    for _ in range(2):
        assert [judge.judge_bytes(d, n, is_personal=p).faults for d, n, p in files] == alone


_UNSEEN = {  # of a page or a file, what a rule may not look at
    "structure": {FinishedPage: ("evidence", "text", "addresses", "dates", "links", "trim"), FinishedFile: ("info",)},
    "links": {FinishedPage: ("evidence", "text", "addresses", "contents", "alternatives"), FinishedFile: ("info",)},
    "piece": {
        FinishedPage: ("links", "annotations", "alternatives", "dates"),
        FinishedFile: ("info", "xmp", "carried"),
    },
    "page": {FinishedPage: ("links", "annotations", "alternatives"), FinishedFile: ("info", "xmp", "carried")},
}


@pytest.mark.parametrize("sight", _UNSEEN)
def test_a_rule_looks_at_what_it_says(sight: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = [rule for rule in RULES if rule.sees == sight]
    samples = [CASES[rule.code].broken for rule in rules]
    files = [FinishedFile(sample.name, sample.make(), Memory()) for sample in samples if sample.make]
    assert len(rules) > 3 and all(file.claims is not None and file.structure_key for file in files)

    def fail(_self: object) -> NoReturn:
        raise AssertionError("this is nothing that the rule says it sees")

    is_ours = {id(file): file.is_ours for file in files}
    monkeypatch.setattr(FinishedFile, "is_ours", property(lambda file: is_ours[id(file)]))
    for kind, names in _UNSEEN[sight].items():
        for name in names:
            monkeypatch.setattr(kind, name, property(fail))
    for rule, sample, file in zip(rules, samples, files, strict=True):
        options = sample.settings.of(rule)
        if rule.file is not None:
            assert list(rule.file(file, sample.context, options))
        else:
            seen = [one for page in file.pages for one in (page.pieces if sight == "piece" else (page,))]
            assert rule.page is not None and [found for one in seen for found in rule.page(one, CONTEXT, options)]
