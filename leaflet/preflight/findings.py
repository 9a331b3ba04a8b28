"""The findings of a check as plain texts and numbers, which outputs that packages add are written from.

Secrets are hidden in them, and every text is safe on one line.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from leaflet.extensions import Extension
from leaflet.faults import Lang, Severity


class ShownFault(Struct, frozen=True, kw_only=True):
    """A fault, with the fields that ``--format json`` has.

    Args:
        code: of the fault.
        severity: how bad it is.
        family: the family of its rule, or the part of the campaign it is in.
        path: the file it is shown at, as the user named it.
        file: the name in its place; None without one, as in all that follow.
        line: in that file, counted from 1.
        cell: of a spreadsheet.
        field: header of a column, setting, attribute.
        record: the UAI of a school.
        page: of a finished file, counted from 1.
        reason: what is wrong.
        way_out: what to do about it.
        lang: of both.
        values: what the texts name.
    """

    code: str
    severity: Severity
    family: str
    path: str
    file: str | None
    line: int | None
    cell: str | None
    field: str | None
    record: str | None
    page: int | None
    reason: str
    way_out: str
    lang: Lang
    values: Mapping[str, str | int | float | None]


class CheckedFile(Struct, frozen=True, kw_only=True):
    """Something that was checked.

    Args:
        path: as the user named it.
        pages: of a finished file; 0 for a campaign, an output folder, and a file that could not be opened.
        faults: what was found in it.
    """

    path: str
    pages: int
    faults: tuple[ShownFault, ...]


class Findings(Struct, frozen=True, kw_only=True):
    """All that a check found.

    Args:
        leaflet: the release of leaflet.
        packages: name and release of packages whose rules were asked.
        lang: of the texts.
        campaigns: the campaigns.
        outputs: folders that a build has written, each judged as a whole.
        files: the finished files.
    """

    leaflet: str
    packages: tuple[str, ...]
    lang: Lang
    campaigns: tuple[CheckedFile, ...]
    outputs: tuple[CheckedFile, ...]
    files: tuple[CheckedFile, ...]


class Output(Extension, frozen=True, kw_only=True):
    """An output of ``leaflet check`` that a package adds. The name of its entry point is typed after ``--format``.

    Args:
        api: the version of `leaflet.extending` that it was made for.
        write: returns the text that is printed on standard output.
    """

    write: Callable[[Findings], str]
