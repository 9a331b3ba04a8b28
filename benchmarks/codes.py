"""Counts the QR codes of finished files that two decoders can read, also after a dark, a mid and a light copy.

    python benchmarks/codes.py out/indre-et-loire-2018 out/essai-2026

For each document its first file is drawn at 150 dpi. Codes there are those that ZXing finds at 400 dpi. Copies are
those of ``tests/copies.py``; codes are looked for as the copy is, and enlarged three times. OpenCV is shown the whole
page, and each code from nearby (``tests/decoding.py``). Not measured: real paper.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
from PIL import Image
from results import markdown_table

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.copies import COPY_DPI, TONERS, codes_read, copied  # noqa: E402
from tests.decoding import crops, decode_by_opencv  # noqa: E402

_SHARP_DPI = 400
_COLUMNS = (
    "document",
    "codes",
    "ZXing",
    "OpenCV",
    "OpenCV near",
    *(f"{toner} ×{times}" for toner in TONERS for times in (1, 3)),
)


def main() -> None:
    """Print a table with a row for each document."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, metavar="OUT", help="output folders of builds")
    rows = [row for folder in parser.parse_args().folders for row in _rows(folder)]
    print(markdown_table(_COLUMNS, rows))


def _rows(folder: Path) -> Iterator[tuple[str, ...]]:
    for document in sorted(path for path in folder.iterdir() if path.is_dir()):
        file = next(iter(sorted(document.rglob("*.pdf"))), None)
        if file is not None:
            yield f"{folder.name}/{document.name}", *map(str, _counts(file))


def _counts(file: Path) -> list[int]:
    """Return how many codes a file has, and how many of them are read in each way."""
    totals = [0] * (len(_COLUMNS) - 1)
    with pypdfium2.PdfDocument(file) as pdf:
        for page in pdf:
            there = codes_read(_drawn(page, _SHARP_DPI))
            if there:
                plain = _drawn(page, COPY_DPI)
                near = [decode_by_opencv(crop) for crop in crops(np.asarray(plain))]
                ways = [there, codes_read(plain), _read_by_opencv(plain), near]
                for toner in TONERS:
                    copy = copied(plain, toner)
                    ways += [codes_read(copy), codes_read(copy, 3)]
                totals = [total + _found(there, way) for total, way in zip(totals, ways, strict=True)]
    return totals


def _drawn(page: pypdfium2.PdfPage, dpi: int) -> Image.Image:
    return page.render(scale=dpi / 72, grayscale=True).to_pil().convert("L")


def _read_by_opencv(picture: Image.Image) -> list[str]:
    found, texts, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(np.asarray(picture))
    return [text for text in texts if text] if found else []


def _found(there: list[str], read: list[str]) -> int:
    return sum((Counter(there) & Counter(read)).values())


if __name__ == "__main__":
    main()
