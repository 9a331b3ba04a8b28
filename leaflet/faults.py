"""Faults, each written once and in two languages: `Fault`, its `Place`, and the `Report` of all.

Every fault has a code whose messages stand in ``assets/faults/*.toml`` (severity, reason and way out, in
English and French). Functions that can find several faults take a `Report` and go on; the caller stops
with `Report.raise_errors`. Functions that cannot go on raise `LeafletError` themselves.

    LeafletError            exit code
    ├── DataError           1   campaign, links, tables, press
    ├── UsageError          2   command line, files named on it
    ├── TemplateError       3   markup, unknown or blank variables
    └── RenderError         4   does not fit, missing glyph, writing, verification, finished files, comparison
"""

import errno
import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from msgspec import Struct, field, structs

from leaflet.program import assets, own_table, split_tables

Lang = Literal["en", "fr"]
Severity = Literal["error", "warning", "note"]
Family = Literal[
    "campaign", "addresses", "tables", "press", "usage", "templates",
    "fit", "glyphs", "writing", "verification", "file", "differences",
]  # fmt: skip
Audience = Literal["anyone", "shell", "file"]
Cause = Literal["disk full", "not permitted"]  # why the system refuses something, as far as somebody acts on it
Scope = Literal["all", "list", "row", "record", "printer", "output", "run"]
LANGUAGES: tuple[Lang, ...] = ("en", "fr")
SEVERITIES: tuple[Severity, ...] = get_args(Severity)  # from the worst on
_ADDED = re.compile(r"\{(?:doubt|then)_\w\w\}")  # what only some messages of a code go on with
_PLACEHOLDER = re.compile(r"\{\w+\}")
_COUNTED = re.compile(r"\{(\w+):([^|}]*)\|([^|}]*)\}")  # what agrees with a number: {count:row is|rows are}
_SECOND_STOP = re.compile(r"(?<=[.?!…])\.$")  # after a value that ends a sentence itself
NBSP = "\u00a0"
_CLIP_LIST = 600
_CAUSES: dict[int, Cause] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "disk full"),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "not permitted"),
}
# Windows has numbers of its own, which tell more: 32 is no refusal, but another program that has the file open.
_CAUSES_OF_WINDOWS: dict[int, Cause] = {
    **dict.fromkeys((39, 112, 1295), "disk full"),
    **dict.fromkeys((5, 19, 1314), "not permitted"),
}
_PARTS = ("doubt", "names", "hint", "then", "what", "why", "where", "line", "fitting", "needed")
_WHOLE = {"known", "allowed", "command", "mended", "line"}
_WHOLE |= {f"{part}_{lang}" for part in _PARTS for lang in LANGUAGES}
_CLIP = 80  # characters of a value that a message shows; the place tells where the rest is


class Place(Struct, frozen=True, kw_only=True):
    """The place of a fault, as the user sees it."""

    file: str | None = None  # name of the file as the user wrote it, or a part of the program's own files
    line: int | None = None  # line in that file, counted as an editor or a spreadsheet does (first line = 1)
    sheet: str | None = None  # in a spreadsheet, the name of the sheet as it may be shown
    column: str | None = None  # there, the letters of the column
    row: int | None = None  # there, the number of the row
    field: str | None = None  # header of the column, dotted key of a setting, attribute of an element
    key: str | None = None  # of the record being made, when the fault belongs to one
    person: int | None = None  # the line of the staff list, if the record is of a person
    page: int | None = None  # of a finished file, counted from 1
    source: str | None = None  # the faulty line itself

    @property
    def cell(self) -> str | None:
        """The cell as spreadsheets name it: ``Feuil1!C17``; None outside of one."""
        return None if self.sheet is None else f"{self.sheet}!{self.column}{self.row}"

    @property
    def list_row(self) -> int | None:
        """The row of a list, counted as an editor or a spreadsheet does; None without one."""
        return self.line if self.row is None else self.row

    @property
    def record(self) -> str | None:
        """The record as messages name it: a UAI, and the line of the staff list for a person; None without one."""
        return f"{self.key} ({self.person})" if self.key and self.person is not None else self.key

    def text(self, lang: Lang) -> str:
        """Return one line: ``ecoles.csv · ligne 17 · « code_postal »``."""
        line_word = "ligne" if lang == "fr" else "line"
        parts = [
            visible(self.file) if self.file else "",
            f"{line_word} {self.line}" if self.line is not None else "",
            self.cell or "",
            quoted(visible(self.field), lang) if self.field else "",
            visible(self.record) if self.record else "",
            f"page {self.page}" if self.page is not None else "",
        ]
        return " · ".join(part for part in parts if part)


