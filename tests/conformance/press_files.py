"""Print-shop files that have no fault, and ways to change them.

They are made with pikepdf alone, so that no mistake of the program's writer is repeated.
"""

import re
import zlib
from collections.abc import Callable
from functools import cache
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from leaflet.geometry import mm, to_pt
from leaflet.layout.fonts import load_fontbook
from tests.press_profile import FOGRA39

Edit = Callable[[pikepdf.Pdf], object]

BLEED, SLUG = to_pt(mm(3)), to_pt(mm(11))  # around the trim; the slug includes the bleed
WIDTH, HEIGHT = to_pt(mm(105)), to_pt(mm(148))  # A6
TRIM = (SLUG, SLUG, SLUG + WIDTH, SLUG + HEIGHT)
EDGE = (TRIM[0] - BLEED, TRIM[1] - BLEED, TRIM[2] + BLEED, TRIM[3] + BLEED)
MEDIA = (0.0, 0.0, WIDTH + 2 * SLUG, HEIGHT + 2 * SLUG)
DATE = "2026-11-25T08:00:00+01:00"
XMP = {"dc:title": "<rdf:Alt><rdf:li xml:lang='x-default'>Essai</rdf:li></rdf:Alt>", "xmp:CreatorTool": "essai",
       "xmp:CreateDate": DATE, "xmp:ModifyDate": DATE, "xmp:MetadataDate": DATE,
       "xmpMM:DocumentID": "uuid:00000000-0000-4000-8000-000000000001",
       "xmpMM:InstanceID": "uuid:00000000-0000-4000-8000-000000000002", "xmpMM:VersionID": "1",
       "xmpMM:RenditionClass": "default", "pdf:Trapped": "False", "pdfxid:GTS_PDFXVersion": "PDF/X-4"}  # fmt: skip

PREFIXES = {"dc": "http://purl.org/dc/elements/1.1/", "xmp": "http://ns.adobe.com/xap/1.0/",
            "xmpMM": "http://ns.adobe.com/xap/1.0/mm/", "pdf": "http://ns.adobe.com/pdf/1.3/",
            "pdfxid": "http://www.npes.org/pdfx/ns/id/"}  # fmt: skip


def xmp(**changes: str | None) -> bytes:
    """A metadata packet; `dc__title=None` leaves a property out, a text replaces it."""
    values = XMP | {name.replace("__", ":"): value for name, value in changes.items()}
    names = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in PREFIXES.items())
    rows = "".join(f"<{name}>{value}</{name}>" for name, value in values.items() if value is not None)
    rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF {rdf}><rdf:Description rdf:about="" {names}>{rows}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


def profile(kind: bytes = b"prtr", space: bytes = b"CMYK") -> bytes:
    """A printer's profile: Debian's (colord-data) if it is there, else a header that says the same."""
    if FOGRA39.is_file() and (kind, space) == (b"prtr", b"CMYK"):
        return FOGRA39.read_bytes()
    header = bytearray(132)
    header[:4], header[8:12] = len(header).to_bytes(4, "big"), bytes([2, 0x20, 0, 0])
    header[12:16], header[16:20], header[20:24], header[36:40] = kind, space, b"Lab ", b"acsp"
    return bytes(header)


def embedded_font(pdf: pikepdf.Pdf) -> Any:
    """Leaflet Text as a simple TrueType font with WinAnsiEncoding."""
    face = load_fontbook().face("regular")
    characters = [bytes([code]).decode("cp1252", "replace") for code in range(32, 256)]
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/AAAAAA+LeafletText"), Flags=32, FontBBox=[-200, -300, 1200, 1000],
        ItalicAngle=0, Ascent=face.ascent, Descent=face.descent, CapHeight=face.cap_height, StemV=80,
        FontFile2=pdf.make_stream(zlib.compress(face.data), Filter=Name.FlateDecode, Length1=len(face.data)),
    )  # fmt: skip
    return pdf.make_indirect(Dictionary(
        Type=Name.Font, Subtype=Name.TrueType, BaseFont=descriptor.FontName, FirstChar=32, LastChar=255,
        Widths=[face.advances.get(character, 500) for character in characters],
        Encoding=Name.WinAnsiEncoding, FontDescriptor=pdf.make_indirect(descriptor),
    ))  # fmt: skip


