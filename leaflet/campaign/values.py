"""The single values of a campaign file: dates, hours, time zones, names, facts with their source.

A parser here raises a pydantic error whose type is a fault code, so that `leaflet.files.toml_files` can report it
with its place. Each type also says in JSON Schema, with the same words and patterns, what an editor can find out by
itself (`leaflet.production.schemas`).
"""

import re
import string
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Struct
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError, PydanticKnownError

from leaflet.campaign.dates import calendar_day, if_day_first, parse_french_day
from leaflet.confidential import HIDDEN, is_secret_name
from leaflet.faults import LANGUAGES, Lang, Place
from leaflet.files.toml_files import NOT_BLANK, text_of, whole
from leaflet.files.words import in_both, say_part
from leaflet.geometry import LENGTH, mm, parse_length
from leaflet.program import own_table
from leaflet.text import DEVICES


class StepRow(Struct, frozen=True):
    """One step: its French name, and what it says in English and in French."""

    fr: str
    what: dict[Literal["en", "fr"], str]


@cache
def step_rows() -> dict[str, StepRow]:
    """Return the steps of the program's templates by their ids, in the order in which they are usually done."""
    rows = own_table("steps.toml")
    return {step: StepRow(**row) for step, row in rows.items()}


def step_id(name: str) -> str:
    """Return the id of a step that is called by its French name; any other name unchanged."""
    return next((step for step, row in step_rows().items() if row.fr == name), name)


def french_name(step: str) -> str:
    """Return a step's French name; its id if it has none."""
    return step_rows()[step].fr if step in step_rows() else step


TreePath = tuple[str | int, ...]
Lines = Mapping[TreePath, int]
"""The line (from 1) of each key, by its path in the file."""


def find_place(file: str, lines: Lines, path: TreePath) -> Place:
    """Return the place of the value at `path`, with the line of the nearest key that has one."""
    known = next((path[:n] for n in range(len(path), 0, -1) if path[:n] in lines), None)
    return Place(file=file, line=lines[known] if known else None, field=dotted(path) or None)


def dotted(path: TreePath) -> str:
    """Return ``document[2].name`` for ``("document", 1, "name")``: lists are counted from 1."""
    return "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def outside_group(path: TreePath) -> TreePath:
    """Return the path that a fact of a group has where it is everybody's: ``("links", "portal")``."""
    return path[2:] or path if path[0] == "groups" else path


# H official · M union, teacher or code source, or official but old · L one unofficial page · INF computed
Confidence = Literal["H", "M-H", "M", "M-L", "L-M", "L", "INF"]
PRINTED: frozenset[Confidence] = frozenset({"H", "M-H", "M", "INF"})

