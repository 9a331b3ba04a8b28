"""Remove the files that hold names of people: they are not kept after printing."""

import os
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, fail, fault_of
from leaflet.production.manifest import (
    NAME,
    SHARD_NAME,
    Entry,
    Manifest,
    manifest_bytes,
    manifest_lines,
    parse_manifest,
    read_manifest,
)
from leaflet.production.staging import PARTIAL, remove_alone
from leaflet.production.storage import BuildIdentity
from leaflet.production.storage.archive import LocalTarget, ZipStore, is_of_a_build, partial_of
from leaflet.production.storage.folder import is_as_listed, read_journal


class PurgeResult(Struct, frozen=True, kw_only=True):
    """The result of a purge."""

    files: tuple[str, ...]  # the names of the files removed
    partial: int  # the number of folders of interrupted builds that were removed
    archives: int = 0  # the number of archives removed that were never completed
    kept: int  # the number of files for schools that stay
    is_gone: bool = False  # it was an archive of files with names alone, and was removed


def purge(out: Path) -> PurgeResult:
    """Remove every personal file that the manifest of a build lists, and what interrupted builds left behind.

    Folders are removed when nothing else is in them, and so is an archive. Files for schools stay.

    Args:
        out: a folder; an archive, or the one of an interrupted build, which has not got its name.

    Raises:
        UsageError: no list of an earlier build is there.
        RenderError: a file cannot be removed, or a build is writing it.
    """
    if out.is_file():
        return _purge_archive(out)
    manifest = read_manifest(out)
    left = [path for path in sorted(out.glob(f"{PARTIAL}*")) if not path.is_symlink()]
    partial, archives = [path for path in left if path.is_dir()], [path for path in left if path.is_file()]
    if not os.path.lexists(out) and partial_of(out).is_file():
        archives = [partial_of(out)]
    if manifest is None and not partial and not archives:
        raise fail("U009", Place(file=str(out)), value=out.name)
    entries = manifest.entries if manifest else []
    try:
        named = {entry.file: entry for entry in chain(_named_since(out, partial), entries) if entry.personal}
        personal = list(named.values())
        for entry in personal:  # before anything is removed
            _check_inside(out, entry)
        for path in archives:
            remove_alone(path)
        removed = [entry.file for entry in personal if _remove(out, entry)]
        for folder in partial:
            shutil.rmtree(folder)
        kept = [entry for entry in entries if not entry.personal]
        if manifest and len(kept) < len(entries):
            _rewrite(out / NAME, manifest_bytes(replace(manifest, entries=kept)))
    except OSError as error:
        raise fault_of(error, "W101", out) from None
    return PurgeResult(files=tuple(removed), partial=len(partial), archives=len(archives), kept=len(kept))


def _purge_archive(out: Path) -> PurgeResult:
    """Write an archive anew without its personal files; it is the old one until all of the new one is there."""
    archives = [path for path in (partial_of(out),) if path.is_file()]
    try:
        listed, manifest = _read_list(out)
        for path in archives:
            remove_alone(path)
        personal = {entry.file for entry in manifest.entries if entry.personal}
        kept = [entry for entry in manifest.entries if not entry.personal]
        if personal and kept:
            with ZipStore(LocalTarget(out), str(out), BuildIdentity("", "", listed)) as store:
                with zipfile.ZipFile(out) as archive:
                    rest = (name for name in archive.namelist() if name != listed and name not in personal)
                    store.mark_finished((), ((name, archive.read(name), False) for name in rest))
                store.commit(manifest_lines(replace(manifest, entries=kept)), ())
        elif personal:
            out.unlink()
    except (OSError, zipfile.BadZipFile) as error:
        raise fail("W101", Place(file=str(out)), problem=str(error)) from None
    is_gone = bool(personal) and not kept
    return PurgeResult(
        files=tuple(sorted(personal)), partial=0, archives=len(archives), kept=len(kept), is_gone=is_gone
    )


def _read_list(out: Path) -> tuple[str, Manifest]:
    """Return the name and the contents of the list in an archive."""
    if is_of_a_build(out):
        with zipfile.ZipFile(out) as archive:
            name = next(name for name in archive.namelist() if name == NAME or SHARD_NAME.fullmatch(name))
            if (manifest := parse_manifest(archive.read(name))) is not None:
                return name, manifest
    raise fail("U009", Place(file=str(out)), value=out.name)


def _named_since(out: Path, partial: Iterable[Path]) -> Iterator[Entry]:
    """Yield the files of interrupted builds that have got their names already: only journals know of them."""
    for folder in partial:
        for run in sorted(folder.iterdir()):
            yield from (entry for entry in read_journal(run) if is_as_listed(out / entry.file, entry))


def _check_inside(out: Path, entry: Entry) -> None:
    """Raise W103 for a file elsewhere: somebody else's manifest may name one, by « ../ » or through a link."""
    path = out / entry.file
    if not path.parent.resolve().is_relative_to(out.resolve()):
        raise fail("W103", Place(file=str(path)), name=entry.file)


def _remove(out: Path, entry: Entry) -> bool:
    """Remove one file, and its folder with the last one; return whether the file was there."""
    path = out / entry.file
    was_there = os.path.lexists(path)
    path.unlink(missing_ok=True)
    if path.parent != out and path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()
    return was_there


def _rewrite(path: Path, data: bytes) -> None:
    """Replace the manifest as a whole, keeping its time, so that files changed since then are still verified."""
    partial = path.with_name(f"{PARTIAL}-{path.name}")
    partial.write_bytes(data)
    shutil.copystat(path, partial)
    partial.replace(path)
