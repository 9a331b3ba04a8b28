"""Format values for templates: French dates and hours, addresses as links."""

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from functools import lru_cache, partial
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from leaflet.campaign.dates import calendar_of
from leaflet.campaign.links import GOVERNMENT, display_parts, is_under
from leaflet.faults import NBSP
from leaflet.markup.sandbox import SPACING
from leaflet.program import own_table
from leaflet.tables.person_names import JOINED
from leaflet.text import apostrophes

_SCHEME, _WWW = "https://", "www."
_LINK = Markup('<a href="{}">{}<strong>{}</strong>{}</a>')
_LARGE_LINE = 24  # characters that a card has room for in 16 pt
_SHORT_HOST = 34  # characters; of a longer host a forgery shows the end alone
_IN_FULL = re.compile(r"\b[^(),;]+ \(([A-Z][^()]*)\)")
_PARTICLE = re.compile(rf"\b((?i:{'|'.join(sorted(JOINED))})) (?=\w)")
_FEMININE = frozenset(own_table("nouns.toml")["feminine"])
_GENDER = re.compile("une? ", re.IGNORECASE)
_ADDRESS, _PASSWORD = (re.compile(names, re.IGNORECASE) for names in ("adresse|address", "passe|password"))
_VOWEL = re.compile("[aeiouyàâéèêëîïôûœh]", re.IGNORECASE)
_VALUES = 512  # formatted values kept a filter: a few an académie


def capital(text: str) -> str:
    """Return `text` with its first letter in upper case, the rest as it is."""
    return text[:1].upper() + text[1:]


def noun(text: str) -> str:
    """Return what something is called without the article that tells its gender: of « un courrier » « courrier »."""
    return text[found.end() :] if (found := _GENDER.match(text)) else text


def is_feminine(text: str) -> bool:
    """Tell whether what something is called is feminine, by its article or its first word."""
    return text.partition(" ")[0].lower() in _FEMININE


def is_address(text: str) -> bool:
    """Tell whether a label or a login is that of an e-mail address: « adresse pro », “work address”."""
    return _ADDRESS.search(text) is not None


def is_password(text: str) -> bool:
    """Tell whether a label is that of a password: « mot de passe », “password”."""
    return _PASSWORD.search(text) is not None


def my(text: str) -> str:
    """Return « ma » or « mon », as it stands before what something is called."""
    return "ma" if is_feminine(text) and not _VOWEL.match(noun(text)) else "mon"


def with_article(text: str) -> str:
    """Return what something is called with its article: « la notice de vote », « l’enveloppe »."""
    plain = noun(text)
    return f"l’{plain}" if _VOWEL.match(plain) else f"{'la' if is_feminine(text) else 'le'} {plain}"


def name(text: str) -> str:
    """Return a person's name whose particles end no line: a no-break space follows each."""
    return _PARTICLE.sub(rf"\1{NBSP}", text)


def address(url: str) -> Markup:
    """Return the address as one types it, as a link, the domain a reader must check in bold."""
    parts = display_parts(url)
    return _LINK.format(url, parts.before.removeprefix(_SCHEME), parts.domain, parts.after.removesuffix("/"))


def typed(url: str) -> str:
    """Return the address as one types it, without scheme or final slash, as plain text."""
    return url.removeprefix(_SCHEME).removesuffix("/")


def iso(when: date | time) -> str:
    """Return a date or an hour as programs read it: « 2018-11-29 », « 17:30:00 »."""
    return when.isoformat()


def site_name(url: str) -> Markup:
    """Return the host of an address, the name a reader checks before the first slash, as a link.

    A « www. », which says nothing of whose site it is, is left out, as in the address bars of most browsers.
    """
    parts = display_parts(f"{_SCHEME}{(urlsplit(url).hostname or '').removeprefix(_WWW)}")
    return _LINK.format(url, parts.before.removeprefix(_SCHEME), parts.domain, "")


