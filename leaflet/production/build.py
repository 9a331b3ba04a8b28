"""A build from beginning to end: load and check, plan, make and verify, then give all files their names."""

import shutil
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import Campaign
from leaflet.faults import Fault, LeafletError, Place, TemplateError, fail
from leaflet.pdf.verify_codes import warn_of_codes
from leaflet.production.archive import check_archive, is_archive, waiting_of, write_archive
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.folder_store import BuildIdentity, FolderStore
from leaflet.production.inputs import (
    check_asked,
    choose_documents,
    choose_schools,
    documents_to_make,
    find_campaign,
    open_inputs,
)
from leaflet.production.manifest import NAME, Entry, Manifest, manifest_lines, merge
from leaflet.production.materials import Materials
from leaflet.production.own_message import check_message
from leaflet.production.plan import Plan, Planner, stale_files
from leaflet.production.printed_facts import explain_blanks, with_drafts
from leaflet.production.shards import shard_name
from leaflet.production.worker import BatchResult, BuildSetup, Executor, cores, gc_relaxed, in_turn, make_batch
from leaflet.program import __version__
from leaflet.tables import School
from leaflet.text import grouped

_WORTH_PROCESSES = 3000  # files that take longer than starting processes for them


class Interrupted(KeyboardInterrupt):
    """A build that was stopped by a signal: `done` of `total` files need not be made again."""

    def __init__(self, done: int, total: int) -> None:
        super().__init__()
        self.done, self.total = done, total


