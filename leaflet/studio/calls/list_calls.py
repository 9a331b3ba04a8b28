"""Take and mend the list of « La liste » and the names of « Cartes », and confirm the addresses of mailboxes."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager

from leaflet.campaign.academy_addresses import confirm_address
from leaflet.campaign.answers import with_answers
from leaflet.campaign.source import read_campaign
from leaflet.faults import Report
from leaflet.studio import academy_address_calls as addresses
from leaflet.studio import card_sheets, people
from leaflet.studio.beside import folder_of_kind
from leaflet.studio.context import Args, Call, CallContext, Upload
from leaflet.studio.contract import (
    Addresses,
    Changed,
    JudgedUai,
    Listed,
    Measured,
    Pairs,
    Rows,
    Sheets,
    Staff,
    Written,
)
from leaflet.studio.findings_view import annotate

_MOST_ROWS = 500  # of one answer


class SchoolCalls:
    """The calls about the list of schools.

    Args:
        context: what all calls share.
    """

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self.calls: dict[str, Call] = {
            "list": self._list,
            "sheet": self._sheet,
            "mapColumn": self._map_column,
            "rows": self._rows,
            "mend": self._mend,
            "mendAll": self._mend_all,
            "leave": self._leave,
            "back": self._take_back,
            "twice": self._twice,
            "keepRow": self._keep_row,
            "keepFirstRows": self._keep_first_rows,
            "joinRows": self._join_rows,
            "portalFor": self._portal_for,
            "paste": self._paste,
            "annotatedList": self._annotate,
            "addresses": self._addresses,
            "confirmAddress": self._confirm_address,
            "declineAddress": self._decline_address,
        }
        self.uploads: dict[str, Upload] = {"list": self._upload_list}

    def _list(self, args: Args) -> Listed:
        return Listed(list=self._context.list.describe())

    def _upload_list(self, name: str, data: bytes) -> Changed:
        with self._context.change({}, "did_list", name=name):
            self._context.schools.take(name, data)
        return self._context.changed(list=self._context.list.describe())

    def _portal_for(self, args: Args) -> Changed:
        """Keep that the notice of a group of schools names the portal of the campaign, too."""
        folder, group = self._context.folder, args["group"]
        with self._context.change(args, "did_portal_for"):
            known = read_campaign(folder.campaign, Report()).get("links", "portal_for") or []
            text = with_answers(folder.campaign, folder.read_text() or "", {"links.portal_for": [*known, group]})
            folder.write(folder.campaign.name, text.encode())
        return self._context.changed(list=self._context.list.describe())

    def _paste(self, args: Args) -> Changed:
        return self._upload_list("liste-collee.tsv", str(args["text"]).encode())

    def _sheet(self, args: Args) -> Changed:
        with self._context.change(args, "did_sheet"):
            self._context.schools.set_sheets(args.get("sheets", ()), args.get("headerRow") or None)
        return self._context.changed(list=self._context.list.describe())

    def _map_column(self, args: Args) -> Changed:
        with self._context.change(args, "did_column"):
            self._context.schools.map_column(str(args["field"]), args.get("column"))
        return self._context.changed(list=self._context.list.describe())

    def _rows(self, args: Args) -> Rows:
        show, search = str(args.get("show", "mend")), str(args.get("search", ""))
        start, count = int(args.get("from", 0)), min(int(args.get("count", 50)), _MOST_ROWS)
        if "near" in args:  # a line, from whose place among all rows is counted
            start = max(0, start + bisect_left(self._context.schools.judge().lines, int(args["near"])))
        return self._context.list.find_rows(show, search, start, count)

    def _mend(self, args: Args) -> Changed:
        line, field, value = int(args["line"]), str(args["field"]), str(args.get("value", ""))
        row = self._context.list.row(line)
        before = row.cells.get(field, "")
        said = "did_mend" if before and value else "did_mend_empty" if before else "did_mend_blank"
        with self._context.change(args, said, line=row.at, before=before, value=value):
            self._context.schools.mend(line, field, value)
        after = self._context.list.next_to_mend(line)
        return self._rows_changed(row=self._context.list.row(line), next=after)

    def _mend_all(self, args: Args) -> Changed:
        """Mend all cells of one kind of fault of which it is known what was meant."""
        cells = self._context.list.find_repairs(str(args["code"]))
        with self._context.change(args, "did_mend_all", n=len(cells)):
            self._context.schools.mend_all(cells)
        return self._rows_changed()

    def _leave(self, args: Args) -> Changed:
        return self._set_left(args, is_left=True)

    def _take_back(self, args: Args) -> Changed:
        return self._set_left(args, is_left=False)

    def _set_left(self, args: Args, *, is_left: bool) -> Changed:
        line = int(args["line"])
        with self._context.change(args, "did_leave" if is_left else "did_back", line=self._context.list.name(line)):
            self._context.schools.leave(line, is_left=is_left)
        return self._rows_changed(row=self._context.list.row(line))

    def _keep_row(self, args: Args) -> Changed:
        """Keep one row of those that a school stands on."""
        line = int(args["line"])
        row = self._context.list.row(line)
        with self._context.change(args, "did_twice", row=row.at, name=row.name):
            self._context.schools.keep([line])
        return self._chosen()

    def _keep_first_rows(self, args: Args) -> Changed:
        """Keep the first row of each school that stands on several, of one that does not say that it is closed."""
        judged = self._context.schools.judge()
        first = [min(lines, key=judged.is_closed) for lines in judged.twice().values()]
        with self._context.change(args, "did_twice_all", n=len(first)):
            self._context.schools.keep(first)
        return self._chosen()

    def _join_rows(self, args: Args) -> Changed:
        """Make one row of those that a school stands on."""
        line = int(args["line"])
        row = self._context.list.row(line)
        with self._context.change(args, "did_join", name=row.name):
            self._context.schools.join(line)
        return self._chosen()

    def _twice(self, args: Args) -> Pairs:
        return self._context.list.find_twice()

    def _chosen(self) -> Changed:
        return self._rows_changed(twice=self._context.list.find_twice())

    def _rows_changed(self, **more: object) -> Changed:
        return self._context.changed(counts=self._context.list.counts(), repairs=self._context.list.repairs(), **more)

    def _annotate(self, args: Args) -> Written:
        return Written(file=annotate(self._context.folder, self._context.lang))

    def _addresses(self, args: Args) -> Addresses:
        context = self._context
        schools = context.schools.judge().voting_here() if context.folder.state.schools is not None else []
        return addresses.list_addresses(context.folder, schools, context.pictures.draw_code, context.words)

    def _confirm_address(self, args: Args) -> Changed:
        with self._context.change(args, "did_address"):
            given = str(args["url"]) if args.get("url") else None
            confirm_address(
                self._context.folder.campaign,
                str(args["key"]),
                day=self._context.folder.environment.clock().date(),
                by=None,
                given=given,
            )
        return self._context.changed(addresses=self._addresses({}))

    def _decline_address(self, args: Args) -> Changed:
        key = str(args["key"])
        with self._context.change(args, "did_decline_login" if key.endswith(".login_rule") else "did_decline"):
            addresses.decline(self._context.folder, key)
        return self._context.changed(addresses=self._addresses({}))


class CardCalls:
    """The calls about cards for people.

    Args:
        context: what all calls share.
    """

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self.calls: dict[str, Call] = {
            "people": self._people,
            "pastePeople": self._paste_people,
            "staffSheets": self._staff_sheets,
            "addPerson": self._add_person,
            "mendPerson": self._mend_person,
            "dropPerson": self._drop_person,
            "setSchool": self._set_school,
            "judgeUai": self._judge_uai,
            "swapNames": self._swap_names,
            "sheets": self._sheets,
            "chooseSheet": self._choose_sheet,
            "measureSheet": self._measure_sheet,
            "keepSheet": self._keep_sheet,
        }
        self.uploads: dict[str, Upload] = {"staff": self._upload_staff}

    @contextmanager
    def _change(self, args: Args, text: str, **values: object) -> Iterator[None]:
        """Make a change of cards; those of a campaign of leaflets without any names are in a folder of their own."""
        folder, context = self._context.folder, self._context
        if folder.state.kind == "leaflets" and folder.state.staff is None:
            context.check_current(args)
            with (
                context.elsewhere(folder_of_kind(folder, "cards", context.words)),
                context.change({}, text, **values),
            ):
                yield
        else:
            with context.change(args, text, **values):
                yield

    def _people(self, args: Args) -> Staff:
        return Staff(people=people.list_people(self._context.folder, self._context.words))

    def _changed(self) -> Changed:
        """Return the campaign as it is now, with its people."""
        return self._context.changed(people=people.list_people(self._context.folder, self._context.words))

    def _paste_people(self, args: Args) -> Changed:
        with self._change(args, "did_people"):
            self._take_school(args)
            people.paste_people(self._context.folder, str(args["text"]), swapped=self._context.folder.state.swapped)
        return self._changed()

    def _staff_sheets(self, args: Args) -> Changed:
        with self._context.change(args, "did_staff_sheets"):
            people.choose_tabs(self._context.folder, args["sheets"])
        return self._changed()

    def _take_school(self, args: Args) -> None:
        if school := args.get("school"):
            named = str(school.get("uai", "")), str(school["name"]), str(school["town"])
            people.set_school(self._context.folder, *named)

    def _set_school(self, args: Args) -> Changed:
        with self._change(args, "did_school", name=str(args["school"]["name"])):
            self._take_school(args)
        return self._changed()

    def _drop_person(self, args: Args) -> Changed:
        with self._context.change(args, "did_person_dropped", nth=int(args.get("nth", 0))):
            people.drop_person(self._context.folder, str(args.get("sheet", "")), int(args["line"]))
        return self._changed()

    def _upload_staff(self, name: str, data: bytes) -> Changed:
        with self._change({}, "did_people"):
            people.take_people(self._context.folder, name, data)
        return self._changed()

    def _add_person(self, args: Args) -> Changed:
        first, last = str(args["first"]).strip(), str(args["last"]).strip()
        with self._change(args, "did_person", name=f"{first} {last}"):
            people.add_person(self._context.folder, first, last)
        return self._changed()

    def _mend_person(self, args: Args) -> Changed:
        first, last = str(args["first"]).strip(), str(args["last"]).strip()
        with self._change(args, "did_person_mended", name=f"{first} {last}"):
            people.mend_person(self._context.folder, str(args.get("sheet", "")), int(args["line"]), first, last)
        return self._changed()

    def _swap_names(self, args: Args) -> Changed:
        with self._change(args, "did_swap"):
            people.swap_names(self._context.folder)
        return self._changed()

    def _choose_sheet(self, args: Args) -> Changed:
        sheet, start = str(args["sheet"]), int(args.get("start", 1))
        before = card_sheets.list_sheets(self._context.folder)
        label = next((one.label for one in before.items if one.id == sheet), sheet)
        said = "did_first_place" if sheet == before.sheet else "did_sheet_of_cards"
        with self._change(args, said, n=start, what=label):
            card_sheets.choose_sheet(self._context.folder, sheet, start)
        return self._context.changed(sheets=card_sheets.list_sheets(self._context.folder))

    def _judge_uai(self, args: Args) -> JudgedUai:
        return people.judge_uai(self._context.folder, str(args["uai"]), self._context.words)

    def _sheets(self, args: Args) -> Sheets:
        return card_sheets.list_sheets(self._context.folder)

    def _measure_sheet(self, args: Args) -> Measured:
        return card_sheets.show_measured(self._measured(args))

    def _measured(self, args: Args) -> card_sheets.Measured:
        return card_sheets.measure(self._context.folder, args["measures"], int(args["sides"]), self._context.words)

    def _keep_sheet(self, args: Args) -> Changed:
        measured = self._measured(args)
        with self._change(args, "did_sheet_of_cards", what=measured.table["name"]):
            card_sheets.keep_sheet(self._context.folder, measured)
        return self._context.changed(sheets=card_sheets.list_sheets(self._context.folder))
