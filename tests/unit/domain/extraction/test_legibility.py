"""Which values of words hardly believed in are kept: figures on printed pages, nothing on handwritten ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.extraction.drafts import Draft
from app.domain.extraction.legibility import legible_only


def draft(value: str, confidence: float, source: str = "ocr") -> Draft:
    return Draft(path="parcels[0].number", value=value, raw=value, source=source, confidences=(confidence,))


PRINTED = [draft(text, 95.0) for text in ("Lâu dài", "Phương Liễu", "57", "Đất ở", "20 năm")]
HANDWRITTEN = [draft(text, 70.0) for text in ("Lâu dài", "Phương Liễu", "57", "Đất ở", "20 năm")]


@pytest.mark.parametrize(
    "figures", ["450", "1.181", "15/10/2013", "Đến ngày 15/10/2013", "20 năm", "2007-04-26", "PL5"]
)
def test_figures_on_a_printed_page_are_kept_though_the_engine_doubts_them(figures):
    assert legible_only([*PRINTED, draft(figures, 21.0)])[-1].value == figures


@pytest.mark.parametrize(("value", "page"), [("450", HANDWRITTEN), ("xã Bích Động", PRINTED), ("450", [])])
def test_other_values_hardly_believed_in_stay_open_with_what_was_read(value, page):
    kept = legible_only([*page, draft(value, 21.0)])[-1]
    assert (kept.value, kept.raw) == (None, value)
    assert "unread" in kept.doubts


def test_noise_is_no_figure_even_on_a_printed_page():
    assert legible_only([*PRINTED, draft("450", 5.0)])[-1].value is None


def test_values_by_a_rule_have_no_words_to_doubt():
    assert legible_only([draft("ONT", 5.0, source="rule")])[0].value == "ONT"


@pytest.mark.parametrize(("sign", "kept"), [("ĐƠ", "ĐƠ"), ("1L + 1M", "1L + 1M"), ("Đất vườn", None)])
def test_signs_of_purposes_on_a_printed_page_are_kept_like_figures(sign, kept):
    purpose = replace(draft(sign, 21.0), path="parcels[0].uses[0].purpose")
    assert legible_only([*PRINTED, purpose])[-1].value == kept
    assert legible_only([*HANDWRITTEN, purpose])[-1].value is None
