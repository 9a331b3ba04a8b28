"""What a build is asked for, and what it did."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from leaflet.faults import Fault

Progress = Callable[[int, int, str], None]
"""Called after each file: files done, files in all, name of the last one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildOptions:
    """What to build.

    Args:
        campaign: the campaign file.
        out: the folder to write into; made if missing.
        only: UAIs to make; all schools if empty.
        document: the name of the one document to make; all if None.
        keep_going: leave faulty rows and records out instead of stopping.
        verify: reopen what was written and check it.
        outline: draw the outline of every box, for people who write templates.
        epoch: SOURCE_DATE_EPOCH, seconds since 1970, or None.
        progress: told about every file.
    """

    campaign: Path
    out: Path
    only: frozenset[str] = frozenset()
    document: str | None = None
    keep_going: bool = False
    verify: bool = True
    outline: bool = False
    epoch: int | None = None
    progress: Progress = field(default=lambda _done, _total, _name: None)


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildResult:
    """What was written, and all that was noticed on the way (warnings, notes, faults of what was left out)."""

    files: int
    pages: int
    out: Path
    faults: tuple[Fault, ...]
