"""Tesseract inside this process, warm between pages.

Only worker processes import this: a crash of the engine ends the process it lives in.
"""

from __future__ import annotations

import tesserocr

from app.adapters.ocr.tessdata import VIETNAMESE, find_tessdata
from app.adapters.ocr.tsv import lines_from_tsv
from app.domain.reading import Line
from app.errors import DeviceError
from app.ports import GreyImage, Layout

_MODES = {
    Layout.AUTO: tesserocr.PSM.AUTO,
    Layout.BLOCK: tesserocr.PSM.SINGLE_BLOCK,
    Layout.SPARSE: tesserocr.PSM.SPARSE_TEXT,
    Layout.LINE: tesserocr.PSM.SINGLE_LINE,
}


class TesserocrEngine:
    """An `OcrEngine`; use it in one thread only.

    Args:
        language: Which model to load, such as "vie".

    Raises:
        DeviceError: `ocr_missing`.
    """

    def __init__(self, language: str = VIETNAMESE) -> None:
        folder = find_tessdata(language)
        tesserocr.set_leptonica_log_level(tesserocr.LeptLogLevel.NONE)  # it complains of specks on the error stream
        try:
            self._api = tesserocr.PyTessBaseAPI(path=str(folder), lang=language, oem=tesserocr.OEM.LSTM_ONLY)
        except RuntimeError as error:
            raise DeviceError("ocr_missing", language=language) from error
        self._api.SetVariable("invert_threshold", "0")  # no line is read a second time in inverted colours

    def read(self, image: GreyImage, layout: Layout = Layout.AUTO, whitelist: str = "") -> tuple[Line, ...]:
        """Lines in reading order, boxes in pixels of the image given."""
        try:
            self._api.SetPageSegMode(_MODES[layout])
            self._api.SetVariable("tessedit_char_whitelist", whitelist)
            self._api.SetImageBytes(image.pixels, image.width_px, image.height_px, 1, image.width_px)
            self._api.SetSourceResolution(image.dpi)
            if not self._api.Recognize():
                raise DeviceError("ocr_failed")
            return lines_from_tsv(self._api.GetTSVText(0))
        except (RuntimeError, ValueError) as error:
            raise DeviceError("ocr_failed") from error
        finally:
            self._api.Clear()

    def close(self) -> None:
        """Free the engine."""
        self._api.End()
