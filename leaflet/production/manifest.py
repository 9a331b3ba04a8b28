"""Read and write the manifest, ``manifest.json``: the files that were made, and digests of what each was made from.

It names schools, never people. A file whose making, context and row are the same as when it was made would come out
the same, byte for byte. The last line has a digest of all others, the seal: without it somebody has edited the list,
or another program wrote it, and what it says of files is not relied on.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Literal

from msgspec import MsgspecError, Struct, field
from msgspec.json import Decoder, Encoder
from msgspec.structs import replace

from leaflet.faults import Place, fail
from leaflet.files.plain_files import read_plain_file

NAME = "manifest.json"
MANIFEST_HEAD = b'{"leaflet":"'
_MOST_BYTES = 1 << 30  # 600 for each of a million files
SHARD_NAME = re.compile(r"manifest-([0-9]+)-of-([0-9]+)\.json")  # of the list of a part: its number, and of how many

Making = Mapping[str, str]
"""Digests of what all files of a document are made from, by name; see `leaflet.production.origins`.

`PACKAGES` is no digest: it names the packages whose resources are among that. It is left out where there are none,
and counts for nothing: a release that changes none of them changes no file.
"""

PACKAGES = "packages"

Reason = Literal[
    "new", "missing", "altered", "asked", "program", "template", "theme", "drawings", "letters", "logo", "settings",
    "verified", "campaign", "row",
]  # fmt: skip
"""Why a file is made: it is new, missing, altered, or asked for in any case; or a part of what its document is made
from has changed (from ``program`` to ``verified``), or the values of campaign and académie, or its school's row."""


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """A file in the manifest.

    Args:
        record: the UAI of its school.
        document: the name of its document.
        file: relative to the output folder.
        pages: how many it has.
        sha256: of its bytes, in hexadecimal.
        size: in bytes.
        personal: it holds names.
        step: of copy-fit that it took, see `leaflet.layout.page.Layout`.
        without_message: the publisher's own message had no room on it.
        making: key of what its document was made from.
        context: digest of what campaign, académie and département gave.
        row: digest of what the lists gave.
    """

    record: str
    document: str
    file: str
    pages: int
    sha256: str
    personal: bool = False
    size: int = 0
    step: int = 0
    without_message: bool = False
    making: str = ""
    context: str = ""
    row: str = ""

    def is_inside(self, folder: Path) -> bool:
        """Check whether the file lies in its folder; a manifest that somebody else wrote might name others."""
        return (folder / self.file).resolve().is_relative_to(folder.resolve())


