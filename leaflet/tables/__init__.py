"""Reading a list of schools or of staff: a file becomes a `Table`, its columns fields, its rows values.

    opening       which sheets are the list, as one `Table`, and its header → `ListColumns`: start here
    reading       file → bytes → kind of file → `Table`
    table         the values that all readers share: `ReadOptions`, `Limits`, `Row`, `Table`
    csv_reader    bytes → `Table`: delimiter, quotes; encodings: in which encoding the bytes are
    spreadsheet   XLSX and ODS → `Table`: see the modules there
    rows          which row is the header, how the others fit it, totals and repeated headers
    headers       what is read, what is proposed, what is refused; names: the known names
    mapping       the explanation of the columns to the user
    cells         a cell → clean text, or a fault; capitals, communes: texts typed in capitals
    uai           the eight characters that name a school, and their check letter
    row_reader    the fields of one row
    school        a row → `School`
    schools       `Table` → `School` one by one, without duplicates
    choice        the schools and people that are wanted, as values; filter_options: as they are typed
    filters       the schools of a choice, in their order; people_filter: its people; filter_columns: columns it names
    staff         `Table` → `Person` by school; its faults never show the text of a cell
    person_names  names in one cell → first and last name; particles: « de », « von » before them
    postal_address  an address in one cell → its parts

`Table.place` makes all places of faults: a line in a CSV file, a cell in a spreadsheet. Académies are not found here:
see ``leaflet.campaign``.
"""

from leaflet.tables.encodings import ENCODINGS
from leaflet.tables.reading import read_table
from leaflet.tables.school import School
from leaflet.tables.schools import load_schools, open_schools
from leaflet.tables.staff import Person, load_staff
from leaflet.tables.table import Limits, ReadOptions, Row, Table
from leaflet.tables.uai import UaiError, check_letter, is_uai, parse_uai

__all__ = [
    "ENCODINGS",
    "Limits",
    "Person",
    "ReadOptions",
    "Row",
    "School",
    "Table",
    "UaiError",
    "check_letter",
    "is_uai",
    "load_schools",
    "load_staff",
    "open_schools",
    "parse_uai",
    "read_table",
]
