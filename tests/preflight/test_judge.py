"""Rules are applied once to equal pages and structures, with the same verdict as if applied to each."""

from collections.abc import Iterator

from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.finished_file import FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule
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

    rules = (Rule(code="K001", family="file", name="essai", source="test", page=record, by_content=True),)
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

    rules = (Rule(code="K001", family="file", name="essai", source="test", page=record, by_content=True),)
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
