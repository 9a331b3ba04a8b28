"""Tell which groups a school is in: those of the program, whose staff vote elsewhere, and those of a campaign.

Schools whose staff vote elsewhere than those of the Éducation nationale are told by ``assets/groups.toml``. In
``[groups]`` a campaign says what is not the same for some schools. Where a school is in two, the facts of the more
particular one are laid over the other's: an area, the ministry, the sector, the type, any column, the school.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain, combinations

from msgspec import Struct, convert

from leaflet.campaign import Campaign
from leaflet.campaign.election import Election, GroupFacts, flat, laid_over, nest, value_of
from leaflet.campaign.values import OVERSEAS, PRIVATE
from leaflet.confidential import normalise
from leaflet.program import own_table
from leaflet.tables import School
from leaflet.tables.filters import parse_choice
from leaflet.tables.keys import FRENCH_PREFIXES, is_uai
from leaflet.tables.row_selection import Where

_MINISTRY, _COLUMN = 2, 5  # how particular a group is; -1, 0, 1 are all overseas, an académie, a département
_NAMES = {  # of fields and columns, by how particular a group is that has a condition on them
    1: "academie postcode town address departement code_departement region circonscription bassin zone",
    _MINISTRY: "ministry",
    3: "sector secteur statut",
    4: "type nature categorie type_etablissement",
    6: "uai name",
}
_CONDITIONS = {PRIVATE: ("sector=Privé",)}  # of a group that need not say them
_OF_ALL_MINISTRIES = ("title", "scope", "vote.opens_on", "vote.closes_on", "notice.deadline_computed")
_RANKS = {name: rank for rank, names in _NAMES.items() for name in names.split()}

Ranked = tuple[int, str, tuple[Where, ...]]  # how particular a group is, its name, its conditions


class SchoolGroups(Struct, frozen=True, kw_only=True):
    """The groups of a campaign as schools are held against them; equal ones have the same schools."""

    ranked: tuple[Ranked, ...] = ()  # the most particular last
    telling: frozenset[str] = frozenset()  # those whose facts hold for staff of other ministries, too
    same: frozenset[str] = frozenset()  # of these, those whose staff vote on the portal of the others
    own: frozenset[str] = frozenset()  # and those that have a portal of their own
    has_academies: bool = False
    has_portal: bool = False

    def of(self, school: School, areas: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the groups that a school is in, the most particular last; `areas` is what it lies in, by name."""
        named, met = self.by_name(school, areas), by_conditions(self.ranked, school)
        return tuple(name for _, name, where in self.ranked if name in (met if where else named))

    def by_name(self, school: School, areas: Sequence[str] = ()) -> tuple[str, ...]:
        """Return the groups that a school is in by their names alone, if a campaign has them: areas come first."""
        group = group_of(school) if self.has_academies else None
        is_overseas = school.territory.startswith(("97", "98"))
        others = {group: group is not None, PRIVATE: school.sector == PRIVATE, OVERSEAS: is_overseas}
        return (*areas, *(name for name, is_in in others.items() if is_in and name is not None))

    def elsewhere(self, school: School) -> str | None:
        """Return the group of a school whose staff have a vote of their own; None for one of the campaign's."""
        group = group_of(school) if self.has_academies else None
        return None if group is None or self.same.intersection(self.of(school)) else group

    def without_portal(self, school: School) -> str | None:
        """Return the group of a school whose staff vote on a portal that nobody gave, while others have theirs."""
        group = self.elsewhere(school) if self.has_portal else None
        return None if group is None or self.own.intersection(self.of(school)) else group

    def may_be_elsewhere(self, school: School) -> bool:
        """Tell whether the name of a school says that staff may vote elsewhere, while nothing says that they do."""
        if not (self.has_academies and self.has_portal) or school.ministry or group_of(school) is not None:
            return False
        is_doubtful = _doubtful_words().search(school.name) is not None
        return is_doubtful and not (self.same | self.own).intersection(self.of(school))


def school_groups(campaign: Campaign) -> SchoolGroups:
    """Return the groups of a campaign."""
    groups, ranked = campaign.election.groups, rank_groups(campaign.election)
    telling = frozenset(name for rank, name, where in ranked if _is_telling(rank, where))
    return SchoolGroups(
        ranked=tuple(ranked),
        telling=telling,
        same=frozenset(name for name in telling if groups[name].same_portal),
        own=frozenset(name for name in telling if groups[name].links.portal is not None),
        has_academies=campaign.has_academies,
        has_portal=campaign.election.links.portal is not None,
    )


