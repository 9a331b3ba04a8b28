"""QR codes: can they be read from paper, and do they say what stands beside them?

A sheet in a staff room is the place where false codes are stuck, so the address of a code is printed beside it.
Sources: ISO/IEC 18004 §6.3.8 (quiet zone), DENSO WAVE, and our own sweep of modules through a simulated copier.
"""

import re
from collections import Counter
from collections.abc import Iterator

from leaflet.confidential import find_secret
from leaflet.geometry import Box, Um, mm, to_mm
from leaflet.preflight.pdf.evidence import FoundCode
from leaflet.preflight.pdf.finished_file import FinishedPage
from leaflet.preflight.pdf.web_addresses import FoundAddress, find_host, shorten_address
from leaflet.preflight.rule import Context, Finding, Options, rules
from leaflet.preflight.rules.check_links import address_check

_ADDRESS = re.compile(r"https?:|www\.", re.IGNORECASE)
_ANNOUNCED = re.compile(r"\bQR\b.*?(https?://\S+)", re.IGNORECASE | re.DOTALL)
_OF_NETWORK = re.compile(r"WIFI:(?:.*[;:])?P:[^;]", re.IGNORECASE | re.DOTALL)  # lets a telephone in: WIFI:S:…;P:…;;
_KEY = re.compile(r"(?=.*\d)[A-Z\d-]{2,20}")  # of a school, a firm's site, a section
_CAPTION = mm(6)  # between a code and the address above or below it
_ROUNDING = 0.5  # modules that a quiet zone is measured to
_SLACK = 0.005  # mm, of a module that is drawn just as large as it must be


def _readable(page: FinishedPage) -> Iterator[tuple[FoundCode, str]]:
    """Yield the codes that can be read, with their content."""
    return ((code, code.text) for code in page.evidence.codes if code.text is not None)


def _with_address(page: FinishedPage) -> Iterator[tuple[FoundCode, str]]:
    """Yield the codes that hold a web address, with the address."""
    return ((code, text.strip()) for code, text in _readable(page) if _ADDRESS.match(text.strip()))


def _found(code: FoundCode, **values: object) -> Finding:
    """Make a finding with the place of a code in whole millimetres from the left and from the top."""
    return Finding(values={"x_mm": round(to_mm(code.box.x)), "y_mm": round(to_mm(code.box.y)), **values})


