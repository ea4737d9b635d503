"""The words that tell what a page is: headings and labels of each model's pages, of identity cards and other papers.

Weights say how much an anchor tells: 2 and more for a heading that stands on this page only, 1 for a label that few
others have, less for what several pages share. Source: circulars of each model and field notes on their wording (see
docs/GLOSSARY.md for the models); identity cards by circulars 06/2021 and 17/2024 of the police ministry.
"""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.dossier import Model, PageKind

_K = PageKind


@dataclass(frozen=True, slots=True)
class Anchors:
    """What stands on one kind of page.

    Attributes:
        kind: What the page is.
        model: Of which model; of both red or both four-page models the later one, None where it cannot be told.
        words: Printed text with its weight, anywhere on the page.
        titles: The same, but only at the beginning of a line in the upper part of the page.
    """

    kind: PageKind
    model: Model | None
    words: tuple[tuple[str, float], ...] = ()
    titles: tuple[tuple[str, float], ...] = ()


FOUR_PAGES = Model.M2014
"""Stands for both models with four pages and roman headings; the date of issue tells 2009 from 2014."""

_CHANGES_HEAD = (("Nội dung thay đổi và cơ sở pháp lý", 1.1), ("Xác nhận của cơ quan có thẩm quyền", 1.1))
_NOTICE = (
    ("không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào", 1.6),
    ("khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay", 0.8),
)
_USE_LABELS = (("Hình thức sử dụng:", 0.6), ("Nguồn gốc sử dụng", 0.6), ("Thời hạn sử dụng", 0.4))
_CERTIFIES = ("Chứng nhận", 1.0)
"""A line of its own on the inner page of the red models."""

CERTIFICATES: tuple[Anchors, ...] = (
    Anchors(
        _K.CERTIFICATE_1,
        FOUR_PAGES,
        (
            ("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", 3),
            ("quyền sở hữu nhà ở và tài sản khác gắn liền với đất", 2),
            ("Địa chỉ thường trú", 0.4),
        ),
    ),
    Anchors(
        _K.CERTIFICATE_2,
        FOUR_PAGES,
        (
            ("II. Thửa đất, nhà ở và tài sản khác", 2.4),
            *_USE_LABELS,
            ("4. Rừng sản xuất là rừng trồng:", 1.4),
            ("3. Công trình xây dựng khác:", 1.2),
            ("5. Cây lâu năm:", 0.8),
            ("Số vào sổ cấp GCN", 1.2),
        ),
    ),
    Anchors(
        _K.CERTIFICATE_3,
        FOUR_PAGES,
        (
            ("III. Sơ đồ thửa đất, nhà ở và tài sản", 3),
            ("IV. Những thay đổi sau khi cấp Giấy chứng nhận", 2.2),
        ),
    ),
    Anchors(_K.CERTIFICATE_4, FOUR_PAGES, (*_NOTICE, *_CHANGES_HEAD)),
    Anchors(
        _K.CERTIFICATE_FRONT,
        Model.M2024,
        (
            ("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", 2),
            ("quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất", 2),
            ("2. Thông tin thửa đất:", 2),
            ("3. Thông tin tài sản gắn liền với đất", 2),
            ("Thông tin chi tiết được thể hiện tại mã QR", 2),
            ("Mã Giấy chứng nhận", 0.3),
            ("Hình thức sử dụng đất:", 0.6),
            ("Thời hạn sử dụng đất:", 0.6),
        ),
    ),
    Anchors(
        _K.CERTIFICATE_BACK,
        Model.M2024,
        (
            ("4. Sơ đồ thửa đất, tài sản gắn liền với đất", 3),
            ("6. Những thay đổi sau khi cấp Giấy chứng nhận", 2),
            ("Số vào sổ cấp Giấy chứng nhận:", 1.5),
            ("5. Ghi chú:", 0.7),
            *_NOTICE,
            ("Nội dung thay đổi và cơ sở pháp lý", 0.4),
            ("Xác nhận của cơ quan có thẩm quyền", 0.4),
        ),
    ),
    Anchors(
        _K.CERTIFICATE_2,
        Model.M2003,
        (
            ("I- Tên người sử dụng đất", 1.4),
            ("II- Thửa đất được quyền sử dụng", 2.2),
            ("III- Tài sản gắn liền với đất", 1.4),
            ("Nơi đăng ký hộ khẩu thường trú", 0.8),
            ("IV- Ghi chú", 0.6),
            *_USE_LABELS,
        ),
        (_CERTIFIES, ("I- Tên người sử dụng đất", 1.6), ("Tên người sử dụng đất", 1.6)),
    ),
    Anchors(
        _K.CERTIFICATE_3,
        Model.M2003,
        (
            ("V- Sơ đồ thửa đất", 2.2),
            ("Số vào sổ cấp giấy chứng nhận quyền sử dụng đất", 1.3),
            ("Vào sổ cấp giấy chứng nhận", 1),
            ("Vào sổ cấp giấy CNQSDĐ", 1.2),
        ),
    ),
    Anchors(
        _K.CERTIFICATE_4,
        Model.M2003,
        (
            ("Những thay đổi sau khi cấp giấy chứng nhận", 2.2),
            ("Ngày, tháng, năm", 1.2),
            ("Ngày, tháng,", 0.6),
            ("Nội dung thay đổi và cơ sở pháp lý", 0.5),
            ("Xác nhận của cơ quan có thẩm quyền", 0.5),
        ),
        (("Những thay đổi sau khi cấp", 1.5), ("VI- Những thay đổi sau khi cấp", 1.5)),
    ),
    Anchors(
        _K.CERTIFICATE_2,
        Model.M1993,
        (
            ("Theo bảng liệt kê dưới đây", 2.2),
            ("Được quyền sử dụng", 1),
            ("Nơi thường trú", 0.8),
            ("Thường trú tại", 0.6),
            ("Phần ghi thêm", 1.4),
            ("Số tờ bản", 0.6),
            ("Số thửa", 0.3),
            ("Tổng cộng", 0.4),
        ),
        (_CERTIFIES,),
    ),
    Anchors(
        _K.CERTIFICATE_3,
        Model.M1993,
        (
            ("Vào sổ cấp giấy chứng nhận quyền sử dụng đất", 0.6),
            ("Vào sổ cấp giấy chứng nhận", 1),
            ("Trích lục bản đồ", 1.8),
            ("Sơ đồ thửa đất", 0.9),
            ("QSDĐ/", 1.2),
        ),
    ),
)

