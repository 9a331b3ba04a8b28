"""Begin, open, copy and pass on a campaign; answer the questions of « L'élection »; undo what was changed."""

import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from msgspec import UNSET
from msgspec.structs import replace

from leaflet.campaign.election import program_profiles
from leaflet.campaign.facts import SAMPLE_NAME
from leaflet.campaign.list_columns import read_list_settings
from leaflet.campaign.load import PORTAL
from leaflet.campaign.pack import OF_LISTS, SUFFIX, CampaignPack, pack_campaign, read_pack, unpack_campaign
from leaflet.campaign.starter import write_starter
from leaflet.faults import LeafletError
from leaflet.production.pictures import shrink_logo
from leaflet.production.schemas import names_schema, schema_beside
from leaflet.studio import answers, contract, document_list
from leaflet.studio.beside import FIRST_DOCUMENTS, find_beside, find_of_kind, folder_of_kind, name_without_kind
from leaflet.studio.calls.list_calls import untried_tables
from leaflet.studio.context import Calls, campaign_title, profile_title
from leaflet.studio.contract import Answers, Args, At, Changed, Kind, Opened, PictureArgs
from leaflet.studio.folder import CampaignFolder, adopt_lists, copy_folder, new_beside, plain_name
from leaflet.studio.outputs import find_made
from leaflet.studio.page_pictures import Pictures
from leaflet.studio.school_list import SchoolList
from leaflet.tables.column_names import FIELD_NAMES
from leaflet.text import slug

_GLIMPSE = 900  # pixels: the width of a page of a campaign that is looked at
_OF_SENDER = ("publisher.address", "publisher.contact", "publisher.message")  # besides the name
_SHOWN_CHANGES = 4  # after the program ended without a word


