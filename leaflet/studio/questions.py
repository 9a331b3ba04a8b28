"""Name the questions of « L'élection », in the order of the page and in groups."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from leaflet.campaign.load import PORTAL

GROUPS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "portal": (PORTAL, "links.help"),
        "days": (
            *("vote.opens_on", "vote.opens_at", "vote.closes_on", "vote.closes_at"),
            *("vote.timezone", "vote.timezone_label"),
        ),
        "steps": ("steps", "account.login", "account.password", "account.challenge", "account.space"),
        "notice": (
            *("notice.name", "notice.from_on", "notice.to_on", "notice.how", "notice.code_name", "notice.code_place"),
            *("reissue.name", "reissue.opens_on", "reissue.how"),
        ),
        "mail": ("mail.delay_minutes", "mail.sender", "mail.subject", "mail.button", "mailbox.initial_password"),
        "memo": ("memo.lines", "memo.lost"),
        "publisher": (
            *("publisher.name", "publisher.address", "publisher.contact", "publisher.color", "publisher.logo"),
            *("publisher.message.title", "publisher.message.text"),
        ),
    }
)
REQUIRED = frozenset({"publisher.name", PORTAL, "vote.opens_on", "vote.closes_on"})
LEGAL = frozenset({"publisher.address"})  # the law demands it on a leaflet, which is made without it all the same


def keys() -> Iterator[str]:
    """Yield the facts that the page asks for, in its order."""
    for group in GROUPS.values():
        yield from group


def has_question(key: str) -> bool:
    """Tell whether the page asks for a fact."""
    return key in set(keys())