def image(pdf: pikepdf.Pdf) -> Any:
    entries = {"Width": 100, "Height": 100, "BitsPerComponent": 8, "ColorSpace": Name.DeviceCMYK}
    data = zlib.compress(bytes([200, 100, 50, 20]) * 100 * 100)
    return pdf.make_stream(data, Type=Name.XObject, Subtype=Name.Image, Filter=Name.FlateDecode, **entries)


def form(pdf: pikepdf.Pdf, content: bytes, resources: Any = None, **more: Any) -> Any:
    """A form XObject with a box of 100 by 100 points."""
    entries = {"BBox": [0, 0, 100, 100], "Resources": resources or Dictionary()} | more
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, **entries)


def resources(pdf: pikepdf.Pdf) -> Any:
    font = embedded_font(pdf)
    states = Dictionary(
        Over=Dictionary(Type=Name.ExtGState, OP=True, op=True, OPM=1),
        Half=Dictionary(Type=Name.ExtGState, ca=0.5, BM=Name.Multiply, TR2=Name.Default, TR=Name.Identity),
    )
    inner = Dictionary(Font=Dictionary(F1=font), ExtGState=states)
    label = form(pdf, b"/Over gs 0 0 0 1 k BT /F1 9 Tf 5 5 Td (Lyc\xe9e) Tj ET", inner, Matrix=[1, 0, 0, 1, 10, 10])
    return pdf.make_indirect(
        Dictionary(Font=Dictionary(F1=font), ExtGState=states, XObject=Dictionary(Label=label, Photo=image(pdf)))
    )


CONTENT = [
    b"q /Over gs 0 0 0 1 k BT /F1 12 Tf 60 200 Td (Mode d'emploi) Tj ET Q q 1 0 0 1 50 90 cm /Label Do Q\n",
    b"q 36 0 0 36 150 60 cm /Photo Do Q q /Half gs 1 0.5 0 0.1 k 150 200 20 20 re f Q\n",
]


