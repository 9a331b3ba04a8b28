"""The verdict of a whole check: campaigns, finished files, outputs, and what is wrong with each."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Severity, error_class
from leaflet.preflight.judge import JudgedFile
from leaflet.production.outcome import RowCounts


class LocatedFault(Struct, frozen=True, kw_only=True):
    """A fault, and the file it is shown at: the file's path as it was named, never that of a person's own folder."""

    fault: Fault
    path: str


class CampaignVerdict(Struct, frozen=True, kw_only=True):
    """A campaign that was checked; `rows` of its list of schools are None if that was not read."""

    path: Path
    rows: RowCounts | None
    faults: tuple[Fault, ...]

    def located(self) -> Iterator[LocatedFault]:
        """Its faults, each at the list or the template it is in, else at the campaign file."""
        for fault in self.faults:
            beside = self.path.parent / (fault.place.file or "")
            is_there = fault.place.file is not None and beside.is_file()
            yield LocatedFault(fault=fault, path=(beside if is_there else self.path).as_posix())


class FileVerdict(Struct, frozen=True, kw_only=True):
    """A finished file that was judged, or the folder of an output; 0 pages if it could not be opened."""

    name: str
    faults: tuple[Fault, ...]
    pages: int = 0
    seconds: float = 0.0

    def located(self) -> Iterator[LocatedFault]:
        """Its faults, without what looks like a secret: a page may hold anything."""
        for fault in self.faults:
            yield LocatedFault(fault=hide_secrets(fault), path=fault.place.file or self.name)


class Verdict(Struct, frozen=True, kw_only=True):
    """All of it.

    Args:
        outputs: folders that were judged as wholes.
        seconds: time over all files, by code of the rule, ``opening`` and ``reading``.
    """

    campaigns: tuple[CampaignVerdict, ...] = ()
    files: tuple[FileVerdict, ...] = ()
    outputs: tuple[FileVerdict, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    def located(self) -> Iterator[LocatedFault]:
        """Every fault, in the order of a check."""
        for campaign in self.campaigns:
            yield from campaign.located()
        for file in (*self.outputs, *self.files):
            yield from file.located()

    def count(self, severity: Severity) -> int:
        """How many faults of a severity files and outputs have."""
        return sum(fault.severity == severity for part in (*self.outputs, *self.files) for fault in part.faults)

    @property
    def exit_code(self) -> int:
        """How a check ends: by the first kind of error that a build would meet; 0 without one."""
        errors = (found.fault for found in self.located() if found.fault.severity == "error")
        return min((error_class(fault.code).exit_code for fault in errors), default=0)


class Tally:
    """Collects judged files; their times are kept as sums, for there may be 60,000 of them."""

    def __init__(self) -> None:
        self.files: list[FileVerdict] = []
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, judged: JudgedFile) -> None:
        for name, seconds in judged.seconds.items():
            self.seconds[name] += seconds
        total = sum(judged.seconds.values())
        self.files.append(FileVerdict(name=judged.name, faults=judged.faults, pages=judged.pages, seconds=total))


class FaultGroup(Struct, frozen=True, kw_only=True):
    """The same thing told of several places: one code, the same values."""

    faults: tuple[LocatedFault, ...]

    @property
    def first(self) -> Fault:
        return self.faults[0].fault

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, each once."""
        return tuple(dict.fromkeys(found.path for found in self.faults))

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages, each once."""
        return tuple(dict.fromkeys(found.fault.place.page for found in self.faults if found.fault.place.page))


def group_faults(located: Iterable[LocatedFault]) -> list[FaultGroup]:
    """Faults of finished files that differ in their place only, as one; all others each for itself."""
    groups: dict[object, list[LocatedFault]] = {}
    for found in located:
        fault = found.fault
        same = (fault.code, fault.severity, tuple((name, str(value)) for name, value in fault.values.items()))
        key = same if fault.code[0] == "K" else (fault.code, fault.place, found.path, fault.reason("en"))
        groups.setdefault(key, []).append(found)
    return [FaultGroup(faults=tuple(found)) for found in groups.values()]
