"""Write files and their manifest into a ZIP archive.

The archive does not say when or where it was made, so the same build gives the same bytes. PDF files are compressed
already and are stored as they are; the manifest is compressed. An archive is made as a whole each time, from files
that wait in a folder beside it; it is written there too, and has no name of its own until it is complete.
"""

import os
import stat
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from leaflet.production.manifest import NAME, SHARD_NAME, parse_entry, parse_manifest
from leaflet.production.staging import PARTIAL, check_replaceable, disk_faults

Member: TypeAlias = tuple[str, bytes, bool]
"""A file of an archive: name, bytes, whether it is private."""

_WHOLE = f"{PARTIAL}.zip"  # its name until it is complete
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
_LINE = 1 << 20  # bytes that the first line of a list has at most
_UNIX = 3  # the system whose permissions `external_attr` holds


def is_archive(out: Path) -> bool:
    """Check whether a place to write to is a ZIP archive, by its name."""
    return out.name.lower().endswith(".zip")


def waiting_of(path: Path) -> Path:
    """Return the folder where the files of an archive wait until all are made: a stopped build goes on from there."""
    return path.with_name(f"{PARTIAL}.{path.name}")


def _info(name: str, *, private: bool = False, compress_type: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Return the head of a member, without the time or the system it was made on."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system, info.compress_type = _UNIX, compress_type
    mode = stat.S_IRUSR | stat.S_IWUSR | (0 if private else stat.S_IRGRP | stat.S_IROTH)
    info.external_attr = (stat.S_IFREG | mode) << 16
    return info


def is_of_a_build(path: Path) -> bool:
    """Check whether a file is an archive that a build wrote, and that nobody has put anything else into."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            lists = {name for name in names if name == NAME or SHARD_NAME.fullmatch(name)}
            return bool(lists) and names - lists <= _listed(archive, lists)
    except Exception:  # whatever a strange file makes `zipfile` raise, it has no such list
        return False


def _listed(archive: zipfile.ZipFile, lists: Iterable[str]) -> set[str]:
    """Return the files that lists of builds name."""
    found: set[str] = set()
    for name in lists:
        with archive.open(name) as member:
            if parse_manifest(member.readline(_LINE).rstrip(b"\n") + b"]}") is None:  # the first of `manifest_lines`
                raise ValueError(name)
            entries = (parse_entry(line.rstrip(b",\n")) for line in iter(lambda: member.readline(_LINE), b""))
            found.update(entry.file for entry in entries if entry)
    return found


def check_archive(path: Path, *, replace_others: bool = False) -> None:
    """Check that an archive may get its name: nothing is replaced that no build made."""
    if os.path.lexists(path):
        check_replaceable(path, is_ours=replace_others or (path.is_file() and is_of_a_build(path)))


def write_archive(
    path: Path, listed: str, manifest: Iterable[bytes], files: Iterable[Member], *, replace_others: bool = False
) -> None:
    """Write an archive in the folder where its files wait, which the caller has locked; then give it its name.

    Once one of the files is private, its owner alone may read it.
    """
    partial = waiting_of(path) / _WHOLE
    with disk_faults(path):
        partial.unlink(missing_ok=True)  # of a process that was killed
        try:
            with zipfile.ZipFile(partial, "x", zipfile.ZIP_STORED) as archive:
                for name, data, private in files:
                    if private:
                        partial.chmod(stat.S_IRUSR | stat.S_IWUSR)
                    _put(archive, _info(name, private=private), (data,))
                _put(archive, _info(listed, compress_type=zipfile.ZIP_DEFLATED), manifest)
            check_archive(path, replace_others=replace_others)  # something may have appeared while files were made
            partial.replace(path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def _put(archive: zipfile.ZipFile, info: zipfile.ZipInfo, data: Iterable[bytes]) -> None:
    with archive.open(info, "w") as member:
        for piece in data:
            member.write(piece)
    archive.NameToInfo.clear()  # nothing looks a member up again, and the names of a large build take memory
