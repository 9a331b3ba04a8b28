"""Decode QR codes: ZXing does, where it is installed; in a browser another build of it (`use_reader`)."""

from collections.abc import Callable
from typing import TypeAlias

from leaflet.faults import Place, Report
from leaflet.files.raster import Raster

CodeReader: TypeAlias = Callable[[Raster], str | None]  # returns the text of the one QR code; None if unreadable
_readers: list[CodeReader] = []  # one, where it is not the installed ZXing


def use_reader(reader: CodeReader) -> None:
    """Have codes decoded by this one from now on."""
    _readers[:] = [reader]


def can_decode() -> bool:
    """Tell whether QR codes can be decoded here: there are systems that ZXing has no wheel for."""
    if _readers:
        return True
    try:
        import zxingcpp  # noqa: F401 - looked for
    except ModuleNotFoundError:
        return False
    return True


def warn_of_codes(report: Report) -> None:
    """Report, for all files of a command, that their codes are not decoded, if they cannot be (V109)."""
    if not can_decode():
        report.add("V109", Place())


def decode(picture: Raster) -> str | None:
    """Return the text of the one QR code in a grey picture; only where codes can be decoded."""
    if _readers:
        return _readers[0](picture)
    import zxingcpp

    levels = memoryview(picture.samples).cast("B", (picture.height, picture.width))
    found = zxingcpp.read_barcode(levels, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return found.text if found else None
