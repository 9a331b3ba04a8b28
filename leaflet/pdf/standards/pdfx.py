"""The rules of files for a print shop: PDF/X-4 (ISO 15930-7) and what print shops ask for.

An independent reading with pikepdf: nothing here is shared with what writes files. The ISO texts
were not at hand: open validators and print shops' manuals agree on the rules, each a function here.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import pikepdf
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from leaflet.geometry import Rectangle, mm, pt, to_mm, to_pt
from leaflet.pdf.standards.pdf_objects import (
    UNREADABLE,
    PressFile,
    PressPage,
    clean_message,
    entries,
    inherited,
    is_dictionary,
    items,
    read_rectangle,
)

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XMP = "{http://ns.adobe.com/xap/1.0/}"
_MM = "{http://ns.adobe.com/xap/1.0/mm/}"
_PDF = "{http://ns.adobe.com/pdf/1.3/}"
_PDFX = "{http://www.npes.org/pdfx/ns/id/}"

_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_TEXTS = {
    "dc:title": f"{_DC}title",
    "xmp:CreatorTool": f"{_XMP}CreatorTool",
    "xmpMM:DocumentID": f"{_MM}DocumentID",
    "xmpMM:InstanceID": f"{_MM}InstanceID",
    "xmpMM:VersionID": f"{_MM}VersionID",
    "xmpMM:RenditionClass": f"{_MM}RenditionClass",
}
_DATES = {f"xmp:{name}": f"{_XMP}{name}" for name in ("CreateDate", "ModifyDate", "MetadataDate")}


def read_xmp(file: PressFile) -> dict[str, str]:
    """Return the properties of the catalog's metadata stream by namespace and name; of lists the first item."""
    stream = file.pdf.Root.get("/Metadata")
    if not isinstance(stream, pikepdf.Stream):
        raise ValueError("the catalog has no metadata stream")
    data = bytes(stream.read_bytes())
    try:
        tree = fromstring(data, forbid_dtd=True)
    except DefusedXmlException:
        raise ValueError("the metadata declare a document type") from None
    except ParseError as error:
        raise ValueError(f"the metadata are no XML: {error}") from None
    properties: dict[str, str] = {}
    for description in tree.iter(f"{_RDF}Description"):
        properties |= description.attrib
        for child in description:
            listed = child.find(f".//{_RDF}li")
            properties[child.tag] = ((child if listed is None else listed).text or "").strip()
    return properties


def _xmp_or_nothing(file: PressFile) -> dict[str, str] | None:
    """Return the properties; None if they cannot be read, which `check_claim` reports once."""
    try:
        return read_xmp(file)
    except ValueError:
        return None


def check_claim(file: PressFile) -> Iterator[str]:
    """Check that the metadata stream is not compressed and claims PDF/X-4."""
    if "/Filter" in file.pdf.Root.Metadata:
        yield "the metadata stream is filtered"
    claim = read_xmp(file).get(f"{_PDFX}GTS_PDFXVersion")
    if claim != "PDF/X-4":
        yield f"pdfxid:GTS_PDFXVersion is {_shown(claim)}, not “PDF/X-4”"


def check_properties(file: PressFile) -> Iterator[str]:
    """Check that title, program, dates and identifiers are there, and that dates are dates."""
    xmp = _xmp_or_nothing(file)
    if xmp is None:
        return
    yield from (f"{name} is missing in the metadata" for name, key in _TEXTS.items() if not xmp.get(key))
    for name, key in _DATES.items():
        if not _DATE.fullmatch(xmp.get(key, "")):
            yield f"{name} is {_shown(xmp.get(key))}, not a date as XMP writes it"


def check_trapped(file: PressFile) -> Iterator[str]:
    """Check that Info says whether the file is trapped, and that the metadata do not contradict it."""
    trapped = entries(file.pdf.trailer, "/Info").get("/Trapped")
    if not isinstance(trapped, pikepdf.Name) or trapped not in ("/True", "/False"):
        yield f"Info /Trapped is {_shown(trapped)}, not /True or /False"
        return
    stated = (_xmp_or_nothing(file) or {}).get(f"{_PDF}Trapped")
    if stated is not None and stated != str(trapped)[1:]:
        yield f"pdf:Trapped is {_shown(stated)} in the metadata, Info says {trapped}"


