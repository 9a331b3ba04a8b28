"""QR codes are large, stand in white, and lead to the address that is printed beside them."""

import math
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.decoding import decode
from tests.one_school.boxes import Box, union
from tests.one_school.files import EXAMPLE_CARDS, LEAFLETS, file_in
from tests.one_school.letters import letters, places_of, spoken, squeezed
from tests.one_school.painting import Painted, codes, painted, sizes
from tests.one_school.pictures import DPI, FINE_DPI, copied, cropped, enlarged, picture
from tests.one_school.sections import sections
from tests.one_school.stock import STOCKS, Cards

pytestmark = pytest.mark.drill

BESIDE = 25  # mm between a code and the address at its left, on a card


def test_modules_are_large_and_square(file: Path) -> None:
    """Every symbol is made of squares of 0.5 mm and more, in a number that QR codes have; 90 mm on posters."""
    found = [code for page in range(len(sizes(file))) for code in codes(file, page)]
    assert found
    for code in found:
        module = min(box.height for box in code.rectangles)
        assert module >= 0.5
        assert code.box.width == pytest.approx(code.box.height, abs=0.002)
        assert max(box.height for box in code.rectangles) == pytest.approx(module, abs=0.002)
        version, rest = divmod(round(code.box.width / module) - 17, 4)
        assert rest == 0
        assert 1 <= version <= 40
        assert code.box.width == pytest.approx((4 * version + 17) * module, abs=0.01)
    if file.parent.name == "poster-a3":
        assert max(code.box.width for code in found) >= 90


def test_modules_are_large_on_every_stock(cards: Cards) -> None:
    """Stock a little smaller than the card is drawn for does not make modules smaller than 0.5 mm."""
    found = [code for page in range(len(sizes(cards.path))) for code in codes(cards.path, page)]
    assert len(found) == 2 * len(sections(cards.path))
    assert min(box.height for code in found for box in code.rectangles) >= 0.5


def quiet_zones(path: Path, page: int) -> Iterator[tuple[Painted, Box, float]]:
    """Yield each code of a page with its quiet zone of four modules, and its module."""
    for code in codes(path, page):
        module = min(box.height for box in code.rectangles)
        yield code, code.box.grown(4 * module - 0.002), module


def assert_quiet(path: Path) -> None:
    """Check that only the code itself is painted in each quiet zone, and that every pixel of it is white."""
    for page in range(len(sizes(path))):
        zones = list(quiet_zones(path, page))
        frames = [item for item in painted(path)[page] if item.kind != "text"]
        for code, zone, _ in zones:
            plates = [n for n, item in enumerate(frames) if item.kind == "fill" and item.box.contains(zone)]
            for item in frames[plates[-1] + 1 if plates else 0 :]:  # a plate hides what is below it
                around = item.kind == "stroke" and not item.rectangles and item.box.grown(-1).contains(zone)
                assert item is code or around or not item.box.overlaps(zone), item
            assert not any(letter.box.overlaps(zone) for letter in letters(path)[page])
        pictures = enlarged(path, page, [zone for _, zone, _ in zones])
        for (_, _, module), pixels in zip(zones, pictures, strict=True):
            ring = int(4 * module * FINE_DPI / 25.4) - 2
            for edge in (pixels[:ring], pixels[-ring:], pixels[:, :ring], pixels[:, -ring:]):
                assert edge.min() == 255
            assert pixels[ring + 4 : -ring - 4, ring + 4 : -ring - 4].min() == 0


def test_quiet_zones_are_white(file: Path) -> None:
    assert_quiet(file)


def test_quiet_zones_are_white_on_every_stock(small: Path) -> None:
    for stock in STOCKS:
        assert_quiet(file_in(small, f"{stock}-short-edge"))


def distance_of(address: str, path: Path, page: int, code: Painted) -> float:
    printed = places_of(letters(path)[page], address)
    return min((union(boxes).distance(code.box) for boxes in printed), default=math.inf)


def test_codes_lead_to_the_address_printed_beside_them(file: Path) -> None:
    """ZXing reads every symbol at 150 dpi; the address that it reads is in the file, on a card beside its code."""
    text = squeezed("".join(spoken(file).values()))
    for page in range(len(sizes(file))):
        for code, zone, _ in quiet_zones(file, page):
            (href,) = decode(cropped(picture(file, page), zone))
            address = href.removeprefix("https://").removesuffix("/")
            assert address in text
            if EXAMPLE_CARDS.get(file.parent.name, "a6-4") != "a6-4":
                assert distance_of(address, file, page, code) < BESIDE


def test_a_page_gives_all_its_codes_at_once(file: Path) -> None:
    """A reader that looks at the whole page finds as many codes as are painted."""
    for page in range(len(sizes(file))):
        assert len(decode(picture(file, page))) == len(codes(file, page))


def test_codes_survive_a_photocopy(file: Path) -> None:
    """Each different address can still be read from a black and white copy, wherever it is printed."""
    for page in range(len(sizes(file))):
        for number, (_, zone, _) in enumerate(quiet_zones(file, page)):
            pixels = cropped(picture(file, page), zone)
            assert decode(copied(pixels, number)) == decode(pixels)


def test_turned_codes_decode_on_every_stock(cards: Cards) -> None:
    """One address can be read on each side of each card, and no other; both on the outside of a folded one."""
    for page in range(len(sizes(cards.path))):
        found = Counter(decode(picture(cards.path, page)))
        here = sum(page in section.pages for section in sections(cards.path))
        assert sum(found.values()) == (2 * here * (page % 2) if cards.grid.edge else here)
        assert set(found.values()) <= {here}
        assert all(href.startswith("https://") for href in found)


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_poppler_shows_the_same_codes(example: Path, tmp_path: Path) -> None:
    """Pages that poppler draws hold the same addresses as those PDFium draws."""
    for document in (*EXAMPLE_CARDS, *LEAFLETS):
        path = file_in(example, document)
        page = next(page for page in range(len(sizes(path))) if codes(path, page))
        command = ["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page + 1), "-singlefile", str(path)]
        subprocess.run([*command, str(tmp_path / document)], check=True)
        with Image.open(tmp_path / f"{document}.pgm") as drawn:
            assert decode(np.asarray(drawn)) == decode(picture(path, page))
            assert decode(np.asarray(drawn))
