"""Do the fonts travel with the file, may they, and do they draw every character?

Fonts are judged by what is shown in them: a font that is named and never used harms nobody.
"""

from collections.abc import Callable, Iterator
from functools import partial

import pikepdf
from msgspec import Struct

from leaflet.preflight.fonts import Font, named, read_font
from leaflet.preflight.glyph_shapes import find_swapped
from leaflet.preflight.glyphs import Missing, find_missing, read_codes, read_glyphs
from leaflet.preflight.reader.finished import FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule

_MOST = 12  # characters that a message names
_DEPTH = 8


class _Used(Struct, frozen=True, kw_only=True):
    """A font that a page uses, and the characters of the page that it does not draw."""

    font: Font
    missing: tuple[Missing, ...]


def check_embedded(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every font that is used is embedded in the file."""
    yield from _report_fonts(page, lambda font: not font.is_embedded)


def check_subset(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that fonts are subsets with the characters that are used."""
    yield from _report_fonts(page, lambda font: font.is_embedded and not font.is_subset and font.kind != "Type3")


def check_licence(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that fonts are embedded as their licence allows, as far as their program states it."""
    yield from _report_fonts(page, lambda font: font.is_restricted or font.is_misused)


def check_type3(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no font consists of drawings."""
    yield from _report_fonts(page, lambda font: font.kind == "Type3")


def check_readable(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file states the character of each code."""
    yield from _report_fonts(page, lambda font: not font.is_readable)


def check_glyphs(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every character that is shown is drawn."""
    for used in _used(page):
        if used.missing:
            shown = ", ".join(_format_missing(missing) for missing in used.missing[:_MOST])
            yield Finding(values={"shown": shown, "count": len(used.missing), "font": used.font.name})


def check_shapes(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no letter of a font of ours is drawn as another one."""
    resources = page.obj.get("/Resources")
    for _, font in named(resources, "/Font") if isinstance(resources, pikepdf.Dictionary) else ():
        name = _of_font(page, font, b"", frozenset()).font.name
        swapped = page.file.memory.recall(b"shapes", page.file.prints.of(font), partial(find_swapped, name, font))
        if swapped:
            yield Finding(values={"shown": ", ".join(swapped[:_MOST]), "font": name})


def _format_missing(missing: Missing) -> str:
    codes = " ".join(f"U+{ord(character):04X}" for character in missing.text)
    return f"{missing.text} ({codes})" if missing.text else f"n° {missing.code}"


def _report_fonts(page: FinishedPage, is_wrong: Callable[[Font], bool]) -> Iterator[Finding]:
    """Report the fonts of a page that are wrong, each once."""
    for name in dict.fromkeys(used.font.name for used in _used(page) if is_wrong(used.font)):
        yield Finding(values={"font": name})


def _used(page: FinishedPage) -> tuple[_Used, ...]:
    return page.file.memory.recall(b"fonts", page.content_key, lambda: tuple(_find_used(page)))


def _find_used(page: FinishedPage) -> Iterator[_Used]:
    resources = page.obj.get("/Resources")
    if not isinstance(resources, pikepdf.Dictionary):
        return
    for key, parts in page.file.memory.parts(page.contents):
        yield from _of_contents(page, key, parts if len(parts) > 1 else parts[0], resources)
    yield from _of_forms(page, resources, 0)


def _of_forms(page: FinishedPage, resources: pikepdf.Dictionary, depth: int) -> Iterator[_Used]:
    """Find the fonts used by form XObjects among resources, and by those within them."""
    for _, form in named(resources, "/XObject"):
        if form.get("/Subtype") != "/Form" or depth > _DEPTH:
            continue
        inner = form.get("/Resources")
        inner = inner if isinstance(inner, pikepdf.Dictionary) else resources
        yield from _of_contents(page, page.file.prints.of(form), form, inner)
        yield from _of_forms(page, inner, depth + 1)


def _of_contents(
    page: FinishedPage,
    key: bytes,
    content: "pikepdf.Stream | tuple[pikepdf.Stream, ...]",
    resources: pikepdf.Dictionary,
) -> Iterator[_Used]:
    codes = page.file.memory.recall(b"codes", key, lambda: read_codes(content))
    fonts = dict(named(resources, "/Font"))
    for name, strings in codes.items():
        font = fonts.get(name)
        if isinstance(font, pikepdf.Dictionary):
            yield _of_font(page, font, key + name.encode(), strings)


def _of_font(page: FinishedPage, font: pikepdf.Dictionary, key: bytes, strings: frozenset[bytes]) -> _Used:
    """Read a font once, and find the characters of `strings` that it lacks; `key` is a hash of the strings."""
    recall, itself = page.file.memory.recall, page.file.prints.of(font)
    known = recall(b"font", itself, lambda: read_font(font))
    glyph = recall(b"glyphs", itself, lambda: read_glyphs(font))
    missing = recall(b"missing", itself + key, lambda: tuple(find_missing(known.name, font, strings, glyph)))
    return _Used(font=known, missing=missing)


_PDFA = "ISO 19005-2 §6.2.11"

RULES = (
    Rule(
        code="K601",
        family="fonts",
        name="fonts are embedded",
        source=f"{_PDFA}.4, ISO 15930-7",
        page=check_embedded,
        by_content=True,
    ),
    Rule(
        code="K602", family="fonts", name="fonts are subsets", source="house rule", page=check_subset, by_content=True
    ),
    Rule(
        code="K603",
        family="fonts",
        name="licences allow embedding",
        source="OpenType specification, OS/2 fsType",
        page=check_licence,
        by_content=True,
    ),
    Rule(
        code="K604",
        family="fonts",
        name="every character is drawn",
        source=f"ISO 14289-1 §7.21.8, {_PDFA}.8",
        page=check_glyphs,
        by_content=True,
    ),
    Rule(
        code="K607",
        family="fonts",
        name="letters look like themselves",
        source="the fonts of leaflet",
        page=check_shapes,
        by_content=True,
    ),
    Rule(
        code="K605",
        family="fonts",
        name="fonts are no drawings",
        source="ISO 32000-1 §9.6.5, GWG 2015",
        page=check_type3,
        by_content=True,
    ),
    Rule(
        code="K606",
        family="fonts",
        name="codes have their characters",
        source="ISO 14289-1 §7.21.7",
        page=check_readable,
        by_content=True,
    ),
)
