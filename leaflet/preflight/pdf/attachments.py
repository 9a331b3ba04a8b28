"""Find what a file holds beside its pages: scripts, films, other files, filled forms, earlier versions of its pages.

A program that saves quickly appends what changed (ISO 32000-1 §7.5.6): what was deleted is still in the file.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from itertools import chain

import pikepdf
from msgspec import Struct

from leaflet.pdf.standards.pdf_objects import content_streams, direct_parts, entries
from leaflet.preflight.compare.content import digest

_HARMLESS = frozenset({"GoTo", ""})  # actions that may run without a click: the file opens on a page
_PLAYERS = frozenset({"/RichMedia", "/Movie", "/Sound", "/3D", "/Screen"})  # kinds of annotations
_END = re.compile(rb"%%EOF[\r\n]*")
_MOST_REVISIONS = 20  # looked at


class Attachments(Struct, frozen=True, kw_only=True):
    """The things found beside the pages of a file."""

    actions: tuple[str, ...]  # kinds of scripts, of films and sounds, and of actions that run without a click, sorted
    addresses: tuple[str, ...]  # those that bookmarks open
    files: int  # how many files are embedded
    filled: int  # how many form fields have a value


def find_attachments(pdf: pikepdf.Pdf) -> Attachments:
    """Look through all objects of a file, once."""
    automatic: list[object] = []  # what the catalogue or a page runs without a click
    for holder in (pdf.Root, *(page.obj for page in pdf.pages)):
        automatic.append(holder.get("/OpenAction"))
        occasions = entries(holder, "/AA")
        automatic += [occasions.get(key) for key in occasions.keys()]  # noqa: SIM118 – no mapping
    actions = {_kind(action) for action in automatic if isinstance(action, pikepdf.Dictionary)}
    addresses: list[str] = []
    files = filled = 0
    for item in chain.from_iterable(map(direct_parts, pdf.objects)):
        keys = item.keys()
        if "/JS" in keys:
            actions.add(_kind(item))
        if "/XFA" in keys:
            actions.add("XFA")
        if "/Rect" in keys and (kind := str(item.get("/Subtype"))) in _PLAYERS:
            actions.add(kind.lstrip("/"))
        if "/Title" in keys and "/Parent" in keys:
            address = entries(item, "/A").get("/URI")
            addresses += [str(address)] if isinstance(address, pikepdf.String | str) else []
        files += "/EF" in keys
        if "/FT" in keys and (value := item.get("/V")) is not None:
            filled += str(value) not in ("", "/Off")
    kinds = tuple(sorted(actions - _HARMLESS))
    return Attachments(actions=kinds, addresses=tuple(addresses), files=files, filled=filled)


def _kind(action: pikepdf.Dictionary) -> str:
    return str(action.get("/S", "")).lstrip("/")


def count_earlier_pages(data: bytes, pdf: pikepdf.Pdf) -> int:
    """Count the pages of earlier revisions of a file whose contents are on no page of the newest one."""
    ends = [match.end() for match in _END.finditer(data)][:_MOST_REVISIONS]
    if len(ends) < 2:
        return 0
    before = {page for end in ends[:-1] for page in _hash_revision(data[:end])}
    return len(before - set(_hash_pages(pdf)))


def _hash_revision(data: bytes) -> tuple[bytes, ...]:
    """Return the hashes of the pages of an earlier revision; none if no revision ends here.

    The first part of a linearized file ends with %%EOF too, and is no revision.
    """
    try:
        with closing(pikepdf.open(BytesIO(data), attempt_recovery=False)) as pdf:
            return tuple(_hash_pages(pdf))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _hash_pages(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """Yield a hash of the contents of each page."""
    return (digest(*(stream.read_bytes() for stream in content_streams(page))) for page in pdf.pages)
