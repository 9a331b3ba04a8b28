"""Imposition: what stands where on which side of which sheet, as whole micrometres, before anything is drawn.

``stock`` label and card stock, the user's own too · ``fitting`` which of it suits a template ·
``sheets`` records onto sheets, fronts and backs · ``folds`` booklets and tri-folds · ``impose`` the layouts of a file
onto its sheets · ``marks`` crop and fold marks, the control line · ``bleed`` the pages of a print shop ·
``printer`` a printer's offset · ``calibrate`` the sheet to measure it with · ``stock_drawing`` the drawing of a sheet
· ``measuring`` what both are made of · ``reading`` the values of stock and printer files.

y runs downwards from the sheet's top left corner, on the back as well: a back is described as it is looked at.
Nothing here knows what a piece shows, and nothing here draws.
"""

from leaflet.imposition.calibrate import calibration_sheet
from leaflet.imposition.measuring import CalibrationSide, Label, Note
from leaflet.imposition.printer import Printer, check_scale, load_printer, measure, write_printer
from leaflet.imposition.sheets import Flip, check_start
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
