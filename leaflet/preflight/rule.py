"""The row of a rule: its check of a page, a file or an output folder, its source, and its options."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from msgspec import Struct, field

from leaflet.faults import Message, entry_of
from leaflet.files.extensions import Extension
from leaflet.program import own_table

if TYPE_CHECKING:
    from leaflet.campaign import Campaign
    from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
    from leaflet.production.manifest import Manifest
    from leaflet.tables import School


Options = Mapping[str, float]
Sight = Literal["structure", "links", "piece", "page", "file"]
OF_PACKAGES = re.compile(r"K[A-Z]{2,8}[0-9]{1,3}")  # codes of rules that packages add; the program's are K and digits
_GONE = "K502 K508 K509 K511 K512 K604 K607 K657 K662 K711 K713 K715 K953 K954 K955"
RETIRED = frozenset(_GONE.split())  # rules that campaigns may still name
FAILED = "K014"  # the fault of a rule of a package that ended with an error


class Finding(Struct, frozen=True, kw_only=True):
    """A violation that a rule found."""

    values: Mapping[str, object] = field(default_factory=dict)  # what its message names
    page: int | None = None  # the page's number, counted from 1; None for the whole file
    file: str | None = None  # the file, for rules of output folders; None for the file that is judged
    code: str | None = None  # the fault's code; None for the rule's own


class Context(Struct, frozen=True, kw_only=True, eq=False):
    """The knowledge that rules have besides the files."""

    day: date  # the day on which the leaflets are judged
    domains: tuple[str, ...] = ()  # official domains of addresses, besides ``gouv.fr``
    addresses: frozenset[str] = frozenset()  # the campaign's own addresses, which need not be official
    campaign: "Campaign | None" = None  # None when files are judged without one
    schools: "Sequence[School]" = ()  # of the campaign as the command reads its list; else it is read as it stands


class OutputFolder(Struct, frozen=True, kw_only=True, eq=False):
    """A folder that a build has written, judged as a whole."""

    folder: Path  # its path
    manifest: "Manifest | None"  # the list of files that the build has written; None without one
    files: Sequence[Path]  # all PDF files in it, sorted


PageCheck = Callable[["FinishedPage", Context, Options], Iterator[Finding]]
FileCheck = Callable[["FinishedFile", Context, Options], Iterator[Finding]]
OutputCheck = Callable[[OutputFolder, Context, Options], Iterator[Finding]]
_Check = TypeVar("_Check", bound=Callable[..., Iterator[Finding]])


class Rule(Struct, frozen=True, kw_only=True):
    """A rule for finished files, which has exactly one of `page`, `file` and `output`.

    Args:
        sees: what its findings depend on, so that they are kept for all that have the same: the structure of a file,
            the links of a page, or all that a page shows, and the claims of its file; else the file. One that sees
            pieces finds nothing on a page unless it does on a piece of it.
    """

    code: str  # the code of its fault
    family: str  # the group of rules it belongs to
    name: str  # its requirement, in a few words
    source: str  # the standard or the experience behind it
    page: PageCheck | None = None  # its check of each page
    file: FileCheck | None = None  # its check of a file
    output: OutputCheck | None = None  # its check of an output folder
    options: Options = field(default_factory=dict)  # numbers that a campaign may change, with their usual values
    message: Message | None = None  # that of its fault; of the program's own rules it stands in ``assets/faults``
    package: str = ""  # name and release of the package that adds it; empty for the program's own
    sees: Sight = "file"

    @property
    def entry(self) -> Message:
        """The severity, reason and way out of its fault."""
        return self.message or entry_of(self.code)


class _ProgramRules(dict[str, Rule]):
    """The rules of the program by code; decorators add a rule to its check."""

    def page(self, code: str, sees: Sight = "file") -> Callable[[PageCheck], PageCheck]:
        """Return what makes a check of pages a rule."""
        return self._adder("page", code, sees)

    def file(self, code: str, sees: Sight = "file") -> Callable[[FileCheck], FileCheck]:
        """Return what makes a check of files a rule."""
        return self._adder("file", code, sees)

    def output(self, code: str) -> Callable[[OutputCheck], OutputCheck]:
        """Return what makes a check of output folders a rule."""
        return self._adder("output", code, "file")

    def _adder(self, kind: str, code: str, sees: Sight) -> Callable[[_Check], _Check]:
        def add(check: _Check) -> _Check:
            family = next(family for family, codes in _written().items() if code in codes)
            self[code] = Rule(code=code, family=family, sees=sees, **{kind: check, **_written()[family][code]})
            return check

        return add

    def in_order(self) -> tuple[Rule, ...]:
        """Return the rules in the order in which they are applied."""
        return tuple(self[code] for codes in _written().values() for code in codes)


rules = _ProgramRules()


@cache
def _written() -> dict[str, dict[str, dict[str, Any]]]:
    """Return what ``assets/checks.toml`` says of each rule by family and code: its name, its source, its options."""
    return cast(dict[str, dict[str, dict[str, Any]]], own_table("checks.toml"))


class RuleSet(Extension, frozen=True, kw_only=True):
    """The rules that a package adds, made for one version `api` of `leaflet.preflight.extending`."""

    rules: Sequence[Rule]  # in the order in which they are applied, after those of the program
