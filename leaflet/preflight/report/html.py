"""The report as one HTML file, and in short as Markdown for the page of a CI job.

The HTML file has no scripts, fetches nothing, and every value in it is escaped. The summary has counts and tables, no
pictures. The page of a job shows 1 MiB at most and does not say what it drops (GitHub Actions, « job summaries »), so
the summary ends before that, after a whole row. Names come from outside: in Markdown, each character that Markdown or
HTML could interpret is written as a number.
"""

import base64
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from typing import Literal

from msgspec import Struct

from leaflet.campaign import Campaign
from leaflet.campaign.dates import FRENCH
from leaflet.faults import SEVERITIES, Fault, Severity, count_faults, visible
from leaflet.files.words import Words
from leaflet.markup.html_page import format_day, render_html
from leaflet.preflight.report import facts
from leaflet.preflight.report.changes import Changes
from leaflet.preflight.report.gallery import Built, DocumentGallery, PngPicture, ReportFile, ShownPage
from leaflet.production.printed_facts import NOT_COMPARED
from leaflet.program import assets
from leaflet.text import grouped

Verdict = Literal["error", "warning", "clean"]
# by file and page number; None for a page that cannot be drawn, absent if there was no room
Pictures = Mapping[tuple[str, int], PngPicture | None]


class PageFigure(Struct, frozen=True, kw_only=True):
    """A page of a gallery and its texts."""

    id: str
    picture: PngPicture | None
    alt: str
    kind: str
    record: str
    caption: str


class FaultList(Struct, frozen=True, kw_only=True):
    """The faults of the campaign, or those of the finished files."""

    id: str  # of its heading
    title: str  # where they are
    counts: str  # the number of each severity, in words
    rules: tuple[facts.RuleFaults, ...]  # the faults by rule


class ReportInput(Struct, frozen=True, kw_only=True):
    """All that a report is made from."""

    built: Built  # the folder
    files: Sequence[ReportFile]  # its files and their findings
    campaign: Campaign | None  # None if it is not known
    has_failed: bool  # whether there is a campaign that could not be read
    lists: facts.ListedSchools  # the schools
    campaign_faults: Sequence[Fault]  # of the campaign, its lists and its records
    file_faults: Sequence[Fault]  # of the finished files
    galleries: Sequence[DocumentGallery]  # the pages that are shown
    pictures: Pictures  # of these pages
    changes: Changes  # since the baseline
    day: str  # the day that files were judged on, in words; empty if it is not shown
    packages: Sequence[str]  # name and release of packages whose rules were asked
    words: Words  # texts of the language


def _verdict(faults: Sequence[Fault]) -> Verdict:
    """Return whether files with these faults may be printed: never what nobody compared with a notice de vote."""
    counts = count_faults(faults)
    if counts["error"] or _not_compared(faults):
        return "error"
    return "warning" if counts["warning"] else "clean"


def verdict_sentence(faults: Sequence[Fault], words: Words) -> str:
    """Return whether files with these faults may be printed, and the number of errors and warnings."""
    counts, left = count_faults(faults), _not_compared(faults)
    shown = {name: words.say(name, n=counts[name]) for name in ("error", "warning")}
    if left:
        return words.say("verdict_not_compared", n=left, **shown)
    return words.say(f"verdict_{_verdict(faults)}", **shown)


def _not_compared(faults: Iterable[Fault]) -> int:
    """Return how many facts are printed that nobody compared."""
    return sum(int(str(fault.values["count"])) for fault in faults if fault.code == NOT_COMPARED)


