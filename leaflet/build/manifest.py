"""The list of what was made: ``manifest.json``, and what each file was made from. Schools only, never people.

A file whose making, context and row are the same as when it was made would come out the same, byte for byte.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet import __version__

NAME = "manifest.json"

Making = Mapping[str, str]
"""What all files of a document are made from: digests by name, see `leaflet.build.origins`."""

Reason = Literal[
    "new",
    "missing",
    "altered",
    "asked",
    "program",
    "template",
    "theme",
    "letters",
    "logo",
    "settings",
    "verified",
    "campaign",
    "row",
]
"""Why a file is made: it never was, is not there, is not as it was made, or is asked for whatever is there; or what
its document is made from has changed, or what campaign and académie give, or its school's own row."""


class Entry(NamedTuple):  # a tuple, because every file has one
    """One file.

    Args:
        record: the UAI of its school.
        file: relative to the output folder.
        size: bytes; `sha256` of them in hexadecimal.
        personal: it holds names.
        step: of copy-fit that it took, see `leaflet.layout.page.Layout`.
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
    making: str = ""
    context: str = ""
    row: str = ""


_encode = json.JSONEncoder(ensure_ascii=False).encode


class Manifest(Struct, frozen=True, kw_only=True):
    """What is in an output folder.

    Args:
        campaign: the name of its file.
        election: the id of its profile.
        entries: the files.
        version: of the program that wrote the list.
        makings: what documents were made from, by the keys that entries name.
        whole: of a shard, the digest of the whole build it is a part of; empty for a whole one.
        gone: files that were listed and are not there; known of a list that was read, never written.
    """

    campaign: str
    election: str
    entries: list[Entry]
    version: str = __version__
    makings: Mapping[str, Making] = field(default_factory=dict)
    whole: str = ""
    gone: frozenset[str] = frozenset()


def making_key(making: Making) -> str:
    """The name of a making, by its content."""
    return sha256(json.dumps(making, sort_keys=True).encode()).hexdigest()[:12]


def read_manifest(out: Path, name: str = NAME) -> Manifest | None:
    """The list of an earlier build in a folder; None if there is none, or it is unreadable."""
    try:
        return parse_manifest((out / name).read_bytes())
    except OSError:
        return None


def parse_manifest(data: bytes) -> Manifest | None:
    """A list as it was written; None if it is damaged."""
    try:
        content = json.loads(data)
        entries = [Entry(**entry) for entry in content["files"]]
        found = Manifest(
            campaign=content["campaign"],
            election=content["election"],
            entries=entries,
            version=str(content.get("leaflet", "")),
            makings={str(key): _making(making) for key, making in content.get("makings", {}).items()},
            whole=str(content.get("whole", "")),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return found if all(map(_is_sound, entries)) else None


def parse_entry(line: bytes) -> Entry | None:
    """An entry of a line as `entry_line` writes it; None for half a line, or anything else."""
    try:
        entry = Entry(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None
    return entry if _is_sound(entry) else None


def _making(content: Mapping[str, object]) -> Making:
    return {str(name): str(digest) for name, digest in content.items()}


def go_on_from(
    found: Manifest | None, campaign: str, election: str, is_there: Callable[[str], bool]
) -> Manifest | None:
    """The list that a build goes on with: of an earlier build of the same campaign, of files that are still there.

    Files with names are kept in the list whatever campaign they were made for: `purge` must find them.
    """
    if found is None:
        return None
    is_same = (found.campaign, found.election) == (campaign, election)
    mine = [entry for entry in found.entries if is_same or entry.personal]
    there = [entry for entry in mine if is_there(entry.file)]
    gone = {entry.file for entry in mine} - {entry.file for entry in there}
    return replace(found, entries=there, gone=frozenset(gone))


def _is_sound(entry: Entry) -> bool:
    texts = (entry.record, entry.document, entry.file, entry.sha256, entry.making, entry.context, entry.row)
    return (
        type(entry.pages) is int
        and type(entry.size) is int
        and type(entry.step) is int
        and isinstance(entry.personal, bool)
        and all(isinstance(text, str) and "\0" not in text for text in texts)
    )


def merge(old: Iterable[Entry], new: Iterable[Entry]) -> list[Entry]:
    """Old entries with the new ones in the place of those of the same file, in the order of document and record."""
    merged = {entry.file: entry for entry in (*old, *new)}
    return sorted(merged.values(), key=lambda entry: (entry.document, entry.record, entry.file))


def manifest_bytes(manifest: Manifest) -> bytes:
    """The manifest as JSON, one file a line, with the makings its entries name."""
    head: dict[str, object] = {
        "leaflet": manifest.version,
        "campaign": manifest.campaign,
        "election": manifest.election,
    }
    if manifest.whole:
        head["whole"] = manifest.whole
    named = {entry.making for entry in manifest.entries}
    head["makings"] = {key: dict(manifest.makings[key]) for key in sorted(manifest.makings) if key in named}
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    listed = BytesIO()  # gives its bytes away without a copy: those of a whole country are twenty megabytes
    listed.write(f'{opening}, "files": ['.encode())
    for number, entry in enumerate(manifest.entries):
        listed.write(f"{',' if number else ''}\n{entry_line(entry)}".encode())
    listed.write(b"\n]}\n")
    return listed.getvalue()


def entry_line(entry: Entry) -> str:
    """An entry as JSON, on one line."""
    return _encode(entry._asdict())
