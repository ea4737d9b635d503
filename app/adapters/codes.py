"""Finds and decodes QR and bar codes by zxing-cpp.

Formats are named, because looking for all of them costs ten times as much. The bar code of the certificates of 2009 to
2014 has 13 digits; its symbology is not published, so the four that can hold it are allowed. Source: CPU seconds for a
page of 300 dpi, mean of 27 office scans: QR alone .011, the four bar codes .019, all five .027.

What looks like a code and was not understood is looked at again, enlarged and in other contrasts; other pages pay only
for the look round. What a code says is foreign text: it is decoded here, cleaned, and cut where no code is so long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from app.adapters.preparing import READING_DPI
from app.domain.payloads import text_of_payload
from app.domain.reading import Box, Code

Grey = NDArray[np.uint8]
Mask = NDArray[np.bool_]

_QR = (zxingcpp.BarcodeFormat.QRCode,)
_LINEAR = (
    zxingcpp.BarcodeFormat.Code128,
    zxingcpp.BarcodeFormat.ITF,
    zxingcpp.BarcodeFormat.Code39,
    zxingcpp.BarcodeFormat.EAN13,
)
_SHORTEST_BARCODE = 8  # shorter ones are found in tables and hatching
_GLOBAL = zxingcpp.Binarizer.GlobalHistogram

_STEP = 8  # pixels of the page for one of the maps of edges
_MM = READING_DPI / 25.4 / _STEP  # pixels of these maps
_BUSY = 10.0  # mean step of brightness from pixel to pixel where there may be a code
_QR_SIDE_MM = (7.0, 45.0)
_BARS_MM = (18.0, 4.0)  # least length and height of bars
_FULL = 0.72  # share of its rectangle that a code fills
_ONE_WAY = 2.5  # bars change at least this much more across than along
_MOST_SUSPECTS = 4
_TWICE, _THRICE = 2, 3


def find_codes(grey: Grey) -> tuple[Code, ...]:
    """All codes of a page at about 300 dpi, top to bottom."""
    seen = _read(grey, _QR + _LINEAR, return_errors=True, try_downscale=False)
    found = [code for symbol in seen if symbol.valid and (code := _code(symbol, _box(symbol)))]
    missed = [_box(symbol) for symbol in seen if not symbol.valid and symbol.format in _QR]
    squares, bars = _suspects(grey)
    for box in _not_among([*missed, *squares], found):
        found.extend(_closer(grey, box, _QR))
    for box in _not_among(bars, found):
        found.extend(_closer(grey, box, _LINEAR))
    different = {(code.kind, code.text): code for code in reversed(found)}
    return tuple(sorted(different.values(), key=lambda code: (code.box.y, code.box.x)))


def _read(grey: Grey, formats: Sequence[zxingcpp.BarcodeFormat], **options: Any) -> list[Any]:
    return zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(formats), try_invert=False, **options)


def _code(symbol: Any, box: Box) -> Code | None:
    """What a symbol says; None for bars that are too short to be believed, and for a symbol without text."""
    text = text_of_payload(bytes(symbol.bytes))
    is_qr = symbol.format in _QR
    if not text or (not is_qr and len(text) < _SHORTEST_BARCODE):
        return None
    return Code(kind="qr" if is_qr else "barcode", text=text, box=box)


def _box(symbol: Any) -> Box:
    place = symbol.position
    corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
    left, top = min(corner.x for corner in corners), min(corner.y for corner in corners)
    right, bottom = max(corner.x for corner in corners), max(corner.y for corner in corners)
    return Box(left, top, max(1, right - left), max(1, bottom - top))


# ---------------------------------------------------------------- where a code may be


def _suspects(grey: Grey) -> tuple[list[Box], list[Box]]:
    """Places that look like QR codes, and places that look like bars: busy rectangles of the right shape."""
    if min(grey.shape) < 4 * _STEP:
        return [], []
    size = (grey.shape[1] - 1) // _STEP, (grey.shape[0] - 1) // _STEP
    across, along = _steps(grey[::4], grey[::4, 1:], size), _steps(grey[::4], grey[1::4], size)
    busy = np.maximum(across, along) > _BUSY
    both_ways = np.minimum(cv2.blur(across, (5, 5)), cv2.blur(along, (5, 5))) > _BUSY
    one_way = busy & (np.maximum(across, along) > _ONE_WAY * np.minimum(across, along))
    squares = [box for box in _rectangles(both_ways, 1) if _is_square(box)]
    bars = [box for box in _rectangles(one_way, int(2 * _MM) | 1) if _is_long(box)]
    return [_on_page(box) for box in squares], [_on_page(box) for box in bars]


def _steps(one: Grey, next_to_it: Grey, size: tuple[int, int]) -> NDArray[np.float32]:
    """Mean difference of pixels that stand side by side, for each square of the map; every fourth row counts.

    Pixels that fill no square are left out: whole squares are far cheaper.
    """
    rows, columns = size[1] * _STEP // 4, size[0] * _STEP
    steps = cv2.absdiff(one[:rows, :columns], next_to_it[:rows, :columns])
    return np.asarray(cv2.resize(steps, size, interpolation=cv2.INTER_AREA), dtype=np.float32)


def _rectangles(mask: Mask, gap: int) -> list[Box]:
    """Rectangles around what hangs together and fills them well, largest first."""
    small = mask.astype(np.uint8)
    if gap > 1:
        small = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((gap, gap), np.uint8)), np.uint8)
    small = np.asarray(cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=4)
    boxes = [
        Box(*(int(value) for value in row[:4]))
        for row in stats[1:]
        if row[cv2.CC_STAT_AREA] >= _FULL * row[cv2.CC_STAT_WIDTH] * row[cv2.CC_STAT_HEIGHT]
    ]
    return sorted(boxes, key=lambda box: -box.width * box.height)


def _is_square(box: Box) -> bool:
    low, high = (limit * _MM for limit in _QR_SIDE_MM)
    return all(low <= side <= high for side in (box.width, box.height)) and 0.7 <= box.width / box.height <= 1.43


def _is_long(box: Box) -> bool:
    long, short = max(box.width, box.height), min(box.width, box.height)
    return long >= _BARS_MM[0] * _MM and short >= _BARS_MM[1] * _MM and long >= 2 * short


def _on_page(box: Box) -> Box:
    return Box(*(value * _STEP for value in box))


def _not_among(boxes: Sequence[Box], found: Sequence[Code]) -> list[Box]:
    """The first places whose middle lies in no code found."""
    return [box for box in boxes if not any(_has_middle(code.box, box) for code in found)][:_MOST_SUSPECTS]


def _has_middle(code: Box, box: Box) -> bool:
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return code.x <= x <= code.x + code.width and code.y <= y <= code.y + code.height


# ---------------------------------------------------------------- the second look


def _closer(grey: Grey, box: Box, formats: Sequence[zxingcpp.BarcodeFormat]) -> Iterator[Code]:
    """What the first look at a place that understands it says."""
    margin = min(box.width, box.height) // 3 + 12
    left, top = max(0, box.x - margin), max(0, box.y - margin)
    crop = grey[top : box.y + box.height + margin, left : box.x + box.width + margin]
    for look, times, options in _looks(crop, formats):
        codes = []
        for symbol in _read(look, formats, **options):
            inner = _box(symbol)
            size = (max(1, side // times) for side in (inner.width, inner.height))
            codes.append(_code(symbol, Box(left + inner.x // times, top + inner.y // times, *size)))
        if any(codes):
            yield from (code for code in codes if code)
            return


def _looks(crop: Grey, formats: Sequence[zxingcpp.BarcodeFormat]) -> Iterator[tuple[Grey, int, dict[str, Any]]]:
    """The crop enlarged as it is, sharpened, smoothed, with even contrast: each reads codes the others do not.

    With each look comes how many times it is enlarged, and the options to read it with.
    """
    sharp = np.asarray(cv2.addWeighted(crop, 2.5, cv2.GaussianBlur(crop, (0, 0), 3), -1.5, 0), np.uint8)
    yield _times(crop, _TWICE), _TWICE, {}
    yield _times(sharp, _TWICE), _TWICE, {}
    yield _times(np.asarray(cv2.GaussianBlur(crop, (0, 0), 1.5), np.uint8), _TWICE), _TWICE, {}
    yield _times(sharp, _THRICE), _THRICE, {"binarizer": _GLOBAL}
    strong = np.asarray(cv2.addWeighted(crop, 6.0, cv2.GaussianBlur(crop, (0, 0), 2.5), -5.0, 0), np.uint8)
    yield _times(strong, _THRICE), _THRICE, {}
    even = cv2.createCLAHE(clipLimit=4.0, tileGridSize=(4, 4)).apply(crop)
    yield _times(np.asarray(even, np.uint8), _TWICE), _TWICE, {}
    if formats != _QR:
        along = crop.shape[0] < crop.shape[1]
        blur = (1, max(3, crop.shape[0] // 4 | 1)) if along else (max(3, crop.shape[1] // 4 | 1), 1)
        yield _times(np.asarray(cv2.blur(crop, blur), np.uint8), _THRICE), _THRICE, {}


def _times(pixels: Grey, times: int) -> Grey:
    return np.asarray(cv2.resize(pixels, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)