class CampaignCalls(Calls):
    """The calls about a campaign as a whole."""

    _dossier: tuple[bytes, str] | None = None  # that was looked at

    def _call_open(self, args: Args) -> Opened:
        folder, context = self._folder, self._context
        folder.reload()
        has_crashed = folder.lock.was_left()
        lock, other = None, folder.lock.renew() if folder.has_campaign else None
        if other is not None:
            lock = contract.Lock(who=other.who, since=other.since, is_here=folder.lock.is_here(other))
        else:
            context.go_on(is_disturbed=has_crashed)
            if folder.has_campaign:
                adopt_lists(folder)
                folder.notice()
        elections = reversed(program_profiles())
        return Opened(
            campaign=context.campaign(),
            lock=lock,
            elections=[contract.Titled(id=one.id, title=profile_title(one)) for one in elections],
            unfinished=self._unfinished() if has_crashed else None,
            made=folder.state.cards if folder.state.kind == "cards" and find_made(folder, "cards") else None,
            **context.steps(),
        )

    def _unfinished(self) -> contract.Unfinished:
        """Return where somebody was when the program ended, and what was done last."""
        say, at = self._words.say, self._context.at() or At(station="election")
        line, column = at.line, str(at.column)
        text, row = say("unfinished"), str(line or "")
        if line and self._folder.state.schools is not None:
            with suppress(LeafletError):  # of the list, which « La liste » shows
                row = self._context.list.name(line)
        if line and column in FIELD_NAMES:
            text = say("unfinished_cell", line=row, column=FIELD_NAMES[column][self._words.lang])
        return contract.Unfinished(text=text, at=at, row=row, done=self._folder.last_changes(_SHOWN_CHANGES))

    def _call_take(self, args: Args) -> Changed:
        """Take the folder over from another window, as that one left it."""
        self._folder.reload()
        self._folder.lock.take()
        self._context.go_on(is_disturbed=True)
        return self._context.changed()

    def _call_copy(self, args: Args) -> Opened:
        """Go on in a copy of the folder, beside it."""
        name = self._words.say("copy_of", name=self._folder.path.name)
        self._context.open(copy_folder(self._folder, name).path)
        return self._call_open(args)

    def _call_beside(self, args: Args) -> contract.Beside:
        """Return the name of the folder, and the campaigns that can be opened from here."""
        found: list[contract.BesideCampaign] = []
        twins = [find_of_kind(self._folder, kind, self._words) for kind in FIRST_DOCUMENTS]
        for path in find_beside(self._folder.path):
            folder = CampaignFolder(path, self._folder.environment)
            title = path.name
            with suppress(LeafletError):  # of one that cannot be read, which says so when it is opened
                title = campaign_title(answers.read_known(folder))
            kind = folder.state.kind
            near = contract.BesideCampaign(path=str(path), name=path.name, title=title, kind=kind, twin=path in twins)
            found.append(near)
        return contract.Beside(here=self._folder.path.name, campaigns=found)

    def _call_open_beside(self, args: Args) -> Opened:
        """Leave the campaign for another one: by its path, the cards or leaflets of this one, or one to begin."""
        folder, kind = self._folder, args.get("kind")
        if "path" in args:
            path = next((one for one in find_beside(folder.path) if str(one) == args["path"]), folder.path)
        elif kind in FIRST_DOCUMENTS and not folder.has_campaign:
            self._call_start({"election": program_profiles()[-1].id, "kind": kind})
            return self._call_open(args)
        elif kind in FIRST_DOCUMENTS:
            path = folder_of_kind(folder, kind, self._words)
        else:
            path = new_beside(folder.path, name_without_kind(folder.path, self._words))
        self._context.move(path)
        return self._call_open(args)

    def _call_at(self, args: Args) -> contract.Noted:
        """Remember where somebody is, to go on there after a crash."""
        folder, at = self._folder, args.get("at")
        if not folder.has_campaign or at == folder.state.at:
            return contract.Noted()
        is_first = not folder.state.saw_pages and at is not None and at.get("station") == "pages"
        folder.note(at=at, saw_pages=folder.state.saw_pages or is_first)
        return contract.Noted(campaign=self._context.campaign()) if is_first else contract.Noted()

    def _call_start(self, args: Args) -> Changed:
        kind: Kind = "cards" if args.get("kind") == "cards" else "leaflets"
        with self._context.change(args, "did_start"):
            document = str(FIRST_DOCUMENTS[kind]["template"])
            folder = self._folder
            sample = folder.path / folder.write_sample()
            write_starter(folder.path, str(args["election"]), schools=sample, documents=(document,))
            folder.write(folder.campaign.name, f"{folder.read_text()}{untried_tables()}".encode())
            folder.write(*schema_beside(folder.path))
            folder.set(kind=kind)
        self._folder.lock.take()
        return self._context.changed()

    def _call_pack(self, args: Args) -> contract.Written:
        """Write the campaign as one file into its folder, without lists."""
        (publisher,) = answers.shown_texts(self._folder, ["publisher.name"], self._words).values()
        election = answers.read_known(self._folder).profile.id
        name = f"{slug(f'campagne {election} {publisher}')}{SUFFIX}"
        pack_campaign(self._folder.campaign, self._folder.path / name)
        return contract.Written(file=name)

    def _upload_dossier(self, name: str, data: bytes) -> contract.Received:
        """Look at a campaign that was passed on; nothing of it is taken yet."""
        found = read_pack(data, name)
        self._dossier = data, name
        contents, picture = self._glimpse(data, name)
        dossier = contract.Dossier(
            title=found.title,
            portal=found.portal,
            publisher=found.publisher,
            documents=[self._words.text(f"document_{one}", one) for one in found.documents],
            issued=found.issued.isoformat() if found.issued is not None else "",
        )
        faults = [self._context.fault(fault) for fault in found.faults]
        return contract.Received(dossier=dossier, contents=contents, picture=picture, faults=faults)

    def _glimpse(self, data: bytes, name: str) -> tuple[contract.Contents | None, contract.Glimpse | None]:
        """Return what a campaign that was passed on decides, and its first page; None for what cannot be read."""
        contents, picture = None, None
        with suppress(LeafletError), tempfile.TemporaryDirectory() as path:
            folder = CampaignFolder(Path(path), self._folder.environment)
            _unpack(data, name, folder)
            pictures = Pictures(folder, SchoolList(folder, self._words), self._context.pictures)
            contents = answers.describe_contents(folder, pictures.blanks())
            campaign = pictures.materials().campaign
            closes, today = campaign.election.vote.closes_on, folder.environment.clock().date()
            over = closes.isoformat() if closes is not None and closes < today else ""
            contents = replace(contents, addresses=len(campaign.addresses), over=over)
            drawn, _ = pictures.draw(PictureArgs(width=_GLIMPSE))
            picture = contract.Glimpse(url=drawn.url, width=drawn.width, height=drawn.height, name=drawn.name)
        return contents, picture

    def _call_use_dossier(self, args: Args) -> Changed:
        """Unpack the campaign that was looked at, with a short list of schools to begin with.

        It goes into the folder, or into one of its own if there is a campaign already.
        """
        assert self._dossier is not None, "the page uploads it first"
        folder = self._folder
        if folder.has_campaign:
            path = new_beside(folder.path, plain_name(Path(self._dossier[1]).stem))
            with self._context.elsewhere(path, is_new=True):
                return self._call_use_dossier({})
        with self._context.change(args, "did_dossier"):
            dossier = _unpack(*self._dossier, folder)
            if names_schema(dossier.files):
                folder.write(*schema_beside(folder.path))
            folder.set(kind="leaflets", schools=None, staff=None, received=answers.given_values(folder))
            if PORTAL in answers.keys_to_compare(answers.read_known(folder)):  # which the page had compared
                answers.compare(folder, [PORTAL])
        folder.lock.take()
        return self._context.changed()

    def _call_undo(self, args: Args) -> Changed:
        return self._step(args, self._folder.undo)

    def _call_redo(self, args: Args) -> Changed:
        return self._step(args, self._folder.redo)

    def _step(self, args: Args, step: Callable[[], bool]) -> Changed:
        """Undo or redo, and write the copy of the list as it is then; a change made elsewhere is told first."""
        self._context.check_free()
        self._context.check_current(args)
        listed = self._folder.state.schools
        if step() and self._folder.state.schools != listed:
            self._context.schools.rewrite_copy()
        return self._context.changed(at=self._context.at())


