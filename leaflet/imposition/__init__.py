"""Imposition: what stands where on which side of which sheet, as whole micrometres, before anything is drawn.

``stock`` label and card stock, the user's own too · ``sheets`` records onto sheets, fronts and backs ·
``folds`` booklets and tri-folds · ``marks`` crop and fold marks, the control line, the boxes of a print-shop page ·
``printer`` a printer's offset · ``calibrate`` the sheet it is measured with · ``reading`` strict TOML tables.

y runs downwards from the sheet's top left corner, on the back as well: a back is described as it is looked at.
Nothing here knows what a face holds, and nothing here draws.
"""

from leaflet.imposition.calibrate import CalibrationSide, Label, Note, calibration_sheet
from leaflet.imposition.folds import TRIFOLD_HEIGHT, TRIFOLD_WIDTHS, plan_booklet, plan_trifold
from leaflet.imposition.marks import ControlLine, PressBox, control_line, crop_marks, fold_marks, press_box
from leaflet.imposition.printer import Offset, Printer, check_scale, load_printer, measure, shift, write_printer
from leaflet.imposition.sheets import (
    Flip,
    Imposed,
    Order,
    Side,
    check_start,
    duplex_name,
    mirrored,
    pile_order,
    plan_sheets,
    turned_around,
)
from leaflet.imposition.stock import UNPRINTABLE, Stock, find_stock, load_stock, read_own_stock

__all__ = [
    "TRIFOLD_HEIGHT",
    "TRIFOLD_WIDTHS",
    "UNPRINTABLE",
    "CalibrationSide",
    "ControlLine",
    "Flip",
    "Imposed",
    "Label",
    "Note",
    "Offset",
    "Order",
    "PressBox",
    "Printer",
    "Side",
    "Stock",
    "calibration_sheet",
    "check_scale",
    "check_start",
    "control_line",
    "crop_marks",
    "duplex_name",
    "find_stock",
    "fold_marks",
    "load_printer",
    "load_stock",
    "measure",
    "mirrored",
    "pile_order",
    "plan_booklet",
    "plan_sheets",
    "plan_trifold",
    "press_box",
    "read_own_stock",
    "shift",
    "turned_around",
    "write_printer",
]
