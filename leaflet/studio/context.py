"""Share among the calls of the page what each of them needs: the folder, how it is changed, how it is described."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Condition
from typing import Any

from msgspec import convert

from leaflet.campaign import load_academies
from leaflet.campaign.election import ElectionProfile
from leaflet.campaign.facts import SAMPLE_NAME
from leaflet.campaign.load import PORTAL
from leaflet.faults import DataError, Fault, Lang, LeafletError, Place, fail
from leaflet.files.resources import find_resources
from leaflet.files.words import load_words
from leaflet.studio import answers, contract, document_list
from leaflet.studio.campaign_state import FindingCounts
from leaflet.studio.contract import Args, At, StationId, StepId, StepState
from leaflet.studio.element_files import free_room
from leaflet.studio.environment import Environment
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import is_asked, is_full, label, show_fault
from leaflet.studio.list_view import ShownList
from leaflet.studio.made_files import go_on_erasing
from leaflet.studio.making import Maker
from leaflet.studio.page_pictures import Pictures
from leaflet.studio.people import say_whose
from leaflet.studio.school_list import SchoolList
from leaflet.studio.sentences import say_whom
from leaflet.text import value_at


class Turns:
    """Turns that threads take, as pictures to look at before small ones: who goes first waits for no other."""

    def __init__(self) -> None:
        self._condition = Condition()
        self._is_taken = False
        self._first = 0  # threads that wait and go first

    @contextmanager
    def take(self, *, goes_first: bool) -> Iterator[None]:
        """Wait for a turn, and have it within the block."""
        with self._condition:
            self._first += goes_first
            self._condition.wait_for(lambda: not self._is_taken and (goes_first or not self._first))
            self._first -= goes_first
            self._is_taken = True
        try:
            yield
        finally:
            with self._condition:
                self._is_taken = False
                self._condition.notify_all()


class CallContext:
    """The folder that a window works on, which need not have a campaign yet, with all that belongs to it."""

    def __init__(self, path: Path, lang: Lang, environment: Environment) -> None:
        self.words, self._environment = load_words("studio", lang), environment
        self.turns, self.since = Turns(), environment.stamp()
        self.open(path)

    def open(self, path: Path) -> None:
        """Work on the campaign of a folder from now on."""
        self.folder = CampaignFolder(path, self._environment)
        self.schools = SchoolList(self.folder, self.words)
        self.list = ShownList(self.schools)
        self.pictures = Pictures(self.folder, self.schools, getattr(self, "pictures", None))
        self.maker = Maker(self.folder, self.words)

    def move(self, path: Path) -> None:
        """Leave the folder to others, and work on another one from now on, as whoever left that may have it."""
        self.maker.check_idle()
        self.folder.lock.release()
        self.open(path)
        if self.folder.has_campaign and self.folder.lock.renew() is None:
            self.go_on(is_disturbed=False)

    def go_on(self, *, is_disturbed: bool) -> None:
        """Go on where another window ended, which may have been in the middle of a change, or of erasing."""
        is_changed = self.folder.recover()
        go_on_erasing(self.folder)
        if is_changed or is_disturbed:
            with suppress(LeafletError):  # of the list, which « La liste » shows
                self.schools.rewrite_copy()

    @contextmanager
    def elsewhere(self, path: Path, *, is_new: bool) -> Iterator[None]:
        """Work on another folder from now on, unless what is done there first is refused: no new one is left then."""
        before = self.folder.path
        self.move(path)
        try:
            yield
        except BaseException:
            self.move(before)
            if is_new:
                shutil.rmtree(path, ignore_errors=True)
            raise

    @contextmanager
    def change(self, args: Args, text: str, **values: object) -> Iterator[None]:
        """Make one change that can be undone; what goes wrong leaves everything as it was."""
        self.check_free()
        self.check_current(args)
        if (here := args.get("here")) is not None:
            self.folder.set(at=here)  # « Annuler » leads there, wherever another page of the campaign is
        with self.folder.change(self.words.say(text, **values)):
            yield

    @contextmanager
    def answering(self, args: Args, key: str, typed: str, text: str, **values: object) -> Iterator[None]:
        """Make the change of an answer; one that breaks a rule changes nothing, and is shown at its field."""
        try:
            with self.change(args, text, **values):
                yield
        except DataError as error:
            answers.refuse_answer(self.folder, key, typed, error.faults)

    def check_current(self, args: Args) -> None:
        """Check that a change is made of the campaign as it is now, and not of an earlier revision."""
        revision, now = args.get("revision"), self.folder.state.revision if self.folder.has_campaign else 0
        if revision is not None and revision != now:
            raise fail("W201", Place(file=self.folder.campaign.name))

    def check_free(self) -> None:
        """Check that nobody else works on the folder."""
        if (other := self.folder.lock.other()) is not None:
            is_here, place = self.folder.lock.is_here(other), Place(file=self.folder.campaign.name)
            who = self.words.say("this_computer") if is_here else other.who or self.words.say("somebody")
            raise fail("W203", place, who=who, since=other.since[11:16])
        if self.folder.has_campaign and not self.folder.lock.is_ours():  # another window may have worked here
            self.folder.reload()
            self.folder.lock.renew()
        self.folder.notice()

    def changed(self, **more: Any) -> contract.Changed:
        """Return what a changing call answers: the campaign as it is now, what can be undone, and more."""
        return contract.Changed(campaign=self.campaign(), **self.steps(), **more)

    def steps(self) -> dict[str, Any]:
        """Return what can be undone, and done again."""
        steps = {"undo": self.folder.undoable, "redo": self.folder.redoable}
        return {name: contract.Said(text=text) if text else None for name, text in steps.items()}

    def at(self) -> At | None:
        """Return where somebody was last."""
        at = self.folder.state.at
        return convert(at, At) if at is not None else None

    def campaign(self) -> contract.Campaign | None:
        """Return the campaign with the state of its stations; None while the folder has none."""
        if not self.folder.has_campaign:
            return None
        known = answers.read_known(self.folder, self.blanks())
        name = value_at(known.tree, "publisher.name")
        refused = []  # the names of these answers, and the places of their fields
        for key in self.folder.state.refused:
            is_question = is_asked(key, known.profile)
            text = self.label(key) if is_question else document_list.say_label(key, self.words, self.say_group)
            station: StationId = "election" if is_question else "make" if key == document_list.PRINTER else "pages"
            refused.append(contract.NamedPlace(text=text, at=At(station=station, field=key)))
        return contract.Campaign(
            title=campaign_title(known),
            publisher="" if name in (None, SAMPLE_NAME) else str(name),
            folder=str(self.folder.path),
            outputs=str(self.folder.outputs.path),
            saved_at=self.folder.saved_at,
            revision=self.folder.state.revision,
            election=known.profile.id,
            kind=self.folder.state.kind,
            refused=refused,
            stations=self._stations(known),
        )

    def _election_station(self, known: answers.Known) -> contract.Station:
        missing, proposed = answers.blank_keys(known, known.asked), answers.blank_keys(known, known.like)
        typed = answers.keys_to_compare(known)
        blank = len(set(missing) - set(proposed))
        refused = sum(is_asked(key, known.profile) for key in self.folder.state.refused)
        counts = {"word_compare": len(proposed) + len(typed), "word_left_blank": blank}
        word = self._count({"word_refused": refused} if refused else counts)
        is_to_do = known.needed.intersection(missing) and not proposed and self._found() is None and not refused
        is_to_look = refused or proposed or typed or missing
        todo = [
            contract.Todo(text=self.label(key), at=At(station="election", field=key), is_to_compare=key in typed)
            for key in (*missing, *(key for key in typed if key.endswith(PORTAL)))
        ]
        return contract.Station(
            id="election",
            state="todo" if is_to_do else "look" if is_to_look else "done",
            word=word if refused or proposed or typed else self.words.say("word_blank", n=blank),
            todo=todo,
        )

    def _stations(self, known: answers.Known) -> list[contract.Station]:
        state, say = self.folder.state, self.words.say
        kinds = {str(one.get("template")) for one in self.folder.read().documents()}
        word = say("word_documents", n=len(kinds))
        stations = [
            self._election_station(known),
            self._list_station(),
            _station("pages", "done" if state.saw_pages else "todo", word),
            self._check_station(),
        ]
        is_made, is_all = state.made == state.revision, all(one.state == "done" for one in stations)
        last = "word_made_before" if state.made >= 0 else "word_all_but" if is_all else "word_unmade"
        word = say("word_made" if is_made else last)
        return [*stations, _station("make", "done" if is_made else "todo", word)]

    def _found(self) -> FindingCounts | None:
        """Return what the check found, as long as nothing was changed since."""
        found = self.folder.state.found
        return found if found is not None and found.revision == self.folder.state.revision else None

    def _check_station(self) -> contract.Station:
        say, found = self.words.say, self._found()
        if found is None:
            return _station("check", "todo", say("word_unverified"))
        named = {"word_settle": found.settle, "word_to_mend": found.mend, "word_look": found.look}
        return _station("check", "look" if found.settle else "done", self._count(named) or say("word_verified"))

    def _list_station(self) -> contract.Station:
        say, at = self.words.say, At(station="list")
        if self.folder.state.schools is None:
            return _station("list", "todo", say("word_no_list"), say("todo_list"), at)
        try:
            counts, undecided = self.list.counts(), self.list.count_undecided()
        except LeafletError as error:
            return _station("list", "look", say("word_list_unread"), error.faults[0].reason(self.words.lang), at)
        if undecided:
            word = say("word_columns", n=undecided)
            return _station("list", "look", word, word, At(station="list", part="columns"))
        both = counts.mend and counts.twice
        named = {"word_to_mend" if both else "word_mend": counts.mend, "word_twice": counts.twice}
        if word := self._count(named):
            return _station("list", "look", word, word, At(station="list", part="rows"))
        return _station("list", "done", self._count({"word_rows": counts.ready, "word_elsewhere": counts.elsewhere}))

    def _count(self, counts: Mapping[str, int]) -> str:
        return ", ".join(self.words.say(key, n=count) for key, count in counts.items() if count)

    def count_waiting(self) -> int:
        """Return how many schools stand on rows that differ, and are not made before somebody has chosen."""
        with suppress(LeafletError):
            return len(judged.twice()) if (judged := self.schools.current()) is not None else 0
        return 0

    def other_ministries(self) -> Mapping[str, int]:
        """Return how many schools of the list have staff of another ministry, by their group."""
        with suppress(LeafletError):
            return judged.other_ministries() if (judged := self.schools.current()) is not None else {}
        return {}

    def blanks(self) -> frozenset[str]:
        """Return the facts that the documents print and nobody gave; none while the campaign cannot be read."""
        with suppress(LeafletError):
            return self.pictures.blanks()
        return frozenset()

    def label(self, key: str) -> str:
        """Return the name of a fact."""
        return label(key, self.words, self.folder.profile())

    def say_group(self, group: str) -> str:
        """Return who is in a group of the campaign: ``groups.NAME``."""
        conditions, name = value_at(self.folder.read().tree, f"{group}.where"), group.removeprefix("groups.")
        if (line := self.list.line_of(name.upper())) is not None:  # it is of one school
            return self.list.row(line).name
        where = str(conditions[0]) if isinstance(conditions, list) else ""
        return say_whom(name, where, load_academies(find_resources(self.folder.path)), self.words)

    def fault(self, fault: Fault) -> contract.Fault:
        """Return a fault as the page shows it; one of the list by what the list says of it."""
        if fault.family == "tables":
            return say_whose(self.list.fault(fault), [fault], self.folder, self.words)
        room = self.maker.room if fault.code == "W101" else None  # of the disk where files are made, if it was full
        if room is None and is_full(fault):
            room = contract.Room(free_room(self.folder.path), self.folder.bytes_of_change())
        shown = show_fault(fault, self.words, room if is_full(fault) else None, profile=self.folder.profile())
        return say_whose(shown, [fault], self.folder, self.words)


def _station(step: StepId, state: StepState, word: str, todo: str = "", at: At | None = None) -> contract.Station:
    """Return a station, with what is left to do there if it is one thing."""
    left = [contract.Todo(text=todo, at=at)] if at is not None else []
    return contract.Station(id=step, state=state, word=word, todo=left)


def campaign_title(known: answers.Known) -> str:
    """Return the title of a campaign, or else of its election."""
    return str(known.tree.get("title") or profile_title(known.profile))


def profile_title(profile: ElectionProfile) -> str:
    """Return the title of an election; its name if it has none."""
    fact = profile.facts.get("title")
    return str(fact.value) if fact is not None else profile.id


class Calls:
    """Calls of the page: `_call_map_column` answers ``mapColumn``, and `_upload_list` takes a list that is given."""

    def __init__(self, context: CallContext) -> None:
        self._context, self._words = context, context.words

    def named(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield what answers each call, or takes each kind of file, by its name on the page."""
        for method in dir(self):
            if method.startswith(kind):
                first, *others = method.removeprefix(kind).split("_")
                yield "".join((first, *map(str.capitalize, others))), getattr(self, method)

    @property
    def _folder(self) -> CampaignFolder:
        return self._context.folder
