"""Write a record as a web page for a telephone: one file, without script, picture or font from elsewhere."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from string import Template
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element as XmlElement
from xml.etree.ElementTree import register_namespace, tostring

from defusedxml.ElementTree import fromstring

from leaflet.layout.drawings.store import DrawingKind, Drawings
from leaflet.markup.flow import Container
from leaflet.markup.parse import Element
from leaflet.production.design import Design
from leaflet.production.screens.column import LEFT_OUT, TAGS, read_column, shown_attributes
from leaflet.program import assets

_HEADINGS, _IN_LINE = ("h1", "h2", "h3", "h4"), ("strong", "small", "code")
_DRAWN: dict[str, DrawingKind] = {
    **dict.fromkeys(("key", "plate", "case", "p"), "icons"),
    **dict.fromkeys(("tile", "figure"), "scenes"),
}
_SVG = "http://www.w3.org/2000/svg"
_FITTED = re.compile(r'(<text [^<>]*?font-size="([\d.]+)"[^<>]*?)data-room="([\d.]+)"([^<>]*)>([^<>]*)<')
_SLOT = re.compile(r"\{(\w+)\}")
_LETTER = 0.58  # of the size of type, the width of a letter in a drawing
_GRAY = re.compile(r"K (\d+)")  # a colour that is one ink
register_namespace("", _SVG)


class WebPageWriter:
    """A writer of the pages of one document."""

    def __init__(self, design: Design) -> None:
        folder = assets() / "screens"
        colors = "".join(f"--{name}:{_css_color(color)};" for name, color in design.theme.colors.items())
        self._style = f":root{{{colors}}}\n{(folder / 'phone.css').read_text('utf-8')}"
        self._shell = Template((folder / "phone.html").read_text("utf-8"))
        self._language, self._drawings = design.words.language, _SvgDrawings(design)

    def write(self, leaflet: Container) -> str:
        """Return the page of a record."""
        body = _WrittenPage(self._drawings).body(read_column(leaflet))
        title, language = escape(leaflet.attributes["title"]), escape(self._language)
        return self._shell.substitute(language=language, title=title, style=self._style, body=body)


class _WrittenPage:
    """A page as it is written: headings go down by one level at most, the first code leads from its foot, too."""

    def __init__(self, drawings: "_SvgDrawings") -> None:
        self._drawings, self._level, self._portal = drawings, 0, ""

    def body(self, blocks: Iterable[Element]) -> str:
        """Return the content of a page: its head, a card for each second heading, and its foot."""
        head, cards, feet = list[str](), [list[str]()], list[str]()
        for block in blocks:
            written = self._element(block)
            if block.tag in ("hero", "strip") and cards == [[]]:
                head.append(written)
            elif block.tag == "footer":
                feet.append(written)
            elif block.tag in ("h1", "h2", "hero"):
                cards.append([written])
            else:
                cards[-1].append(written)
        main = "".join(f'<section class="card">\n{"".join(card)}</section>\n' for card in cards if card)
        bar = f'<nav class="bar">{self._portal}</nav>\n' if self._portal else ""
        foot = "".join(dict.fromkeys(feet))  # those of two sides are alike
        return f"<header>\n{''.join(head)}</header>\n<main>\n{main}</main>\n{foot}{bar}"

    def _element(self, element: Element) -> str:
        tag = element.tag
        if tag in LEFT_OUT:
            return ""
        if tag in ("br", "hr"):
            return f"<{tag}>"
        if tag == "a":
            return f'<a href="{escape(element.attributes["href"])}">{self._inside(element)}</a>'
        if tag in _HEADINGS:
            return self._heading(element)
        if tag == "qr":
            return self._link(element)
        before = "".join(_shown(name, text) for name, text in shown_attributes(element))
        inside = self._drawing(element) + before
        inside += f'<span class="note">{self._inside(element)}</span>' if before else self._inside(element)
        if tag not in TAGS:
            return inside
        own = [tag] if tag != TAGS[tag] else []
        own += [*element.attributes.get("class", "").split(), *(["fake"] if "fake" in element.attributes else [])]
        classes = f' class="{" ".join(own)}"' if own else ""
        return f"<{TAGS[tag]}{classes}>{inside}</{TAGS[tag]}>" + ("" if tag in _IN_LINE else "\n")

    def _inside(self, element: Element) -> str:
        return "".join(escape(one) if isinstance(one, str) else self._element(one) for one in element.children)

    def _heading(self, element: Element) -> str:
        """Return a heading, of the level under the one before it at most; only the first is of the highest."""
        wanted = _HEADINGS.index(element.tag) + 1
        level = self._level = min(max(wanted, 2 if self._level else 1), self._level + 1)
        return f'<h{level} class="{element.tag}">{self._inside(element)}</h{level}>\n'

    def _link(self, element: Element) -> str:
        """Return the link of a QR code, which the telephone that shows it cannot read, and what is said beside it."""
        href, beside = element.attributes["href"], self._inside(element)
        label = element.attributes.get("open") or urlsplit(href).hostname or href
        button = f'<a class="button" href="{escape(href)}" rel="noreferrer">{escape(label)}</a>'
        self._portal = self._portal or button
        return (f'<p class="beside">{beside}</p>\n' if beside.strip() else "") + f"<p>{button}</p>\n"

    def _drawing(self, element: Element) -> str:
        """Return the drawing of an element with its texts; what stands beside an icon says what it shows."""
        kind = _DRAWN.get(element.tag)
        name = element.attributes.get(kind[:-1]) if kind else None
        if kind is None or name is None:
            return ""
        alt = element.attributes.get("alt", "") if kind == "scenes" else ""
        said = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
        source = self._drawings.find(kind, name, element.at)
        drawn = _FITTED.sub(lambda text: _fit(text, element.attributes), source)
        return f"{drawn.replace('<svg ', f'<svg {said} ', 1)}\n"


class _SvgDrawings:
    """The icons and scenes of a design as they stand in a page: checked, in the colours of the page."""

    def __init__(self, design: Design) -> None:
        self._checked = Drawings(design.icons, design.scenes)
        self._sources: Mapping[DrawingKind, Mapping[str, str]] = {"icons": design.icons, "scenes": design.scenes}
        self._written: dict[tuple[DrawingKind, str], str] = {}

    def find(self, kind: DrawingKind, name: str, at: str) -> str:
        """Return a drawing; `at` is where the template names it."""
        if (kind, name) not in self._written:
            self._checked.find(kind, name, at)  # which refuses what a drawing may not have
            root = fromstring(self._sources[kind][name])
            for element in [*root.iter()]:
                _tidy(element)
            root.set("class", kind[:-1])
            self._written[kind, name] = tostring(root, encoding="unicode").strip()
        return self._written[kind, name]


def _tidy(element: XmlElement) -> None:
    """Take from an element what the page says in its own way: title, names, colours, white space."""
    for child in [*element]:
        if child.tag == f"{{{_SVG}}}title" or child.get("r") == "0":
            element.remove(child)
        child.tail = None
    if not element.tag.endswith("text"):
        element.text = None
    for name in ("style", "id"):
        element.attrib.pop(name, None)


def _shown(name: str, text: str) -> str:
    """Return an attribute that is read; what is more than one word is set smaller."""
    return f'<span class="{name}{" long" if len(text.split()) > 1 else ""}">{escape(text)}</span> '


def _fit(text: re.Match[str], values: Mapping[str, str]) -> str:
    """Return a text of a drawing with its values, drawn together where it has less room than it needs."""
    said = _SLOT.sub(lambda slot: escape(values.get(slot[1], "")), text[5])
    size, room = float(text[2]), float(text[3])
    narrow = f'textLength="{room:g}" lengthAdjust="spacingAndGlyphs"' if len(said) * size * _LETTER > room else ""
    return f"{text[1]}{narrow}{text[4]}>{said}<"


def _css_color(color: str) -> str:
    """Return a colour of a theme as CSS has it."""
    black = _GRAY.fullmatch(color)
    return f"rgb({', '.join([str(round(255 - int(black[1]) * 2.55))] * 3)})" if black else color
