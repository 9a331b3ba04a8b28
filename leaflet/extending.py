"""What a package that adds something to leaflet may rely on: every name of `__all__`, and nothing else.

These names stay as they are for one version of `API`; names may be added to them. docs/extending.md has a whole
package that uses them.

=====================  =====================  ==================================================
group of entry points  what each leads to     its name
=====================  =====================  ==================================================
``leaflet.resources``  a folder of a package  any
``leaflet.rules``      `RuleSet`              any
``leaflet.outputs``    `Output`               what is typed: ``leaflet check --format markdown``
``leaflet.storage``    `Storage`              the scheme of addresses: ``sqlite`` of ``sqlite://``
=====================  =====================  ==================================================

Lengths are whole micrometres, from the top left of what is seen of a page, y downwards; `to_mm` turns them into
millimetres.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from leaflet.extensions import API
from leaflet.faults import Lang, Message, Severity
from leaflet.geometry import Box
from leaflet.preflight.findings import CheckedFile, Findings, Output, ShownFault
from leaflet.preflight.rule import Finding, Options, Rule, RuleSet
from leaflet.production.storage.objects import Objects, Storage
from leaflet.units import to_mm

if TYPE_CHECKING:
    from leaflet.preflight.reader.finished import FinishedFile, FinishedPage
    from leaflet.preflight.rule import Context as RuleContext
    from leaflet.preflight.rule import OutputFolder

__all__ = [
    "API",
    "Box",
    "CheckedFile",
    "Code",
    "Context",
    "Evidence",
    "File",
    "Finding",
    "Findings",
    "Folder",
    "Image",
    "Lang",
    "Link",
    "Message",
    "Objects",
    "Options",
    "Output",
    "Page",
    "Rule",
    "RuleSet",
    "Severity",
    "ShownFault",
    "Storage",
    "Word",
    "to_mm",
]


class Word(Protocol):
    """A word of a page: characters between two blanks."""

    @property
    def text(self) -> str:
        """Its characters."""

    @property
    def box(self) -> Box:
        """The area of its ink."""

    @property
    def size(self) -> float:
        """The type size in points."""

    @property
    def font(self) -> str:
        """The name of its font in the file."""


class Code(Protocol):
    """A QR code of a page."""

    @property
    def text(self) -> str | None:
        """Its content; None for a code that cannot be read."""

    @property
    def box(self) -> Box:
        """The area of its modules, without the quiet zone."""


class Image(Protocol):
    """A bitmap on a page."""

    @property
    def box(self) -> Box:
        """The area where it is seen."""

    @property
    def dpi(self) -> float:
        """Its resolution there, the lower of the horizontal and the vertical one."""


class Link(Protocol):
    """A link annotation of a page."""

    @property
    def uri(self) -> str | None:
        """The address it opens; None if it opens none."""

    @property
    def box(self) -> Box:
        """Its area."""

    @property
    def contents(self) -> str:
        """Its description for screen readers; empty without one."""


class Evidence(Protocol):
    """What is seen on a page."""

    @property
    def words(self) -> Sequence[Word]:
        """The words, in reading order."""

    @property
    def codes(self) -> Sequence[Code]:
        """The QR codes."""

    @property
    def images(self) -> Sequence[Image]:
        """The bitmaps."""


class Page(Protocol):
    """A page of a finished file, which a check of pages gets."""

    @property
    def file(self) -> "File":
        """Its file."""

    @property
    def number(self) -> int:
        """Its number, counted from 1."""

    @property
    def text(self) -> str:
        """All its text, line by line."""

    @property
    def evidence(self) -> Evidence:
        """Its `words`, `codes` and `images`."""

    @property
    def links(self) -> Sequence[Link]:
        """Its link annotations."""

    @property
    def visible(self) -> Box:
        """The part that a reader shows."""

    @property
    def trim(self) -> Box:
        """The page after cutting."""


class File(Protocol):
    """A finished file, which a check of files gets."""

    @property
    def name(self) -> str:
        """Its name in messages."""

    @property
    def data(self) -> bytes:
        """Its bytes."""

    @property
    def pages(self) -> Sequence[Page]:
        """Its pages."""

    @property
    def info(self) -> Mapping[str, str]:
        """The document information dictionary: ``Title``, ``Producer`` and others."""

    @property
    def claims(self) -> frozenset[str]:
        """The standards that it claims to follow: ``ua1``, ``2a``, ``x4`` and others."""

    @property
    def is_ours(self) -> bool:
        """Tell whether leaflet has made it, as it says itself."""

    @property
    def is_personal(self) -> bool:
        """Tell whether it holds names of persons."""


class Folder(Protocol):
    """A folder that a build has written, which a check of outputs gets."""

    @property
    def folder(self) -> Path:
        """Its path."""

    @property
    def files(self) -> Sequence[Path]:
        """All PDF files in it, sorted."""


class Context(Protocol):
    """What a check knows besides the file."""

    @property
    def day(self) -> date:
        """The day on which the leaflets are judged."""

    @property
    def domains(self) -> Sequence[str]:
        """Official domains of addresses, besides ``gouv.fr``."""

    @property
    def addresses(self) -> frozenset[str]:
        """The campaign's own addresses, which need not be official; empty without a campaign."""


if TYPE_CHECKING:  # what checks really get is what is promised here

    def _are_as_promised(
        page: FinishedPage, file: FinishedFile, folder: OutputFolder, context: RuleContext
    ) -> tuple[Page, File, Folder, Context]:
        return page, file, folder, context
