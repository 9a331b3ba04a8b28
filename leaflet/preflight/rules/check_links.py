"""Rules for links: where they lead, what they show, and addresses in print that are no links.

Which address may be printed at all is known by `leaflet.campaign.links`; here each kind of its findings has a code.
"""

import re
from collections.abc import Iterator
from functools import lru_cache, partial
from urllib.parse import unquote

import pikepdf

from leaflet.campaign.links import GOVERNMENT, BrokenRule, find_faults, is_under
from leaflet.faults import LANGUAGES, Fault, Place
from leaflet.geometry import Box, mm, to_mm
from leaflet.preflight.pdf.evidence import FoundLink
from leaflet.preflight.pdf.finished_file import FinishedPage, read_text
from leaflet.preflight.pdf.web_addresses import FoundAddress, find_host, find_mail_addresses, shorten_address
from leaflet.preflight.rule import Context, Finding, Options, PageCheck, Rule

_SOURCE = "leaflet.campaign.links; phishing alerts of the académies"
_HARMLESS = frozenset({"", "URI", "GoTo", "Named"})
_UNASKED = frozenset({"", "GoTo"})  # what may be done on other events than a touch
_SAID = re.compile(r"https?://[^\s<>«»“”\"]+")
_DESTINATIONS = re.compile(r"(?:mailto|tel):", re.IGNORECASE)
_MAIL = re.compile(r"[\w.+'-]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_PHONE = re.compile(r"\+?[\d(][\d ().-]{2,22}")
_MOST_ACTIONS = 100  # of one annotation: a file may make them a circle
_LEAST_AREA = mm(1)  # side of a link that a finger or a mouse can meet


def broken_rules(address: str, context: Context) -> tuple[BrokenRule, ...]:
    """Find the link rules that an address breaks; the campaign's own addresses need not be official."""
    return _broken_rules(address, context.domains, context.addresses)


@lru_cache(maxsize=512)  # each rule asks for the same few addresses
def _broken_rules(address: str, domains: tuple[str, ...], own: frozenset[str]) -> tuple[BrokenRule, ...]:
    found = find_faults(address, domains)
    if shorten_address(address) in map(shorten_address, own):
        return tuple(broken for broken in found if broken.rule != "host")
    return tuple(found)


def reasons(broken: BrokenRule) -> dict[str, object]:
    """Format the reason of a link rule in both languages, as values of a message.

    Which of the two names a reason has is not known before: messages show both, of which one is empty.

    Returns:
        ``found_…`` holds a reason that repeats the address, which is not shown of files with names; ``why_…`` any
        other.
    """
    fault = Fault(broken.code, Place(), broken.values)
    is_repeated = "url" in broken.values or "value" in broken.values
    texts = {lang: fault.reason(lang) for lang in LANGUAGES}
    found: dict[str, object] = {f"found_{lang}": text if is_repeated else "" for lang, text in texts.items()}
    return found | {f"why_{lang}": "" if is_repeated else text for lang, text in texts.items()}


def _web_addresses(page: FinishedPage) -> Iterator[str]:
    """Yield the addresses that a page opens: by links, fields and other annotations, and by what follows a touch.

    Those that bookmarks open are taken for the first page's.
    """
    actions = (action for annotation in page.annotations for action, _ in _actions(annotation))
    found = (read_text(action.get("/URI")) for action in actions if action.get("/S") == "/URI")
    for uri in (*found, *(page.file.carried.addresses if page.number == 1 else ())):
        if uri is not None and not _DESTINATIONS.match(uri):
            yield uri


def check_address(
    page: FinishedPage, context: Context, _options: Options, *, rules: frozenset[str]
) -> Iterator[Finding]:
    """Check that no address of a link breaks one of these link rules, and report each address once a page."""
    for uri in dict.fromkeys(_web_addresses(page)):
        for broken in broken_rules(uri, context):
            if broken.rule in rules:
                yield Finding(values=reasons(broken))


def check_action(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link opens an address or goes to a page of its own file, when it is touched, and nothing else."""
    for annotation in page.annotations:
        for action, is_touched in _actions(annotation):
            kind = str(action.get("/S", ""))[1:]
            if kind not in (_HARMLESS if is_touched else _UNASKED):
                yield Finding(values={"action": kind})


def _actions(annotation: pikepdf.Dictionary) -> Iterator[tuple[pikepdf.Dictionary, bool]]:
    """Yield the actions of an annotation and those that follow, each with whether it waits for a touch."""
    waiting = [(annotation.get("/A"), True), (annotation.get("/PA"), True)]
    occasions = annotation.get("/AA")
    if isinstance(occasions, pikepdf.Dictionary):
        waiting += [(occasions.get(key), False) for key in occasions.keys()]  # noqa: SIM118 – no mapping
    waiting.reverse()
    for _ in range(_MOST_ACTIONS):
        action, is_touched = waiting.pop() if waiting else (None, False)
        if isinstance(action, pikepdf.Dictionary):
            yield action, is_touched
            waiting.append((action.get("/Next"), is_touched))
        elif isinstance(action, pikepdf.Array):
            waiting += [(one, is_touched) for one in action]


def check_destination(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a mail address or telephone number of a link is valid."""
    for link in page.links:
        if link.uri is None or not _DESTINATIONS.match(link.uri):
            continue
        kind, _, value = link.uri.partition(":")
        wanted = _MAIL if kind.lower() == "mailto" else _PHONE
        if not wanted.fullmatch(unquote(value.partition("?")[0])):
            yield Finding(values={"kind": kind.lower()})


def check_shown_address(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link opens the address that is printed on it, and that it is said to open."""
    if not page.links:
        return
    for link in page.links:
        if link.uri is None:
            continue
        for said in _SAID.findall(link.contents):
            if not _is_same(said, link.uri):
                yield Finding(values={"shown": _host(said), "host": find_host(link.uri) or link.uri.split(":")[0]})
        for address in page.addresses:
            if any(covers(link.box, box) for box in address.boxes) and not _leads_to(link.uri, address):
                yield Finding(
                    values={"shown": _host(address.text), "host": find_host(link.uri) or link.uri.split(":")[0]}
                )
        for mail, word in find_mail_addresses(page.evidence):
            if covers(link.box, word.box) and _is_other_mail(link.uri, mail):
                yield Finding(values={"shown": mail, "host": "mailto:…"})


def covers(area: Box, box: Box) -> bool:
    """Check whether the middle of a box lies in an area."""
    x, y = box.x + box.width // 2, box.y + box.height // 2
    return area.x <= x <= area.right and area.y <= y <= area.bottom


def _leads_to(uri: str, address: FoundAddress) -> bool:
    """Check whether a link opens an address, or one that continues it after a slash."""
    goal = shorten_address(uri)
    return any(goal == reading or goal.startswith((f"{reading}/", f"{reading}?")) for reading in address.readings)


def _is_same(said: str, uri: str) -> bool:
    """Check whether a description names the address of a link, or the beginning of it."""
    return shorten_address(uri).startswith(shorten_address(said.rstrip(".,;:!?)…")))


def _is_other_mail(uri: str, mail: str) -> bool:
    kind, _, value = uri.partition(":")
    return kind.lower() == "mailto" and unquote(value.partition("?")[0]).lower() != mail.lower()


def _host(address: str) -> str:
    return find_host(address) or address.partition(":")[0]


def check_unlinked_address(page: FinishedPage, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a printed address without a link is official too, for readers type it."""
    known = {find_host(own) for own in context.addresses} | {own.rpartition("@")[2] for own in context.addresses}
    linked = {find_host(uri) for uri in _web_addresses(page)}
    hosts = dict.fromkeys(find_host(address.text) for address in page.addresses)
    for host in hosts:
        if host and host not in linked and not is_under(host, (GOVERNMENT, *context.domains, *filter(None, known))):
            yield Finding(values={"shown": host})


def check_area(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link has an area, on the page."""
    for link in page.links:
        width, height = _seen(link.box, page.visible)
        if width < _LEAST_AREA or height < _LEAST_AREA:
            yield Finding(values={"width_mm": round(to_mm(width), 1), "height_mm": round(to_mm(height), 1)})


def _seen(box: Box, page: Box) -> tuple[int, int]:
    width, height = min(box.right, page.right) - max(box.x, 0), min(box.bottom, page.bottom) - max(box.y, 0)
    return max(width, 0), max(height, 0)


def check_goal(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link leads somewhere."""
    for link in page.links:
        if link.action == "" or (link.action == "URI" and not (link.uri or "").strip()):
            yield Finding()


def check_description(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a link has a description for those who do not see it."""
    silent: list[FoundLink] = [link for link in page.links if not link.contents.strip()]
    if silent:
        yield Finding(values={"count": len(silent)})


def _by_rules(*rules: str) -> PageCheck:
    return partial(check_address, rules=frozenset(rules))


def _link_rule(code: str, name: str, source: str, page: PageCheck) -> Rule:
    return Rule(code=code, family="links", name=name, source=source, page=page)


RULES = (
    _link_rule("K101", "a link is a valid address", "RFC 3986, IDNA 2008", _by_rules("syntax")),
    _link_rule("K102", "a link leads to an official site", _SOURCE, _by_rules("host", "ip")),
    _link_rule("K103", "a link is encrypted", "ANSSI, RGS: https", _by_rules("https")),
    _link_rule(
        "K104", "a link does not hide where it leads", _SOURCE, _by_rules("shortener", "lookalike", "redirect")
    ),
    _link_rule("K105", "a link carries no personal key", _SOURCE, _by_rules("token", "credential", "personal")),
    _link_rule("K106", "a link is short and follows nobody", _SOURCE, _by_rules("tracking", "port", "length")),
    _link_rule("K107", "touching the page runs nothing", "ISO 32000-1 §12.6.4; ISO 19005-2 §6.5.1", check_action),
    _link_rule("K108", "a mail address or number of a link can be one", "RFC 6068, RFC 3966", check_destination),
    _link_rule("K109", "the address one reads is the one that opens", _SOURCE, check_shown_address),
    _link_rule("K110", "an address in print is official", _SOURCE, check_unlinked_address),
    _link_rule("K111", "a link can be touched", "ISO 32000-1 §12.5.6.5", check_area),
    _link_rule("K112", "a link leads somewhere", "ISO 32000-1 §12.5.6.5", check_goal),
    _link_rule("K113", "a link is described", "ISO 14289-1 §7.18.5", check_description),
)
