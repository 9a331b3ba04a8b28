"""Fill in a campaign: what is still asked for, and answers written into its file one by one.

Nothing here asks for a password, a code or a NUMEN: fields hold the names of things, and an answer that looks like a
secret is refused as it would be in a campaign file.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign.answers import parse_answer, with_answers, with_comparison
from leaflet.campaign.election import ElectionProfile, Step, value_of
from leaflet.campaign.facts import FieldRow, in_words, row_of, shown_value
from leaflet.campaign.load import PORTAL
from leaflet.campaign.model import Campaign
from leaflet.campaign.values import french_name
from leaflet.faults import Fault, Report
from leaflet.files.plain_files import replace_file
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import load_inputs
from leaflet.production.printed_facts import find_missing, find_not_compared

# Asked for though no template needs them: the law wants an address, readers want hours.
_WANTED = ("publisher.address", "publisher.contact", "vote.opens_at", "vote.closes_at")


class Question(Struct, frozen=True):
    """One question about a campaign."""

    # a fact is missing, or would be good to have ("wanted"); the portal is to be compared, or another fact ("verify")
    kind: Literal["missing", "confirm", "wanted", "verify"]
    field: str  # its dotted name
    row: FieldRow  # the field in plain words
    value: str = ""  # as the campaign has it, in words; empty if it is missing
    doubts: tuple[Fault, ...] = ()  # why the portal may be another address


class Filling:
    """A campaign that is being filled in. What is answered is in the file at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._profile: ElectionProfile | None = None  # of the election whose facts were asked for

    def questions(self) -> list[Question]:
        """Return what is still asked for: what is missing, what would be good to have, what is to be compared."""
        report = Report()
        materials = load_inputs(InputOptions(campaign=self.path, out=self.path.parent, keep_going=True), report)
        campaign = materials.campaign
        self._profile = campaign.profile
        missing = list(find_missing(materials, campaign.documents, materials.schools))
        if any(fault.code == "C142" for fault in report.errors):
            missing.insert(0, "publisher.name")
        wanted = [field for field in _WANTED if field not in missing and _value(campaign, field) is None]
        asked = [Question("missing", field, row_of(field, campaign.profile)) for field in missing]
        asked += [Question("wanted", field, row_of(field)) for field in wanted]
        doubts = tuple(fault for fault in report.warnings if fault.place.field == PORTAL)
        for field in find_not_compared(materials, campaign.documents, materials.schools):
            row = row_of(field, campaign.profile)
            question = Question("verify", field, row, shown_value(campaign, field, _as_typed))
            asked.append(replace(question, kind="confirm", doubts=doubts) if field == PORTAL else question)
        return asked

    def answer(self, field: str, text: str) -> None:
        """Write what a person typed."""
        self.write({field: parse_answer(field, text, self._profile)})

    def confirm(self, question: Question, day: date) -> None:
        """Write that somebody compared a fact, as it stands there, on that day."""
        self._replace(with_comparison(self.path, self._text(), [question.field], day))

    def write(self, answers: Mapping[str, object], source: str | None = None) -> None:
        """Write answers into the campaign file; comments and order stay."""
        self._replace(with_answers(self.path, self._text(), answers, source))

    def _text(self) -> str:
        return self.path.read_bytes().decode("utf-8-sig")

    def _replace(self, text: str) -> None:
        replace_file(self.path, text.encode("utf-8"), "C186")


def _value(campaign: Campaign, field: str) -> object:
    table, _, name = field.rpartition(".")
    if table == "publisher":
        return getattr(campaign.publisher, name)
    return campaign.issued_on if field == "issued_on" else value_of(campaign.election, field)


def _as_typed(value: object) -> str:
    return french_name(value.id) if isinstance(value, Step) and value.id else in_words(value)
