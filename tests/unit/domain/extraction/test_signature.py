"""The block above the signature: its day, authority, title and name through stamps, strokes and slips."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.extraction.issue_days import find_day
from app.domain.extraction.lexicon import style_key
from app.domain.extraction.rows import page_text
from app.domain.extraction.signature import read_register_number
from tests.unit.domain.extraction.paper import check_of, page_2, read
from tests.unit.domain.extraction.tabled import Sheet

NOTES = "6. Ghi chú: -/-"


def signed(*lines: str, left: str = ""):
    """A certificate of 2014 with these lines on the right, and one on the left below."""
    return read(page_2(signature="\n".join([*(f"|| {line}" for line in lines), left])))


DAY, OFFICE = "Yên Phong, ngày 08 tháng 3 năm 2021", "TM. ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG"
REGISTER = "Số vào sổ cấp GCN: CH 00698"


@pytest.mark.parametrize(
    ("printed", "day", "doubt"),
    [
        ("Bắc Ninh, ngày 08 tháng 3 năm 2009", "2009-03-08", ""),
        ("Ngày 28 tháng 3 năm 2965", "2005-03-28", "mended"),
        ("Quế Võ, ngày 07 hứng 7 năm 2009", "2009-07-07", "slip"),
        ("#gày 15 tháng 12 năm 2008", "2008-12-15", "slip"),
        ("Bắc Ninh, ngày-28 tháng 4 năm 2008", "2008-04-28", "slip"),
        ("Ngày 22 tháng 62 năm 1996", "1996-02-22", "mended"),
        ("Tiên Du, ngày 08 tháng G năm 2007", None, "mended"),
        ("Hiệp Hòa, ngày 2 tháng 5 năm 7999", None, "mended"),
        ("Lục Ngạn, ngày LÍ tháng 12 năm 2002", None, "mended"),
    ],
)
def test_days_in_words_are_known_through_slips_and_look_alike_figures(printed, day, doubt):
    found = find_day(printed, (1988, 2010))
    assert found is not None
    assert (found.day, found.doubt) == (day, doubt)


@pytest.mark.parametrize("other", ["Đến ngày 15/10/2013 và 20 năm", "Sử dụng chung: không m²", "7,03 2 8,72 4 6,89"])
def test_other_lines_have_no_day_in_words(other):
    assert find_day(other, (1988, 2010)) is None


def test_a_day_quoted_in_the_notes_is_not_the_day_of_issue():
    notes = "6. Ghi chú: Cấp đổi từ Giấy chứng nhận số AL 331802\ncấp ngày 12 tháng 9 năm 2008"
    signature = "|| Bắc Ninh, ngày 14 tháng 6 năm 2019\n|| ỦY BAN NHÂN DÂN THÀNH PHỐ BẮC NINH\n|| CHỦ TỊCH"
    assert read(page_2(notes=notes, signature=signature)).certificate.issued_on == "2019-06-14"


def test_without_a_day_the_authority_still_tells_where_the_block_stands():
    reading = signed("M z4 näm 20", OFFICE, "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "", "", "Leo Văn Phụng")
    certificate = reading.certificate
    assert (certificate.issued_on, certificate.issuer) == (None, "ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG")
    assert (certificate.signer_title, certificate.signer) == ("PHÓ CHỦ TỊCH", "Leo Văn Phụng")


@pytest.mark.parametrize(
    ("printed", "signer"),
    [
        ("—==Đinh Đình Xứng", "Đinh Đình Xứng"),
        ("“Phùng Thị Mười", "Phùng Thị Mười"),
        ("—Vi¡ Quý Thắng", "Vi Quý Thắng"),
        ("Tfương Viết Sủng", "Trương Viết Sủng"),
        ("Trạc Trọng Mẫn", "Trạc Trọng Mẫn"),
        ("`T==Khúc Văn Hiển", "Khúc Văn Hiển"),
        ("`*=—kiều Khắc Xứng", "Kiều Khắc Xứng"),
        ("Höàng Thị Thủy", "Hoàng Thị Thủy"),
        ("Nghiêm Bích 0anh", "Nghiêm Bích Oanh"),
        ("Viên Thị ;Huệ Dung", "Viên Thị Huệ Dung"),
    ],
)
def test_strokes_of_the_signature_do_not_cost_the_family_name(printed, signer):
    reading = signed(DAY, OFFICE, "CHỦ TỊCH", "", "", printed, left=REGISTER)
    assert reading.certificate.signer == signer


@pytest.mark.parametrize("printed", ["Scến% Văn Đông", "=—1q Duy Nghĩa", "Khắc Doãn", "co. Khả"])
def test_a_name_without_its_family_name_stays_open(printed):
    reading = signed(DAY, OFFICE, "CHỦ TỊCH", "", "", printed, left=REGISTER)
    assert reading.certificate.signer is None
    assert check_of(reading, "certificate.signer") == "look"


def test_without_a_title_the_authority_ends_above_the_gap():
    reading = signed(DAY, OFFICE, "", "", "", "", "", "Tống Xuân Sơn", left=REGISTER)
    assert reading.certificate.issuer == "ỦY BAN NHÂN DÂN HUYỆN YÊN PHONG"
    assert reading.certificate.signer == "Tống Xuân Sơn"
    assert check_of(reading, "certificate.signer_title") == "look"


@pytest.mark.parametrize(
    ("capacity", "printed", "title"),
    [
        ("KT. CHỦ TỊCH", "PH Ó CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
        ("KT. GIÁM ĐỐC", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG", "TRƯỞNG PHÒNG"),
        ("KT. CHỦ TỊCH", "_—P 1Ó CHỦ TịCH", "PHÓ CHỦ TỊCH"),
    ],
)
def test_titles_are_those_that_may_sign_and_kt_means_a_deputy(capacity, printed, title):
    reading = signed(DAY, OFFICE, capacity, printed, "", "", "Nguyễn Thị Khuyên", left=REGISTER)
    assert reading.certificate.signer_title == title
    assert check_of(reading, "certificate.signer_title") == ("ok" if printed == title else "look")


@pytest.mark.parametrize(
    ("printed", "issuer"),
    [
        ("TM.ÚỦY BAN NHÂN DÂN HUYỆN TÂN YÊN", "ỦY BAN NHÂN DÂN HUYỆN TÂN YÊN"),
        ("TM. UỶ BAN NHÂN ĐÂN HUYIN TÂN YÊN", "UỶ BAN NHÂN DÂN HUYỆN TÂN YÊN"),
        ("T/M UBND HUYỆN TÂN YÊN", "UBND HUYỆN TÂN YÊN"),
        ("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HUYỆN TÂN YÊN", "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI HUYỆN TÂN YÊN"),
    ],
)
def test_authorities_keep_their_style_and_what_was_mended_is_in_doubt(printed, issuer):
    reading = signed(DAY, printed, "CHỦ TỊCH", "", "", "Nguyễn Thị Khuyên", left=REGISTER)
    assert reading.certificate.issuer == issuer
    if style_key(issuer) not in style_key(printed):
        assert check_of(reading, "certificate.issuer") == "look"


def test_a_name_the_engine_does_not_believe_in_is_never_sure():
    scan = page_2(signature=f"|| {DAY}\n|| {OFFICE}\n|| CHỦ TỊCH\n\n\n|| Đinh Đình Xứng")
    lines = tuple(
        dataclasses.replace(line, words=tuple(dataclasses.replace(word, confidence=41.0) for word in line.words))
        if line.words[0].text == "Đinh"
        else line
        for line in scan.lines
    )
    assert check_of(read(dataclasses.replace(scan, lines=lines)), "certificate.signer") == "look"


@pytest.mark.parametrize(
    ("label", "number"),
    [("Vào sổ số: 00031", "00031"), ("Số vào sổ: CH 00031", "CH 00031"), ("Số vào sổ đăng ký: CH 00031", "CH 00031")],
)
def test_register_numbers_stand_behind_short_labels_too(label, number):
    found = read_register_number(page_text(Sheet().text(label).scan(), 0).rows)
    assert [draft.value for draft in found] == [number]


def test_the_serial_of_another_certificate_is_no_register_number():
    quoted = "Số vào sổ cấp Giấy chứng nhận số AL 988237 do UBND huyện Yên Phong cấp"
    rows = page_text(Sheet().text(quoted).scan(), 0).rows
    assert read_register_number(rows) == []


def test_a_month_of_two_strokes_is_the_eleventh():
    found = find_day("Yên Thế, ngày 08 tháng II năm 2010", (2009, 2014))
    assert found is not None
    assert (found.day, found.doubt) == ("2010-11-08", "mended")
