"""Make the files of « Fabriquer », one output after the other; a stop keeps what is made.

Each output is made by the same function as its command: the bytes are the same.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from threading import Event, Lock
from typing import Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from leaflet.api import build, post, print_run
from leaflet.campaign import Document, load_campaign
from leaflet.campaign.model import DRAFT_MARKS, FRENCH
from leaflet.faults import Fault, LeafletError, Place, Report, fail
from leaflet.files.words import Words
from leaflet.production.build import Interrupted
from leaflet.production.build_options import BuildResult
from leaflet.production.delivery import Kind
from leaflet.production.document import PART
from leaflet.production.outcome import NONE_LEFT, is_of_record
from leaflet.production.print_runs import PACKING
from leaflet.production.printed_facts import MADE_AS_DRAFTS
from leaflet.studio import contract
from leaflet.studio.card_sheets import first_place
from leaflet.studio.element_files import find_below, remove, size
from leaflet.studio.environment import Word
from leaflet.studio.findings_view import finding_key
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.free_space import measure
from leaflet.studio.output_folders import MADE, PRESS, RUN, ZIP
from leaflet.studio.outputs import PRINT_RUN, documents_of, label_sheet, sides_of
from leaflet.studio.people import school_of_cards
from leaflet.tables.rows import NOT_READ
from leaflet.text import slug

_POSTS: dict[str, Kind] = {"labels": "labels", "drafts": "drafts"}
_KEPT = "W108"  # the fault that says how many files need not be made again
_MOST_FILES = 12  # files of cards that a page offers one by one
_VOLUME = re.compile(r"-([0-9]{2})$")  # at the end of the name of a file for the print shop
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

    def start(
        self, outputs: Sequence[str], *, changed_only: bool, people: Mapping[str, str], draft: bool = False
    ) -> Iterator[Word]:
        """Begin to make the outputs, beside the calls of the page, unless something is being made already.

        The iterator yields how far it is, and what was made at the end, or raises every fault found. What would come
        out the same may stay as it is; cards are made of `people` at some places of their list, or else of everybody.
        What nobody has compared is made as a `draft`, or not at all.
        """
        if not self._busy.acquire(blocking=False):
            raise self._refusal()
        self.room = None

        def work(say: Callable[[Word], None]) -> Word:
            try:
                return self._run(outputs, {"anew": not changed_only, "draft": draft}, people, say)
            finally:
                self._busy.release()

        return self._folder.environment.background(work)

    def _refusal(self) -> LeafletError:
        return fail("W204", Place(file=self._folder.campaign.name))

    def _run(
        self, outputs: Sequence[str], how: Mapping[str, bool], people: Mapping[str, str], say: Callable[[Word], None]
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
                    made += _Job(self._folder, self._words, progress, faults, lacking, how, people).make()
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
                Report(sorted(faults, key=lambda one: not is_of_record(one))).raise_errors()  # others are left out
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
        is_draft = any(fault.code == MADE_AS_DRAFTS for fault in faults)
        result = contract.Made(
            files=[self._describe(one, called, draft=is_draft) for one in made],
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

    def _describe(self, made: Made, called: str, *, draft: bool) -> contract.MadeFile:
        """Return a file as the page shows it; the record that comes with drafts of mails is none of them."""
        path, words = PurePosixPath(made.path), self._words
        is_list = path.name.startswith(PACKING)
        kind = "record" if path.suffix == ".json" else f"{PACKING}_{made.output}" if is_list else made.output
        text, campaign = words.text(f"made_{kind}"), load_campaign(self._folder.campaign, Report())
        documents = [one for one in campaign.documents if one.name in path.parts] or campaign.documents
        name = self._name(path, kind, made, called)
        sheet, sides = label_sheet(self._folder, words), words.say(f"sides_{sides_of(campaign, documents)}")
        return contract.MadeFile(
            path=made.path,
            output=made.output,
            text=", ".join(filter(None, (text or words.say(f"output_{kind}"), made.document))),
            count=made.count,
            bytes=size((self._folder.outputs.path / made.path,)),
            hint="" if is_list or draft else words.say(f"printing_{kind}", sheet=sheet, sides=sides),
            name=f"{DRAFT_MARKS[FRENCH]}-{name}" if draft and kind != "labels" and not is_list else name,
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
    how: Mapping[str, bool]  # anew, also what is right as it is; as drafts
    people: Mapping[str, str]  # their places in the list, with the numbers that the page gives them

    def make(self) -> list[Made]:
        """Make it, and return its files."""
        output, path = self.progress.output, self.folder.outputs.path
        if output == "files":
            result, removed = self._build_files(anew=self.how["anew"])
            return [Made(f"{MADE}/", output, result.files, more={**self._anew(result), "removed": removed})]
        if output == "zip":
            result = self._build(path / ZIP)
            return [Made(ZIP, output, result.files, more=self._anew(result))]
        documents = documents_of(load_campaign(self.folder.campaign, Report()), output)
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
        own = {"draft": self.how["draft"], **options}
        result = build(campaign, out, keep_going=True, start=start, progress=self.progress, **own)
        self.faults.extend(result.faults)
        self.progress.total = result.files
        return result

    def _make_cards(self, document: Document) -> list[Made]:
        """Make the cards of everybody; of some people in a file beside it, which is of no use once it is printed."""
        rows, called = f"staff:{','.join(self.people)}" if self.people else None, ",".join(self.people.values())
        is_anew = self.how["anew"] or bool(self.people)
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
        draft = self.how["draft"]
        result = print_run(campaign, out, document=name, keep_going=True, progress=progress, press=press, draft=draft)
        self.faults.extend(result.faults)
        counts = [*result.volumes, *((0, result.copies) for _ in result.files[len(result.volumes) :])]
        files = zip(result.files, counts, strict=True)
        return [Made(f"{place}/{file}", output, schools, copies) for file, (schools, copies) in files]

    def _post(self, kind: Kind) -> list[Made]:
        out = self.folder.outputs.files
        result = post(kind, self.folder.campaign, out, keep_going=True, progress=self.progress)
        self.faults.extend(result.faults)
        return [Made(f"{MADE}/{name}", kind) for name in result.files]
