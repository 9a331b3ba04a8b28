"""Open the ZIP archive that a spreadsheet is, and check it before any of its XML is parsed.

Every part is unzipped once, in small chunks that are thrown away. This proves its size, its ratio and its checksum,
and that no XML in it has a document type. The sizes that the directory of the ZIP gives are not trusted.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.tables.table import Limits, SourceFile

_CHUNK = 1 << 16
_TINY = 1_000_000  # bytes of a part whose ratio does no harm
_HEADS = 5  # entries of the ZIP's directory for each part allowed; a directory with more is not even parsed
_DOCTYPE = b"<!DOCTYPE"
_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_UNSAFE = re.compile(r"[/\\]|.*(?:^|[/\\])\.\.(?:[/\\]|$)|[A-Za-z]:|.*[\x00-\x1f\\]", re.DOTALL)
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


class Archive(Struct, frozen=True, kw_only=True):
    """The parts of a spreadsheet; `check` proves that they are sound."""

    place: Place
    zip: zipfile.ZipFile
    limits: Limits

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield the bytes of a part, unzipped, in chunks."""
        try:
            with self.zip.open(part) as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except (KeyError, *BROKEN):
            raise self.damaged(part) from None

    def has(self, part: str) -> bool:
        """Check whether there is a part of this name."""
        return part in self.zip.NameToInfo

    def damaged(self, part: str) -> Exception:
        """Return the error that a part is damaged (T130)."""
        return fail("T130", self.place, part=part)

    def check(self) -> None:
        """Check the size and the safety of all parts (T126, T130 to T132, T134, T135)."""
        total = 0
        for info in self.zip.infolist():
            if _UNSAFE.match(info.filename):
                raise fail("T134", self.place, part=info.filename)
            if info.flag_bits & 1:
                raise fail("T126", self.place)
            if info.compress_type not in _METHODS:
                raise self.damaged(info.filename)
            total += self._check_part(info, total)

    def _check_part(self, info: zipfile.ZipInfo, before: int) -> int:
        size, tail = 0, b""
        is_xml = not info.filename.lower().endswith((".bin", ".png", ".jpg", ".jpeg", ".emf", ".wmf", ".gif"))
        for chunk in self.chunks(info.filename):
            size += len(chunk)
            if before + size > self.limits.unzipped_bytes:
                raise fail("T131", self.place, limit=f"{self.limits.unzipped_bytes / 1_000_000:.0f}")
            if size > _TINY and size > self.limits.ratio * max(info.compress_size, 1):
                raise fail("T132", self.place, part=info.filename, limit=self.limits.ratio)
            if is_xml and _DOCTYPE in tail + chunk:
                raise fail("T135", self.place, part=info.filename)
            tail = chunk[1 - len(_DOCTYPE) :]
        return size


def open_archive(source: SourceFile, limits: Limits) -> Archive:
    """Open a spreadsheet's archive, its directory only (T130 damaged, T133 too many parts, or one of them twice)."""
    if source.data.count(b"PK\x01\x02") > limits.parts * _HEADS:
        raise fail("T133", source.place, limit=limits.parts)
    try:
        archive = zipfile.ZipFile(BytesIO(source.data))
    except BROKEN:
        raise fail("T130", source.place, part=source.name) from None
    infos = archive.infolist()
    if len(infos) > limits.parts:
        raise fail("T133", source.place, limit=limits.parts)
    if len(archive.NameToInfo) < len(infos):
        raise fail("T130", source.place, part=source.name)
    return Archive(place=source.place, zip=archive, limits=limits)
