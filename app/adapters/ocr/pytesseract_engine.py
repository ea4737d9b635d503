"""Tesseract as a program of its own, one start per image: where tesserocr has no wheel, and for a second opinion.

The image goes by a PGM file, because packing a PNG costs more than reading the page; one thread, because several slow
each other down fivefold. Source: field measurements of both.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytesseract

from app.adapters.ocr.tessdata import VIETNAMESE, find_tessdata
from app.adapters.ocr.tsv import lines_from_tsv
from app.domain.reading import Line
from app.errors import DeviceError
from app.ports import GreyImage, Layout

_MODES = {Layout.AUTO: 3, Layout.BLOCK: 6, Layout.SPARSE: 11, Layout.LINE: 7}
_TIME_LIMIT_S = 120


class PytesseractEngine:
    """An `OcrEngine` over the `tesseract` program; use it in one thread only.

    Args:
        language: Which model to load, such as "vie".

    Raises:
        DeviceError: `ocr_missing`.
    """

    def __init__(self, language: str = VIETNAMESE) -> None:
        self._language = language
        self._tessdata = find_tessdata(language)
        try:
            pytesseract.get_tesseract_version()
        except pytesseract.TesseractNotFoundError as error:
            raise DeviceError("ocr_missing", language=language) from error

    def read(self, image: GreyImage, layout: Layout = Layout.AUTO, whitelist: str = "") -> tuple[Line, ...]:
        """Lines in reading order, boxes in pixels of the image given."""
        with tempfile.TemporaryDirectory(prefix="diaba-ocr-") as folder:
            file = Path(folder) / "page.pgm"
            file.write_bytes(b"P5\n%d %d\n255\n" % (image.width_px, image.height_px) + image.pixels)
            return lines_from_tsv(self._run(file, self._config(image, layout, whitelist)))

    def close(self) -> None:
        """Nothing stays between images."""

    def _config(self, image: GreyImage, layout: Layout, whitelist: str) -> str:
        config = f"--oem 1 --psm {_MODES[layout]} --dpi {image.dpi}"
        return f"{config} -c tessedit_char_whitelist={whitelist}" if whitelist else config

    def _run(self, file: Path, config: str) -> str:
        try:
            with _environment(OMP_THREAD_LIMIT="1", TESSDATA_PREFIX=str(self._tessdata)):
                return str(
                    pytesseract.image_to_data(str(file), lang=self._language, config=config, timeout=_TIME_LIMIT_S)
                )
        except pytesseract.TesseractNotFoundError as error:
            raise DeviceError("ocr_missing", language=self._language) from error
        except (pytesseract.TesseractError, RuntimeError, OSError) as error:
            raise DeviceError("ocr_failed") from error


@contextmanager
def _environment(**values: str) -> Iterator[None]:
    """The program inherits our environment: pytesseract offers no other way to hand it one."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
