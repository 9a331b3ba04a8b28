"""Read the sections of a structure tree in the order in which a screen reader meets them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf

from tests.one_school.letters import spoken, squeezed
from tests.one_school.painting import Painted, painted


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the structure tree: its marked contents (page, identifier) in reading order."""

    contents: tuple[tuple[int, int], ...]

    def text(self, path: Path) -> str:
        texts = spoken(path)
        return squeezed("".join(texts.get(content, "") for content in self.contents))

    def painted(self, path: Path, page: int) -> list[Painted]:
        mine = {content for number, content in self.contents if number == page}
        return [item for item in painted(path)[page] if item.content in mine]

    @property
    def pages(self) -> list[int]:
        return list(dict.fromkeys(page for page, _ in self.contents))


@cache
def sections(path: Path) -> tuple[Section, ...]:
    """Return what a screen reader is given one after the other: the kids of the document's structure element."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        (document,) = kids(pdf.Root.StructTreeRoot)
        return tuple(Section(tuple(contents(kid, numbers, None))) for kid in kids(document) if kid.S == "/Sect")


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def contents(element: Any, numbers: dict[Any, int], page: int | None) -> Iterator[tuple[int, int]]:
    """Yield page and identifier of each marked content under an element; `page` is the one that a parent names."""
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    for kid in kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            assert page is not None
            yield page, int(kid)
        elif kid.get("/Type") == "/MCR":
            yield numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from contents(kid, numbers, page)
