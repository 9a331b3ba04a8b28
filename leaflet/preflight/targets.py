"""Find the campaigns, files and output folders that a command line names.

A folder with the ``manifest.json`` of a build or with the packing list of a print run is an output folder: it has
rules of its own, and its manifest says which files hold names. Any other folder stands for the PDF files in it.
"""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.files.plain_files import FINISHED, meant_file
from leaflet.geometry import Um
from leaflet.preflight.rule import OutputFolder
from leaflet.production.inputs import LISTS, list_for_campaign
from leaflet.production.manifest import NAME, Entry, read_manifest
from leaflet.production.staging import PARTIAL

_PACKING_LIST = "packing-list-*.csv"
_DEPTH = 3  # folders between a file and the list that names it: document, département, output


class CheckTarget(Struct, frozen=True, kw_only=True):
    """A file to judge."""

    path: Path  # where it is
    name: str  # its name in messages
    is_personal: bool = False  # whether it holds names of persons
    expected: Path | None = None  # the file that the campaign makes in its place; None if it is that one, or unknown
    kind: int | None = None  # of one as the campaign makes it; others of the same kind differ in harmless words
    width: Um = 0  # how far these words reach, together
    letters: tuple[int, ...] = ()  # how many these words have on each face
    size: int = 0  # the number of its bytes, if it is of a kind
    sha256: str = ""  # their hash


class FileFilter(Struct, frozen=True, kw_only=True):
    """A filter for the files of an output folder; it lets all pass by default."""

    document: str | None = None  # the document the files are of; None for all
    records: frozenset[str] = frozenset()  # the UAI of their schools; empty for all

    @property
    def is_all(self) -> bool:
        """Tell whether all files pass."""
        return self.document is None and not self.records

    def has(self, entry: Entry) -> bool:
        """Check whether a file of the manifest passes."""
        return self.document in (None, entry.document) and (not self.records or entry.record in self.records)


class CheckTargets(Struct, frozen=True, kw_only=True):
    """The things to check: campaign files, finished files, whole output folders."""

    campaigns: tuple[Path, ...] = ()
    files: tuple[CheckTarget, ...] = ()
    outputs: tuple[OutputFolder, ...] = ()

    @property
    def finished(self) -> tuple[str, ...]:
        """The names of what was made already: of files, then of output folders."""
        return (*(file.name for file in self.files), *(output.folder.as_posix() for output in self.outputs))


def find_targets(
    paths: Iterable[Path], report: Report, wanted: FileFilter | None = None, out: Path | None = None
) -> CheckTargets:
    """Find what paths stand for, each file once, in the order of the paths.

    `report` gets paths that do not exist, and finished files given with several campaigns, as nobody can tell which
    campaign they belong to. `wanted` is the filter for files of output folders; `out` has what was built.
    """
    campaigns: list[Path] = []
    files: dict[Path, CheckTarget] = {}
    outputs: list[OutputFolder] = []
    for path in (*paths, *([out] if out else [])):
        found: list[CheckTarget] = []
        if path.suffix.lower() == ".toml":
            campaigns.append(path)
        elif path.is_dir():
            found, whole = _in_folder(path, wanted or FileFilter())
            outputs += whole
            if not found and not whole:
                report.add("U042", Place(file=str(path)))
        elif path.suffix.lower() == ".zip" and path.is_file():
            report.add("U044", Place(file=str(path)), value=path.name)
        elif path.suffix.lower() in LISTS and path.is_file():
            report.extend(list_for_campaign(path).faults)
        elif os.path.lexists(path):
            found = [_target(path, is_personal=is_personal(path))]
        else:
            report.add("U040", Place(file=str(path)), proposal=meant_file(str(path), FINISHED))
        for target in found:
            files.setdefault(target.path, target)
    if (len(campaigns) > 1 and files) or (len(campaigns) != 1 and out):
        report.add("U041", Place(field="--out" if out else None), count=len(campaigns))
    return CheckTargets(campaigns=tuple(campaigns), files=tuple(files.values()), outputs=tuple(outputs))


def _in_folder(folder: Path, wanted: FileFilter) -> tuple[list[CheckTarget], list[OutputFolder]]:
    """Find the files of a folder and its output folders, which are judged as a whole unless a filter is given."""
    found: list[Path] = []  # the folder itself, or those in it; one inside another is a part of that one
    for path in sorted({mark.parent for name in (NAME, _PACKING_LIST) for mark in folder.rglob(name)}):
        if not any(map(path.is_relative_to, found)):
            found.append(path)
    outputs = [OutputFolder(folder=path, manifest=read_manifest(path), files=_pdf_files(path)) for path in found]
    files = [target for output in outputs for target in _output_files(output, wanted)]
    files += [_target(path) for path in _pdf_files(folder) if not any(map(path.is_relative_to, found))]
    return files, outputs if wanted.is_all else []


def _output_files(output: OutputFolder, wanted: FileFilter) -> Iterator[CheckTarget]:
    """Yield the files of an output folder that pass the filter, also those in its manifest that do not exist."""
    manifest, folder = output.manifest, output.folder
    entries = [entry for entry in manifest.entries if entry.is_inside(folder)] if manifest else []
    named = {folder / entry.file: entry for entry in entries}
    private = {path.parent for path, entry in named.items() if entry.personal}
    for path in sorted({*filter(_is_pdf, named), *output.files}):
        if wanted.has(named[path]) if path in named else wanted.is_all or manifest is None:
            yield _target(path, is_personal=path.parent in private)


def _pdf_files(folder: Path) -> list[Path]:
    """List the PDF files of a folder, without the unfinished ones of an interrupted build."""
    found = (path for path in folder.rglob("*") if _is_pdf(path) and not path.is_dir())
    return sorted(path for path in found if not path.relative_to(folder).parts[0].startswith(PARTIAL))


def _is_pdf(path: Path) -> bool:
    return path.suffix.lower() == ".pdf"


def is_personal(path: Path) -> bool:
    """Check whether a file lies where a build has put files with names of persons."""
    for folder in list(path.absolute().parents)[:_DEPTH]:
        if (manifest := read_manifest(folder)) is not None:
            beside = path.absolute().parent
            return any(entry.personal and (folder / entry.file).parent == beside for entry in manifest.entries)
    return False


def _target(path: Path, *, is_personal: bool = False) -> CheckTarget:
    return CheckTarget(path=path, name=path.as_posix(), is_personal=is_personal)
