"""Make the files of « Fabriquer », one output after the other; a stop keeps what is made.

Each output is made by the same function as its command: the bytes are the same.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath
from threading import Event, Lock

from msgspec import Struct
from msgspec.structs import replace

from leaflet.api import build, post, print_run
from leaflet.campaign import Campaign, Document, load_campaign
from leaflet.faults import Fault, LeafletError, Place, Report, fail
from leaflet.files.words import Words
from leaflet.production.build import Interrupted
from leaflet.production.build_options import BuildResult
from leaflet.production.delivery.labels import has_postcode
from leaflet.production.delivery.post import Kind
from leaflet.production.document import PART
from leaflet.production.materials import Materials
from leaflet.production.outcome import NONE_LEFT, is_of_record
from leaflet.production.print_runs import PACKING
from leaflet.production.printed_facts import find_left_out, find_not_compared, find_without
from leaflet.studio import contract
from leaflet.studio.answers import find_refusal
from leaflet.studio.document_list import PRINTER
from leaflet.studio.element_files import size
from leaflet.studio.environment import Word
from leaflet.studio.findings_view import finding_key
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.free_space import measure
from leaflet.studio.json_values import name_facts
from leaflet.studio.output_folders import MADE, PRESS, RUN, WAITING, ZIP
from leaflet.tables import School
from leaflet.tables.rows import NOT_READ
from leaflet.tables.school import is_email_address

PRINT_RUN = "print-run"
# What can be made, in the order of the page.
OUTPUTS = ("zip", "files", "copier", PRINT_RUN, "cards", "labels", "drafts", "book")
# What labels and drafts want of a school, which a list may lack.
_WANTED: dict[str, Callable[[School], bool]] = {
    "labels": has_postcode,
    "drafts": lambda school: is_email_address(school.email),
}
_MOST_LINES = 6  # that are said
MOST_IN_MEMORY = 5_000  # files of 0.1 MB, and a ZIP of them
_ESTIMATE_AFTER = 1.0  # seconds before the time left is said


class Made(Struct, frozen=True):
    """A file that was made, below the folder where they go, or a folder that ends with a slash.

    `count` is the number of its PDF files, or of the establishments that a print run has bundles for.
    """

    path: str
    output: str
    count: int = 0


class Making(Struct, frozen=True, kw_only=True):
    """Hold what was made, as `leaflet.studio.contract.Made`, with the faults that were found."""

    files: list[contract.MadeFile]
    count: int
    seconds: float
    codes_read: bool
    stopped: contract.Stopped | None
    faults: list[Fault]


def plan(folder: CampaignFolder, load: Callable[[], Materials], words: Words) -> contract.Plan:
    """Return what can be made, with the number of files and copies, and why something cannot.

    Args:
        folder: of the campaign.
        load: returns what documents are made from.
        words: the texts of the page.
    """
    try:
        inputs = load()
    except LeafletError as error:
        why = error.faults[0].reason(words.lang)
        outputs = [_impossible(output, why, words) for output in OUTPUTS]
        return contract.Plan(outputs=outputs, schools=0, copies=0, documents=[])
    campaign = inputs.campaign
    without = find_without(inputs, campaign.documents, inputs.schools)
    schools = [school for school in inputs.schools if school.uai not in without]
    copies = sum(1 if school.copies is None else school.copies for school in schools)
    inputs = replace(inputs, schools=schools)
    return contract.Plan(
        outputs=[_output(one, inputs, copies, folder, words) for one in OUTPUTS],
        schools=len(schools),
        copies=copies,
        documents=[_name(one, words) for one in campaign.documents],
        without=len(without),
    )


def _output(output: str, inputs: Materials, copies: int, folder: CampaignFolder, words: Words) -> contract.Output:
    campaign, schools = inputs.campaign, inputs.schools
    documents, has_list = _documents(campaign, output), folder.state.schools is not None
    files = len(documents)
    if output in ("files", "zip", "cards"):
        files = sum(len(schools) - len(find_left_out(document, inputs, schools)) for document in documents)
    in_browser = folder.environment.in_browser
    why, is_asked, lacking = "", False, _lacking(output, schools)
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
        why, is_asked = "" if campaign.press.printer else words.say("why_no_printer"), True
    elif in_browser and max(files, len(schools) if output == "drafts" else 0) > MOST_IN_MEMORY:
        why = words.say("why_no_room", most=MOST_IN_MEMORY)
    counted = copies if output in ("copier", PRINT_RUN) else files
    return contract.Output(
        id=output,
        label=words.say(f"output_{output}"),
        text=words.say(f"output_{output}_text", n=counted),
        files=files,
        copies=copies,
        possible=not why,
        why=why,
        asks=_asks(campaign, folder, words) if is_asked else None,
        missing=_missing(output, lacking, words) if lacking and not why else None,
    )


def _lacking(output: str, schools: Sequence[School]) -> list[int]:
    """Return the lines of the schools that lack in the list what an output wants."""
    is_there = _WANTED.get(output)
    return [school.line for school in schools if is_there is not None and not is_there(school)]


def _missing(output: str, lines: Sequence[int], words: Words) -> contract.NamedPlace:
    """Return what of an output cannot be made, with the lines that lack something."""
    shown = [words.number(line) for line in lines[:_MOST_LINES]]
    if others := len(lines) - len(shown):
        named = words.say("lines_and_others", lines=", ".join(shown), n=others)
    else:
        named = words.say(
            "lines", n=len(lines), lines=words.say("and").join(filter(None, (", ".join(shown[:-1]), shown[-1])))
        )
    at = contract.At(station="list", part="rows", line=lines[0])
    return contract.NamedPlace(text=words.say(f"missing_{output}", n=len(lines), lines=named), at=at)


def _asks(campaign: Campaign, folder: CampaignFolder, words: Words) -> contract.AskedName:
    """Return the question for the print shop: the law wants its name and town on what it prints."""
    return contract.AskedName(
        key=PRINTER,
        label=words.say("asks_printer"),
        hint=words.say("asks_printer_hint"),
        text=campaign.press.printer or "",
        refused=find_refusal(folder, PRINTER, words),
    )


def _name(document: Document, words: Words) -> str:
    """Return the name of a document, with its sheet or sides."""
    names = (words.text(f"document_{document.template}{part}") for part in ("", "_note"))
    return ", ".join(filter(None, names)) or document.name


def _impossible(output: str, why: str, words: Words) -> contract.Output:
    label, text = words.say(f"output_{output}"), words.say(f"output_{output}_text", n=0)
    return contract.Output(id=output, label=label, text=text, possible=False, why=why)


def _documents(campaign: Campaign, output: str) -> list[Document]:
    """Return the documents of an output: of cards those for people or on sheets, else those for schools."""
    if output == "cards":
        return [document for document in campaign.documents if document.sheet is not None]
    per_school = [document for document in campaign.documents if document.per == "school"]
    if output in ("copier", PRINT_RUN):
        return [document for document in per_school if document.sheet is None]
    if output in ("drafts", "book"):
        return per_school[:1]
    return list(campaign.documents) if output in ("files", "zip") else per_school


class Maker:
    """The one making that may be under way in a window.

    Args:
        folder: of the campaign.
        words: the texts of the page.

    Attributes:
        room: what the disk had when a making failed last; None before that.
    """

    def __init__(self, folder: CampaignFolder, words: Words) -> None:
        self._folder, self._words = folder, words
        self.room: contract.Room | None = None
        self._stop, self._busy = Event(), Lock()

    def check_idle(self) -> None:
        """Check that nothing is being made.

        Raises:
            RenderError: something is (W204).
        """
        if self._busy.locked():
            raise self._refusal()

    def stop(self) -> None:
        """Stop what is being made after the file that is being written; what is made stays."""
        self._stop.set()

    def start(self, outputs: Sequence[str], *, changed_only: bool, people: Sequence[str] = ()) -> Iterator[Word]:
        """Begin to make the outputs, beside the calls of the page.

        Args:
            outputs: what is made.
            changed_only: what would come out the same stays as it is.
            people: the places in their list of those whose cards are made; everybody's if empty.

        Returns:
            How far it is, and what was made at the end; an iterator that raises every fault found.

        Raises:
            RenderError: something is being made already (W204).
        """
        if not self._busy.acquire(blocking=False):
            raise self._refusal()
        self._stop.clear()
        self.room = None

        def work(say: Callable[[Word], None]) -> Word:
            try:
                return self._run(outputs, changed_only, people, say)
            finally:
                self._busy.release()

        return self._folder.environment.background(work)

    def _refusal(self) -> LeafletError:
        return fail("W204", Place(file=self._folder.campaign.name))

    def _run(
        self, outputs: Sequence[str], changed_only: bool, people: Sequence[str], say: Callable[[Word], None]
    ) -> Word:
        start, made, faults = self._folder.environment.seconds(), list[Made](), list[Fault]()
        total = 0  # of what there was to make, such as cards
        stopped: tuple[int, int] | None = None
        progress: _Progress | None = None
        try:
            for output in outputs:
                progress = _Progress(output, say, self._stop, self._folder.environment.seconds)
                try:
                    make = partial(_make_cards, people=people) if output == "cards" else _MAKERS[output]
                    made += make(self._folder, progress, faults, changed_only)
                    total = max(total, progress.total)
                except LeafletError as error:
                    _leave_out(error, faults)
                except Interrupted as stop:  # a build, which goes on there the next time
                    stopped = stop.done, stop.total
                    break
                except KeyboardInterrupt:  # a file of all schools, which begins anew the next time
                    stopped = 0, progress.total
                    break
            if not made and stopped is None:
                _raise_errors(faults)
        except BaseException:
            if progress is not None:
                left = outputs[outputs.index(progress.output) :]
                self.room = measure(self._folder.outputs.path, left, progress.done, progress.total)
            raise
        seconds = self._folder.environment.seconds() - start
        accepted = self._folder.state.accepted
        result = Making(
            files=[*map(self._describe, made)],
            count=max((one.count for one in made), default=0) or total,
            seconds=round(seconds, 1),
            codes_read=all(fault.code != "V109" for fault in faults),
            stopped=contract.Stopped(done=stopped[0], left=stopped[1] - stopped[0]) if stopped else None,
            faults=[one for one in faults if _is_told(one) and finding_key(one) not in accepted],
        )
        return {"result": result}

    def _describe(self, made: Made) -> contract.MadeFile:
        return contract.MadeFile(
            path=made.path,
            output=made.output,
            text=self._label(made),
            count=made.count,
            bytes=size((self._folder.outputs.path / made.path,)),
            hint="" if made.output == PACKING else self._words.say(f"printing_{_kind(made)}"),
        )

    def _label(self, made: Made) -> str:
        key = f"made_{_kind(made)}"
        return self._words.say(key if key in self._words.texts else f"output_{made.output}")


def _kind(made: Made) -> str:
    """Return what a file is called by: the record that comes with drafts is none of them."""
    return "record" if made.path.endswith(".json") else made.output


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
        if self._stop.is_set():
            raise KeyboardInterrupt  # as a signal would: a build keeps what is made


def _leave_out(error: LeafletError, faults: list[Fault]) -> None:
    """Go on with what else is asked for where something cannot be made for any school; raise other errors again."""
    of_some = [fault for fault in error.faults if is_of_record(fault) or fault.row is not None]
    if not of_some or not {fault.code for fault in error.faults if fault not in of_some} <= {NONE_LEFT}:
        raise error
    faults += of_some


def _is_told(fault: Fault) -> bool:
    """Tell whether a fault is told once something was made; what is not read of a list is said with the list."""
    return fault.severity != "note" and fault.code not in {"T162", *NOT_READ}


def _raise_errors(faults: Sequence[Fault]) -> None:
    report = Report()
    report.extend(faults)
    report.raise_errors()


def _add_result(result: BuildResult, progress: _Progress, faults: list[Fault]) -> None:
    """Add the faults of a build, and the number of files that are there then, made or right as they were."""
    faults += result.faults
    progress.total = result.files


def _make_files(folder: CampaignFolder, progress: _Progress, faults: list[Fault], changed_only: bool) -> list[Made]:
    count = _build(folder, None, progress, faults, changed_only=changed_only)
    return [Made(f"{MADE}/", "files", count)]


def _build(
    folder: CampaignFolder,
    document: Document | None,
    progress: _Progress,
    faults: list[Fault],
    *,
    changed_only: bool,
    people: Sequence[str] = (),
) -> int:
    """Build one document, or all, into the folder of finished files; return how many there are.

    Args:
        folder: of the campaign.
        document: None for all of them.
        progress: is told of each file.
        faults: gets what was found.
        changed_only: leave files alone that are right as they are.
        people: places of those in the list whose cards alone are made, a file of their own; empty for everybody.
    """
    result = build(
        folder.campaign,
        folder.outputs.files,
        document=document.name if document is not None else None,
        keep_going=True,
        start=folder.state.start,
        anew=not changed_only,
        rows=f"staff:{','.join(people)}" if people else None,
        progress=progress,
    )
    _add_result(result, progress, faults)
    return result.files


def _make_zip(folder: CampaignFolder, progress: _Progress, faults: list[Fault], changed_only: bool) -> list[Made]:
    result = build(
        folder.campaign,
        folder.outputs.path / ZIP,
        waiting=folder.outputs.path / WAITING,
        prune=True,
        keep_going=True,
        start=folder.state.start,
        progress=progress,
    )
    _add_result(result, progress, faults)
    return [Made(ZIP, "zip", result.files)]


def _make_cards(
    folder: CampaignFolder, progress: _Progress, faults: list[Fault], changed_only: bool, people: Sequence[str] = ()
) -> list[Made]:
    """Make the cards of everybody; of some people in a file beside it, which is of no use once it is printed."""
    made: list[Made] = []
    campaign = load_campaign(folder.campaign, Report())
    for document in _documents(campaign, "cards"):
        try:
            _build(folder, document, progress, faults, changed_only=changed_only and not people, people=people)
        except LeafletError as error:
            _leave_out(error, faults)
            continue
        found = sorted((folder.outputs.files / document.name).rglob("*.pdf"))
        files = [one for one in found if (one.name in progress.names if people else PART not in one.name)]
        if len(files) == 1:
            made.append(Made(files[0].relative_to(folder.outputs.path).as_posix(), "cards"))
        else:
            made.append(Made(f"{MADE}/{document.name}/", "cards"))
    return made


def _print_runs(place: str, press: bool) -> "_Make":
    def make(folder: CampaignFolder, progress: _Progress, faults: list[Fault], changed_only: bool) -> list[Made]:
        made: list[Made] = []
        campaign = load_campaign(folder.campaign, Report())
        output = PRINT_RUN if press else "copier"
        for document in _documents(campaign, output):
            out = folder.outputs.path / place / document.name
            try:
                result = print_run(
                    folder.campaign,
                    out,
                    document=document.name,
                    keep_going=True,
                    progress=progress,
                    press="x4" if press else None,
                )
            except LeafletError as error:
                _leave_out(error, faults)
                continue
            faults += result.faults
            made += [
                Made(f"{place}/{document.name}/{name}", PACKING)
                if name.startswith(PACKING)
                else Made(f"{place}/{document.name}/{name}", output, result.schools)
                for name in result.files
            ]
        return made

    return make


def _make_drafts(folder: CampaignFolder, progress: _Progress, faults: list[Fault], changed_only: bool) -> list[Made]:
    """Make the leaflets that drafts have attached, as far as they are not in their folder, and the drafts."""
    (document,) = _documents(load_campaign(folder.campaign, Report()), "drafts")
    _build(folder, document, progress, faults, changed_only=True)
    return _posts("drafts")(folder, progress, faults, changed_only)


def _posts(output: Kind) -> "_Make":
    def make(folder: CampaignFolder, progress: _Progress, faults: list[Fault], changed_only: bool) -> list[Made]:
        result = post(output, folder.campaign, folder.outputs.files, keep_going=True, progress=progress)
        faults += result.faults
        return [Made(f"{MADE}/{name}", output) for name in result.files]

    return make


_Make = Callable[[CampaignFolder, _Progress, list[Fault], bool], list[Made]]
_MAKERS: dict[str, _Make] = {
    "files": _make_files,
    "zip": _make_zip,
    "copier": _print_runs(RUN, press=False),
    PRINT_RUN: _print_runs(PRESS, press=True),
    "labels": _posts("labels"),
    "drafts": _make_drafts,
    "book": _posts("book"),
}
