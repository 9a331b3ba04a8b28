"""Collect the characters a build may print, before the first page, so that each font is subset once."""

import string
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from leaflet.records import Suggestion
from leaflet.tables import Person, School

# Filters and layout add these to the characters of templates and data: dates, numbers, punctuation, French.
BASE = string.ascii_letters + string.digits + string.punctuation + " \u00a0\u202f"
FRENCH = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ«»‹›“”‘’–—…·•€°²№½×"


def alphabet(
    sources: Iterable[str],
    context: Mapping[str, Any] | Sequence[Any],
    schools: Iterable[School],
    people: Iterable[Person] = (),
    suggestions: Iterable[Suggestion] = (),
) -> set[str]:
    """Return all characters of template sources, of contexts and of the fields of schools and people, in both cases.

    It is taken from the whole list, so that a file made alone has the bytes it has in the full build.
    """
    letters = set(BASE + FRENCH)
    for source in sources:
        letters.update(source)
    letters.update(*_texts(context))
    for school in schools:
        letters.update(school.name, school.town, school.postcode, *school.address)
    for person in people:
        letters.update(person.first_name, person.last_name, person.address, person.user_name)
    for suggestion in suggestions:
        letters.update(suggestion.user_name or "", suggestion.address or "")
    return letters.union(*(letter.upper() + letter.lower() for letter in letters))


def _texts(value: object) -> Iterable[str]:
    """Yield every text in nested dictionaries and lists."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner)
