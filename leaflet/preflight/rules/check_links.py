"""Rules for links: where they lead, what they show, and addresses in print that are no links.

Which address may be printed at all is known by `leaflet.campaign.links`; here each kind of its findings has a code.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

import pikepdf

from leaflet.campaign.links import GOVERNMENT, BrokenRule, find_faults, is_under
from leaflet.faults import LANGUAGES, Fault, Place
from leaflet.geometry import mm, to_mm
from leaflet.pdf.standards.pdf_objects import entries
from leaflet.preflight.pdf.finished_file import FinishedPage, read_text
from leaflet.preflight.pdf.web_addresses import FoundAddress, find_host, find_mail_addresses, shorten_address
from leaflet.preflight.rule import Context, Finding, Options, PageCheck, rules

_HARMLESS = frozenset({"", "URI", "GoTo", "Named"})
_UNASKED = frozenset({"", "GoTo"})  # what may be done on other events than a touch
_SAID = re.compile(r"https?://[^\s<>«»“”\"]+")
_DESTINATIONS = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d(][\d ().-]{2,22}")
_MOST_ACTIONS = 100  # of one annotation: a file may make them a circle
_LEAST_AREA = mm(1)  # side of a link that a finger or a mouse can meet


def address_check(find: Callable[[FinishedPage], Iterable[str]], *wanted: str) -> PageCheck:
    """Return a check of the addresses that are found on a page, by some of the link rules; each is told once."""

    def check(page: FinishedPage, context: Context, _options: Options) -> Iterator[Finding]:
        for address in dict.fromkeys(find(page)):
            for broken in _broken_rules(address, context.domains, context.addresses):
                if broken.rule in wanted:
                    yield Finding(values=_reasons(broken))

    return check


@lru_cache(maxsize=512)  # each rule asks for the same few addresses
def _broken_rules(address: str, domains: tuple[str, ...], own: frozenset[str]) -> tuple[BrokenRule, ...]:
    """Find the link rules that an address breaks; the campaign's own addresses need not be official."""
    is_own = shorten_address(address) in map(shorten_address, own)
    return tuple(found for found in find_faults(address, domains) if not (is_own and found.rule == "host"))


def _reasons(broken: BrokenRule) -> dict[str, object]:
    """Format the reason of a link rule in both languages, as values of a message.

    Which of the two names a reason has is not known before: messages show both, of which one is empty. ``found_…``
    holds a reason that repeats the address, which is not shown of files with names; ``why_…`` any other.
    """
    fault = Fault(broken.code, Place(), broken.values)
    said = "found" if "url" in broken.values or "value" in broken.values else "why"
    names = [(name, lang) for name in ("found", "why") for lang in LANGUAGES]
    return {f"{name}_{lang}": fault.reason(lang) if name == said else "" for name, lang in names}


def _web_addresses(page: FinishedPage) -> Iterator[str]:
    """Yield the addresses that a page opens: by links, fields and other annotations, and by what follows a touch.

    Those that bookmarks open are taken for the first page's.
    """
    actions = (action for annotation in page.annotations for action, _ in _actions(annotation))
    found = (read_text(action.get("/URI")) for action in actions if action.get("/S") == "/URI")
    for uri in (*found, *(page.file.bookmarked if page.number == 1 else ())):
        if uri is not None and not _DESTINATIONS.match(uri):
            yield uri


for _code, *_wanted in (
    ("K101", "syntax"),
    ("K102", "host", "ip"),
    ("K103", "https"),
    ("K104", "shortener", "lookalike", "redirect"),
    ("K105", "token", "credential", "personal"),
    ("K106", "tracking", "port", "length"),
):
    rules.page(_code, sees="links")(address_check(_web_addresses, *_wanted))


