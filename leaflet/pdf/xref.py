"""The end of a PDF file: cross-reference table and trailer (ISO 32000-1 §7.5.4, §7.5.5)."""

from leaflet.pdf.objects import ref

ENTRY = b"%010d 00000 n \n"  # an object in use, by its offset: 20 bytes
FREE = b"0000000000 65535 f \n"


def table_head(size: int) -> bytes:
    """Return the start of a table of the objects from 0, which is never in use, to `size` - 1."""
    return b"xref\n0 %d\n" % size + FREE


def trailer(size: int, root: int, information: int, identity: bytes, start: int) -> bytes:
    """Return a trailer.

    Args:
        size: one more than the highest object number.
        root: number of the catalog.
        information: number of the document information.
        identity: of the file, 32 hexadecimal digits.
        start: offset of the cross-reference table.
    """
    entries = (size, ref(root), ref(information), identity, identity, start)
    return b"trailer\n<< /Size %d /Root %b /Info %b /ID [<%b> <%b>] >>\nstartxref\n%d\n%%%%EOF\n" % entries
