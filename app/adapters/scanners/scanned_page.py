"""Looks at a page a driver delivered: it must decode fully and have the size that was asked for."""

from __future__ import annotations

import warnings
from pathlib import Path

from PIL import Image

from app.adapters.images import DECODER_FAILURES, MAX_PAGE_PIXELS

_TOLERANCE = 0.02
_ROUNDING_PX = 8


def flaw_of(
    file: Path,
    *,
    width_px: int | None = None,
    height_px: int | None = None,
    dpi: int | None = None,
    may_be_shorter: bool = False,
) -> str | None:
    """What is wrong with a TIFF page, for the support; None when it is good.

    Args:
        file: The delivered file.
        width_px: Expected width; None when the device decides.
        height_px: Expected height.
        dpi: Expected resolution.
        may_be_shorter: Sheet-fed devices end a page where the sheet ends. A page cut by a fault does not pass as
            one: its header promises more lines than there are.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=["TIFF"]) as image:
                size, resolution = image.size, image.info.get("dpi", (0, 0))[0]
                if size[0] * size[1] > MAX_PAGE_PIXELS:
                    return f"size {size[0]}x{size[1]}"
                image.load()
    except DECODER_FAILURES as error:
        return f"decode: {type(error).__name__}"
    if dpi is not None and not _is_near(float(resolution), dpi, 0):
        return f"dpi {float(resolution):g} instead of {dpi}"
    if width_px is not None and not _is_near(size[0], width_px, _ROUNDING_PX):
        return f"width {size[0]} instead of {width_px}"
    is_short = may_be_shorter and height_px is not None and 0 < size[1] < height_px
    if height_px is not None and not is_short and not _is_near(size[1], height_px, _ROUNDING_PX):
        return f"height {size[1]} instead of {height_px}"
    return None


def _is_near(found: float, expected: float, slack: float) -> bool:
    return abs(found - expected) <= max(_TOLERANCE * expected, slack)
