"""The list of what was made: ``manifest.json``. Schools only, never people."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path

from leaflet import __version__

NAME = "manifest.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One file: `file` is relative to the output folder, `sha256` in hexadecimal; `personal` if it holds names."""

    record: str
    document: str
    file: str
    pages: int
    sha256: str
    personal: bool = False


_FIELDS = [field.name for field in fields(Entry)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """What is in an output folder: the campaign's file, its election, the files, and the program's version."""

    campaign: str
    election: str
    entries: list[Entry]
    version: str = ""


def read_manifest(out: Path) -> Manifest | None:
    """The list of an earlier build in a folder; None if there is none, or it is unreadable."""
    try:
        content = json.loads((out / NAME).read_text("utf-8"))
        entries = [Entry(**entry) for entry in content["files"]]
        version = str(content.get("leaflet", ""))
        found = Manifest(campaign=content["campaign"], election=content["election"], entries=entries, version=version)
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return found if all(map(_is_sound, entries)) else None


def read_entries(out: Path, campaign: str, election: str) -> list[Entry]:
    """The entries of an earlier build of the same campaign in the same folder whose files are still there.

    Files with names are kept in the list whatever campaign they were made for: `purge` must find them.
    """
    manifest = read_manifest(out)
    if manifest is None:
        return []
    is_same = (manifest.campaign, manifest.election) == (campaign, election)
    return [entry for entry in manifest.entries if (is_same or entry.personal) and (out / entry.file).is_file()]


def _is_sound(entry: Entry) -> bool:
    texts = (entry.record, entry.document, entry.file, entry.sha256)
    return (
        isinstance(entry.pages, int)
        and isinstance(entry.personal, bool)
        and all(isinstance(text, str) and "\0" not in text for text in texts)
    )


def merge(old: Iterable[Entry], new: Iterable[Entry]) -> list[Entry]:
    """Old entries with the new ones in their place, in the order of document and record.

    A file with names whose school is called otherwise now stays in the list beside the new one.
    """
    new = list(new)
    made = {entry.file for entry in new}
    kept = [entry for entry in old if entry.file not in made]
    merged = {_key(entry): entry for entry in (*kept, *new)}
    return [merged[key] for key in sorted(merged)]


def _key(entry: Entry) -> tuple[str, str, str]:
    return entry.document, entry.record, entry.file if entry.personal else ""


def manifest_bytes(campaign: str, election: str, entries: Iterable[Entry]) -> bytes:
    """The manifest as JSON, one file a line."""
    head = {"leaflet": __version__, "campaign": campaign, "election": election}
    lines = [json.dumps({name: getattr(entry, name) for name in _FIELDS}, ensure_ascii=False) for entry in entries]
    opening = json.dumps(head, ensure_ascii=False)[:-1]
    files = ",\n".join(lines)
    return f'{opening}, "files": [\n{files}\n]}}\n'.encode()
