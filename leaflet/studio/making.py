"""Make the files of « Fabriquer », one output after the other; a stop keeps what is made.

Each output is made by the same function as its command: the bytes are the same.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path, PurePosixPath
from threading import Event, Lock
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from leaflet.api import build, post, print_run
from leaflet.campaign import Campaign, Document, load_campaign
from leaflet.faults import Fault, LeafletError, Place, Report, fail
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.imposition.stock import format_size, load_stock
from leaflet.production.build import Interrupted
from leaflet.production.build_options import BuildResult
from leaflet.production.catalogue import load_paper
from leaflet.production.delivery.labels import has_postcode
from leaflet.production.delivery.letters import LABEL_SHEET
from leaflet.production.delivery.post import Kind
from leaflet.production.design import copies_of
from leaflet.production.document import PART
from leaflet.production.materials import Materials
from leaflet.production.origins import Origins, making_of, row_digest
from leaflet.production.outcome import NONE_LEFT, is_of_record
from leaflet.production.print_runs import PACKING
from leaflet.production.printed_facts import find_left_out, find_not_compared, find_without
from leaflet.studio import contract
from leaflet.studio.answers import find_refusal
from leaflet.studio.campaign_state import MadeOutput
from leaflet.studio.card_sheets import first_place
from leaflet.studio.document_list import PRINTER
from leaflet.studio.element_files import find_below, remove, size
from leaflet.studio.environment import Word
from leaflet.studio.findings_view import finding_key
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.free_space import measure
from leaflet.studio.json_values import name_facts
from leaflet.studio.output_folders import MADE, PRESS, RUN, WAITING, ZIP
from leaflet.studio.people import school_of_cards
from leaflet.tables import School
from leaflet.tables.rows import NOT_READ
from leaflet.tables.school import is_email_address
from leaflet.text import slug

PRINT_RUN = "print-run"
OUTPUTS = ("zip", "files", "copier", PRINT_RUN, "cards", "labels", "drafts")  # in the order of the page
_POSTS: dict[str, Kind] = {"labels": "labels", "drafts": "drafts"}
_WANTED: dict[str, Callable[[School], bool]] = {  # of a school, which a list may lack
    "labels": has_postcode,
    "drafts": lambda school: is_email_address(school.email),
}
_KEPT = "W108"  # the fault that says how many files need not be made again
_MOST_LINES = 6  # that are said
_MOST_FILES = 12  # files of cards that a page offers one by one
_VOLUME = re.compile(r"-([0-9]{2})$")  # at the end of the name of a file for the print shop
MOST_IN_MEMORY = 5_000  # files of 0.1 MB, and a ZIP of them
_ESTIMATE_AFTER = 1.0  # seconds before the time left is said


class Made(Struct, frozen=True):
    """A file that was made, below the folder where they go, or a folder that ends with a slash.

    `count` is the number of its PDF files, or of the establishments that a print run has bundles for. `more` is what
    else the page is told.
    """

    path: str
    output: str
    count: int = 0
    copies: int = 0  # of a print run
    document: str = ""  # that it is of, if several have files of this kind
    more: dict[str, Any] = {}


def plan(folder: CampaignFolder, load: Callable[[], Materials], words: Words) -> contract.Plan:
    """Return what can be made of what `load` returns, how many files and copies, and why something cannot."""
    try:
        inputs = load()
    except LeafletError as error:
        why = error.faults[0].reason(words.lang)
        said = {one: words.say(f"output_{one}") for one in OUTPUTS}
        outputs = [contract.Output(id=one, label=it, text=it, possible=False, why=why) for one, it in said.items()]
        return contract.Plan(outputs=outputs, schools=0, copies=0, documents=[], sides="both")
    campaign, made = inputs.campaign, {one: found for one in OUTPUTS if (found := find_made(folder, one))}
    now = digests_of([*made], inputs)
    before = {one: {"made_at": it.at, **_staleness(it.of, now[one])} for one, it in made.items()}
    without = find_without(inputs, campaign.documents, inputs.schools)
    listed = inputs.schools if folder.state.schools is not None else ()  # else they are the example of the start
    schools = [school for school in listed if school.uai not in without]
    inputs = replace(inputs, schools=schools)
    return contract.Plan(
        outputs=[replace(_output(one, inputs, folder, words), **before.get(one, {})) for one in OUTPUTS],
        schools=len(schools),
        copies=_copies(campaign.documents, inputs),
        documents=[_name(one, words) for one in campaign.documents],
        sides=_sides(campaign, campaign.documents),
        without=len(without),
    )


def _copies(documents: Iterable[Document], inputs: Materials) -> int:
    """Return how many copies of some documents all schools get."""
    return sum(n for one in documents for n in copies_of(inputs.campaign, one.name, inputs.schools).values())


def _output(output: str, inputs: Materials, folder: CampaignFolder, words: Words) -> contract.Output:
    campaign, schools = inputs.campaign, inputs.schools
    documents, has_list = _documents(campaign, output), folder.state.schools is not None
    files = len(documents)
    if output in ("files", "zip", "cards"):
        files = sum(len(schools) - len(find_left_out(document, inputs, schools)) for document in documents)
    in_browser = folder.environment.in_browser
    why, asks, is_there = "", None, _WANTED.get(output)
    lacking = [school.line for school in schools if is_there is not None and not is_there(school)]
    if not has_list:
        why = words.say("why_no_list")
    elif not documents:
        why = words.say("why_no_cards" if output == "cards" else "why_no_leaflets")
    elif schools and len(lacking) == len(schools):
        why = words.say(f"why_none_{output}")
    elif output == PRINT_RUN and in_browser:
        why = words.say("why_no_profile")
    elif output == PRINT_RUN and (found := find_not_compared(inputs, documents, schools)):
        why = words.say("why_not_compared", n=len(found), known=name_facts(found, words))
    elif output == PRINT_RUN:
        why = "" if campaign.press.printer else words.say("why_no_printer")
        label, hint = words.say("asks_printer"), words.say("asks_printer_hint")  # the law wants who prints, and where
        text, refused = campaign.press.printer or "", find_refusal(folder, PRINTER, words)
        asks = contract.AskedName(key=PRINTER, label=label, hint=hint, text=text, refused=refused)
    elif in_browser and max(files, len(schools) if output == "drafts" else 0) > MOST_IN_MEMORY:
        why = words.say("why_no_room", most=MOST_IN_MEMORY)
    copies = _copies(documents, inputs)
    counted = copies if output in ("copier", PRINT_RUN) else files
    values = {"sheet": _label_sheet(folder, words), "folder": f"{MADE}/{documents[0].name if documents else ''}"}
    return contract.Output(
        id=output,
        label=words.say(f"output_{output}"),
        text=words.say(f"output_{output}_text", n=counted, **values),
        files=files,
        copies=copies,
        possible=not why,
        why=why,
        asks=asks,
        missing=_missing(output, lacking, words) if lacking and not why else None,
    )


def find_made(folder: CampaignFolder, output: str) -> MadeOutput | None:
    """Return what is known of an output that was made, if all of it is still there."""
    made, out = folder.state.outputs.get(output), folder.outputs.path
    if made is None or not all((out / path).exists() for path in made.paths):
        return None
    return made if _count_pdfs(out, made.paths) >= made.pdfs else None


def _count_pdfs(out: Path, paths: Iterable[str]) -> int:
    return sum(1 for path in paths if path.endswith("/") for _ in (out / path).rglob("*.pdf"))


def digests_of(outputs: Collection[str], inputs: Materials) -> dict[str, str]:
    """Return digests of what outputs are made from: another one, and an output would come out otherwise.

    The first half is of what all files have in common, the second of rows and names. Drafts are made with the folder
    of files, if there is but one document.
    """
    also = {"files"} if "drafts" in outputs and len(inputs.campaign.documents) == 1 else set[str]()
    return {output: _digest(output, inputs) for output in {*outputs, *also}}


def _digest(output: str, inputs: Materials) -> str:
    campaign, origins = inputs.campaign, Origins(inputs.contexts)
    documents = _documents(campaign, output) if output != "labels" else []
    parts: list[object] = [campaign.press] if output == PRINT_RUN else [inputs.printer] if output == "labels" else []
    for document in documents:
        making = making_of(replace(inputs, start=1), document, inputs.design_of(document), verified=False)
        parts += [making[part] for part in ("template", "theme", "drawings", "logo", "settings")]
    ways, rows = sorted({document.per == "person" for document in documents}) or [False], list[object]()
    for school in sorted(inputs.schools, key=lambda school: school.uai):
        parts += [origins.context(school) if documents else ""]
        people = inputs.people.get(school.uai, ())
        rows += [school.email if output == "drafts" else ""]
        rows += [row_digest(school, people, personal=way) for way in ways]
    return "".join(sha256(repr(one).encode()).hexdigest()[:16] for one in (parts, rows))


def _staleness(old: str, new: str) -> dict[str, bool]:
    return {"stale": old != new, "stale_all": old[:16] != new[:16]}


def note_made(folder: CampaignFolder, files: Sequence[contract.MadeFile], of: dict[str, str], *, some: bool) -> bool:
    """Remember which outputs were made now, where their files are, and the digests of what they are made `of`.

    Where `some` cards alone were made, the others are as they were; return whether all is up to date.
    """
    outputs, at, out = dict(folder.state.outputs), folder.environment.stamp(), folder.outputs.path
    made = {file.output for file in files}
    for output in made:
        paths = tuple(file.path for file in files if file.output == output)
        old, new = outputs.get(output), of.get(output, "")
        kept = old.of if some and old is not None and _staleness(old.of, new)["stale_all"] else new
        outputs[output] = MadeOutput(at, paths, kept, _count_pdfs(out, paths))
    if "drafts" in made and "files" in outputs and "files" in of:
        outputs["files"] = replace(outputs["files"], of=of["files"])
    folder.note(outputs=outputs)
    return all(outputs[output].of == of.get(output, "") for output in made)


def _label_sheet(folder: CampaignFolder, words: Words) -> str:
    """Return the name and the measures of the sheet that address labels are for."""
    stock = load_stock(find_resources(folder.path))[LABEL_SHEET]
    size = format_size(round(stock.width, -2), round(stock.height, -2), words.lang)
    return words.say("label_sheet", name=stock.name, n=stock.count, size=size)


def _missing(output: str, lines: Sequence[int], words: Words) -> contract.NamedPlace:
    """Return what of an output cannot be made, with the lines that lack something."""
    shown = [words.number(line) for line in lines[:_MOST_LINES]]
    if others := len(lines) - len(shown):
        named = words.say("lines_and_others", lines=", ".join(shown), n=others)
    else:
        listed = words.say("and").join(filter(None, (", ".join(shown[:-1]), shown[-1])))
        named = words.say("lines", n=len(lines), lines=listed)
    at = contract.At(station="list", part="rows", line=lines[0])
    return contract.NamedPlace(text=words.say(f"missing_{output}", n=len(lines), lines=named), at=at)


def _name(document: Document, words: Words) -> str:
    """Return the name of a document, with its sheet or sides."""
    key = f"document_{document.template}"
    note = words.text(f"{key}_note_{document.theme}") or words.text(f"{key}_note")
    return ", ".join(filter(None, (words.text(key), note))) or document.name


def _sides(campaign: Campaign, documents: Iterable[Document]) -> contract.Sides:
    """Return on which sides of the paper documents are printed: those that have one page in any case, on one."""
    found = set[bool]()
    for one in documents:
        with suppress(LeafletError):  # what cannot be read is told when it is made
            paper = load_paper(campaign.resources, one.template, one.theme)
            found.add(paper.pages == 1 and paper.theme.page.pages == "fixed")
    return "mixed" if len(found) > 1 else "one" if True in found else "both"


def _documents(campaign: Campaign, output: str) -> list[Document]:
    """Return the documents of an output: of cards those for people or on sheets, else those for schools."""
    if output == "cards":
        return [document for document in campaign.documents if document.sheet is not None]
    per_school = [document for document in campaign.documents if document.per == "school"]
    if output in ("copier", PRINT_RUN):
        return [document for document in per_school if document.sheet is None]
    if output == "drafts":
        return per_school[:1]
    return list(campaign.documents) if output in ("files", "zip") else per_school


def _without_doubt(fault: Fault, accepted: Collection[str]) -> Fault:
    """Return the fault of a mailbox without its doubt about user names, if somebody said that they are right."""
    area = (fault.place.field or "").rpartition(".")[0]
    if "doubt_fr" not in fault.values or not any(one.endswith(f" {area}.login_rule") for one in accepted):
        return fault
    return replace(fault, values={**fault.values, "doubt_en": "", "doubt_fr": ""})


class Maker:
    """The one making that may be under way in a window."""

    def __init__(self, folder: CampaignFolder, words: Words) -> None:
        self._folder, self._words = folder, words
        self.room: contract.Room | None = None  # what the disk had when a making failed last
        self._stop, self._busy = Event(), Lock()

    def check_idle(self) -> None:
        """Check that nothing is being made."""
        if self._busy.locked():
            raise self._refusal()

    def expect(self) -> None:
        """Forget a stop that came too late for what was made before: from now on, it is for what is next."""
        if not self._busy.locked():
            self._stop.clear()

    def stop(self) -> None:
        """Stop what is being made after the file that is being written; what is made stays."""
        self._stop.set()

    def start(self, outputs: Sequence[str], *, changed_only: bool, people: Mapping[str, str]) -> Iterator[Word]:
        """Begin to make the outputs, beside the calls of the page, unless something is being made already.

        The iterator yields how far it is, and what was made at the end, or raises every fault found. What would come
        out the same may stay as it is; cards are made of `people` at some places of their list, or else of everybody.
        """
        if not self._busy.acquire(blocking=False):
            raise self._refusal()
        self.room = None

        def work(say: Callable[[Word], None]) -> Word:
            try:
                return self._run(outputs, not changed_only, people, say)
            finally:
                self._busy.release()

        return self._folder.environment.background(work)

    def _refusal(self) -> LeafletError:
        return fail("W204", Place(file=self._folder.campaign.name))

    def _run(
        self, outputs: Sequence[str], is_anew: bool, people: Mapping[str, str], say: Callable[[Word], None]
    ) -> Word:
        start, made, faults = self._folder.environment.seconds(), list[Made](), list[Fault]()
        lacking = list[contract.Lacking]()
        total = 0  # of what there was to make, such as cards
        stopped: contract.Stopped | None = None
        progress: _Progress | None = None
        try:
            for output in outputs:
                if self._stop.is_set():  # which came before the first one, or when the one before was made
                    stopped = contract.Stopped(done=0, left=0)
                    say({"progress": contract.Progress(done=0, total=0, seconds_left=None, record="", output=output)})
                    break
                progress = _Progress(output, say, self._stop, self._folder.environment.seconds)
                try:
                    made += _Job(self._folder, self._words, progress, faults, lacking, is_anew, people).make()
                    total = max(total, progress.total if output == "cards" else 0)
                except LeafletError as error:
                    _leave_out(error, faults)
                    lacking.append(contract.Lacking(output=output, document=""))
                except Interrupted as stop:  # a build, which goes on there the next time
                    done = 0 if output in _POSTS else stop.done  # drafts begin anew with what was built for them
                    stopped = contract.Stopped(done=done, left=stop.total - done)
                    break
                except KeyboardInterrupt:  # a file of all schools, which begins anew the next time
                    stopped = contract.Stopped(done=0, left=progress.total)
                    break
            if not made and stopped is None:
                report = Report()
                report.extend(sorted(faults, key=lambda one: not is_of_record(one)))  # others are left out anyway
                report.raise_errors()
        except BaseException as error:
            if progress is not None:
                left, total = outputs[outputs.index(output := progress.output) :], progress.total
                kept = next((one.values["done"] for one in getattr(error, "faults", ()) if one.code == _KEPT), 0)
                far = contract.Progress(done=kept, total=total, seconds_left=None, record="", output=output)
                say({"progress": far})  # what could not be made is not kept
                self.room = measure(self._folder.outputs.path, left, kept, total)
            raise
        seconds, called = self._folder.environment.seconds() - start, self._called()
        accepted, with_list = self._folder.state.accepted, {"T162", *NOT_READ}  # what is told with the list
        told = [one for one in faults if one.severity != "note" and one.code not in with_list]
        result = contract.Made(
            files=[self._describe(one, called) for one in made],
            count=max((one.count for one in made if one.output not in _POSTS), default=0) or total,
            seconds=round(seconds, 1),
            codes_read=all(fault.code != "V109" for fault in faults),
            stopped=stopped,
            lacking=lacking,
            waiting=0,
            faults=[],
        )
        kept = [_without_doubt(one, accepted) for one in told if finding_key(one) not in accepted]
        return {"result": result, "faults": kept}

    def _called(self) -> str:
        """Return what names of saved files end with, so that nobody mixes up those of two schools or campaigns."""
        folder = self._folder
        if (school := school_of_cards(folder)) is not None:
            return slug(school.name)
        return "" if folder.environment.in_browser else slug(folder.path.name)

    def _describe(self, made: Made, called: str) -> contract.MadeFile:
        """Return a file as the page shows it; the record that comes with drafts is none of them."""
        path, words = PurePosixPath(made.path), self._words
        is_list = path.name.startswith(PACKING)
        kind = "record" if path.suffix == ".json" else f"{PACKING}_{made.output}" if is_list else made.output
        text, campaign = words.text(f"made_{kind}"), load_campaign(self._folder.campaign, Report())
        documents = [one for one in campaign.documents if one.name in path.parts] or campaign.documents
        sheet, sides = _label_sheet(self._folder, words), words.say(f"sides_{_sides(campaign, documents)}")
        return contract.MadeFile(
            path=made.path,
            output=made.output,
            text=", ".join(filter(None, (text or words.say(f"output_{kind}"), made.document))),
            count=made.count,
            bytes=size((self._folder.outputs.path / made.path,)),
            hint="" if is_list else words.say(f"printing_{kind}", sheet=sheet, sides=sides),
            name=self._name(path, kind, made, called),
            **made.more,
        )

    def _name(self, path: PurePosixPath, kind: str, made: Made, called: str) -> str:
        """Return what a file is called when it is saved; in the folder it has the name that commands know."""
        words, key = self._words, f"saved_{kind}"
        if key not in words.texts or path.suffix not in (".pdf", ".json", ".csv", ".zip"):
            return path.name
        parts = [words.say(key, n=made.copies, copies=str(made.copies)), made.document and slug(made.document)]
        if "-ligne-" in path.name:
            parts.append(words.say("saved_part"))
        volume = _VOLUME.search(path.stem)
        return f"{'-'.join(filter(None, (*parts, volume and volume[1], called)))}{path.suffix}"


class _Progress:
    """A function for builds that says how far one output is, and stops it when asked."""

    def __init__(self, output: str, say: Callable[[Word], None], stop: Event, clock: Callable[[], float]) -> None:
        self.done = self.total = 0
        self.names: list[str] = []
        self.output, self._say, self._stop, self._clock, self._start = output, say, stop, clock, clock()

    def __call__(self, done: int, total: int, name: str) -> None:
        self.done, self.total = done, total
        self.names.append(PurePosixPath(name).name)
        spent = self._clock() - self._start
        left = round(spent / done * (total - done)) if done and spent > _ESTIMATE_AFTER else None
        key = PurePosixPath(name).stem.partition("-")[0]
        far = contract.Progress(done=done, total=total, seconds_left=left, record=key, output=self.output)
        self._say({"progress": far})
        if self._stop.is_set() and done < total:  # else nothing is left to stop
            raise KeyboardInterrupt  # as a signal would: a build keeps what is made


def _leave_out(error: LeafletError, faults: list[Fault]) -> None:
    """Go on with what else is asked for where something cannot be made for any school; raise other errors again."""
    of_some = [fault for fault in error.faults if is_of_record(fault) or fault.row is not None]
    if not of_some or not {fault.code for fault in error.faults if fault not in of_some} <= {NONE_LEFT}:
        raise error
    faults += of_some


class _Job(NamedTuple):
    """The making of one output, which adds to the faults of all."""

    folder: CampaignFolder
    words: Words
    progress: _Progress
    faults: list[Fault]
    lacking: list[contract.Lacking]  # and to what is not made
    is_anew: bool
    people: Mapping[str, str]  # their places in the list, with the numbers that the page gives them

    def make(self) -> list[Made]:
        """Make it, and return its files."""
        output, path = self.progress.output, self.folder.outputs.path
        if output == "files":
            result, removed = self._build_files(anew=self.is_anew)
            return [Made(f"{MADE}/", output, result.files, more={**self._anew(result), "removed": removed})]
        if output == "zip":
            result = self._build(path / ZIP, waiting=path / WAITING, prune=True)
            return [Made(ZIP, output, result.files, more=self._anew(result))]
        documents = _documents(load_campaign(self.folder.campaign, Report()), output)
        if output in _POSTS:
            if output == "drafts":  # the leaflets that they have attached, as far as they are not in their folder
                _, removed = self._build_files(document=documents[0].name)
                first, *others = self._post(_POSTS[output])
                return [replace(first, more={"removed": removed}), *others]
            return self._post(_POSTS[output])
        made: list[Made] = []
        for document in documents:
            label = (self.words.text(f"document_{document.template}") or document.name) if len(documents) > 1 else ""
            try:
                new = self._make_cards(document) if output == "cards" else self._print(document, output)
                made += [replace(one, document=" ".join(filter(None, (label, one.document)))) for one in new]
            except LeafletError as error:
                _leave_out(error, self.faults)
                self.lacking.append(contract.Lacking(output=output, document=label))
        return made

    def _anew(self, result: BuildResult) -> dict[str, Any]:
        """Return what the page is told of files that were made again, where others were not."""
        if result.made == result.files:
            return {}
        keys = dict.fromkeys(PurePosixPath(name).stem.partition("-")[0] for name in self.progress.names)
        return {"anew": result.made, "again": [*keys]}

    def _build_files(self, **options: Any) -> tuple[BuildResult, int]:
        """Build into the folder of files, and remove those of nobody any more; return how many these were."""
        out = self.folder.outputs.files
        result = self._build(out, **options)
        old = [found for name in result.stale if (found := find_below(out, name))]
        for found in old:
            remove(found)
        return result, len(old)

    def _build(self, out: Path, **options: Any) -> BuildResult:
        """Build into a folder or ZIP."""
        campaign, start = self.folder.campaign, first_place(self.folder, of_some=bool(self.people))
        result = build(campaign, out, keep_going=True, start=start, progress=self.progress, **options)
        self.faults.extend(result.faults)
        self.progress.total = result.files
        return result

    def _make_cards(self, document: Document) -> list[Made]:
        """Make the cards of everybody; of some people in a file beside it, which is of no use once it is printed."""
        rows, called = f"staff:{','.join(self.people)}" if self.people else None, ",".join(self.people.values())
        is_anew = self.is_anew or bool(self.people)
        out, names = self.folder.outputs.files, self.progress.names
        built = self._build(out, document=document.name, anew=is_anew, rows=rows, called=called)
        pdfs = (out / document.name).rglob("*.pdf")
        own = (one for one in pdfs if one.relative_to(out).as_posix() not in built.stale)
        files = sorted(one for one in own if (one.name in names if self.people else PART not in one.name))
        if len(files) > _MOST_FILES:
            return [Made(f"{MADE}/{document.name}/", "cards")]
        more = {"sheets": built.sheets[document.name] if len(files) == 1 else 0}
        made = [Made(file.relative_to(self.folder.outputs.path).as_posix(), "cards", more=more) for file in files]
        return made if len(made) == 1 else [replace(one, document=PurePosixPath(one.path).stem) for one in made]

    def _print(self, document: Document, output: str) -> list[Made]:
        is_press, campaign, name = output == PRINT_RUN, self.folder.campaign, document.name
        place = f"{PRESS if is_press else RUN}/{name}"
        out, progress = self.folder.outputs.path / place, self.progress
        press: Literal["x4"] | None = "x4" if is_press else None
        result = print_run(campaign, out, document=name, keep_going=True, progress=progress, press=press)
        self.faults.extend(result.faults)
        counts = [*result.volumes, *((0, result.copies) for _ in result.files[len(result.volumes) :])]
        files = zip(result.files, counts, strict=True)
        return [Made(f"{place}/{file}", output, schools, copies) for file, (schools, copies) in files]

    def _post(self, kind: Kind) -> list[Made]:
        out = self.folder.outputs.files
        result = post(kind, self.folder.campaign, out, keep_going=True, progress=self.progress)
        self.faults.extend(result.faults)
        return [Made(f"{MADE}/{name}", kind) for name in result.files]
