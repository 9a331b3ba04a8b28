"""Make again what a campaign makes, so that finished files are held against it.

A build gives the same bytes each time. A file that has the bytes of the one that is made again shows what the
campaign says; another one is compared with it (``rules/expected``). The files that this takes stand in a folder of
their own while files are judged.

What a file should be is told by its name, as a build gives names: a leaflet under the name of another school is not
what is expected there. Print runs, and files of some people, are made on request only, and not expected.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from leaflet.campaign import Document
from leaflet.faults import LeafletError, Place
from leaflet.preflight.targets import CheckTarget
from leaflet.production.document import DocumentMaker, file_name
from leaflet.production.long_files import write_long_file
from leaflet.production.materials import Materials
from leaflet.production.worker import LAID_OUT_TOGETHER
from leaflet.tables import School

_PARTS = (3, 2)  # of a path that are the name of a file: document, département, file


@contextmanager
def expecting(materials: Materials, targets: Sequence[CheckTarget]) -> Iterator[tuple[CheckTarget, ...]]:
    """Yield the files to judge: those that are not as expected have the file that is."""
    with TemporaryDirectory(prefix="leaflet-") as folder:
        found = {target.path: target for target in targets}
        names = _FileNames(materials)
        by_document: defaultdict[str, list[tuple[School, Path]]] = defaultdict(list)
        for path in found:
            for document, school in names.meant_by(path):
                by_document[document.name].append((school, path))
        for number, (path, data) in enumerate(_unlike(materials, by_document)):
            expected = Path(folder) / f"{number}.pdf"
            expected.write_bytes(data)
            found[path] = replace(found[path], expected=expected)
        yield tuple(found.values())


class _FileNames:
    """The names of all files of a campaign, as a build gives them."""

    def __init__(self, materials: Materials) -> None:
        self._whole: dict[str, tuple[Document, School]] = {}
        self._last: defaultdict[str, list[tuple[Document, School]]] = defaultdict(list)
        for document in materials.campaign.documents:
            for school in materials.schools:
                name = file_name(document, school, grouped=materials.is_large)
                self._whole[name] = document, school
                self._last[name.rpartition("/")[2]].append((document, school))

    def meant_by(self, path: Path) -> Sequence[tuple[Document, School]]:
        """Return what a file should be; outside of the folders of documents, one of several."""
        for count in _PARTS:
            if (found := self._whole.get("/".join(path.parts[-count:]))) is not None:
                return [found]
        return self._last.get(path.name, ())


def _unlike(
    materials: Materials, wanted: Mapping[str, Sequence[tuple[School, Path]]]
) -> Iterator[tuple[Path, bytes]]:
    """Yield the files that have other bytes than expected, each with those; of several, those of nearest size."""
    alike: set[Path] = set()
    unlike: dict[Path, bytes] = {}
    for document in materials.campaign.documents:
        for path, expected in _made(materials, document, wanted.get(document.name, ())):
            try:
                found = path.read_bytes()
            except OSError:
                continue  # which is a finding of its own
            if found == expected:
                alike.add(path)
                unlike.pop(path, None)
            elif path not in alike:
                before = unlike.get(path, expected)
                unlike[path] = min(before, expected, key=lambda data: abs(len(data) - len(found)))
    yield from unlike.items()


def _made(
    materials: Materials, document: Document, wanted: Sequence[tuple[School, Path]]
) -> Iterator[tuple[Path, bytes]]:
    """Yield the bytes that files of a document should have; none of what cannot be made, which its check reports."""
    if not wanted:
        return
    try:
        maker = DocumentMaker(materials, document)
        for school, path in (one for one in wanted if maker.is_long(one[0])):
            written = BytesIO()
            write_long_file(maker, school, written, Place(file=path.name))
            yield path, written.getvalue()
        short = [one for one in wanted if not maker.is_long(one[0])]
        for start in range(0, len(short), LAID_OUT_TOGETHER):
            some = short[start : start + LAID_OUT_TOGETHER]
            layouts = maker.lay_out_each([school for school, _ in some])
            for (_, path), layout in zip(some, layouts, strict=True):
                if layout is not None and not isinstance(layout, LeafletError):
                    yield path, maker.write(layout).data
    except LeafletError:
        return
