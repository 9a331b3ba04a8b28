"""A build from beginning to end: load and check, plan, make and verify, then give all files their names."""

import gc
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from msgspec import Struct

from leaflet.campaign import Campaign, Document
from leaflet.faults import Fault, LeafletError, Place, Report, fail
from leaflet.production.executors.in_process import RARELY, Executor, cores, in_turn
from leaflet.production.inputs import choose_schools, find_campaign, load_materials
from leaflet.production.manifest import NAME, Entry, Manifest, manifest_lines, merge
from leaflet.production.materials import Materials
from leaflet.production.options import BuildOptions, BuildResult, InputOptions
from leaflet.production.plan import Plan, Planner, stale_files
from leaflet.production.shards import shard_name
from leaflet.production.storage import FolderStore, Head, Store, open_store
from leaflet.production.worker import BatchResult, make_batch, make_setup
from leaflet.tables import School

_WORTH_PROCESSES = 3000  # files that take longer than starting processes for them
_LONG_LIST = 250_000  # bytes of a list that may have so many rows


class Interrupted(KeyboardInterrupt):
    """A build that was stopped by a signal: `done` of `total` files need not be made again."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total


def build(options: BuildOptions) -> BuildResult:
    """Make the documents of a campaign.

    Raises:
        LeafletError: with every fault found; no file has a name then that it had not before, or other bytes.
        Interrupted: a signal stopped it; the same call goes on where it was.
    """
    report = options.outcome.begin(options.campaign)
    campaign = find_campaign(options, report)
    _start_processes_early(options, campaign)
    inputs = open_inputs(options, campaign)
    documents = choose_documents(campaign, options.document)
    schools = choose_schools(options, inputs, report)
    options.outcome.set_chosen(schools)
    with rare_collection(), _open_store(options, campaign) as store:
        planner = Planner(inputs, store, report, verified=options.verify, anew=options.anew, shard=options.shard)
        plan = planner.plan(documents, schools)
        stale = stale_files(store.earlier, inputs, campaign.file, plan.left)
        maker = _FileMaker(options, inputs, schools, plan, store, report)
        made = maker.make()
        if not options.keep_going:
            report.raise_errors()
        if not made and not plan.kept:
            report.add("U005", Place(file=campaign.schools.name))
            report.raise_errors()
        pages = sum(entry.pages for entry in chain(plan.kept, made))
        removed = stale if options.prune and not report.errors else []
        try:
            _commit(options, campaign, plan, store, made, removed)
        except LeafletError as error:
            maker.add_progress(error)
            raise
    return BuildResult(
        files=len(plan.kept) + len(made),
        made=len(made),
        pages=pages,
        reasons=dict(plan.reasons),
        stale=tuple(stale),
        removed=tuple(removed),
        out=options.place,
        faults=tuple(report),
    )


def _start_processes_early(options: BuildOptions, campaign: Campaign) -> None:
    """Start a process to fork others from while a long list is read, if all files are to be made."""
    if "://" in str(options.place) or os.path.lexists(options.place) or options.jobs == 1 or cores() == 1:
        return
    try:
        is_long = campaign.schools.stat().st_size >= _LONG_LIST
    except OSError:
        return  # whoever reads the list says what is wrong
    if is_long and options.scheduler is None:
        from leaflet.production.executors.processes import prepare  # one process needs no libraries for several

        prepare()


def _processes(options: BuildOptions, files: int, *, is_shared: bool) -> int:
    """How many processes of this machine make so many files: those asked for, else all cores if that is worth it.

    Args:
        is_shared: several can write to the place.
    """
    if options.scheduler is not None or not is_shared:
        return 1
    return options.jobs or (cores() if files >= _WORTH_PROCESSES else 1)


def _open_store(options: BuildOptions, campaign: Campaign) -> Store:
    listed = shard_name(options.shard) if options.shard is not None else NAME
    head = Head(campaign.file, campaign.profile.id, listed)
    return open_store(options.address, head) if options.address is not None else FolderStore(options.out, head)


def _commit(
    options: BuildOptions,
    campaign: Campaign,
    plan: Plan,
    store: Store,
    made: list[Entry],
    removed: Iterable[str],
) -> None:
    """Give all files their names, and write the list of them: of the folder, or of one shard of it."""
    old = store.earlier.entries if store.earlier else []
    gone = frozenset(removed)
    manifest = Manifest(
        campaign=campaign.file,
        election=campaign.profile.id,
        entries=merge([*(entry for entry in old if entry.file not in gone), *plan.kept], made),
        makings=plan.makings,
        whole=plan.whole,
    )
    store.commit(manifest_lines(manifest), gone)


def open_inputs(options: InputOptions, campaign: Campaign) -> Materials:
    """Load what a campaign names; rows with errors are counted before they stop the build.

    Raises:
        LeafletError: with every fault found.
    """
    outcome = options.outcome
    try:
        inputs = load_materials(options, campaign, outcome.report)
    except LeafletError:
        if not options.keep_going:
            outcome.report.raise_errors()  # what was found first
        raise
    outcome.set_inputs(campaign, inputs.schools)
    if not options.keep_going:
        outcome.report.raise_errors()
    return inputs


def choose_documents(campaign: Campaign, name: str | None) -> list[Document]:
    """The document asked for, or all.

    Raises:
        UsageError: the campaign has none of this name.
    """
    documents = [document for document in campaign.documents if name in (None, document.name)]
    if not documents:
        known = ", ".join(document.name for document in campaign.documents)
        raise fail("U003", Place(file=campaign.file), value=name, known=known)
    return documents


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let the cycle collector run seldom."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _FileMaker(Struct, frozen=True):
    """Makes the files of a plan, and reports what is wrong with records."""

    options: BuildOptions
    inputs: Materials
    schools: Sequence[School]
    plan: Plan
    store: Store
    report: Report

    def make(self) -> list[Entry]:
        """Make every file that can be made and note it in the store; report the faults of the others.

        Raises:
            TemplateError: which is the same for every school.
            RenderError: files cannot be written; it says how many are done.
            Interrupted: a signal stopped it.
        """
        entries: list[Entry] = []
        faults: dict[str, list[Fault]] = {}
        count, size = 0, self.plan.size
        if not size:
            return entries
        try:
            self.store.begin()
            for result in self._make():
                entries.extend(result.entries)
                faults.setdefault(result.document, []).extend(result.faults)
                self.store.note(result.entries, result.files)
                for name in result.names:
                    count += 1
                    self.options.progress(count, size, name)
        except KeyboardInterrupt as stop:
            raise Interrupted(*self._state()) from stop
        except LeafletError as error:
            self.add_progress(error)
            raise
        finally:
            self._report(faults.values())
        return entries

    def _report(self, faults: Collection[list[Fault]]) -> None:
        """The faults of each document, in the order of the list."""
        if not any(faults):
            return
        places = {school.uai: place for place, school in enumerate(self.schools)}
        for found in faults:
            found.sort(key=lambda fault: places.get((fault.place.record or "").partition(" ")[0], 0))
            self.report.extend(found)

    def add_progress(self, error: LeafletError) -> None:
        """Add to faults of writing how much need not be made again."""
        if self.store.keeps and all(fault.code.startswith("W10") for fault in error.faults):
            done, total = self._state()
            error.faults += fail("W108", Place(), done=done, total=total).faults

    def _make(self) -> Iterator[BatchResult]:
        executor, workers = self._executor()
        setup = make_setup(self.inputs, self.plan.key, self.store.sink, verify=self.options.verify)
        batches = self.plan.batches(workers)
        return executor(setup, (make_batch(q.document, q.making, schools, self.inputs) for q, schools in batches))

    def _executor(self) -> tuple[Executor, int]:
        """Who makes the files, and how many of them there are."""
        options = self.options
        if options.scheduler is not None:
            from leaflet.production.executors.cluster import on_cluster  # one process needs no libraries for several

            return on_cluster(options.scheduler), 8
        jobs = _processes(options, self.plan.size, is_shared=self.store.is_shared)
        if jobs == 1:
            return in_turn, 1
        from leaflet.production.executors.processes import on_processes

        return on_processes(jobs), jobs

    def _state(self) -> tuple[int, int]:
        """Files that need not be made again, as the store knows them, and files asked for."""
        kept = len(self.plan.kept)
        return kept + self.store.noted, kept + self.plan.size
