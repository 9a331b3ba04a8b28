"""Web addresses a leaflet may print: the link rules, and how an address is shown.

A staff-room leaflet with a QR code is exactly what a phisher would forge, so an address is printed only if
its host is under ``gouv.fr`` or an académie's own domain, compared label by label. Rules named in
`OVERRIDABLE` can be set aside by the campaign, for one address and with a reason; the others never.
Nothing here goes to the network. Hosts are compared by whole labels: ``evilac-lyon.fr`` and ``ac-lyon.fr.evil.com``
are not ``ac-lyon.fr``. They are valid after IDNA 2008.
"""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import idna
from msgspec import Struct, field

from leaflet.campaign.election import program_profiles
from leaflet.confidential import is_random, is_secret_parameter
from leaflet.faults import LANGUAGES, Place, Report, quoted
from leaflet.files.words import NO_HINT, in_both, say_part
from leaflet.program import own_table

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList


_OF_THE_STATE = re.compile(r"(?:.*\.)?([^.]+\.gouv\.fr|ac-[^.]+\.fr)", re.IGNORECASE)
# The ministries' own domains; https://www.education.gouv.fr/ and its sister sites, read 2026-11-26.
MINISTRIES = ("education.gouv.fr", "enseignementsup-recherche.gouv.fr", "fonction-publique.gouv.fr")


def registrable_domain(host: str) -> str:
    """Return the part of a host that somebody owns, to check by eye: one label more than a public suffix."""
    if found := _OF_THE_STATE.fullmatch(host):
        return found[1]
    return _suffixes(host.rpartition(".")[2].lower()).privatesuffix(host, keep_case=True) or host


@cache
def _suffixes(last: str) -> "PublicSuffixList":
    """Return the public suffixes that end with a label; those of the world take as long to load as a page to make."""
    from publicsuffixlist import PSLFILE, PublicSuffixList  # most leaflets have no other addresses than the State's

    with open(PSLFILE, "rb") as file:  # noqa: PTH123
        return PublicSuffixList(re.findall(rf"^(?:\S*\.)?{re.escape(last)}$".encode(), file.read(), re.MULTILINE))


@cache
def portal_hosts() -> frozenset[str]:
    """Return the hosts of the voting portals that the election profiles name."""
    facts = (profile.facts.get("links.portal") for profile in program_profiles())
    return frozenset(urlsplit(str(fact.value)).hostname or "" for fact in facts if fact is not None)


def find_meant_host(host: str, domains: Iterable[str]) -> str | None:
    """Return the official name, of a ministry or one of `domains`, that a host is one slip away from; or None."""
    official = {*MINISTRIES, *domains, *map(registrable_domain, portal_hosts())}
    domain = registrable_domain(host)
    if domain not in official:
        return next((name for name in sorted(official) if is_one_slip(domain, name)), None)
    portals = portal_hosts()
    return None if host in portals else next((name for name in sorted(portals) if is_one_slip(host, name)), None)