def _shown(value: Any) -> str:
    return "missing" if value is None else f"“{value}”"


_NEWEST = (1, 6)  # ISO 15930-7 builds on PDF 1.6
_ICC_HEADER = 128  # bytes, ICC.1 §7.2
_CHANNELS = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}
_ACTIONS = {"/JavaScript", "/Launch", "/Movie", "/Sound", "/SubmitForm", "/ResetForm", "/ImportData", "/Rendition"}
_EXTERNAL = ("/F", "/FFilter", "/FDecodeParms")
_LZW = {"/LZWDecode", "/LZW"}
_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


def check_version(file: PressFile) -> Iterator[str]:
    """Check that neither header nor catalog name a version after PDF 1.6."""
    stated = {"the header": file.pdf.pdf_version, "the catalog": str(file.pdf.Root.get("/Version", "/1.0"))[1:]}
    for place, version in stated.items():
        if tuple(int(part) for part in version.split(".")) > _NEWEST:
            yield f"{place} says PDF {version}, allowed is 1.6 and less"


def check_identity(file: PressFile) -> Iterator[str]:
    """Check that the file is not encrypted, and that its trailer has two identifiers (§14.4)."""
    if file.pdf.is_encrypted or "/Encrypt" in file.pdf.trailer:
        yield "the file is encrypted"
    parts = items(file.pdf.trailer.get("/ID"))
    if len(parts) != 2 or not all(isinstance(part, pikepdf.String) and bytes(part) for part in parts):
        yield "the trailer has no /ID of two strings"


def check_intent(file: PressFile) -> Iterator[str]:
    """Check that one output intent (§14.11.5) is for PDF/X, with condition and profile, and one profile for all."""
    stated = [found for found in items(file.pdf.Root.get("/OutputIntents")) if is_dictionary(found)]
    intents = [found for found in stated if found.get("/S") == "/GTS_PDFX"]
    if len(intents) != 1:
        yield f"{len(intents)} output intents are /GTS_PDFX, not one"
    for intent in intents:
        if not str(intent.get("/OutputConditionIdentifier", "")).strip():
            yield "the output intent has no OutputConditionIdentifier"
        yield from _check_profile(intent.get("/DestOutputProfile"))
    profiles = [found.DestOutputProfile for found in stated if "/DestOutputProfile" in found]
    if len({profile.objgen for profile in profiles}) > 1:
        yield "output intents have different profile streams"


def _check_profile(profile: Any) -> Iterator[str]:
    """Check an ICC profile: of a printer, whole, with as many channels as /N says (ICC.1 §7.2)."""
    if not isinstance(profile, pikepdf.Stream):
        yield "the output intent has no embedded DestOutputProfile"
        return
    data = bytes(profile.read_bytes())
    if len(data) < _ICC_HEADER or data[36:40] != b"acsp" or int.from_bytes(data[:4], "big") != len(data):
        yield "the output profile is no ICC profile, or not all of it is there"
        return
    if data[12:16] != b"prtr":
        yield f"the output profile is of class {_ascii(data[12:16])}, not of a printer (prtr)"
    if _CHANNELS.get(data[16:20]) != profile.get("/N"):
        yield f"the output profile is for {_ascii(data[16:20])}, but /N is {profile.get('/N', 'missing')}"


def _ascii(data: bytes) -> str:
    return f"“{data.decode('ascii', 'replace').strip()}”"


def check_actions(file: PressFile) -> Iterator[str]:
    """Check that nothing runs, opens or sends (§12.6), and that there is no form to fill in (§12.7)."""
    root = file.pdf.Root
    yield from (f"the catalog has {key}" for key in ("/AA", "/AcroForm") if key in root)
    if isinstance(root.get("/OpenAction"), pikepdf.Dictionary):
        yield "the catalog has an action in /OpenAction"
    if "/JavaScript" in entries(root, "/Names"):
        yield "the catalog names JavaScript"
    for name, part in file.suspect("action"):
        kind = part.get("/S")
        if isinstance(kind, pikepdf.Name) and str(kind) in _ACTIONS:
            yield f"{name} is an action {str(kind)[1:]}"
        elif "/JS" in part and kind is not None:
            yield f"{name} holds JavaScript"


