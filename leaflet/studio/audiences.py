"""Say for whom a sentence of a page can be written: all schools, those of an académie or of a cell, or one alone.

Each audience but the first is a group of the campaign, into which the sentence is written (`leaflet.markup.groups`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from leaflet.campaign.academies import Academies
from leaflet.campaign.values import OVERSEAS, PRIVATE
from leaflet.files.words import Words
from leaflet.markup.groups import group_of, group_rows, group_values
from leaflet.markup.record_values import RecordContexts
from leaflet.studio.contract import Audience
from leaflet.tables import School
from leaflet.text import slug

Cell = tuple[str, str, int]  # the title of a column, what a row has there, and how many rows have it


def list_audiences(
    school: School, schools: Sequence[School], contexts: RecordContexts, cells: Iterable[Cell], words: Words
) -> list[Audience]:
    """Return the audiences that a school is in, the widest first; none that are all `schools` or say the same."""

    def audience(name: str, where: str, count: int) -> Audience:
        text = say_whom(name, where, contexts.academies, "", words)
        return Audience(at=f"groups.{name}.", where=where, text=words.say("audience_count", whom=text, n=count))

    found = [Audience(at="", where="", text=words.say("audience_all", n=len(schools)))]
    for name, belongs in _tests(school, contexts).items():
        if (count := sum(map(belongs, schools))) < len(schools):
            found.append(audience(name, "", count))
    for title, cell, count in cells:
        if 1 < count < len(schools):
            found.append(audience(slug(f"{title} {cell}"), f"{title}={cell}", count))
    known = {one.at for one in found}
    others = [f"groups.{name}." for name in contexts.shared_by(school)["groups"] if "." not in name]
    found += [Audience(at=at, where="", text=at.split(".")[1]) for at in others if at not in known]
    if len(schools) > 1:
        text = words.say("audience_school", name=school.name)
        found.append(Audience(at=f"groups.{school.uai.lower()}.", where=f"uai={school.uai}", text=text))
    return [one for n, one in enumerate(found) if one.at not in {other.at for other in found[n + 1 :]}]


def _tests(school: School, contexts: RecordContexts) -> dict[str, Callable[[School], bool]]:
    """Return the groups that a campaign need not describe and that a school is in, with what their schools are."""
    tests: dict[str, Callable[[School], bool]] = {}
    if contexts.groups.has_academies:
        if (home := contexts.academies.by_uai(school.territory)) is not None:
            tests[home.key] = lambda one: contexts.academies.by_uai(one.territory) is home
        if (group := group_of(school)) is not None:
            tests[group] = lambda one: group_of(one) == group
    if school.sector == PRIVATE:
        tests[PRIVATE] = lambda one: one.sector == PRIVATE
    if school.territory.startswith(("97", "98")):
        tests[OVERSEAS] = lambda one: one.territory.startswith(("97", "98"))
    return tests


def say_whom(name: str, where: str, academies: Academies, school: str, words: Words) -> str:
    """Return who is in a group, by its name and condition; a group of one is called as its `school`."""
    if school:
        return school
    if where:
        title, _, cell = where.partition("=")
        return words.say("audience_cell", title=title, cell=cell)
    if name in academies.by_key:
        return words.say("audience_academie", name=academies.by_key[name].name)
    if name in group_rows():
        return words.say("audience_ministry", **group_values(name))
    return words.text(f"audience_{name}", name)


def count_cells(titles: Mapping[int, str], rows: Sequence[Sequence[str]], own: Sequence[str]) -> Iterator[Cell]:
    """Yield the cells of a row that other rows have, too, by the titles of their columns."""
    for column, title in titles.items():
        cell = own[column].strip() if column < len(own) else ""
        if cell and not {*"=!~"} & {*title}:
            yield title, cell, Counter(row[column].strip() for row in rows if column < len(row))[cell]
