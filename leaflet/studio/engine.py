"""The engine of the window: every call of the page by its name, with plain values in and out.

A call that changes something is refused with a stale revision, is a change that can be undone, and returns the
campaign as it is then. The page of the local server and the one without a machine behind it talk to the same calls.
"""

from collections.abc import Callable, Iterator
from contextlib import nullcontext, suppress
from pathlib import Path
from threading import RLock

from msgspec import to_builtins
from msgspec.structs import replace

from leaflet.confidential import hide_secrets
from leaflet.faults import Lang, LeafletError
from leaflet.production.printed_facts import MADE_AS_DRAFTS
from leaflet.studio.calls.campaign_calls import CampaignCalls, ElectionCalls
from leaflet.studio.calls.list_calls import CardCalls, SchoolCalls
from leaflet.studio.calls.make_calls import MakeCalls
from leaflet.studio.calls.page_calls import CheckCalls, PageCalls
from leaflet.studio.campaign_state import FindingCounts
from leaflet.studio.context import CallContext, Calls
from leaflet.studio.contract import MadeBefore, MadeFile
from leaflet.studio.environment import Environment
from leaflet.studio.findings_view import describe_made
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.outputs import PRINT_RUN, digests_of, note_made
from leaflet.studio.people import list_people, note_cards
from leaflet.studio.rpc import Values

_NAMED = 10  # schools for which something was made again, before a number says how many others
_plain: Callable[[object], Values] = to_builtins
_BESIDE = ("picture", "stop")  # calls that do not wait for others


class Engine:
    """The engine of one folder, which need not have a campaign yet; every method may be called in any thread."""

    def __init__(self, path: Path, lang: Lang, environment: Environment) -> None:
        self._context = context = CallContext(path, lang, environment)
        self._lock = RLock()
        self._making = MakeCalls(context)
        others = (CampaignCalls, ElectionCalls, SchoolCalls, CardCalls, PageCalls, CheckCalls)
        stations: list[Calls] = [self._making, *(kind(context) for kind in others)]
        self.calls = {name: call for one in stations for name, call in one.named("_call_")}
        self.uploads = {name: take for one in stations for name, take in one.named("_upload_")}

    @property
    def folder(self) -> CampaignFolder:
        """The folder that is worked on."""
        return self._context.folder

    def call(self, name: str, args: Values) -> Values:
        """Return the answer to a call; KeyError of its name for one that there is not."""
        answer = self.calls[name]
        with self._lock if name not in _BESIDE else nullcontext():
            return _plain(answer(args))

    def upload(self, name: str, file_name: str, data: bytes) -> Values:
        """Return the answer to a file that was given; KeyError of its kind for one not taken."""
        take = self.uploads[name]
        with self._lock:
            return _plain(take(file_name, data))

    def make(self, args: Values) -> Iterator[Values]:
        """Yield how far a making is, and its result."""
        self._context.maker.expect()
        with self._lock:
            self._context.check_free()
            self.folder.outputs.check()
            if PRINT_RUN in args["outputs"]:
                self._making.date()
            folder, revision = self.folder, self.folder.state.revision
            listed = list_people(folder, self._context.words) if args.get("people") else None
            numbers = {one.place: str(one.nth) for one in (listed.people if listed else ())}
            wanted = {str(place): numbers.get(place, str(place)) for place in args.get("people", ())}
            changed_only, of = bool(args.get("changedOnly", True)), dict[str, str]()
            with suppress(LeafletError):  # which says so when it is made
                of = digests_of(args["outputs"], self._context.pictures.materials())
            folder.note(under_way=tuple(args["outputs"]))
            draft = bool(args.get("draft", False))
            said = self._context.maker.start(args["outputs"], changed_only=changed_only, people=wanted, draft=draft)
        for word in said:
            if (result := word.get("result")) is not None:
                waiting = self._context.count_waiting()
                with self._lock:
                    files = self._named(result.files)
                    is_whole = note_made(folder, files, of, some=bool(wanted))
                    is_whole = is_whole and all(fault.code != MADE_AS_DRAFTS for fault in word["faults"])
                    found = folder.state.found
                    if not word["faults"] and (found is None or found.revision != revision):
                        found = FindingCounts(revision)  # every file was read and nothing was found
                    if result.stopped is None:
                        folder.note(made=revision if is_whole else folder.state.made, found=found, under_way=())
                        if "cards" in args["outputs"]:
                            made = replace(result, files=files, faults=[])  # which may have names
                            folder.note(cards=MadeBefore(made=made, at=folder.environment.stamp(), people=[*wanted]))
                            note_cards(folder, wanted)
                    notes = describe_made(word["faults"], self._context.list)
                    word = {"result": replace(result, files=files, waiting=waiting, faults=notes)}
            yield _plain(word)

    def _named(self, files: list[MadeFile]) -> list[MadeFile]:
        """Return files that were made with the names of the schools for which they were made again."""
        names = dict[str, str]()
        if any(file.again for file in files):
            with suppress(LeafletError):
                names = {school.key: school.name for school in self._context.pictures.materials().schools}
        again = [[names.get(key, key) for key in file.again] for file in files]
        for named in again:
            if (others := len(named) - _NAMED) > 0:
                named[_NAMED:] = [self._context.words.say("and_others", n=others)]
        return [replace(file, again=named) for file, named in zip(files, again, strict=True)]

    def picture_bytes(self, key: str) -> bytes | None:
        """Return a picture that was drawn; None if it is not kept any more."""
        return self._context.pictures.find(key)

    def file_path(self, name: str) -> Path | None:
        """Return a file of the folder, or one that was made, which the page may hand out; None if there is none."""
        return self.folder.find(name)

    def fault_answer(self, error: LeafletError) -> Values:
        """Return a refusal as the page shows it: the first fault with its place, and the others below it."""
        faults, words = [*map(hide_secrets, error.faults)], self._context.words
        lang, blank = words.lang, [fault for fault in faults if fault.code == "C182"]
        if blank[1:]:  # one message, which leads to the first
            named = ", ".join(str(fault.values[f"what_{lang}"]) for fault in blank)
            values = {**blank[0].values, f"what_{lang}": words.say("blank_answers", n=len(blank), what=named)}
            faults = [*(one for one in faults if one not in blank), replace(blank[0], values=values)]
        first, *others = map(self._context.fault, faults)
        place, way_out = faults[0].place.text(lang), faults[0].way_out(lang)
        changes = self.folder.last_changes(2)  # the first one of all made the campaign
        before = changes[0] if len(changes) > 1 else None
        return _plain({"fault": replace(first, others=others[:20], place=place, way_out=way_out, before=before)})

    def is_broken(self) -> bool:
        """Tell whether somebody made the campaign file one that cannot be read."""
        with suppress(LeafletError):
            self._context.campaign()
            return False
        return True

    def renew(self) -> None:
        """Say again that somebody works on the folder, if nobody else does."""
        if self.folder.has_campaign and self.folder.lock.is_ours():
            self.folder.lock.renew()

    def close(self) -> None:
        """End: stop what is being made, and give the lock back."""
        self._context.maker.stop()
        self.folder.lock.release()
