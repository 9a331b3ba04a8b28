"""Read the inline content of an element as spans: text of one weight, as it is set."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from leaflet.layout.fonts import WEIGHTS, Weight, slash_zeros
from leaflet.markup.parse import Element

STRONG_LINK: Weight = "extrabold"
"""The weight of strong text in a link: a registrable domain."""


class Span(NamedTuple):  # a tuple, because broken paragraphs are looked up by their spans
    """Text of one weight, as it is set: with slashed zeros in addresses and codes. `href` if it belongs to a link."""

    text: str
    weight: Weight
    href: str | None = None


Spans = Sequence[Span | None]
"""A text; None stands for a forced line break."""


class Inline(NamedTuple):
    """A text as it stands in an element: how it is set, and whether its noughts are slashed."""

    text: str
    weight: Weight
    href: str | None = None
    is_slashed: bool = False

    def span(self, text: str) -> Span:
        """Return another text in its place, as it is set."""
        return Span(slash_zeros(text) if self.is_slashed else text, self.weight, self.href)


def read_spans(element: Element, weight: Weight) -> list[Span | None]:
    """Return the inline content of an element as spans; `weight` is that of text where nothing in it asks another."""
    children = element.children
    if len(children) == 1 and isinstance(children[0], str):
        return [Span(children[0], weight)]
    return [one if one is None else one.span(one.text) for one in read_inline(element, weight)]


def read_inline(
    element: Element, weight: Weight, href: str | None = None, is_slashed: bool = False
) -> Iterator[Inline | None]:
    """Yield the texts in an element; None stands for a forced line break. Arguments are as of `Inline`."""
    for child in element.children:
        if not isinstance(child, Element):
            yield Inline(child, weight, href, is_slashed)
        elif child.tag == "br":
            yield None
        elif child.tag == "strong":
            yield from read_inline(child, _heavier(STRONG_LINK if href else "bold", weight), href, is_slashed)
        elif child.tag == "a":
            yield from read_inline(child, _heavier("medium", weight), child.attributes["href"], True)
        else:
            yield from read_inline(child, weight, href, is_slashed or child.tag == "code")


def _heavier(one: Weight, other: Weight) -> Weight:
    return max(one, other, key=WEIGHTS.index)


def split_lines(spans: Spans) -> list[list[Span]]:
    """Return spans cut at the line breaks between them."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        if span is None:
            lines.append([])
        else:
            lines[-1].append(span)
    return lines
