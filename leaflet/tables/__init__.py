"""Reading a list of schools or of staff: a file becomes a `Table`, its columns fields, its rows values.

    reading      file → Table, whatever kind it is: the door (ReadOptions: what the user may say)
    source       file → bytes; kinds: which kind of file they are, and what is refused by name
    encodings    bytes → encoding, by French letters; csv_reader: bytes → Table (delimiter, quotes)
    archive      a spreadsheet as a ZIP, judged before it is parsed; xml_stream: its XML, in a stream
    xlsx_reader  XLSX → Sheet; xlsx_book: what its cells refer to; number_format: numbers as shown
    ods_reader   ODS → Sheet; sheets: which sheet is read
    sheet        Sheet → Table (hidden, merged, dates, errors); headline: where the header is
    fit          rows as long as the header, caps; furniture: totals and repeated headers
    headers      header → Columns (what is refused at sight); names: the facts it goes by
    cells        one cell → clean text, or a fault; fields: the cells of one row
    uai          the eight characters that name a school, and their check letter
    lists        file → Table and Columns, the same way for every list
    filters      which schools are wanted, in which order; asked: columns that only a filter reads
    school       one row → School, with all faults of the row
    schools      Table → School one by one, duplicates
    staff        Table → Person by school; its faults never show what a cell says

`Table.place` is the one place where coordinates are made: a line in a CSV file, a cell in a spreadsheet. No académie
is found here: see ``leaflet.campaign``.
"""

from leaflet.tables.csv_reader import ENCODINGS, read_csv
from leaflet.tables.reading import ReadOptions, read_table
from leaflet.tables.schools import School, load_schools, read_schools
from leaflet.tables.staff import Person, load_staff
from leaflet.tables.table import Limits, Row, Table
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
    "parse_uai",
    "read_csv",
    "read_schools",
    "read_table",
]
