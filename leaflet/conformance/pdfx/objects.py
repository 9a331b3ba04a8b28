"""Rules for a whole print-shop file: version, identity, output intent, what must be in no object.

Clauses are of ISO 32000-1. Metadata are in ``metadata``, pages in ``pages``.
"""

from collections.abc import Iterator
from typing import Any

import pikepdf

from leaflet.conformance.pdf_objects import PressFile, entries, is_dictionary, items

_NEWEST = (1, 6)  # ISO 15930-7 builds on PDF 1.6
_ICC_HEADER = 128  # bytes, ICC.1 §7.2
_CHANNELS = {b"CMYK": 4, b"RGB ": 3, b"GRAY": 1}
_ACTIONS = {"/JavaScript", "/Launch", "/Movie", "/Sound", "/SubmitForm", "/ResetForm", "/ImportData", "/Rendition"}
_EXTERNAL = ("/F", "/FFilter", "/FDecodeParms")
_LZW = {"/LZWDecode", "/LZW"}
_AREAS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


def check_version(file: PressFile) -> Iterator[str]:
    """Check that neither header nor catalog name a version after PDF 1.6."""
    stated = {"the header": file.pdf.pdf_version, "the catalog": str(file.root.get("/Version", "/1.0"))[1:]}
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
    stated = [found for found in items(file.root.get("/OutputIntents")) if is_dictionary(found)]
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
    root = file.root
    for key in ("/AA", "/AcroForm"):
        if key in root:
            yield f"the catalog has {key}"
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
    if kind == "/PS" or stream.get("/Subtype2") == "/PS" or (kind == "/Form" and "/PS" in stream):
        yield "is a PostScript XObject"
    if "/OPI" in stream:
        yield "has an /OPI entry"
    if kind == "/Image" and "/Alternates" in stream:
        yield "has alternate images"
    if kind == "/Form" and "/Ref" in stream:
        yield "is a reference XObject"
    if any(key in stream for key in _EXTERNAL):
        yield "is a stream outside the file"
    if any(str(used) in _LZW for used in items(stream.get("/Filter"))):
        yield "is compressed with LZW"


def _check_transfer(part: Any) -> Iterator[str]:
    """Check for transfer functions of graphics states and halftones (§10.5).

    Soft masks may have one (§11.6.5.3).
    """
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
    preferences = entries(file.root, "/ViewerPreferences")
    for key in _AREAS:
        if key in preferences and _name(preferences.get(key)) not in ("/MediaBox", "/BleedBox"):
            yield f"{key} of the viewer preferences is {preferences.get(key)}, not /MediaBox or /BleedBox"
