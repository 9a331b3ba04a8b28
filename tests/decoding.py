"""QR codes of pictures, read by ZXing, and by OpenCV, which sees each code alone: it misses some of several."""

from collections.abc import Iterator, Sequence

import cv2
import numpy as np
import zxingcpp

_ENLARGED = (3, 4, 2)  # times, one after the other


def find_codes(picture: np.ndarray) -> Sequence[zxingcpp.Barcode]:
    """Return the codes of a picture, each with its place."""
    return zxingcpp.read_barcodes(np.ascontiguousarray(picture), formats=zxingcpp.BarcodeFormat.QRCode)


def decode(picture: np.ndarray) -> list[str]:
    """Return the texts of the codes of a picture, sorted."""
    return sorted(code.text for code in find_codes(picture))


def crops(picture: np.ndarray) -> Iterator[np.ndarray]:
    """Yield the part of a picture around each code, with its quiet zone."""
    for found in find_codes(picture):
        corners = found.position
        xs = [p.x for p in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)]
        ys = [p.y for p in (corners.top_left, corners.top_right, corners.bottom_left, corners.bottom_right)]
        margin = (max(xs) - min(xs)) // 8
        yield picture[max(min(ys) - margin, 0) : max(ys) + margin, max(min(xs) - margin, 0) : max(xs) + margin]


def decode_by_opencv(crop: np.ndarray) -> str:
    """Return the text of the one code of a picture; empty if OpenCV cannot read it."""
    for scale in _ENLARGED:
        enlarged = cv2.resize(crop, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        text, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.cvtColor(enlarged, cv2.COLOR_GRAY2BGR))
        if text:
            return str(text)
    return ""