def site_lines(url: str) -> Markup:
    """Return the host of an address on two lines, for large type which no line has room for all of it in.

    A « www. » is left out, as by `site_name`. The link is broken after a hyphen of the host; it is empty if there is
    none that makes both lines short enough.
    """
    return _host_lines(url, (urlsplit(url).hostname or "").removeprefix(_WWW))


def _host_lines(url: str, host: str, path: Markup | str = "") -> Markup:
    """Return a host on two lines, and a path under them; empty if no hyphen makes both lines short enough."""
    parts = display_parts(f"{_SCHEME}{host}")
    before = parts.before.removeprefix(_SCHEME)
    for hyphen in re.finditer("-", parts.domain):
        start, end = parts.domain[: hyphen.end()], parts.domain[hyphen.end() :]
        if max(len(before + start), len(end)) <= _LARGE_LINE:
            after = Markup("/<br/>{}").format(path) if path else ""
            return Markup('<a href="{}">{}<strong>{}<br/>{}</strong>{}</a>').format(url, before, start, end, after)
    return Markup("")


def sigles(text: str) -> str:
    """Return names in short: of « commission administrative paritaire (CAP) » what stands in the brackets."""
    return _IN_FULL.sub(r"\1", text)


def address_lines(url: str) -> Markup:
    """Return a long address as `address` does, for large type: its host on two lines, its path under it.

    So no « www. » is alone on a line. A host that is not to be broken stays whole. A long path is on two lines.
    """
    path = Markup(escape(display_parts(url).after.strip("/")))
    slashes = [slash.end() for slash in re.finditer("/", path)]
    if len(path) > _LARGE_LINE and slashes:
        cut = min(slashes, key=lambda at: max(at, len(path) - at))
        path = Markup("{}<br/>{}").format(path[:cut], path[cut:])
    return _host_lines(url, urlsplit(url).hostname or "", path) or address(url)


def fake_site(url: str, somebody: str) -> Markup:
    """Return a host that begins as the one of an address, or ends as it does, and belongs to somebody else.

    It is set as a true one is, zeros included: nothing but the name tells them apart.
    """
    shown = urlsplit(url).hostname or ""
    if len(shown) > _SHORT_HOST:  # its last two labels after the last part of the one before them, if there is one
        *before, label, last = ["", *shown.split(".")]
        end = f"{before[-1].rpartition('-')[2]}.{label}" if before[1:] else label.rpartition("-")[2]
        shown = f"…{f'{end}.{last}'[1 - _SHORT_HOST :]}"
    return Markup("<code>{}.<strong>{}</strong></code>").format(shown, somebody)


def site_end(url: str) -> Markup:
    """Return what the host of an address must end with, in bold: « .gouv.fr », or a foreign host whole."""
    host = urlsplit(url).hostname or ""
    return Markup("<strong>{}</strong>").format(f".{GOVERNMENT}" if is_under(host, (GOVERNMENT,)) else host)


_DATES = (
    *("weekday", "day", "day_number", "month", "hour", "day_year", "short_day_year"),
    *("period", "short_period", "span", "brief_period"),
)
_TEXTS = (
    *(address, address_lines, capital, is_address, is_feminine, is_password, iso, my, name, noun, sigles),
    *(site_end, site_lines, site_name, typed, with_article),
)


@lru_cache(maxsize=8)  # what is compiled is kept by its filters
def filters_of(patterns: tuple[tuple[str, str], ...], somebody: str) -> Mapping[str, Callable[..., object]]:
    """Return the filters of templates whose words write days and hours so, French ones for no patterns.

    `somebody` is whose the addresses are that `fake_site` makes up.
    """
    calendar = calendar_of(patterns)
    found: dict[str, Callable[..., object]] = {function.__name__: function for function in _TEXTS}
    found |= {name: getattr(calendar, name) for name in _DATES} | {"fake_site": partial(fake_site, somebody=somebody)}
    kept = {name: lru_cache(maxsize=_VALUES)(function) for name, function in found.items()}  # each asks for the same
    return kept | {SPACING: apostrophes} if patterns else kept
