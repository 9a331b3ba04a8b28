"""Fill in a campaign: what is still asked for, and answers written into its file one by one.

Nothing here asks for a password, a code or a NUMEN: fields hold the names of things, and an answer that looks like a
secret is refused as it would be in a campaign file.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from msgspec import Struct

from leaflet.campaign.answers import CONFIRMED, TO_VERIFY, parse_answer, with_answers
from leaflet.campaign.columns import replace_file
from leaflet.campaign.election import value_of
from leaflet.campaign.fields import FieldRow, field_rows
from leaflet.campaign.load import UNFINISHED, load_campaign
from leaflet.campaign.model import Campaign
from leaflet.faults import Report
from leaflet.production.inputs import load_inputs
from leaflet.production.missing import find_missing
from leaflet.production.options import InputOptions
from leaflet.step_names import french_name

PORTAL = "links.portal"
# Asked for though no template needs them: the law wants an address, readers want hours.
_WANTED = ("publisher.address", "publisher.contact", "vote.opens_at", "vote.closes_at")


class Question(Struct, frozen=True):
    """One question about a campaign.

    Args:
        kind: a fact is missing; the portal is to be confirmed; a fact would be good to have, or is to be verified.
        field: its dotted name.
        row: the field in plain words.
        value: as the campaign has it, in words; empty if it is missing.
    """

    kind: Literal["missing", "confirm", "wanted", "verify"]
    field: str
    row: FieldRow
    value: str = ""


class Filling:
    """A campaign that is being filled in. What is answered is in the file at once.

    Args:
        path: the campaign file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def questions(self) -> list[Question]:
        """Return what is still asked for: what is missing, what would be good to have, what is to be verified.

        Raises:
            LeafletError: the campaign or its list cannot be read.
        """
        report = Report()
        materials = load_inputs(InputOptions(campaign=self.path, out=self.path.parent, keep_going=True), report)
        campaign = materials.campaign
        missing = list(find_missing(materials, campaign.documents, materials.schools))
        unfinished = {fault.code for fault in report.errors} & UNFINISHED
        if "C142" in unfinished:
            missing.insert(0, "publisher.name")
        unconfirmed = [PORTAL] if "L119" in unfinished else []
        wanted = [field for field in _WANTED if field not in missing and _value(campaign, field) is None]
        rows = field_rows()
        return [
            *(Question("missing", field, rows[field]) for field in missing),
            *(Question("confirm", field, rows[field], _shown(campaign, field)) for field in unconfirmed),
            *(Question("wanted", field, rows[field]) for field in wanted),
            *(Question("verify", field, rows[field], _shown(campaign, field)) for field in campaign.to_verify),
        ]

    def answer(self, field: str, text: str) -> None:
        """Write what a person typed.

        Raises:
            DataError: it breaks a rule of campaign files, or the file cannot be written.
        """
        answers: dict[str, object] = {field: parse_answer(field, text)}
        if field == PORTAL and load_campaign(self.path, Report()).election.links.confirmed:
            answers[CONFIRMED] = []  # that was another address
        self.write(answers)

    def confirm(self, question: Question) -> None:
        """Write that a fact is right as it is: the portal was opened and recognised, or it is as the notice says.

        Raises:
            DataError: the file cannot be written.
        """
        if question.kind == "confirm":
            self.write({CONFIRMED: ["portal"]})
            return
        field = question.field
        left = [other for other in load_campaign(self.path, Report()).to_verify if other != field]
        self.write({TO_VERIFY: left})

    def write(self, answers: Mapping[str, object]) -> None:
        """Write answers into the campaign file; comments and order stay.

        Raises:
            DataError: one of them breaks a rule of campaign files, or the file cannot be written.
        """
        data = self.path.read_bytes()
        text = data.decode("utf-8-sig")
        replace_file(self.path, with_answers(self.path, text, answers).encode("utf-8"), "C186")


def _value(campaign: Campaign, field: str) -> object:
    table, _, name = field.rpartition(".")
    if table == "publisher":
        return getattr(campaign.publisher, name)
    return campaign.issued_on if field == "issued_on" else value_of(campaign.election, field)


def _shown(campaign: Campaign, field: str) -> str:
    """Return a value as a person reads it."""
    value = _value(campaign, field)
    if field == "steps" and campaign.election.steps is not None:
        return ", ".join(french_name(step.id) if step.id else str(step.title) for step in campaign.election.steps)
    if isinstance(value, tuple):
        return " ; ".join(map(str, value))
    return f"{value:%H:%M}" if field.endswith("_at") else str(value)
