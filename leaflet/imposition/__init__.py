"""Say what stands where on which side of which sheet, in whole micrometres, before anything is drawn.

``stock`` label and card stock, the user's own too · ``paper`` records onto sheets, fronts and backs · ``impose`` the
layouts of a file onto its sheets, folded ones too, and which stock suits a template · ``printer_marks`` crop and fold
marks, the control line · ``bleed`` the pages of a print shop · ``printer`` a printer's offset · ``calibration_sheet``
the sheet to measure it with · ``stock_drawing`` the drawing of a sheet · ``toml_lengths`` the values of their files.

y runs downwards from the sheet's top left corner, on the back as well: a back is described as it is looked at.
Nothing here knows what a piece shows, and nothing here draws.
"""

from leaflet.imposition.calibration_sheet import CalibrationSide, Label, Note, calibration_sheet
from leaflet.imposition.printer import Printer, check_scale, load_printer, measure, write_printer
from leaflet.imposition.records_on_sheets import Flip, check_start
from leaflet.imposition.stock import Stock, find_stock, load_stock, read_stock

__all__ = [
    "CalibrationSide",
    "Flip",
    "Label",
    "Note",
    "Printer",
    "Stock",
    "calibration_sheet",
    "check_scale",
    "check_start",
    "find_stock",
    "load_printer",
    "load_stock",
    "measure",
    "read_stock",
    "write_printer",
]
