"""Grades of houses in Roman figures: their strokes run together, so the width of the print is asked as well.

Source: cells of 40 drawn pages: of "III" the engine makes II, HI, IH, TIT and other strokes; in print with serifs three
strokes are wider than half of the word "Cấp" and wider than they are high, two are narrower.
"""

from __future__ import annotations

import re

from app.domain.extraction.clips import Clip
from app.domain.reading import Box, Word

_GRADE = re.compile(r"(?:(?P<word>C[aáàảãạâấầẩẫậăắ]\S{0,2}|c[aáàảãạâấầẩẫậăắ]\S{0,2})\s+)?(?P<figure>\S+)$")
_ONE_STROKE = "Il1|!¡ïÍíÌìTtrj][¦i"
_MARKS = ".,;:-'’”"
_ROMAN = {1: "I", 2: "II", 3: "III"}
WORD = "cấp"
WIDE_BESIDE_WORD, NARROW_BESIDE_WORD = 0.5, 0.45
WIDE_ALONE, NARROW_ALONE = 1.08, 1.02
MARK_SHARE = 0.2
"""How much of the word's width, or of the height of letters, a mark behind the figure takes."""
BELOW_LINE = 1.2
"""A word with a mark that reaches below the line is so many times higher than its letters."""


def grade_of(clip: Clip) -> tuple[str, str] | None:
    """The grade and why it is in doubt; None where the text is none in Roman figures.

    A lost third stroke is a slip of its own: two strokes are never sure.
    """
    found = _GRADE.match(clip.text)
    if found is None:
        return None
    figure = found["figure"].strip(_MARKS)
    if figure in {"IV", "V"} or re.fullmatch(rf"[{re.escape(_ONE_STROKE)}]V", figure):
        return _named(found, clip, "IV" if figure != "V" else "V"), "" if figure in {"IV", "V"} else "mended"
    strokes = _strokes(figure)
    if strokes is None:
        return None
    if strokes == 2:
        strokes = _by_width(clip) or strokes
        return _named(found, clip, _ROMAN[strokes]), "mended" if _ROMAN[strokes] != figure else "slip"
    if strokes not in _ROMAN:
        return None
    return _named(found, clip, _ROMAN[strokes]), "" if _ROMAN[strokes] == figure else "mended"


def _named(found: re.Match[str], clip: Clip, figure: str) -> str:
    word = found["word"]
    if not word:
        return figure
    return f"{WORD.capitalize() if word[0].isupper() else WORD} {figure}"


def _strokes(figure: str) -> int | None:
    """How many strokes a figure of strokes has; None for other signs."""
    if not figure or any(sign not in f"{_ONE_STROKE}H" for sign in figure):
        return None
    return sum(2 if sign == "H" else 1 for sign in figure)


def _by_width(clip: Clip) -> int | None:
    """Two or three strokes by how wide they are printed; None where that does not tell."""
    words = clip.words
    if not words:
        return None
    figure = words[-1]
    is_marked = figure.text[-1:] in _MARKS
    upright = _upright(figure.box, words)
    height = upright[1] / (BELOW_LINE if figure.text[-1:] in ",;" else 1.0)
    if len(words) > 1:
        word = _upright(words[-2].box, words)[0]
        share = upright[0] / max(word, 1) - (MARK_SHARE if is_marked else 0.0)
        return 3 if share >= WIDE_BESIDE_WORD else 2 if share <= NARROW_BESIDE_WORD else None
    share = upright[0] / max(height, 1.0) - (MARK_SHARE if is_marked else 0.0)
    return 3 if share >= WIDE_ALONE else 2 if share <= NARROW_ALONE else None


def _upright(box: Box, words: tuple[Word, ...]) -> tuple[int, int]:
    """Width and height along the print, which stands on its side where words are higher than wide."""
    is_turned = any(len(word.text.strip(_MARKS)) >= 3 and word.box.height > word.box.width for word in words)
    return (box.height, box.width) if is_turned else (box.width, box.height)
