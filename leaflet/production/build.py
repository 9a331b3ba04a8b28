"""A build from beginning to end: check at the door, plan, make and verify, then give all files their names."""

import gc
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.faults import Fault, LeafletError, Place, Report, fail
from leaflet.packed import Packed
from leaflet.production.executors.in_process import RARELY, Executor, cores, in_turn
from leaflet.production.inputs import choose_schools, load_inputs
from leaflet.production.make import Materials
from leaflet.production.manifest import NAME, Entry, Manifest, manifest_lines, merge
from leaflet.production.options import BuildOptions, BuildResult, InputOptions
from leaflet.production.plan import Plan, Planner, stale_files
from leaflet.production.shards import shard_name
from leaflet.production.storage import FolderStore, Head, Store, open_store
from leaflet.production.worker import Done, kit_of, order_of
from leaflet.tables import School

_WORTH_PROCESSES = 3000  # files that take longer than starting processes for them


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
    report = options.noticed.begin(options.campaign)
    inputs = open_inputs(_beginning_early(options))
    campaign = inputs.campaign
    documents = choose_documents(campaign, options.document)
    schools = choose_schools(options, inputs, report)
    options.noticed.choose(schools)
    store = _open_store(options, campaign)
    with rare_collection(), store:
        planner = Planner(inputs, store, report, verified=options.verify, anew=options.anew, shard=options.shard)
        plan = planner.plan(documents, schools)
        stale = stale_files(store.earlier, inputs, campaign.file, plan.left)
        job = _Job(options, inputs, schools, plan, store, report)
        made = job.make()
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
            job.say_what_is_done(error)
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


def _beginning_early(options: BuildOptions) -> BuildOptions:
    """The options; with them processes begin while a long list is still read, where nothing is made yet."""
    is_local = "://" not in str(options.place)
    if _processes(options, _WORTH_PROCESSES, is_shared=is_local) == 1 or os.path.lexists(options.place):
        return options
    told = options.reading.progress

    def begin(name: str, rows: int) -> None:
        if rows == _WORTH_PROCESSES:
            from leaflet.production.executors.processes import prepare  # as below

            prepare()
        if told is not None:
            told(name, rows)

    return replace(options, reading=replace(options.reading, progress=begin))


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
    made: Packed[Entry],
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


def open_inputs(options: InputOptions) -> Materials:
    """What `load_inputs` gives; rows with errors are counted before they stop the run.

    Raises:
        LeafletError: with every fault found.
    """
    noticed = options.noticed
    try:
        inputs = load_inputs(replace(options, keep_going=True), noticed.report)
    except LeafletError:
        if not options.keep_going:
            noticed.report.raise_errors()  # what was found first
        raise
    noticed.read(inputs.campaign, inputs.schools)
    if not options.keep_going:
        noticed.report.raise_errors()
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


class _Job(Struct, frozen=True):
    """The making of the files of a plan."""

    options: BuildOptions
    inputs: Materials
    schools: Sequence[School]
    plan: Plan
    store: Store
    report: Report

    def make(self) -> Packed[Entry]:
        """Every file that can be made, noted in the store; faults of the others go to the report.

        Raises:
            TemplateError: which is the same for every school.
            RenderError: files cannot be written; it says how many are done.
            Interrupted: a signal stopped it.
        """
        entries = Packed(Entry)
        faults: dict[str, list[Fault]] = {}
        told, size = 0, self.plan.size
        if not size:
            return entries
        try:
            self.store.begin()
            for done in self._make():
                entries.extend(done.entries)
                faults.setdefault(done.document, []).extend(done.faults)
                self.store.note(done.entries, done.files)
                for name in done.names:
                    told += 1
                    self.options.progress(told, size, name)
        except KeyboardInterrupt as stop:
            raise Interrupted(*self._state()) from stop
        except LeafletError as error:
            self.say_what_is_done(error)
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

    def say_what_is_done(self, error: LeafletError) -> None:
        """To faults of writing, add how much need not be made again."""
        if self.store.keeps and all(fault.code.startswith("W10") for fault in error.faults):
            done, total = self._state()
            error.faults += fail("W108", Place(), done=done, total=total).faults

    def _make(self) -> Iterator[Done]:
        executor, workers = self._executor()
        kit = kit_of(self.inputs, self.plan, self.store.sink, verify=self.options.verify)
        return executor(kit, (order_of(chunk, self.inputs) for chunk in self.plan.chunks(workers)))

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
