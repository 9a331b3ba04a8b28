"""Hold the values of a campaign: what the file may hold, and the `Campaign` a build works with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from msgspec import Struct, field
from pydantic import BeforeValidator, Field, WithJsonSchema, WrapValidator, field_validator, model_validator
from pydantic_core import PydanticCustomError

from leaflet.campaign.academies import Academie, AcademieAddresses
from leaflet.campaign.election import Election, ElectionProfile
from leaflet.campaign.links import NEVER, OVERRIDABLE
from leaflet.campaign.values import (
    AddressFact,
    Bleed,
    Cleaning,
    Color,
    Condition,
    Day,
    Encoding,
    FileNamePattern,
    Flip,
    InEach,
    Key,
    KeyShape,
    Line,
    Lines,
    Makes,
    Order,
    Per,
    Phase,
    Slug,
    find_place,
    not_blank,
    or_table,
)
from leaflet.confidential import normalise
from leaflet.faults import Lang, Place
from leaflet.files.resources import Resources
from leaflet.files.toml_files import NOT_BLANK, StrictModel, as_tuple, text_of
from leaflet.text import slug

Confirmable = Literal["webmail", "help", "path", "login_rule"]
Tryable = Literal["webmail", "help"]  # what a campaign can keep from being printed until it was tried
_UNNAMED = "unnamed"  # the name of a document whose template is wrong
UNTRIED = ""  # in the place of an address: the program's own is not to be printed before it was tried


class PublisherMessage(StrictModel):
    """The publisher's own words to readers: a title, and a text under it."""

    title: Line | None = None
    text: Line | None = None


class Publisher(StrictModel):
    """The publisher, who answers for the leaflet.

    Whoever prints for the public names printer and domicile (law of 29 July 1881, article 3, legifrance.gouv.fr
    LEGIARTI000021662494): the publisher's own, unless a print shop prints.
    """

    name: Annotated[str, not_blank("C140"), text_of(pattern=NOT_BLANK)]
    kind: Literal["union", "administration"] = "union"  # an administration is neutral: it speaks for no list
    address: Line | None = None
    contact: Line | None = None
    logo: Line | None = None
    color: Color | None = None  # of its brand, « #1f3a93 », from which all colours of a coloured theme follow
    message: PublisherMessage = PublisherMessage()
    imprint: str | None = None  # what the law wants said, in the place of that of the words; none if it is empty
    compared_by: Line | None = None  # who compares the facts with a notice: a function, never a name; not printed


# One or several sheets of a workbook, by their names.
_as_sheets = BeforeValidator(
    lambda value: (value,) if isinstance(value, str | int | float) else as_tuple(value),
    json_schema_input_type=Line | tuple[Line, ...],
)
Sheets = Annotated[tuple[Line, ...], _as_sheets]


class KeySettings(StrictModel):
    """The code that tells the establishments of a list apart: of a known kind, or as it is described here."""

    kind: Key = "code"
    what: InEach | None = None  # what it is, with its shape, as messages say it
    shapes: Annotated[tuple[KeyShape, ...], BeforeValidator(as_tuple)] = ()  # « @@##### »: two letters, five digits
    check: Literal["luhn"] | None = None  # how its last digit follows from the others
    columns: Annotated[tuple[Line, ...], BeforeValidator(as_tuple)] = ()  # titles that its column may have


class Data(StrictModel):
    """The list of schools, the staff list of documents for persons, and what is made of them."""

    schools: Line
    staff: Line | None = None
    key: Annotated[KeySettings, or_table("kind", KeySettings | Key)] = KeySettings(kind="uai")
    encoding: Encoding | None = None  # of lists that are text; None finds it
    sheet: Sheets = ()  # of the list of schools, if that is a spreadsheet
    header_row: Annotated[int, Field(ge=1)] | None = None  # with its column names, if there are titles above
    staff_sheet: Sheets = ()
    staff_header_row: Annotated[int, Field(ge=1)] | None = None
    # written as the options of the same names, which add to them
    clean: Annotated[tuple[Cleaning, ...], BeforeValidator(as_tuple)] = ()
    where: Annotated[tuple[Condition, ...], BeforeValidator(as_tuple)] = ()
    state: Annotated[tuple[Line, ...], BeforeValidator(as_tuple)] = ()
    print: Annotated[tuple[Line, ...], BeforeValidator(as_tuple)] = ()  # titles of columns of either list
    delete_by: Day | None = None  # the last day on which the staff list and what is made of it are kept

    @property
    def printed(self) -> dict[str, str]:
        """The titles of the columns that are printed, by their normalised names."""
        return {normalise(title): title for title in self.print}


FRENCH = "fr"
DRAFT_MARKS = {"fr": "PROJET", "en": "DRAFT"}  # how names and titles of drafts begin, by the language of pages

PDF = "pdf"
_USUAL = {"theme": "default", "lang": FRENCH, "makes": PDF}  # what does not go into the name of a document