def _is_telling(rank: int, where: Iterable[Where]) -> bool:
    """Tell whether a group may say how staff of another ministry vote: not by where a school is, or who pays it."""
    return rank == _MINISTRY or rank >= _COLUMN or any(one.field == "ministry" for one in where)


def rank_groups(election: Election) -> list[Ranked]:
    """Return the groups of an election with their conditions, the most particular last."""
    return sorted((_ranked(name, group) for name, group in election.groups.items()), key=lambda found: found[:2])


def _ranked(name: str, group: GroupFacts) -> Ranked:
    where = parse_choice(where=group.where or _CONDITIONS.get(name, ()), of=f"groups.{name}.").where
    ranks = [_RANKS.get(one.field, _COLUMN) for one in where]
    unnamed = _MINISTRY if name in group_rows() else int(name[:1].isdigit()) - (name == OVERSEAS)
    return max(ranks, default=unnamed), name, where


def by_conditions(ranked: Iterable[Ranked], school: School) -> tuple[str, ...]:
    """Return the names of the groups that a school is in by what its row says, wherever it lies."""
    return tuple(name for _, name, where in ranked if where and all(one.matches(school) for one in where))


def find_clashes(election: Election, groups: SchoolGroups, names: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Yield pairs of groups, of those that one school is in, that say two things of one fact, with its name."""
    ranks = {name: rank for rank, name, _ in groups.ranked}
    given = {name: dict(flat(election.groups[name].model_dump(exclude_unset=True))) for name in names}
    for one, other in combinations(names, 2):
        if ranks[one] == ranks[other]:
            said = given[one].keys() & given[other].keys() - {"where"}
            yield from ((one, other, fact) for fact in sorted(said) if given[one][fact] != given[other][fact])


def facts_of(election: Election, groups: SchoolGroups, names: Sequence[str], elsewhere: str | None) -> Election:
    """Return the facts for schools of some groups, the most particular last; others' staff share the days only."""
    if elsewhere is not None:
        shared = {name: value for name in _OF_ALL_MINISTRIES if (value := value_of(election, name)) is not None}
        bare = Election.model_validate(nest(shared))
        election = bare.model_copy(update={"groups": election.groups, "words": election.words})
        names = [name for name in names if name in groups.telling]
    for name in names:
        election = laid_over(election, election.groups[name])
    return election


class GroupRow(Struct, frozen=True, kw_only=True):
    """Tell rows of a group by parts of the ministry's name, or by words of their own; name the group."""

    en: str
    fr: str
    ministry: tuple[str, ...]
    names: tuple[str, ...]
    begins: tuple[str, ...]
    perhaps: tuple[str, ...]


@cache
def group_rows() -> dict[str, GroupRow]:
    """Return the groups by their keys."""
    return convert(own_table("groups.toml"), dict[str, GroupRow])


def group_values(group: str) -> dict[str, object]:
    """Return what a fault says of a group."""
    row = group_rows()[group]
    return {"group": group, "group_en": row.en, "group_fr": row.fr}


def group_of(school: School) -> str | None:
    """Return the group of a school; None for one of the Éducation nationale, or if nothing tells."""
    if school.ministry:
        return _of_ministry(school.ministry)
    if school.key[:3] not in FRENCH_PREFIXES and is_uai(school.key):
        return "abroad"
    names, by_word = _words()
    found = names.search(school.name)
    return None if found is None else by_word[found[0].casefold()]


@cache
def _doubtful_words() -> re.Pattern[str]:
    words = "|".join(chain(*(row.perhaps for row in group_rows().values())))
    return re.compile(rf"(?<![\w-])(?:{words})(?!\w)", re.IGNORECASE)  # and not Charente-Maritime


@lru_cache(maxsize=100)
def _of_ministry(ministry: str) -> str | None:
    name = normalise(ministry)
    if "education" in name:
        return None
    return next((key for key, row in group_rows().items() if any(part in name for part in row.ministry)), "other")


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return a pattern of the words that tell a group in a name, and their groups."""
    rows = group_rows()
    anywhere = "|".join(chain(*(row.names for row in rows.values())))
    first = "|".join(chain(*(row.begins for row in rows.values())))
    pattern = re.compile(rf"(?:(?<!\w)(?:{anywhere})|\A(?:{first}))(?!\w)", re.IGNORECASE)
    return pattern, {word: key for key, row in rows.items() for word in (*row.names, *row.begins)}
