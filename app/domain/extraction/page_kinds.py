"""What a page is, told by its printed words; never by its position or colour.

Source: headings of the circulars for each model (see docs/GLOSSARY.md for the models).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.domain.dossier import Model, PageKind
from app.domain.extraction.fuzzy import find
from app.domain.extraction.rows import PageText, lines_as_clip
from app.domain.identity import parse_certificate_qr, parse_id_card_qr

ENOUGH = 2.0
"""Weight of anchors a kind needs."""
BLANK_INK_PCT = 0.02
SHORT_LABEL = 14
"""Labels shorter than this must be seen well."""

_K = PageKind


@dataclass(frozen=True, slots=True)
class Guess:
    """What a page seems to be, and how many anchors say so."""

    kind: PageKind
    model: Model | None
    weight: float


@dataclass(frozen=True, slots=True)
class _Anchors:
    kind: PageKind
    model: Model | None
    words: tuple[tuple[str, float], ...]


_FOUR_PAGES = Model.M2014
"""Stands for both models with four pages and roman headings; the date of issue tells 2009 from 2014."""

_TABLE: tuple[_Anchors, ...] = (
    _Anchors(
        _K.CERTIFICATE_1,
        _FOUR_PAGES,
        (
            ("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", 3),
            ("quyền sở hữu nhà ở và tài sản khác gắn liền với đất", 2),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_2,
        _FOUR_PAGES,
        (
            ("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", 1.5),
            ("Hình thức sử dụng:", 1),
            ("Nguồn gốc sử dụng:", 1),
            ("Thời hạn sử dụng:", 1),
            ("4. Rừng sản xuất là rừng trồng:", 1),
            ("3. Công trình xây dựng khác:", 1),
            ("Số vào sổ cấp GCN", 1),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_3,
        _FOUR_PAGES,
        (
            ("III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất", 3),
            ("IV. Những thay đổi sau khi cấp Giấy chứng nhận", 2),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_4,
        _FOUR_PAGES,
        (
            ("không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào", 2),
            ("Người được cấp Giấy chứng nhận không được sửa chữa", 1),
            ("Nội dung thay đổi và cơ sở pháp lý", 0.7),
            ("Xác nhận của cơ quan có thẩm quyền", 0.7),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_FRONT,
        Model.M2024,
        (
            ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", 2),
            ("quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", 2),
            ("2. Thông tin thửa đất:", 2),
            ("3. Thông tin tài sản gắn liền với đất", 2),
            ("Thông tin chi tiết được thể hiện tại mã QR", 2),
            ("Mã Giấy chứng nhận", 1),
            ("Thời hạn sử dụng đất:", 0.5),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_BACK,
        Model.M2024,
        (
            ("4. Sơ đồ thửa đất, tài sản gắn liền với đất", 3),
            ("6. Những thay đổi sau khi cấp Giấy chứng nhận", 2),
            ("Số vào sổ cấp Giấy chứng nhận:", 1.5),
            ("5. Ghi chú:", 0.7),
            ("không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào", 0.7),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_2,
        Model.M2003,
        (
            ("I- Tên người sử dụng đất", 2),
            ("II- Thửa đất được quyền sử dụng", 2),
            ("III- Tài sản gắn liền với đất", 1),
        ),
    ),
    _Anchors(
        _K.CERTIFICATE_3,
        Model.M2003,
        (("V- Sơ đồ thửa đất", 2.2), ("Số vào sổ cấp giấy chứng nhận quyền sử dụng đất", 1.5)),
    ),
    _Anchors(
        _K.CERTIFICATE_4,
        Model.M2003,
        (("VI- Những thay đổi sau khi cấp giấy chứng nhận", 2.6), ("Ngày, tháng, năm", 1)),
    ),
    _Anchors(
        _K.CERTIFICATE_2,
        Model.M1993,
        (("Theo bảng liệt kê dưới đây", 2), ("Được quyền sử dụng", 1), ("Nơi thường trú", 1), ("Phần ghi thêm", 1)),
    ),
    _Anchors(
        _K.CERTIFICATE_3,
        Model.M1993,
        (("Vào sổ cấp giấy chứng nhận quyền sử dụng đất", 1.6), ("Trích lục bản đồ", 1.6), ("QSDĐ/", 0.7)),
    ),
    _Anchors(
        _K.SUPPLEMENT,
        None,
        (("Trang bổ sung Giấy chứng nhận", 6),),
    ),
    _Anchors(
        _K.ID_CARD_FRONT,
        None,
        (
            ("Căn cước công dân", 2),
            ("Citizen Identity Card", 2),
            ("Họ và tên / Full name", 2),
            ("Giấy chứng minh nhân dân", 2),
            ("Quê quán / Place of origin", 1),
            ("Nơi thường trú / Place of residence", 1),
        ),
    ),
    _Anchors(
        _K.ID_CARD_BACK,
        None,
        (
            ("Đặc điểm nhân dạng", 2),
            ("Personal identification", 2),
            ("Ngón trỏ trái", 1),
            ("Left index finger", 1),
            ("IDVNM", 2),
        ),
    ),
    _Anchors(
        _K.APPLICATION,
        None,
        (("Đơn đăng ký", 2), ("Kính gửi", 1), ("Đơn đề nghị", 2), ("Người viết đơn", 1), ("Tôi cam đoan", 1)),
    ),
)
_TITLE = "giấy chứng nhận quyền sử dụng đất"


def guess_kind(page: PageText) -> Guess:
    """The most likely kind of a page; `other` when no kind has enough anchors, `blank` when nothing is on it."""
    red = lines_as_clip(page.scan.red_lines, page.page)
    text = f"{page.clip.folded}\n{red.folded}".replace("\n", " ")
    guesses = [Guess(row.kind, row.model, _weight(row, text)) for row in _TABLE]
    guesses += [_by_codes(page)]
    best = max(guesses, key=lambda guess: guess.weight)
    if best.weight >= ENOUGH:
        return best
    if _is_cover(text):
        return Guess(_K.CERTIFICATE_1, None, 1.0)
    is_empty = not page.rows and not red.text and page.scan.ink_pct < BLANK_INK_PCT and not page.scan.codes
    return Guess(_K.BLANK if is_empty else _K.OTHER, None, 0.0)


def _weight(row: _Anchors, text: str) -> float:
    return sum(weight for words, weight in row.words if _stands_in(words, text))


def _stands_in(words: str, text: str) -> bool:
    return find(words, text, 0.12 if len(words) < SHORT_LABEL else 0.2) is not None


def _by_codes(page: PageText) -> Guess:
    """Codes alone: an identity card's QR or a certificate's."""
    for code in page.scan.codes:
        if parse_id_card_qr(code.text):
            return Guess(_K.ID_CARD_FRONT, None, 2.5)
        if code.kind == "qr" and parse_certificate_qr(code.text):
            return Guess(_K.CERTIFICATE_FRONT, Model.M2024, 2.5)
        if code.kind == "barcode" and re.fullmatch(r"\d{13}", code.text):
            return Guess(_K.CERTIFICATE_4, _FOUR_PAGES, 2.1)
    return Guess(_K.OTHER, None, 0.0)


def _is_cover(text: str) -> bool:
    """The red first page of 1993 and 2003: the title, a serial, nothing else."""
    return len(text) < 400 and find(_TITLE, text, 0.2) is not None