def check_objects(file: PressFile) -> Iterator[str]:
    """Check for PostScript, data outside the file, replaced pictures, LZW and transfer functions."""
    for name, part in file.suspect("object"):
        if isinstance(part, pikepdf.Stream):
            yield from (f"{name} {text}" for text in _check_stream(part))
        yield from (f"{name} {text}" for text in _check_transfer(part))


def _check_stream(stream: Any) -> Iterator[str]:
    """Check a stream (§7.3.8) or XObject (§8.8)."""
    kind = stream.get("/Subtype")
    found = {
        "is a PostScript XObject": "/PS" in (kind, stream.get("/Subtype2")) or (kind == "/Form" and "/PS" in stream),
        "has an /OPI entry": "/OPI" in stream,
        "has alternate images": kind == "/Image" and "/Alternates" in stream,
        "is a reference XObject": kind == "/Form" and "/Ref" in stream,
        "is a stream outside the file": any(key in stream for key in _EXTERNAL),
        "is compressed with LZW": any(str(used) in _LZW for used in items(stream.get("/Filter"))),
    }
    yield from (text for text, is_so in found.items() if is_so)


def _check_transfer(part: Any) -> Iterator[str]:
    """Check for transfer functions of graphics states and halftones (§10.5); soft masks may have one (§11.6.5.3)."""
    if "/S" in part and "/G" in part:
        return
    for key, allowed in (("/TR", ("/Identity",)), ("/TR2", ("/Default", "/Identity"))):
        if key in part and _is_function(part.get(key), allowed):
            yield f"sets a transfer function ({key})"
    if "/HalftoneType" in part and _name(part.get("/TransferFunction", pikepdf.Name.Identity)) != "/Identity":
        yield "is a halftone with a transfer function"


def _is_function(value: Any, harmless: tuple[str, ...]) -> bool:
    """Check whether a value acts as a function; a resource that happens to be called TR does not."""
    if isinstance(value, pikepdf.Array):
        return bool(value) and any(_is_function(one, harmless) for one in value if not isinstance(one, pikepdf.Name))
    if isinstance(value, pikepdf.Name):
        return str(value) not in harmless
    return is_dictionary(value) and "/FunctionType" in value


def _name(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.Name) else ""


def check_viewer_areas(file: PressFile) -> Iterator[str]:
    """Check that what is shown and printed is the media or the bleed (§12.2, table 150)."""
    preferences = entries(file.pdf.Root, "/ViewerPreferences")
    for key in _AREAS:
        if key in preferences and _name(preferences.get(key)) not in ("/MediaBox", "/BleedBox"):
            yield f"{key} of the viewer preferences is {preferences.get(key)}, not /MediaBox or /BleedBox"


BLEED = mm(3)  # what print shops ask for at least
_SLACK = 0.01  # points two boxes may differ and still count as equal
_CENTRED = 0.5  # points
_OUTSIDE_ALLOWED = ("/TrapNet", "/PrinterMark")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def check_boxes(page: PressPage) -> Iterator[str]:
    """Check that there is a TrimBox or an ArtBox, inside bleed and media, not cut by the crop (§14.11.2)."""
    media, bleed, trim = page.box("/MediaBox"), page.box("/BleedBox"), page.trim
    if media is None:
        yield "no MediaBox"
    named = [name for name in ("/TrimBox", "/ArtBox") if name in page.dictionary]
    if len(named) != 1 or trim is None:
        yield f"{' and '.join(named) or 'no TrimBox'}: there must be either a TrimBox or an ArtBox"
    chain = [("TrimBox", trim), ("BleedBox", bleed), ("MediaBox", media)]
    known = [(name, box) for name, box in chain if box is not None]
    for (name, inner), (around, outer) in pairwise(known):
        if not outer.contains(inner, _SLACK):
            yield f"the {name} {inner} leaves the {around} {outer}"
    crop = page.box("/CropBox")
    if crop and trim and not crop.contains(trim, _SLACK):
        yield f"the CropBox {crop} cuts the TrimBox {trim}"


