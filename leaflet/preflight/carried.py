"""What a file carries beside its pages: scripts, other files, forms that somebody has filled in; all in one look."""

from collections.abc import Iterator

import pikepdf
from msgspec import Struct

_GOES = frozenset({"GoTo", ""})  # what may happen by itself: the file opens on a page


class Carried(Struct, frozen=True, kw_only=True):
    """What was found.

    Args:
        actions: kinds of scripts, and of what happens by itself, sorted.
        files: how many are embedded.
        filled: fields of forms with a value.
    """

    actions: tuple[str, ...]
    files: int
    filled: int


def find_carried(pdf: pikepdf.Pdf) -> Carried:
    """Look through all objects of a file."""
    actions = {_kind(action) for page in (pdf.Root, *(page.obj for page in pdf.pages)) for action in _by_itself(page)}
    files = filled = 0
    for item in _dictionaries(pdf):
        keys = item.keys()
        if "/JS" in keys:
            actions.add(_kind(item))
        files += "/EF" in keys
        filled += "/FT" in keys and _is_filled(item.get("/V"))
    return Carried(actions=tuple(sorted(actions - _GOES)), files=files, filled=filled)


def _kind(action: pikepdf.Dictionary) -> str:
    return str(action.get("/S", "")).lstrip("/")


def _by_itself(holder: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """The actions of a catalogue or a page that nobody asks for."""
    occasions = holder.get("/AA")
    actions = [holder.get("/OpenAction")]
    if isinstance(occasions, pikepdf.Dictionary):
        actions += [occasions.get(key) for key in occasions.keys()]  # noqa: SIM118 – no mapping
    yield from (action for action in actions if isinstance(action, pikepdf.Dictionary))


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """All indirect dictionaries of a file, and those right inside of them."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary):
            yield item
            for _, inner in item.items():
                if isinstance(inner, pikepdf.Dictionary) and not inner.is_indirect:
                    yield inner


def _is_filled(value: object) -> bool:
    return value is not None and str(value) not in ("", "/Off")
