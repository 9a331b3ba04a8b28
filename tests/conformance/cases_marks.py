"""Rules for what is painted: colour spaces, black, overprinting, ink, bleed, resolution."""

from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from tests.conformance.press_files import (
    EDGE,
    TRIM,
    Edit,
    a_form,
    a_glyph,
    an_intent,
    code,
    fade,
    form,
    image,
    intents,
    masked,
    page,
    paint,
    profile,
    spot,
    tiling,
)


def text(before: str) -> str:
    """Something written, with operators before it."""
    return f"q {before} BT /F1 12 Tf 60 250 Td (Texte) Tj ET Q"


def picture(sample: bytes, space: Any = Name.DeviceCMYK, **more: Any) -> Edit:
    """A square picture of 36 points."""
    return paint("q 36 0 0 36 100 260 cm /New Do Q", XObject_New=lambda pdf: image(pdf, sample, space, **more))


def stitched(end: list[float]) -> Any:
    """A gradient through white to a colour."""
    made = fade([0] * 4, end)
    parts = [fade([1, 0, 0, 0], [0] * 4).Function, made.Function]
    made.Function = Dictionary(FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 0, 1], Functions=parts)
    return made


def parallel(end: list[float]) -> Any:
    """A gradient with a function for each ink."""
    made = fade([0] * 4, end)
    made.Function = Array([Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[ink], N=1) for ink in end])
    return made


def uncoloured(*inks: float) -> Edit:
    """A pattern painted in a colour that is given with it."""
    shown = " ".join(str(ink) for ink in inks)
    return paint(
        f"q /Tinted cs {shown} /New scn 60 260 5 5 re f Q",
        ColorSpace_Tinted=Array([Name.Pattern, Name.DeviceCMYK]),
        Pattern_New=tiling(b"0 0 5 5 re f", kind=2),
    )


def jpeg(*inks: int) -> bytes:
    """A CMYK picture as JPEG; Pillow stores it inverted, as Adobe does."""
    out = BytesIO()
    Image.new("CMYK", (100, 100), inks).save(out, "JPEG", quality=95)
    return out.getvalue()


def photograph(*inks: int) -> Edit:
    def make(pdf: pikepdf.Pdf) -> Any:
        made = image(pdf, b"", Decode=[1, 0] * 4)
        made.write(jpeg(*inks), filter=Name.DCTDecode)
        return made

    return paint("q 36 0 0 36 100 260 cm /New Do Q", XObject_New=make)


def rectangle(left: float, bottom: float, right: float, top: float) -> str:
    return f"{left:.4f} {bottom:.4f} {right - left:.4f} {top - bottom:.4f} re"


MIDDLE = (TRIM[1] + 100, TRIM[1] + 150)
CALCULATED = Array([Name.Separation, Name.Gold, Name.DeviceCMYK, Dictionary(FunctionType=4, Domain=[0, 1])])

