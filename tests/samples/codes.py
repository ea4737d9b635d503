"""Machine-readable codes as pictures: Code 128 bars drawn here, QR codes by segno.

Neither comes from the library the reader decodes with.
"""

from __future__ import annotations

import numpy as np
import segno
from numpy.typing import NDArray
from PIL import Image

from tests.samples.sheet import MM_PER_INCH

# Widths of bars and gaps of the 106 symbols of Code 128, then the stop symbol. Source: ISO/IEC 15417.
CODE_128_WIDTHS = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112"
)
CODE_128 = tuple(CODE_128_WIDTHS.split())
SWITCH_TO_B, START_C, STOP = 100, 105, 106


def draw_barcode(digits: str, *, width_mm: float, height_mm: float, dpi: int) -> Image.Image:
    """Draw 13 digits as Code 128: pairs in set C, the last digit in set B; bars black, gaps clear."""
    symbols = [START_C, *(int(digits[at : at + 2]) for at in range(0, 12, 2)), SWITCH_TO_B, ord(digits[12]) - 32]
    symbols.append((symbols[0] + sum(place * symbol for place, symbol in enumerate(symbols))) % 103)
    widths = "".join(CODE_128[symbol] for symbol in [*symbols, STOP])
    modules = [at % 2 == 0 for at, width in enumerate(widths) for _ in range(int(width))]
    module_px = max(2, round(width_mm * dpi / MM_PER_INCH / len(modules)))
    row = np.repeat(np.array(modules), module_px)
    return _clear_where_white(np.tile(row, (round(height_mm * dpi / MM_PER_INCH), 1)))


def draw_qr(text: str, *, size_mm: float, dpi: int) -> Image.Image:
    """Draw a QR code of exactly the given size, dark modules black, the rest clear."""
    modules = np.array([list(row) for row in segno.make_qr(text, error="m").matrix], dtype=bool)
    side = round(size_mm * dpi / MM_PER_INCH)
    fine = np.kron(modules, np.ones((12, 12), dtype=bool))
    alpha = Image.fromarray((fine * np.uint8(255)).astype(np.uint8)).resize((side, side), Image.Resampling.BOX)
    picture = Image.new("RGBA", (side, side), (20, 18, 20, 0))
    picture.putalpha(alpha)
    return picture


def _clear_where_white(dark: NDArray[np.bool_]) -> Image.Image:
    picture = Image.new("RGBA", (dark.shape[1], dark.shape[0]), (20, 18, 20, 0))
    picture.putalpha(Image.fromarray((dark * np.uint8(255)).astype(np.uint8)))
    return picture
