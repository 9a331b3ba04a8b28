"""Files that somebody has changed so that their readers are misled, and files that were only saved again.

Each kind changes a finished leaflet as a person with an editor of PDF files would: what is drawn, what is read, what
is read out, where it leads. Some kinds have several variants; `forge` makes variant number *n*. A forger leaves no
mark of the program if `signed` is false.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from operator import setitem
from random import Random
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont

from leaflet.geometry import to_pt
from tests.preflight.samples import edited, opened
from tests.support import saved

_LEAST_MODULES = 60  # runs of dark modules in a QR code

Forgery = Callable[[pikepdf.Pdf, Random], object]


class NotPossibleError(Exception):
    """The error that a file has nothing to forge in this way."""


def forge(data: bytes, kind: str, number: int, *, signed: bool = True) -> bytes:
    """A file after a forgery of this kind.

    Raises:
        NotPossibleError: the file has nothing of the kind.
    """

    def edit(pdf: pikepdf.Pdf) -> None:
        FORGERIES[kind](pdf, Random(number))
        if not signed:
            _unsign(pdf)

    return edited(data, edit)


def save_again(data: bytes, number: int) -> bytes:
    """A file that another program has saved, and changed nothing in."""
    options: tuple[dict[str, Any], ...] = (
        *({}, {"linearize": True}, {"object_stream_mode": pikepdf.ObjectStreamMode.generate}),
        {"recompress_flate": True},
        {"compress_streams": False, "stream_decode_level": pikepdf.StreamDecodeLevel.generalized},
    )
    return edited(data, lambda pdf: setitem(pdf.docinfo, "/Producer", "essai"), **options[number % len(options)])


def _unsign(pdf: pikepdf.Pdf) -> None:
    for key in ("/Producer", "/Creator"):
        pdf.docinfo[key] = "essai"
    stream = pdf.Root.Metadata
    stream.write(re.sub(rb">leaflet [^<]*<", b">essai<", stream.read_bytes()))


def _streams(pdf: pikepdf.Pdf) -> list[tuple[int, pikepdf.Stream]]:
    return [(number, stream) for number, page in enumerate(pdf.pages) for stream in page.obj.Contents]


class _Font:
    """The letters of a font by code, and codes by letter."""

    def __init__(self, font: Any) -> None:
        pairs = re.findall(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>", font.ToUnicode.read_bytes())
        self.letters = {int(code, 16): chr(int(text, 16)) for code, text in pairs}
        self.codes = {letter: code for code, letter in self.letters.items()}


def _fonts(pdf: pikepdf.Pdf) -> dict[str, _Font]:
    return {name: _Font(font) for name, font in pdf.pages[0].obj.Resources.Font.items()}


def _say(pdf: pikepdf.Pdf, old: str, new: str, *, once: bool = False) -> None:
    """Write other letters, as many, in the place of a text that is drawn in one piece; kerning stays as it was."""
    assert len(old) == len(new)
    fonts, changed = _fonts(pdf), 0
    for _, stream in _streams(pdf):
        font, is_changed = next(iter(fonts.values())), False
        instructions = []
        for operands, operator in pikepdf.parse_content_stream(stream):
            parts = list(operands)
            if str(operator) == "Tf":
                font = fonts[str(parts[0])]
            if str(operator) in ("Tj", "TJ") and not (once and changed):
                items = list(parts[0]) if str(operator) == "TJ" else [parts[0]]
                if _replaced(items, font, old, new):
                    changed, is_changed = changed + 1, True
                    parts = [pikepdf.Array(items)] if str(operator) == "TJ" else items
            instructions.append((parts, operator))
        if is_changed:
            stream.write(pikepdf.unparse_content_stream(instructions))
    if not changed:
        raise NotPossibleError(old)


def _replaced(items: list[Any], font: _Font, old: str, new: str) -> bool:
    """Replace a text in the strings of one operator; tell whether it was there."""
    strings = {at: bytearray(bytes(item)) for at, item in enumerate(items) if isinstance(item, pikepdf.String)}
    places = [(at, index) for at, string in strings.items() for index in range(len(string))]
    text = "".join(font.letters.get(strings[at][index], "\ufffd") for at, index in places)
    starts = [found.start() for found in re.finditer(re.escape(old), text)]
    if not starts or not all(letter in font.codes for letter in new):
        return False
    for start in starts:
        for (at, index), letter in zip(places[start:], new, strict=False):
            strings[at][index] = font.codes[letter]
    for at, string in strings.items():
        items[at] = pikepdf.String(bytes(string))
    return True


def _first_of(pdf: pikepdf.Pdf, random: Random, *pairs: tuple[str, str], once: bool = False) -> None:
    order = list(pairs)
    random.shuffle(order)
    for old, new in order:
        try:
            return _say(pdf, old, new, once=once)
        except NotPossibleError:
            continue
    raise NotPossibleError(pairs)


_HOURS = [(f"{hour}{space}h", f"{other}{space}h") for hour, other in (("17", "15"), ("16", "15"), ("9", "8"))
          for space in " \u00a0\u202f"]  # fmt: skip
TEXTS: Mapping[str, Sequence[tuple[str, str]]] = {
    "other_day": [("29", "28"), ("6", "7"), ("10", "11"), ("3", "4")],
    "other_hour_everywhere": _HOURS,
    "other_hour_once": _HOURS,
    "other_school_number": [("0370", "0360"), ("0379", "0369"), ("0360", "0370")],
    "other_postcode": [("37000", "36000"), ("370", "360"), ("000", "100")],
    "other_contact": [("contact", "conseil"), ("exemple", "exempla"), ("@", ".")],
    "other_address": [("gouv", "gonv"), ("2018", "2019"), ("2026", "2025")],
}  # what stands in the place of a text


def _other_text(name: str) -> Forgery:
    return lambda pdf, random: _first_of(pdf, random, *TEXTS[name], once=name.endswith("_once"))


def _paint(pdf: pikepdf.Pdf, page: int, operators: str) -> None:
    pdf.pages[page].obj.Contents.append(pdf.make_stream(f"/Artifact BMC q {operators} Q EMC".encode()))


def _size(pdf: pikepdf.Pdf, page: int = 0) -> tuple[float, float]:
    box = pdf.pages[page].mediabox
    return float(box[2]), float(box[3])


def cover_page(pdf: pikepdf.Pdf, random: Random) -> None:
    width, height = _size(pdf)
    colour = random.choice(("0.2 0.3 0.9 rg", "1 g", "0 g"))
    _paint(pdf, 0, f"{colour} 0 0 {width} {height} re f")


def cover_part(pdf: pikepdf.Pdf, random: Random) -> None:
    width, height = _size(pdf)
    left, bottom = random.uniform(0.1, 0.4) * width, random.uniform(0.2, 0.7) * height
    _paint(pdf, 0, f"1 g {left:.1f} {bottom:.1f} {width / 2:.1f} {height / 6:.1f} re f")


def cover_with_form(pdf: pikepdf.Pdf, random: Random) -> None:
    width, height = _size(pdf)
    form = pdf.make_stream(b"1 g 0 0 400 120 re f")
    form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
    form.BBox = pikepdf.Array([0, 0, 400, 120])
    resources = pdf.pages[0].obj.Resources
    if "/XObject" not in resources:
        resources.XObject = pikepdf.Dictionary()
    resources.XObject["/Forged"] = form
    _paint(pdf, 0, f"1 0 0 1 {width * 0.1:.1f} {random.uniform(0.3, 0.7) * height:.1f} cm /Forged Do")


def cover_with_note(pdf: pikepdf.Pdf, random: Random) -> None:
    look = pdf.make_stream(b"1 g 0 0 400 100 re f")
    look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 400, 100])
    kind, height = random.choice(("Stamp", "Link")), _size(pdf)[1]
    _annotate(pdf, kind, (30, height - 130, 430, height - 30), F=4, AP=pikepdf.Dictionary(N=look))


def _wrap_piece(
    pdf: pikepdf.Pdf, random: Random, kind: str, resource: pikepdf.Object, before: str, after: str
) -> None:
    """Write operators around a piece with text, which use a resource that is called ``Forged``."""
    number, stream = random.choice([pair for pair in _streams(pdf) if b"TJ" in pair[1].read_bytes()])
    resources = pdf.pages[number].obj.Resources
    if kind not in resources:
        resources[kind] = pikepdf.Dictionary()
    resources[kind]["/Forged"] = resource
    stream.write(f"{before} ".encode() + stream.read_bytes() + f" {after}".encode())


def hide_in_a_layer(pdf: pikepdf.Pdf, random: Random) -> None:
    layer = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="x"))
    off = pikepdf.Dictionary(OFF=pikepdf.Array([layer]))
    pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([layer]), D=off)
    _wrap_piece(pdf, random, "/Properties", layer, "/OC /Forged BDC", "EMC")


def fade(pdf: pikepdf.Pdf, random: Random) -> None:
    state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.04)
    _wrap_piece(pdf, random, "/ExtGState", state, "q /Forged gs", "Q")


def veil(pdf: pikepdf.Pdf, random: Random) -> None:
    state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.8)
    _wrap_piece(pdf, random, "/ExtGState", state, "", "q /Forged gs 1 g 0 0 2000 2000 re f Q")


def clip_by_letters(pdf: pikepdf.Pdf, random: Random) -> None:
    stream = random.choice([stream for _, stream in _streams(pdf) if b"TJ" in stream.read_bytes()])
    stream.write(b"q 7 Tr " + stream.read_bytes() + b" Q")


def hide_all(pdf: pikepdf.Pdf, random: Random) -> None:
    contents = pdf.pages[random.randrange(len(pdf.pages))].obj.Contents
    contents.insert(0, pdf.make_stream(b"0 0 0 0 re W n"))


def hide_piece(pdf: pikepdf.Pdf, random: Random) -> None:
    texts = [stream for _, stream in _streams(pdf) if b"TJ" in stream.read_bytes()]
    stream = random.choice(texts)
    stream.write(b"q 0 0 1 1 re W n " + stream.read_bytes() + b" Q")


def wipe_code(pdf: pikepdf.Pdf, random: Random) -> None:
    drawn = [stream for _, stream in _streams(pdf) if stream.read_bytes().count(b" re") > _LEAST_MODULES]
    if not drawn:
        raise NotPossibleError
    stream = random.choice(drawn)
    stream.write(re.sub(rb"\bf\*?\b", b"n", stream.read_bytes()))


def swap_glyphs(pdf: pikepdf.Pdf, random: Random) -> None:
    one, other = random.choice((("8", "9"), ("3", "8"), ("6", "9"), ("o", "a")))
    done = False
    for font in pdf.pages[0].obj.Resources.Font.values():
        pairs = re.findall(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>", font.ToUnicode.read_bytes())
        codes = {chr(int(text, 16)): int(code, 16) for code, text in pairs}
        if one in codes and other in codes:
            file = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
            names = file["cmap"].tables[0].cmap
            glyf, a, b = file["glyf"], names[codes[one]], names[codes[other]]
            glyf[a], glyf[b] = glyf[b], glyf[a]
            out = BytesIO()
            file.save(out)
            font.FontDescriptor.FontFile2.write(out.getvalue())
            font.FontDescriptor.FontFile2.Length1 = len(out.getvalue())
            done = True
    if not done:
        raise NotPossibleError


def fill_memo_with_strokes(pdf: pikepdf.Pdf, random: Random) -> None:
    page, box = _memo(pdf)
    x, y, step = box[0] + 20, box[1] + 5, random.uniform(4, 6)
    points = " ".join(f"{x + step * n:.1f} {y + (7 if n % 2 else 0):.1f} l" for n in range(1, 14))
    _paint(pdf, page, f"0 0 0.6 RG 1 w {x:.1f} {y:.1f} m {points} S")


def fill_memo_with_text(pdf: pikepdf.Pdf, random: Random) -> None:
    page, box = _memo(pdf)
    font = next(iter(pdf.pages[page].obj.Resources.Font.keys()))
    codes = _fonts(pdf)[font].codes
    text = bytes(codes[letter] for letter in "Soleil" if letter in codes)
    at = f"{box[0] + 30:.1f} {box[1] + 4:.1f} Td"
    _paint(pdf, page, f"BT {font} 12 Tf {at} <{text.hex()}> Tj ET")


def cover_memo_line(pdf: pikepdf.Pdf, random: Random) -> None:
    page, box = _memo(pdf)
    _paint(pdf, page, f"1 g {box[0] - 2:.1f} {box[1] - 3:.1f} {box[2] - box[0] + 4:.1f} 5 re f")


def _memo(pdf: pikepdf.Pdf) -> tuple[int, tuple[float, float, float, float]]:
    """The page of a line to write on, and its left, bottom, right, top in points."""
    with opened(saved(pdf)) as file:
        lines = [(page.number, line) for page in file.pages for line in page.labelled_lines if line.asks_password]
        for number, line in lines[:1]:
            room, height = line.room, _size(pdf, number - 1)[1]
            x, y, end, bottom = (to_pt(side) for side in (room.x, room.y, room.right, room.bottom))
            return number - 1, (x, height - bottom - 2, end, height - y)
    raise NotPossibleError


def lie_to_screen_readers(pdf: pikepdf.Pdf, random: Random) -> None:
    figures = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    random.choice(figures).Alt = pikepdf.String("Le vote est reporté au mois de mars.")


def lie_by_actual_text(pdf: pikepdf.Pdf, random: Random) -> None:
    items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") in ("/P", "/H1")]
    random.choice(items).ActualText = pikepdf.String("Le vote est reporté au mois de mars.")


def say_another_hour(pdf: pikepdf.Pdf, random: Random) -> None:
    items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/P"]
    key = random.choice(("/ActualText", "/Alt", "/E"))
    random.choice(items)[key] = pikepdf.String("Le vote ferme à 23 h")


def lie_to_copy(pdf: pikepdf.Pdf, random: Random) -> None:
    font = random.choice(list(pdf.pages[0].obj.Resources.Font.values()))
    content = font.ToUnicode.read_bytes()
    pairs = re.findall(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>", content)
    one, other = random.sample([pair for pair in pairs if int(pair[1], 16) > 32], 2)
    for code, text, new in ((*one, other[1]), (*other, one[1])):
        content = re.sub(rb"<%b>\s*<%b>" % (code, text), b"<%b> <%b>" % (code, new), content)
    font.ToUnicode.write(content)


def drop_tags(pdf: pikepdf.Pdf, random: Random) -> None:
    del pdf.Root["/StructTreeRoot"]
    if random.random() < 0.5:
        del pdf.Root["/MarkInfo"]


def other_link(pdf: pikepdf.Pdf, random: Random) -> None:
    new = random.choice(("https://vote-elections.fr/", "https://www.service-public.gouv.fr/", "http://10.0.0.1/"))
    _a_link(pdf, random).A.URI = pikepdf.String(new)


def say_another_day(pdf: pikepdf.Pdf, random: Random) -> None:
    stream = random.choice([stream for _, stream in _streams(pdf) if b"TJ" in stream.read_bytes()])
    stream.write(b"/Span << /ActualText (Le vote est au 30) >> BDC " + stream.read_bytes() + b" EMC")


def _a_link(pdf: pikepdf.Pdf, random: Random) -> Any:
    links = [item for page in pdf.pages for item in page.obj.get("/Annots", []) if "/A" in item]
    if not links:
        raise NotPossibleError
    return random.choice(links)


def mislead_after_touch(pdf: pikepdf.Pdf, random: Random) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://vote-elections.example/"))
    link = _a_link(pdf, random)
    if random.random() < 0.5:
        link.A.Next = action
    else:
        link.PA = action


def add_bookmark(pdf: pikepdf.Pdf, random: Random) -> None:
    with pdf.open_outline() as outline:
        item = pikepdf.OutlineItem("Le portail du vote", 0)
        outline.root.append(item)
    pdf.Root.Outlines.First.A = pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://vote-elections.example/")


def add_film(pdf: pikepdf.Pdf, random: Random) -> None:
    _annotate(pdf, random.choice(("RichMedia", "Movie", "3D")), (0, 0, 1, 1))


def open_unasked(pdf: pikepdf.Pdf, random: Random) -> None:
    link = _a_link(pdf, random)
    link.AA = pikepdf.Dictionary({random.choice(("/E", "/PV", "/Fo")): link.A})


def describe_another_address(pdf: pikepdf.Pdf, random: Random) -> None:
    _a_link(pdf, random).Contents = pikepdf.String("Ouvrir https://www.service-public.gouv.fr/")


def _annotate(pdf: pikepdf.Pdf, kind: str, box: Sequence[float], **more: object) -> None:
    """Put an annotation on the first page."""
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(f"/{kind}"), Rect=[*box], **more)
    page = pdf.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(note)])


def link_over_page(pdf: pikepdf.Pdf, random: Random) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(f"https://exemple-{random.randrange(9)}.fr/"))
    _annotate(pdf, "Link", (0, 0, *_size(pdf)), Border=[0, 0, 0], A=action)


def run_script(pdf: pikepdf.Pdf, random: Random) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    if random.random() < 0.5:
        pdf.Root.OpenAction = action
    else:
        names = pikepdf.Array([pikepdf.String("x"), action])
        pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=names))


def attach(pdf: pikepdf.Pdf, random: Random) -> None:
    pdf.attachments["liste.xlsx"] = pikepdf.AttachedFileSpec(pdf, b"PK\3\4" + bytes([random.randrange(256)]))


def stamp(pdf: pikepdf.Pdf, random: Random) -> None:
    kind = random.choice(("FreeText", "Square", "Ink"))
    _annotate(pdf, kind, (100, 300, 400, 500), Contents=pikepdf.String("Vote reporté"), F=4)


def drop_page(pdf: pikepdf.Pdf, random: Random) -> None:
    if len(pdf.pages) < 2:
        raise NotPossibleError
    del pdf.pages[random.randrange(len(pdf.pages))]


def double_page(pdf: pikepdf.Pdf, random: Random) -> None:
    pdf.pages.append(pdf.pages[random.randrange(len(pdf.pages))])


def crop(pdf: pikepdf.Pdf, random: Random) -> None:
    width, height = _size(pdf)
    pdf.pages[0].cropbox = pikepdf.Array([0, 0, width * random.uniform(0.4, 0.8), height])


def other_title(pdf: pikepdf.Pdf, random: Random) -> None:
    pdf.docinfo["/Title"] = f"Vote reporté au {random.randrange(1, 28)} mars"


FORGERIES: Mapping[str, Forgery] = {name: _other_text(name) for name in TEXTS} | {
    forgery.__name__: forgery
    for forgery in (
        *(cover_page, cover_part, cover_with_form, hide_all, hide_piece, wipe_code, swap_glyphs),
        *(fill_memo_with_strokes, fill_memo_with_text, cover_memo_line, lie_to_screen_readers, lie_by_actual_text),
        *(
            lie_to_copy,
            drop_tags,
            other_link,
            link_over_page,
            run_script,
            attach,
            stamp,
            drop_page,
            double_page,
            crop,
        ),
        *(cover_with_note, hide_in_a_layer, fade, clip_by_letters, say_another_hour, mislead_after_touch),
        *(say_another_day, add_bookmark, add_film, veil, open_unasked, describe_another_address, other_title),
    )
}
