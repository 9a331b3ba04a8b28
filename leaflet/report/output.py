"""The folder that a build wrote: the files in the manifest, and the files that it does not list."""

import re
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.production.manifest import Manifest, read_manifest
from leaflet.production.print_run import PACKING, PRINT_RUN
from leaflet.production.staging import PARTIAL

_RUN = re.compile(rf"((?:{PRINT_RUN}|{PACKING})-.+?)(?:-\d+)?\.pdf$")  # a volume of a print run, or its packing list


class BuiltFile(Struct, frozen=True, kw_only=True):
    """A PDF file of the folder.

    Attributes:
        path: where it is.
        name: its path in the folder, with ``/``.
        document: of the campaign; the name of its folder, or of its print run, if no manifest lists it.
        record: the UAI of its school, or empty.
        sha256: as listed in the manifest; else empty.
        is_personal: it holds names, or may hold some.
    """

    path: Path
    name: str
    document: str
    record: str = ""
    sha256: str = ""
    is_personal: bool = False


class Built(Struct, frozen=True, kw_only=True):
    """A folder with its existing files, sorted by document, record and name; packing lists last."""

    folder: Path
    manifest: Manifest | None
    files: tuple[BuiltFile, ...]


def read_output(folder: Path, *, may_be_empty: bool = False) -> Built:
    """Read the files of a folder.

    Args:
        folder: where they are.
        may_be_empty: whether there may be no file, and no folder either.

    Raises:
        UsageError: it is no folder (U070), or no PDF file is in it (U071).
    """
    if not folder.is_dir() and not may_be_empty:
        raise fail("U070", Place(field="--out"), value=str(folder))
    manifest = read_manifest(folder)
    listed = _listed(folder, manifest)
    others = list(_others(folder, listed))
    if not listed and not others and not may_be_empty:
        raise fail("U071", Place(field="--out"), value=str(folder))
    return Built(folder=folder, manifest=manifest, files=tuple(sorted((*listed, *others), key=_order)))


def _order(file: BuiltFile) -> tuple[bool, str, str, str]:
    """Return the sort key of a file: documents by name, then packing lists, which nobody hands out."""
    return file.document.startswith(PACKING), file.document, file.record, file.name


def _listed(folder: Path, manifest: Manifest | None) -> list[BuiltFile]:
    """Return the listed files that exist."""
    files: list[BuiltFile] = []
    root = folder.resolve()
    for entry in manifest.entries if manifest else ():
        path = folder / entry.file
        if not path.resolve().is_relative_to(root) or not path.is_file():
            continue
        files.append(
            BuiltFile(
                path=path,
                name=entry.file,
                document=entry.document,
                record=entry.record,
                sha256=entry.sha256,
                is_personal=entry.personal,
            )
        )
    return files


def _others(folder: Path, listed: Sequence[BuiltFile]) -> Iterator[BuiltFile]:
    """Yield PDF files that are not listed.

    A file may hold names if it lies beside files with names, or if its owner alone may read it.
    """
    known = {file.name for file in listed}
    private = {str(PurePosixPath(file.name).parent) for file in listed if file.is_personal}
    for path in sorted(folder.rglob("*.pdf")):
        name = path.relative_to(folder).as_posix()
        if name in known or any(part.startswith(PARTIAL) for part in path.parts) or not path.is_file():
            continue
        parent = PurePosixPath(name).parent
        is_private = str(parent) in private or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        yield BuiltFile(path=path, name=name, document=_document(path, folder), is_personal=is_private)


def _document(path: Path, folder: Path) -> str:
    """Return what an unlisted file is shown with: the other volumes of its print run, else those in its folder."""
    if run := _RUN.match(path.name):
        return run[1]
    return path.parent.resolve().name if path.parent == folder else path.parent.relative_to(folder).as_posix()
