"""Numbers of the dossiers that changes are registered under, such as "002155.TC.001".

Source: the letters are the kinds of change of the provincial system; the sequence counts the dossiers of one kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.extraction.change_kinds import KIND_BY_LETTERS
from app.domain.extraction.clips import Clip
from app.domain.extraction.fuzzy import distance, find

_FORM = re.compile(
    r"(?<![^\W_])(?P<number>[\dOoIlSB!/⁄]{4,8})[\s.,:;'’‘\-]{0,3}"
    r"(?P<letters>[A-ZĐŒ7¥V6][A-ZĐŒ5?]{1,3})[\s.,:;'’‘\-]{0,3}(?P<sequence>[\dOoIl⁄/]{2,4})(?![^\W_])"
)
_STRICT = re.compile(r"(?<!\d)(\d{4,7})\.([A-ZĐ]{2})\.(\d{2,4})(?!\w)")
LABEL = "hồ sơ số"
_OTHER_FORM = re.compile(r"[\s:.,]*((?:\w+[.\-/])*\w*\d[\w]*(?:[.\-/]\w+)*)")
_AS_DIGITS = str.maketrans("OoIlSB!/⁄", "001158111")
_AS_LETTERS = {"Œ": "C", "7": "T", "5": "S", "¥": "X", "V": "X", "6": "G"}
MOST_SEQUENCE = 99
"""A parcel has hardly more dossiers of one kind; a greater number has a nought seen as another figure."""
_ROUND_FIGURES = "6890"


@dataclass(frozen=True, slots=True)
class DossierNumber:
    """A number found in the text of a change.

    Attributes:
        clip: Its words.
        value: As it is written; None where it cannot be made out.
        letters: Of the kind of change; None where they are unknown.
        doubt: Why it is in doubt; empty where it was seen well.
    """

    clip: Clip
    value: str | None
    letters: str | None
    doubt: str


def find_number(clip: Clip, expected: str | None) -> DossierNumber | None:
    """The last number of its form in a text; one that cannot be made out behind its label has no value.

    Args:
        clip: The text of a change.
        expected: The letters that go with the kind the text speaks of, where it says.
    """
    strict = [found for found in _STRICT.finditer(clip.text) if found[2] in KIND_BY_LETTERS]
    if strict:
        found = strict[-1]
        value = f"{found[1]}.{found[2]}.{_sequence(found[3])}"
        return DossierNumber(clip.match(found), value, found[2], "mended" if value != found[0] else "")
    loose = [found for found in _FORM.finditer(clip.text) if sum(map(str.isdigit, found["number"])) >= 4]
    if loose:
        return _loose_number(clip, loose[-1], expected)
    label = find(LABEL, clip.folded.replace("\n", " "), 0.25)
    behind = clip.cut(label.end) if label else None
    if behind is None or not any(map(str.isdigit, behind.text)):
        return None
    other = _OTHER_FORM.match(behind.text)
    is_whole = other is not None and not behind.text[other.end() :].strip(" .,;:") and other[1][-1:].isalnum()
    if other is None or not is_whole or "." in other[1] or sum(map(str.isdigit, other[1])) < 2:
        return DossierNumber(behind, None, None, "unread")
    return DossierNumber(behind.match(other, 1), other[1], None, "odd_form")


def _loose_number(clip: Clip, found: re.Match[str], expected: str | None) -> DossierNumber:
    """A number with slips: its letters are those of the list that are near, first of all the expected ones."""
    read = found["letters"]
    letters = "".join(_AS_LETTERS.get(letter, letter) if letter not in "V" else letter for letter in read)
    if letters not in KIND_BY_LETTERS:
        wanted = "".join(_AS_LETTERS.get(letter, letter) for letter in read)
        near = expected is not None and min(distance(letters, expected), distance(wanted, expected)) <= 1
        letters = expected if near and expected else ""
    if not letters:
        return DossierNumber(clip.match(found), None, None, "unread")
    number, sequence = (found[part].translate(_AS_DIGITS) for part in ("number", "sequence"))
    value = f"{number}.{letters}.{_sequence(sequence)}"
    same = re.sub(r"[\s.,:;'’‘\-]", "", found[0]) == value.replace(".", "")
    return DossierNumber(clip.match(found), value, letters, "slip" if same else "mended")


def _sequence(figures: str) -> str:
    """The sequence, three figures that begin with a nought."""
    if len(figures) == 3 and int(figures) > MOST_SEQUENCE and figures[0] in _ROUND_FIGURES:
        second = "0" if figures[1] in _ROUND_FIGURES else figures[1]
        return f"0{second}{figures[2]}"
    return figures
