"""Runs the rules over finished files: each distinct piece is read once, each distinct structure judged once.

A rule that fails on a file it cannot make sense of is a finding about that file, never a traceback.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from errno import EINVAL
from hashlib import sha256
from itertools import islice
from logging import CRITICAL, getLogger
from multiprocessing import get_context
from os import strerror
from pathlib import Path
from time import process_time
from warnings import catch_warnings

from msgspec import Struct, field

from leaflet.confidential import find_secret
from leaflet.faults import Fault, Place
from leaflet.preflight.looks import PageLook, look_of
from leaflet.preflight.pieces import Memory
from leaflet.preflight.reader.finished import UNREADABLE, FinishedFile, FinishedPage, clean_message
from leaflet.preflight.rule import Context, Finding, Options, OutputFolder, Rule
from leaflet.preflight.rules import RULES
from leaflet.preflight.settings import RuleSettings

_MOST = 20  # faults of one rule in one file; the rest is counted by K003
_LOOKS = 256  # pages remembered as judged: copies of one leaflet follow each other
_CHUNK = 32  # files a worker gets at once
_HIDDEN = "…"
_PRIVATE = frozenset({"text", "word", "found", "shown"})  # values that may repeat what stands on a personal file
OPENING, READING = "opening", "reading"  # what time is spent on beside the rules

Progress = Callable[[int, int, str], None]


class CheckTarget(Struct, frozen=True, kw_only=True):
    """A file to judge: where it is, how messages call it, whether it holds names."""

    path: Path
    name: str
    is_personal: bool = False


class JudgedFile(Struct, frozen=True, kw_only=True):
    """A file that was judged.

    Args:
        pages: 0 if it could not be opened.
        looks: what its pages look like.
        size, sha256: of its bytes; 0 and empty if they could not be read.
        seconds: time of the processor by code of the rule, `OPENING` and `READING`.
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

    def __init__(
        self, context: Context, settings: RuleSettings | None = None, rules: Sequence[Rule] | None = None
    ) -> None:
        self._context, self._settings = context, settings or RuleSettings()
        self._rules = self._settings.chosen(RULES if rules is None else rules)
        self._memory = Memory()
        self._looks: OrderedDict[tuple[bytes, frozenset[str], bool], dict[str, tuple[Finding, ...]]] = OrderedDict()

    def judge(self, target: CheckTarget) -> JudgedFile:
        """All that is wrong with a file."""
        try:
            if target.path.exists() and not target.path.is_file():
                raise OSError(EINVAL, strerror(EINVAL))  # a pipe would be read for ever
            data = target.path.read_bytes()
        except OSError as error:
            problem = error.strerror or str(error)
            fault = Fault("K002", Place(file=target.name), {"problem": problem})
            return JudgedFile(name=target.name, pages=0, faults=(fault,))
        return self.judge_bytes(data, target.name, is_personal=target.is_personal)

    def judge_bytes(self, data: bytes, name: str, *, is_personal: bool = False) -> JudgedFile:
        """The same for a file in memory."""
        with _quiet():
            return self._judge(data, name, is_personal=is_personal)

    def _judge(self, data: bytes, name: str, *, is_personal: bool) -> JudgedFile:
        seconds: defaultdict[str, float] = defaultdict(float)
        start = process_time()
        with FinishedFile(name, data, self._memory, is_personal=is_personal) as file:
            seconds[OPENING] = process_time() - start
            start = process_time()
            looks = tuple(look_of(page) for page in file.pages)
            seconds[READING] = process_time() - start
            faults = [fault for rule in self._rules for fault in self._ask(rule, file, seconds)]
            return JudgedFile(
                name=name,
                pages=len(file.pages),
                faults=_lost_once(faults),
                looks=looks,
                size=len(data),
                sha256=sha256(data).hexdigest(),
                seconds=dict(seconds),
            )

    def judge_output(self, output: OutputFolder) -> tuple[Fault, ...]:
        """What the rules of whole outputs find."""
        faults: list[Fault] = []
        for rule in self._rules:
            if rule.output is not None:
                found = tuple(islice(self._output_findings(rule, output), 10 * _MOST))
                faults += self._faults(rule, found, output.folder.as_posix(), is_personal=False)
        return tuple(faults)

    def _output_findings(self, rule: Rule, output: OutputFolder) -> Iterator[Finding]:
        assert rule.output is not None
        try:
            yield from rule.output(output, self._context, self._settings.of(rule))
        except (*UNREADABLE, OSError) as error:
            yield _lost(rule, error)

    def _ask(self, rule: Rule, file: FinishedFile, seconds: defaultdict[str, float]) -> list[Fault]:
        if rule.output is not None:
            return []
        start = process_time()
        if rule.by_structure:
            found = self._memory.recall(rule.code.encode(), file.structure_key, lambda: self._look(rule, file))
        else:
            found = self._look(rule, file)
        seconds[rule.code] += process_time() - start
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
                    for finding in self._on_page(rule, page, options):
                        yield Finding(values=finding.values, page=page.number, file=finding.file)
        except UNREADABLE as error:  # a file so damaged that the rule lost its way in it
            file.add_damage(f"{rule.code}: {clean_message(error)}")
            if rule.code != "K001":
                yield _lost(rule, error)

    def _on_page(self, rule: Rule, page: FinishedPage, options: Options) -> Iterable[Finding]:
        """What a rule finds on a page; on pages that look alike it is asked once."""
        assert rule.page is not None
        if not rule.by_content:
            return rule.page(page, self._context, options)
        look = page.content_key, page.file.claims, page.file.is_ours
        known = self._looks.setdefault(look, {})
        self._looks.move_to_end(look)
        if len(self._looks) > _LOOKS:
            self._looks.popitem(last=False)
        if rule.code not in known:
            known[rule.code] = tuple(rule.page(page, self._context, options))
        return known[rule.code]

    def _faults(self, rule: Rule, found: Sequence[Finding], name: str, *, is_personal: bool) -> list[Fault]:
        level = self._settings.severity.get(rule.code)
        faults = []
        for finding in found[:_MOST]:
            values = {key: _shown(key, value, is_personal) for key, value in finding.values.items()}
            place = Place(file=finding.file or name, page=finding.page)
            faults.append(Fault(finding.code or rule.code, place, values, None if finding.code else level))
        if len(found) > _MOST:
            faults.append(Fault("K003", Place(file=name), {"count": len(found) - _MOST, "same": rule.code}))
        return faults


