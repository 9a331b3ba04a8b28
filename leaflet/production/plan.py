"""Plan a build: the files to be made, with the reason, and those that need not be made again.

Files come in the order of documents, one of each académie and département before all others: these, which follow each
other, have most in common with it. In a new output folder there is nothing to compare: all files are made, and their
names and origins are computed by the workers.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import chain, islice, product

from msgspec import Struct, field

from leaflet.campaign import Document
from leaflet.faults import Place, Report
from leaflet.production.build_options import BuildOptions
from leaflet.production.design import Design
from leaflet.production.document import PART, file_name, file_of, notes_of_fit
from leaflet.production.folder_store import FolderStore
from leaflet.production.manifest import Entry, Making, Manifest, Reason, making_key
from leaflet.production.materials import Materials
from leaflet.production.origins import Origin, Origins, making_of, reason_to_make
from leaflet.production.printed_facts import find_left_out, portal_faults
from leaflet.tables import School
from leaflet.tables.filters import choose, parse_choice

_LARGEST = 200  # files of a batch: some tens of milliseconds of work


class Queue:
    """The schools of one document whose files are to be made, neighbours sharing most of their pages."""

    def __init__(self, document: Document, making: str) -> None:
        self.document, self.making = document, making
        self._groups: defaultdict[tuple[str, str], list[School]] = defaultdict(list)

    def add(self, school: School, context: str) -> None:
        """Queue a school with those of its département and context."""
        self._groups[school.territory, context].append(school)

    def __len__(self) -> int:
        return sum(map(len, self._groups.values()))

    def groups(self) -> list[list[School]]:
        """Return all schools, group by group."""
        return [self._groups[key] for key in sorted(self._groups)]


def _parts(queues: Sequence[Queue], each: int) -> Iterator[tuple[Queue, tuple[School, ...]]]:
    """Yield so many schools of queues at a time: one of each group, which others are like, before all others."""
    for part in (slice(1), slice(1, None)):
        for queue in queues:
            left = chain.from_iterable(group[part] for group in queue.groups())
            while chosen := tuple(islice(left, each)):
                yield queue, chosen


class Plan(Struct):
    """All files of a build."""

    queues: list[Queue] = field(default_factory=list)  # the files to be made, by document
    kept: list[Entry] = field(default_factory=list)  # files that are as they would be made now
    resumed: int = 0  # how many of them an interrupted build had finished
    reasons: dict[tuple[str, str], Reason] = field(default_factory=dict)  # by document and UAI, unless it is new
    makings: dict[str, Making] = field(default_factory=dict)  # the makings of documents, by key
    designs: dict[str, Design] = field(default_factory=dict)  # the templates and themes of documents, by name
    left: set[str] = field(default_factory=set)  # files of an earlier build that are not asked for now
    left_out: set[str] = field(default_factory=set)  # files that are asked for and cannot be made
    whole: str = ""  # digest of the whole build, if this is a shard of one

    @property
    def size(self) -> int:
        """The number of files to be made."""
        return sum(map(len, self.queues))

    def batches(self, workers: int) -> Iterator[tuple[Queue, tuple[School, ...]]]:
        """Return the queues in parts, so small that no worker waits long for the others."""
        return _parts(self.queues, min(_LARGEST, max(1, self.size // (workers * 4))))


class Planner:
    """A comparison of the files asked for with the files that exist."""

    def __init__(self, options: BuildOptions, materials: Materials, store: FolderStore, report: Report) -> None:
        self._options, self._materials, self._store, self._report = options, materials, store, report
        self._origins = Origins(materials.contexts)
        self._before: Mapping[str, Entry] = {}

    def plan(self, documents: Sequence[Document], schools: Sequence[School]) -> Plan:
        """Return the files to be made of each document, and those kept."""
        plan, earlier = Plan(), self._store.earlier
        self._before = {entry.file: entry for entry in earlier.entries} if earlier else {}
        plan.left.update(self._before)
        is_empty = earlier is None and not self._store.recoverable
        number, parts = self._options.shard or (1, 1)
        total = len(documents) * len(schools)
        start, end = total * (number - 1) // parts, total * number // parts  # of the files of this shard
        for index, document in enumerate(documents):
            design = plan.designs[document.name] = self._materials.design_of(document)
            making = making_of(self._materials, document, design, verified=self._options.verify)
            key = making_key(making)
            plan.makings[key] = making
            known, first = len(plan.kept), index * len(schools)
            own = self._possible(plan, document, schools[max(start - first, 0) : max(end - first, 0)])
            queue = Queue(document, key)
            for school in own if is_empty else self._outdated(plan, document, own, key):
                queue.add(school, self._origins.context(school))
            if queue:
                plan.queues.append(queue)
            for entry in islice(plan.kept, known, None):  # as was noted when they were made
                self._report.extend(notes_of_fit(design.theme, entry.step, entry.document, entry.record))
        if self._options.shard is not None:  # all that any file of the whole build is made from, in each of its parts
            hashed = sha256(repr(sorted(plan.makings)).encode())
            for document in documents:
                for school in schools:
                    hashed.update(repr(self._origins.of(document, school, "", self._materials.people)).encode())
            plan.whole = hashed.hexdigest()[:16]
        for key, making in earlier.makings.items() if earlier else ():
            plan.makings.setdefault(key, making)
        return plan

    def all_files(self, documents: Sequence[Document], schools: Sequence[School]) -> Iterator[tuple[str, str]]:
        """Yield document and school of all files, in the order in which they are made where there are none yet."""
        queues = [Queue(document, "") for document in documents]
        for queue, school in product(queues, schools):
            queue.add(school, self._origins.context(school))
        for queue, some in _parts(queues, len(schools)):
            yield from ((queue.document.name, school.key) for school in some)

    def _possible(self, plan: Plan, document: Document, schools: Sequence[School]) -> Sequence[School]:
        """Return the schools that a document can be made for; report the others, who vote on another portal."""
        left_out = find_left_out(document, self._materials, schools)
        others = [school for school in schools if school.key in left_out]
        plan.left_out.update(file_of(self._materials, document, school) for school in others)
        self._options.outcome.add_faults(portal_faults(self._materials, schools, left_out))
        return [school for school in schools if school.key not in left_out]

    def _outdated(self, plan: Plan, document: Document, schools: Iterable[School], key: str) -> Iterator[School]:
        """Yield the schools whose file is to be made; add the reasons to the plan."""
        making = plan.makings[key]
        for school in schools:
            name = file_of(self._materials, document, school)
            plan.left.discard(name)
            origin = self._origins.of(document, school, key, self._materials.people)
            reason = self._reason_to_make(plan, name, origin, making)
            if reason is not None:
                if reason != "new":
                    plan.reasons[document.name, school.key] = reason
                yield school

    def _reason_to_make(self, plan: Plan, name: str, origin: Origin, making: Making) -> Reason | None:
        """Return why a file is to be made; None if it is right as it is, and add it to the files kept."""
        before, earlier = self._before.get(name), self._store.earlier
        reason = reason_to_make(origin, before, making, earlier)
        if reason == "new" and earlier is not None and name in earlier.gone:
            reason = "missing"
        if self._options.anew:
            reason = reason or "asked"
        elif reason is None and before is not None:
            found = self._store.has(before)
            if found:
                plan.kept.append(before)
                return None
            reason = "missing" if found is None else "altered"
        done = self._store.recoverable.get(name)
        if done is not None and Origin(done.making, done.context, done.row) == origin and self._store.recover(done):
            plan.kept.append(done)
            plan.resumed += 1
            return None
        return reason


def stale_files(
    earlier: Manifest | None, materials: Materials, campaign: str, left: Collection[str], left_out: Collection[str]
) -> list[str]:
    """Return files of an earlier build of this campaign that this one does not make.

    `left` are those not asked for now, stale if no document or school has them; `left_out` cannot be made.
    """
    if earlier is None or earlier.campaign != campaign:
        return []
    data, documents = materials.campaign.data, {document.name: document for document in materials.campaign.documents}
    own = parse_choice(where=data.where, states=data.state)  # whom the campaign leaves out, nothing is made for
    schools = {one.key: one for one in choose(materials.schools, own, Place(), Report())} if left else {}

    def is_made(entry: Entry) -> bool:
        document, school = documents.get(entry.document), schools.get(entry.record)
        name = file_name(document, school, grouped=materials.is_large) if document and school else ""
        part = f"{name.removesuffix('.pdf')}{PART}"  # with the cards of some people
        return bool(name) and (entry.file == name or entry.file.startswith(part))

    return [one.file for one in earlier.entries if one.file in left_out or (one.file in left and not is_made(one))]
