"""Tesseract's table of words (TSV), which both engines give, as lines."""

from __future__ import annotations

from app.domain.reading import Box, Line, Word
from app.domain.text import to_nfc

_WORD_LEVEL = "5"
_COLUMNS = 12


def lines_from_tsv(tsv: str) -> tuple[Line, ...]:
    """Lines in the engine's reading order; rows that are not words, and empty words, are left out.

    Columns: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.
    """
    words: dict[tuple[int, int, int], list[Word]] = {}
    for row in tsv.split("\n"):
        cells = row.rstrip("\r").split("\t", _COLUMNS - 1)
        if len(cells) != _COLUMNS or cells[0] != _WORD_LEVEL or not cells[11].strip():
            continue
        block, paragraph, line = (int(cell) for cell in cells[2:5])
        words.setdefault((block, paragraph, line), []).append(_word(cells))
    return tuple(
        Line(words=tuple(found), block=block, paragraph=paragraph) for (block, paragraph, _), found in words.items()
    )


def _word(cells: list[str]) -> Word:
    left, top, width, height = (int(cell) for cell in cells[6:10])
    return Word(text=to_nfc(cells[11].strip()), box=Box(left, top, width, height), confidence=float(cells[10]))
