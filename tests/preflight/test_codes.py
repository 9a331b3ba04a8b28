"""Codes are measured as they were drawn: text, module, quiet zone, colours, and whether a photocopy still reads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.units import mm

from leaflet.geometry import UM_PER_INCH, to_mm
from leaflet.preflight.pdf.evidence import FoundCode
from leaflet.preflight.pdf.page_reader import read_pages
from tests.preflight.drawn_codes import ADDRESS, DrawnCode, address_of_version, code_page
from tests.preflight.samples import drawn, edited

QUARTERS = (0, 90, 180, 270)
NAVY, CREAM, GRAY = (0.1, 0.2, 0.5), (0.98, 0.95, 0.88), (0.75, 0.75, 0.75)
HALF_PIXEL = UM_PER_INCH / 200 / 2000  # mm, at 200 dpi
VERSIONS, MODULES = range(1, 11), (0.3, 0.4, 0.5, 0.75, 1.0, 1.4, 2.0)


def found(code: DrawnCode, *, x: float = 105, y: float = 150) -> FoundCode:
    """The one code that is seen where one was drawn."""
    (seen,) = read_pages(code_page(code, x=x, y=y))[0].codes
    return seen


@settings(max_examples=80, deadline=None)
@given(version=st.sampled_from(VERSIONS), module=st.floats(0.3, 2.0), quiet=st.none() | st.integers(1, 6),
       angle=st.sampled_from(QUARTERS), is_mirrored=st.booleans(), is_bitmap=st.booleans(),
       colors=st.sampled_from([((0.0, 0.0, 0.0), (1.0, 1.0, 1.0)), (NAVY, CREAM)]),
       x=st.floats(100, 110))  # fmt: skip
def test_a_code_is_measured_as_it_was_drawn(
    version: int,
    module: float,
    quiet: int | None,
    angle: int,
    is_mirrored: bool,
    is_bitmap: bool,
    colors: tuple[tuple[float, float, float], tuple[float, float, float]],
    x: float,
) -> None:
    """Text; module within 3 %; quiet zone within half a module; a bitmap may be drawn a pixel and a half larger."""
    light = (1.0, 1.0, 1.0) if is_bitmap or quiet is not None else colors[1]
    dark = (0.0, 0.0, 0.0) if is_bitmap else colors[0]
    drawing = DrawnCode(text=address_of_version(version), version=version, module=module, quiet=quiet, angle=angle,
                        is_mirrored=is_mirrored, is_bitmap=is_bitmap, dark=dark, light=light)  # fmt: skip
    code = found(drawing, x=x)
    assert code.text == drawing.text
    larger = is_bitmap * 3 * HALF_PIXEL  # of the whole side
    assert to_mm(code.module) == pytest.approx(module, abs=0.03 * module + larger / (17 + 4 * version))
    assert code.quiet == pytest.approx(8 if quiet is None else quiet, abs=max(0.5, larger / module))
    assert not code.is_inverted


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("module", MODULES)
def test_a_photocopy_reads_what_is_large_enough(version: int, module: float) -> None:
    """Black on white from half a millimetre on, whatever the version; never at 0.3 mm."""
    code = found(DrawnCode(text=address_of_version(version), version=version, module=module, quiet=4))
    if module != 0.4:  # the edge, where it depends on how modules meet pixels
        assert code.survives == (module >= 0.5)


@pytest.mark.parametrize("module", [0.6, 1.0, 2.0])
def test_a_frame_that_touches_is_no_quiet_zone(module: float) -> None:
    """A line of a module's breadth or less around a code leaves it readable, and leaves it no blank zone."""
    assert found(DrawnCode(module=module, quiet=0.4)).quiet < 1.0


@pytest.mark.parametrize("angle", [7, 30, 45, 100])
def test_a_code_may_stand_askew(angle: float) -> None:
    code = found(DrawnCode(module=0.6, quiet=4, angle=angle))
    assert code.text == ADDRESS and to_mm(code.module) == pytest.approx(0.6, rel=0.03)
    assert code.quiet == pytest.approx(4, abs=0.5)


@pytest.mark.parametrize("degrees", QUARTERS)
def test_a_page_may_be_turned(degrees: int) -> None:
    data = edited(code_page(DrawnCode(), x=60, y=200), lambda pdf: setattr(pdf.pages[0].obj, "Rotate", degrees))
    (code,) = read_pages(data)[0].codes
    middle = to_mm(code.box.x + code.box.width // 2), to_mm(code.box.y + code.box.height // 2)
    wanted = {0: (60, 97), 90: (200, 60), 180: (150, 200), 270: (97, 150)}[degrees]
    assert middle == pytest.approx(wanted, abs=0.3) and (code.text, code.quiet) == (ADDRESS, 8)


@pytest.mark.parametrize("is_bitmap", [False, True])
def test_light_on_dark_is_reported(is_bitmap: bool) -> None:
    """Some readers find nothing in it, ours does; its quiet zone is dark."""
    code = found(DrawnCode(is_inverted=True, is_bitmap=is_bitmap))
    assert (code.text, code.is_inverted) == (ADDRESS, True) and code.quiet > 7


def test_contrast_is_that_of_the_two_colours() -> None:
    """Grey on white is paler than navy on cream, and no copy keeps it; paper beyond the edge of a page is blank."""
    pale, plain = found(DrawnCode(dark=GRAY)), found(DrawnCode(dark=NAVY, light=CREAM))
    assert pale.contrast < 2 < 8 < plain.contrast and (pale.survives, plain.survives) == (False, True)
    assert found(DrawnCode(), x=196, y=283).quiet == 8


def test_a_spoilt_code_is_seen_and_not_read() -> None:
    """A code with a large stain is reported once, as a code without text."""

    def draw(canvas: object) -> None:
        DrawnCode(module=1).draw(canvas, 105, 150)
        canvas.setFillGray(0)
        canvas.rect(98 * mm, 144 * mm, 14 * mm, 12 * mm, stroke=0, fill=1)

    (code,) = read_pages(drawn(draw))[0].codes
    assert (code.text, code.survives) == (None, False) and to_mm(code.box.width) == pytest.approx(29, abs=2)


def test_two_codes_are_two() -> None:
    def draw(canvas: object) -> None:
        for x, text in ((60, ADDRESS), (110, "https://pia.ac-orleans-tours.fr/")):
            DrawnCode(text=text, module=0.6).draw(canvas, x, 150)

    assert {code.text for code in read_pages(drawn(draw))[0].codes} == {ADDRESS, "https://pia.ac-orleans-tours.fr/"}


def test_measuring_changes_nothing() -> None:
    """The same picture gives the same verdict each time: the grain of the copy is no chance."""
    data = code_page(DrawnCode(module=0.5))
    assert read_pages(data)[0].codes == read_pages(data)[0].codes