def _unpack(data: bytes, name: str, folder: CampaignFolder) -> CampaignPack:
    """Unpack a campaign into a folder, with a short list of schools to begin with if it has none; return it.

    What names the sender is blank: whoever takes a campaign publishes it, and answers for it by name and address.
    """
    dossier = unpack_campaign(data, name, folder.path)
    values = {"publisher.name": SAMPLE_NAME}
    if not read_list_settings(folder.campaign).lists["schools"].exists():
        values["data.schools"] = folder.write_sample()
    folder.edit(values, remove=(*_OF_SENDER, *OF_LISTS))
    return dossier


class ElectionCalls(Calls):
    """The calls about the answers."""

    def _call_answers(self, args: Args) -> Answers:
        context = self._context
        blanks, others, draw = context.blanks(), context.other_ministries(), context.pictures.draw_code
        return answers.list_answers(self._folder, self._words, blanks, draw, others)

    def _call_answer(self, args: Args) -> Changed:
        context, key, text = self._context, str(args["key"]), str(args.get("value", ""))
        with context.answering(args, key, text, "did_answer", what=context.label(key)):
            answers.write_answer(self._folder, key, text, self._words.lang, str(args.get("reason", "")).strip())
        return self._answered(key)

    def _call_drop_refusal(self, args: Args) -> Changed:
        """Let the field of an answer that was refused have again what the campaign has."""
        self._context.check_free()
        self._folder.note(refused=answers.refused_but(self._folder, str(args["key"])))
        return self._context.changed(answers=self._call_answers({}))

    def _call_keep(self, args: Args) -> Changed:
        """Keep one answer of the earlier election, or those of a group together."""
        asked = [str(key) for key in args["keys"]] if "keys" in args else [str(args["key"])]
        with self._context.change(args, "did_keep", n=len(asked)):
            answers.keep_like(self._folder, asked)
        return self._answered(asked[0])

    def _call_compare(self, args: Args) -> Changed:
        """Keep that somebody compared some answers with the notice, and found them the same."""
        asked = [str(key) for key in args["keys"]]
        with self._context.change(args, "did_compare", n=len(asked), what=self._context.label(asked[0])):
            answers.compare(self._folder, asked)
        return self._answered(asked[0])

    def _answered(self, key: str) -> Changed:
        """Return the campaign as it is now, with all answers, and one of them by itself."""
        found = self._call_answers({})
        items = (one for group in found.groups for one in group.items)
        answer = next((one for one in items if one.key == key), UNSET)  # not every fact is a question
        return self._context.changed(answers=found, answer=answer)

    def _call_like(self, args: Args) -> Changed:
        with self._context.change(args, "did_like", year=args.get("election", "")):
            self._folder.set(like=str(args.get("election", "")))
        return self._context.changed(answers=self._call_answers({}))

    def _upload_logo(self, name: str, data: bytes) -> Changed:
        if (smaller := shrink_logo(data, name)) is not None:  # its owner need not know how
            name, data = str(Path(name).with_suffix(".png")), smaller
        with self._context.change({}, "did_logo"):
            file = self._folder.free_name(name)
            self._folder.write(file, data)
            try:
                answers.write_answer(self._folder, "publisher.logo", file, self._words.lang)
            except BaseException:
                self._folder.remove(file)
                raise
        return self._context.changed(colors=document_list.logo_colors(data))
