from __future__ import annotations

import pytest

from app.domain.extraction.page_kinds import guess_kind
from app.domain.extraction.rows import page_text
from app.domain.reading import PageScan
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import page


def kind_of(scan: PageScan) -> tuple[str, str | None]:
    guess = guess_kind(page_text(scan, 0))
    return guess.kind.value, guess.model.value if guess.model else None


@pytest.mark.parametrize(
    ("scan", "kind"),
    [
        (paper.page_1(), ("certificate_1", "2014")),
        (paper.page_2(), ("certificate_2", "2014")),
        (paper.page_3(), ("certificate_3", "2014")),
        (paper.page_4(), ("certificate_4", "2014")),
        (paper.front(), ("certificate_front", "2024")),
        (paper.back(), ("certificate_back", "2024")),
        (page("", red="GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"), ("certificate_1", None)),
        (page("I- Tên người sử dụng đất\nII- Thửa đất được quyền sử dụng"), ("certificate_2", "2003")),
        (
            page("V- Sơ đồ thửa đất\nSố vào sổ cấp giấy chứng nhận quyền sử dụng đất"),
            ("certificate_3", "2003"),
        ),
        (page("VI- Những thay đổi sau khi cấp giấy chứng nhận\nNgày, tháng, năm"), ("certificate_4", "2003")),
        (page("Được quyền sử dụng: 84 m² đất\nTheo bảng liệt kê dưới đây:"), ("certificate_2", "1993")),
        (page("TRÍCH LỤC BẢN ĐỒ THỬA ĐẤT\nVào sổ cấp giấy chứng nhận quyền sử dụng đất"), ("certificate_3", "1993")),
        (page("TRANG BỔ SUNG GIẤY CHỨNG NHẬN\nThửa đất số: 5"), ("supplement", None)),
        (page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name: LÊ VĂN HOẠCH"), ("id_card_front", None)),
        (page("Đặc điểm nhân dạng / Personal identification\nNgón trỏ trái"), ("id_card_back", None)),
        (page("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI\nKính gửi: UBND xã"), ("application", None)),
        (page("Biên bản họp thôn"), ("other", None)),
        (PageScan(file="a.jpg", ink_pct=0.0), ("blank", None)),
        (PageScan(file="a.jpg", ink_pct=1.0), ("other", None)),
        (page("x", codes=(paper.qr(paper.FRONT_QR),)), ("certificate_front", "2024")),
        (page("x", codes=(paper.barcode("0917219009331"),)), ("certificate_4", "2014")),
        (page("x", codes=(paper.qr("opaque"),)), ("other", None)),
        (page("x", codes=(paper.qr("027081999921||A B|14061981|Nam|x|02052021"),)), ("id_card_front", None)),
    ],
)
def test_a_page_is_known_by_its_words_and_codes(scan, kind):
    assert kind_of(scan) == kind


def test_headings_are_known_through_slips():
    text = paper.page_2().lines
    worn = "\n".join(" ".join(word.text for word in line.words) for line in text)
    worn = worn.translate(str.maketrans("ửấụồh", "ứâuổb"))
    assert kind_of(page(worn)) == ("certificate_2", "2014")