class Content:
    """The texts and values of a report; every attribute is one place in it, named in ``report.html``."""

    def __init__(self, source: ReportInput) -> None:
        self._source, self._words = source, source.words
        self._folder = source.built.folder.resolve().name  # alone: its place on this machine is private
        faults = (*source.campaign_faults, *source.file_faults)
        campaign, say = source.campaign, source.words.say
        self.changes, self.day = source.changes, source.day
        self.has_campaign = campaign is not None
        self.publisher = f"{campaign.publisher.name} · {campaign.version}" if campaign else ""
        self.verdict = _verdict(faults)  # the highest severity of the faults
        self.verdict_text = verdict_sentence(faults, source.words)
        self.fault_counts = self._count(count_faults(faults))
        self.fault_lists: tuple[FaultList, ...] = tuple(self._fault_lists())
        self.documents: tuple[facts.DocumentFacts, ...] = facts.document_facts(source.files, campaign)
        self.readers: facts.Readers = facts.readers_of(source.files, source.lists)
        # a print run, say, belongs to no single school, and nothing is to be said of readers
        self.has_readers = self.readers.schools > 0 or not self.has_campaign
        self.academies = facts.readers_by_academie(source.files, source.lists) if self.readers.schools else ()
        self.election = facts.election_rows(campaign, source.words) if campaign else ()
        is_personal = any(one.is_personal for one in self.documents)
        self.register = facts.register_rows(campaign, source.words) if campaign and is_personal else ()
        counts = {"files": say("n_files", n=self.readers.files), "pages": say("n_pages", n=self.readers.pages)}
        self.checked = say("checked", **counts)
        self.galleries = [(gallery, self._rows(gallery, at)) for at, gallery in enumerate(source.galleries, 1)]
        by_document = groupby(source.files, key=lambda read: read.file.document)
        self.file_lists = [(document, [*files]) for document, files in by_document]
        shown = [page for gallery in source.galleries for page in gallery.shown]
        # chosen pages for which there was no room
        self.pictures_left_out = sum((page.file.name, page.number) not in source.pictures for page in shown)

    @property
    def heading(self) -> str:
        """The election, or the folder when no campaign is known."""
        campaign = self._source.campaign
        if campaign is None:
            return self._folder
        election = campaign.election
        return " · ".join(text for text in (election.title, election.scope) if text) or campaign.file

    @property
    def period(self) -> str:
        """The days of the vote; empty if unknown."""
        vote = self._source.campaign.election.vote if self._source.campaign else None
        if vote is None or vote.opens_on is None or vote.closes_on is None or vote.closes_on < vote.opens_on:
            return ""
        if self._words.lang == "fr":
            return FRENCH.period(vote.opens_on, vote.closes_on)
        days = format_day(vote.opens_on, self._words.lang), format_day(vote.closes_on, self._words.lang)
        return self._words.say("period_en", opens=days[0], closes=days[1])

    @property
    def origin(self) -> str:
        """The folder, the version of the program that wrote it, and the packages that took part."""
        manifest, say = self._source.built.manifest, self._words.say
        if manifest is None:
            parts = [say("folder_only", folder=self._folder)]
        else:
            parts = [say("folder", folder=self._folder, version=manifest.version)]
            parts += [say("made_by_packages", names=", ".join(names))] if (names := manifest.packages) else []
        if self._source.packages:
            parts.append(say("judged_by_packages", names=", ".join(self._source.packages)))
        return " · ".join(parts)

    def _count(self, counts: Counter[Severity]) -> str:
        """Return the number of each severity, of notes if there are any: « 2 erreurs, aucun avertissement »."""
        counted = [name for name in SEVERITIES if counts[name] or name != "note"]
        return ", ".join(self._words.say(name, n=counts[name]) for name in counted)

    def _fault_lists(self) -> Iterator[FaultList]:
        """Yield the faults that a build finds too, apart from those that only a report or a check looks for."""
        source, say = self._source, self._words.say
        parts = (("campaign", source.campaign_faults), ("finished", source.file_faults))
        for key, faults in parts if self.has_campaign or source.has_failed else parts[1:]:
            yield FaultList(
                id=f"faults-{key}",
                title=say(f"faults_{key}"),
                counts=self._count(count_faults(faults)),
                rules=facts.group_faults(faults, self._words.lang),
            )

    @property
    def remarks(self) -> tuple[str, ...]:
        """The other things that were checked, and what is not known."""
        source = self._source
        checked = "bad_campaign" if source.has_failed else "checked_campaign" if self.has_campaign else "no_campaign"
        keys = (checked, "no_manifest") if source.files and source.built.manifest is None else (checked,)
        return tuple(map(self._words.say, keys))

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """The numbers at the head as pairs of label and number; unknown ones are left out."""
        readers = self.readers
        counted = (
            ("schools", readers.schools or None),
            ("towns", readers.towns if readers.schools else None),
            ("copies", readers.copies if readers.schools else None),
            ("files", readers.files),
            ("pages", readers.pages),
        )
        say, number = self._words.say, self._words.number
        return tuple((say(f"label_{key}", n=n), number(n)) for key, n in counted if n is not None)

    @property
    def readers_text(self) -> str:
        """The number of copies, schools and towns in a sentence."""
        say, readers = self._words.say, self.readers
        if readers.copies is None or readers.towns is None:
            return say("readers_unknown")
        return say(
            "readers_text",
            copies=say("n_copies", n=readers.copies),
            schools=say("n_schools", n=readers.schools),
            towns=say("n_towns", n=readers.towns),
        )

    def _rows(self, gallery: DocumentGallery, nth: int) -> list[tuple[int, list[PageFigure]]]:
        """Return the pages of a document that are shown, by the first number of those like them."""
        drawn = [page for page in gallery.shown if (page.file.name, page.number) in self._source.pictures]
        return [
            (number, [self._figure(page, f"gallery-{nth}-{number}-{at}") for at, page in enumerate(pages, 1)])
            for number, pages in groupby(drawn, key=lambda page: page.similar.first)
        ]

    def _figure(self, page: ShownPage, identity: str) -> PageFigure:
        say, similar = self._words.say, page.similar
        kind = say(f"kind_{page.kind}")
        record = facts.record_name(self._source.lists, page.file.record, page.file.name)
        like = say("like_this_same" if similar.is_same else "like_this", n=similar.files)
        if len(similar.pages) != similar.files:
            like = say("like_this_pages", pages=len(similar.pages), files=say("n_files", n=similar.files))
        return PageFigure(
            id=identity,
            picture=self._source.pictures[page.file.name, page.number],
            alt=say("alt", document=page.file.document, record=record, page=page.number, kind=f"{kind}, {like}"),
            kind=kind,
            record=record,
            caption=like if page.is_counted else "",
        )