OTHERS: tuple[Anchors, ...] = (
    Anchors(_K.SUPPLEMENT, None, (("Trang bổ sung Giấy chứng nhận", 6),), (("Trang bổ sung", 3),)),
    Anchors(
        _K.ID_CARD_FRONT,
        None,
        (
            ("Căn cước công dân", 1.6),
            ("Citizen Identity Card", 2),
            ("Identity Card", 0.8),
            ("Giấy chứng minh nhân dân", 2),
            ("Họ và tên / Full name", 1.4),
            ("chữ đệm và tên khai sinh", 1.2),
            ("Full name", 0.4),
            ("Ngày sinh / Date of birth", 1),
            ("Ngày, tháng, năm sinh / Date of birth", 0.6),
            ("Ngày, tháng, năm sinh", 0.4),
            ("Date of birth", 0.4),
            ("Giới tính / Sex", 1),
            ("Quốc tịch / Nationality", 1),
            ("Nationality", 0.4),
            ("Số định danh cá nhân", 1),
            ("Personal identification number", 0.6),
            ("Quê quán / Place of origin", 1.2),
            ("Nơi thường trú", 0.5),
            ("Place of residence", 0.4),
            ("Có giá trị đến", 0.8),
            ("Cộng hòa xã hội chủ nghĩa Việt Nam", 0.3),
            ("Socialist Republic of Viet Nam", 1),
            ("Independence - Freedom - Happiness", 1),
            ("Nguyên quán", 1),
            ("Nơi ĐKHK thường trú", 1),
            ("Sinh ngày", 0.5),
        ),
        (("Căn cước", 1.4),),
    ),
    Anchors(
        _K.ID_CARD_BACK,
        None,
        (
            ("Đặc điểm nhân dạng", 1.6),
            ("Đặc điểm nhận dạng", 1.6),
            ("Personal identification:", 0.8),
            ("Ngón trỏ trái", 1.2),
            ("Ngón trỏ phải", 1.2),
            ("Left index finger", 1),
            ("Right index finger", 1),
            ("Quản lý hành chính về trật tự xã hội", 1.4),
            ("Cục trưởng cục cảnh sát", 1),
            ("Dấu vết riêng và dị hình", 2),
            ("Nơi đăng ký khai sinh", 1),
            ("Place of birth", 0.6),
            ("Nơi cư trú / Place", 0.6),
            ("Place of residence", 0.4),
            ("Bộ Công an", 0.4),
            ("Ministry of public security", 1.4),
            ("Date of issue", 0.6),
            ("Ngày, tháng, năm cấp", 0.8),
            ("Date, month, year", 0.8),
        ),
    ),
    Anchors(
        _K.APPLICATION,
        None,
        (
            ("Kính gửi", 0.8),
            ("Người viết đơn", 1.4),
            ("Tôi cam đoan", 0.8),
            ("Phần kê khai của người đăng ký", 2.2),
            ("Phần ghi của người nhận hồ sơ", 1.4),
            ("Xác nhận của Ủy ban nhân dân cấp xã", 1.4),
            ("Giấy tờ nộp kèm theo đơn", 1.4),
        ),
        (
            ("Đơn đăng ký", 3.4),
            ("Đơn đề nghị", 3.4),
            ("Đơn xin", 3.4),
            ("Phiếu đăng ký", 2.4),
        ),
    ),
    Anchors(
        _K.OTHER,
        None,
        (
            ("Bên chuyển nhượng", 1.4),
            ("Bên nhận chuyển nhượng", 1.4),
            ("Bên thế chấp", 1.4),
            ("Cộng tiền hàng", 2),
            ("Tổng số tiền thanh toán", 2),
        ),
        tuple(
            (title, 3.4)
            for title in (
                *("Hợp đồng", "Quyết định", "Biên bản", "Hóa đơn", "Giấy khai sinh", "Giấy ủy quyền", "Tờ khai"),
                *("Giấy phép", "Thông báo", "Sổ hộ khẩu", "Phiếu chuyển", "Giấy chứng tử", "Trích lục khai"),
                *("Văn bản", "Giấy nộp tiền", "Biên lai", "Hồ sơ kỹ thuật", "Giấy chứng nhận đăng ký"),
                *("Giấy chứng nhận kết hôn", "Trích lục kết hôn", "Giấy xác nhận", "Di chúc", "Chứng thư"),
            )
        ),
    ),
)

TITLE = ("giấy chứng nhận", "quyền sử dụng đất")
"""The lines of the title: all there is on the red first page of 1993 and 2003, beside the serial."""

NATION = "Cộng hòa xã hội chủ nghĩa Việt Nam"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
"""Above the title of many papers, the red first page among them."""

LONGER_TITLE = ("tài sản khác gắn liền với đất", "quyền sở hữu nhà ở và tài sản", "quyền sở hữu")
"""How the title goes on from 2009 on, on a first page whose labels are lost."""