def check_bleed(page: PressPage) -> Iterator[str]:
    """Check that the bleed is declared, and wide enough on every side."""
    bleed, trim = page.box("/BleedBox"), page.trim
    if bleed is None:
        yield "no BleedBox"
    elif trim is not None:
        for side, width in _margins(trim, bleed).items():
            if width * page.unit < to_pt(BLEED) - _SLACK:
                wide = to_mm(pt(width * page.unit))
                yield f"the bleed on the {side} is {wide:.2f} mm, not {to_mm(BLEED):g} mm or more"


def check_centred(page: PressPage) -> Iterator[str]:
    """Check that the trim is in the middle of the media, so that sheets can be turned."""
    media, trim = page.box("/MediaBox"), page.trim
    if media and trim:
        margin = _margins(trim, media)
        across, along = margin["left"] - margin["right"], margin["top"] - margin["bottom"]
        if max(abs(across), abs(along)) * page.unit / 2 > _CENTRED:
            yield f"the TrimBox {trim} is not in the middle of the MediaBox {media}"


def _margins(inner: Rectangle, outer: Rectangle) -> dict[str, float]:
    left, bottom = inner.left - outer.left, inner.bottom - outer.bottom
    return {"left": left, "bottom": bottom, "right": outer.right - inner.right, "top": outer.top - inner.top}


def check_annotations(page: PressPage) -> Iterator[str]:
    """Check that annotations stand outside the bleed: there are no links in print."""
    inside = page.box("/BleedBox") or page.trim or page.box("/MediaBox")
    for annotation in page.annotations:
        kind = str(annotation.get("/Subtype", "/?"))
        rectangle = read_rectangle(annotation.get("/Rect"))
        if kind not in _OUTSIDE_ALLOWED and inside and (rectangle is None or rectangle.overlaps(inside)):
            yield f"an annotation {kind[1:]} at {rectangle or 'no place'} is on the printed area {inside}"


def check_page_actions(page: PressPage) -> Iterator[str]:
    """Check that nothing runs when a page or an annotation is opened, left or touched (§12.6.3)."""
    if "/AA" in page.dictionary:
        yield "the page has additional actions (/AA)"
    if any("/AA" in annotation for annotation in page.annotations):
        yield "an annotation has additional actions (/AA)"


def check_fonts(page: PressPage) -> Iterator[str]:
    """Check that all fonts that resources reach are embedded (§9.9), those of forms, patterns, appearances too."""
    holders = [
        inherited(page.dictionary, "/Resources"),
        *(entries(annotation, "/AP") for annotation in page.annotations),
    ]
    waiting = [found for found in holders if is_dictionary(found) and _is_new(page, found)]
    while waiting:
        holder = waiting.pop()
        for name, font in _fonts(holder):
            if _is_new(page, font):
                yield from _check_font(name, font)
                waiting.append(entries(font, "/Resources"))
        waiting += [found for found in _held(holder) if _is_new(page, found)]


def _held(holder: Any) -> Iterator[Any]:
    """Yield what resources, a form, a pattern or a graphics state holds that may hold fonts in turn."""
    for key in ("/XObject", "/Pattern", "/ExtGState", "/N", "/R", "/D"):
        found = holder.get(key)
        if isinstance(found, pikepdf.Dictionary):
            yield from (value for value in (found.get(name) for name in found.keys()) if is_dictionary(value))  # noqa: SIM118
        elif isinstance(found, pikepdf.Stream):
            yield found
    for key in ("/Resources", "/SMask", "/G", "/Shading"):
        found = holder.get(key)
        if is_dictionary(found):
            yield found


