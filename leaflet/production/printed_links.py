"""Check every address that a template prints, in a link, a QR code or a text: the link rules hold for all of them.

A template may be anybody's, so an address that stands in it is judged like one of the campaign. What the campaign
sets aside for an address (``[[allow]]``) holds here too, and the publisher's own sites may be anywhere.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from leaflet.campaign import Campaign
from leaflet.campaign.links import CLOSING, find_faults, is_under, shown_address
from leaflet.faults import Fault, Place, fail
from leaflet.files.bounded_cache import BoundedCache
from leaflet.markup.jinja_filters import typed
from leaflet.markup.parse import LINE_ATTRIBUTE, place_of
from leaflet.markup.vocabulary import INLINE
from leaflet.reuse.traced_template import FilledText, TextStencil

MOST_CODES = 40  # QR codes of a record: each takes some hundredths of a second to compute
_HOLE = "\ue000"  # stands for a value of the record; no text of a campaign may have it
_ATTRIBUTES = r"""(?:\s+[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'))*"""
_TAG = re.compile(rf"<(/?)([\w-]+)({_ATTRIBUTES})\s*/?>")
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENDINGS = "fr|com|org|net|eu|info|io|app|me|co|biz|site|online|link|page|ly|re|nc|pf|wf|pm|yt|gp|mq|gf|be|ch|ca|de"
_SCHEME = r"[a-z][a-z0-9+.-]*://[^\s<>«»\"]+"
_HOST = rf"(?:[a-z0-9-]+\.)+(?:{_ENDINGS})(?![\w@.-]*@|[\w-])(?:/[^\s<>«»\"]*)?"
_ADDRESS = re.compile(rf"(?<![\w@.-])(?:{_SCHEME}|{_HOST})", re.IGNORECASE)
_STENCILS = 256


class _Printed(NamedTuple):
    """An address on a page, with the ``file:line`` it comes from."""

    url: str
    at: str


class PrintedLinks:
    """A check of the addresses of one document's pages; `domains` are those of all académies."""

    def __init__(self, campaign: Campaign, domains: tuple[str, ...]) -> None:
        self._domains = domains
        self._allowed: dict[str, set[str]] = {}
        for one in campaign.allow:
            self._allowed.setdefault(typed(one.url), set()).add(one.rule)
            self._allowed.setdefault(_host(one.url), set()).add(one.rule)
        own = " ".join(str(value) for _, value in campaign.publisher if value is not None)
        self._own_hosts = frozenset(_host(match[0]).removeprefix("www.") for match in _ADDRESS.finditer(own))
        self._known: BoundedCache[TextStencil, bool] = BoundedCache(_STENCILS)
        self._broken = lru_cache(maxsize=_STENCILS)(self._find_broken)

    def check(self, markup: str) -> None:
        """Check the markup of one record."""
        _check_codes(markup)
        for printed in _addresses(markup):
            self._check(printed)

    def check_filled(self, filled: FilledText) -> None:
        """Check the markup of one record; what it shares with others is checked once."""
        varies = self._known.get(filled.stencil)
        if varies is None:
            varies = self._known[filled.stencil] = self._check_stencil(filled.stencil)
        values = " ".join(filled.values)
        if varies or (("." in values or "://" in values) and _ADDRESS.search(values)):
            self.check(filled.text)

    def _check_stencil(self, stencil: TextStencil) -> bool:
        """Check the addresses of a stencil; return whether one of them differs from record to record."""
        markup = _HOLE.join(stencil.texts)
        _check_codes(markup)
        varies = False
        for printed in _addresses(markup):
            if _HOLE in printed.url:
                varies = True
            else:
                self._check(printed)
        return varies

    def _check(self, printed: _Printed) -> None:
        if (values := self._broken(printed.url)) is not None:
            raise fail("M415", place_of(printed.at), **values)

    def find_in(self, text: str) -> list[dict[str, object]]:
        """Return what a fault says of each address in a text that may not be printed."""
        return [values for printed in _in_text([_Printed(text, "")]) if (values := self._broken(printed.url))]

    def _find_broken(self, url: str) -> dict[str, object] | None:
        """Return what is said of the first rule that an address breaks and that is not set aside; None if none is."""
        allowed = self._allowed.get(typed(url), set())
        for broken in find_faults(url, self._domains):
            is_own = broken.rule == "host" and is_under(_host(url), self._own_hosts)
            if not is_own and broken.rule not in allowed:
                why = Fault(broken.code, Place(), broken.values)
                return {"url": shown_address(url), "why_en": why.reason("en"), "why_fr": why.reason("fr")}
        return None


def _addresses(markup: str) -> Iterator[_Printed]:
    """Yield the addresses of a page in the order of its markup: of links and codes, and those written in texts."""
    at, texts, position = "", [_Printed("", "")], 0
    for tag in _TAG.finditer(markup):
        texts.append(_Printed(unescape(markup[position : tag.start()]), at))
        position = tag.end()
        attributes = {name: unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag[3])}
        at = attributes.pop(LINE_ATTRIBUTE, at)
        if tag[2] not in INLINE or tag[2] == "br":
            yield from _in_text(texts)
            texts = []
        if "href" in attributes:
            yield _Printed(attributes.pop("href"), at)
        for value in attributes.values():
            yield from _in_text([_Printed(value, at)])
    yield from _in_text([*texts, _Printed(unescape(markup[position:]), at)])


def _in_text(parts: Iterable[_Printed]) -> Iterator[_Printed]:
    """Yield the addresses of a text, which may have parts of its own in bold; `parts` are texts with their places."""
    parts = list(parts)
    for match in _ADDRESS.finditer("".join(part.url for part in parts)):
        url, end = match[0].rstrip(CLOSING), 0
        for part in parts:
            end += len(part.url)
            if match.start() < end:
                yield _Printed(url if "://" in url else f"https://{url}", part.at)
                break


def _check_codes(markup: str) -> None:
    if markup.count("<qr") > MOST_CODES:
        at = re.search(rf'<qr[^<>]*\b{LINE_ATTRIBUTE}="([^"]*)"', markup)
        raise fail("M414", place_of(at[1] if at else ""), allowed=MOST_CODES)


def _host(url: str) -> str:
    return re.split(r"[/?#]", url.partition("://")[2] or url, maxsplit=1)[0].lower()
