"""What checks say: one severity and one complete Vietnamese sentence for each code."""

from __future__ import annotations

from app.domain.reading import Finding, Severity

_I, _W, _B = Severity.INFO, Severity.WARNING, Severity.BLOCKING
KINDS: dict[str, tuple[Severity, str]] = {
    "area_words_differ": (_W, "Diện tích bằng số {digits} m² khác diện tích bằng chữ ({words})."),
    "area_words_unread": (
        _I,
        "Diện tích bằng chữ không đọc ra số được, nên không đối chiếu được với diện tích bằng số.",
    ),
    "uses_sum_differs": (_W, "Tổng diện tích các mục đích sử dụng là {total} m², khác diện tích thửa đất {area} m²."),
    "serial_form": (_W, 'Số phát hành "{serial}" không đúng dạng của mẫu giấy {model}.'),
    "serial_differs": (_W, "Số phát hành đọc được từ các nơi trên giấy không giống nhau: {serials}."),
    "cccd_structure": (_W, "Số căn cước {number} không khớp: {why}."),
    "cmnd_length": (_W, "Số chứng minh nhân dân {number} phải có 9 chữ số."),
    "tax_code_check": (_W, "Mã số thuế {number} sai chữ số kiểm tra."),
    "identity_repeated": (_W, "Số giấy tờ {number} xuất hiện ở nhiều người trên cùng giấy chứng nhận."),
    "barcode_differs": (_W, "Mã vạch {barcode} không khớp: {why}."),
    "qr_differs": (_W, "Mã QR ghi {qr}, khác với {value} in trên giấy."),
    "id_card_differs": (_W, "Thẻ căn cước ghi {card}, khác với {value} in trên giấy."),
    "id_card_stranger": (_I, "Có thẻ căn cước của người không có tên trên giấy chứng nhận."),
    "date_implausible": (_W, "Ngày {date} không hợp lý: {why}."),
    "issuer_unusual": (_W, "Cơ quan cấp {issuer} không hợp với mẫu giấy hoặc ngày cấp: {why}."),
    "register_prefix_differs": (_W, "Chữ {prefix} trong số vào sổ {number} cần xem lại: {why}."),
    "unit_of_other_era": (_W, "Địa chỉ thửa đất không hợp với ngày cấp giấy: {why}."),
    "commune_unknown": (_I, 'Không thấy xã, phường, thị trấn "{name}" trong danh mục cùng thời kỳ.'),
    "paper_kind_unclear": (_I, "Số {number} có độ dài của giấy tờ tùy thân nhưng chưa rõ loại."),
    "cmnd_prefix_unusual": (
        _I,
        "Đầu số chứng minh nhân dân {number} khác với nơi thường trú; người này có thể đã chuyển đến.",
    ),
    "issued_too_young": (_W, "Giấy tờ tùy thân cấp ngày {date} khi người này chưa đủ 14 tuổi."),
    "holder_minor": (_I, "Người sử dụng đất mới {age} tuổi khi cấp giấy."),
    "holder_repeated": (_W, "Hai người trên cùng giấy chứng nhận có cùng tên và ngày sinh."),
    "place_number_form": (_W, 'Số "{number}" không giống số thửa hoặc số tờ bản đồ.'),
    "parcel_repeated": (_W, "Thửa số {number}, tờ bản đồ {sheet} được ghi hai lần."),
    "purpose_unknown": (_I, 'Mục đích sử dụng "{purpose}" không có trong danh mục.'),
    "purpose_code_differs": (_W, 'Mã {code} không phải là mã của mục đích "{purpose}".'),
    "too_many_uses": (_I, "Thửa đất có hơn ba mục đích sử dụng; biểu mẫu 01 sẽ cần thêm dòng."),
    "required_missing": (_B, "Thiếu giá trị bắt buộc; hãy nhập, hoặc ghi lý do để trống."),
    "doubts_left": (_B, "Còn {count} ô chưa ai xem; hãy xem từng ô trước khi kết thúc."),
    "pages_missing": (_W, "Bộ trang chưa đủ, còn thiếu: {pages}."),
    "several_certificates": (_W, "Các trang thuộc nhiều giấy chứng nhận khác nhau: {serials}."),
    "unreadable_file": (_W, "Tệp {file} không mở được ({code})."),
    "ocr_failed": (_W, "Trang {page} của tệp {file} mở được nhưng chưa đọc được chữ; hãy đọc lại."),
    "no_certificate": (_I, "Không thấy trang giấy chứng nhận nào trong các trang này."),
    "model_unclear": (_I, "Chưa xác định chắc chắn mẫu giấy chứng nhận."),
}
"""Severity and sentence by code."""

OF_PAGES = frozenset(
    {
        "serial_differs",
        "pages_missing",
        "several_certificates",
        "unreadable_file",
        "ocr_failed",
        "no_certificate",
        "model_unclear",
        "id_card_differs",
        "id_card_stranger",
    }
)
"""Codes that only a reading of the pages can find; the checks of a dossier's values never repeat them."""


def make(code: str, /, *paths: str, **values: object) -> Finding:
    """A finding with its sentence filled in."""
    severity, sentence = KINDS[code]
    return Finding(code=code, severity=severity.value, paths=paths, message=sentence.format(**values))


def renew(old: tuple[Finding, ...], found: tuple[Finding, ...], answered: str = "") -> tuple[Finding, ...]:
    """The findings after a change: what the checks say now, and what the pages said unless it was just answered.

    Args:
        old: All findings before.
        found: What the checks say of the values now.
        answered: Path a person has just decided.
    """
    kept = (finding for finding in old if finding.code in OF_PAGES and answered not in finding.paths)
    return (*found, *kept)