def _is_private(name: str) -> bool:
    return name.removesuffix("_en").removesuffix("_fr") in _PRIVATE


def _lost(rule: Rule, error: Exception) -> Finding:
    """That a rule could not be asked."""
    return Finding(code="K004", values={"problem": clean_message(error), "rule": rule.code})


@contextmanager
def _quiet() -> Iterator[None]:
    """What libraries say of damaged contents and fonts on the side; rules find it out and say it themselves."""
    logger = getLogger("fontTools")
    level = logger.level
    with catch_warnings(action="ignore"):
        logger.setLevel(CRITICAL)
        try:
            yield
        finally:
            logger.setLevel(level)


def _lost_once(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Faults, of those that several rules had with the same damage only the first."""
    told: set[str] = set()
    kept = []
    for fault in faults:
        problem = str(fault.values.get("problem")) if fault.code == "K004" else ""
        if not problem or problem not in told:
            kept.append(fault)
        told.add(problem)
    return tuple(kept)


def _shown(key: str, value: object, is_personal: bool) -> object:
    """A value as a message may show it: nothing from files with names, no secret from any."""
    return _HIDDEN if _is_private(key) and (is_personal or find_secret(str(value))) else value


def judge_files(
    targets: Sequence[CheckTarget],
    context: Context,
    settings: RuleSettings | None = None,
    *,
    jobs: int = 1,
    progress: Progress = lambda _done, _total, _name: None,
) -> Iterator[JudgedFile]:
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


def _begin(context: Context, settings: RuleSettings | None) -> None:
    _worker[:] = [Judge(context, settings)]


def _judge_chunk(targets: Sequence[CheckTarget]) -> list[JudgedFile]:
    return [_worker[0].judge(target) for target in targets]