def is_one_slip(typed: str, meant: str) -> bool:
    """Check for one letter more, less or other, or two swapped; digits may differ, as years in names of hosts do."""
    if typed == meant:
        return False
    short, long = sorted((typed, meant), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return not long[start].isdigit() and short[start:] == long[start + 1 :]
    if short[start + 1 :] == long[start + 1 :]:
        return not (short[start].isdigit() or long[start].isdigit())
    return short[start : start + 2] == long[start : start + 2][::-1] and short[start + 2 :] == long[start + 2 :]


MAX_BYTES = 150  # longer addresses need a QR code with modules under 0.6 mm on the leaflet
EMBEDDED = re.compile(r"https?://\S+", re.IGNORECASE)  # an address in a text
CLOSING = ".,;:!?)]»’'\u00a0\u202f"  # what belongs to the text where it stands after an address
GOVERNMENT = "gouv.fr"
OVERRIDABLE = ("https", "host", "ip", "port", "redirect", "tracking", "length")
NEVER = ("syntax", "credential", "personal", "token", "shortener", "lookalike")

_LISTS: dict[str, str] = own_table("links.toml")
SHORTENERS = tuple(_LISTS["shorteners"].split())
_UUID = re.compile(r"(?<![0-9a-f])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9a-f])", re.IGNORECASE)
_TRACKERS = re.compile(r"(?:utm_|mtm_|pk_|at_)\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid|xtor")
_FORBIDDEN = re.compile(r"[\s\\<>\"{}|^`\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_BROKEN_ESCAPE = re.compile(r"%(?![0-9a-fA-F]{2})")
_OTHER_SITE = re.compile(r"//|^/@|/(?:https?:|www\.)", re.IGNORECASE)  # in a path, or what programs take for one
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|\\|www\.", re.IGNORECASE)  # how an address of another site begins
_LEADS_ON = frozenset(_LISTS["leads_on"].split())
_HOST_NAME = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:[/:?#].*)?", re.IGNORECASE | re.DOTALL)
_DOTS = re.compile(r"(?:^|[/\\])\.\.?(?:[/\\;]|$)")  # a step to the folder above, or to the same
_OF_A_SITE = 2  # dots in the name of a ministry's site, such as education.gouv.fr
_OF_A_VOTE = re.compile("vot|elect|scrutin|urne")
_YEAR = re.compile(r"(?<!\d)20[0-4]\d(?!\d)")
_PERSONAL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*\.?")

# What the names of characters begin with, as a message calls their alphabets.
_ALPHABETS = {"LATIN": "latin", "COMBINING": "latin", "CYRILLIC": "cyrillic", "GREEK": "greek"}
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_MAX_HOST = 253  # characters, RFC 1035
# Latin letters that NFKD leaves alone and that a hurried reader takes for the plain one.
_PLAIN = str.maketrans({"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ɡ": "g", "ɑ": "a", "ſ": "s"})


class BrokenRule(Struct, frozen=True, kw_only=True):
    """One rule an address breaks: rule name, fault code, and the values its message names."""

    rule: str
    code: str
    values: dict[str, object] = field(default_factory=dict)


class DisplayParts(Struct, frozen=True, kw_only=True):
    """An address in three parts; joined they are the address. `domain` is what the reader must check."""

    before: str
    domain: str
    after: str


def check_link(
    url: str,
    *,
    place: Place,
    report: Report,
    academy_domains: tuple[str, ...] = (),
    allowed: Mapping[str, str] | None = None,
    any_host: bool = False,
) -> frozenset[str]:
    """Report every link rule that `url` breaks; return the names of the rules that were set aside, each with a note.

    Domains of académies are allowed besides ``gouv.fr``; `allowed` are the rules that the campaign sets aside for
    this address, each with its reason. With `any_host` the host rule is left out, for the publisher's own addresses.
    """
    reasons = allowed or {}
    used: set[str] = set()
    for finding in find_faults(url, academy_domains):
        if any_host and finding.rule == "host":
            continue
        if finding.rule in reasons and finding.rule in OVERRIDABLE:
            used.add(finding.rule)
            report.add("L120", place, rule=finding.rule, url=shown_address(url), reason=reasons[finding.rule])
        else:
            report.add(finding.code, place, **finding.values)
    return frozenset(used)


def is_government(url: str) -> bool:
    """Tell whether an address is on a site of the State."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:  # it breaks a rule
        return False
    return host.endswith(f".{GOVERNMENT}")


def find_doubts(url: str, year: int) -> list[BrokenRule]:
    """Return why an address may not be the portal of a vote: it is a ministry's home page, or of another year."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # it breaks a rule
        return []
    found: list[BrokenRule] = []
    is_home = not parts.path.strip("/") and not parts.query and is_government(url) and host.count(".") == _OF_A_SITE
    if is_home and not _OF_A_VOTE.search(host):
        found.append(BrokenRule(rule="home", code="L122", values={"host": host}))
    years = {int(text) for text in _YEAR.findall(host + parts.path)} - {year}
    if years:
        found.append(BrokenRule(rule="year", code="L123", values={"year": year, "other": max(years)}))
    return found


def find_faults(url: str, academy_domains: tuple[str, ...] = ()) -> list[BrokenRule]:
    """Return every rule that `url` breaks, in the order of the address."""
    if match := _FORBIDDEN.search(url):
        return [BrokenRule(rule="syntax", code="L102", values={"url": shown_address(url), **_named(match[0])})]
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return [BrokenRule(rule="syntax", code="L101", values={"url": shown_address(url)})]
    if parts.scheme not in ("http", "https") or not host:
        code = "L104" if parts.scheme and parts.scheme not in ("http", "https") else "L101"
        return [BrokenRule(rule="syntax", code=code, values={"url": shown_address(url), "scheme": parts.scheme})]
    length = len(url.encode("utf-8", "surrogatepass"))
    values: dict[str, object] = {"length": length, "allowed": MAX_BYTES}
    return [
        *_authority_faults(parts, host),
        *_host_faults(host, academy_domains),
        *_path_faults(parts, url, host),
        *_query_faults(parts, host),
        *([BrokenRule(rule="length", code="L117", values=values)] if length > MAX_BYTES else []),
    ]


def display_parts(url: str) -> DisplayParts:
    """Return `url` cut around its registrable domain, which the leaflet prints in bold."""
    host = urlsplit(url).hostname or ""
    # the authority ends at the first slash; the domain is the end of the host in it
    start = url.find("//") + 2 if "//" in url else 0
    end = url.lower().find(host, start) + len(host)
    cut = max(0, end - len(registrable_domain(host)))
    return DisplayParts(before=url[:cut], domain=url[cut:end], after=url[end:])


def is_under(host: str, domains: Iterable[str]) -> bool:
    """Check whether `host` is one of `domains` or has one of them as its last labels."""
    labels = host.lower().split(".")
    return any(labels[-len(wanted) :] == wanted for wanted in (d.lower().split(".") for d in domains))


def is_valid_host(host: str) -> bool:
    """Check whether `host` is a full public name: two labels or more, no dot at the end."""
    ascii_host = to_ascii(host)
    if ascii_host is None or len(ascii_host) > _MAX_HOST:
        return False
    labels = ascii_host.split(".")
    return len(labels) > 1 and all(_LABEL.fullmatch(label) for label in labels) and not labels[-1].isdigit()


def to_ascii(host: str) -> str | None:
    """Return `host` as the DNS has it (``xn--…`` for accented labels), or None if IDNA 2008 refuses it."""
    lowered = host.lower()
    if lowered.isascii() and "xn--" not in lowered:
        return lowered
    try:
        return idna.encode(idna.decode(lowered)).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return None


def to_unicode(host: str) -> str:
    """Return `host` as a browser shows it: ``xn--`` labels decoded where they can be."""
    return ".".join(_shown_label(label) for label in host.lower().split("."))


def is_lookalike(host: str) -> bool:
    """Check whether `host`, as shown, holds letters that pass for others.

    Letters outside the Latin script, letters with a compatibility form (full width), and Latin letters
    that stand for a plain one in a name of the administration (``ac-lyón.fr``, ``éducation.gouv.fr``).
    """
    shown = to_unicode(host)
    if shown.isascii():
        return False
    if unicodedata.normalize("NFKC", shown) != unicodedata.normalize("NFC", shown):
        return True
    names = {c: unicodedata.name(c, "") for c in shown if not c.isascii()}
    is_latin = all(name.startswith("LATIN ") or unicodedata.combining(c) for c, name in names.items())
    return not is_latin or _is_official(shown)


def _authority_faults(parts: SplitResult, host: str) -> Iterator[BrokenRule]:
    if parts.scheme == "http":
        shown = f"{parts.netloc.rpartition('@')[2]}{parts.path}"
        values: dict[str, object] = {"url": f"http://{shown}", "proposal": f"https://{shown}"}
        yield BrokenRule(rule="https", code="L103", values=values)
    if "@" in parts.netloc:
        yield BrokenRule(rule="credential", code="L105", values={"host": host})
    try:
        port = parts.port
    except ValueError:
        yield BrokenRule(rule="syntax", code="L107", values={"value": parts.netloc.rpartition(":")[2]})
        return
    if port is not None or parts.netloc.endswith(":"):
        yield BrokenRule(rule="port", code="L106", values={"port": "" if port is None else port, "host": host})


def _host_faults(host: str, academy_domains: tuple[str, ...]) -> Iterator[BrokenRule]:
    allowed = (GOVERNMENT, *academy_domains)
    named: dict[str, object] = {"host": host, "allowed": ", ".join(("*.gouv.fr", *academy_domains))}
    if _is_ip(host):
        yield BrokenRule(rule="ip", code="L108", values=named)
    elif is_lookalike(host):
        # each foreign letter as its code point, so that the reader sees what the eye cannot
        spelled = "".join(c if c.isascii() else f"[U+{ord(c):04X}]" for c in to_unicode(host))
        yield BrokenRule(rule="lookalike", code="L111", values={**named, "shown": spelled, **_imitations(host)})
    elif not is_valid_host(host):
        hint = in_both("hint", "dot_after_host") if host.endswith(".") else NO_HINT
        yield BrokenRule(rule="syntax", code="L109", values={**named, **hint})
    elif is_under(host, SHORTENERS):
        yield BrokenRule(rule="shortener", code="L113", values=named)
    elif (meant := find_meant_host(host, academy_domains)) is not None:
        yield BrokenRule(rule="host", code="L118", values={"host": host, "meant": meant})
    elif not is_under(host, allowed):
        yield BrokenRule(rule="host", code="L110", values=named)


def _path_faults(parts: SplitResult, url: str, host: str) -> Iterator[BrokenRule]:
    """Yield what is wrong after the host: escapes, another site's address, somebody's own address."""
    rest = unquote(unquote(url[url.index(parts.netloc) + len(parts.netloc) :]))
    if _BROKEN_ESCAPE.search(url):
        yield BrokenRule(rule="syntax", code="L101", values={"url": shown_address(url)})
    elif match := _FORBIDDEN.search(rest.replace(" ", "")):
        yield BrokenRule(rule="syntax", code="L102", values={"url": shown_address(url), **_named(match[0])})
    if _PERSONAL.search(rest):
        yield BrokenRule(rule="personal", code="L131", values={"host": host})
    path = unquote(unquote(parts.path))
    if _DOTS.search(path) or any(map(_DOTS.search, chain.from_iterable(_pairs(parts)))):
        yield BrokenRule(rule="syntax", code="L132", values={"url": shown_address(url)})
    elif _OTHER_SITE.search(path) or any(_leads_on(name, value) for name, value in _pairs(parts)):
        yield BrokenRule(rule="redirect", code="L130", values={"host": host})


def _leads_on(name: str, value: str) -> bool:
    """Check whether a parameter names another site; a name that says so may have a host without its scheme."""
    if _ELSEWHERE.match(value) or (_ELSEWHERE.match(name) and not value):
        return True
    return name.lower().replace("_", "").replace("-", "") in _LEADS_ON and _HOST_NAME.fullmatch(value) is not None


def _query_faults(parts: SplitResult, host: str) -> Iterator[BrokenRule]:
    for name, value in _pairs(parts):
        if is_secret_parameter(name):
            yield BrokenRule(rule="token", code="L114", values={"name": name, "host": host})
        elif _TRACKERS.fullmatch(name.lower()):
            yield BrokenRule(rule="tracking", code="L116", values={"name": name, "host": host})
        elif _is_key(value):
            yield BrokenRule(rule="token", code="L115", values={"host": host})
    if any(_is_key(unquote(part)) for part in re.split(r"[/;]", parts.path)):
        yield BrokenRule(rule="token", code="L115", values={"host": host})


def _is_key(text: str) -> bool:
    """Check for what names one person or one moment: many signs without a word, or a UUID."""
    return is_random(text) or _UUID.search(text) is not None


def _pairs(parts: SplitResult) -> list[tuple[str, str]]:
    """Return names and values after ``?``, ``#`` and ``;``, where tokens travel."""
    after_semicolons = "&".join(parts.path.split(";")[1:])
    texts = (parts.query.replace(";", "&"), parts.fragment.partition("?")[2] or parts.fragment, after_semicolons)
    # twice unquoted: a name written %2574oken is read as « token » by the second server it meets
    return [
        (unquote(name), unquote(value)) for text in texts for name, value in parse_qsl(text, keep_blank_values=True)
    ]


def _is_ip(host: str) -> bool:
    """Check whether `host` is an address in numbers, in any spelling browsers accept (``0x7f.1``)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return _NUMERIC_HOST.fullmatch(host) is not None
    return True


def _named(character: str) -> dict[str, object]:
    """Return a character that no address has, as the values of a message."""
    if character.isprintable() and not character.isspace():
        return {f"character_{lang}": quoted(character, lang) for lang in LANGUAGES}
    return dict(in_both("character", "a_space" if character.isspace() else "character_unseen"))


def _imitations(host: str) -> dict[str, object]:
    """Return the letters of a host that imitate others, each with its alphabet, as the values of a message."""
    letters = dict.fromkeys(c for c in to_unicode(host) if not c.isascii())
    said = {c: f"alphabet_{_ALPHABETS.get(unicodedata.name(c, '').split(' ')[0], 'other')}" for c in letters}
    return {
        f"letters_{lang}": ", ".join(quoted(c, lang) + say_part(key, lang) for c, key in said.items())
        for lang in LANGUAGES
    }


def shown_address(url: str) -> str:
    """Return the address up to its query and without credentials: a message must not repeat a token."""
    start = re.split(r"[?#;]", url, maxsplit=1)[0]
    scheme, slashes, rest = start.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"


def _shown_label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _is_official(host: str) -> bool:
    """Check whether a name would be one of the administration's without accents: ``….gouv.fr``, ``….ac-….fr``."""
    opened = unicodedata.normalize("NFKD", host.translate(_PLAIN))
    labels = "".join(c for c in opened if not unicodedata.combining(c)).split(".")
    return labels[-2:] == ["gouv", "fr"] or (len(labels) > 1 and labels[-2].startswith("ac-"))
