"""The texts of the schema of a campaign: what each table and each of its keys is, in English and French."""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import get_args

from msgspec import Struct
from pydantic import BaseModel

from leaflet.campaign.election import Election
from leaflet.campaign.fields import field_rows
from leaflet.campaign.model import Publisher
from leaflet.faults import LANGUAGES, Lang
from leaflet.resources import assets
from leaflet.typography import campaign_spacing
from leaflet.validation import table_model

WHOLE = "_"  # the key of the text about a table as a whole
CAMPAIGN = "campaign"  # the table that a campaign file is
OF_PUBLISHER = ("publisher.", "issued_on")  # how the names of facts begin that no notice de vote can tell
_ABSENT = ("not on the notice", "pas sur la notice")  # how the place of a fact begins that is on no notice


class Text(Struct, frozen=True):
    """The text of one key in both languages, with values that show how it is written."""

    en: str
    fr: str
    examples: tuple[object, ...] = ()

    def of(self, lang: Lang) -> str:
        """Return the text in a language."""
        return campaign_spacing(self.fr) if lang == "fr" else self.en


Texts = Mapping[str, Mapping[str, Text]]
"""The texts by the name of the table and the key in it."""


@cache
def load_texts() -> Texts:
    """Return all texts: of ``assets/schema``, and of the facts of a campaign."""
    written = tomllib.loads((assets() / "schema" / "campaign.toml").read_text("utf-8"))
    texts = {table: {key: Text(**row) for key, row in rows.items()} for table, rows in written.items()}
    facts = [*_facts(Election, ""), *_facts(Publisher, "publisher."), (CAMPAIGN, "issued_on", "issued_on")]
    for table, key, name in facts:
        if name in field_rows():
            texts.setdefault(table, {})[key] = _of_fact(name)
    return texts


def _facts(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str, str]]:
    """Yield the table and the key of each fact with its dotted name."""
    for key, field in model.model_fields.items():
        inner = table_model(field.annotation)
        if inner is not None and not get_args(field.annotation):
            yield from _facts(inner, f"{prefix}{key}.")
        else:
            yield CAMPAIGN if model is Election else model.__name__, key, f"{prefix}{key}"


def _of_fact(name: str) -> Text:
    """Return what a fact is, where it is found on the notice de vote, and its example."""
    row = field_rows()[name]
    english, french = (_sentence(row.what[lang]) for lang in LANGUAGES)
    if not name.startswith(OF_PUBLISHER):
        english = f"{english} {_sentence(row.where['en'], 'Notice de vote: ')}"
        french = f"{french} {_sentence(row.where['fr'], 'Notice de vote : ')}"
    return Text(english, french, (row.value,))


def _sentence(words: str, before: str = "") -> str:
    """Return words as a sentence; what says itself that it is not on the notice needs nothing before it."""
    whole = words if words.startswith(_ABSENT) else before + words
    return f"{whole[0].upper()}{whole[1:]}."