FOLDER = "report"  # of the page below ``assets``
_LONGEST = 2000  # characters of a text from outside
LIMIT = 900 * 1024  # bytes
_TABLE_SHARE = 0.45  # of the limit, for the faults and for the changes each
_LONGEST_CELL = 300  # characters of a cell
_PLACES = 5  # named in a cell
_ACTIVE = re.compile(r"[!#$&*:<>@\[\\\]^_`|~]|(?<=[Ww]{3})\.")  # in the midst of a line, by CommonMark and GFM
_ICONS = {"error": "⛔", "warning": "⚠️", "note": "ℹ️", "clean": "✅"}

Row = Sequence[str]


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
    return _table(head, rows, words, sum(rule.more for rule in rules)) if rows else words.say("no_faults")


def _places(places: Sequence[str], more: int, words: Words) -> str:
    shown, more = [escaped(place) for place in places[:_PLACES]], more + len(places[_PLACES:])
    return "<br>".join([*shown, escaped(words.say("and_more", n=more))] if more else shown)


def _changes(content: Content, words: Words) -> list[str]:
    """Return what changed; files that changed in the same way are one row."""
    changes, say = content.changes, words.say
    if changes.state == "none":
        return [f"{_ICONS['note']} **{say('no_baseline')}.** {escaped(say('no_baseline_text'))}"]
    if changes.state == "failed":
        loud = f"{_ICONS['error']} **{escaped(say('bad_baseline'))}.** {escaped(say('bad_baseline_text'))}"
        return [loud, *[f"> {escaped(reason)} {escaped(way_out)}" for reason, way_out in changes.problems]]
    lines = [escaped(say("compared", baseline=changes.baseline))]
    if changes.is_same:
        return [*lines, f"{_ICONS['clean']} **{say('unchanged')}.**"]
    head = [say(f"col_{key}") for key in ("school", "document", "change", "what")]
    alike = grouped(((row.change, row.what), row) for row in changes.rows)
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
    """Return a table that ends after a whole row when its share of `LIMIT` is used up.

    The number of rows that were left out, here and before (`unlisted`), is written below.
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
