"""Plan what « Fabriquer » makes, and say and erase what is kept."""

import os
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from leaflet.faults import LeafletError
from leaflet.markup.html_page import format_day
from leaflet.production.calibration import write_drawing, write_sheet
from leaflet.studio import contract
from leaflet.studio.card_sheets import list_sheets
from leaflet.studio.context import Calls
from leaflet.studio.contract import Args, Changed, FolderShown, Place, PlaceChosen, Places, Plan, Proof, Written
from leaflet.studio.element_files import free_room, write_whole
from leaflet.studio.made_files import erase, list_kept
from leaflet.studio.output_folders import MADE, TEST_SHEET, check_place
from leaflet.studio.outputs import plan


class MakeCalls(Calls):
    """The calls about files: what can be made, and what is kept."""

    def date(self) -> None:
        """Date the campaign today, unless it has a date: a file for the print shop must carry one."""
        if "issued_on" not in self._folder.read().tree:
            today = self._folder.environment.clock().date()
            with self._context.change({}, "did_date", day=format_day(today, self._words.lang)):
                self._folder.edit({"issued_on": today})

    def _call_stop(self, args: Args) -> contract.Nothing:
        self._context.maker.stop()
        return contract.Nothing()

    def _call_plan(self, args: Args) -> Plan:
        found = plan(self._folder, self._context.pictures.materials, self._words)
        state, before = self._folder.state, [one for one in found.outputs if one.made_at]
        if state.made >= 0 and before and not any(one.stale for one in before):
            self._folder.note(made=state.revision)  # what was changed since changes nothing of what was made
        left, campaign = list(state.under_way), self._context.campaign()
        return replace(found, waiting=self._context.count_waiting(), under_way=left, campaign=campaign)

    def _call_test_sheet(self, args: Args) -> Written:
        """Write one sheet to try the printer with: the drawing of the cards' sheet, else the first school's pages."""
        sheets, outputs = list_sheets(self._folder), self._folder.outputs
        outputs.check()
        if sheets.sheet and self._folder.state.kind == "cards":
            drawing = write_drawing(outputs.files, sheets.sheet, "long-edge", self._folder.campaign)
            return Written(file=f"{MADE}/{drawing.name}")
        write_whole(outputs.path / TEST_SHEET, TEST_SHEET, self._context.pictures.write_first())
        return Written(file=TEST_SHEET)

    def _call_calibration_sheet(self, args: Args) -> Written:
        """Write the sheet that the offset of a printer is measured on."""
        self._folder.outputs.check()
        return Written(file=f"{MADE}/{write_sheet(self._folder.outputs.files, 'long-edge').name}")

    def _needed(self) -> int:
        """Return the bytes that another place must have free at least: more than one that was full."""
        if (room := self._context.maker.room) is None:
            return 0
        return room.needed if room.needed is not None else (room.free or 0) + 1

    def _call_places(self, args: Args) -> Places:
        """Return the folders where files can go, with the room there: those that have enough, the largest first."""
        folder, found = self._folder, dict[Path, Place]()
        for path in folder.environment.places():
            free = free_room(path)
            with suppress(LeafletError):
                if free is not None and os.access(path, os.W_OK) and free >= folder.outputs.room_for(self._needed()):
                    place = Place(path=str(path), name=path.name or str(path), free=free)
                    found.setdefault(check_place(str(path)), place)
        others = sorted(found.values(), key=lambda one: -(one.free or 0))
        if folder.outputs.path == folder.path:
            return Places(places=others)
        name, free = self._words.say("place_campaign"), free_room(folder.path)
        return Places(places=[Place(path=str(folder.path), name=name, free=free), *others])

    def _call_choose_place(self, args: Args) -> PlaceChosen:
        """Have files made elsewhere from now on; this is no change of the campaign, and is not undone."""
        self._context.check_free()
        self._context.maker.check_idle()
        self._folder.outputs.choose(str(args["path"]), self._needed())
        return PlaceChosen(campaign=self._context.campaign(), free=free_room(self._folder.outputs.path))

    def _call_open_folder(self, args: Args) -> FolderShown:
        """Show the folder of what was made, and no other one, in the file manager of the system."""
        outputs = self._folder.outputs
        outputs.check()
        return FolderShown(shown=self._folder.environment.show(outputs.path), folder=str(outputs.path))

    def _call_proof(self, args: Args) -> Proof:
        return Proof(sent=0, received=0, since=self._context.since, kept=list_kept(self._folder, self._words))

    def _call_erase(self, args: Args) -> Changed:
        self._context.check_free()
        self._context.maker.check_idle()
        what, folder = args["what"], self._folder
        stays = folder.own({"list": "schools", "people": "staff"}[what]) if what != "made" else []
        erased = erase(folder, what)
        return self._context.changed(kept=list_kept(folder, self._words), erased=erased, stays=stays)
