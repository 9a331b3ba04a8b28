"""What can be asked of every file of a country in a minute: hash, pages, and the QR codes of every distinct piece.

A content stream is a piece, and the same bytes are the same piece; one of many rectangles draws a QR code. Each such
piece is looked at once, on the first page that shows it, drawn by PDFium: every code must be read by ZXing, and say
an address that the file links to. Not asked: whether something else covers a code on another page. `leaflet check`
asks that, and all the rest.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import zxingcpp

from leaflet.production.manifest import Entry, Manifest

DPI = 150
_RECTANGLES = 100  # of a piece with a code: the smallest, of 21 modules a side, has more runs of dark modules


@dataclass(slots=True)
class CheapCheck:
    """Looks at files one after the other; counts pages and the distinct pieces with a code."""

    pages: int = 0
    codes: int = 0
    _has_code: dict[bytes, bool] = field(default_factory=dict)
    _looked: set[bytes] = field(default_factory=set)

    def check(self, out: Path, manifest: Manifest) -> Iterator[str]:
        """All that is wrong with the files of a folder, as lines to print."""
        for entry in manifest.entries:
            for problem in self._check_file(out / entry.file, entry):
                yield f"{entry.file}: {problem}"
        named = {out / entry.file for entry in manifest.entries}
        yield from (f"{path}: not in the manifest" for path in out.rglob("*.pdf") if path not in named)

    def _check_file(self, path: Path, entry: Entry) -> Iterator[str]:
        try:
            data = path.read_bytes()
        except OSError as error:
            yield str(error)
            return
        if sha256(data).hexdigest() != entry.sha256:
            yield "another hash than in the manifest"
        try:
            with pikepdf.open(BytesIO(data)) as pdf:
                yield from self._check_pages(data, pdf, entry)
        except pikepdf.PdfError as error:
            yield str(error)

    def _check_pages(self, data: bytes, pdf: pikepdf.Pdf, entry: Entry) -> Iterator[str]:
        if len(pdf.pages) != entry.pages:
            yield f"{len(pdf.pages)} pages, {entry.pages} in the manifest"
        self.pages += len(pdf.pages)
        pieces = [[key for stream in page.Contents if (key := self._code(stream))] for page in pdf.pages]
        if not any(pieces):
            yield "no QR code"
        for number, keys in enumerate(pieces):
            if not self._looked.issuperset(keys):
                self._looked.update(keys)
                yield from self._look(data, number, len(keys), set(_links(pdf)))

    def _code(self, stream: pikepdf.Object) -> bytes:
        """The hash of a piece that draws a code; empty for others."""
        key = sha256(stream.read_raw_bytes()).digest()
        if key not in self._has_code:
            self._has_code[key] = stream.read_bytes().count(b" re") > _RECTANGLES
        return key if self._has_code[key] else b""

    def _look(self, data: bytes, number: int, pieces: int, links: set[str]) -> Iterator[str]:
        """What is wrong with the codes of a page (from 0) that shows so many pieces with one."""
        with pypdfium2.PdfDocument(data) as document:
            picture = document[number].render(scale=DPI / 72, grayscale=True).to_numpy()
        found = [code.text for code in zxingcpp.read_barcodes(picture)]
        self.codes += len(found)
        if len(found) != pieces:
            yield f"page {number + 1}: {len(found)} QR codes are read of {pieces}"
        yield from (f"page {number + 1}: QR code of {text}, which is no link" for text in found if text not in links)


def _links(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The addresses that can be clicked in a file."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", []):
            if "/A" in annotation and "/URI" in annotation.A:
                yield str(annotation.A.URI)
