"""Apply the rules to finished files: each distinct piece is read once, each distinct structure judged once.

A rule that raises an error on a damaged file is reported as a fault of that file, never as a traceback.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from errno import EINVAL
from functools import partial
from hashlib import sha256
from itertools import islice
from logging import CRITICAL, getLogger
from os import strerror
from time import process_time
from warnings import catch_warnings

from msgspec.structs import replace
from pikepdf import PasswordError

from leaflet.confidential import HIDDEN, find_secret
from leaflet.faults import Fault, Place, fault_of
from leaflet.pdf.standards.pdf_objects import clean_message
from leaflet.preflight.compare.content import digest
from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage, Known
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rule import FAILED, Context, Finding, Options, OutputFolder, Rule
from leaflet.preflight.rule_settings import RuleSettings
from leaflet.preflight.rules.rule_list import all_rules
from leaflet.preflight.targets import CheckTarget
from leaflet.preflight.verdict import OPENING, READING, JudgedFile, PageAppearance

_MOST = 20  # faults of one rule in one file; the rest is counted by K003
# Values that may repeat what stands on a personal file.
_PRIVATE = {f"{name}{lang}" for name in ("text", "word", "found", "shown") for lang in ("", "_en", "_fr")}


@contextmanager
def _quiet() -> Iterator[None]:
    """Silence the warnings of libraries about damaged contents and fonts, which rules report themselves."""
    levels = {name: getLogger(name).level for name in ("fontTools", "pikepdf")}
    with catch_warnings(action="ignore"):
        for name in levels:
            getLogger(name).setLevel(CRITICAL)
        try:
            yield
        finally:
            for name, level in levels.items():
                getLogger(name).setLevel(level)


def read_appearance(page: FinishedPage) -> PageAppearance:
    """Return the appearance of a page; of a damaged page, that of what could be read."""
    found = page.evidence
    lines = [(first.font, first.size, first.ink) for first, *_ in found.lines]
    images = [(image.width, image.height) for image in found.images]
    rest = len(found.codes), len(found.writing_lines), page.visible, page.rotation
    exact = b""
    with suppress(*DAMAGED):
        exact = page.file.prints.digest(page.obj)
    return PageAppearance(
        number=page.number,
        layout_key=digest(repr((lines, images, rest)).encode()),
        exact=exact,
        characters=sum(len(word.text) for word in found.words),
    )


class Judge:
    """A judge of files, who keeps findings for files and pages with the same content."""

    def __init__(
        self, context: Context, settings: RuleSettings | None = None, rules: Sequence[Rule] | None = None
    ) -> None:
        self._context, self._settings = context, settings or RuleSettings()
        self._rules = self._settings.chosen(all_rules() if rules is None else rules)
        self._memory = Memory()

    def judge(self, target: CheckTarget) -> JudgedFile:
        """Judge a file."""
        try:
            if target.path.exists() and not target.path.is_file():
                raise OSError(EINVAL, strerror(EINVAL))  # a pipe would be read for ever
            data = target.path.read_bytes()
            expected = target.expected.read_bytes() if target.expected else None
        except OSError as error:
            return JudgedFile(name=target.name, faults=(*fault_of(error, "K002", target.name).faults,))
        return self.judge_bytes(data, target.name, is_personal=target.is_personal, expected=expected)

    @_quiet()
    def judge_bytes(
        self, data: bytes, name: str, *, is_personal: bool = False, expected: bytes | None = None
    ) -> JudgedFile:
        """Judge a file whose bytes are given, with those of the file that is expected in its place."""
        seconds: defaultdict[str, float] = defaultdict(float)
        start = process_time()
        try:
            opened = FinishedFile(name, data, self._memory, is_personal=is_personal, expected=expected)
        except PasswordError:
            locked = (Fault("K007", Place(file=name)),)
            return JudgedFile(name=name, faults=locked, size=len(data), sha256=sha256(data).hexdigest())
        with opened as file:
            seconds[OPENING] = process_time() - start
            start = process_time()
            looks = tuple(read_appearance(page) for page in file.pages)
            seconds[READING] = process_time() - start
            asked = [rule for rule in self._rules if not file.is_draft or rule.family == "file"]
            faults = [fault for rule in asked for fault in self._apply(rule, file, seconds)]
            return JudgedFile(
                name=name, pages=len(file.pages), faults=_without_repeats(faults), looks=looks,
                size=len(data), sha256=sha256(data).hexdigest(), seconds=dict(seconds),
            )  # fmt: skip

    def judge_output(self, output: OutputFolder) -> tuple[Fault, ...]:
        """Apply the rules of output folders."""
        faults: list[Fault] = []
        for rule in self._rules:
            if rule.output is not None:
                found: list[Finding] = []
                try:
                    found.extend(islice(rule.output(output, self._context, self._settings.of(rule)), 10 * _MOST))
                except (*DAMAGED, OSError) as error:
                    found.append(_not_applied(rule, error))
                faults += self._faults(rule, found, output.folder.as_posix(), is_personal=False)
        return tuple(faults)

    def _apply(self, rule: Rule, file: FinishedFile, seconds: defaultdict[str, float]) -> list[Fault]:
        if rule.output is not None:
            return []
        start = process_time()
        is_kept = rule.sees == "structure"
        known: Known | None = file.memory.recall(b"findings", file.structure_key, dict) if is_kept else None
        found = tuple(_once(rule, known, lambda: islice(self._findings(rule, file), 10 * _MOST)))
        seconds[rule.code] += process_time() - start
        return self._faults(rule, found, file.name, is_personal=file.is_personal)

    def _findings(self, rule: Rule, file: FinishedFile) -> Iterator[Finding]:
        options = self._settings.of(rule)
        try:
            if rule.file is not None:
                yield from rule.file(file, self._context, options)
            if rule.page is not None:
                for page in file.pages:
                    for finding in self._on_page(rule, page, options):
                        yield replace(finding, page=page.number)
                        if finding.code == FAILED:  # as it would on the next page
                            return
        except DAMAGED as error:  # the file is too damaged for this rule
            file.add_damage(f"{rule.code}: {clean_message(error)}")
            if rule.code != "K001":
                yield _not_applied(rule, error)

    def _on_page(self, rule: Rule, page: FinishedPage, options: Options) -> Iterable[Finding]:
        """Apply a rule to a page, if it has found something on one of the pieces that it looks at."""
        ask, before = partial(self._ask, rule, options), None
        if rule.sees == "piece":
            return ask(page) if any(_once(rule, one.seen_before, partial(ask, one)) for one in page.pieces) else ()
        if rule.sees in ("links", "page"):
            before = page.linked_before if rule.sees == "links" else page.seen_before
        return _once(rule, before, partial(ask, page))

    def _ask(self, rule: Rule, options: Options, page: FinishedPage) -> Iterator[Finding]:
        assert rule.page is not None
        return rule.page(page, self._context, options)

    def _faults(self, rule: Rule, found: Sequence[Finding], name: str, *, is_personal: bool) -> list[Fault]:
        level = self._settings.severity.get(rule.code)
        faults = []
        for finding in found[:_MOST]:
            values = {
                key: HIDDEN if key in _PRIVATE and (is_personal or find_secret(str(value))) else value
                for key, value in finding.values.items()
            }
            place = Place(file=finding.file or name, page=finding.page)
            own = (rule.code, place, values, level, rule.message)
            faults.append(Fault(finding.code, place, values) if finding.code else Fault(*own))
        if len(found) > _MOST:
            faults.append(Fault("K003", Place(file=name), {"count": len(found) - _MOST, "same": rule.code}))
        return faults


def _once(rule: Rule, known: Known | None, find: Callable[[], Iterable[Finding]]) -> Iterable[Finding]:
    """Return what a rule finds, if that is not known yet; without a memory it is asked anew."""
    if known is None:
        return find()
    if rule.code not in known:
        known[rule.code] = tuple(find())
    return known[rule.code]


def _not_applied(rule: Rule, error: Exception) -> Finding:
    """Make the finding that a rule could not be applied."""
    return Finding(code="K004", values={"problem": clean_message(error), "rule": rule.code})


def _without_repeats(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Leave out all but the first of the rules that could not be applied because of the same damage."""
    kept: dict[str | int, Fault] = {}
    for number, fault in enumerate(faults):
        kept.setdefault(str(fault.values.get("problem")) if fault.code == "K004" else number, fault)
    return tuple(kept.values())
