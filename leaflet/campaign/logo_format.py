"""Know the format of a logo by the first bytes of its file, whatever its name says."""

from typing import Literal

LogoFormat = Literal["PNG", "JPEG", "SVG", "PDF", ""]
MAX_LOGO_BYTES = 2_000_000
HEAD = 4096  # bytes: comments of drawing programs stand before the first element
_PDF_HEAD = 1024  # ISO 32000-1 annex H, note 13: readers look for the header that far


def format_of(data: bytes) -> LogoFormat:
    """Return the format of a file; empty if it is none that can be printed."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "PDF"
    head = data[:HEAD].replace(b"\0", b"")  # of two bytes a letter, perhaps
    if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"svg" in head:
        return "SVG"
    return ""