def build(options: BuildOptions) -> BuildResult:
    """Make the documents of a campaign; after an error no file has a name or bytes that it had not before."""
    report = options.outcome.begin(options.campaign)
    campaign = find_campaign(options, report)
    is_packed = is_archive(options.out)
    check_asked(options, campaign, choose_documents(campaign, options.document), is_folder=not is_packed)
    inputs = open_inputs(options, campaign)
    documents = documents_to_make(inputs, options.document)
    schools = choose_schools(options, inputs, report)
    inputs = with_drafts(inputs, documents, schools, report, draft=options.draft)
    documents = documents_to_make(inputs, options.document)
    identity = BuildIdentity(campaign.file, campaign.profile.id, shard_name(options.shard) if options.shard else NAME)
    with gc_relaxed(), _open_store(options, identity) as store:
        planner = Planner(options, inputs, store, report)
        plan = planner.plan(documents, schools)
        maker = _FileMaker(options, inputs, schools, plan, store)
        try:
            made = maker.make()
        except TemplateError as error:
            raise explain_blanks(error, inputs, documents, schools) from None
        stale = [] if is_packed else stale_files(store.earlier, inputs, campaign.file, plan.left, plan.left_out)
        if options.verify:
            warn_of_codes(report)
        files = ((one.document, one.record, one.without_message) for one in chain(plan.kept, made))
        check_message(inputs, documents, files, report)
        if options.shard is None:  # a part may have nothing but what cannot be made
            options.outcome.check_made(len(made) + len(plan.kept), keep_going=options.leaves_out)
        pages = sum(entry.pages for entry in chain(plan.kept, made))
        removed = stale if options.prune and not report.errors else []
        try:
            manifest = _commit(campaign, plan, store, made, removed)
            if is_packed:
                manifest = replace(manifest, entries=merge([], [*plan.kept, *made]))
                _pack(options, identity, manifest, planner.all_files(documents, schools))
        except LeafletError as error:
            maker.add_progress(error)
            raise
    people, sheets = Counter[str](), Counter[str]()
    stocks = {document.name: inputs.stocks.get(document.sheet or "") for document in documents}
    for document, uai in {(one.document, one.record) for one in chain(plan.kept, made) if one.personal}:
        people[document] += (count := len(inputs.people.get(uai, ())))
        if (stock := stocks[document]) is not None:
            sheets[document] += -(-(inputs.start - 1 + count) // stock.count)
    if is_packed:
        shutil.rmtree(waiting_of(options.out), ignore_errors=True)
    return BuildResult(
        files=len(plan.kept) + len(made),
        made=len(made),
        pages=pages,
        people=people,
        sheets=sheets,
        reasons=Counter(plan.reasons.get((entry.document, entry.record), "new") for entry in made),
        stale=tuple(stale),
        removed=tuple(removed),
        out=options.out,
        faults=tuple(report),
    )


def _open_store(options: BuildOptions, identity: BuildIdentity) -> FolderStore:
    """Return the folder to make files in; those of an archive wait in one until it is written as a whole."""
    if not is_archive(options.out):
        return FolderStore(options.out, identity, replace_others=options.replace_others)
    check_archive(options.out, replace_others=options.replace_others)
    return FolderStore(waiting_of(options.out), identity, replace_others=True)


def _commit(
    campaign: Campaign, plan: Plan, store: FolderStore, made: list[Entry], removed: Iterable[str]
) -> Manifest:
    """Give all files their names, and write the manifest of the folder or of one shard; return it."""
    old = store.earlier.entries if store.earlier else []
    gone = frozenset(removed)
    manifest = Manifest(
        version=__version__,
        campaign=campaign.file,
        election=campaign.profile.id,
        entries=merge([*(entry for entry in old if entry.file not in gone), *plan.kept], made),
        makings=plan.makings,
        whole=plan.whole,
    )
    store.commit(manifest_lines(manifest), gone)
    return manifest


def _pack(
    options: BuildOptions, identity: BuildIdentity, manifest: Manifest, order: Iterable[tuple[str, str]]
) -> None:
    """Write the archive from the files that wait, always in the order in which one build makes all of them."""
    waiting, entries = waiting_of(options.out), grouped(((one.document, one.record), one) for one in manifest.entries)
    ordered = chain.from_iterable(entries.get(key, ()) for key in order)
    files = ((one.file, (waiting / one.file).read_bytes(), one.personal) for one in ordered)
    write_archive(
        options.out, identity.manifest_name, manifest_lines(manifest), files, replace_others=options.replace_others
    )


class _FileMaker(Struct, frozen=True):
    """A maker of the files of a plan, which reports the faults of records."""

    options: BuildOptions
    inputs: Materials
    schools: Sequence[School]
    plan: Plan
    store: FolderStore

    def make(self) -> list[Entry]:
        """Make every file that can be made, and record it in the store; report the faults of the others."""
        entries: list[Entry] = []
        faults: dict[str, list[Fault]] = {}
        count, size = self.plan.resumed, self.plan.resumed + self.plan.size
        if not self.plan.size:
            return entries
        try:
            for result in self._make():
                entries.extend(result.entries)
                self.plan.left_out.update({*result.names} - {entry.file for entry in result.entries})
                faults.setdefault(result.document, []).extend(result.faults)
                self.store.mark_finished(result.entries)
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
        """Report the faults of each document in the order of the list."""
        if not any(faults):
            return
        places = {school.key: place for place, school in enumerate(self.schools)}
        for found in faults:
            found.sort(key=lambda fault: places.get(fault.place.key or "", 0))
            self.options.outcome.add_faults(found)  # a letter of a name is missing in each of its documents

    def add_progress(self, error: LeafletError) -> None:
        """Add to an error of writing how many files need not be made again."""
        if self.store.can_resume and all(fault.entry.scope == "output" for fault in error.faults):
            done, total = self._state()
            error.faults += fail("W108", Place(), done=done, total=total).faults

    def _make(self) -> Iterator[BatchResult]:
        executor, workers = self._executor()
        contexts, designs = self.inputs.contexts.fresh_copy(), self.plan.designs
        bare = replace(self.inputs, designs=designs, contexts=contexts, schools=(), people={})
        setup = BuildSetup(bare, self.store.sink, self.options.verify)  # sent to each worker, once
        batches = self.plan.batches(workers)
        return executor(setup, (make_batch(q.document, q.making, schools, self.inputs) for q, schools in batches))

    def _executor(self) -> tuple[Executor, int]:
        """Return the executor, and how many workers it has."""
        options = self.options
        jobs = options.jobs or (cores() if self.plan.size >= _WORTH_PROCESSES else 1)
        if jobs == 1:
            return in_turn, 1
        from leaflet.production.processes import on_processes

        return on_processes(jobs), jobs

    def _state(self) -> tuple[int, int]:
        """Return how many files need not be made again, and how many were asked for."""
        kept = len(self.plan.kept)
        return kept + self.store.finished, kept + self.plan.size
