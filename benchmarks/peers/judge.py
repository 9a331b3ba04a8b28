"""Look at one leaflet in a finished file: is it the same leaflet? ``python -m peers.judge FILE`` prints JSON.

Asked of every peer, of the first leaflet, by readers that none of them uses to write: how many pages the file has,
all fonts embedded, structure tree present, no picture (so QR codes are vectors), the QR codes decoded at 150 dpi, and
the facts that must be printed found again in the extracted text.
"""

import json
import sys
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from peers.base import PORTAL, WORDS


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """Hold what was found in one file; `pages` are all of them, the rest is of one leaflet."""

    pages: int
    tagged: bool
    standards: str
    fonts_embedded: bool
    pictures: int
    codes: list[str]
    missing: list[str]

    def faults(self, pages: int) -> list[str]:
        """Why this is not the leaflet, in a file of so many pages, that was asked for; empty if it is."""
        checks = {
            f"{self.pages} pages of {pages}": self.pages != pages,
            "a font is not embedded": not self.fonts_embedded,
            f"{self.pictures} pictures": self.pictures > 0,
            f"{self.codes.count(PORTAL)} portal codes of 2": self.codes.count(PORTAL) != 2,
            f"{len(self.codes)} codes decoded of 3": len(self.codes) != 3,
            f"text lacks {', '.join(self.missing)}": bool(self.missing),
        }
        return [fault for fault, found in checks.items() if found]


def _plain(text: str) -> str:
    """Text without white space, hyphenation marks and differences of apostrophe or composition."""
    kept = (char for char in unicodedata.normalize("NFKC", text.replace("’", "'")) if not char.isspace())
    return "".join(kept).casefold()


def _descriptors(page: Any) -> list[Any]:
    """The font descriptors a page reaches, also through its forms."""
    found: list[Any] = []
    resources = page.get("/Resources", {})
    for font in resources.get("/Font", {}).values():
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        found.append(inner.get("/FontDescriptor"))
    for form in resources.get("/XObject", {}).values():
        found += _descriptors(form) if form.get("/Subtype") == "/Form" else []
    return found


def _is_embedded(descriptor: Any) -> bool:
    return descriptor is not None and any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _standards(pdf: Any) -> str:
    """The standards the file claims in its XMP, such as ``UA-1 A-2A``."""
    with pdf.open_metadata() as meta:
        ua = f"UA-{meta['pdfuaid:part']}" if "pdfuaid:part" in meta else ""
        level = meta.get("pdfaid:part", "")
        archive = f"A-{level}{meta.get('pdfaid:conformance', '')}" if level else ""
    return " ".join(filter(None, (ua, archive)))


def judge(path: Path) -> Verdict:
    """Read the file with pikepdf, pypdfium2 and zxing-cpp: its first two pages."""
    import pikepdf
    import pypdfium2
    import zxingcpp
    from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

    with pikepdf.open(path) as pdf:
        tagged = "/StructTreeRoot" in pdf.Root and bool(pdf.Root.get("/MarkInfo", {}).get("/Marked", False))
        descriptors = [found for page in pdf.pages[:2] for found in _descriptors(page.obj)]
        standards = _standards(pdf)
    document = pypdfium2.PdfDocument(path)
    pages = [document[number] for number in range(min(2, len(document)))]
    text = _plain("".join(page.get_textpage().get_text_bounded() for page in pages))
    pictures = sum(len(list(page.get_objects(filter=[FPDF_PAGEOBJ_IMAGE]))) for page in pages)
    images = [page.render(scale=150 / 72).to_pil() for page in pages]
    codes = [code.text for image in images for code in zxingcpp.read_barcodes(image)]
    return Verdict(
        pages=len(document),
        tagged=tagged,
        standards=standards,
        fonts_embedded=bool(descriptors) and all(map(_is_embedded, descriptors)),
        pictures=pictures,
        codes=sorted(codes),
        missing=[fact for fact in WORDS["facts"] if _plain(fact) not in text],
    )


if __name__ == "__main__":
    print(json.dumps(asdict(judge(Path(sys.argv[1])))))
