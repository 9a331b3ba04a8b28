"""The facts of a report besides its pages: the election, the documents, the readers, and the faults by rule."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from itertools import groupby

from msgspec import Struct

from leaflet.campaign import Campaign, Document, load_academies
from leaflet.campaign.dates import FRENCH
from leaflet.confidential import hide_secrets
from leaflet.faults import SEVERITIES, Fault, Lang, Severity
from leaflet.files.words import Words
from leaflet.markup.html_page import format_day
from leaflet.preflight.report.gallery import ReportFile
from leaflet.tables import School
from leaflet.tables.keys import territory_of
from leaflet.text import grouped

MOST_PLACES = 40  # named of one message; they are folded away
MOST_MESSAGES = 25  # listed of one rule
_ABOUT = re.compile(r"^…\s?:\s")  # the name of what is wrong, before the message: « Nancy-Metz : … »
_ASIDE = re.compile(r"\s\([^()]*…[^()]*\)")  # a value between brackets


class DocumentFacts(Struct, frozen=True, kw_only=True):
    """The files of a document; `document` is its entry in the campaign, None without one."""

    name: str
    document: Document | None
    files: int
    pages: int
    size: int
    is_personal: bool


class Readers(Struct, frozen=True, kw_only=True):
    """The schools of one académie, or of all."""

    name: str  # of the académie; empty for all, and for files without a school
    schools: int  # number of schools
    files: int  # number of their files
    pages: int  # number of pages of these files
    towns: int | None  # number of different towns; None without a list that has all these schools
    copies: int | None  # number of copies of all schools; None likewise
    uncounted: int = 0  # schools of the list without a number of copies


ListedSchools = Mapping[str, School] | None  # by UAI; None without a campaign, or if it could not be read


def record_name(lists: ListedSchools, uai: str, file: str = "") -> str:
    """Return the name of a record: its school with the town, else its UAI, else its file."""
    school = (lists or {}).get(uai)
    if school is None:
        return uai or file
    return f"{school.name}, {school.town} ({uai})" if school.town else f"{school.name} ({uai})"


def document_facts(files: Iterable[ReportFile], campaign: Campaign | None) -> tuple[DocumentFacts, ...]:
    """Return the documents in the order of the files, which are sorted by document."""
    known = {document.name: document for document in campaign.documents} if campaign else {}
    by_document = groupby(files, lambda read: read.file.document)
    return tuple(
        DocumentFacts(
            name=name,
            document=known.get(name),
            files=len(group),
            pages=sum(read.judged.pages for read in group),
            size=sum(read.judged.size for read in group),
            is_personal=any(read.file.is_personal for read in group),
        )
        for name, group in ((name, list(found)) for name, found in by_document)
    )


def readers_by_academie(files: Iterable[ReportFile], lists: ListedSchools) -> tuple[Readers, ...]:
    """Return the readers of each académie, the largest first."""
    academies = load_academies()
    placed = ((academies.by_uai(territory_of(read.file.record, "")), read) for read in files)
    groups = grouped((academie.name if academie else "", read) for academie, read in placed)
    found = [readers_of(group, lists, name) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda readers: (-readers.schools, readers.name)))


def readers_of(files: Sequence[ReportFile], lists: ListedSchools, name: str = "") -> Readers:
    """Return the readers of files, of all or of one académie."""
    uais = {read.file.record for read in files if read.file.record}
    schools = [lists[uai] for uai in uais if uai in lists] if lists is not None else []
    is_known = lists is not None and len(schools) == len(uais)
    return Readers(
        name=name,
        schools=len(uais),
        files=len(files),
        pages=sum(read.judged.pages for read in files),
        towns=len({school.town for school in schools if school.town}) if is_known else None,
        copies=sum(school.copies or 0 for school in schools) if is_known else None,
        uncounted=sum(school.copies is None for school in schools),
    )


def election_rows(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    """Return the facts of the election as pairs of name and value; unknown ones are left out."""
    election = campaign.election
    vote, notice = election.vote, election.notice
    pairs: tuple[tuple[str, str | None], ...] = (
        ("title", " · ".join(text for text in (election.title, election.scope) if text)),
        ("opens", _moment(vote.opens_on, vote.opens_at, vote.timezone_label, words)),
        ("closes", _moment(vote.closes_on, vote.closes_at, vote.timezone_label, words)),
        ("portal", election.links.portal),
        ("notice_from", format_day(notice.from_on, words.lang) if notice.from_on else None),
        ("notice_to", format_day(notice.to_on, words.lang) if notice.to_on else None),
        ("publisher", " · ".join(t for t in (campaign.publisher.name, campaign.publisher.address) if t)),
        ("compared_by", campaign.publisher.compared_by),
        ("version", campaign.version),
        ("issued", format_day(campaign.issued_on, words.lang) if campaign.issued_on else None),
    )
    return tuple((words.say(f"fact_{key}"), text) for key, text in pairs if text)


_REGISTER = ("purpose", "people", "data", "recipients", "abroad", "security")


def register_rows(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    """Return what the record of a processing of names says (GDPR, article 30), as pairs of name and value."""
    publisher, last = campaign.publisher, campaign.data.delete_by or campaign.election.vote.closes_on
    values = {
        "title": campaign.election.title or "",
        "publisher": " · ".join(text for text in (publisher.name, publisher.address, publisher.contact) if text),
        "day": format_day(last, words.lang) if last else "",
    }
    names = ("controller", f"basis_{publisher.kind}", *_REGISTER, "storage" if last else "storage_undated")
    rows = (words.say(f"register_{name}", **values).partition(" | ") for name in names)
    return tuple((label, text) for label, _, text in rows)


def _moment(day: date | None, at: time | None, zone: str | None, words: Words) -> str | None:
    if day is None or at is None:
        return format_day(day, words.lang) if day else None
    said = FRENCH.hour(at) if words.lang == "fr" else f"{at:%H:%M}"
    return f"{format_day(day, words.lang)}, {said}" + (f" ({zone})" if zone else "")


class SharedMessage(Struct, frozen=True, kw_only=True):
    """A message of faults, which several places may share."""

    reason: str  # what is wrong
    way_out: str  # what to do
    places: tuple[str, ...]  # the first ones, in words
    more: int  # number of places that are not named
    files: int  # number of files (or lists) concerned


class RuleFaults(Struct, frozen=True, kw_only=True):
    """The faults of one code."""

    code: str  # of the rule
    severity: Severity  # of all its faults
    title: str  # what is wrong: the one message, or what several have in common
    advice: str  # what to do: the one way out, or what several have in common
    messages: tuple[SharedMessage, ...]  # the commonest ones
    more: int  # number of messages that are not listed
    count: int  # number of faults
    files: int  # number of files concerned

    @property
    def has_one_way_out(self) -> bool:
        """Tell whether all messages have the same way out, which is then the advice."""
        return all(message.way_out == self.advice for message in self.messages)

    @property
    def only_place(self) -> str | None:
        """The place, if there is but one; else None."""
        places = self.messages[0].places
        return places[0] if self.count == 1 and places else None


def group_faults(faults: Iterable[Fault], lang: Lang) -> tuple[RuleFaults, ...]:
    """Group faults by severity, then code, then message; secrets are hidden."""
    groups = grouped(((SEVERITIES.index(fault.severity), fault.code), fault) for fault in faults)
    return tuple(_rule_faults(groups[key], lang) for key in sorted(groups))


def _rule_faults(faults: Sequence[Fault], lang: Lang) -> RuleFaults:
    texts = grouped(((fault.reason(lang), fault.way_out(lang)), fault) for fault in faults)
    commonest = sorted(texts.values(), key=len, reverse=True)
    messages = tuple(_message(found, lang) for found in commonest[:MOST_MESSAGES])
    ways = {way_out for _, way_out in texts}
    common = _ABOUT.sub("", _ASIDE.sub("", faults[0].entry.outline(lang)))  # without the values where it reads well
    return RuleFaults(
        code=faults[0].code,
        severity=faults[0].severity,
        title=messages[0].reason if len(commonest) == 1 else common[:1].upper() + common[1:],
        advice=messages[0].way_out if len(ways) == 1 else faults[0].entry.outline_way_out(lang),
        messages=messages,
        more=len(commonest[MOST_MESSAGES:]),
        count=len(faults),
        files=_count_files(faults),
    )


def _message(faults: Sequence[Fault], lang: Lang) -> SharedMessage:
    """Return the message of faults with the same text; secrets are searched for in those shown: that takes time."""
    places = list({fault.place: fault for fault in faults if fault.place.text(lang)}.values())
    shown = [hide_secrets(fault) for fault in places[:MOST_PLACES]]
    first = hide_secrets(faults[0])
    return SharedMessage(
        reason=first.reason(lang),
        way_out=first.way_out(lang),
        places=tuple(fault.place.text(lang) for fault in shown),
        more=len(places[MOST_PLACES:]),
        files=_count_files(faults),
    )


def _count_files(faults: Iterable[Fault]) -> int:
    return len({fault.place.file for fault in faults if fault.place.file})
