"""Web addresses a leaflet may print: the link rules, and how an address is shown.

A staff-room leaflet with a QR code is exactly what a phisher would forge, so an address is printed only if
its host is under ``gouv.fr`` or an académie's own domain, compared label by label. Rules named in
`OVERRIDABLE` can be set aside by the campaign, for one address and with a reason; the others never.
Nothing here goes to the network.
"""

import ipaddress
import re
from collections.abc import Iterator, Mapping
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from msgspec import Struct, field

from leaflet.campaign.hosts import is_lookalike, is_under, is_valid_host, registrable_domain, to_unicode
from leaflet.confidential import is_random, is_secret_parameter
from leaflet.faults import Place, Report

MAX_BYTES = 150  # longer addresses need a QR code with modules under 0.6 mm on the leaflet
GOVERNMENT = "gouv.fr"
OVERRIDABLE = ("https", "host", "ip", "port", "tracking", "length")
NEVER = ("syntax", "credential", "token", "shortener", "lookalike")

# Services that hide where a link goes (usual ones; the host rule refuses the rest).
SHORTENERS = (
    *("bit.ly", "bitly.com", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "v.gd", "buff.ly"),
    *("rebrand.ly", "cutt.ly", "t.ly", "tiny.cc", "lc.cx", "urlz.fr", "frama.link", "huit.re", "qr.ae"),
    *("lnkd.in", "shorturl.at", "rb.gy", "s.42l.fr", "urlr.me", "qrco.de", "l.ead.me", "1url.fr"),
)
_TRACKERS = re.compile(r"(?:utm_|mtm_|pk_|at_)\w+|fbclid|gclid|msclkid|mc_[ce]id|igshid|xtor")
_FORBIDDEN = re.compile(r"[\s\\<>\"{}|^`\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_NUMERIC_HOST = re.compile(r"(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+))*\.?")


class Finding(Struct, frozen=True, kw_only=True):
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
    """Report every link rule that `url` breaks; return the names of the rules that were set aside.

    Args:
        academy_domains: domains allowed besides ``gouv.fr``, such as ``("ac-lyon.fr",)``.
        allowed: rules the campaign sets aside for this address, with the reason of each.
        any_host: leave out the host rule, for addresses of the publisher's own.
    """
    reasons = allowed or {}
    used: set[str] = set()
    for finding in find_faults(url, academy_domains):
        if any_host and finding.rule == "host":
            continue
        if finding.rule in reasons and finding.rule in OVERRIDABLE:
            used.add(finding.rule)
            report.add("L120", place, rule=finding.rule, url=_shown(url), reason=reasons[finding.rule])
        else:
            report.add(finding.code, place, **finding.values)
    return frozenset(used)


def find_faults(url: str, academy_domains: tuple[str, ...] = ()) -> list[Finding]:
    """Every rule that `url` breaks, in the order a reader meets them in the address."""
    if match := _FORBIDDEN.search(url):
        return [
            Finding(rule="syntax", code="L102", values={"url": _shown(url), "character": f"U+{ord(match[0]):04X}"})
        ]
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return [Finding(rule="syntax", code="L101", values={"url": _shown(url)})]
    if parts.scheme not in ("http", "https") or not host:
        code = "L104" if parts.scheme and parts.scheme not in ("http", "https") else "L101"
        return [Finding(rule="syntax", code=code, values={"url": _shown(url), "scheme": parts.scheme})]
    return [
        *_scheme_faults(parts),
        *_authority_faults(parts, host),
        *_host_faults(host, academy_domains),
        *_query_faults(parts, host),
        *_length_faults(url),
    ]


def display_parts(url: str) -> DisplayParts:
    """`url` cut around its registrable domain, which the leaflet prints in bold."""
    host = urlsplit(url).hostname or ""
    domain = registrable_domain(host)
    # the authority ends at the first slash; the domain is the end of the host in it
    start = url.find("//") + 2 if "//" in url else 0
    end = url.lower().find(host, start) + len(host)
    cut = max(0, end - len(domain))
    return DisplayParts(before=url[:cut], domain=url[cut:end], after=url[end:])


