"""The verdict of a whole check: the faults of each campaign, finished file and output folder."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Severity, count_faults, entry_of, join_faults, lowest_exit_code
from leaflet.production.outcome import RowCounts

OPENING, READING = "opening", "reading"  # keys of times that no rule takes
_BESIDE = ("", "templates", "themes", "formats", "elections")  # where files that a campaign uses may be


class LocatedFault(Struct, frozen=True, kw_only=True):
    """A fault, and the file that it is shown at."""

    fault: Fault  # the fault
    path: str  # of the file, as the user named it
    line: int | None = None  # None if the fault is in a file that is not there, such as a template of the program


class CampaignVerdict(Struct, frozen=True, kw_only=True):
    """The verdict on a campaign."""

    path: Path  # the campaign file
    rows: RowCounts | None  # the counts of its list of schools; None if the list was not read
    faults: tuple[Fault, ...]  # its faults

    def located(self) -> Iterator[LocatedFault]:
        """Yield its faults, each with the list or the template it is in, else with the campaign file."""
        for fault in self.faults:
            places = (self.path.parent / folder / (fault.place.file or "") for folder in _BESIDE)
            path = next((path for path in places if path.is_file()), None)
            line = fault.place.line if path else None
            yield LocatedFault(fault=fault, path=(path or self.path).as_posix(), line=line)


class FileVerdict(Struct, frozen=True, kw_only=True):
    """The verdict on a finished file, or on an output folder."""

    name: str  # its name in messages
    faults: tuple[Fault, ...]  # its faults
    pages: int = 0  # its number of pages; 0 if it could not be opened

    def located(self) -> Iterator[LocatedFault]:
        """Yield its faults with secrets hidden, for a page may hold anything."""
        for fault in self.faults:
            yield LocatedFault(fault=hide_secrets(fault), path=fault.place.file or self.name, line=fault.place.line)


class PageAppearance(Struct, frozen=True, kw_only=True):
    """The appearance of one page of a file, whatever its words: a report shows one of 310 that differ in a name."""

    number: int  # counted from 1
    layout_key: bytes  # equal for pages with as many lines, codes, pictures, writing lines in the same type and inks
    exact: bytes  # equal for pages with the same bytes; empty if they could not be read
    characters: int  # how many characters are written on it


class JudgedFile(FileVerdict, frozen=True, kw_only=True):
    """The verdict on a finished file, with all that a report shows of it."""

    looks: tuple[PageAppearance, ...] = ()  # the layout of each page, by which a report groups equal pages
    size: int = 0  # its number of bytes; 0 if it could not be read
    sha256: str = ""  # the hash of its bytes; empty if it could not be read
    seconds: Mapping[str, float] = field(default_factory=dict)  # of the processor, by rule, `OPENING` and `READING`


class Verdict(Struct, frozen=True, kw_only=True):
    """The verdict of a whole check."""

    campaigns: tuple[CampaignVerdict, ...] = ()  # the verdicts on campaigns
    files: tuple[FileVerdict, ...] = ()  # the verdicts on finished files
    outputs: tuple[FileVerdict, ...] = ()  # the verdicts on output folders, each judged as a whole
    seconds: Mapping[str, float] = field(default_factory=dict)  # of the processor over all files, as of one
    packages: tuple[str, ...] = ()  # name and release of the packages whose rules were asked

    def located(self) -> Iterator[LocatedFault]:
        """Yield every fault, in the order of the check."""
        for campaign in self.campaigns:
            yield from campaign.located()
        for file in (*self.outputs, *self.files):
            yield from file.located()

    def count(self, severity: Severity) -> int:
        """Count the faults of one severity in files and output folders."""
        return count_faults(fault for part in (*self.outputs, *self.files) for fault in part.faults)[severity]

    @property
    def exit_code(self) -> int:
        """The exit code: that of the first kind of error that a build would meet; 0 without an error."""
        return lowest_exit_code(found.fault for found in self.located())


def tally(files: Iterable[JudgedFile]) -> tuple[tuple[FileVerdict, ...], dict[str, float]]:
    """Return the verdicts on files, and the sums of their times: there may be 60,000 files."""
    verdicts: list[FileVerdict] = []
    sums: defaultdict[str, float] = defaultdict(float)
    for one in files:
        for name, seconds in one.seconds.items():
            sums[name] += seconds
        verdicts.append(FileVerdict(name=one.name, faults=one.faults, pages=one.pages))
    return tuple(verdicts), dict(sums)


class FaultGroup(Struct, frozen=True, kw_only=True):
    """Faults of one code that are said once: with the same values in several places, or joined in one message."""

    faults: tuple[LocatedFault, ...]
    said: Fault  # the fault that says all of them: that of the first place, or one message for all
    is_joined: bool = False  # whether it is one message for all, which counts them

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its files, each once."""
        return tuple(dict.fromkeys(found.path for found in self.faults))

    @property
    def records(self) -> tuple[str, ...]:
        """The schools that have it, each once."""
        return tuple(dict.fromkeys(one.fault.place.record for one in self.faults if one.fault.place.record))

    @property
    def pages(self) -> tuple[int, ...]:
        """The numbers of its pages, each once."""
        return tuple(dict.fromkeys(found.fault.place.page for found in self.faults if found.fault.place.page))


def group_faults(located: Iterable[LocatedFault]) -> list[FaultGroup]:
    """Group faults that are said once: of finished files, those that differ in nothing but their place.

    Of campaigns, those that differ in nothing but the record they are of, and what the catalogue says of many.
    """
    groups: dict[object, list[LocatedFault]] = {}
    for found in located:
        fault = found.fault
        key: tuple[object, ...] = (fault.code, fault.severity)
        if fault.family == "file":
            key += tuple((name, str(value)) for name, value in fault.values.items())
        elif fault.message or entry_of(fault.code).many is None:
            key += (replace(fault.place, key=None, person=None), found.path, fault.reason("en"))
        else:
            key += (found.path,)
        groups.setdefault(key, []).append(found)
    return [_group(tuple(found)) for found in groups.values()]


def _group(faults: tuple[LocatedFault, ...]) -> FaultGroup:
    """Return faults as a group; what several schools share is said of none of them."""
    first = faults[0].fault
    if len(faults) == 1:
        return FaultGroup(faults=faults, said=first)
    if joined := join_faults([one.fault for one in faults]):
        return FaultGroup(faults=faults, said=joined, is_joined=True)
    place = replace(first.place, key=None, person=None) if first.place.key else first.place
    return FaultGroup(faults=faults, said=replace(first, place=place))
