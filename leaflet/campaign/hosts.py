"""Host names: the part that somebody owns, the official ones, and slips of the keyboard that are meant for them."""

from collections.abc import Iterable
from functools import cache
from urllib.parse import urlsplit

from leaflet.campaign.election import program_profiles

# The ministries' own domains; https://www.education.gouv.fr/ and its sister sites, read 2026-11-26.
MINISTRIES = ("education.gouv.fr", "enseignementsup-recherche.gouv.fr", "fonction-publique.gouv.fr")


def registrable_domain(host: str) -> str:
    """Return the part of `host` that somebody owns, the part to check by eye.

    Two labels (``ac-lyon.fr``), three under ``gouv.fr``, where the second is the State's own
    (``education.gouv.fr``). Right for the hosts that the link rules allow, not for every suffix of the world.
    """
    labels = host.split(".")
    count = 3 if [label.lower() for label in labels[-2:]] == ["gouv", "fr"] else 2
    return ".".join(labels[-count:])


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
