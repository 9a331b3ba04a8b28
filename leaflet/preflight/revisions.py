"""What a file keeps of its past: earlier revisions that later ones were only added to (ISO 32000-1 §7.5.6).

A program that saves quickly appends what changed, and what was deleted is still there for who looks.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO

import pikepdf

from leaflet.preflight.reader.fingerprint import digest

_END = re.compile(rb"%%EOF[\r\n]*")
_MOST = 20  # revisions looked at


def count_left_pages(data: bytes, pdf: pikepdf.Pdf) -> int:
    """How many pages of earlier revisions say something that the file, opened as `pdf`, does not say any more."""
    ends = [match.end() for match in _END.finditer(data)][:_MOST]
    if len(ends) < 2:
        return 0
    now = set(_contents(pdf))
    before = {page for end in ends[:-1] for page in _earlier(data[:end])}
    return len(before - now)


def _earlier(data: bytes) -> tuple[bytes, ...]:
    """The pages of an earlier revision; nothing if what ends here is none, as the first part of a linearized file."""
    try:
        with closing(pikepdf.open(BytesIO(data), attempt_recovery=False)) as pdf:
            return tuple(_contents(pdf))
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError):
        return ()


def _contents(pdf: pikepdf.Pdf) -> Iterator[bytes]:
    """A hash of what is drawn on each page."""
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        yield digest(*(stream.read_bytes() for stream in streams if isinstance(stream, pikepdf.Stream)))