@rules.page("K107", sees="links")
def _check_action(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link opens an address or goes to a page of its own file, when it is touched, and nothing else."""
    for annotation in page.annotations:
        for action, is_touched in _actions(annotation):
            kind = str(action.get("/S", ""))[1:]
            if kind not in (_HARMLESS if is_touched else _UNASKED):
                yield Finding(values={"action": kind})


def _actions(annotation: pikepdf.Dictionary) -> Iterator[tuple[pikepdf.Dictionary, bool]]:
    """Yield the actions of an annotation and those that follow, each with whether it waits for a touch."""
    waiting = [(annotation.get("/A"), True), (annotation.get("/PA"), True)]
    occasions = entries(annotation, "/AA")
    waiting += [(occasions.get(key), False) for key in occasions.keys()]  # noqa: SIM118 – no mapping
    waiting.reverse()
    for _ in range(_MOST_ACTIONS):
        action, is_touched = waiting.pop() if waiting else (None, False)
        if isinstance(action, pikepdf.Dictionary):
            yield action, is_touched
            waiting.append((action.get("/Next"), is_touched))
        elif isinstance(action, pikepdf.Array):
            waiting += [(one, is_touched) for one in action]


@rules.page("K108", sees="links")
def _check_destination(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    for link in page.links:
        if link.uri is not None and _DESTINATIONS.match(link.uri):
            kind, _, value = link.uri.lower().partition(":")
            wanted = _MAIL if kind == "mailto" else _PHONE
            if not wanted.fullmatch(unquote(value.partition("?")[0])):
                yield Finding(values={"kind": kind})


@rules.page("K109")
def _check_shown_address(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check the address that is printed on a link, and that it is said to open."""
    for link in page.links:
        if link.uri is None:
            continue
        goal, (kind, _, mailbox) = shorten_address(link.uri), link.uri.lower().partition(":")
        texts = _SAID.findall(link.contents)  # each names the address, or but its beginning
        said = [text for text in texts if not goal.startswith(shorten_address(text.rstrip(".,;:!?)…")))]
        printed = [address for address in page.addresses if any(map(link.box.holds_middle, address.boxes))]
        for text in (*said, *(address.text for address in printed if not _leads_to(goal, address))):
            shown, host = find_host(text) or text.partition(":")[0], find_host(link.uri) or link.uri.split(":")[0]
            yield Finding(values={"shown": shown, "host": host})
        for mail, word in find_mail_addresses(page.evidence):
            is_other = kind == "mailto" and unquote(mailbox.partition("?")[0]).lower() != mail.lower()
            if is_other and link.box.holds_middle(word.box):
                yield Finding(values={"shown": mail, "host": "mailto:…"})


def _leads_to(goal: str, address: FoundAddress) -> bool:
    """Check whether a link opens an address, or one that continues it after a slash."""
    return any(goal == reading or goal.startswith((f"{reading}/", f"{reading}?")) for reading in address.readings)


# Nobody can own a domain under « example », where our own pages show a forgery (RFC 2606 §3).
_SAFE = GOVERNMENT, "example"


@rules.page("K110")
def _check_unlinked_address(page: FinishedPage, context: Context, _options: Options) -> Iterator[Finding]:
    """Check addresses without a link too, for readers type them."""
    known = {find_host(own) for own in context.addresses} | {own.rpartition("@")[2] for own in context.addresses}
    linked = {find_host(uri) for uri in _web_addresses(page)}
    for host in dict.fromkeys(find_host(address.text) for address in page.addresses):
        if host and host not in linked and not is_under(host, (*_SAFE, *context.domains, *filter(None, known))):
            yield Finding(values={"shown": host})


@rules.page("K111", sees="links")
def _check_area(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link has an area, on the page."""
    for box in (link.box for link in page.links):
        width = max(min(box.right, page.visible.right) - max(box.x, 0), 0)
        height = max(min(box.bottom, page.visible.bottom) - max(box.y, 0), 0)
        if width < _LEAST_AREA or height < _LEAST_AREA:
            yield Finding(values={"width_mm": round(to_mm(width), 1), "height_mm": round(to_mm(height), 1)})


@rules.page("K112", sees="links")
def _check_goal(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    for link in page.links:
        if link.action == "" or (link.action == "URI" and not (link.uri or "").strip()):
            yield Finding()


@rules.page("K113", sees="links")
def _check_description(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    if silent := [link for link in page.links if not link.contents.strip()]:
        yield Finding(values={"count": len(silent)})