class Message(Struct, frozen=True, kw_only=True):
    """The severity of a fault, and what is said of it in both languages, with ``{placeholders}``."""

    severity: Severity  # how bad it is
    reason: dict[Lang, str]  # what is wrong, and why
    way_out: dict[Lang, str]  # what to do about it
    family: Family = "file"  # which part of the program finds it; what packages add are rules for finished files
    audience: Audience = "anyone"  # who can take the way out: at a shell, with the campaign file open, or anyone
    # what it concerns, if not all: a list that cannot be read, one row of it, one record, the printer file, the files
    # that are written, or nothing but this run
    scope: Scope = "all"
    at_check: bool = False  # for who writes the campaign: `check` tells it, other commands how many there are

    def outline(self, lang: Lang) -> str:
        """Return what the code is about in general: the reason, with « … » for what is found."""
        return _outline(self.reason[lang], lang)

    def outline_way_out(self, lang: Lang) -> str:
        """Return what to do in general: the way out, with « … » for what is found."""
        return _outline(self.way_out[lang], lang)


class CatalogueEntry(Message, frozen=True, kw_only=True):
    """One code of the catalogue."""

    code: str  # the code itself
    many: dict[Lang, str] | None = None  # what ``{count}`` faults that differ by their names say in one line


def _outline(message: str, lang: Lang) -> str:
    message = _COUNTED.sub(r"\3", _ADDED.sub("", message.replace("{did_you_mean}", _did_you_mean("…", lang))))
    return re.sub("…+", "…", _PLACEHOLDER.sub("…", message))  # values may stand side by side


def catalogue() -> dict[str, CatalogueEntry]:
    """Return all fault codes, sorted."""
    return {code: entry_of(code) for code in sorted(_tables())}


@cache
def entry_of(code: str) -> CatalogueEntry:
    """Return one code of the catalogue, which must have it."""
    if code not in _tables():
        raise KeyError(f"fault code {code} is not in assets/faults")
    return CatalogueEntry(code=code, family=_FAMILIES[code[0]], **tomllib.loads(_tables()[code])[code])


@cache
def _tables() -> dict[str, str]:
    return split_tables(tuple(sorted((assets() / "faults").glob("*.toml"))))


def join_faults(faults: Sequence["Fault"]) -> "Fault | None":
    """Return one fault for several of one code; None if all have one name, or have to be told one by one."""
    first, values = faults[0], dict[str, object](count=len(faults))
    entry = first.entry
    if not isinstance(entry, CatalogueEntry) or entry.many is None:
        return None
    for lang in LANGUAGES:
        names = Counter(str(fault.values.get("name") or fault.values[f"group_{lang}"]) for fault in faults)
        if len(names) < 2:
            return None
        counted = (name + (f" ({count})" if count > 1 else "") for name, count in names.items())
        values[f"names_{lang}"] = ", ".join(counted)
    ways: dict[Lang, str] = {lang: entry.outline_way_out(lang) for lang in LANGUAGES}
    message = structs.replace(entry, reason=entry.many, way_out=ways)
    return Fault(first.code, Place(file=first.place.file), values, first.level, message)


