"""Read a list of schools or of staff: a file becomes a `Table`, its columns fields, its rows values.

    opening         which sheets are the list, as one `Table`, and its header → `ListColumns`: start here
    reading         file → bytes → kind of file → `Table`
    table           the values that all readers share: `ReadOptions`, `Limits`, `Row`, `Table`
    csv_reader      bytes → `Table`: delimiter, quotes; encodings: in which encoding the bytes are
    xlsx, ods       a workbook → `Sheet`; sheet_table: `Sheet` → `Table`; sheet_xml: the archive and its XML
    rows            which row is the header, how the others fit it, totals and repeated headers
    headers         what is read, what is proposed, what is refused; column_names: the known names
    column_mapping  the explanation of the columns to the user
    cells           a cell → clean text, or a fault; capitals: texts typed in capitals
    keys            what names a school: the UAI and its check letter, the SIRET
    row_reader      the fields of one row
    school          a row → `School`, its address in parts
    schools         `Table` → `School` one by one, without duplicates
    row_selection   the schools and people that are wanted, as values
    filters         the schools of a choice, in their order; how filters are typed, which columns they name
    staff           `Table` → `Person` by school; its faults never show the text of a cell
    person_names    names in one cell → first and last name

`Table.place` makes all places of faults: a line in a CSV file, a cell in a spreadsheet. Académies are not found here:
see `leaflet.campaign`.
"""

from leaflet.tables.encodings import ENCODINGS
from leaflet.tables.keys import UaiError, check_letter, is_uai, parse_uai
from leaflet.tables.reading import read_table
from leaflet.tables.school import School
from leaflet.tables.schools import load_schools, open_schools
from leaflet.tables.staff import Person, load_staff
from leaflet.tables.table import Limits, ReadOptions, Row, Table

__all__ = ["ENCODINGS", "Limits", "Person", "ReadOptions", "Row", "School", "Table", "UaiError", "check_letter"]
__all__ += ["is_uai", "load_schools", "load_staff", "open_schools", "parse_uai", "read_table"]
