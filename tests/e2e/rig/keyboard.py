"""A keyboard that has every Vietnamese letter on a key of its own.

A key that is not on the keyboard makes xdotool change the keyboard for a moment, and a busy program reads the change
too late: letters are lost. So the letters are put on unused keys before the program starts.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

MARKED_LETTERS = "ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
OTHER_SIGNS = "“”–²"
UNUSED_CODES = (*range(156, 203), *range(208, 255))
"""Codes of multimedia keys; 203 to 207 are left to the modifiers."""

_NAME = re.compile(r"<(\w+)> = (\d+);")


def put_vietnamese_letters(display: str) -> None:
    """Give the keyboard of an X display every Vietnamese letter, capitals with Shift."""
    present = _run(["xkbcomp", display, "-"], None)
    names = {int(code): name for name, code in _NAME.findall(present)}
    free = [names[code] for code in UNUSED_CODES if code in names]
    keys = "\n".join(
        f"    override key <{name}> {{ [ {', '.join(f'U{ord(sign):04X}' for sign in signs)} ] }};"
        for name, signs in zip(free, _pairs(), strict=False)
    )
    _run(["xkbcomp", "-w0", "-", display], _KEYMAP % keys)


def _pairs() -> Iterator[tuple[str, str]]:
    yield from ((letter, letter.upper()) for letter in MARKED_LETTERS)
    yield from zip(OTHER_SIGNS[::2], OTHER_SIGNS[1::2], strict=True)


def _run(command: list[str], given: str | None) -> str:
    return subprocess.run(command, input=given, capture_output=True, text=True, timeout=30, check=True).stdout


_KEYMAP = """
xkb_keymap {
  xkb_keycodes { include "evdev+aliases(qwerty)" };
  xkb_types { include "complete" };
  xkb_compat { include "complete" };
  xkb_symbols {
    include "pc+us"
%s
  };
  xkb_geometry { include "pc(pc105)" };
};
"""