# « 2014 », « 2014-02 » or « 2014-02-17 »: no more exact than the source says
Attested = Annotated[str, Field(pattern=r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")]


class Fact(BaseModel):
    """One value with where it comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: object  # text, number, date, hour or list, as TOML has them
    source: str  # address of the page, or title of the paper, where it was read
    confidence: Confidence
    read_on: date  # day on which the source was read; it says nothing of the age of the source
    attested: Attested | None = None  # date of the source, as exact as it is known; None if the source has no date
    undated: str | None = None  # why the date of the source is not known
    unprinted: str | None = None  # why no template prints the fact

    @property
    def is_printable(self) -> bool:
        """Return whether the fact may be printed although the campaign does not confirm it."""
        return self.confidence in PRINTED

    def is_older_than(self, day: date) -> bool:
        """Return whether the source may be older than `day`; a year or a month counts from its first day."""
        return self.attested is not None and self.attested < day.isoformat()


class AddressFact(Fact):
    """A fact about a mailbox, always a text: a web address, a path in words, or a rule for user names."""

    value: str

    @property
    def is_printable(self) -> bool:
        """Return whether it may be printed although the campaign does not confirm it."""
        return super().is_printable and self.unprinted is None


ENCODINGS = ("utf-8", "cp1252", "latin-1", "cp850", "mac-roman", "utf-16")  # those that lists are read in
CLEANINGS = ("fix-codes", "repair-text", "french-capitals")  # the options of the command line
PER = ("school", "person")
MAKES = ("pdf", "html", "png", "txt", "ics")  # what a file is, as its name ends
KEYS = ("uai", *own_table("keys.toml"))
FLIPS = ("long-edge", "short-edge")
ORDERS = ("rows", "stack")
PHASES = ("before", "prepare", "open", "last")  # of a vote: before its paper is due, until it opens, its last day
PRIVATE, OVERSEAS = "private", "overseas"  # groups of schools, besides those of ``assets/groups.toml``
PATTERN_FIELDS = ("uai", "slug", "commune")
PATTERN_FIELD = re.compile(r"\{([a-z][a-z0-9_]*)\}")  # one of these, or a column that is printed
_SLUG = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")
_STEP = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_CONDITION = re.compile(r"[^=!~]*[^=!~\s][^=!~]*(?:!=|=|~).*", re.DOTALL)
_SHAPE = re.compile(r"[#@A-Z0-9_-]{1,40}")  # of a key
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_HOUR = re.compile(r"\s*(?:[mM]idi|([01]?\d|2[0-3])\s*(?:[hH:.]|[hH]eures?)\s*([0-5]\d)?(?::00)?)\s*")
_PATTERN_TEXT = re.compile(r"[A-Za-z0-9_-]*")
_MAX_NAME = 60  # characters; longer paths fail on Windows once a folder and a school's name are added


def parse_day(value: Any) -> Any:
    """Return a TOML date, or the same between quotes."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("C110", "not a day", _why_no_date(value)) from None


def _why_no_date(value: Any) -> dict[str, Any]:
    """Return the values of the message of a value that is no day: why, and how it is to be written."""
    why, written = in_both("why", "no_day_otherwise_written"), parse_french_day(str(value))
    if isinstance(value, datetime):
        why, how = in_both("why", "no_day_with_time"), in_both("how", "without_time")
        return {"value": value.isoformat(" "), "proposal": value.date().isoformat(), **why, **how}
    if written is None:
        return {"value": str(value), "proposal": "2026-12-03", **why, **in_both("how", "write_for_example")}
    day, no_day = calendar_day(written)
    condition = if_day_first(str(value))
    how = {f"how_{lang}": say_part("write_instead", lang, condition=condition[f"if_{lang}"]) for lang in LANGUAGES}
    if no_day is not None:
        why, how = no_day, in_both("how", "correct_day_or_month")
    return {"value": str(value), "proposal": day, **why, **how}


def parse_own_fact(value: Any) -> Any:
    """Return a fact of a campaign's own as TOML has it: a text, a whole number, a day or an hour."""
    if isinstance(value, str | date | time) or type(value) is int:
        return parse_day(value) if isinstance(value, date) else value
    raise PydanticKnownError("string_type")


def parse_hour(value: Any) -> Any:
    """Return a time of day: ``8:00``, « 10 heures », « 17 h 30 », « midi », or a TOML time; none has seconds."""
    if isinstance(value, time) and not value.second and not value.microsecond and value.tzinfo is None:
        return value
    match = _HOUR.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise PydanticCustomError("C111", "not an hour", {"value": str(value)})
    return time(int(match[1] or 12), int(match[2] or 0))


def check_zone(name: str) -> str:
    """Return `name` if the IANA time-zone data has it."""
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        raise PydanticCustomError("C112", "unknown time zone", {"value": name}) from None
    return name


def not_blank(code: str) -> AfterValidator:
    """Return the check that there is something to print in a text."""

    def check(text: str) -> str:
        if not text.strip():
            raise PydanticCustomError(code, "blank", {})
        return text

    return AfterValidator(check)


_LONGEST_FIELD = {None: 0, "uai": 8}  # characters; any other field is a slug of 60, which may get a word before it
_LONGEST_STEM = 200  # disks take 255 bytes, and a file of some people has their lines behind it


def check_slug(name: str) -> str:
    """Return `name` if it is a safe folder name on every system."""
    if _SLUG.fullmatch(name) is None or len(name) > _MAX_NAME or DEVICES.fullmatch(name):
        raise PydanticCustomError("C123", "unsafe name", {"value": HIDDEN if is_secret_name(name) else name})
    return name


def check_pattern(pattern: str) -> str:
    """Return `pattern` if it makes safe file names, a different one for each school."""
    try:
        parts = list(string.Formatter().parse(pattern))
    except ValueError:
        raise PydanticCustomError("C126", "unsafe pattern", {"value": pattern}) from None
    names = [name for _, name, _, _ in parts if name is not None]
    if unknown := [name for name in names if not PATTERN_FIELD.fullmatch(f"{{{name}}}")]:
        raise PydanticCustomError("C125", "unknown field", {"value": pattern, "unknown": unknown[0]})
    plain = (_PATTERN_TEXT.fullmatch(text) and not spec and not conversion for text, _, spec, conversion in parts)
    if not all(plain) or pattern[:1] == "-":
        raise PydanticCustomError("C126", "unsafe pattern", {"value": pattern})
    if "uai" not in names:
        raise PydanticCustomError("C127", "same name twice", {"value": pattern})
    if (length := sum(len(text) + _LONGEST_FIELD.get(name, 66) for text, name, *_ in parts)) > _LONGEST_STEM:
        raise PydanticCustomError("C153", "too long", {"value": pattern, "length": length, "allowed": _LONGEST_STEM})
    return pattern


def or_table(name: str, either: Any) -> BeforeValidator:
    """Return the reading of a value that is a table, or the text of one of its keys; a schema has it as `either`."""
    return BeforeValidator(lambda it: {name: it} if isinstance(it, str) else it, json_schema_input_type=either)


def in_each_language(texts: object) -> object:
    """Return a text for each language: one text stands for both, and that of one language for the other."""
    if isinstance(texts, dict) and texts:
        return {**dict.fromkeys(LANGUAGES, next(iter(texts.values()))), **texts}
    return dict.fromkeys(LANGUAGES, texts)


def check_encoding(name: str) -> str:
    """Return `name`, in lower case, if school lists can be read in it."""
    if name.lower() not in ENCODINGS:
        raise PydanticCustomError("C132", "unknown encoding", {"value": name, "allowed": ", ".join(ENCODINGS)})
    return name.lower()


def check_bleed(value: str) -> str:
    """Return `value` if it is a length that print shops ask to be printed beyond the cut."""
    try:
        length = parse_length(value)
    except ValueError:
        raise PydanticCustomError("C129", "no length", {"value": value}) from None
    if not mm(3) <= length <= mm(5):
        raise PydanticCustomError("C129", "out of bounds", {"value": value})
    return value


def is_color(value: str) -> bool:
    """Tell whether a text is a colour such as ``#1f3a93``."""
    return _COLOR.fullmatch(value) is not None


def _checked(is_right: Callable[[str], object], code: str, **values: str) -> AfterValidator:
    """Return the check of a text, which its message names with these values."""

    def check(text: str) -> str:
        if not is_right(text):
            raise PydanticCustomError(code, "wrong", {"value": text, **values})
        return text

    return AfterValidator(check)


def _like(pattern: re.Pattern[str], code: str) -> AfterValidator:
    """Return the check that a pattern matches all of a text."""
    return _checked(pattern.fullmatch, code)


def _one_of(allowed: tuple[str, ...], code: str = "C128") -> AfterValidator:
    """Return the check that a value is one of some words."""
    return _checked(allowed.__contains__, code, allowed=", ".join(allowed))


def _any_case(words: Iterable[str]) -> str:
    """Return the pattern of words in small or capital letters, as every dialect of patterns has it."""
    letters = ("".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in word) for word in words)
    return f"^(?:{'|'.join(letters)})$"


_FIELD = PATTERN_FIELD.pattern.replace("(", "(?:")
_SAFE_NAME = {"pattern": whole(_SLUG), "maxLength": _MAX_NAME, "not": {"pattern": whole(DEVICES)}}
_ENCODING = text_of(anyOf=[{"enum": [*ENCODINGS]}, {"pattern": _any_case(ENCODINGS)}])

Day = Annotated[date, BeforeValidator(parse_day)]
Hour = Annotated[time, BeforeValidator(parse_hour), text_of(pattern=whole(_HOUR))]
OwnFact = Annotated[Any, BeforeValidator(parse_own_fact, json_schema_input_type=str | int | date | time)]
Zone = Annotated[str, AfterValidator(check_zone)]
Line = Annotated[str, not_blank("C141"), text_of(pattern=NOT_BLANK)]
_Texts = dict[Lang, Line]
InEach = Annotated[_Texts, BeforeValidator(in_each_language, json_schema_input_type=Line | _Texts)]
Color = Annotated[str, _like(_COLOR, "C143"), AfterValidator(str.lower), text_of(pattern=whole(_COLOR))]
Slug = Annotated[str, AfterValidator(check_slug), text_of(**_SAFE_NAME)]
# the id of a step that is called by its id or by its French name: « open-portal », « ouvrir-portail »
StepId = Annotated[str, _like(_STEP, "C155"), AfterValidator(step_id), text_of(pattern=whole(_STEP))]
FileNamePattern = Annotated[
    str,
    AfterValidator(check_pattern),
    text_of(pattern=rf"^(?:[A-Za-z0-9_]|{_FIELD})(?:[A-Za-z0-9_-]|{_FIELD})*$", allOf=[{"pattern": r"\{uai\}"}]),
]
Encoding = Annotated[str, AfterValidator(check_encoding), _ENCODING]
Cleaning = Annotated[str, _one_of(CLEANINGS), text_of(enum=[*CLEANINGS])]
# a column, an operator and a value, as after --where
Condition = Annotated[str, _like(_CONDITION, "C134"), text_of(pattern=r"^[^=!~]*[^=!~\s][^=!~]*(?:!=|=|~)")]
Flip = Annotated[str, _one_of(FLIPS), text_of(enum=[*FLIPS])]  # the edge a printer turns sheets about
Order = Annotated[str, _one_of(ORDERS), text_of(enum=[*ORDERS])]  # in which cards stand on sheets
Phase = Annotated[str, _one_of(PHASES), text_of(enum=[*PHASES])]
Bleed = Annotated[str, AfterValidator(check_bleed), text_of(pattern=whole(LENGTH))]
Key = Annotated[str, _one_of(KEYS), text_of(enum=[*KEYS])]  # the codes that tell schools apart
KeyShape = Annotated[
    str, _checked(_SHAPE.fullmatch, "C128", allowed="# @ A-Z 0-9 - _"), text_of(pattern=whole(_SHAPE))
]
Per = Annotated[str, _one_of(PER, "C122"), text_of(enum=[*PER])]
Makes = Annotated[str, _one_of(MAKES), text_of(enum=[*MAKES])]
