"""What a report says of a build besides its pages: the election, its dates, the documents, the readers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from itertools import groupby

from msgspec import Struct

from leaflet.campaign import Academies, Campaign, Document, load_academies
from leaflet.campaign.french import hour
from leaflet.report.gallery import ReadFile
from leaflet.report.words import Words
from leaflet.tables import School


class DocumentFacts(Struct, frozen=True, kw_only=True):
    """One document: what its campaign says, None without one, and its files."""

    name: str
    document: Document | None
    files: int
    pages: int
    size: int
    is_personal: bool


class Readers(Struct, frozen=True, kw_only=True):
    """Schools of one académie, or of all.

    Args:
        name: of the académie; empty for all, and for files without a school.
        towns: distinct ones; None when no list says where the schools are.
        copies: added up; None when no list says so.
        uncounted: schools of the list without a number of copies.
    """

    name: str
    schools: int
    files: int
    pages: int
    towns: int | None
    copies: int | None
    uncounted: int = 0


class Lists(Struct, frozen=True, kw_only=True):
    """The list of schools by UAI; `is_known` unless there is no campaign, or it could not be read."""

    schools: Mapping[str, School]
    is_known: bool

    def name(self, uai: str) -> str:
        """A school as people call it; empty if it is on no list."""
        school = self.schools.get(uai)
        return "" if school is None else f"{school.name}, {school.town}" if school.town else school.name


def document_facts(files: Iterable[ReadFile], campaign: Campaign | None) -> tuple[DocumentFacts, ...]:
    """The documents in the order of the files."""
    known = {document.name: document for document in campaign.documents} if campaign else {}
    return tuple(_document(name, known.get(name), list(group)) for name, group in groupby(files, _document_of))


def _document_of(read: ReadFile) -> str:
    return read.file.document


def _document(name: str, document: Document | None, files: Sequence[ReadFile]) -> DocumentFacts:
    return DocumentFacts(
        name=name,
        document=document,
        files=len(files),
        pages=sum(read.judged.pages for read in files),
        size=sum(read.judged.size for read in files),
        is_personal=any(read.file.is_personal for read in files),
    )


def all_readers(files: Sequence[ReadFile], lists: Lists) -> Readers:
    """Everybody."""
    return _readers("", files, lists)


def readers_by_academie(files: Iterable[ReadFile], lists: Lists) -> tuple[Readers, ...]:
    """The same by académie, the largest first."""
    academies = load_academies()
    groups: dict[str, list[ReadFile]] = {}
    for read in files:
        groups.setdefault(_academie(read.file.record, academies), []).append(read)
    found = [_readers(name, group, lists) for name, group in groups.items()]
    return tuple(sorted(found, key=lambda readers: (-readers.schools, readers.name)))


def _academie(uai: str, academies: Academies) -> str:
    academie = academies.by_uai(uai) if uai else None
    return academie.name if academie else ""


def _readers(name: str, files: Sequence[ReadFile], lists: Lists) -> Readers:
    uais = {read.file.record for read in files if read.file.record}
    schools = [lists.schools[uai] for uai in uais if uai in lists.schools]
    return Readers(
        name=name,
        schools=len(uais),
        files=len(files),
        pages=sum(read.judged.pages for read in files),
        towns=len({school.town for school in schools if school.town}) if lists.is_known else None,
        copies=sum(school.copies or 0 for school in schools) if lists.is_known else None,
        uncounted=sum(school.copies is None for school in schools),
    )


def election_rows(campaign: Campaign, words: Words) -> tuple[tuple[str, str], ...]:
    """What the campaign says of its election, as pairs of name and value; what is unknown is left out."""
    election = campaign.election
    vote, notice = election.vote, election.notice
    pairs: tuple[tuple[str, str | None], ...] = (
        ("title", " · ".join(text for text in (election.title, election.scope) if text)),
        ("opens", _moment(vote.opens_on, vote.opens_at, words)),
        ("closes", _moment(vote.closes_on, vote.closes_at, words)),
        ("timezone", vote.timezone_label),
        ("portal", election.links.portal),
        ("notice_from", words.day(notice.from_on) if notice.from_on else None),
        ("notice_to", words.day(notice.to_on) if notice.to_on else None),
        ("publisher", " · ".join(t for t in (campaign.publisher.name, campaign.publisher.address) if t)),
        ("version", campaign.version),
        ("issued", words.day(campaign.issued_on) if campaign.issued_on else None),
    )
    return tuple((words.say(f"fact_{key}"), text) for key, text in pairs if text)


def _moment(day: date | None, at: time | None, words: Words) -> str | None:
    if day is None:
        return None
    return words.day(day) + (f", {hour(at) if words.lang == 'fr' else f'{at:%H:%M}'}" if at is not None else "")
