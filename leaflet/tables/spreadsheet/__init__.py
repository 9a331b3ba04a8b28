"""Read spreadsheets, XLSX and ODS: an archive of XML becomes a `Table`.

archive         the ZIP, checked before anything in it is parsed
xml_stream      a streaming parser for the XML in it
xlsx            XLSX → `Sheet`; xlsx_workbook: the texts and formats that its cells refer to
ods             ODS → `Sheet`
number_format   numbers as shown
sheet           which sheet is read, and the base of both parsers
sheet_table     `Sheet` → `Table`: header, hidden and merged cells, doubtful cells
"""
