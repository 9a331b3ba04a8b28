"""Recognise a PDF that this program wrote, by its end alone, however large it is."""

import os
import re
from typing import BinaryIO

from leaflet.pdf.xref import ENTRY, table_head

_END = re.compile(
    rb"trailer\n<< /Size (\d+) /Root \d+ 0 R /Info (\d+) 0 R /ID \[<([0-9A-Fa-f]{32})> <\3>\] >>\n"
    rb"startxref\n(\d+)\n%%EOF\n\Z"
)
_PRODUCER = b"/Producer (leaflet "
_END_BYTES = 512
_INFORMATION_BYTES = 8192  # title and publisher are the longest entries
_ENTRY_BYTES = len(ENTRY % 0)


def is_written_here(file: BinaryIO) -> bool:
    """Check whether a PDF ends as this program ends its files, and says in its information that it made it.

    A program that saves such a file anew writes another end; one that appends to it leaves its own.
    """
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _END_BYTES))
    match = _END.search(file.read(_END_BYTES))
    if match is None:
        return False
    objects, information, start = int(match[1]), int(match[2]), int(match[4])
    if information >= objects or start >= size:
        return False
    file.seek(start + len(table_head(objects)) - _ENTRY_BYTES + _ENTRY_BYTES * information)
    offset = file.read(10)
    if not offset.isdigit() or int(offset) >= size:
        return False
    file.seek(int(offset))
    return _PRODUCER in file.read(_INFORMATION_BYTES).partition(b"endobj")[0]