BROKEN: dict[str, tuple[str, Edit]] = {
    # what stands before the dash is the rule; further rules that are broken along with it stand in the value
    "9 - fill": ("9", paint("q 0 0 1 rg 60 260 5 5 re f Q")),
    "9 - stroke": ("9", paint("q 0 0 1 RG 60 260 5 5 re S Q")),
    "9 - space": ("9", paint("q /DeviceRGB cs 60 260 5 5 re f* Q")),
    "9 - image": ("9", picture(b"abc", Name.DeviceRGB)),
    "9 - inline image": (
        "9",
        paint("q 5 0 0 5 60 260 cm BI /W 20 /H 20 /BPC 8 /CS /RGB ID " + "abc" * 400 + " EI Q"),
    ),
    "9 - page group": ("9", page("/Group", Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    "9 - form group": ("9", a_form(b"", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceRGB))),
    "9 - alternate": (
        "9",
        paint("q /New cs 1 scn 60 260 5 5 re f Q", ColorSpace_New=spot("Red", Name.DeviceRGB, (1, 0, 0))),
    ),
    "9 - gradient": (
        "9",
        paint("q 60 260 5 5 re W n /New sh Q", Shading_New=fade([0, 0, 0], [1, 1, 1], Name.DeviceRGB)),
    ),
    "9 - form": ("9", a_form(b"0 0 1 rg 60 60 5 5 re f")),
    "9 - pattern": (
        "9",
        paint("q /Pattern cs /New scn 60 260 5 5 re f Q", Pattern_New=tiling(b"1 0 0 rg 0 0 5 5 re f")),
    ),
    "9 - soft mask": ("9", masked(b"1 1 1 rg 0 0 5 5 re f")),
    "9 - glyph": ("9", a_glyph(b"1 0 d0 1 0 0 rg 0 0 1 1 re f")),
    "9 - indexed": ("9", picture(b"\0", Array([Name.Indexed, Name.DeviceRGB, 0, String("abc")]))),
    "9 - grey press": ("9", intents(an_intent(profile(space=b"GRAY"), channels=1))),
    "H3 - to the trim": ("H3", paint(f"q 1 0 0 0 k {rectangle(TRIM[0], MIDDLE[0], 90, MIDDLE[1])} f Q")),
    "H3 - half of the bleed": ("H3", paint(f"q 1 0 0 0 k {rectangle(TRIM[0] - 4, MIDDLE[0], 90, MIDDLE[1])} f Q")),
    "H3 - nearly the trim": ("H3", paint(f"q 1 0 0 0 k {rectangle(90, MIDDLE[0], TRIM[2] - 0.2, MIDDLE[1])} b Q")),
    "H3 - clipped": (
        "H3",
        paint(f"q {rectangle(*TRIM)} W n 1 0 0 0 k {rectangle(*EDGE)} f Q"),
    ),
    "H3 - image": ("H3", paint(f"q 30 0 0 30 {TRIM[2] - 30:.4f} 99 cm /Photo Do Q")),
    "H3 - gradient": ("H3", paint(f"q {rectangle(TRIM[0], 99, 99, 120)} W* n /Fade sh Q")),
    "H3 - form": (
        "H3",
        paint(
            f"q 1 0 0 1 {TRIM[0]:.4f} 99 cm /New Do Q",
            XObject_New=lambda pdf: form(pdf, b"1 0 0 0 k -50 0 200 50 re f"),
        ),
    ),
    "H3 - triangle": ("H3", paint(f"q 1 0 0 0 k {TRIM[0]:.4f} 99 m 99 99 l 99 150 l h f Q")),
    "H4 - several inks": ("H4", paint(text("/Over gs 0.6 0.4 0.4 1 k"))),
    "H4 - a colour": ("H4", paint(text("1 0.5 0 0 k"))),
    "H4 - outlines": ("H4", paint(text("/Over gs 0 0 0 1 k 1 0 0 0 K 2 Tr"))),
    "H4 - RGB": ("H4 9", paint(text("0 0 0 rg"))),
    "H4 - a spot": ("H4", paint(text("/Orange cs 1 scn"))),
    "H4 - a pattern": ("H4", paint(text("/Pattern cs /New scn"), Pattern_New=tiling(b"0 0 0 1 k 0 0 5 5 re f"))),
    "H4 - registration": ("H4 H5 H8", paint(text("/All cs 1 scn"))),
    "H4 - a code": ("H4", paint(code().decode().replace("0 0 0 1 k", "1 0.6 0 0 k"))),
    "H4 - a module": ("H4", paint("q 0.5 0.5 0.5 0.9 k 60 260 2 2 re f Q")),
    "H4 - a stencil": (
        "H4",
        paint(
            "q 0.5 0.5 0.5 0.9 k 36 0 0 36 100 260 cm /New Do Q",
            XObject_New=lambda pdf: pdf.make_stream(
                bytes(1300), Type=Name.XObject, Subtype=Name.Image, Width=100, Height=100, ImageMask=True
            ),
        ),
    ),
    "H5 - no overprint": ("H5", paint(text("0 0 0 1 k"))),
    "H5 - the wrong mode": ("H5", paint(text("/New gs 0 0 0 0.8 k"), ExtGState_New=Dictionary(op=True, OPM=0))),
    "H5 - only strokes": (
        "H5",
        paint(text("/New gs 0 0 0 1 k"), ExtGState_New=Dictionary(OP=True, op=False, OPM=1)),
    ),
    "H5 - grey": ("H5", paint(text("/Over gs 0 g"))),
    "H5 - restored": ("H5", paint("q /Over gs Q " + text("0 0 0 1 k"))),
    "H5 - quoted": ("H5", paint("q 0 0 0 1 k BT /F1 9 Tf (a) ' ET Q")),
    "H5 - in a form": ("H5", paint("/New Do", XObject_New=lambda pdf: _written_form(pdf))),
    "H6 - text": ("H6", paint(text("/Over gs 0 0 0 0 k"))),
    "H6 - a box": ("H6", paint("q /Over gs 0 0 0 0 k 60 260 5 5 re f Q")),
    "H6 - a line": ("H6", paint("q /Over gs 0 0 0 0 K 60 260 m 90 260 l S Q")),
    "H6 - grey": ("H6", paint("q /Over gs 1 g 60 260 5 5 re f Q")),
    "H7 - fill": ("H7", paint("q 1 1 0.7 0.31 k 60 260 5 5 re f Q")),
    "H7 - stroke": ("H7", paint("q 1 1 0.7 0.31 K 60 260 5 5 re B* Q")),
    "H7 - gradient": ("H7", paint("q 60 260 5 5 re W n /New sh Q", Shading_New=fade([1, 1, 1, 0.2], [0] * 4))),
    "H7 - spot": ("H7", paint("q /New cs 1 scn 60 260 5 5 re f Q", ColorSpace_New=spot("Brown", end=(1, 1, 1, 0.5)))),
    "H7 - calculated": ("H7", paint("q /New cs 1 scn 60 260 5 5 re f Q", ColorSpace_New=CALCULATED)),
    "H7 - profile": (
        "H7",
        paint(
            "q /New cs 60 260 5 5 re f Q",
            ColorSpace_New=lambda pdf: Array([Name.ICCBased, pdf.make_stream(b"x", N=3)]),
        ),
    ),
    "H7 - in a pattern": (
        "H7",
        paint("q /Pattern cs /New scn 60 260 5 5 re f Q", Pattern_New=tiling(b"1 1 1 0.5 k 0 0 5 5 re f")),
    ),
    "H7 - stitched": ("H7", paint("q 60 260 5 5 re W n /New sh Q", Shading_New=stitched([1, 1, 1, 0.2]))),
    "H7 - functions": ("H7", paint("q 60 260 5 5 re W n /New sh Q", Shading_New=parallel([1, 1, 1, 0.2]))),
    "H7 - a mesh": (
        "H7",
        paint(
            "q 60 260 5 5 re W n /New sh Q",
            Shading_New=lambda pdf: pdf.make_stream(b"", ShadingType=5, ColorSpace=Name.DeviceCMYK),
        ),
    ),
    "H7 - an uncoloured pattern": ("H7", uncoloured(1, 1, 1, 0.2)),
    "H7 - a gradient as pattern": (
        "H7",
        paint(
            "q /Pattern cs /New scn 60 260 5 5 re f Q",
            Pattern_New=Dictionary(PatternType=2, Shading=fade([1, 1, 1, 0.2], [0] * 4)),
        ),
    ),
    "H8 - in the bleed": ("H8", paint(f"q /All CS 1 SCN {EDGE[0] + 1:.4f} 90 m 3 90 l S Q")),
    "H8 - across": ("H8", paint("q /All CS 1 SCN 3 90 m 280 90 l S Q")),
    "H8 - a fill": ("H8", paint("q /All cs 0.1 scn 60 260 5 5 re f Q")),
    "H9 - samples": ("H9", picture(bytes([255, 255, 200, 80]))),
    "H9 - inverted": ("H9", picture(bytes([0, 0, 40, 40]), Decode=[1, 0] * 4)),
    "H9 - JPEG": ("H9", photograph(255, 255, 200, 100)),
    "H9 - indexed": ("H9", picture(b"\0", Array([Name.Indexed, Name.DeviceCMYK, 0, String("\xff\xff\xff\x50")]))),
    "H9 - spot": ("H9", picture(b"\xff", spot("Brown", end=(1, 1, 1, 0.5)))),
    "H9 - Lab": ("H9", picture(b"abc", Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])]))),
    "H9 - four bits": ("H9", picture(bytes(4), BitsPerComponent=4)),
    "H9 - too few": ("H9", picture(b"ab")),
    "H10 - coarse": ("H10", picture(bytes(4), side=89)),
    "H10 - one direction": ("H10", paint("q 20 0 0 41 100 260 cm /Photo Do Q")),
}