class Fault(Struct, frozen=True):
    """One thing that is wrong: a code of the catalogue, a place, and the values its messages name.

    The messages may ask `{did_you_mean}`, which is filled from the value `proposal`: nothing if that is empty.

    `level` is how severe the user says it is, if not as severe as its message has it. `message` is that of a code
    that is not in the catalogue, because a package adds it. `cause` is why the system refused something.
    """

    code: str
    place: Place
    values: dict[str, object] = field(default_factory=dict)
    level: Severity | None = None
    message: Message | None = None
    cause: Cause | None = None

    @property
    def entry(self) -> Message:
        """Return what the fault is in general: the message it brings along, else that of the catalogue."""
        return self.message or entry_of(self.code)

    @property
    def severity(self) -> Severity:
        """The severity the user asks for, else that of the message."""
        return self.level or self.entry.severity

    @property
    def family(self) -> Family:
        """The part of the program that finds it."""
        return self.entry.family

    @property
    def row(self) -> int | None:
        """The row of a list that it belongs to; None for one of the whole list, even if it names a line."""
        return self.place.list_row if self.entry.scope == "row" or self.family != "tables" else None

    def reason(self, lang: Lang) -> str:
        """Return what is wrong, and why."""
        return self._fill(self.entry.reason[lang], lang)

    def way_out(self, lang: Lang) -> str:
        """Return what to do about it."""
        return self._fill(self.entry.way_out[lang], lang)

    def lines(self, lang: Lang) -> list[str]:
        """Return the fault as printed: code and place, the faulty line if known, reason, way out."""
        source = [visible(self.place.source.strip())] if self.place.source else []
        texts = (*source, self.reason(lang), f"→ {self.way_out(lang)}")
        return [f"{self.code} {self.place.text(lang)}".rstrip(), *(f"     {text}" for text in texts)]

    def _fill(self, message: str, lang: Lang) -> str:
        shown = {name: show_value(name, value, lang) for name, value in self.values.items()}
        shown["did_you_mean"] = _did_you_mean(shown.get("proposal", ""), lang)
        ones = {"1", "0"} if lang == "fr" else {"1"}
        message = _COUNTED.sub(lambda form: form[2 if shown[form[1]] in ones else 3], message)
        return _SECOND_STOP.sub("", message.format_map(shown).rstrip(" "))


def _did_you_mean(proposal: str, lang: Lang) -> str:
    """Return the question whether a proposal is meant, with a space after it; nothing if there is no proposal."""
    if not proposal:
        return ""
    mean = {"en": "Did you mean", "fr": "Vouliez-vous écrire"}[lang]
    return f"{mean} {quoted(proposal, lang)}{NBSP if lang == 'fr' else ''}? "


def quoted(text: str, lang: Lang) -> str:
    """Return a text between the quotation marks of a language."""
    return f"«{NBSP}{text}{NBSP}»" if lang == "fr" else f"“{text}”"


def show_value(name: str, value: object, lang: Lang) -> str:
    """Return a value in a message: clipped, unless it is the list of what would be right, or something to type.

    A value called ``…_mm`` is a measure, with the decimal sign of the language.
    """
    text = str(value).replace(".", ",") if lang == "fr" and name.endswith("_mm") else str(value)
    if lang == "fr" and name == "problem":
        text = _french_problem(text)
    return visible(text, _CLIP_LIST if name in _WHOLE else _CLIP)


def _french_problem(text: str) -> str:
    """Return what the system or a reader of files says in French, as far as it is known."""
    for said, french in _french_problems():
        if match := said.fullmatch(text):
            return french.format(*map(_french_problem, match.groups())) if match.groups() else french
    return text


@cache
def _french_problems() -> list[tuple[re.Pattern[str], str]]:
    """Return what systems and readers of files say, each with what it is in French."""
    texts: dict[str, dict[str, str]] = own_table("problems.toml")
    known = {os.strerror(getattr(errno, name)): text for name, text in texts["system"].items()} | texts["readers"]
    return [(re.compile(re.escape(one).replace(r"\{\}", "(.+?)")), text) for one, text in known.items()]


