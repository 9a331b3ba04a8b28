"""Take and mend the list of « La liste » and the names of « Cartes », and have addresses of mailboxes tried.

A campaign that begins in the window prints no address of a mailbox until somebody has tried it: its file says so for
each académie, with ``webmail = false``. A campaign from elsewhere prints what its own file says.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import get_args

from msgspec.structs import replace

from leaflet.campaign import Campaign, load_academies, load_campaign
from leaflet.campaign.academies import Academie
from leaflet.campaign.academy_addresses import confirm_address
from leaflet.campaign.links import check_link
from leaflet.campaign.model import Tryable
from leaflet.faults import Place, Report
from leaflet.files.resources import find_resources
from leaflet.files.words import Words
from leaflet.markup.mailbox import find_doubtful, find_mailbox, warn_of_doubtful
from leaflet.production.address_check import Candidate, collect_candidates
from leaflet.studio import card_sheets, contract, people
from leaflet.studio.answers import source_name
from leaflet.studio.beside import find_of_kind, folder_of_kind
from leaflet.studio.context import Calls
from leaflet.studio.contract import Addresses, Args, Changed, Listed, Pairs, Rows, Sheets, Staff
from leaflet.studio.findings_view import finding_key
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.json_values import GIVEN, PASTED, accept_way, is_of_login_rule, show_fault
from leaflet.tables import School

_WHY = "# Adresses que personne n’a essayées\u00a0: «\u00a0La liste\u00a0» les fait essayer avant de les imprimer."
_TRYABLE: tuple[Tryable, ...] = get_args(Tryable)


def untried_tables() -> str:
    """Return the tables of a campaign file that keep every address from being printed before it was tried."""
    tables = ""
    for academie in load_academies().by_key.values():
        facts = {name: getattr(academie, name) for name in _TRYABLE}
        if names := [name for name, fact in facts.items() if fact is not None and fact.is_printable]:
            tables += f"\n[academies.{academie.key}]\n" + "".join(f"{name} = false\n" for name in names)
    return f"\n{_WHY}\n{tables[1:]}"


def list_addresses(
    folder: CampaignFolder, schools: Sequence[School], draw: Callable[[str], str], words: Words
) -> contract.Addresses:
    """Return the académies of schools that something is made for, each with its addresses; `draw` draws their codes.

    There is a question if the rule of user names of an académie is old.
    """
    campaign = load_campaign(folder.campaign, Report())
    sheets, others = collect_candidates(campaign, schools)
    academies, given = load_academies(campaign.resources).by_key, folder.state.given
    items = [
        contract.Address(
            academie=sheet.key,
            name=sheet.title,
            schools=sheet.schools,
            printed=sheet.printed,
            candidates=[
                *(_given(key, url, draw) for key, url in given.items() if key.startswith(f"{sheet.key}.")),
                *(_describe(one, folder, draw) for one in sheet.candidates if one.key not in given),
            ],
            login=_ask_of_login(folder, campaign, academies[sheet.key], words),
        )
        for sheet in sheets
    ]
    return contract.Addresses(items=items, without=others)


def _ask_of_login(
    folder: CampaignFolder, campaign: Campaign, academie: Academie, words: Words
) -> contract.Fault | None:
    """Return the fault of how user names are made; None if it is not old, or somebody said that it is right."""
    report, doubtful = Report(), find_doubtful(campaign, academie)
    if find_mailbox(campaign, academie).kind != "webmail":
        doubtful = {name: fact for name, fact in doubtful.items() if name == "login_rule"}
    warn_of_doubtful(doubtful, academie, campaign, report)
    fault = next(filter(is_of_login_rule, report), None)
    if fault is None or finding_key(fault) in folder.state.accepted:
        return None
    shown = show_fault(fault, words, of_cards=folder.state.kind == "cards")
    return replace(shown, ways=[accept_way([finding_key(fault)], words), *shown.ways])


def give_address(folder: CampaignFolder, key: str, url: str) -> None:
    """Keep an address that somebody typed for ``lyon.webmail``, if it may be one of its académie."""
    academie, report = load_academies(find_resources(folder.path)).by_key[key.partition(".")[0]], Report()
    domains = (academie.domain,) if academie.domain else ()
    check_link(url, place=Place(field=f"{GIVEN}{key}"), report=report, academy_domains=domains)
    report.raise_errors()
    folder.set(given={**folder.state.given, key: url})


def take_back(folder: CampaignFolder, key: str) -> None:
    """Forget an address that was typed: it was tried, or is not to be printed."""
    folder.set(given={other: url for other, url in folder.state.given.items() if other != key})


def _given(key: str, url: str, draw: Callable[[str], str]) -> contract.Candidate:
    kind, code, never = key.rpartition(".")[2], f"picture/{draw(url)}.png", {"confirmed": False, "declined": False}
    return contract.Candidate(
        key=key, kind=kind, url=url, is_link=True, source="", attested="given", use="waiting", code=code, **never
    )


def _describe(one: Candidate, folder: CampaignFolder, draw: Callable[[str], str]) -> contract.Candidate:
    confirmed = one.source == "addresses.toml" or "confirmation" in one.state
    return contract.Candidate(
        key=one.key,
        kind=one.key.rpartition(".")[2],
        url=one.value,
        is_link=one.is_link,
        source=source_name(one.source),
        attested=one.attested,
        use=one.use,
        code=f"picture/{draw(one.value)}.png" if one.is_link else None,
        confirmed=confirmed,
        declined=not confirmed and one.use != "printed" and one.key in folder.state.declined,
    )


_MOST_ROWS = 500  # of one answer


class SchoolCalls(Calls):
    """The calls about the list of schools."""

    def _call_list(self, args: Args) -> Listed:
        return Listed(list=self._context.list.describe())

    def _listed(self) -> Changed:
        return self._context.changed(list=self._context.list.describe())

    def _upload_list(self, name: str, data: bytes) -> Changed:
        with self._context.change({}, "did_list", name=name):
            self._context.schools.take(name, data)
        return self._listed()

    def _call_paste(self, args: Args) -> Changed:
        return self._upload_list(PASTED[1], str(args["text"]).encode())

    def _call_sheet(self, args: Args) -> Changed:
        with self._context.change(args, "did_sheet"):
            self._context.schools.set_sheets(args.get("sheets", ()), args.get("headerRow"))
        return self._listed()

    def _call_map_column(self, args: Args) -> Changed:
        with self._context.change(args, "did_column"):
            self._context.schools.map_column(str(args["field"]), args.get("column"))
        return self._listed()

    def _call_rows(self, args: Args) -> Rows:
        show, search = str(args.get("show", "mend")), str(args.get("search", ""))
        start, count = int(args.get("from", 0)), min(int(args.get("count", 50)), _MOST_ROWS)
        if "near" in args:  # a line, from whose place among all rows is counted
            start = max(0, start + bisect_left(self._context.schools.judge().lines, int(args["near"])))
        return self._context.list.find_rows(show, search, start, count)

    def _call_mend(self, args: Args) -> Changed:
        line, field, value = int(args["line"]), str(args["field"]), str(args.get("value", ""))
        row = self._context.list.row(line)
        before = row.cells.get(field, "")
        said = "did_mend" if before and value else "did_mend_empty" if before else "did_mend_blank"
        with self._context.change(args, said, line=row.at, before=before, value=value):
            self._context.schools.mend([(line, field, value)])
        return self._rows_changed(args, row=self._context.list.row(line), next=self._context.list.next_to_mend(line))

    def _call_mend_all(self, args: Args) -> Changed:
        """Mend all cells of one kind of fault of which it is known what was meant."""
        cells = self._context.list.find_repairs(str(args["code"]))
        with self._context.change(args, "did_mend_all", n=len(cells)):
            self._context.schools.mend(cells)
        return self._rows_changed(args)

    def _call_leave(self, args: Args) -> Changed:
        return self._set_left(args, "did_leave", is_left=True)

    def _call_back(self, args: Args) -> Changed:
        return self._set_left(args, "did_back", is_left=False)

    def _set_left(self, args: Args, said: str, *, is_left: bool) -> Changed:
        line = int(args["line"])
        with self._context.change(args, said, line=self._context.list.name(line)):
            self._context.schools.leave([line], is_left=is_left)
        return self._rows_changed(args, row=self._context.list.row(line))

    def _call_leave_group(self, args: Args) -> Changed:
        """Leave out all rows of a group whose staff vote on another portal."""
        lines = self._context.list.find_elsewhere()[str(args["group"])]
        with self._context.change(args, "did_leave_group", n=len(lines)):
            self._context.schools.leave(lines, is_left=True)
        return self._rows_changed(args)

    def _call_keep_row(self, args: Args) -> Changed:
        """Keep one row of those that a school stands on."""
        row = self._context.list.row(int(args["line"]))
        with self._context.change(args, "did_twice", row=row.at, name=row.name):
            self._context.schools.keep([row.line])
        return self._chosen()

    def _call_keep_first_rows(self, args: Args) -> Changed:
        """Keep the first row of each school that stands on several, of one that does not say that it is closed."""
        judged = self._context.schools.judge()
        first = [min(lines, key=judged.is_closed) for lines in judged.twice().values()]
        with self._context.change(args, "did_twice_all", n=len(first)):
            self._context.schools.keep(first)
        return self._chosen()

    def _call_join_rows(self, args: Args) -> Changed:
        row = self._context.list.row(int(args["line"]))
        with self._context.change(args, "did_join", name=row.name):
            self._context.schools.join(row.line)
        return self._chosen()

    def _call_twice(self, args: Args) -> Pairs:
        return self._context.list.find_twice()

    def _chosen(self) -> Changed:
        return self._rows_changed({}, twice=self._context.list.find_twice())

    def _rows_changed(self, args: Args, **more: object) -> Changed:
        repairs = self._context.list.repairs(str(args.get("show", "mend")))
        return self._context.changed(counts=self._context.list.counts(), repairs=repairs, **more)

    def _call_addresses(self, args: Args) -> Addresses:
        schools = self._context.schools.judge().voting_here() if self._folder.state.schools is not None else []
        return list_addresses(self._folder, schools, self._context.pictures.draw_code, self._words)

    def _call_give_address(self, args: Args) -> Changed:
        """Keep an address that nobody has tried yet: it is asked for, and printed once it is confirmed."""
        with self._context.change(args, "did_address_given"):
            give_address(self._folder, str(args["key"]), str(args["url"]))
        return self._context.changed(addresses=self._call_addresses({}))

    def _call_confirm_address(self, args: Args) -> Changed:
        with self._context.change(args, "did_address"):
            take_back(self._folder, str(args["key"]))
            day, given = self._folder.environment.clock().date(), str(args.get("url") or "") or None
            confirm_address(self._folder.campaign, str(args["key"]), day=day, by=None, given=given)
        return self._context.changed(addresses=self._call_addresses({}))

    def _call_decline_address(self, args: Args) -> Changed:
        """Keep that an address, such as ``lyon.webmail``, or ``lyon.login_rule``, is not to be printed."""
        key = str(args["key"])
        with self._context.change(args, "did_decline_login" if key.endswith(".login_rule") else "did_decline"):
            take_back(self._folder, key)
            self._folder.edit({f"academies.{key}": False})
            self._folder.set(declined=(*self._folder.state.declined, key))
        return self._context.changed(addresses=self._call_addresses({}))


class CardCalls(Calls):
    """The calls about cards for people."""

    @contextmanager
    def _change(self, args: Args, text: str, **values: object) -> Iterator[None]:
        """Make a change of cards; those of a campaign of leaflets without any names are in a folder of their own."""
        folder, context = self._folder, self._context
        if folder.state.kind == "leaflets" and folder.state.staff is None:
            context.check_current(args)
            is_new = find_of_kind(folder, "cards", context.words) is None
            cards = context.elsewhere(folder_of_kind(folder, "cards", context.words), is_new=is_new)
            with cards, context.change({}, text, **values):
                yield
        else:
            with context.change(args, text, **values):
                yield

    def _call_people(self, args: Args) -> Staff:
        return Staff(people=people.list_people(self._folder, self._words))

    def _changed(self) -> Changed:
        return self._context.changed(people=people.list_people(self._folder, self._words))

    def _do(self, args: Args, said: str, do: Callable[..., None], *given: object, **values: object) -> Changed:
        """Make a change of the names by a function of the folder, and return them."""
        with self._change(args, said, **values):
            do(self._folder, *given)
        return self._changed()

    def _call_paste_people(self, args: Args) -> Changed:
        with self._change(args, "did_people"):
            if args.get("school"):
                self._take_school(args)
            people.paste_people(self._folder, str(args["text"]), swapped=self._folder.state.swapped)
        return self._changed()

    def _call_staff_sheets(self, args: Args) -> Changed:
        return self._do(args, "did_staff_sheets", people.choose_tabs, args["sheets"])

    def _take_school(self, args: Args) -> None:
        school = args["school"]
        people.set_school(self._folder, str(school.get("uai", "")), str(school["name"]), str(school["town"]))

    def _call_set_school(self, args: Args) -> Changed:
        """Keep whose the cards are: of the names that are there, or of cards without names."""
        with self._change(args, "did_school", name=str(args["school"]["name"])):
            self._take_school(args)
            if args.get("nameless"):
                people.drop_names(self._folder)
        return self._changed()

    def _call_drop_person(self, args: Args) -> Changed:
        at, nth = (str(args.get("sheet", "")), int(args["line"])), int(args.get("nth", 0))
        return self._do(args, "did_person_dropped", people.drop_person, *at, nth=nth)

    def _upload_staff(self, name: str, data: bytes) -> Changed:
        with self._change({}, "did_people"):
            if text := people.plain_lines(name, data):
                people.paste_people(self._folder, text, swapped=self._folder.state.swapped)
            else:
                people.take_people(self._folder, name, data)
        return self._changed()

    def _call_add_person(self, args: Args) -> Changed:
        first, last = str(args["first"]).strip(), str(args["last"]).strip()
        return self._do(args, "did_person", people.add_person, first, last, name=f"{first} {last}")

    def _call_mend_person(self, args: Args) -> Changed:
        first, last = str(args["first"]).strip(), str(args["last"]).strip()
        beside = {key: str(args[key]).strip() for key in people.BESIDE_NAMES if key in args}
        given = str(args.get("sheet", "")), int(args["line"]), {"first_name": first, "last_name": last, **beside}
        return self._do(args, "did_person_mended", people.mend_person, *given, name=f"{first} {last}")

    def _call_drop_numbers(self, args: Args) -> Changed:
        return self._do(args, "did_numbers_dropped", people.drop_numbers)

    def _call_swap_names(self, args: Args) -> Changed:
        return self._do(args, "did_swap", people.swap_names)

    def _call_judge_uai(self, args: Args) -> contract.JudgedUai:
        return people.judge_uai(self._folder, str(args["uai"]), self._words)

    def _call_sheets(self, args: Args) -> Sheets:
        folder, words = self._folder, self._words
        school = people.school_of_cards(folder) if folder.state.staff is None else None  # else it stands by the names
        sheets = card_sheets.list_sheets(folder, words.lang)
        correction = card_sheets.say_correction(folder, words, of_label=sheets.document == "memo-label")
        return replace(sheets, school=school, correction=correction)

    def _call_choose_sheet(self, args: Args) -> Changed:
        sheet, start, before = str(args["sheet"]), int(args.get("start", 1)), card_sheets.list_sheets(self._folder)
        label = next((one.label for one in before.items if one.id == sheet), sheet)
        said = "did_first_place" if sheet == before.sheet else "did_sheet_of_cards"
        with self._change(args, said, n=start, what=label):
            card_sheets.choose_sheet(self._folder, sheet, start)
        return self._context.changed(sheets=self._call_sheets({}))

    def _call_measure_sheet(self, args: Args) -> contract.Measured:
        return card_sheets.measure(self._folder, args["measures"], int(args["sides"]), self._words).shown()

    def _call_keep_sheet(self, args: Args) -> Changed:
        measured = card_sheets.measure(self._folder, args["measures"], int(args["sides"]), self._words)
        with self._change(args, "did_sheet_of_cards", what=measured.table["name"]):
            card_sheets.keep_sheet(self._folder, measured)
        return self._context.changed(sheets=self._call_sheets({}))

    def _call_calibrate(self, args: Args) -> Changed:
        """Correct the printer by what was measured on the calibration sheet, or no more where nothing was."""
        measures = args.get("measures") or {}
        found, wrong = card_sheets.judge_measures(measures, self._words)
        if not wrong:
            with self._context.change(args, "did_calibrate" if measures else "did_uncalibrate"):
                card_sheets.correct_printer(self._folder, found)
        return self._context.changed(sheets=self._call_sheets({}), wrong=wrong)
