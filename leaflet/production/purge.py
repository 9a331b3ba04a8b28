"""Remove the files that hold names of people: they are not kept after printing."""

import os
import shutil
import stat
import zipfile
from collections.abc import Container, Iterable, Iterator
from itertools import chain
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, fail
from leaflet.production.archive import Member, is_of_a_build, waiting_of, write_archive
from leaflet.production.folder_store import is_as_listed, read_journal
from leaflet.production.manifest import NAME, SHARD_NAME, manifest_lines, parse_manifest, read_manifest
from leaflet.production.staging import PARTIAL, disk_faults, locked


class PurgeResult(Struct, frozen=True, kw_only=True):
    """The result of a purge."""

    files: tuple[str, ...]  # the names of the files removed
    partial: int  # the number of folders of interrupted builds that were removed
    kept: int  # the number of files for schools that stay
    is_gone: bool = False  # it was an archive of files with names alone, and was removed


def purge(out: Path) -> PurgeResult:
    """Remove every personal file that the manifest of a build lists, and what interrupted builds left behind.

    Folders are removed when nothing else is in them, and so is an archive. Files for schools stay. `out` is a folder,
    an archive, or the name of one that an interrupted build has not given it.
    """
    if out.is_file():
        return _purge_archive(out)
    manifest = read_manifest(out)
    left = [path for path in sorted(out.glob(f"{PARTIAL}*")) if not path.is_symlink()]
    partial = [path for path in left if path.is_dir()]
    if not os.path.lexists(out) and waiting_of(out).is_dir():
        partial = [waiting_of(out)]
    if manifest is None and not partial:
        raise fail("U009" if os.path.lexists(out) else "U060", Place(file=str(out)), value=out.name, proposal="")
    entries = manifest.entries if manifest else []
    with disk_faults(out):
        # of the files of interrupted builds that have got their names already, only journals know
        runs = (run for folder in partial for run in sorted(folder.iterdir()))
        since = (entry for run in runs for entry in read_journal(run) if is_as_listed(out / entry.file, entry))
        personal = list({entry.file: entry for entry in chain(since, entries) if entry.personal}.values())
        for entry in personal:  # before anything is removed: somebody else's manifest may name a file elsewhere
            path = out / entry.file
            if not path.parent.resolve().is_relative_to(out.resolve()):
                raise fail("W103", Place(file=str(path)), name=entry.file)
        _check_idle(partial)
        removed = [entry.file for entry in personal if os.path.lexists(out / entry.file)]
        for entry in personal:
            path = out / entry.file
            path.unlink(missing_ok=True)
            if path.parent != out and path.parent.is_dir() and not any(path.parent.iterdir()):
                path.parent.rmdir()
        for folder in partial:
            shutil.rmtree(folder)
        kept = [entry for entry in entries if not entry.personal]
        if manifest and len(kept) < len(entries):
            _rewrite(out / NAME, b"".join(manifest_lines(replace(manifest, entries=kept))))
    return PurgeResult(files=tuple(removed), partial=len(partial), kept=len(kept))


def _purge_archive(out: Path) -> PurgeResult:
    """Write an archive anew without its personal files; it is the old one until all of the new one is there."""
    waiting = waiting_of(out)
    partial = [waiting] if waiting.is_dir() else []
    try:
        listed, manifest = "", None
        if is_of_a_build(out):
            with zipfile.ZipFile(out) as archive:
                listed = next(name for name in archive.namelist() if name == NAME or SHARD_NAME.fullmatch(name))
                manifest = parse_manifest(archive.read(listed))
        if manifest is None:
            raise fail("U009", Place(file=str(out)), value=out.name)
        _check_idle(partial)
        for folder in partial:
            shutil.rmtree(folder)
        personal = {entry.file for entry in manifest.entries if entry.personal}
        kept = [entry for entry in manifest.entries if not entry.personal]
        if personal and kept:
            waiting.mkdir(mode=stat.S_IRWXU)
            try:
                with locked(waiting):
                    files = _members(out, without=personal | {listed})
                    write_archive(out, listed, manifest_lines(replace(manifest, entries=kept)), files)
            finally:
                shutil.rmtree(waiting, ignore_errors=True)
        elif personal:
            out.unlink()
    except (OSError, zipfile.BadZipFile) as error:
        raise fail("W101", Place(file=str(out)), problem=str(error)) from None
    names, is_gone = tuple(sorted(personal)), bool(personal) and not kept
    return PurgeResult(files=names, partial=len(partial), kept=len(kept), is_gone=is_gone)


def _members(path: Path, without: Container[str]) -> Iterator[Member]:
    """Yield the files of an archive that stay in it, none of which is private."""
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name not in without:
                yield name, archive.read(name), False


def _check_idle(folders: Iterable[Path]) -> None:
    """Check that no build works in folders that interrupted ones left (W105)."""
    for folder in folders:
        with locked(folder):
            pass


def _rewrite(path: Path, data: bytes) -> None:
    """Replace the manifest as a whole, keeping its time, so that files changed since then are still verified."""
    partial = path.with_name(f"{PARTIAL}-{path.name}")
    partial.write_bytes(data)
    shutil.copystat(path, partial)
    partial.replace(path)
