"""Do the fonts travel with the file, may they, and does the file say what their codes are?

Fonts are judged by what is shown in them: a font that is named and never used harms nobody.
"""

from collections.abc import Callable, Iterator
from functools import partial

import pikepdf

from leaflet.preflight.fonts import Font, named, read_font
from leaflet.preflight.reader.finished import FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule


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


def _report_fonts(page: FinishedPage, is_wrong: Callable[[Font], bool]) -> Iterator[Finding]:
    """Report the fonts of a page that are wrong, each once."""
    used = page.file.memory.recall(b"fonts", page.content_key, lambda: _used(page))
    for name in dict.fromkeys(font.name for font in used if is_wrong(font)):
        yield Finding(values={"font": name})


def _used(page: FinishedPage) -> tuple[Font, ...]:
    """Return the fonts that words are shown in; all of the page if PDFium calls one as none of them is called.

    A font that is a drawing has no name for it, and Arial as a Type 1 font is Helvetica.
    """
    fonts = tuple(_named_fonts(page))
    shown = {word.font for word in page.evidence.words if not word.is_hidden}
    is_known = shown <= {font.name for font in fonts}
    return tuple(font for font in fonts if font.name in shown or not is_known)


def _named_fonts(page: FinishedPage) -> Iterator[Font]:
    """Yield the fonts among the resources of a page and of the forms within it; each distinct one is read once."""
    waiting, seen = [page.obj.get("/Resources")], set()
    while waiting:
        resources = waiting.pop()
        key = page.file.prints.of(resources)
        if isinstance(resources, pikepdf.Dictionary) and key not in seen:
            seen.add(key)
            for _, font in named(resources, "/Font"):
                yield page.file.memory.recall(b"font", page.file.prints.of(font), partial(read_font, font))
            waiting += [form.get("/Resources") for _, form in named(resources, "/XObject")]


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
