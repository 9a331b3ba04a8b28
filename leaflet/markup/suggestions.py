"""Guess a user name or an address that a staff list does not give: printed as probable, never as a fact.

Only what is documented for an académie is derived (``assets/academies.toml``, with sources): lower case without
accents, œ and æ written out, one initial for a compound first name, particles joined to the name by hyphens. For
everything else the answer is None: apostrophes, two surnames, other alphabets, names longer than any documented,
addresses of compound first names. Numbers that tell homonyms apart are never made up: where two people of a list
would get the same, neither gets it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct

from leaflet.campaign.academies import Academie
from leaflet.campaign.values import AddressFact
from leaflet.faults import Place, Report
from leaflet.tables import Person, person_names
from leaflet.tables.staff import format_places

LONGEST_USER_NAME = 19  # « ejacob-de-cordemoy1 », the longest documented (tice974.ac-reunion.fr)
LONGEST_LOCAL_PART = 24  # « Eugene.Jacob-de-Cordemoy », same page
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_WORD = re.compile(r"[a-z]+")


class Suggestion(Struct, frozen=True, kw_only=True):
    """The probable values for one person; None for what nothing documented gives, or what the list gives itself."""

    user_name: str | None = None
    address: str | None = None


def suggest_user_name(person: Person, academie: Academie) -> str | None:
    """Return a user name, or None: « jlabert » for Julie Labert, « mle-dupond » for Marc Le Dupond."""
    if not _follows(academie.login_rule, "initial-surname"):
        return None
    first, surname = _words(person.first_name), _surname(person.last_name)
    if not first or surname is None:
        return None
    name = f"{first[0][0]}{surname}"
    return name if len(name) <= LONGEST_USER_NAME else None


def suggest_address(person: Person, academie: Academie) -> str | None:
    """Return an address, or None: « julie.labert@ac-toulouse.fr », in lower case, which addresses do not mind."""
    if not _follows(academie.mail_rule, "first.last") or academie.domain is None:
        return None
    first, surname = _words(person.first_name), _surname(person.last_name)
    if len(first) != 1 or len(first[0]) == 1 or surname is None:
        return None
    local = f"{first[0]}.{surname}"
    return f"{local}@{academie.domain}" if len(local) <= LONGEST_LOCAL_PART else None


def make_suggestions(
    people: Mapping[str, Sequence[Person]], home_of: Callable[[str], Academie | None], report: Report, place: Place
) -> dict[Person, Suggestion]:
    """Return what is probable for each person of a staff list for whom anything is.

    Two people who would get the same user name in one académie, or the same address, get none of it, and neither does
    one who would get what the list gives to another; `report` gets one warning (T407) for each such group, with the
    lines of the list and no name. Rows of one professional address are one person in several schools. People are
    those of each school by its UAI, as `leaflet.tables.load_staff` returns them.
    """
    homes = {uai: academie for uai in people if (academie := home_of(uai)) is not None}
    placed = [(person, academie) for uai, academie in homes.items() for person in people[uai]]
    user_names, addresses = _Claims(), _Claims()
    for person, academie in placed:
        user_names.add(person, person.user_name.partition("@")[0], suggest_user_name(person, academie), academie.key)
        addresses.add(person, person.address, suggest_address(person, academie))
    groups = {
        tuple(sorted((person.sheet, person.line) for person in group)): group
        for claims in (user_names, addresses)
        for group in claims.clashes()
    }
    for places in sorted(groups):
        report.add("T407", place, lines=format_places(groups[places]))
    made = {
        person: Suggestion(user_name=user_names.suggested(person), address=addresses.suggested(person))
        for person, _ in placed
    }
    return {person: suggestion for person, suggestion in made.items() if suggestion != Suggestion()}


class _Claims:
    """The people who have or would get each value of one kind."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, ...], list[Person]] = {}
        self._suggested: dict[Person, tuple[str, ...]] = {}

    def add(self, person: Person, given: str, suggested: str | None, *scope: str) -> None:
        """Record what the list gives to a person, or else what would be suggested; it must be unique in its scope."""
        if given or suggested:
            claim = (given.lower() or str(suggested), *scope)
            self._holders.setdefault(claim, []).append(person)
            if not given:
                self._suggested[person] = claim

    def clashes(self) -> Iterator[list[Person]]:
        """Yield the groups of people who would have the same, one of them at least by suggestion."""
        for group in self._holders.values():
            if not _are_one(group) and any(person in self._suggested for person in group):
                yield group

    def suggested(self, person: Person) -> str | None:
        """Return what is suggested for a person, if nobody else has or would get it."""
        claim = self._suggested.get(person)
        return claim[0] if claim is not None and _are_one(self._holders[claim]) else None


def _are_one(group: Sequence[Person]) -> bool:
    """Check whether rows speak of one person: there is one, or all give the same professional address."""
    return len(group) == 1 or (bool(group[0].address) and len({person.address.lower() for person in group}) == 1)


def _follows(rule: AddressFact | None, value: str) -> bool:
    return rule is not None and rule.is_printable and rule.value == value


def _surname(name: str) -> str | None:
    """Return one name with the particles before it, and one name more before those (Jacob de Cordemoy); or None.

    A hyphen without a particle joins two surnames, for which no rule is documented.
    """
    words = _words(name)
    if not words or words[-1] in person_names.JOINED:
        return None
    names = [number for number, word in enumerate(words) if word not in person_names.JOINED]
    is_one = len(names) == 1 or (names[0] == 0 and len(words) > 2 and person_names.FRENCH.issuperset(words[1:-1]))
    return "-".join(words) if is_one else None


def _words(name: str) -> list[str]:
    """Return the words of a name in plain lower-case letters; none if it has anything else, such as an apostrophe."""
    opened = unicodedata.normalize("NFKD", name.lower().translate(_LIGATURES))
    plain = "".join(c for c in opened if not unicodedata.combining(c))
    words = re.split(r"[ \-\u2010\u2011]+", plain.strip())
    return words if all(map(_WORD.fullmatch, words)) else []
