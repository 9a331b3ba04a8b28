"""Plan what « Fabriquer » makes, and say and erase what is kept."""

import os
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from leaflet.campaign.answers import with_answers
from leaflet.campaign.source import read_campaign
from leaflet.faults import LeafletError, Report
from leaflet.markup.html_page import format_day
from leaflet.production.calibration import write_drawing
from leaflet.studio.card_sheets import list_sheets
from leaflet.studio.context import Args, Call, CallContext, Upload
from leaflet.studio.contract import Changed, FolderShown, Place, PlaceChosen, Places, Plan, Proof, Written
from leaflet.studio.element_files import free_room
from leaflet.studio.made_files import erase, list_kept
from leaflet.studio.making import plan
from leaflet.studio.output_folders import MADE, TEST_SHEET, check_place


class MakeCalls:
    """The calls about files: what can be made, and what is kept.

    Args:
        context: what all calls share.
    """

    def __init__(self, context: CallContext) -> None:
        self._context = context
        self._since = context.folder.environment.clock().isoformat(timespec="seconds")
        self.calls: dict[str, Call] = {
            "plan": self._plan,
            "testSheet": self._write_test_sheet,
            "places": self._list_places,
            "choosePlace": self._choose_place,
            "openFolder": self._open_folder,
            "proof": self._proof,
            "erase": self._erase,
        }
        self.uploads: dict[str, Upload] = {}

    def date(self) -> None:
        """Date the campaign today, unless it has a date: a file for the print shop must carry one."""
        folder = self._context.folder
        if "issued_on" not in read_campaign(folder.campaign, Report()).tree:
            today = folder.environment.clock().date()
            with self._context.change({}, "did_date", day=format_day(today, self._context.lang)):
                text = with_answers(folder.campaign, folder.read_text() or "", {"issued_on": today})
                folder.write(folder.campaign.name, text.encode())

    def _plan(self, args: Args) -> Plan:
        found = plan(self._context.folder, self._context.pictures.materials, self._context.words)
        return replace(found, waiting=self._context.count_waiting())

    def _write_test_sheet(self, args: Args) -> Written:
        """Write one sheet to try the printer with: the drawing of the cards' sheet, else the first school's pages."""
        sheets = list_sheets(self._context.folder)
        if sheets.sheet and self._context.folder.state.kind == "cards":
            self._context.folder.outputs.check()
            out = self._context.folder.outputs.files
            drawing = write_drawing(out, sheets.sheet, "long-edge", self._context.folder.campaign)
            return Written(file=f"{MADE}/{drawing.name}")
        self._context.folder.outputs.write(TEST_SHEET, self._context.pictures.write_first())
        return Written(file=TEST_SHEET)

    def _needed(self) -> int:
        """Return the bytes that another place must have free at least: more than one that was full."""
        room = self._context.maker.room
        if room is None:
            return 0
        return room.needed if room.needed is not None else (room.free or 0) + 1

    def _list_places(self, args: Args) -> Places:
        """Return the folders where files can go, with the room there: those that have enough, the largest first."""
        folder, found = self._context.folder, dict[Path, Place]()
        for path in folder.environment.places():
            free = free_room(path)
            with suppress(LeafletError):
                if free is not None and os.access(path, os.W_OK) and free >= folder.outputs.room_for(self._needed()):
                    place = Place(path=str(path), name=path.name or str(path), free=free)
                    found.setdefault(check_place(str(path)), place)
        others = sorted(found.values(), key=lambda one: -(one.free or 0))
        if not folder.outputs.is_elsewhere:
            return Places(places=others)
        name, free = self._context.words.say("place_campaign"), free_room(folder.path)
        return Places(places=[Place(path=str(folder.path), name=name, free=free), *others])

    def _choose_place(self, args: Args) -> PlaceChosen:
        """Have files made elsewhere from now on; this is no change of the campaign, and is not undone."""
        self._context.check_free()
        self._context.maker.check_idle()
        self._context.folder.outputs.choose(str(args["path"]), self._needed())
        return PlaceChosen(campaign=self._context.campaign(), free=free_room(self._context.folder.outputs.path))

    def _open_folder(self, args: Args) -> FolderShown:
        """Show the folder of what was made, and no other one, in the file manager of the system."""
        outputs = self._context.folder.outputs
        outputs.check()
        return FolderShown(shown=self._context.folder.environment.show(outputs.path), folder=str(outputs.path))

    def _proof(self, args: Args) -> Proof:
        kept = list_kept(self._context.folder, self._context.words)
        return Proof(sent=0, received=0, since=self._since, kept=kept)

    def _erase(self, args: Args) -> Changed:
        self._context.check_free()
        self._context.maker.check_idle()
        erase(self._context.folder, str(args["what"]))
        return self._context.changed(kept=list_kept(self._context.folder, self._context.words))
