"""Finds Tesseract's language models."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import resources
from app.errors import DeviceError

VIETNAMESE = "vie"
ENGLISH = "eng"

_SYSTEM = Path("/usr/share/tesseract-ocr")


def find_tessdata(language: str) -> Path:
    """The folder that holds a language's model: TESSDATA_PREFIX, then our own, then Debian's.

    Raises:
        DeviceError: `ocr_missing`.
    """
    for folder in _folders():
        if (folder / f"{language}.traineddata").is_file():
            return folder
    raise DeviceError("ocr_missing", language=language)


def has_language(language: str) -> bool:
    """Whether a language can be read on this computer."""
    try:
        find_tessdata(language)
    except DeviceError:
        return False
    return True


def _folders() -> Iterator[Path]:
    prefix = os.environ.get("TESSDATA_PREFIX")
    if prefix:
        yield Path(prefix)
        yield Path(prefix) / "tessdata"
    yield resources.path("tessdata")
    if _SYSTEM.is_dir():
        yield from sorted(_SYSTEM.glob("*/tessdata"), reverse=True)
