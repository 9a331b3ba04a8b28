"""QR codes of pictures, read by ZXing. Only these are looked for: other kinds of code take ten times as long."""

from collections.abc import Sequence

import numpy as np
import zxingcpp


def find_codes(picture: np.ndarray) -> Sequence[zxingcpp.Barcode]:
    """Return the codes of a picture, each with its place."""
    return zxingcpp.read_barcodes(np.ascontiguousarray(picture), formats=zxingcpp.BarcodeFormat.QRCode)


def decode(picture: np.ndarray) -> list[str]:
    """Return the texts of the codes of a picture, sorted."""
    return sorted(code.text for code in find_codes(picture))
