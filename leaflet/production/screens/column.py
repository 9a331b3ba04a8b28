"""Read a record's flow as one column, in reading order, without what only paper has; write it as a text to paste."""

from collections.abc import Iterator

from leaflet.markup.flow import Container
from leaflet.markup.parse import Element, parse_blocks
from leaflet.markup.vocabulary import stands
from leaflet.program import own_table

_TABLE = own_table("screens/elements.toml")
TAGS: dict[str, str] = {word: tag for tag, words in _TABLE["tags"].items() for word in words.split()}
"""The HTML element of each word that has one."""
SHOWN: dict[str, list[str]] = {word: names.split() for word, names in _TABLE["shown"].items()}
"""The attributes of a word that are read before what is in it."""
LEFT_OUT = frozenset(_TABLE["left"]["words"].split())
"""Words that are not on a screen."""
_PAGES = "fixed"  # the arrangement of pages whose words a screen has
_RULE = "—" * 12
_LISTS, _IN_LINE = ("ul", "ol"), ("strong", "small", "a", "code")


def read_column(container: Container) -> Iterator[Element]:
    """Yield the blocks of a flow in reading order; those that a container holds as a list are in one element."""
    for child in container.children:
        if isinstance(child, str):
            for block in parse_blocks(child):
                if block.tag not in LEFT_OUT and stands(block.attributes, 0, _PAGES):
                    yield block.kept(0, _PAGES)
        elif child.tag in TAGS:
            yield Element(child.tag, child.attributes, tuple(read_column(child)), child.at)
        else:
            yield from read_column(child)


def shown_attributes(element: Element) -> Iterator[tuple[str, str]]:
    """Yield name and text of the attributes of an element that are read."""
    for name in SHOWN.get(element.tag, ()):
        if text := element.attributes.get(name, ""):
            yield name, text


def write_text(leaflet: Container) -> str:
    """Return the text of a record."""
    parts = [text for block in read_column(leaflet) for text in _paragraphs(block)]
    return "\n\n".join(parts) + "\n"


def _paragraphs(element: Element) -> Iterator[str]:
    """Yield the paragraphs of a block; the items of a list are the lines of one."""
    tag = TAGS.get(element.tag, "")
    if element.tag in LEFT_OUT:
        return
    if tag == "hr":
        yield _RULE
    elif tag in _LISTS:
        yield "\n".join(f"– {' '.join(_paragraphs(item))}" for item in element.elements)
    elif element.tag == "qr":
        yield element.attributes["href"]
    else:
        shown = [text for _, text in shown_attributes(element)]
        if any(one.tag not in (*_IN_LINE, "br") for one in element.elements):
            yield from shown
            for one in element.elements:
                yield from _paragraphs(one)
        elif text := " ".join([*shown, _text(element).strip()]).strip():
            yield text


def _text(element: Element) -> str:
    children = element.children
    return "".join(one if isinstance(one, str) else "\n" if one.tag == "br" else _text(one) for one in children)