def lang_of_facts(lang: str) -> Lang:
    """Return the language in which pages in another one call facts: English for English, else French."""
    return "en" if lang == "en" else "fr"


class Document(StrictModel):
    """One document to make for each school, or for each person of the staff list."""

    template: Slug
    theme: Slug = "default"
    lang: Slug = FRENCH  # the language of its words, the name of their file
    read_on: Day | None = None  # the day on which it is read, by which its words go; None is that of the campaign
    phases: Annotated[tuple[Phase, ...], BeforeValidator(as_tuple)] = ()  # a set of files for each; see `of_phases`
    per: Per = "school"
    makes: Makes = PDF  # what one file of it is: pages on paper, a page on a screen, a text, a calendar
    name: Slug = _UNNAMED  # folder of its files: its template, and what else is not the usual
    file_name: FileNamePattern = "{uai}-{slug}"  # pattern of files' names, also of ``{commune}`` and printed columns
    sheet: Line | None = None  # the label or card stock to print on; None makes pages of the document's own size
    flip: Flip | None = None  # the edge the printer turns sheets about; None takes the usual one
    order: Order = "rows"  # of cards on sheets, row by row or so that cut piles are in order
    fold: bool = True  # whether pages of a folded document are put on their sheets, or left one after the other

    @model_validator(mode="before")
    @classmethod
    def _with_name(cls, table: Any) -> Any:
        if not isinstance(table, Mapping) or "name" in table or "template" not in table:
            return table
        parts = [table["template"], *(table[key] for key, value in _USUAL.items() if table.get(key, value) != value)]
        parts += [f"{table['read_on']:%m-%d}"] if isinstance(table.get("read_on"), date) else []
        return {**table, "name": "-".join(parts)} if all(isinstance(part, str) for part in parts) else table

    @property
    def is_paper(self) -> bool:
        """Whether its files are pages to be printed."""
        return self.makes == PDF

    @property
    def table(self) -> str:
        """Return the name of the document that its table has, whatever the phase."""
        return self.name.removesuffix("".join(f"-{phase}" for phase in self.phases))

    def of_phases(self) -> tuple["Document", ...]:
        """Return a document for each of its phases, in a folder of its own; itself if it has none."""
        sets = [{"name": f"{self.name}-{phase}", "phases": (phase,)} for phase in dict.fromkeys(self.phases)]
        return tuple(self.model_copy(update=one) for one in sets) or (self,)

    def file_stem(self, *, uai: str, name: str, town: str, columns: Iterable[tuple[str, str]] = ()) -> str:
        """Return the name of one school's file, without ``.pdf``; of `columns`, only a few may have a value."""
        asked = self.file_name  # slugs only where they are asked for: they take longer than all the rest
        values = {**dict(columns), "slug": name, "commune": town}
        slugs = {key: slug(text) for key, text in values.items() if f"{{{key}}}" in asked}
        return asked.format_map(defaultdict(str, {**slugs, "uai": uai}))

    def as_draft(self, facts: Iterable[str]) -> "DraftDocument":
        """Return the document as a draft, which is not to be printed, with the facts to compare."""
        return DraftDocument.model_construct(**dict(self), facts=tuple(facts))


class DraftDocument(Document):
    """A document that prints facts which nobody has compared; a campaign file cannot ask for one."""

    facts: tuple[str, ...]  # by dotted name

    @property
    def mark(self) -> str:
        """Return how the names of its files begin."""
        return f"{DRAFT_MARKS.get(self.lang, DRAFT_MARKS[FRENCH])}-"

    def file_stem(self, **values: Any) -> str:
        """Return the name of one school's file, which says that it is a draft."""
        return self.mark + super().file_stem(**values)


TriedAddress = Annotated[
    Line,
    WrapValidator(lambda value, check: UNTRIED if value is False else check(value)),
    WithJsonSchema({"anyOf": [{"type": "string", "pattern": NOT_BLANK}, {"const": False}]}),
]


class AcademieSettings(StrictModel):
    """The campaign's settings for one académie: its own addresses, or that it confirms the program's.

    ``webmail = false`` or ``help = false`` keeps the program's own from being printed until somebody has tried it:
    `UNTRIED` here. ``login_rule = false`` says nothing of how user names are made: neither the académie's rule, nor
    what is usual.
    """

    site: Line | None = None
    webmail: TriedAddress | None = None
    help: TriedAddress | None = None
    path: Line | None = None
    login_rule: Literal[False] | None = None
    confirmed: Annotated[tuple[Confirmable, ...], BeforeValidator(as_tuple)] = ()


class Printed(Struct, frozen=True, kw_only=True):
    """A value of an académie that is printed; `fact` is the program's own if nobody has confirmed it."""

    value: str
    fact: AddressFact | None = None


class DepartementSettings(StrictModel):
    """The campaign's settings for one département."""

    site: Line | None = None


class PressSettings(StrictModel):
    """The wishes of the print shop."""

    profile: Line = "FOGRA39"  # for coated paper; ``FOGRA47`` (uncoated), or an ICC file beside the campaign
    bleed: Bleed = "3mm"  # how far is printed beyond the cut, 3 to 5 mm, a length with its unit
    printer: Line | None = None  # name and town of the print shop, which the law wants on what it prints


