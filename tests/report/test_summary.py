"""The summary: short enough for the page of a job, cut after whole rows, and no name can act on it."""

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from leaflet.faults import Fault, Place, visible
from leaflet.files.words import load_words
from leaflet.preflight.report.changes import ChangedRow, Changes, no_changes
from leaflet.preflight.report.gallery import Built
from leaflet.preflight.report.html import LIMIT, Content, ReportInput, escaped, render_summary

WORDS = load_words("report", "fr")
HOSTILE = ("<script>alert(1)</script>", "](https://x.fr) ![x](https://x.fr/y.png)",
           "a | b \\| c `d` **e** __f__ ~~g~~", "&lt;b&gt; &#60;", "# titre", "| --- |",
           "Collège \u202eerreF-seluJ\u202c", "كلية الأداب",
           "www.x.fr https://x.fr <https://x.fr> @nom #12 :tada: $x$", "a\nb\r\n\n# c", "\\", "--> <!--")  # fmt: skip


def markdown() -> MarkdownIt:
    """CommonMark with tables and raw HTML, as the pages of CI jobs take it."""
    return MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def source(**values: object) -> ReportInput:
    empty = ReportInput(
        built=Built(folder=Path("out"), manifest=None, files=()), files=(), campaign=None, has_failed=False,
        lists=None, campaign_faults=(), file_faults=(), galleries=(),
        pictures={}, changes=no_changes((), WORDS), day="", packages=(), words=WORDS,
    )  # fmt: skip
    return replace(empty, **values)


def summary(**values: object) -> str:
    return render_summary(Content(source(**values)), WORDS)


def row(school: str, what: str = "page 1") -> ChangedRow:
    return ChangedRow(school=school, document="d", change="modifié", what=what)


def compared(*rows: ChangedRow) -> Changes:
    return Changes(state="compared", headline="", baseline="old", tally=(f"{len(rows)} fichiers",), rows=rows)


def flat(tokens: list[Token]) -> list[Token]:
    return [found for token in tokens for found in (token, *flat(token.children or []))]


@given(st.text(max_size=80))
@example("www.x.fr")
def test_any_text_is_shown_and_does_nothing(text: str) -> None:
    """Read back from the middle of a cell it is the text, and nothing else: no tag, no link, no emphasis."""
    tokens = markdown().parse(f"| a |\n| --- |\n| x{escaped(text)}x |\n")
    (inline,) = [token for token in tokens if token.content.startswith("x")]
    assert {token.type for token in inline.children or []} <= {"text", "text_special"}
    assert "".join(token.content for token in inline.children or []) == f"x{visible(text, 300)}x"


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_in_their_cell(name: str) -> None:
    """Three cells beside it, one row, nothing raw but our own line break."""
    text = summary(
        changes=compared(row(name), row("Lycée Balzac", name)), file_faults=[Fault("K902", Place(file=name))]
    )
    tokens = flat(markdown().parse(text))
    assert {token.content for token in tokens if token.type.startswith("html")} <= {"<br>"}
    assert {"image", "link_open", "code_inline", "em_open"}.isdisjoint(token.type for token in tokens)
    rows = [line for line in text.splitlines() if line.startswith("| ") and "modifié" in line]
    assert [line.count(" | ") for line in rows] == [3, 3] and "https://x.fr" not in text and "www." not in text


def test_files_that_changed_alike_are_one_row() -> None:
    text = summary(changes=compared(*(row(f"Lycée {number}") for number in range(300)), row("Lycée", "page 2")))
    alike, other = (line for line in text.splitlines() if "modifié" in line)
    assert alike.startswith("| Lycée 0<br>Lycée 1<br>") and "295" in alike and other.startswith("| Lycée | d |")


def test_it_says_what_counts() -> None:
    text = summary(file_faults=[Fault("K902", Place(file="a.pdf"))])
    assert "Ces fichiers peuvent être imprimés\u00a0&#58; aucune erreur, 1 avertissement à relire." in text
    assert "| ⚠️ Avertissement | K902 |" in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert headings[1:] == ["## Défauts trouvés", "## Ce qui change", "## Documents"]


def test_no_baseline_is_not_no_change() -> None:
    """Neither when none was asked for nor when it is missing."""
    none, problem = summary(), ("R", "W")
    failed = summary(changes=Changes(state="failed", headline="", problems=(problem,)))
    assert WORDS.say("unchanged") not in none + failed
    assert "n’indique pas si quelque chose a changé" in none
    assert "⛔ **La comparaison demandée n’a pas pu être faite.**" in failed and "> R W" in failed
    assert WORDS.say("unchanged") in summary(changes=compared())


def test_long_tables_end_after_a_whole_row() -> None:
    """Under the limit, with the number of rows that are missing; the other tables keep their room."""
    rows = [row(f"Lycée {number} {'é' * 100}", f"{number} {'x' * 100}") for number in range(9000)]
    faults = [Fault("K001", Place(file=f"{n}.pdf"), {"problem": f"{n % 20} {'é' * 70}"}) for n in range(20_000)]
    text = summary(changes=compared(*rows), file_faults=faults)
    assert len(text.encode()) <= LIMIT
    changed = [line for line in text.splitlines() if "modifié" in line]
    left = len(rows) - len(changed)
    assert len(changed) > 500 and all(line.endswith(" |") and line.count(" | ") == 3 for line in changed)
    assert WORDS.say("see_report", n=left) in text
    assert "K001" in text and text.rstrip().splitlines()[-2].startswith("| Document")
    rows = [row("\u0001" * 300, "#" * 300) for _ in range(9000)]
    assert len(summary(changes=compared(*rows)).encode()) <= LIMIT
