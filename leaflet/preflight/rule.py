"""The row of a rule: its check of a page, a file or an output folder, its source, and its options."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from leaflet.faults import Message, entry_of
from leaflet.files.extensions import Extension

if TYPE_CHECKING:
    from leaflet.campaign import Campaign
    from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
    from leaflet.production.manifest import Manifest


Options = Mapping[str, float]
OF_PACKAGES = re.compile(r"K[A-Z]{2,8}[0-9]{1,3}")  # codes of rules that packages add; the program's are K and digits
# Rules that campaigns may still name.
RETIRED = frozenset(("K502", "K508", "K509", "K511", "K512", "K604", "K607", "K657", "K662", "K711", "K713", "K715"))
FAILED = "K014"  # the fault of a rule of a package that ended with an error


class Finding(Struct, frozen=True, kw_only=True):
    """A violation that a rule found.

    Args:
        values: what its message names.
        page: the page's number, counted from 1; None for the whole file.
        file: the file, for rules of output folders; None for the file that is judged.
        code: the fault's code; None for the rule's own.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    page: int | None = None
    file: str | None = None
    code: str | None = None


class Context(Struct, frozen=True, kw_only=True):
    """The knowledge that rules have besides the files.

    Args:
        day: the day on which the leaflets are judged.
        domains: official domains of addresses, besides ``gouv.fr``.
        addresses: the campaign's own addresses, which need not be official.
        campaign: None when files are judged without one.
    """

    day: date
    domains: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()
    campaign: "Campaign | None" = None


class OutputFolder(Struct, frozen=True, kw_only=True):
    """A folder that a build has written, judged as a whole.

    Args:
        folder: its path.
        manifest: the list of files that the build has written; None without one.
        files: all PDF files in it, sorted.
    """

    folder: Path
    manifest: "Manifest | None"
    files: Sequence[Path]


PageCheck = Callable[["FinishedPage", Context, Options], Iterator[Finding]]
FileCheck = Callable[["FinishedFile", Context, Options], Iterator[Finding]]
OutputCheck = Callable[[OutputFolder, Context, Options], Iterator[Finding]]


class Rule(Struct, frozen=True, kw_only=True):
    """A rule for finished files, which has exactly one of `page`, `file` and `output`.

    Args:
        code: the code of its fault.
        family: the group of rules it belongs to.
        name: its requirement, in a few words.
        source: the standard or the experience behind it.
        page: its check of each page.
        file: its check of a file.
        output: its check of an output folder.
        options: numbers that a campaign may change, with their usual values.
        message: that of its fault; None for the program's own rules, whose messages stand in ``assets/faults``.
        package: name and release of the package that adds it; empty for the program's own.
        by_structure: its findings depend on nothing but the file's `structure_key`, so that they are kept for all
            files with the same key.
        by_content: its findings depend on nothing but the page's `content_key` and the claims of its file, so that
            they are kept for all pages with the same key, such as the copies of a print run.
    """

    code: str
    family: str
    name: str
    source: str
    page: PageCheck | None = None
    file: FileCheck | None = None
    output: OutputCheck | None = None
    options: Options = field(default_factory=dict)
    message: Message | None = None
    package: str = ""
    by_structure: bool = False
    by_content: bool = False

    @property
    def entry(self) -> Message:
        """The severity, reason and way out of its fault."""
        return self.message or entry_of(self.code)


class RuleSet(Extension, frozen=True, kw_only=True):
    """The rules that a package adds.

    Args:
        api: the version of `leaflet.preflight.extending` that they were made for.
        rules: in the order in which they are applied, after those of the program.
    """

    rules: Sequence[Rule]
