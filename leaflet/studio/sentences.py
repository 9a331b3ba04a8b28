"""Find the sentences of a page that somebody may write anew, read them as they are typed, say for whom they can be.

A sentence is a text of the program, by its name in the files of words, without a value of the campaign: what has one
is a fact. It is typed with its bold words between asterisks, its line breaks as they are, and in braces the title of
a column of the list whose cell is to be printed there. It is for all schools or, in a group of the campaign
(`leaflet.markup.groups`), for those of an académie, of a ministry or of a cell, or for one alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from itertools import accumulate, chain
from types import MappingProxyType

from leaflet.campaign.academies import Academies
from leaflet.confidential import normalise
from leaflet.faults import DataError, Fault, Place
from leaflet.files.words import Words
from leaflet.geometry import Box, pt
from leaflet.layout.face import Face
from leaflet.layout.fonts import plain_zeros
from leaflet.layout.marks import Text
from leaflet.markup.groups import group_rows, group_values
from leaflet.markup.record_values import RecordContexts
from leaflet.studio.contract import Audience
from leaflet.tables import School
from leaflet.text import slug

PREFIX = "words."  # of the field of a sentence, before its name
_OF_GROUP = re.compile(rf"(groups\.[\w-]+)\.({re.escape(PREFIX)}.+)")
_TAG = re.compile(r"<[^>]+>")
_SHOWN = {"<strong>": "*", "</strong>": "*", "<br/>": "\n"}
_BOLD = re.compile(r"\*([^*\n]+)\*")
_COLUMN = re.compile(r"\{school\.columns\.(\w+)\}")
_TITLE = re.compile(r"\{([^{}\n]+)\}")
_AFTER = ".!?:…"  # a sentence may begin after one of these, too

Cell = tuple[str, str, int]  # the title of a column, what a row has there, and how many rows have it


def split_field(key: str) -> tuple[str, str]:
    """Return the group that a sentence is for, empty for all, and its field where it is for all."""
    found = _OF_GROUP.fullmatch(key)
    return (found[1], found[2]) if found else ("", key)


def is_sentence(key: str) -> bool:
    """Tell whether a field is a sentence of a page."""
    return split_field(key)[1].startswith(PREFIX)


def as_typed(text: str, columns: Mapping[str, str] = MappingProxyType({})) -> str | None:
    """Return a text as it is typed, with what stands for columns of the list, such as their titles in braces.

    It is None if it has other values, or markup that nobody types.
    """
    typed = _TAG.sub(lambda tag: _SHOWN.get(tag[0], tag[0]), text)
    if "<" in typed or "{" in _COLUMN.sub("", text):
        return None
    return _COLUMN.sub(lambda name: columns.get(name[1], ""), unescape(typed).replace("'", "’"))


def with_columns(typed: str, titles: Mapping[str, str]) -> tuple[str, list[str]]:
    """Return a text with the columns of the list that it names as values, and the titles of these."""
    named = {title: name for title in _TITLE.findall(typed) if (name := normalise(title)) in titles}
    values = {title: f"{{school.columns.{name}}}" for title, name in named.items()}
    text = _TITLE.sub(lambda found: values.get(found[1], found[0]), typed)
    return text, [titles[name] for name in named.values()]


def as_written(key: str, typed: str) -> str:
    """Return a text that was typed as files of words have it; one with braces but for columns is refused (M212)."""
    if braces := re.findall("[{}]", _COLUMN.sub("", typed)):
        unknown = ", ".join(braces)
        name = split_field(key)[1].removeprefix(PREFIX)
        raise DataError([Fault("M212", Place(field=key), {"value": name, "unknown": unknown})])
    lines = [" ".join(line.split()) for line in typed.splitlines()]
    return _BOLD.sub(r"<strong>\1</strong>", "<br/>".join(filter(None, lines)))


def find_sentences(face: Face, said: Mapping[str, str]) -> Iterator[tuple[str, Box]]:
    """Yield the fields of sentences with their places on a page, in reading order.

    Of `said`, which has the sentences of the page by their fields, those are found that no other is like.
    """
    texts = {key: _solid(text.replace("*", "")) for key, text in said.items()}
    alone = {text for text, count in Counter(texts.values()).items() if count == 1}
    fields = {text: key for key, text in texts.items() if text in alone and len(text) > 1}
    for placed in face.placed:
        marks = [mark for group in placed.piece.groups for mark in group.marks if isinstance(mark, Text)]
        parts = [_solid(plain_zeros(mark.text)) for mark in marks]
        starts, solid = [0, *accumulate(map(len, parts))], "".join(parts)
        found = ((match, key) for text, key in fields.items() for match in re.finditer(re.escape(text), solid))
        for match, key in sorted(found, key=lambda one: one[0].start()):
            start, end = match.span()
            if all(at in starts or solid[at - 1] in _AFTER for at in (start, end)):
                those = [marks[at] for at in range(len(marks)) if starts[at] < end and starts[at + 1] > start]
                yield key, placed.locate(_around(those))


def _around(marks: list[Text]) -> Box:
    """Return the box around some texts, about as wide as they are."""
    left, top = min(mark.x for mark in marks), min(mark.y - pt(mark.size) for mark in marks)
    right = max(mark.x + pt(mark.size * len(mark.text) / 2) for mark in marks)
    bottom = max(mark.y + pt(mark.size / 4) for mark in marks)
    return Box(x=left, y=top, width=right - left, height=bottom - top)


def _solid(text: str) -> str:
    """Return a text without what is set otherwise: spaces, and the form of apostrophes."""
    return "".join(text.split()).replace("’", "'")


def list_audiences(
    school: School, schools: Sequence[School], contexts: RecordContexts, cells: Iterable[Cell], words: Words
) -> list[Audience]:
    """Return the audiences that a school is in, the widest first; none that are all `schools` or say the same."""
    all_groups = Counter(chain.from_iterable(_groups_by_name(one, contexts) for one in schools))
    known = [(name, "", all_groups[name]) for name in _groups_by_name(school, contexts)]
    known += [(slug(f"{title} {cell}"), f"{title}={cell}", count) for title, cell, count in cells if count > 1]
    found = {"": Audience(at="", where="", text=words.say("audience_all", n=len(schools)))}
    for name, where, count in known:
        if count < len(schools):
            text = words.say("audience_count", whom=say_whom(name, where, contexts.academies, words), n=count)
            found[name] = Audience(at=f"groups.{name}.", where=where, text=text)
    for name in contexts.shared_by(school)["groups"]:  # those that the campaign describes
        if "." not in name:
            found.setdefault(name, Audience(at=f"groups.{name}.", where="", text=name))
    if len(schools) > 1:
        alone, text = school.key.lower(), words.say("audience_school", name=school.name)
        found[alone] = Audience(at=f"groups.{alone}.", where=f"uai={school.key}", text=text)
    return [*found.values()]


def _groups_by_name(school: School, contexts: RecordContexts) -> tuple[str, ...]:
    home = contexts.academies.by_uai(school.territory) if contexts.groups.has_academies else None
    return contexts.groups.by_name(school, (home.key,) if home is not None else ())


def say_whom(name: str, where: str, academies: Academies, words: Words) -> str:
    """Return who is in a group, by its name and condition."""
    if where:
        title, _, cell = where.partition("=")
        return words.say("audience_cell", title=title, cell=cell)
    if name in academies.by_key:
        return words.say("audience_academie", name=academies.by_key[name].name)
    if name in group_rows():
        return words.say("audience_ministry", **group_values(name))
    return words.text(f"audience_{name}", name)
