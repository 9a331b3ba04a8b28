"""Take the names of « Cartes », and choose their sheet."""

from collections.abc import Iterator
from contextlib import contextmanager

from leaflet.studio import card_sheets, people
from leaflet.studio.beside import folder_of_kind
from leaflet.studio.desk import Answer, Args, Call, Desk, Upload


class CardCalls:
    """The calls about cards for people.

    Args:
        desk: what all calls share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.calls: dict[str, Call] = {
            "people": lambda _: {"people": people.list_people(self._desk.folder, self._desk.words)},
            "pastePeople": self._paste_people,
            "staffSheets": self._staff_sheets,
            "addPerson": self._add_person,
            "mendPerson": self._mend_person,
            "dropPerson": self._drop_person,
            "setSchool": self._set_school,
            "judgeUai": lambda args: people.judge_uai(self._desk.folder, str(args["uai"]), self._desk.words),
            "swapNames": self._swap_names,
            "sheets": lambda _: card_sheets.list_sheets(self._desk.folder),
            "chooseSheet": self._choose_sheet,
            "measureSheet": lambda args: card_sheets.show_measured(self._measured(args)),
            "keepSheet": self._keep_sheet,
        }
        self.uploads: dict[str, Upload] = {
            "staff": self._upload_staff,
        }

    @contextmanager
    def _change(self, args: Args, text: str, **values: object) -> Iterator[None]:
        """Make a change of cards; those of a campaign of leaflets without any names are in a folder of their own."""
        folder, desk = self._desk.folder, self._desk
        if folder.state.kind == "leaflets" and folder.state.staff is None:
            desk.check_current(args)
            with desk.elsewhere(folder_of_kind(folder, "cards", desk.words)), desk.change({}, text, **values):
                yield
        else:
            with desk.change(args, text, **values):
                yield

    def _paste_people(self, args: Args) -> Answer:
        with self._change(args, "did_people"):
            self._take_school(args)
            people.paste_people(self._desk.folder, str(args["text"]), swapped=self._desk.folder.state.swapped)
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _staff_sheets(self, args: Args) -> Answer:
        with self._desk.change(args, "did_staff_sheets"):
            people.choose_tabs(self._desk.folder, args["sheets"])
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _take_school(self, args: Args) -> None:
        if school := args.get("school"):
            named = str(school.get("uai", "")), str(school["name"]), str(school["town"])
            people.set_school(self._desk.folder, *named)

    def _set_school(self, args: Args) -> Answer:
        with self._change(args, "did_school", name=str(args["school"]["name"])):
            self._take_school(args)
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _drop_person(self, args: Args) -> Answer:
        with self._desk.change(args, "did_person_dropped", line=int(args["line"])):
            people.drop_person(self._desk.folder, int(args["line"]))
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _upload_staff(self, name: str, data: bytes) -> Answer:
        with self._change({}, "did_people"):
            people.take_people(self._desk.folder, name, data)
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _add_person(self, args: Args) -> Answer:
        first, last = str(args["first"]).strip(), str(args["last"]).strip()
        with self._change(args, "did_person", name=f"{first} {last}"):
            people.add_person(self._desk.folder, first, last)
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _mend_person(self, args: Args) -> Answer:
        first, last = str(args["first"]).strip(), str(args["last"]).strip()
        with self._change(args, "did_person_mended", name=f"{first} {last}"):
            people.mend_person(self._desk.folder, int(args["line"]), first, last)
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _swap_names(self, args: Args) -> Answer:
        with self._change(args, "did_swap"):
            people.swap_names(self._desk.folder)
        return self._desk.changed(people=people.list_people(self._desk.folder, self._desk.words))

    def _choose_sheet(self, args: Args) -> Answer:
        sheet, start = str(args["sheet"]), int(args.get("start", 1))
        before = card_sheets.list_sheets(self._desk.folder)
        label = next((str(one["label"]) for one in before["items"] if one["id"] == sheet), sheet)
        said = "did_first_place" if sheet == before["sheet"] else "did_sheet_of_cards"
        with self._change(args, said, n=start, what=label):
            card_sheets.choose_sheet(self._desk.folder, sheet, start)
        return self._desk.changed(sheets=card_sheets.list_sheets(self._desk.folder))

    def _measured(self, args: Args) -> card_sheets.Measured:
        return card_sheets.measure(self._desk.folder, args["measures"], int(args["sides"]), self._desk.words)

    def _keep_sheet(self, args: Args) -> Answer:
        measured = self._measured(args)
        with self._change(args, "did_sheet_of_cards", what=measured.table["name"]):
            card_sheets.keep_sheet(self._desk.folder, measured)
        return self._desk.changed(sheets=card_sheets.list_sheets(self._desk.folder))
