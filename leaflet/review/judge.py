"""Runs the rules over finished files: each distinct piece is read once, each distinct structure judged once.

A rule that fails on a file it cannot make sense of is a finding about that file, never a traceback.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from leaflet.faults import Fault, Place
from leaflet.review.finished import UNREADABLE, FinishedFile, plain
from leaflet.review.looks import PageLook, look_of
from leaflet.review.pieces import Memory
from leaflet.review.rule import Context, Finding, Output, Rule
from leaflet.review.rules import RULES
from leaflet.review.settings import Settings

_MOST = 20  # faults of one rule in one file; the rest is counted by K003
_CHUNK = 32  # files a worker gets at once
_HIDDEN = "…"
_PRIVATE = frozenset({"text", "word", "found", "shown"})  # values that may repeat what stands on a personal file
OPENING, READING = "opening", "reading"  # what time is spent on beside the rules

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A file to judge: where it is, how messages call it, whether it holds names."""

    path: Path
    name: str
    is_personal: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A file that was judged.

    Args:
        pages: 0 if it could not be opened.
        looks: what its pages look like.
        size, sha256: of its bytes; 0 and empty if they could not be read.
        seconds: time by code of the rule, `OPENING` and `READING`.
    """

    name: str
    pages: int
    faults: tuple[Fault, ...]
    looks: tuple[PageLook, ...] = ()
    size: int = 0
    sha256: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)


class Judge:
    """Judges files one after the other and remembers what it has seen."""

    def __init__(self, context: Context, settings: Settings | None = None, rules: Sequence[Rule] = RULES) -> None:
        self._context, self._settings = context, settings or Settings()
        self._rules = self._settings.chosen(rules)
        self._memory = Memory()
        self._structures: dict[tuple[str, bytes], tuple[Finding, ...]] = {}

    def judge(self, target: Target) -> Judged:
        """All that is wrong with a file."""
        try:
            data = target.path.read_bytes()
        except OSError as error:
            place = Place(file=target.name)
            return Judged(name=target.name, pages=0, faults=(Fault("K002", place, {"problem": error.strerror}),))
        return self.judge_bytes(data, target.name, is_personal=target.is_personal)

    def judge_bytes(self, data: bytes, name: str, *, is_personal: bool = False) -> Judged:
        """The same for a file in memory."""
        seconds: defaultdict[str, float] = defaultdict(float)
        start = perf_counter()
        with FinishedFile(name, data, self._memory, is_personal=is_personal) as file:
            seconds[OPENING] = perf_counter() - start
            start = perf_counter()
            looks = tuple(look_of(page) for page in file.pages)
            seconds[READING] = perf_counter() - start
            faults = [fault for rule in self._rules for fault in self._ask(rule, file, seconds)]
            return Judged(
                name=name,
                pages=len(file.pages),
                faults=tuple(faults),
                looks=looks,
                size=len(data),
                sha256=sha256(data).hexdigest(),
                seconds=dict(seconds),
            )

    def judge_output(self, output: Output) -> tuple[Fault, ...]:
        """What the rules of whole outputs find."""
        faults: list[Fault] = []
        for rule in self._rules:
            if rule.output is not None:
                found = rule.output(output, self._context, self._settings.of(rule))
                faults += self._faults(rule, tuple(found), output.folder.name, is_personal=False)
        return tuple(faults)

    def _ask(self, rule: Rule, file: FinishedFile, seconds: defaultdict[str, float]) -> list[Fault]:
        if rule.output is not None:
            return []
        start = perf_counter()
        key = (rule.code, file.skeleton) if rule.by_skeleton else None
        found = self._structures.get(key) if key else None
        if found is None:
            found = self._look(rule, file)
            if key:
                self._structures[key] = found
        seconds[rule.code] += perf_counter() - start
        return self._faults(rule, found, file.name, is_personal=file.is_personal)

    def _look(self, rule: Rule, file: FinishedFile) -> tuple[Finding, ...]:
        return tuple(islice(self._findings(rule, file), 10 * _MOST))

    def _findings(self, rule: Rule, file: FinishedFile) -> Iterator[Finding]:
        options = self._settings.of(rule)
        try:
            if rule.file is not None:
                yield from rule.file(file, self._context, options)
            if rule.page is not None:
                for page in file.pages:
                    for finding in rule.page(page, self._context, options):
                        yield Finding(values=finding.values, page=page.number, file=finding.file)
        except UNREADABLE as error:  # a file so damaged that the rule lost its way in it
            file.add_damage(f"{rule.code}: {plain(error)}")
            if rule.code != "K001":
                yield Finding(values={"problem": plain(error), "rule": rule.name}, file="\0K004")

    def _faults(self, rule: Rule, found: Sequence[Finding], name: str, *, is_personal: bool) -> list[Fault]:
        level = self._settings.severity.get(rule.code)
        faults = []
        for finding in found[:_MOST]:
            if finding.file == "\0K004":
                faults.append(Fault("K004", Place(file=name), dict(finding.values)))
                continue
            values = {
                key: _HIDDEN if is_personal and key in _PRIVATE else value for key, value in finding.values.items()
            }
            faults.append(Fault(rule.code, Place(file=finding.file or name, page=finding.page), values, level))
        if len(found) > _MOST:
            faults.append(Fault("K003", Place(file=name), {"count": len(found) - _MOST, "same": rule.code}))
        return faults


def judge_files(
    targets: Sequence[Target],
    context: Context,
    settings: Settings | None = None,
    *,
    jobs: int = 1,
    progress: Progress = lambda _done, _total, _name: None,
) -> Iterator[Judged]:
    """Judge many files, in their order; with `jobs` processes the same verdicts come sooner."""
    if jobs <= 1 or len(targets) <= _CHUNK:
        judge = Judge(context, settings)
        for done, target in enumerate(targets, 1):
            yield judge.judge(target)
            progress(done, len(targets), target.name)
        return
    chunks = [targets[at : at + _CHUNK] for at in range(0, len(targets), _CHUNK)]
    done = 0
    with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (context, settings)) as pool:
        for judged in pool.map(_judge_chunk, chunks):
            for one in judged:
                done += 1
                yield one
                progress(done, len(targets), one.name)


_worker: list[Judge] = []  # of a worker process, which has one for its whole life


def _begin(context: Context, settings: Settings | None) -> None:
    _worker[:] = [Judge(context, settings)]


def _judge_chunk(targets: Sequence[Target]) -> list[Judged]:
    return [_worker[0].judge(target) for target in targets]