def _written_form(pdf: pikepdf.Pdf) -> Any:
    fonts = Dictionary(Font=pdf.pages[0].Resources.Font)
    return form(pdf, b"0 0 0 1 k BT /F1 9 Tf (a) Tj ET", fonts)


FINE: dict[str, Edit] = {
    "9 - RGB set but not used": paint("q 0 0 1 rg 0 0 1 RG Q"),
    "9 - RGB that is invisible": paint(text("0 0 1 rg 3 Tr")),
    "9 - grey group": a_form(b"", Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray)),
    "H3 - near the trim": paint(f"q 1 0 0 0 k {rectangle(TRIM[0] + 0.4, MIDDLE[0], 90, MIDDLE[1])} f Q"),
    "H3 - over the bleed": paint(f"q 1 0 0 0 k {rectangle(0, MIDDLE[0], 90, MIDDLE[1])} f Q"),
    "H3 - a frame": paint(f"q 0 1 0 0 k {rectangle(*EDGE)} {rectangle(*TRIM)} f* Q"),
    "H3 - a strip of bleed": paint(f"q 0 1 0 0 k {rectangle(EDGE[0], EDGE[1], TRIM[0], EDGE[3])} f Q"),
    "H3 - clipped inside": paint(f"q {rectangle(90, 90, 99, 99)} W n 1 0 0 0 k {rectangle(*TRIM)} f Q"),
    "H4 - a light black": paint(text("0 0 0 0.5 k")),
    "H4 - white": paint(text("/Knock gs 1 g")),
    "H4 - nothing written": paint("q 1 0 0 0 k BT /F1 9 Tf () Tj [-20] TJ ET Q"),
    "H4 - a dark colour": paint("q 1 0.5 0 0.79 k 60 260 5 5 re f Q"),
    "H4 - a black as a separation": paint(
        text("/Over gs /New cs 1 scn"), ColorSpace_New=spot("Black", end=(0.0, 0.0, 0.0, 1.0))
    ),
    "H5 - just not black": paint(text("0 0 0 0.79 k")),
    "H5 - OP alone": paint(text("/New gs 0 0 0 1 k"), ExtGState_New=Dictionary(OP=True, OPM=1)),
    "H6 - white beside an overprinting stroke": paint(
        "q /New gs 0 0 0 0 k 60 260 5 5 re f Q", ExtGState_New=Dictionary(OP=True, op=False)
    ),
    "H7 - 300 %": paint("q 1 1 0.7 0.3 k 60 260 5 5 re f Q"),
    "H7 - a sampled tint": paint(
        "q /New cs 1 scn 60 260 5 5 re f Q",
        ColorSpace_New=lambda pdf: Array([Name.Separation, Name.Red, Name.DeviceCMYK, _samples(pdf)]),
    ),
    "H7 - a gradient in steps": paint("q 60 260 5 5 re W n /New sh Q", Shading_New=stitched([1, 1, 0.5, 0.5])),
    "H7 - an uncoloured pattern": uncoloured(1, 1, 0, 0),
    "H7 - a stencil": paint("q 5 0 0 5 60 260 cm BI /W 20 /H 20 /IM true ID " + "a" * 60 + " EI Q"),
    "H7 - a grey picture": picture(b"a", Name.DeviceGray),
    "H8 - from the bleed edge": paint(f"q /All CS 1 SCN {EDGE[0]:.4f} 90 m 3 90 l S Q"),
    "H8 - a target beside the page": paint("q /All CS /All cs 1 SCN 1 scn 5 300 6 6 re B Q"),
    "H9 - 300 %": picture(bytes([255, 255, 200, 55])),
    "H9 - JPEG": photograph(200, 100, 100, 50),
    "H10 - 180 dpi": picture(bytes(4), side=90),
}


def _samples(pdf: pikepdf.Pdf) -> Any:
    white_to_red = bytes([0, 0, 0, 0, 0, 255, 255, 0])
    return pdf.make_stream(white_to_red, FunctionType=0, Domain=[0, 1], Range=[0, 1] * 4, Size=[2], BitsPerSample=8)
