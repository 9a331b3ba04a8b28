"""Rules for the document parts of a print run (PDF/VT-1)."""

from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.conformance.press_files import Edit, page, parts, root


def put(owner: Any, key: str, value: Any) -> None:
    """Set a key, or take it out."""
    if value is None:
        del owner[key]
    else:
        owner[key] = value


def dpm(**entries: Any) -> Edit:
    return parts(lambda _, leaf: [put(leaf.DPM, f"/{key}", value) for key, value in entries.items()])


def hint(**entries: Any) -> Edit:
    return lambda pdf: [put(pdf.pages[0].Resources.XObject.Label, f"/{k}", v) for k, v in entries.items()]


BROKEN_RUNS: dict[str, tuple[str, Edit]] = {
    # what stands before the dash is the rule; further rules that are broken along with it stand in the value
    "V3 - none": ("V3", root("/DPartRoot", None)),
    "V3 - direct": ("V3", root("/DPartRoot", lambda pdf: Dictionary(pdf.Root.DPartRoot))),
    "V3 - type": ("V3", parts(lambda top, _: put(top, "/Type", Name.DPart))),
    "V3 - no node": ("V3", parts(lambda top, _: put(top, "/DPartRootNode", None))),
    "V3 - record level": ("V3", parts(lambda top, _: put(top, "/RecordLevel", -1))),
    "V3 - no such level": ("V3", parts(lambda top, _: put(top, "/RecordLevel", 2))),
    "V3 - level of another kind": ("V3", parts(lambda top, _: put(top, "/RecordLevel", Name("/1")))),
    "V3 - names": ("V3", parts(lambda top, _: put(top, "/NodeNameList", Array([Name.Run])))),
    "V3 - no tokens": ("V3", parts(lambda top, _: put(top, "/NodeNameList", Array([Name.Run, Name("/A B")])))),
    "V4 - type": ("V4", parts(lambda _, leaf: put(leaf, "/Type", None))),
    "V4 - parent": ("V4", parts(lambda top, leaf: put(leaf, "/Parent", top))),
    "V4 - parent of the root": ("V4", parts(lambda top, leaf: put(top.DPartRootNode, "/Parent", leaf))),
    "V4 - both": ("V4", parts(lambda top, leaf: put(top.DPartRootNode, "/Start", leaf.Start))),
    "V4 - flat": ("V4 V5", parts(lambda top, leaf: put(top.DPartRootNode, "/DParts", Array([leaf])))),
    "V4 - twice": ("V4", parts(lambda top, leaf: top.DPartRootNode.DParts[0].append(leaf))),
    "V4 - direct": (
        "V4 V5",
        parts(lambda top, leaf: put(top.DPartRootNode, "/DParts", Array([Array([Dictionary(leaf)])]))),
    ),
    "V4 - no array": ("V4 V5", parts(lambda top, _: put(top.DPartRootNode, "/DParts", 1))),
    "V5 - page left out": ("V5", parts(lambda _, leaf: put(leaf, "/End", None))),
    "V5 - order": ("V5", lambda pdf: _swap(pdf)),
    "V5 - no page": ("V5", parts(lambda top, leaf: put(leaf, "/Start", top))),
    "V5 - last part": ("V5", lambda pdf: pdf.Root.DPartRoot.DPartRootNode.DParts[0].__delitem__(1)),
    "V5 - a page more": ("V5", lambda pdf: pdf.pages.append(pdf.pages[0])),
    "V6 - missing": ("V6", page("/DPart", None)),
    "V6 - another": ("V6", lambda pdf: put(pdf.pages[1].obj, "/DPart", pdf.pages[2].obj.DPart)),
    "V7 - name": ("V7", dpm(School=Name.Balzac)),
    "V7 - stream": ("V7", lambda pdf: dpm(School=pdf.make_stream(b"x"))(pdf)),
    "V7 - null": ("V7", dpm(Parts=Array([1, None]))),
    "V7 - deep": ("V7", dpm(Contact=Dictionary(A=Array([Dictionary(B=Name.C)])))),
    "V7 - key": ("V7", lambda pdf: dpm(**{"A B": 1})(pdf)),
    "V7 - no dictionary": ("V7", parts(lambda _, leaf: put(leaf, "/DPM", String("x")))),
    "V8 - scope": ("V8", hint(GTS_Scope=Name.Always)),
    "V8 - encapsulated": ("V8", hint(GTS_Encapsulated=Name("/true"))),
    "V8 - environment": ("V8", hint(GTS_Scope=Name.Global)),
    "V8 - records": (
        "V8",
        lambda pdf: (hint(GTS_Scope=Name.Record)(pdf), put(pdf.Root.DPartRoot, "/RecordLevel", None)),
    ),
}

FINE_RUNS: dict[str, Edit] = {
    "V3 - no names": parts(lambda top, _: (put(top, "/NodeNameList", None), put(top, "/RecordLevel", None))),
    "V4 - parts in two rows": lambda pdf: _two_rows(pdf),
    "V7 - a date": dpm(Printed=String("D:20261125080000+01'00'")),
    "V7 - accents in a key": dpm(École=1),
    "V8 - environment": hint(GTS_Scope=Name.Global, GTS_Env=String("press")),
    "V8 - records": hint(GTS_Scope=Name.Record),
    "V8 - none": hint(GTS_Scope=None, GTS_Encapsulated=None),
}


def _swap(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.DPartRoot.DPartRootNode
    first, second = top.DParts[0]
    top.DParts = Array([Array([second, first])])


def _two_rows(pdf: pikepdf.Pdf) -> None:
    top = pdf.Root.DPartRoot.DPartRootNode
    first, second = top.DParts[0]
    top.DParts = Array([Array([first]), Array([second])])
