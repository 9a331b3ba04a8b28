"""The engine of the window: every call of the page by its name, with plain values in and out.

A call that changes something is refused with a stale revision, is a change that can be undone, and returns the
campaign as it is then. The page of the local server and the one without a machine behind it talk to the same calls.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from leaflet.campaign import load_campaign
from leaflet.campaign.addresses_file import confirm_address
from leaflet.campaign.columns import read_list_settings
from leaflet.campaign.dossier import SUFFIX, pack_campaign, read_dossier, unpack_campaign
from leaflet.campaign.election import load_profile, profile_ids
from leaflet.campaign.fields import SAMPLE_NAME
from leaflet.campaign.starter import sample_schools, write_starter
from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Lang, LeafletError, Place, Report, fail
from leaflet.page_words import Words, load_words
from leaflet.production.address_candidates import collect_candidates
from leaflet.production.calibration import write_drawing
from leaflet.slug import slug
from leaflet.studio import answers, pages, people
from leaflet.studio.findings import annotate, verify
from leaflet.studio.folder import CampaignFolder, copy_folder
from leaflet.studio.kept import erase, list_kept
from leaflet.studio.making import Maker, plan
from leaflet.studio.pictures import PictureRequest, Pictures
from leaflet.studio.questions import has_question
from leaflet.studio.school_list import SchoolList
from leaflet.studio.shown import show_fault
from leaflet.studio.surroundings import Surroundings
from leaflet.studio.turns import Turns

_LARGE = 400  # pixels: of a picture that somebody looks at
TEST_SHEET = "feuille-d-essai.pdf"
PAGE = "studio"  # the folder of its words below ``assets``
_STALE = "W201"
Args = Mapping[str, Any]
Answer = dict[str, Any]


class Engine:
    """The engine of one folder.

    Args:
        path: the folder, which need not have a campaign yet.
        lang: the language of the page.
        surroundings: the time, and who works there.
    """

    def __init__(self, path: Path, lang: Lang, surroundings: Surroundings) -> None:
        self.lang = lang
        self.words: Words = load_words(PAGE, lang)
        self._surroundings = surroundings
        self._set_folder(path)
        self._dossier: tuple[bytes, str] | None = None
        self._lock = RLock()
        self._turns = Turns()
        self._calls: dict[str, Callable[[Args], Answer]] = {
            "open": self._open,
            "take": self._take,
            "pack": lambda _: self._pack(),
            "useDossier": self._use_dossier,
            "copy": self._copy,
            "at": self._at,
            "start": self._start,
            "answers": lambda _: answers.list_answers(self.folder, self.words, self._blanks()),
            "answer": self._answer,
            "keep": self._keep,
            "like": self._like,
            "list": lambda _: {"list": self._schools.describe()},
            "sheet": self._sheet,
            "mapColumn": self._map_column,
            "rows": self._rows,
            "mend": self._mend,
            "leave": lambda args: self._leave(args, is_left=True),
            "back": lambda args: self._leave(args, is_left=False),
            "paste": self._paste,
            "addresses": lambda _: self._addresses(),
            "confirmAddress": self._confirm_address,
            "choices": lambda _: pages.list_choices(self.folder, self.words),
            "choose": self._choose,
            "words": lambda _: self._list_words(),
            "word": self._word,
            "verify": self._verify,
            "accept": self._accept,
            "testSheet": lambda _: {"file": self._write_test_sheet()},
            "annotatedList": lambda _: {"file": annotate(self.folder, self.lang)},
            "plan": lambda _: plan(self.folder, self._pictures.materials, self.words),
            "people": lambda _: {"people": people.list_people(self.folder, self.words)},
            "pastePeople": self._paste_people,
            "swapNames": self._swap_names,
            "sheets": lambda _: pages.list_sheets(self.folder, self.words),
            "chooseSheet": self._choose_sheet,
            "proof": lambda _: self._proof(),
            "erase": self._erase,
            "undo": lambda args: self._step(args, self.folder.undo),
            "redo": lambda args: self._step(args, self.folder.redo),
        }
        self._uploads: dict[str, Callable[[str, bytes], Answer]] = {
            "list": self._upload_list,
            "staff": self._upload_staff,
            "logo": self._upload_logo,
            "dossier": self._upload_dossier,
        }

    def _set_folder(self, path: Path) -> None:
        """Work on the campaign of a folder from now on."""
        self.folder = CampaignFolder(path, self._surroundings)
        self._schools = SchoolList(self.folder, self.words)
        self._pictures = Pictures(self.folder)
        self._maker = Maker(self.folder, self.words)

    # --- what the server calls --------------------------------------------------------------------------------

    def call(self, name: str, args: Args) -> Answer:
        """Return the answer to a call.

        Raises:
            KeyError: there is no such call.
            LeafletError: it is refused; `fault_answer` says it to the page.
        """
        if name == "picture":
            with self._turns.take(goes_first=int(args.get("width", _LARGE)) >= _LARGE):
                return self._picture(args)
        if name == "stop":
            self._maker.stop()
            return {}
        made = self._calls[name]
        with self._lock:
            return made(args)

    def upload(self, name: str, file_name: str, data: bytes) -> Answer:
        """Return the answer to a file that was given.

        Raises:
            KeyError: nothing of this name is taken.
            LeafletError: it is refused; nothing of it is kept.
        """
        take = self._uploads[name]
        with self._lock:
            return take(file_name, data)

    def make(self, args: Args) -> Iterator[Answer]:
        """Yield how far a making is, and its result.

        Raises:
            LeafletError: with every fault found.
        """
        yield from self._maker.make(list(args["outputs"]), changed_only=bool(args.get("changedOnly", True)))
        with self._lock:
            self.folder.note(made=self.folder.state.revision)

    def picture_bytes(self, key: str) -> bytes | None:
        """Return a picture that was drawn; None if it is not kept any more."""
        return self._pictures.find(key)

    def file_path(self, name: str) -> Path | None:
        """Return a file of the folder that the page may hand out; None if there is none."""
        return self.folder.find(name)

    def fault_answer(self, error: LeafletError) -> Answer:
        """Return a refusal as the page shows it: the first fault, and the others below it."""
        faults = [self._fault(fault) for fault in map(hide_secrets, error.faults)]
        return {"fault": {**faults[0], "others": faults[1:20]}}

    def renew(self) -> None:
        """Say again that somebody works on the folder, if nobody else does."""
        if self.folder.has_campaign:
            self.folder.lock()

    def close(self) -> None:
        """End: stop what is being made, and give the lock back."""
        self._maker.stop()
        self.folder.release()

    # --- the campaign -----------------------------------------------------------------------------------------

    def _open(self, args: Args) -> Answer:
        has_crashed = self.folder.has_crashed()
        lock = self.folder.lock() if self.folder.has_campaign else None
        return {
            "campaign": self._campaign(),
            "lock": {"who": lock.who, "since": lock.since} if lock is not None else None,
            "elections": [{"id": one, "title": _title(one)} for one in reversed(profile_ids())],
            "unfinished": self._unfinished() if has_crashed else None,
            **self._steps(),
        }

    def _take(self, args: Args) -> Answer:
        self.folder.take()
        return self._changed()

    def _copy(self, args: Args) -> Answer:
        """Go on in a copy of the folder, beside it."""
        self._set_folder(copy_folder(self.folder, self.words.say("copy_of", name=self.folder.path.name)))
        return self._open(args)

    def _at(self, args: Args) -> Answer:
        """Remember where somebody is, to go on there after a crash."""
        if self.folder.has_campaign and args.get("at") != self.folder.state.at:
            self.folder.note(at=args.get("at"))
        return {}

    def _unfinished(self) -> Answer:
        return {"text": self.words.say("unfinished"), "at": self.folder.state.at or {"station": "election"}}

    def _start(self, args: Args) -> Answer:
        kind = "cards" if args.get("kind") == "cards" else "leaflets"
        with self._change(args, "did_start"):
            document = "memo-card" if kind == "cards" else "leaflet-a4"
            write_starter(self.folder.path, str(args["election"]), documents=(document,))
            self.folder.set(kind=kind)
        self.folder.take()
        return self._changed()

    def _campaign(self) -> Answer | None:
        if not self.folder.has_campaign:
            return None
        tree = answers.read_known(self.folder)
        publisher = tree.tree.get("publisher")
        name = publisher.get("name") if isinstance(publisher, dict) else None
        election = tree.profile.id
        title = tree.tree.get("title") or _title(election)
        return {
            "title": str(title),
            "publisher": "" if name in (None, SAMPLE_NAME) else str(name),
            "folder": str(self.folder.path),
            "savedAt": self.folder.saved_at,
            "revision": self.folder.state.revision,
            "election": election,
            "kind": self.folder.state.kind,
            "stations": self._stations(),
        }

    def _stations(self) -> list[Answer]:
        state = self.folder.state
        needed = answers.missing_keys(self.folder, self._blanks())
        election = {
            "id": "election",
            "state": "todo" if needed else "done",
            "word": self.words.say("word_blank", n=len(needed)),
            "todo": [{"text": self._label(key), "at": {"station": "election", "field": key}} for key in needed],
        }
        return [
            election,
            self._list_station(),
            {"id": "pages", "state": "done", "word": self._chosen_word(), "todo": []},
            {
                "id": "check",
                "state": "done" if state.verified == state.revision else "todo",
                "word": self.words.say("word_verified" if state.verified == state.revision else "word_unverified"),
                "todo": [],
            },
            {
                "id": "make",
                "state": "done" if state.made == state.revision else "todo",
                "word": self.words.say("word_made" if state.made == state.revision else "word_unmade"),
                "todo": [],
            },
        ]

    def _blanks(self) -> frozenset[str]:
        """Return the facts that the documents print and nobody gave; none while the campaign cannot be read."""
        try:
            return self._pictures.blanks()
        except LeafletError:
            return frozenset()

    def _list_station(self) -> Answer:
        at = {"station": "list"}
        if self.folder.state.schools is None:
            todo = [{"text": self.words.say("todo_list"), "at": at}]
            return {"id": "list", "state": "todo", "word": self.words.say("word_no_list"), "todo": todo}
        try:
            counts = self._schools.counts()
        except LeafletError as error:
            fault = error.faults[0]
            todo = [{"text": fault.reason(self.lang), "at": at}]
            return {"id": "list", "state": "look", "word": self.words.say("word_list_unread"), "todo": todo}
        if counts["mend"]:
            word = self.words.say("word_mend", n=counts["mend"])
            return {
                "id": "list",
                "state": "look",
                "word": word,
                "todo": [{"text": word, "at": {**at, "part": "rows"}}],
            }
        return {"id": "list", "state": "done", "word": self.words.say("word_rows", n=counts["ready"]), "todo": []}

    def _chosen_word(self) -> str:
        chosen = [one for one in pages.list_choices(self.folder, self.words)["documents"] if one["chosen"]]
        return self.words.say("word_documents", n=len(chosen))

    def _label(self, key: str) -> str:
        return str(answers.find_answer(self.folder, key, self.words)["label"])

    # --- a campaign as one file -------------------------------------------------------------------------------

    def _pack(self) -> Answer:
        """Write the campaign as one file into its folder, without lists."""
        publisher = answers.find_answer(self.folder, "publisher.name", self.words)["value"]
        election = answers.read_known(self.folder).profile.id
        name = f"{slug(f'campagne {election} {publisher}')}{SUFFIX}"
        pack_campaign(self.folder.campaign, self.folder.path / name)
        return {"file": name}

    def _upload_dossier(self, name: str, data: bytes) -> Answer:
        """Look at a campaign that was passed on; nothing of it is taken yet."""
        found = read_dossier(data, name)
        self._dossier = data, name
        return {
            "dossier": {
                "title": found.title,
                "portal": found.portal,
                "publisher": found.publisher,
                "documents": [self.words.texts.get(f"document_{one}", one) for one in found.documents],
                "issued": found.issued.isoformat() if found.issued is not None else "",
            },
            "faults": [self._fault(fault) for fault in found.faults],
        }

    def _use_dossier(self, args: Args) -> Answer:
        """Unpack the campaign that was looked at into the folder, with a short list of schools to begin with."""
        assert self._dossier is not None, "the page uploads it first"
        with self._change(args, "did_dossier"):
            unpack_campaign(*self._dossier, self.folder.path)
            listed = str(read_list_settings(self.folder.campaign).lists.get("schools", self.folder.path / "-").name)
            self.folder.write(listed, sample_schools())
            self.folder.set(kind="leaflets", schools=None, staff=None)
        self.folder.take()
        return self._changed()

    # --- changes ----------------------------------------------------------------------------------------------

    @contextmanager
    def _change(self, args: Args, text: str, **values: object) -> Iterator[None]:
        """Make one change that can be undone; what goes wrong leaves everything as it was."""
        revision = args.get("revision")
        if revision is not None and revision != self.folder.state.revision:
            raise fail(_STALE, Place(file=self.folder.campaign.name))
        self.folder.begin(self.words.say(text, **values))
        try:
            yield
        except BaseException:
            self.folder.cancel()
            raise
        self.folder.commit()

    def _changed(self, **more: object) -> Answer:
        return {"campaign": self._campaign(), **self._steps(), **more}

    def _steps(self) -> Answer:
        undo, redo = self.folder.undoable, self.folder.redoable
        return {"undo": {"text": undo} if undo else None, "redo": {"text": redo} if redo else None}

    def _step(self, args: Args, step: Callable[[], bool]) -> Answer:
        if step():
            self._schools.rewrite_copy()
        return self._changed(at=None)

    # --- L'élection -------------------------------------------------------------------------------------------

    def _answer(self, args: Args) -> Answer:
        key = str(args["key"])
        with self._change(args, "did_answer", what=self._label(key)):
            answers.write_answer(self.folder, key, str(args.get("value", "")), self.lang)
        return self._changed(answer=answers.find_answer(self.folder, key, self.words, self._blanks()))

    def _keep(self, args: Args) -> Answer:
        """Keep one answer of the earlier election, or those of a group together."""
        asked = [str(key) for key in args["keys"]] if "keys" in args else [str(args["key"])]
        with self._change(args, "did_keep", n=len(asked)):
            answers.keep_like(self.folder, asked)
        return self._changed(answer=answers.find_answer(self.folder, asked[0], self.words, self._blanks()))

    def _like(self, args: Args) -> Answer:
        with self._change(args, "did_like"):
            self.folder.set(like=str(args.get("election", "")))
        return self._changed(**answers.list_answers(self.folder, self.words, self._blanks()))

    def _upload_logo(self, name: str, data: bytes) -> Answer:
        with self._change({}, "did_logo"):
            file = self.folder.free_name(name)
            self.folder.write(file, data)
            try:
                answers.write_answer(self.folder, "publisher.logo", file, self.lang)
            except LeafletError:
                self.folder.remove(file)
                raise
        return self._changed(colors=pages.logo_colors(data))

    # --- La liste ---------------------------------------------------------------------------------------------

    def _upload_list(self, name: str, data: bytes) -> Answer:
        with self._change({}, "did_list", name=name):
            self._schools.take(name, data)
        return self._changed(list=self._schools.describe())

    def _paste(self, args: Args) -> Answer:
        return self._upload_list("liste-collee.tsv", str(args["text"]).encode())

    def _sheet(self, args: Args) -> Answer:
        with self._change(args, "did_sheet"):
            self._schools.set_sheet(args.get("sheet") or None, args.get("headerRow") or None)
        return self._changed(list=self._schools.describe())

    def _map_column(self, args: Args) -> Answer:
        with self._change(args, "did_column"):
            self._schools.map_column(str(args["field"]), args.get("column"))
        return self._changed(list=self._schools.describe())

    def _rows(self, args: Args) -> Answer:
        show, search = str(args.get("show", "mend")), str(args.get("search", ""))
        return self._schools.find_rows(show, search, int(args.get("from", 0)), min(int(args.get("count", 50)), 500))

    def _mend(self, args: Args) -> Answer:
        line, field, value = int(args["line"]), str(args["field"]), str(args.get("value", ""))
        with self._change(args, "did_mend", line=line, value=value):
            self._schools.mend(line, field, value)
        after = self._schools.next_to_mend(line)
        return self._changed(row=self._schools.row(line), counts=self._schools.counts(), next=after)

    def _leave(self, args: Args, *, is_left: bool) -> Answer:
        line = int(args["line"])
        with self._change(args, "did_leave" if is_left else "did_back", line=line):
            self._schools.leave(line, is_left=is_left)
        return self._changed(row=self._schools.row(line), counts=self._schools.counts())

    def _addresses(self) -> Answer:
        campaign = load_campaign(self.folder.campaign, Report())
        schools = self._schools.load() if self.folder.state.schools is not None else []
        sheets, others = collect_candidates(campaign, schools)
        return {
            "items": [
                {
                    "academie": sheet.key,
                    "name": sheet.name,
                    "schools": sheet.schools,
                    "printed": sheet.printed,
                    "candidates": [
                        {
                            "key": one.key,
                            "label": one.label,
                            "url": one.value,
                            "isLink": one.is_link,
                            "source": answers.source_name(one.source),
                            "attested": one.attested,
                            "state": one.state,
                            "confirmed": one.source == "addresses.toml" or "confirmation" in one.state,
                        }
                        for one in sheet.candidates
                    ],
                }
                for sheet in sheets
            ],
            "without": others,
        }

    def _confirm_address(self, args: Args) -> Answer:
        with self._change(args, "did_address"):
            given = str(args["url"]) if args.get("url") else None
            confirm_address(
                self.folder.campaign,
                str(args["key"]),
                day=self.folder.surroundings.clock().date(),
                by=None,
                given=given,
            )
        return self._changed(addresses=self._addresses())

    # --- Les pages --------------------------------------------------------------------------------------------

    def _choose(self, args: Args) -> Answer:
        with self._change(args, "did_choose"):
            pages.choose(self.folder, args.get("documents"), args.get("color"))
        return self._changed(choices=pages.list_choices(self.folder, self.words))

    def _list_words(self) -> Answer:
        return pages.list_words(self.words, answers.shown_texts(self.folder, pages.WORDS, self.words))

    def _word(self, args: Args) -> Answer:
        key = str(args["key"])
        if not pages.is_word(key):
            raise KeyError(key)
        with self._change(args, "did_word"):
            pages.write_word(self.folder, key, str(args.get("text", "")))
        return self._changed(words=self._list_words())

    def _picture(self, args: Args) -> Answer:
        drawn = self._pictures.draw(
            PictureRequest(
                document=str(args.get("document", "")),
                theme=str(args.get("theme", "")),
                of=str(args.get("of", "first")),
                page=int(args.get("page", 1)),
                width=int(args.get("width", _LARGE)),
                view=str(args.get("view", "screen")),
            )
        )
        return {
            "url": f"picture/{drawn.key}.png",
            "width": drawn.width,
            "height": drawn.height,
            "document": drawn.document,
            "page": drawn.page,
            "pages": drawn.pages,
            "line": drawn.school.line,
            "name": f"{drawn.school.name}, {drawn.school.town}",
            "index": drawn.index,
            "total": drawn.total,
            "zones": [{**zone, "label": self._zone_label(str(zone["key"]))} for zone in drawn.zones],
            "faults": [self._fault(fault) for fault in drawn.faults if fault.severity != "note"],
            "ms": round(drawn.seconds * 1000),
        }

    def _zone_label(self, key: str) -> str:
        return self._label(key) if has_question(key) else self.words.say(f"zone_{key}")

    # --- Vérifier ---------------------------------------------------------------------------------------------

    def _verify(self, args: Args) -> Answer:
        found = verify(self.folder, self.words)
        if not any(finding["severity"] == "error" for finding in found["findings"]):
            self.folder.note(verified=self.folder.state.revision)
        return {**found, "campaign": self._campaign()}

    def _accept(self, args: Args) -> Answer:
        """Remember that a finding is right as it is: it is not shown again."""
        with self._change(args, "did_accept"):
            self.folder.set(accepted=(*self.folder.state.accepted, str(args["id"])))
        return self._verify(args) | self._steps()

    def _write_test_sheet(self) -> str:
        """Write one sheet to try the printer with: the drawing of the cards' sheet, else the first school's pages."""
        sheets = pages.list_sheets(self.folder, self.words)
        if sheets["sheet"] and self.folder.state.kind == "cards":
            return write_drawing(self.folder.path, sheets["sheet"], "long-edge", self.folder.campaign).name
        self.folder.write(TEST_SHEET, self._pictures.write_first())
        return TEST_SHEET

    # --- Cartes -----------------------------------------------------------------------------------------------

    def _paste_people(self, args: Args) -> Answer:
        with self._change(args, "did_people"):
            school = args.get("school")
            if school:
                people.set_school(self.folder, str(school.get("uai", "")), str(school["name"]), str(school["town"]))
            people.paste_people(self.folder, str(args["text"]), swapped=self.folder.state.swapped)
        return self._changed(people=people.list_people(self.folder, self.words))

    def _upload_staff(self, name: str, data: bytes) -> Answer:
        with self._change({}, "did_people"):
            people.take_people(self.folder, self.folder.free_name(name), data)
        return self._changed(people=people.list_people(self.folder, self.words))

    def _swap_names(self, args: Args) -> Answer:
        with self._change(args, "did_swap"):
            people.swap_names(self.folder)
        return self._changed(people=people.list_people(self.folder, self.words))

    def _choose_sheet(self, args: Args) -> Answer:
        with self._change(args, "did_sheet_of_cards"):
            pages.choose_sheet(self.folder, str(args["sheet"]), int(args.get("start", 1)))
        return self._changed(**pages.list_sheets(self.folder, self.words))

    # --- what is kept -----------------------------------------------------------------------------------------

    def _proof(self) -> Answer:
        return {"sent": 0, "kept": list_kept(self.folder, self.words)}

    def _erase(self, args: Args) -> Answer:
        erase(self.folder, str(args["what"]))
        return self._changed(kept=list_kept(self.folder, self.words))

    # --- faults -----------------------------------------------------------------------------------------------

    def _fault(self, fault: Fault) -> Answer:
        """Return a fault as the page shows it; one of the list by what the list says of it."""
        if fault.code[0] == "T":
            return self._schools.fault(fault)
        return show_fault(fault, self.words)


def _title(election: str) -> str:
    fact = load_profile(election).facts.get("title")
    return str(fact.value) if fact is not None else election
