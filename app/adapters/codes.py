"""Finds and decodes QR and bar codes by zxing-cpp.

Formats are named, because looking for all of them costs ten times as much. The bar code of the certificates of 2009 to
2014 has 13 digits; its symbology is not published, so the four that can hold it are allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from app.domain.reading import Box, Code

Grey = NDArray[np.uint8]

_QR = (zxingcpp.BarcodeFormat.QRCode,)
_LINEAR = (
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.ITF,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.EAN13,
)
_SHORTEST_BARCODE = 8  # shorter ones are found in tables and hatching


def find_codes(grey: Grey) -> tuple[Code, ...]:
    """All codes of a page, top to bottom; a QR code that is seen but not understood is looked at again, enlarged."""
    seen = _read(grey, _QR + _LINEAR, return_errors=True)
    found = [_code(symbol) for symbol in seen if symbol.valid and _believable(symbol)]
    for symbol in seen:
        if not symbol.valid and symbol.format in _QR:
            found.extend(_closer(grey, _box(symbol)))
    return tuple(sorted(_different(found), key=lambda code: (code.box.y, code.box.x)))


def _closer(grey: Grey, box: Box) -> Iterator[Code]:
    margin = max(box.width, box.height) // 3 + 8
    left, top = max(0, box.x - margin), max(0, box.y - margin)
    crop = grey[top : box.y + box.height + margin, left : box.x + box.width + margin]
    for look in _looks(crop):
        for symbol in _read(look, _QR):
            inner = _box(symbol)
            place = Box(left + inner.x // 2, top + inner.y // 2, inner.width // 2, inner.height // 2)
            yield Code(kind="qr", text=symbol.text, box=place)


def _looks(crop: Grey) -> Iterator[Grey]:
    """The crop doubled, as it is and sharpened: each reads codes the other does not (measured on blurred codes)."""
    sharp = cv2.addWeighted(crop, 2.5, cv2.GaussianBlur(crop, (0, 0), 3), -1.5, 0)
    for pixels in (crop, sharp):
        yield np.asarray(cv2.resize(pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _read(grey: Grey, formats: Sequence[zxingcpp.BarcodeFormat], **options: Any) -> list[Any]:
    return zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(formats), try_invert=False, **options)


def _believable(symbol: Any) -> bool:
    return symbol.format in _QR or len(symbol.text) >= _SHORTEST_BARCODE


def _code(symbol: Any) -> Code:
    return Code(kind="qr" if symbol.format in _QR else "barcode", text=symbol.text, box=_box(symbol))


def _box(symbol: Any) -> Box:
    place = symbol.position
    corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    left, top = min(corner.x for corner in corners), min(corner.y for corner in corners)
    right, bottom = max(corner.x for corner in corners), max(corner.y for corner in corners)
    return Box(left, top, max(1, right - left), max(1, bottom - top))


def _different(codes: Iterable[Code]) -> list[Code]:
    return list({(code.kind, code.text): code for code in reversed(list(codes))}.values())