class ManifestFile(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The manifest as it is written: every part in its order, files and seal last.

    Args:
        leaflet: version of the program that wrote it.
        campaign: name of the campaign file.
        election: of the campaign.
        whole: of a shard: digest of the whole build that it is a part of.
        makings: digests of what documents were made from, by the keys that files name.
        files: sorted by document and school.
        seal: SHA-256 of all that stands before it; without it, the list was edited.
    """

    version: str = field(default="", name="leaflet")
    campaign: str
    election: str
    whole: str = ""
    makings: Mapping[str, Making] = field(default_factory=dict)
    entries: Sequence[Entry] = field(name="files")
    seal: str = ""


class Manifest(ManifestFile, frozen=True, kw_only=True):
    """The contents of an output folder: its manifest, and what is found when that is read, which is never written."""

    gone: Collection[str] = ()  # files listed and missing
    is_sealed: bool = True  # nobody has changed it since it was written

    @property
    def packages(self) -> tuple[str, ...]:
        """Name and release of the packages whose resources the files are made from, as far as they are listed."""
        named = {making.get(PACKAGES, "") for making in self.makings.values()}
        return tuple(sorted({one for names in named for one in names.split(", ") if one}))


_encode = Encoder().encode
entry_line: Callable[[Entry], bytes] = _encode  # an entry as JSON, on one line
_list_decoder, _entry_decoder = Decoder(Manifest), Decoder(Entry)
_NUL = b"\\u0000"  # as JSON writes it: no file name has one


def making_key(making: Making) -> str:
    """Return the key of a making, a digest of its digests."""
    digests = {name: digest for name, digest in making.items() if name != PACKAGES}
    return sha256(json.dumps(digests, sort_keys=True).encode()).hexdigest()[:12]


def read_manifest(out: Path, name: str = NAME) -> Manifest | None:
    """Return the manifest of an earlier build in a folder; None if there is none, or it is unreadable."""
    try:
        return parse_manifest(read_plain_file(out / name, _MOST_BYTES))
    except OSError:
        return None


def parse_manifest(data: bytes) -> Manifest | None:
    """Return a manifest as it was written; None if it is damaged."""
    try:
        found = _list_decoder.decode(data)
    except (MsgspecError, ValueError, RecursionError):
        return None
    if _NUL in data:
        return None
    end = _end(found.seal)
    is_sealed = data.endswith(end) and sha256(data[: -len(end)]).hexdigest() == found.seal
    return replace(found, gone=(), is_sealed=is_sealed)


def _end(seal: str) -> bytes:
    """Return the last line of a manifest."""
    return b'\n],"seal":%b}\n' % _encode(seal)


def read_listed(folder: Path, entry: Entry) -> bytes | None:
    """Return a file as it was made; None if it is missing, has other bytes, or is not below the folder."""
    try:
        data = (folder / entry.file).read_bytes() if entry.is_inside(folder) else b""
    except OSError:
        return None
    return data if sha256(data).hexdigest() == entry.sha256 else None


def parse_entry(line: bytes) -> Entry | None:
    """Return the entry of a line as `entry_line` writes it; None for half a line, or anything else."""
    try:
        return None if _NUL in line else _entry_decoder.decode(line)
    except (MsgspecError, ValueError, RecursionError):
        return None


def go_on_from(
    found: Manifest | None, identity: tuple[str, ...], is_there: Callable[[str], bool], *, may_mix: bool
) -> Manifest | None:
    """Return an earlier manifest with the entries that a build keeps: of the same campaign, of files still there.

    Files of another campaign are refused (W123) unless they `may_mix`. Entries of those with names of people are kept
    all the same: `purge` must find them.
    """
    if found is None:
        return None
    is_same = (found.campaign, found.election) == identity[:2]
    if found.entries and not (is_same or may_mix):
        raise fail("W123", Place(file=NAME), name=found.campaign, year=found.election, count=len(found.entries))
    mine = [entry for entry in found.entries if is_same or entry.personal]
    there = [entry for entry in mine if is_there(entry.file)]
    gone = {entry.file for entry in mine} - {entry.file for entry in there}
    return replace(found, entries=there, gone=frozenset(gone))


def merge(old: Collection[Entry], new: list[Entry]) -> Sequence[Entry]:
    """Replace old entries by new ones of the same file; return all in the order of document and record.

    Without old ones the new list is sorted in place, which saves the memory of a second one.
    """
    if not old:
        new.sort(key=_place)
        return new
    return sorted({entry.file: entry for entry in chain(old, new)}.values(), key=_place)


def _place(entry: Entry) -> tuple[str, str, str]:
    """Return the sort key of an entry."""
    return entry.document, entry.record, entry.file


def manifest_lines(manifest: Manifest) -> Iterator[bytes]:
    """Yield the manifest as JSON, one line for each file, with the makings its entries name, and its seal."""
    named = {entry.making for entry in manifest.entries}
    makings = {key: manifest.makings[key] for key in sorted(manifest.makings) if key in named}
    head = replace(manifest, makings=makings, entries=[], seal="", gone=(), is_sealed=True)
    line = _encode(head).removesuffix(b"]}")
    hashed = sha256(line)
    yield line
    for number, entry in enumerate(manifest.entries):
        line = (b",\n" if number else b"\n") + entry_line(entry)
        hashed.update(line)
        yield line
    yield _end(hashed.hexdigest())
