"""Reading a list of schools or of staff: a file becomes a `Table`, its columns fields, its rows values.

    source       file → bytes and encoding
    csv_reader   bytes → Table (delimiter, quotes); fit: rows as long as the header, caps
    headers      header → Columns (what is refused at sight); names: the facts it goes by
    cells        one cell → clean text, or a fault; fields: the cells of one row
    uai          the eight characters that name a school, and their check letter
    lists        file → Table and Columns, the same way for every list
    school       one row → School, with all faults of the row
    schools      Table → School one by one, duplicates
    staff        Table → Person by school; its faults never show what a cell says

Only CSV is read. A reader of spreadsheets has to return the same `Table` (`Table.place` is the one place
where coordinates are made); nothing behind it changes. No académie is found here: see ``leaflet.campaign``.
"""

from leaflet.tables.csv_reader import ENCODINGS, read_csv
from leaflet.tables.schools import School, load_schools, read_schools
from leaflet.tables.staff import Person, load_staff
from leaflet.tables.table import Limits, Row, Table
from leaflet.tables.uai import UaiError, check_letter, is_uai, parse_uai

__all__ = [
    "ENCODINGS",
    "Limits",
    "Person",
    "Row",
    "School",
    "Table",
    "UaiError",
    "check_letter",
    "is_uai",
    "load_schools",
    "load_staff",
    "parse_uai",
    "read_csv",
    "read_schools",
]
