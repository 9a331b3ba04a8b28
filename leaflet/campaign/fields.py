"""The facts of a campaign in plain words: ``assets/fields.toml`` has a row for each.

The rows drive the comments of the starter, the faults for missing facts, and the questions of ``leaflet fill``.
"""

import tomllib
from collections.abc import Iterator
from functools import cache

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign.election import Election, election_fields, merge, nest, program_profiles
from leaflet.campaign.model import Campaign, Publisher, PublisherMessage
from leaflet.faults import Lang
from leaflet.resources import assets

SAMPLE_NAME = "Nom de votre organisation"  # the publisher's name in a campaign that is not filled in yet


class FieldRow(Struct, frozen=True):
    """One field in English and in French.

    Args:
        what: what it is.
        question: how a person is asked for it.
        example: an invented value as TOML writes it.
        where: where it stands on the notice de vote.
    """

    what: dict[Lang, str]
    question: dict[Lang, str]
    example: str
    where: dict[Lang, str]

    @property
    def value(self) -> object:
        """The example as TOML gives it."""
        return tomllib.loads(f"x = {self.example}")["x"]


@cache
def field_rows() -> dict[str, FieldRow]:
    """Return the row of each field by its dotted name, in the order of the model."""
    rows = tomllib.loads((assets() / "fields.toml").read_text("utf-8"))
    return {field: FieldRow(**row) for field, row in rows.items()}


def campaign_fields() -> list[str]:
    """Return the dotted names of all facts: those of the election, of the publisher, and the date of the sheet."""
    return [*election_fields(), *_publisher_fields(), "issued_on"]


def _publisher_fields() -> Iterator[str]:
    for name in Publisher.model_fields:
        if name == "message":
            yield from (f"publisher.message.{inner}" for inner in PublisherMessage.model_fields)
        else:
            yield f"publisher.{name}"


def with_example(campaign: Campaign, field: str) -> Campaign:
    """Return the campaign with an example in place of a missing fact, so that it can be seen what else is missing.

    The example of the steps are those of the newest election that has some, because each step needs facts of its own.
    """
    value = field_rows()[field].value if field != "steps" else _newest_steps()
    table, _, name = field.rpartition(".")
    if field == "issued_on":
        return replace(campaign, issued_on=value)
    if field == "publisher.logo":
        return replace(campaign, logo=campaign.folder / str(value))
    if table == "publisher.message":
        message = campaign.publisher.message.model_copy(update={name: value})
        return replace(campaign, publisher=campaign.publisher.model_copy(update={"message": message}))
    if table == "publisher":
        return replace(campaign, publisher=campaign.publisher.model_copy(update={name: value}))
    known = campaign.election.model_dump(exclude_none=True)
    return replace(campaign, election=Election.model_validate(merge(known, nest({field: value}))))


def _newest_steps() -> object:
    facts = (profile.facts.get("steps") for profile in reversed(program_profiles()))
    return next((fact.value for fact in facts if fact is not None), field_rows()["steps"].value)