@rules.page("K201", sees="piece")
def _check_readable(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (_found(code) for code in page.evidence.codes if code.text is None)


@rules.page("K202", sees="page")
def _check_printed(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the address of a code, or its host alone, is on its page, so that it can be compared."""
    printed = {reading for address in page.addresses for reading in address.readings}
    for code, text in _with_address(page):
        known = {shorten_address(text), shorten_address(find_host(text))} & printed
        if not known and not _captions(code, text, page):
            yield _found(code, host=find_host(text))


@rules.page("K203")
def _check_caption(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the address right above or below a code is the one it holds, or in a list that begins there."""
    for code, text in _with_address(page):
        captions, own = _captions(code, text, page), {shorten_address(text), shorten_address(find_host(text))}
        begun = (one for one in page.addresses if any(_is_close(code, box, box.x) for box in one.boxes))
        if captions and not any(own & one.readings for one in (*captions, *begun)):
            yield _found(code, host=find_host(text), shown=captions[0].text)


def _captions(code: FoundCode, text: str, page: FinishedPage) -> list[FoundAddress]:
    """Find the addresses close above or below a code, without the ending of its own host (« finit par gouv.fr »)."""
    own = f".{find_host(text)}"
    return [
        address
        for address in page.addresses
        if any(_is_close(code, box, box.x + box.width // 2) for box in address.boxes)
        and not own.endswith(f".{shorten_address(address.text)}")
    ]


def _is_close(code: FoundCode, box: Box, x: Um) -> bool:
    """Check whether a box is close above or below a code, at this place from the left."""
    at = code.box
    return at.x <= x <= at.right and max(box.y - at.bottom, at.y - box.bottom) <= _CAPTION


@rules.page("K204")
def _check_same_link(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    for code, text in _readable(page):
        for link in page.links:
            is_over = link.uri is not None and link.box.holds_middle(code.box)
            if is_over and shorten_address(link.uri or "") != shorten_address(text):
                yield _found(code, host=find_host(link.uri or ""))


def _addresses(page: FinishedPage) -> Iterator[str]:
    return (text for _, text in _with_address(page))


for _code, *_wanted in (
    ("K205", "syntax", "host", "ip", "https", "shortener", "lookalike", "token", "credential"),
    ("K206", "tracking", "port", "length"),
):
    rules.page(_code, sees="piece")(address_check(_addresses, *_wanted))


@rules.page("K207", sees="piece")
def _check_least_module(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that modules are so large that printers and copiers can draw them."""
    for code in page.evidence.codes:
        size = to_mm(code.module)
        if 0 < size < options["least_module_mm"] - _SLACK:
            yield _found(code, module_mm=round(size, 2), least_mm=options["least_module_mm"])


@rules.page("K208", sees="piece")
def _check_good_module(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that modules are so large that a telephone reads a copy of a copy."""
    for code in page.evidence.codes:
        size = to_mm(code.module)
        if options["least_module_mm"] - _SLACK <= size < options["good_module_mm"] - _SLACK:
            yield _found(code, module_mm=round(size, 2), good_mm=options["good_module_mm"])


@rules.page("K209", sees="page")
def _check_quiet_zone(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that a code has a blank zone around it, within the paper."""
    least = options["least_quiet_modules"]
    for code in page.evidence.codes:
        quiet = min(code.quiet, _room(code, page) / code.module) if code.module else least
        if quiet < least - _ROUNDING:
            yield _found(code, quiet_modules=round(max(quiet, 0.0), 1), least_modules=int(least))


def _room(code: FoundCode, page: FinishedPage) -> Um:
    """Measure the distance from a code to the next words of any piece of the page, or to the cut."""
    box, trim = code.box, page.trim
    room = min(box.x - trim.x, box.y - trim.y, trim.right - box.right, trim.bottom - box.bottom)
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    for word in page.evidence.words:
        other = word.box
        gap = max(other.x - right, left - other.right, other.y - bottom, top - other.bottom)
        if gap < room and not word.is_hidden:
            room = gap
    return room


@rules.page("K210", sees="piece")
def _check_contrast(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    for code in page.evidence.codes:
        if code.contrast < options["least_contrast"]:
            yield _found(code, ratio=round(code.contrast, 1), least_ratio=options["least_contrast"])


@rules.page("K211", sees="piece")
def _check_dark_on_light(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (_found(code) for code in page.evidence.codes if code.is_inverted)


@rules.page("K212", sees="piece")
def _check_copy(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (_found(code) for code, _ in _readable(page) if not code.survives)


@rules.page("K213", sees="piece")
def _check_is_address(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check for a web address, or the key of a school that is printed on the page for the packer."""
    for code, text in _readable(page):
        is_key = _KEY.fullmatch(text) and any(text in word.text for word in page.evidence.words)
        if not (_ADDRESS.match(text.strip()) or is_key):
            yield _found(code)


@rules.page("K215")
def _check_described(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that each code that a screen reader announces with its address is there, and leads there."""
    found = Counter(map(shorten_address, _addresses(page)))
    matches = map(_ANNOUNCED.search, page.alternatives)
    for address, count in Counter(shorten_address(match[1]) for match in matches if match).items():
        if found[address] < count:
            yield Finding(values={"host": address, "count": count, "found_codes": found[address]})


@rules.page("K214", sees="piece")
def _check_no_secret(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check codes without an address; keys in addresses have their own rule."""
    for code, text in _readable(page):
        if not _ADDRESS.match(text.strip()) and (find_secret(text) or _OF_NETWORK.match(text)):
            yield _found(code)
