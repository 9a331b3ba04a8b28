"""Plan what « Fabriquer » makes, and say and erase what is kept."""

from leaflet.campaign.answers import with_answers
from leaflet.campaign.source import read_campaign
from leaflet.faults import Report
from leaflet.production.calibration import write_drawing
from leaflet.studio import pages
from leaflet.studio.desk import Answer, Args, Call, Desk, Upload
from leaflet.studio.kept import erase, list_kept
from leaflet.studio.making import TEST_SHEET, plan


class MakeCalls:
    """The calls about files: what can be made, and what is kept.

    Args:
        desk: what all calls share.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._since = desk.folder.surroundings.clock().isoformat(timespec="seconds")
        self.calls: dict[str, Call] = {
            "plan": lambda _: plan(self._desk.folder, self._desk.pictures.materials, self._desk.words),
            "testSheet": lambda _: {"file": self._write_test_sheet()},
            "proof": lambda _: self._proof(),
            "erase": self._erase,
        }
        self.uploads: dict[str, Upload] = {}

    def date(self) -> None:
        """Date the campaign today, unless it has a date: a file for the print shop must carry one."""
        folder = self._desk.folder
        if "issued_on" not in read_campaign(folder.campaign, Report()).tree:
            today = folder.surroundings.clock().date()
            with self._desk.change({}, "did_date", day=self._desk.words.day(today)):
                text = with_answers(folder.campaign, folder.read_text() or "", {"issued_on": today})
                folder.write(folder.campaign.name, text.encode())

    def _write_test_sheet(self) -> str:
        """Write one sheet to try the printer with: the drawing of the cards' sheet, else the first school's pages."""
        sheets = pages.list_sheets(self._desk.folder, self._desk.words)
        if sheets["sheet"] and self._desk.folder.state.kind == "cards":
            return write_drawing(
                self._desk.folder.path, sheets["sheet"], "long-edge", self._desk.folder.campaign
            ).name
        self._desk.folder.write(TEST_SHEET, self._desk.pictures.write_first())
        return TEST_SHEET

    def _proof(self) -> Answer:
        return {"sent": 0, "since": self._since, "kept": list_kept(self._desk.folder, self._desk.words)}

    def _erase(self, args: Args) -> Answer:
        self._desk.check_free()
        erase(self._desk.folder, str(args["what"]))
        return self._desk.changed(kept=list_kept(self._desk.folder, self._desk.words))