def visible(text: str, clip: int = _CLIP) -> str:
    """Return `text` on one line, safe on a terminal: controls, bidi marks and surrogates escaped, clipped."""
    shown = "".join(c if c.isprintable() or c in "\u00a0\u202f" else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= clip else shown[: clip - 1] + "…"


class Report(list[Fault]):
    """A collection of faults, in the order they were found."""

    def add(self, code: str, place: Place, **values: object) -> None:
        """Record one fault; `code` must stand in the catalogue, `values` fill its messages."""
        entry_of(code)  # raises
        self.append(Fault(code, place, values))

    @property
    def errors(self) -> list[Fault]:
        """The faults that stop a call."""
        return [fault for fault in self if fault.severity == "error"]

    @property
    def warnings(self) -> list[Fault]:
        """The faults that do not."""
        return [fault for fault in self if fault.severity == "warning"]

    def raise_errors(self) -> None:
        """Stop with the error class of the first error found, carrying all of them; nothing if there is none."""
        if errors := self.errors:
            raise error_of(errors)


def count_faults(faults: Iterable[Fault]) -> Counter[Severity]:
    """Count faults by severity: the numbers that a build, a check, a report and a preview say of the same faults."""
    return Counter(fault.severity for fault in faults)


def group_by_record(faults: Iterable[Fault]) -> list[list[Fault]]:
    """Put errors together that differ in nothing but the record they are of; all others stay alone."""
    groups: dict[object, list[Fault]] = {}
    for number, fault in enumerate(faults):
        is_alone = fault.place.key is None or fault.severity != "error"
        place = structs.replace(fault.place, key=None, person=None)
        key = number if is_alone else (fault.code, place, repr(fault.values))
        groups.setdefault(key, []).append(fault)
    return list(groups.values())


class LeafletError(Exception):
    """A call that cannot go on, with every fault known by then."""

    exit_code = 1

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(line for fault in self.faults for line in fault.lines("en")))

    def __reduce__(self) -> tuple[type["LeafletError"], tuple[list[Fault]]]:
        # exceptions are sent between processes by their message, which is not what this one is made from
        return type(self), (self.faults,)


class DataError(LeafletError):
    """Campaign, links or tables are wrong."""


class UsageError(LeafletError):
    """The command line is wrong, or a file named on it cannot be used."""

    exit_code = 2


class TemplateError(LeafletError):
    """A template cannot be read, or uses what the campaign does not give."""

    exit_code = 3


class RenderError(LeafletError):
    """A record does not fit, a glyph is missing, a file cannot be written, read or verified."""

    exit_code = 4


RECORD_ERRORS = (DataError, UsageError, RenderError)  # of one record, which is left out; a template's ends a build
_FAMILIES: dict[str, Family] = dict(zip("CLTPUMFGWVKD", get_args(Family), strict=True))  # the letters of codes
_CLASSES: dict[Family, type[LeafletError]] = {
    **dict.fromkeys(("campaign", "addresses", "tables", "press"), DataError),
    "usage": UsageError,
    "templates": TemplateError,
}


def error_class(family: Family) -> type[LeafletError]:
    """Return the exception that faults of a family are raised with."""
    return _CLASSES.get(family, RenderError)


def lowest_exit_code(faults: Iterable[Fault]) -> int:
    """Return the exit code of the first kind of error that a build would meet; 0 without an error."""
    errors = [fault for fault in faults if fault.severity == "error"]
    first = [fault for fault in errors if fault.code == "M001"]  # an unknown template: told before the list is read
    return min((error_class(fault.family).exit_code for fault in first or errors), default=0)


def error_of(faults: Sequence[Fault]) -> LeafletError:
    """Return the exception for faults, whose class is that of the first."""
    return error_class(faults[0].family)(faults)


def fail(code: str, place: Place, **values: object) -> LeafletError:
    """Return the exception for one fault, to be raised where the fault is found."""
    return error_of([Fault(code, place, values)])


def fault_of(error: Exception, code: str, place: Place | Path | str, **values: object) -> LeafletError:
    """Return the exception for what the system refused: with its words as the value `problem`, and its cause."""
    where = place if isinstance(place, Place) else Place(file=str(place))
    problem = getattr(error, "strerror", None) or str(error) or type(error).__name__
    number = getattr(error, "winerror", None)
    cause = _CAUSES.get(getattr(error, "errno", None) or 0) if number is None else _CAUSES_OF_WINDOWS.get(number)
    return error_of([Fault(code, where, {"problem": problem, **values}, cause=cause)])


def unexpected_fault(error: Exception) -> Fault:
    """Return a mistake of the program as a fault: its type and place, but no values, which may be names."""
    return Fault("W120", Place(), {"problem": f"{type(error).__name__}{place_of_error(error)}"})


def place_of_error(error: BaseException) -> str:
    """Return the line of code that raised an exception, after a comma; nothing if there is none."""
    where, trace = "", error.__traceback__
    while trace is not None:
        where = f", {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return where
