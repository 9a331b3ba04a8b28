"""Stand for values that a template may ask for but nobody gave.

A `BlankField` is undefined for Jinja (``is defined`` is false, ``default`` works); any other use raises
`BlankFieldError` with the field and where to fill it in. ``render`` turns that into a fault.
"""

from functools import lru_cache, partial
from typing import Literal

from jinja2 import StrictUndefined

from leaflet.faults import Lang
from leaflet.files.words import say_part

HintKey = Literal["notice", "publisher", "academie", "departement", "campaign", "staff", "column"]

# Fields of single rows of a list, which no setting of the campaign could give.
_OF_ROWS: frozenset[HintKey] = frozenset({"staff", "column"})


class BlankFieldError(Exception):
    """A template used a value that nobody gave: a setting by its dotted name, and where it is to be found."""

    def __init__(self, field: str, hint_key: HintKey) -> None:
        self.field = field
        self.hint_key = hint_key
        super().__init__(f"{self.setting} is not given")

    def __reduce__(self) -> tuple[type["BlankFieldError"], tuple[str, HintKey]]:
        # exceptions are pickled by their message, which is not what this one is made from
        return BlankFieldError, (self.field, self.hint_key)

    @property
    def setting(self) -> str:
        """The table and key as in the campaign file: ``[vote] opens_at``."""
        table, _, key = self.field.rpartition(".")
        return f"[{table}] {key}" if table else key

    @property
    def is_setting(self) -> bool:
        """Return whether the campaign file is where the value is missing."""
        return self.hint_key not in _OF_ROWS

    def hint(self, lang: Lang) -> str:
        """Return where the value is to be found, in one half sentence."""
        return say_part(f"blank_{self.hint_key}", lang)


NO_CODE = "L124"  # the fault of one whose page has a line in the place of its code
OTHER_PORTAL = "L121"  # the fault of a school that would get the portal of others
PERHAPS_ELSEWHERE = "T338"  # the fault of one that may be of those, by its name


class OtherPortalError(Exception):
    """A template prints the portal for a group of schools whose staff vote on another one."""

    def __init__(self, group: str) -> None:
        self.group = group
        super().__init__(group)


class BlankField(StrictUndefined):
    """An undefined value that knows its field."""

    __slots__ = ()


@lru_cache(maxsize=512)  # a staff list leaves the same few fields blank for everybody
def blank(field: str, hint_key: HintKey) -> BlankField:
    """Return the value of a field that nobody gave; any use of it but ``is defined`` and ``default`` raises."""
    error = partial(_error, field, hint_key)
    return BlankField(hint=field, name=field, exc=error)  # type: ignore[arg-type]  # only calls it


def other_portal(group: str) -> BlankField:
    """Return the portal of a school whose staff vote on another one: not known, and never the campaign's."""
    field = "links.portal"
    return BlankField(hint=field, name=field, exc=lambda _message: OtherPortalError(group))  # type: ignore[arg-type]


def _error(field: str, hint_key: HintKey, _message: str) -> BlankFieldError:
    return BlankFieldError(field, hint_key)
