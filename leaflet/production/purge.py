"""Remove the files that hold names, and say which: what was made per person is not kept after printing."""

import os
import shutil
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, fail
from leaflet.production.manifest import NAME, Entry, manifest_bytes, read_manifest
from leaflet.production.staging import PARTIAL


class PurgeResult(Struct, frozen=True, kw_only=True):
    """What was removed: files by their names in the folder, and folders left over from interrupted builds."""

    files: tuple[str, ...]
    partial: int
    kept: int


def purge(out: Path) -> PurgeResult:
    """Remove every personal file listed in ``out/manifest.json``, and what interrupted builds left behind.

    Folders are removed when nothing else is in them. Files for schools stay.

    Raises:
        UsageError: no list of an earlier build is there.
        RenderError: a file cannot be removed.
    """
    manifest = read_manifest(out)
    partial = sorted(path for path in out.glob(f"{PARTIAL}*") if path.is_dir() and not path.is_symlink())
    if manifest is None and not partial:
        raise fail("U009", Place(file=str(out)))
    entries = manifest.entries if manifest else []
    personal = [entry for entry in entries if entry.personal]
    for entry in personal:  # before anything is removed
        _check_inside(out, entry)
    try:
        removed = [entry.file for entry in personal if _remove(out, entry)]
        for folder in partial:
            shutil.rmtree(folder)
        kept = [entry for entry in entries if not entry.personal]
        if manifest and personal:
            _rewrite(out / NAME, manifest_bytes(replace(manifest, entries=kept)))
    except OSError as error:
        raise fail("W101", Place(file=str(out)), problem=error.strerror or str(error)) from None
    return PurgeResult(files=tuple(removed), partial=len(partial), kept=len(kept))


def _check_inside(out: Path, entry: Entry) -> None:
    """A list that somebody else wrote must not remove files elsewhere, by « ../ » or through a link."""
    path = out / entry.file
    if not path.parent.resolve().is_relative_to(out.resolve()):
        raise fail("W103", Place(file=str(path)), name=entry.file)


def _remove(out: Path, entry: Entry) -> bool:
    """Remove one file, and its folder with the last one; whether it was there."""
    path = out / entry.file
    was_there = os.path.lexists(path)
    path.unlink(missing_ok=True)
    if path.parent != out and path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()
    return was_there


def _rewrite(path: Path, data: bytes) -> None:
    """Replace the list by a shorter one, all of it or nothing; files touched since it was written stay suspect."""
    partial = path.with_name(f"{PARTIAL}-{path.name}")
    partial.write_bytes(data)
    shutil.copystat(path, partial)
    partial.replace(path)
