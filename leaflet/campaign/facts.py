"""The facts of a campaign in plain words: ``assets/fields.toml`` has a row for each.

The rows drive the comments of the starter, the faults for missing facts, and the questions of ``leaflet fill``. The
profile of an election has rows of its own for the facts that it asks for besides.
"""

import tomllib
from collections.abc import Callable
from datetime import date, time
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign.dates import FRENCH, Calendar
from leaflet.campaign.election import Ballot, ElectionProfile, Round, Step, merge, nest, program_profiles, value_of
from leaflet.campaign.model import Campaign
from leaflet.campaign.values import dotted, outside_group, step_rows
from leaflet.faults import LANGUAGES, NBSP, Lang, quoted
from leaflet.files.toml_files import Model
from leaflet.files.words import say_part
from leaflet.program import own_table

_PUBLISHER = "publisher"
SAMPLE_NAME = "Nom de votre organisation"  # the publisher's name in a campaign that is not filled in yet


class FieldRow(Struct, frozen=True):
    """One field in English and in French."""

    what: dict[Lang, str]  # what it is
    question: dict[Lang, str]  # how a person is asked for it
    example: str  # an invented value as TOML writes it
    where: dict[Lang, str]  # where it stands on the notice de vote
    alike: bool = False  # whether it may be the same again in another election: never days, never addresses

    @property
    def value(self) -> object:
        """The example as TOML gives it."""
        return tomllib.loads(f"x = {self.example}")["x"]

    @property
    def is_on_notice(self) -> bool:
        """Tell whether the notice de vote says it."""
        return not self.where["fr"].startswith("pas sur la notice")


_EXAMPLES = {"text": '"…"', "number": "4", "day": "2026-01-15", "hour": "09:30:00"}  # by type


@cache
def _own_rows() -> dict[str, FieldRow]:
    """Return the rows of the program's fields."""
    return {field: FieldRow(**row) for field, row in own_table("fields.toml").items()}


def field_rows(profile: ElectionProfile | None = None) -> dict[str, FieldRow]:
    """Return the row of each field by its dotted name, in the order of the model; then those a profile asks for."""
    asks = zip(profile.asked, profile.asks.values(), strict=True) if profile is not None else ()
    return _own_rows() | {name: FieldRow(a.what, a.question, _EXAMPLES[a.type], a.where) for name, a in asks}


def row_of(field: str, profile: ElectionProfile | None = None) -> FieldRow:
    """Return the row of a field; that of a group names it, one of a campaign's own has its name."""
    rows, whole = field_rows(profile), (*field.split("."),)
    path = outside_group(whole)
    row = rows.get(field) or rows.get(dotted(path))
    if row is None:
        what: dict[Lang, str] = {lang: quoted(str(path[-1]), lang) for lang in LANGUAGES}
        row = FieldRow(what, what, '""', {lang: say_part("own_fact_where", lang) for lang in LANGUAGES})
    if path == whole:
        return row
    what, question = (
        {lang: say_part("of_group", lang, what=texts[lang], group=str(whole[1])) for lang in LANGUAGES}
        for texts in (row.what, row.question)
    )
    return replace(row, what=what, question=question)


def with_example(campaign: Campaign, field: str) -> Campaign:
    """Return the campaign with an example in place of a missing fact, so that it can be seen what else is missing.

    The example of the steps are those of the newest election that has some, because each step needs facts of its own.
    """
    value = row_of(field, campaign.profile).value
    if field == "steps":
        facts = (profile.facts.get("steps") for profile in reversed(program_profiles()))
        value = next((fact.value for fact in facts if fact is not None), value)
    return with_value(campaign, field, value)


def with_value(campaign: Campaign, field: str, value: object) -> Campaign:
    """Return the campaign with a value in the place of one of its facts."""
    table, _, name = field.partition(".")
    if field == "issued_on":
        return replace(campaign, issued_on=value)
    if field == "publisher.logo":
        return replace(campaign, logo=campaign.folder / str(value))
    if table == _PUBLISHER:
        return replace(campaign, publisher=_with(campaign.publisher, name, value))
    return replace(campaign, election=_with(campaign.election, field, value))


def shown_value(campaign: Campaign, field: str, show: Callable[[object], str] = str) -> str:
    """Return a fact of an election as a person reads it; `show` writes one value."""
    value = value_of(campaign.election, field)
    between = ", " if field == "steps" else " ; "
    return between.join(map(show, value)) if isinstance(value, tuple) else show(value)


def in_words(value: object, lang: Lang = "fr", dates: Calendar = FRENCH) -> str:
    """Return one value of a fact in the words of a page; `dates` write its days and hours."""
    if isinstance(value, Step):
        return step_rows()[value.id].what[lang] if value.id else str(value.title)
    if isinstance(value, Ballot):
        return f"{value.who} ({', '.join(value.bodies)})"
    if isinstance(value, Round):
        moments = ((value.opens_on, value.opens_at), (value.closes_on, value.closes_at))
        said = (", ".join(in_words(one, lang, dates) for one in moment if one is not None) for moment in moments)
        name = f"{value.name} ({value.college})" if value.college else value.name
        return f"{name}{NBSP if lang == 'fr' else ''}: {' – '.join(filter(None, said))}"
    if isinstance(value, date):
        return dates.day_year(value)
    return dates.hour(value) if isinstance(value, time) else str(value)


def _with(model: Model, field: str, value: object) -> Model:
    """Return a model with a value in the place of one of its fields, by its dotted name."""
    return type(model).model_validate(merge(model.model_dump(exclude_unset=True), nest({field: value})))
