"""Files that are not what their campaign makes, and files that are only packed otherwise."""

from collections.abc import Callable

import pikepdf

from tests.preflight.samples import Case, Cases, Sample, edited
from tests.support import leaflet_pdf

_HERE, _ELSEWHERE = "École élémentaire de la Fontaine", "École élémentaire du Château"


def leaflet() -> bytes:
    return leaflet_pdf(name=_HERE)


def after(edit: Callable[[pikepdf.Pdf], object]) -> Callable[[], bytes]:
    return lambda: edited(leaflet(), edit)


def cover(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Contents.append(pdf.make_stream(b"/Artifact BMC q 1 g 60 300 400 200 re f Q EMC"))


def lie(pdf: pikepdf.Pdf) -> None:
    figure = next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item)
    figure.Alt = pikepdf.String("Le vote est reporté")


def sign(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Producer"] = "essai"


def _case(found: Callable[[], bytes], what: str, near: Callable[[], bytes], near_what: str) -> Case:
    return Case(broken=Sample(what, found, leaflet), near=Sample(near_what, near, leaflet))


_SAVED = "the same leaflet, saved again by another program"

CASES: Cases = {
    "K010": _case(lambda: leaflet_pdf(name=_ELSEWHERE), "the leaflet of another school under this one’s name",
                  after(sign), _SAVED),
    "K011": _case(after(cover), "a page that is painted over", after(sign), _SAVED),
    "K012": _case(after(lie), "a picture that is read out as something else", after(sign), _SAVED),
    "K013": _case(after(sign), _SAVED, after(cover), "a page that is painted over"),
}  # fmt: skip