def _scheme_faults(parts: SplitResult) -> Iterator[Finding]:
    if parts.scheme == "http":
        shown = f"{parts.netloc.rpartition('@')[2]}{parts.path}"
        values: dict[str, object] = {"url": f"http://{shown}", "proposal": f"https://{shown}"}
        yield Finding(rule="https", code="L103", values=values)


def _authority_faults(parts: SplitResult, host: str) -> Iterator[Finding]:
    if "@" in parts.netloc:
        yield Finding(rule="credential", code="L105", values={"host": host})
    try:
        port = parts.port
    except ValueError:
        yield Finding(rule="syntax", code="L107", values={"value": parts.netloc.rpartition(":")[2]})
        return
    if port is not None or parts.netloc.endswith(":"):
        yield Finding(rule="port", code="L106", values={"port": "" if port is None else port, "host": host})


def _host_faults(host: str, academy_domains: tuple[str, ...]) -> Iterator[Finding]:
    allowed = (GOVERNMENT, *academy_domains)
    named: dict[str, object] = {"host": host, "allowed": ", ".join(("*.gouv.fr", *academy_domains))}
    if _is_ip(host):
        yield Finding(rule="ip", code="L108", values=named)
    elif is_lookalike(host):
        yield Finding(rule="lookalike", code="L111", values={**named, "shown": _spelled(host)})
    elif not is_valid_host(host):
        yield Finding(rule="syntax", code="L109", values=named)
    elif is_under(host, SHORTENERS):
        yield Finding(rule="shortener", code="L113", values=named)
    elif not is_under(host, allowed):
        yield Finding(rule="host", code="L110", values=named)


def _query_faults(parts: SplitResult, host: str) -> Iterator[Finding]:
    for name, value in _pairs(parts):
        if is_secret_parameter(name):
            yield Finding(rule="token", code="L114", values={"name": name, "host": host})
        elif _TRACKERS.fullmatch(name.lower()):
            yield Finding(rule="tracking", code="L116", values={"name": name, "host": host})
        elif is_random(value):
            yield Finding(rule="token", code="L115", values={"host": host})
    if any(is_random(unquote(part)) for part in re.split(r"[/;]", parts.path)):
        yield Finding(rule="token", code="L115", values={"host": host})


def _pairs(parts: SplitResult) -> list[tuple[str, str]]:
    """Names and values after ``?``, ``#`` and ``;``, where tokens travel."""
    after_semicolons = "&".join(parts.path.split(";")[1:])
    texts = (
        parts.query.replace(";", "&"),
        parts.fragment.partition("?")[2] or parts.fragment,
        after_semicolons,
    )
    # twice unquoted: a name written %2574oken is read as « token » by the second server it meets
    return [
        (unquote(name), unquote(value)) for text in texts for name, value in parse_qsl(text, keep_blank_values=True)
    ]


def _length_faults(url: str) -> Iterator[Finding]:
    length = len(url.encode("utf-8", "surrogatepass"))
    if length > MAX_BYTES:
        yield Finding(rule="length", code="L117", values={"length": length, "allowed": MAX_BYTES})


def _is_ip(host: str) -> bool:
    """Whether `host` is an address in numbers, in any spelling browsers accept (``0x7f.1``)."""
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return _NUMERIC_HOST.fullmatch(host) is not None
    return True


def _spelled(host: str) -> str:
    """The host with each foreign letter as its code point, so that the reader sees what the eye cannot."""
    return "".join(c if c.isascii() else f"[U+{ord(c):04X}]" for c in to_unicode(host))


def _shown(url: str) -> str:
    """The address up to its query and without credentials: a message must not repeat a token."""
    start = re.split(r"[?#;]", url, maxsplit=1)[0]
    scheme, slashes, rest = start.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"
