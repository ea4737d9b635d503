"""What checks say: one severity and one complete Vietnamese sentence for each code, with its reasons.

The sentences of other languages stand in `resources/messages`, under the same codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.reading import Finding, Severity

_I, _W, _B = Severity.INFO, Severity.WARNING, Severity.BLOCKING
KINDS: dict[str, tuple[Severity, str]] = {
    "area_words_differ": (_W, "Diện tích bằng số {digits} m² khác diện tích bằng chữ ({words})."),
    "area_words_unread": (
        _I,
        "Diện tích bằng chữ không đọc ra số được, nên không đối chiếu được với diện tích bằng số.",
    ),
    "area_comma": (
        _W,
        "Diện tích {area} m² và {other} m² chỉ khác nhau ở dấu phẩy; hãy xem lại dấu phẩy trên giấy.",
    ),
    "area_without_decimals": (
        _W,
        "Diện tích {area} m² không có số lẻ như các diện tích khác trên giấy; dấu phẩy có thể đã mất.",
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
    "changes_out_of_order": (_W, "Biến động ngày {date} ghi sau biến động ngày {other}; hãy xem lại ngày."),
    "release_day_differs": (_W, "Nội dung xóa thế chấp nhắc đến ngày {date}, còn thế chấp đã ghi ngày {other}."),
    "replaces_itself": (_W, "Giấy cũ được thay thế có cùng số phát hành {serial} với giấy này."),
    "issuer_unusual": (_W, "Cơ quan cấp {issuer} không hợp với mẫu giấy hoặc ngày cấp: {why}."),
    "register_prefix_differs": (_W, "Chữ {prefix} trong số vào sổ {number} cần xem lại: {why}."),
    "unit_of_other_era": (_W, "Địa chỉ thửa đất không hợp với ngày cấp giấy: {why}."),
    "commune_unknown": (_I, 'Không thấy xã, phường, thị trấn "{name}" trong danh mục cùng thời kỳ.'),
    "commune_elsewhere": (
        _I,
        'Danh mục ghi xã, phường, thị trấn "{name}" ở {listed}, trên giấy là {district}.',
    ),
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
    "parcel_named_otherwise": (
        _W,
        "Ghi chú hoặc biến động nhắc đến thửa {other_number}, tờ {other_sheet}; giấy in thửa {number}, tờ {sheet}.",
    ),
    "term_ended": (_W, "Thời hạn sử dụng đất đã hết ngày {term}, trước ngày cấp giấy {issued}."),
    "purpose_unit_differs": (_I, 'Mục đích "{purpose}" không hợp với địa chỉ thửa đất: {why}.'),
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

REASONS: dict[str, dict[str, str]] = {
    "cccd_structure": {
        "length": "phải có đúng 12 chữ số",
        "province": "không có mã tỉnh {province}",
        "sex": "chữ số thứ tư không hợp với giới tính",
        "year": "năm sinh theo số là {in_number}, trên giấy là {on_paper}",
    },
    "barcode_differs": {
        "length": "phải có 13 chữ số",
        "year": "mã vạch ghi năm {year}",
        "register": "mã vạch ghi số vào sổ {sequence}",
        "unit": "mã vạch ghi {unit}",
    },
    "date_implausible": {
        "model_period": "giấy mẫu {model} cấp từ {first} đến {last}",
        "born_after_issue": "sinh sau ngày cấp giấy",
        "before_issue": "trước ngày cấp giấy",
        "in_future": "ở tương lai",
        "age": "{age} tuổi khi cấp giấy",
    },
    "issuer_unusual": {
        "model": "cơ quan này không cấp giấy mẫu {model}",
        "communes_later": "cấp xã chỉ ký từ {day}",
        "offices_later": "văn phòng đăng ký chỉ ký từ {day}",
        "districts_ended": "cấp huyện không còn từ {day}",
    },
    "register_prefix_differs": {
        "model": "giấy mẫu {model} không dùng chữ này",
        "issuer": "không hợp với cơ quan cấp",
    },
    "unit_of_other_era": {
        "province": "tỉnh {name} không có vào ngày {day}",
        "district": "huyện {name} không có vào ngày {day}",
        "districts_ended": "cấp huyện không còn từ {day}",
    },
    "purpose_unit_differs": {
        "rural": "đất ở tại đô thị nằm ở phường hoặc thị trấn, địa chỉ ghi xã",
        "urban": "đất ở tại nông thôn nằm ở xã, địa chỉ ghi phường hoặc thị trấn",
    },
}
"""By code of a finding: the codes and words of its reasons."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """A reason of a finding: its code within `REASONS`, and what is filled into its words."""

    code: str
    details: Mapping[str, object] = field(default_factory=dict)


def because(code: str, /, **details: object) -> Why:
    """A reason with its details."""
    return Why(code=code, details=details)


def make(code: str, /, *paths: str, why: tuple[Why, ...] = (), **values: object) -> Finding:
    """A finding with its sentence filled in.

    Args:
        code: A key of `KINDS`.
        paths: The values it is about.
        why: Its reasons, where the sentence names any.
        values: What is filled in.
    """
    severity, sentence = KINDS[code]
    details = {name: str(value) for name, value in values.items()}
    for reason in why:
        details |= {name: str(value) for name, value in reason.details.items()}
    if why:
        details["why"] = " ".join(reason.code for reason in why)
    message = tell(sentence, REASONS.get(code, {}), details)
    return Finding(code=code, severity=severity.value, paths=paths, message=message, details=details)


def tell(sentence: str, reasons: Mapping[str, str], details: Mapping[str, str]) -> str:
    """A sentence with its details and the words of its reasons filled in.

    Raises:
        KeyError: When a detail is missing.
    """
    told = (reasons[code].format_map(details) for code in details.get("why", "").split())
    return sentence.format_map({**details, "why": "; ".join(told)})


def renew(old: tuple[Finding, ...], found: tuple[Finding, ...], answered: str = "") -> tuple[Finding, ...]:
    """The findings after a change: what the checks say now, and what the pages said unless it was just answered.

    Args:
        old: All findings before.
        found: What the checks say of the values now.
        answered: Path a person has just decided.
    """
    kept = (finding for finding in old if finding.code in OF_PAGES and answered not in finding.paths)
    return (*found, *kept)