class Compared(StrictModel):
    """A fact that somebody held against the notice de vote: its dotted name, the value seen there, the day."""

    field: Line
    value: Any
    on: Day


class Allow(StrictModel):
    """One link rule set aside for one address."""

    rule: Annotated[str, text_of(enum=[*OVERRIDABLE])]
    url: Line
    reason: Annotated[str, not_blank("C173"), text_of(pattern=NOT_BLANK)]

    @field_validator("rule")
    @classmethod
    def _can_be_set_aside(cls, rule: str) -> str:
        if rule in NEVER:
            raise PydanticCustomError("C171", "never", {"value": rule, "allowed": ", ".join(OVERRIDABLE)})
        if rule not in OVERRIDABLE:
            raise PydanticCustomError("C170", "unknown", {"value": rule, "allowed": ", ".join(OVERRIDABLE)})
        return rule


class CampaignSettings(StrictModel):
    """A campaign file without the values of the election."""

    election: str
    version: Line = "v1"
    issued_on: Day | None = None
    publisher: Publisher
    data: Data
    document: Annotated[tuple[Document, ...], BeforeValidator(as_tuple)] = ()
    academies: dict[str, AcademieSettings] = {}
    departements: dict[str, DepartementSettings] = {}
    allow: Annotated[tuple[Allow, ...], BeforeValidator(as_tuple)] = ()
    stock: dict[str, dict[str, Any]] = {}
    press: PressSettings = PressSettings()
    columns: dict[str, dict[str, str]] = {}
    check: dict[str, Any] = {}
    compared: Annotated[tuple[Compared, ...], BeforeValidator(as_tuple)] = ()


class Campaign(Struct, frozen=True, kw_only=True):
    """A checked campaign; everything a build needs to know besides the schools and the template."""

    file: str  # name of the campaign file, for messages
    lines: Lines  # the line of each of its keys, for messages too
    folder: Path  # the folder it is in
    resources: Resources  # where its templates, themes and other resources are looked for
    profile: ElectionProfile  # the facts of its election, with their sources
    election: Election
    version: str
    issued_on: date | None
    publisher: Publisher
    logo: Path | None  # a PNG, JPEG, SVG or PDF inside `folder`, or None
    schools: Path  # the list of schools, an existing file
    staff: Path | None  # the staff list, an existing file, or None
    data: Data
    documents: tuple[Document, ...]
    academies: Mapping[str, AcademieSettings]  # settings by the académie's own key
    departements: Mapping[str, DepartementSettings]  # settings by code
    allow: tuple[Allow, ...]
    stock: Mapping[str, Mapping[str, object]]  # tables of its own card stock, by name, as they were written
    press: PressSettings
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # by list: field to header as written
    check: Mapping[str, object] = field(default_factory=dict)  # as written; see `leaflet.preflight.rule_settings`
    addresses: Mapping[str, AcademieAddresses] = field(default_factory=dict)  # of ``addresses.toml``, by own key
    previous_vote: date | None = None  # the last day of the vote before this one; facts that are older are doubtful
    not_compared: tuple[str, ...] = ()  # its facts, by dotted name, that nobody held against an official paper

    @property
    def has_academies(self) -> bool:
        """Tell whether the schools of the list have an académie's mailbox, help and rules, where it is known."""
        return self.profile.academies and self.data.key.kind == "uai"

    @property
    def lang(self) -> str:
        """The language of its first document, which is that of all that belongs to none, and of its own words."""
        return next((document.lang for document in self.documents), FRENCH)

    def place(self, *path: str | int) -> Place:
        """Return the place of the value at `path` in the campaign file, or of the nearest key around it."""
        return find_place(self.file, self.lines, path)

    def place_of(self, document: Document, setting: str) -> Place:
        """Return the place of a document's setting in the campaign file, without a number if it is not its own."""
        tables = dict.fromkeys(own.table for own in self.documents)
        number = [number for number, table in enumerate(tables) if table == document.table]
        return self.place("document", *number, setting)

    def settings_of(self, academie: Academie) -> AcademieSettings:
        """Return the campaign's settings for `academie`; empty ones by default."""
        return self.academies.get(academie.key, AcademieSettings())

    def printed(self, academie: Academie, name: Confirmable) -> Printed | None:
        """Return what is printed of an académie: the campaign's own, what was confirmed, or what is sure enough."""
        settings = self.settings_of(academie)
        own: str | Literal[False] | None = getattr(settings, name)
        tried = getattr(self.addresses.get(academie.key), name, None)
        fact: AddressFact | None = getattr(academie, name)
        if own:
            return Printed(value=own)
        if tried:
            return Printed(value=tried.value)
        if fact is None or name in settings.confirmed:
            return Printed(value=fact.value) if fact else None
        return Printed(value=fact.value, fact=fact) if own is None and tried is None and fact.is_printable else None
