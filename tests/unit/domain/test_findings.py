from __future__ import annotations

import re

import pytest

from app.domain.findings import KINDS, OF_PAGES, REASONS, because, make
from app.domain.reading import Finding
from app.messages import Messages

VIETNAMESE = re.compile("[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
UNITS_OF_COMMUNES = re.compile("phường|thị trấn|xã")
"""Vietnamese words that stay in English sentences."""


def names_in(words: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", words)


def a_finding(code: str) -> Finding:
    """With every reason it may have, and with figures for all details."""
    reasons = REASONS.get(code, {})
    why = tuple(because(key, **dict.fromkeys(names_in(words), "9")) for key, words in reasons.items())
    details = {name: "9" for name in names_in(KINDS[code][1]) if name != "why"}
    kinds = {"kinds": "certificate_1 certificate_2"} if code == "pages_missing" else {}
    return make(code, "certificate.serial", why=why, **details, **kinds)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_has_a_short_name(language):
    messages = Messages(language)
    assert set(messages.keys("findings")) == set(KINDS)
    assert all(messages.finding(code) != code for code in KINDS)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_sentence_is_whole_and_ends_with_a_full_stop(code):
    found = a_finding(code)
    assert found.message.endswith(".")
    assert "{" not in found.message
    assert found.severity in ("info", "warning", "blocking")


def test_only_what_is_missing_or_left_unseen_blocks():
    blocking = {code for code, (severity, _) in KINDS.items() if severity == "blocking"}
    assert blocking == {"required_missing", "doubts_left"}


def test_findings_of_pages_are_kinds():
    assert set(KINDS) >= OF_PAGES


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_sentence_is_told_in_english_with_the_same_values(code):
    found = a_finding(code)
    told = Messages("en").sentence(found)
    assert told.endswith(".")
    assert "{" not in told
    assert VIETNAMESE.search(UNITS_OF_COMMUNES.sub("", told)) is None
    assert told.count("9") >= sum(value == "9" for value in found.details.values()) - ("pages" in found.details)
    assert Messages("vi").sentence(found) == found.message


def test_a_sentence_tells_all_its_reasons():
    found = make("cccd_structure", "a", number="1", why=(because("length"), because("province", province="999")))
    assert found.message == "Số căn cước 1 không khớp: phải có đúng 12 chữ số; không có mã tỉnh 999."
    assert Messages("en").sentence(found) == (
        "The citizen number 1 does not fit: it must have exactly 12 digits; there is no province code 999."
    )


def test_pages_are_missing_in_the_words_of_the_language():
    found = make("pages_missing", pages="trang 3, trang 4", kinds="certificate_3 certificate_4")
    assert found.message == "Bộ trang chưa đủ, còn thiếu: trang 3, trang 4."
    words = ", ".join(Messages("en").word("page_kinds", f"certificate_{page}") for page in (3, 4))
    assert Messages("en").sentence(found).endswith(f"missing: {words}.")


def test_a_finding_stored_without_details_is_told_by_its_short_name():
    old = Finding(code="serial_form", severity="warning", message="Số phát hành ...")
    assert Messages("en").sentence(old) == f"{Messages('en').finding('serial_form')}."
    assert Messages("vi").sentence(old) == "Số phát hành ..."
    assert Messages("en").sentence(Finding(code="never_heard_of", severity="info", message="Lạ.")) == "Lạ."
