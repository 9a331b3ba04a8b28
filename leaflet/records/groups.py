"""Tell whose staff vote elsewhere than those of the Éducation nationale (``assets/groups.toml``)."""

import re
import tomllib
from functools import cache, lru_cache
from itertools import chain

from msgspec import Struct, convert

from leaflet.campaign.model import Campaign
from leaflet.campaign.values import Group
from leaflet.confidential import normalise
from leaflet.resources import assets
from leaflet.tables import School
from leaflet.tables.uai import FRENCH_PREFIXES, is_uai


class GroupRow(Struct, frozen=True, kw_only=True):
    """How rows of a group are told: by parts of the ministry's name, by words of their own; what it is called."""

    en: str
    fr: str
    ministry: tuple[str, ...]
    names: tuple[str, ...]
    begins: tuple[str, ...]


@cache
def group_rows() -> dict[Group, GroupRow]:
    """Return the groups by their keys."""
    return convert(tomllib.loads((assets() / "groups.toml").read_text("utf-8")), dict[Group, GroupRow])


def group_values(group: Group) -> dict[str, object]:
    """Return what a fault says of a group."""
    row = group_rows()[group]
    return {"group": group, "group_en": row.en, "group_fr": row.fr}


def groups_elsewhere(campaign: Campaign) -> frozenset[Group]:
    """Return the groups whose staff vote elsewhere than on the portal of a campaign; none while it has no portal."""
    links = campaign.election.links
    return frozenset(group_rows().keys() - set(links.portal_for)) if links.portal is not None else frozenset()


def group_of(school: School) -> Group | None:
    """Return the group of a school; None for one of the Éducation nationale, or if nothing tells."""
    if school.ministry:
        return _of_ministry(school.ministry)
    if school.uai[:3] not in FRENCH_PREFIXES and is_uai(school.uai):
        return "abroad"
    found = _names().search(school.name)
    return None if found is None else _by_word()[found[0].casefold()]


@lru_cache(maxsize=100)
def _of_ministry(ministry: str) -> Group | None:
    name = normalise(ministry)
    if "education" in name:
        return None
    return next((key for key, row in group_rows().items() if any(part in name for part in row.ministry)), "other")


@cache
def _by_word() -> dict[str, Group]:
    return {word: key for key, row in group_rows().items() for word in (*row.names, *row.begins)}


@cache
def _names() -> re.Pattern[str]:
    rows = group_rows().values()
    anywhere, first = ("|".join(chain(*words)) for words in ((r.names for r in rows), (r.begins for r in rows)))
    return re.compile(rf"(?:(?<!\w)(?:{anywhere})|\A(?:{first}))(?!\w)", re.IGNORECASE)
