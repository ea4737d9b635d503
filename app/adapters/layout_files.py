"""Loads the layouts of the workbook: the one that ships with the program, or a file an office sent."""

from __future__ import annotations

from pathlib import Path

import resources
from app.domain.form01 import KEYS
from app.domain.layout import FormLayout, read_layout
from app.errors import InputError

FORM01 = "layouts/form01-2025.json"


def load_form01_layout(file: Path | None = None) -> FormLayout:
    """The layout of form 01.

    Args:
        file: A layout of the office's own; None for the one that ships.

    Raises:
        InputError: `unreadable_file`, `bad_record`.
    """
    if file is None:
        return read_layout(resources.text(FORM01), KEYS)
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("unreadable_file", file=file.name) from error
    return read_layout(text, KEYS)
