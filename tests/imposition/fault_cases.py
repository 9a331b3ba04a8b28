"""For each fault code of imposition, the smallest table, file or measure that has it."""

from collections.abc import Callable
from pathlib import Path

from leaflet.faults import Fault, Place, Report
from leaflet.imposition.printer import Printer, check_scale, load_printer, measure, write_printer
from leaflet.imposition.records_on_sheets import check_start
from leaflet.imposition.stock import load_stock, read_stock
from leaflet.production.calibration import write_measures
from tests.support import caught, tables_of

Case = Callable[[Path], list[Fault]]
STOCK = load_stock()
GOOD: dict[str, object] = {"sheet": "A4", "card": ["85 mm", "54 mm"], "columns": 2, "rows": 5}
PRINTER = '[front]\nx = "0 mm"\ny = "0 mm"\n[back]\nx = "0 mm"\ny = "0 mm"\n'


def _own(**changes: object) -> Case:
    """A case from a user's own sheet: a good table with changes; a change to None takes a key away."""

    def case(_folder: Path) -> list[Fault]:
        report = Report()
        table = {key: value for key, value in {**GOOD, **changes}.items() if value is not None}
        read_stock("mine", table, Place(file="campaign.toml", line=9, field="stock.mine"), report)
        return list(report)

    return case


def _printer(text: str) -> Case:
    def case(folder: Path) -> list[Fault]:
        path = folder / "printer.toml"
        path.write_text(text, "utf-8")
        return caught(lambda: load_printer(path))

    return case


def _start(_folder: Path) -> list[Fault]:
    report = Report()
    check_start(STOCK["cards-a4"], 11, Place(field="--start"), report)
    return list(report)


def _unrelated(folder: Path) -> list[Fault]:
    path = folder / "campaign.toml"
    path.write_text('election = "2026"\n', "utf-8")
    return caught(lambda: write_printer(path, Printer()))


CASES: dict[str, Case] = {
    **{code: _own(**keys) for code, keys in tables_of(__file__).items()},
    "P102": _own(rows=None),
    "P110": _start,
    "P201": lambda folder: caught(lambda: load_printer(folder / "printer.toml")),
    "P202": _printer("[front"),
    "P203": _printer(PRINTER.replace("[back]", 'scale = "1 mm"\n[back]')),
    "P204": _printer(PRINTER.replace("[back]\nx", "[back]\ny", 1).replace('y = "0 mm"\ny', "y")),
    "P205": _printer(PRINTER.replace("0 mm", "10.001 mm", 1)),
    "P206": lambda _folder: caught(lambda: measure((5.0, 5.0), (50, 50))),
    "P210": lambda folder: list(write_measures(folder / "printer.toml", (56.0, 50.0), None, None).faults),
    "P207": _unrelated,
    "P208": lambda folder: caught(lambda: write_printer(folder / "absent" / "printer.toml", Printer())),
    "P209": lambda _folder: [fault for fault in (check_scale(145.5),) if fault],
}
