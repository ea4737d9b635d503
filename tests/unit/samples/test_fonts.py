"""The typefaces can spell Vietnamese."""

from __future__ import annotations

import unicodedata

import pytest

from tests.samples import fonts
from tests.samples.fonts import (
    MissingFontError,
    arimo,
    cousine,
    free_mono,
    free_sans,
    free_serif,
    load_font,
    tinos,
)

BASES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
LETTERS = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES] + ["đ", "Đ", "²"]


TYPEFACES = [tinos(), arimo(), cousine(), free_serif(), free_sans(), free_mono()]


@pytest.mark.parametrize("typeface", TYPEFACES, ids=lambda typeface: typeface.name)
def test_every_cut_has_every_vietnamese_letter(typeface):
    for path in (typeface.regular, typeface.bold, typeface.italic, typeface.bold_italic):
        font = load_font(path, 24, 300)
        missing_glyph = bytes(font.getmask("\uffff"))
        lacking = [letter for letter in LETTERS if bytes(font.getmask(letter)) == missing_glyph]
        assert not lacking, f"{path.name} lacks {lacking}"


def test_letters_with_different_marks_look_different():
    font = load_font(tinos().regular, 24, 300)
    assert len({bytes(font.getmask(letter)) for letter in LETTERS}) == len(LETTERS)


def test_a_missing_typeface_is_an_error_that_names_the_package():
    with pytest.raises(MissingFontError, match="fonts-imaginary"):
        fonts._typeface(
            "Imaginary", ("NoSuch-Regular", "NoSuch-Bold", "NoSuch-Italic", "NoSuch-Both"), package="fonts-imaginary"
        )
