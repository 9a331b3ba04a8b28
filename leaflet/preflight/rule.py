"""A rule: what is asked of a finished file, a page or a whole output, as a row of a table.

Severity, reason and way out of a rule's code stand in ``assets/faults``; here are where it looks, who asks for it,
and the numbers that a campaign may change.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

if TYPE_CHECKING:
    from leaflet.campaign import Campaign
    from leaflet.preflight.finished import FinishedFile, Page
    from leaflet.production.manifest import Manifest

Options = Mapping[str, float]


class Finding(Struct, frozen=True, kw_only=True):
    """Something a rule found: the values its message names, the page (from 1), and what it is about.

    `code` is None for the rule's own.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    page: int | None = None
    file: str | None = None
    code: str | None = None


class Context(Struct, frozen=True, kw_only=True):
    """What is known beside the files.

    Args:
        day: the day the leaflets are judged on.
        domains: official domains of addresses, besides ``gouv.fr``.
        addresses: what the campaign prints of its own: they need not be official.
        campaign: None when files are judged without one.
    """

    day: date
    domains: tuple[str, ...] = ()
    addresses: frozenset[str] = frozenset()
    campaign: "Campaign | None" = None


class Output(Struct, frozen=True, kw_only=True):
    """A folder that a build has written, whole.

    Args:
        manifest: what the build says of it; None if there is none.
        files: all PDF files in it, sorted.
    """

    folder: Path
    manifest: "Manifest | None"
    files: Sequence[Path]


class Rule(Struct, frozen=True, kw_only=True):
    """One rule; exactly one of `page`, `file` and `output` looks.

    Args:
        code: of the catalogue of faults.
        family: the module it stands in.
        name: what is asked, in a few words.
        source: who asks for it.
        options: numbers that a campaign may change, with their usual values.
        by_skeleton: what it finds depends on the structure of a file alone and not on its texts, so that files of
            one structure are judged together.
        by_look: what it finds depends on what a page shows, on its boxes and on what its file claims alone, so that
            the copies of a print run are judged together.
    """

    code: str
    family: str
    name: str
    source: str
    page: "Callable[[Page, Context, Options], Iterator[Finding]] | None" = None
    file: "Callable[[FinishedFile, Context, Options], Iterator[Finding]] | None" = None
    output: Callable[[Output, Context, Options], Iterator[Finding]] | None = None
    options: Options = field(default_factory=dict)
    by_skeleton: bool = False
    by_look: bool = False
