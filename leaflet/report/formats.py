"""The report as one HTML file, and in short as Markdown for the page of a CI job.

The HTML file has no scripts, fetches nothing, and every value in it is escaped. The summary has counts and tables, no
pictures. The page of a job shows 1 MiB at most and does not say what it drops (GitHub Actions, « job summaries »), so
the summary ends before that, after a whole row. Names come from outside: in Markdown, each character that Markdown or
HTML could interpret is written as a number.
"""

import base64
import re
from collections.abc import Iterable, Sequence
from hashlib import sha256

from leaflet.faults import visible
from leaflet.page_template import render_html
from leaflet.page_words import Words
from leaflet.report.changes import ChangedRow
from leaflet.report.content import Content
from leaflet.resources import assets

FOLDER = "report"  # of the page below ``assets``
_LONGEST = 2000  # characters of a text from outside
LIMIT = 900 * 1024  # bytes
_TABLE_SHARE = 0.45  # of the limit, for the faults and for the changes each
_LONGEST_CELL = 300  # characters of a cell
_PLACES = 5  # named in a cell
_ACTIVE = re.compile(r"[!#$&*:<>@\[\\\]^_`|~]|(?<=[Ww]{3})\.")  # in the midst of a line, by CommonMark and GFM
_ICONS = {"error": "⛔", "warning": "⚠️", "note": "ℹ️", "clean": "✅"}

Row = Sequence[str]


# --- HTML -----------------------------------------------------------------------------------------------------


def render_page(content: Content, words: Words) -> str:
    """Return the text of the HTML file."""
    folder = assets() / FOLDER
    style = (folder / "report.css").read_text("utf-8")
    values = {
        "c": content,
        "words": words,
        "say": words.say,
        "number": words.number,
        "size": words.size,
        "style": style,
        "style_hash": style_hash(style),
    }
    return render_html(folder / "report.html", {"shown": shown}, values)


def style_hash(style: str) -> str:
    """Return the name of a style sheet in a content security policy (CSP level 3, §6.7)."""
    return f"sha256-{base64.b64encode(sha256(style.encode()).digest()).decode('ascii')}"


def shown(text: object) -> str:
    """Return a text from outside with controls and direction marks written out, so that none acts on the page."""
    return visible(str(text), _LONGEST)


# --- Markdown -------------------------------------------------------------------------------------------------


def render_summary(content: Content, words: Words) -> str:
    """Return the Markdown summary, at most `LIMIT` bytes of UTF-8."""
    say = words.say
    parts = [
        f"{summary_head(words)}{escaped(content.heading)}",
        f"{_ICONS[content.verdict]} **{escaped(content.verdict_text)}**",
        " · ".join(f"{escaped(value)} {escaped(label)}" for label, value in content.figures),
        *(escaped(text) for text in (content.checked, *content.remarks)),
        f"## {say('faults')}",
        _faults(content, words),
        f"## {say('changes')}",
        *_changes(content, words),
        f"## {say('documents')}",
        _documents(content, words),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def summary_head(words: Words) -> str:
    """Return how every summary begins."""
    return f"# {words.say('title')} · "


def escaped(text: object) -> str:
    """Return a text from outside as Markdown that only shows it."""
    return _ACTIVE.sub(lambda match: f"&#{ord(match[0])};", visible(str(text), _LONGEST_CELL))


def _faults(content: Content, words: Words) -> str:
    rules = [rule for part in content.fault_lists for rule in part.rules]
    head = [words.say(f"col_{key}") for key in ("severity", "code", "reason", "way_out", "where")]
    rows = [
        (
            f"{_ICONS[rule.severity]} {words.say(f'severity_{rule.severity}')}",
            rule.code,
            escaped(message.reason),
            escaped(message.way_out),
            _places(message.places, message.more, words),
        )
        for rule in rules
        for message in rule.messages
    ]
    unlisted = sum(rule.more for rule in rules)
    return _table(head, rows, words, unlisted) if rows else words.say("no_faults")


def _places(places: Sequence[str], more: int, words: Words) -> str:
    shown, more = [escaped(place) for place in places[:_PLACES]], more + len(places[_PLACES:])
    return "<br>".join([*shown, escaped(words.say("and_more", n=more))] if more else shown)


def _changes(content: Content, words: Words) -> list[str]:
    """Return what changed; files that changed in the same way are one row."""
    changes, say = content.changes, words.say
    if changes.state == "none":
        return [f"{_ICONS['note']} **{say('no_baseline')}.** {escaped(say('no_baseline_text'))}"]
    if changes.state == "failed":
        problems = [f"> {escaped(problem.reason)} {escaped(problem.way_out)}" for problem in changes.problems]
        loud = f"{_ICONS['error']} **{escaped(say('bad_baseline'))}.** {escaped(say('bad_baseline_text'))}"
        return [loud, *problems]
    lines = [escaped(say("compared", baseline=changes.baseline))]
    if changes.is_same:
        return [*lines, f"{_ICONS['clean']} **{say('unchanged')}.**"]
    head = [say(f"col_{key}") for key in ("school", "document", "change", "what")]
    alike: dict[tuple[str, str], list[ChangedRow]] = {}
    for row in changes.rows:
        alike.setdefault((row.change, row.what), []).append(row)
    rows = [
        (
            _places(list(dict.fromkeys(row.school for row in same)), 0, words),
            ", ".join(dict.fromkeys(escaped(row.document) for row in same)),
            escaped(change),
            escaped(what),
        )
        for (change, what), same in alike.items()
    ]
    return [*lines, ", ".join(map(escaped, changes.tally)), _table(head, rows, words)]


def _documents(content: Content, words: Words) -> str:
    head = [words.say(f"col_{key}") for key in ("document", "files", "pages", "size")]
    rows = [
        (escaped(made.name), words.number(made.files), words.number(made.pages), words.size(made.size))
        for made in content.documents
    ]
    return _table(head, rows, words, share=0.05)


def _table(head: Row, rows: Iterable[Row], words: Words, unlisted: int = 0, share: float = _TABLE_SHARE) -> str:
    """Return a table that ends after a whole row when its share of the limit is used up.

    Args:
        head: the cells of its first row.
        rows: the other rows.
        words: of the report.
        unlisted: number of rows that were left out before; the sum with those left out here is written below.
        share: of `LIMIT`.
    """
    lines = [_line(head), _line(["---"] * len(head))]
    room = int(LIMIT * share) - sum(len(line.encode()) + 1 for line in lines)
    left = unlisted
    for line in map(_line, rows):
        room -= len(line.encode()) + 1
        if room < 0:
            left += 1
        else:
            lines.append(line)
    text = "\n".join(lines)
    return f"{text}\n\n{escaped(words.say('see_report', n=left))}" if left else text


def _line(cells: Row) -> str:
    return f"| {' | '.join(cells)} |"