@cache
def good(pages: int = 2) -> bytes:
    pdf = pikepdf.Pdf.new()
    shared, parts = resources(pdf), [pdf.make_stream(part) for part in CONTENT]
    for _ in range(pages):
        leaf = Dictionary(
            Type=Name.Page, MediaBox=MEDIA, TrimBox=TRIM, BleedBox=EDGE, Resources=shared, Contents=parts
        )
        leaf.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(leaf)))
    pdf.Root.OutputIntents = Array([intent(pdf, profile())])
    pdf.Root.Metadata = pdf.make_stream(xmp(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.ViewerPreferences = Dictionary(PrintScaling=Name("/None"), ViewArea=Name.BleedBox)
    pdf.trailer.Info = pdf.make_indirect(Dictionary(Title="Essai", Trapped=Name("/False")))
    return written(pdf)


def intent(pdf: pikepdf.Pdf, data: bytes, **more: Any) -> Any:
    values = {
        "S": Name.GTS_PDFX,
        "OutputConditionIdentifier": "FOGRA39",
        "RegistryName": "http://www.color.org",
    } | more
    return Dictionary(Type=Name.OutputIntent, DestOutputProfile=pdf.make_stream(data, N=4), **values)


def written(pdf: pikepdf.Pdf, **options: Any) -> bytes:
    how: dict[str, Any] = {"force_version": "1.6", "compress_streams": False, "fix_metadata_version": False}
    if "encryption" not in options:
        how |= {"static_id": True, "stream_decode_level": pikepdf.StreamDecodeLevel.none}
    how |= {"object_stream_mode": pikepdf.ObjectStreamMode.disable} | options
    out = BytesIO()
    pdf.save(out, **how)
    return out.getvalue()


def edited(edit: Edit, **options: Any) -> bytes:
    with pikepdf.open(BytesIO(good())) as pdf:
        edit(pdf)
        return written(pdf, **options)


def rules_of(messages: list[str]) -> set[str]:
    return {message.rpartition("(rule ")[2].partition(":")[0] for message in messages}


def paint(content: str, **resources: Any) -> Edit:
    """Content painted after all else on page 2, with resources `Kind_Name` of its own."""

    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[1].obj
        page.Resources = Dictionary(page.Resources)
        for key, make in resources.items():
            kind, _, name = key.partition("_")
            holder = Dictionary(page.Resources.get(f"/{kind}", Dictionary()))
            holder[f"/{name}"] = make(pdf) if callable(make) else make
            page.Resources[f"/{kind}"] = holder
        page.Contents = Array([*page.Contents, pdf.make_stream(content.encode())])

    return edit


def _put(of: Callable[[pikepdf.Pdf], Any], key: str, value: Any) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del of(pdf)[key]
        else:
            of(pdf)[key] = value(pdf) if callable(value) else value

    return edit


def root(key: str, value: Any) -> Edit:
    """A value in the catalog; None takes the key out."""
    return _put(lambda pdf: pdf.Root, key, value)


def page(key: str, value: Any) -> Edit:
    """A value in the dictionary of page 2; None takes the key out."""
    return _put(lambda pdf: pdf.pages[1].obj, key, value)


def metadata(**changes: str | None) -> Edit:
    return lambda pdf: pdf.Root.Metadata.write(xmp(**changes))


def intents(*make: Callable[[pikepdf.Pdf], Any]) -> Edit:
    return root("/OutputIntents", lambda pdf: Array([one(pdf) for one in make]))


def an_intent(data: bytes | None = None, channels: int = 4, **more: Any) -> Callable[[pikepdf.Pdf], Any]:
    def make(pdf: pikepdf.Pdf) -> Any:
        found = intent(pdf, profile() if data is None else data, **more)
        found.DestOutputProfile.N = channels
        return found

    return make


def annotation(kind: str, box: tuple[float, ...], **more: Any) -> Edit:
    return page("/Annots", Array([Dictionary(Type=Name.Annot, Subtype=Name(kind), Rect=list(box), **more)]))


def state(**entries: Any) -> Edit:
    """Something painted in a graphics state of its own."""
    return paint("q /New gs 60 260 5 5 re f Q", ExtGState_New=Dictionary(**entries))


def a_form(content: bytes, **more: Any) -> Edit:
    return paint("q /New Do Q", XObject_New=lambda pdf: form(pdf, content, **more))


def a_glyph(content: bytes) -> Edit:

    def font(pdf: pikepdf.Pdf) -> Any:
        return Dictionary(Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 1, 1], FontMatrix=[1, 0, 0, 1, 0, 0],
                          CharProcs=Dictionary(a=pdf.make_stream(content)), FirstChar=97, LastChar=97, Widths=[1],
                          Encoding=Dictionary(Differences=[97, Name.a]))  # fmt: skip

    return paint("q /Over gs 0 0 0 1 k BT /T3 9 Tf (a) Tj ET Q", Font_T3=font)


def tiling(content: bytes, kind: int = 1, **entries: Any) -> Callable[[pikepdf.Pdf], Any]:
    how = {"PatternType": 1, "PaintType": kind, "TilingType": 1, "BBox": [0, 0, 9, 9], "XStep": 9, "YStep": 9}
    return lambda pdf: pdf.make_stream(content, **how, Resources=Dictionary(**entries))


def masked(content: bytes, **entries: Any) -> Edit:
    def make(pdf: pikepdf.Pdf) -> Any:
        return Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form(pdf, content, **entries)))

    return paint("q /New gs 0 0 0 0.5 k 60 260 5 5 re f Q", ExtGState_New=make)


INSIDE, OUTSIDE = (60, 60, 90, 90), (0, 0, EDGE[0], EDGE[1])


def relinked(data: bytes) -> bytes:
    """A file whose cross-reference table is written anew."""
    body = data[: data.index(b"\nxref\n") + 1]
    trailer = data[data.index(b"trailer") :].partition(b"startxref")[0]
    places = {int(match[1]): match.start() for match in re.finditer(rb"(?m)^(\d+) 0 obj", body)}
    rows = [b"0000000000 65535 f \n"] + [b"%010d 00000 n \n" % places[number] for number in sorted(places)]
    table = b"xref\n0 %d\n%s" % (len(rows), b"".join(rows))
    return body + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(body)
