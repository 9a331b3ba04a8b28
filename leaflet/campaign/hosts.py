"""Host names: the part that somebody owns, the official ones, and slips of the keyboard that are meant for them."""

import re
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from leaflet.campaign.election import program_profiles

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_OF_THE_STATE = re.compile(r"(?:.*\.)?([^.]+\.gouv\.fr|ac-[^.]+\.fr)", re.IGNORECASE)
# The ministries' own domains; https://www.education.gouv.fr/ and its sister sites, read 2026-11-26.
MINISTRIES = ("education.gouv.fr", "enseignementsup-recherche.gouv.fr", "fonction-publique.gouv.fr")


def registrable_domain(host: str) -> str:
    """Return the part of `host` that somebody owns, the part to check by eye: one label more than a public suffix.

    A host that is a suffix itself is returned as it is.
    """
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
    """Return the official name that `host` is one slip away from; None if it is official itself, or like none.

    Args:
        host: of an address, in lower case.
        domains: the official domains besides the ministries', such as ``ac-lyon.fr``.
    """
    official = {*MINISTRIES, *domains, *map(registrable_domain, portal_hosts())}
    domain = registrable_domain(host)
    if domain not in official:
        return next((name for name in sorted(official) if is_one_slip(domain, name)), None)
    portals = portal_hosts()
    return None if host in portals else next((name for name in sorted(portals) if is_one_slip(host, name)), None)


def is_one_slip(typed: str, meant: str) -> bool:
    """Check whether one letter was added, left out or mistyped, or two were swapped; digits may differ.

    The year in a host name differs from election to election: a digit is no slip.
    """
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