def _fonts(holder: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fonts of resources, or the one of a graphics state (table 58)."""
    found = holder.get("/Font")
    if isinstance(found, pikepdf.Dictionary):
        yield from ((name, entries(found, name)) for name in found.keys())  # noqa: SIM118
    elif isinstance(found, pikepdf.Array) and is_dictionary(found[0]):
        yield "of a graphics state", found[0]


def _is_new(page: PressPage, value: Any) -> bool:
    """Check whether an object was not met yet; one without a number is looked at wherever it is met."""
    if not value.is_indirect:
        return True
    if value.objgen in page.file.seen:
        return False
    page.file.seen.add(value.objgen)
    return True


def _check_font(name: str, font: Any) -> Iterator[str]:
    """Check that a font's program is there, for a composite font in its descendant's descriptor (§9.7.1)."""
    if font.get("/Subtype") == "/Type3":
        return
    base = font.get("/BaseFont", name)
    if font.get("/Subtype") == "/Type0":
        font = next((found for found in items(font.get("/DescendantFonts")) if is_dictionary(found)), font)
    descriptor = entries(font, "/FontDescriptor")
    program = next((descriptor.get(key) for key in _PROGRAMS if key in descriptor), None)
    if not isinstance(program, pikepdf.Stream) or not program.read_bytes():
        yield f"the font {base} is not embedded"


UNREAD = "0"  # the rule that the file can be read
_MOST_MESSAGES = 100  # of one rule; the rest is counted
_TAIL = 64  # bytes looked at for the end
FILE_RULES: dict[str, Callable[[PressFile], Iterator[str]]] = {  # by the numbers in messages
    "1": check_version,
    "2": check_identity,
    "3": check_claim,
    "4": check_properties,
    "5": check_trapped,
    "6": check_intent,
    "11": check_actions,
    "12": check_objects,
    "13": check_viewer_areas,
}
PAGE_RULES: dict[str, Callable[[PressPage], Iterator[str]]] = {  # H1 and H2 are of the house
    "7": check_boxes,
    "8": check_fonts,
    "10": check_annotations,
    "11": check_page_actions,
    "H1": check_bleed,
    "H2": check_centred,
}


def check_press(source: Path | bytes) -> list[str]:
    """Check a file that claims PDF/X-4; return one message for each thing that is wrong.

    A message names the page, and the rule by its number; of one rule there are at most a hundred messages,
    and one that counts the rest.
    """
    if not _has_end(source):
        return [_message(UNREAD, "the file does not end with %%EOF: a piece is missing")]
    stream = source if isinstance(source, Path) else BytesIO(source)
    try:  # what needs repair is no print file, and qpdf would give a page without size one
        with pikepdf.open(
            stream, attempt_recovery=False, inherit_page_attributes=False, conversion_mode="implicit"
        ) as pdf:
            return list(_limited(_check(PressFile(pdf))))
    except pikepdf.PasswordError:
        return [_message("2", "the file is encrypted")]
    except UNREADABLE as error:
        return [_message(UNREAD, f"the file cannot be read: {clean_message(error)}")]


def _message(number: str, text: str) -> str:
    source = "ISO 32000-1" if number == UNREAD else "house rule" if number[0] == "H" else "ISO 15930-7"
    return f"{text} (rule {number}: {source})"


def _has_end(source: Path | bytes) -> bool:
    """Check whether a file ends as a PDF file does (§7.5.5): qpdf does without."""
    if isinstance(source, bytes):
        return source[-_TAIL:].rstrip().endswith(b"%%EOF")
    with source.open("rb") as stream:
        stream.seek(-min(_TAIL, source.stat().st_size), os.SEEK_END)
        return stream.read().rstrip().endswith(b"%%EOF")


def _check(file: PressFile) -> Iterator[tuple[str, str]]:
    """Yield number of the rule and text of all that is wrong."""
    for number, check in FILE_RULES.items():
        yield from ((number, text) for text in _guarded(partial(check, file)))
    try:
        for page in file.pages():
            for number, check_page in PAGE_RULES.items():
                found = _guarded(partial(check_page, page))
                yield from ((number, f"page {page.number}: {text}") for text in found)
    except UNREADABLE as error:
        yield UNREAD, f"the pages cannot be read: {clean_message(error)}"
    yield from ((UNREAD, clean_message(warning)) for warning in file.pdf.get_warnings())


def _guarded(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Yield what a rule finds; that damage keeps it from looking is a finding too."""
    try:
        yield from check()
    except UNREADABLE as error:
        yield f"cannot be judged: {clean_message(error)}"


def _limited(findings: Iterator[tuple[str, str]]) -> Iterator[str]:
    """Yield messages: of a rule broken on every page of a long run the first ones, and how many more."""
    counts: Counter[str] = Counter()
    for number, text in findings:
        counts[number] += 1
        if counts[number] <= _MOST_MESSAGES:
            yield _message(number, text)
    for number, count in counts.items():
        if count > _MOST_MESSAGES:
            yield _message(number, f"… and {count - _MOST_MESSAGES} more messages")
