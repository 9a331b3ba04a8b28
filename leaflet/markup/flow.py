"""Split rendered markup into containers (how the page is divided) and blocks (what stands in it).

A block is kept as its source text: the same text laid out in the same width gives the same piece, so a block
that was seen before is neither parsed, nor measured, nor drawn again.
"""

import re
from functools import lru_cache

from msgspec import Struct, field

from leaflet.faults import fail
from leaflet.markup.parse import LINE_ATTRIBUTE, MOST_LEVELS, place_of, split_blocks
from leaflet.markup.vocabulary import CONTAINERS, MAY_BE_EMPTY, PARENTS, TITLE_BREAK, TITLES, UNNESTED

_TAG = re.compile(rf"<(/?)({'|'.join([*CONTAINERS, *sorted(UNNESTED)])})\b([^<>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)\s*=\s*"([^"]*)"')
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&quot;": '"', "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_SHARED = re.compile(r"<(h[2-4]|dialog|mail)\b[^<>]*>.*?</\1>", re.DOTALL)


class Container(Struct):
    """A word that divides the page: its children are containers and blocks (source text), in reading order."""

    tag: str
    attributes: dict[str, str]
    at: str
    children: list["Container | str"] = field(default_factory=list)


def parse_flow(rendered: str) -> Container:
    """Parse a rendered template into its one `leaflet` container."""
    root = Container("document", {}, "")
    stack = [root]
    position = 0
    while match := _TAG.search(rendered, position):
        _add_run(stack[-1], rendered[position : match.start()])
        position = match.end()
        closing, tag, rest = match.groups()
        if tag in UNNESTED:
            position = _add_block(stack[-1], rendered, match)
        elif closing:
            _close(stack, tag)
        else:
            _open(stack, tag, rest)
    _add_run(stack[-1], rendered[position:])
    if len(stack) > 1:
        raise fail("M105", place_of(stack[-1].at), problem=f"<{stack[-1].tag}> is not closed")
    leaflets = [child for child in root.children if isinstance(child, Container)]
    if len(leaflets) != 1 or len(root.children) != 1:
        raise fail("M108", place_of(leaflets[0].at if leaflets else ""))
    return leaflets[0]


def _open(stack: list[Container], tag: str, rest: str) -> None:
    attributes, at = _attributes(tag, rest)
    parent = stack[-1]
    if len(stack) > MOST_LEVELS:
        raise fail("M413", place_of(at), allowed=MOST_LEVELS)
    allowed = CONTAINERS[parent.tag].only if parent.tag in CONTAINERS else frozenset({"leaflet"})
    if (allowed and tag not in allowed) or (tag in PARENTS and parent.tag not in PARENTS[tag]):
        known = ", ".join(sorted(allowed or CONTAINERS.keys() - PARENTS.keys()))
        raise fail("M103", place_of(at), element=tag, parent=parent.tag, known=known)
    child = Container(tag, attributes, at)
    parent.children.append(child)
    stack.append(child)


@lru_cache(maxsize=256)
def _attributes(tag: str, rest: str) -> tuple[dict[str, str], str]:
    """Return the checked attributes of a start tag, and where it stands."""
    attributes = {name: plain(value) for name, value in _ATTRIBUTE.findall(rest)}
    at = attributes.pop(LINE_ATTRIBUTE, "")
    word = CONTAINERS[tag]
    if unknown := sorted(attributes.keys() - word.attributes):
        known = ", ".join(sorted(word.attributes)) or "–"
        raise fail("M102", place_of(at), element=tag, attribute=unknown[0], known=known)
    if missing := sorted(word.required - set(attributes)):
        raise fail("M104", place_of(at), element=tag, attribute=missing[0])
    return attributes, at


def _add_block(parent: Container, rendered: str, match: re.Match[str]) -> int:
    """Take a block whole, up to its closing tag, without looking inside; returns where it ends."""
    closing, tag, rest = match.groups()
    end = f"</{tag}>"
    found = rendered.find(end, match.end())
    if closing or rest.endswith("/") or found < 0:  # unbalanced or empty: let the reader of runs say what is wrong
        _add_run(parent, rendered[match.start() : match.end()])
        return match.end()
    _check_allowed(parent.tag, tag, rest, parent.at)
    parent.children.append(rendered[match.start() : found + len(end)])
    return found + len(end)


def _check_allowed(parent: str, tag: str, written: str, at: str) -> None:
    """Check that a block may stand in a container; `row` and its like take some blocks only."""
    allowed = CONTAINERS[parent].only if parent in CONTAINERS else frozenset({"leaflet"})
    if allowed and tag not in allowed:
        place = _ATTRIBUTE.search(written)
        where = place_of(place[2] if place and place[1] == LINE_ATTRIBUTE else at)
        raise fail("M103", where, element=tag, parent=parent, known=", ".join(sorted(allowed)))


def _close(stack: list[Container], tag: str) -> None:
    if stack[-1].tag != tag:
        raise fail("M105", place_of(stack[-1].at), problem=f"<{stack[-1].tag}> is closed by </{tag}>")
    done = stack.pop()
    if not done.children and tag not in MAY_BE_EMPTY:
        raise fail("M110", place_of(done.at), element=tag)
    if tag == "tiles":  # each tile is laid out alone, but titles and pictures of all are alike
        blocks = [child for child in done.children if isinstance(child, str)]
        titles = ["".join(found[0] for found in _SHARED.finditer(block)) for block in blocks]
        shared = TITLE_BREAK.join(title.replace(TITLE_BREAK, " ") for title in titles)
        done.attributes = {**done.attributes, TITLES: shared}


def _add_run(parent: Container, run: str) -> None:
    if not run or run.isspace():
        return
    parent.children.extend(_checked_run(parent.tag, parent.at, run))


@lru_cache(maxsize=256)
def _checked_run(parent: str, at: str, run: str) -> tuple[str, ...]:
    """Split markup between containers into blocks, which the container `parent` must allow."""
    pieces = split_blocks(run, at)
    for piece in pieces:
        _check_allowed(parent, piece[1:].split(None, 1)[0].rstrip("/>"), piece, at)
    return pieces


def plain(value: str) -> str:
    """Undo the escaping of a text."""
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], value)
