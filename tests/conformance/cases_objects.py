"""Rules for a whole file: version, identity, output intent, actions, objects, viewer areas."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.conformance.press_files import (
    OUTSIDE,
    Edit,
    a_form,
    an_intent,
    annotation,
    form,
    intent,
    intents,
    page,
    paint,
    profile,
    root,
    state,
)


def two_intents(same: bool) -> Edit:
    """A second one for PDF/A, with the same profile stream or its own."""

    def edit(pdf: pikepdf.Pdf) -> None:
        other = intent(pdf, profile(), S=Name.GTS_PDFA1)
        if same:
            other.DestOutputProfile = pdf.Root.OutputIntents[0].DestOutputProfile
        pdf.Root.OutputIntents.append(other)

    return edit


def an_object(**entries: Any) -> Edit:
    return a_form(b"", **entries)


def photo_with(**entries: Any) -> Edit:
    return lambda pdf: [pdf.pages[0].Resources.XObject.Photo.__setitem__(f"/{k}", v) for k, v in entries.items()]


CURVE = Dictionary(FunctionType=2, Domain=[0, 1], N=2)
OPEN_DOCUMENT = Dictionary(S=Name.GoTo, D=[0, Name.Fit])
STOP = Dictionary(Type=Name.Action, S=Name.JavaScript, JS=String("app.alert(1)"))

BROKEN: dict[str, tuple[str, Edit]] = {
    # what stands before the dash is the rule; further rules that are broken along with it stand in the value
    "1 - catalog": ("1", root("/Version", Name("/1.7"))),
    "6 - no intent": ("6", root("/OutputIntents", None)),
    "6 - two": ("6", lambda pdf: pdf.Root.OutputIntents.append(pdf.Root.OutputIntents[0])),
    "6 - no condition": ("6", intents(an_intent(OutputConditionIdentifier=""))),
    "6 - no profile": ("6", lambda pdf: pdf.Root.OutputIntents[0].__delitem__("/DestOutputProfile")),
    "6 - a screen": ("6", intents(an_intent(profile(b"mntr")))),
    "6 - channels": ("6", intents(an_intent(channels=3))),
    "6 - a piece of a profile": ("6", intents(an_intent(profile()[:-1]))),
    "6 - no ICC": ("6", intents(an_intent(bytes(200)))),
    "6 - two profiles": ("6", two_intents(same=False)),
    "11 - opening": ("11", root("/OpenAction", OPEN_DOCUMENT)),
    "11 - JavaScript": ("11", root("/Names", Dictionary(JavaScript=Dictionary(Names=[])))),
    "11 - form": ("11", root("/AcroForm", Dictionary(Fields=[]))),
    "11 - catalog": ("11", root("/AA", Dictionary(WC=OPEN_DOCUMENT))),
    "11 - page": ("11", page("/AA", Dictionary(O=OPEN_DOCUMENT))),
    "11 - link": ("11", annotation("/Link", OUTSIDE, A=Dictionary(S=Name.Launch, F="a.exe"))),
    "11 - outline": ("11", root("/Outlines", lambda pdf: pdf.make_indirect(Dictionary(First=Dictionary(A=STOP))))),
    "11 - annotation": ("11", annotation("/Text", OUTSIDE, AA=Dictionary(E=OPEN_DOCUMENT))),
    "12 - PostScript": ("12", photo_with(Subtype=Name.PS)),
    "12 - PostScript form": ("12", an_object(Subtype2=Name.PS)),
    "12 - OPI": ("12", an_object(OPI=Dictionary())),
    "12 - alternates": ("12", photo_with(Alternates=Array())),
    "12 - reference": ("12", an_object(Ref=Dictionary(F="a.pdf", Page=0))),
    "12 - external": ("12", an_object(F=String("a.bin"))),
    "12 - LZW": ("12", lambda pdf: _lzw(pdf)),
    "12 - transfer": ("12", state(TR=CURVE)),
    "12 - transfers": ("12", state(TR2=[CURVE, CURVE, CURVE, CURVE])),
    "12 - halftone": ("12", state(HT=Dictionary(HalftoneType=1, TransferFunction=CURVE))),
    "13 - trim": ("13", root("/ViewerPreferences", Dictionary(PrintArea=Name.TrimBox))),
    "13 - art": ("13", root("/ViewerPreferences", Dictionary(ViewClip=Name.ArtBox))),
}


def _lzw(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.XObject.Label.write(
        bytes([0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01]), filter=Name.LZWDecode
    )


LAYERS = Dictionary(OCGs=[], D=Dictionary(Order=[]))

FINE: dict[str, Edit] = {
    "1 - catalog of an earlier version": root("/Version", Name("/1.5")),
    "6 - a second intent with the same profile": two_intents(same=True),
    "11 - a place to begin": root("/OpenAction", lambda pdf: Array([pdf.pages[0].obj, Name.Fit])),
    "11 - a link to a page, outside": annotation("/Link", OUTSIDE, A=OPEN_DOCUMENT),
    "12 - soft mask with a function": paint(
        "q /New gs 0 0 0 0.5 k 60 260 5 5 re f Q",
        ExtGState_New=lambda pdf: Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form(pdf, b""), TR=CURVE)),
    ),
    "12 - a graphics state called TR": paint("q /TR gs Q", ExtGState_TR=Dictionary(OPM=0)),
    "13 - media": root("/ViewerPreferences", Dictionary(PrintClip=Name.MediaBox, ViewClip=Name.BleedBox)),
    "14 - layers": root("/OCProperties", LAYERS),
    "14 - transparency": state(ca=0.3, BM=Name.Screen),
}
