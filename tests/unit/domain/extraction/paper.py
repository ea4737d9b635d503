"""Pages written down as text and laid out as words with boxes, as the page reader would see them."""

from __future__ import annotations

from typing import Any

from app.adapters.calibration_file import load_calibration
from app.adapters.code_lists_files import load_code_lists
from app.domain.extraction.assemble import understand
from app.domain.extraction.lexicon import Lexicon
from app.domain.reading import Box, Code, Line, PageScan, Reading, Word

LETTER_PX, HEIGHT_PX, ROW_PX, LEFT_PX = 20, 40, 70, 200
SURE = 96.9
LEXICON = Lexicon(load_code_lists())
CALIBRATION = load_calibration()


def line(text: str, row: float, left: int = LEFT_PX, confidence: float = SURE) -> Line:
    """One line of words; each letter takes the same room."""
    words, at = [], left
    for part in text.split(" "):
        if part:
            box = Box(at, round(100 + row * ROW_PX), len(part) * LETTER_PX, HEIGHT_PX)
            words.append(Word(text=part, box=box, confidence=confidence))
        at += (len(part) + 1) * LETTER_PX
    return Line(words=tuple(words))


def page(
    text: str,
    *,
    red: str = "",
    codes: tuple[Code, ...] = (),
    file: str = "a.jpg",
    number: int = 1,
    confidence: float = SURE,
) -> PageScan:
    """A page from text: one printed line for each line; "    ||    " begins a cell in the right half of the page."""
    lines = []
    for row, written in enumerate(text.strip("\n").split("\n")):
        left, _, right = written.partition("||")
        if left.strip():
            lines.append(line(left.strip(), row, confidence=confidence))
        if right.strip():
            lines.append(line(right.strip(), row, left=1500, confidence=confidence))
    red_lines = (line(red, 40, left=1600),) if red else ()
    return PageScan(
        file=file,
        page=number,
        width_px=2244,
        height_px=3130,
        dpi=300,
        lines=tuple(lines),
        red_lines=red_lines,
        codes=codes,
        ink_pct=3.0,
    )


def qr(text: str) -> Code:
    """A decoded QR code."""
    return Code(kind="qr", text=text, box=Box(1900, 100, 236, 236))


def barcode(text: str) -> Code:
    """A decoded bar code."""
    return Code(kind="barcode", text=text, box=Box(1500, 2900, 500, 90))


def read(*pages: PageScan) -> Reading:
    """The record of the pages."""
    return understand(pages, LEXICON, CALIBRATION, "2026-11-22")


def check_of(reading: Reading, path: str) -> str | None:
    """What the reading says of a field; None when it has none."""
    return next((field.check for field in reading.fields if field.path == path), None)


HOLDERS_COUPLE = """
Ông: TRƯƠNG QUANG HÁCH Năm sinh: 1981, CCCD số: 027081999921
Địa chỉ thường trú: Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh.
Và vợ là bà: ĐÀM THỊ VỊNH Năm sinh: 1984, CCCD số: 027184999922
Địa chỉ thường trú: Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh.
"""


def page_1(holders: str = HOLDERS_COUPLE, serial: str = "CQ 718336", **more: Any) -> PageScan:
    """Page 1 of the model of 2014."""
    text = f"""
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất
{holders.strip()}
"""
    return page(text, red=serial, **more)


PARCEL = """
a) Thửa đất số: 205, tờ bản đồ số: 16
b) Địa chỉ: Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh
c) Diện tích: 72,5 m², (bằng chữ: Bảy mươi hai phẩy năm mét vuông)
d) Hình thức sử dụng: Sử dụng riêng
đ) Mục đích sử dụng: Đất ở tại đô thị
e) Thời hạn sử dụng: Lâu dài
g) Nguồn gốc sử dụng: Nhận chuyển nhượng đất được Công nhận QSDĐ như giao đất có thu tiền
sử dụng đất
"""
NOTHING = """
2. Nhà ở: -/-
3. Công trình xây dựng khác: -/-
4. Rừng sản xuất là rừng trồng: -/-
5. Cây lâu năm: -/-
"""
NOTES = "6. Ghi chú: -/-"
SIGNATURE = """
|| Bắc Ninh, ngày 14 tháng 6 năm 2019
|| SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG
|| TỈNH BẮC NINH
|| TUQ. GIÁM ĐỐC
|| GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI




|| Nghiêm Đức Phả
Số vào sổ cấp GCN: CS 09331
"""


def page_2(
    parcel: str = PARCEL, assets: str = NOTHING, notes: str = NOTES, signature: str = SIGNATURE, **more: Any
) -> PageScan:
    """Page 2 of the model of 2014."""
    text = f"""
II. Thửa đất, nhà ở và tài sản khác gắn liền với đất
1. Thửa đất:
{parcel.strip()}
{assets.strip()}
{notes}
{signature.strip(chr(10))}
"""
    return page(text, file="b.jpg", **more)


def page_3(changes: str = "") -> PageScan:
    """Page 3 of the model of 2014."""
    text = f"""
III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất
205
72,5
IV. Những thay đổi sau khi cấp Giấy chứng nhận
Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền
{changes.strip()}
"""
    return page(text, file="c.jpg")


def page_4(changes: str = "", codes: tuple[Code, ...] = (), digits: str = "0917219009331") -> PageScan:
    """Page 4 of the model of 2014."""
    text = f"""
Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền
{changes.strip()}
Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào
trong Giấy chứng nhận; khi bị mất hoặc hư hỏng phải khai báo ngay với cơ quan cấp Giấy.
|| {digits}
"""
    return page(text, codes=codes, file="d.jpg")


FRONT = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Mã Giấy chứng nhận: 105741759277
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:
Ông: CHU VĂN LƯỢNG, CCCD: 027079999931
Và vợ: LỤC THỊ THẮM, CCCD: 024182999932
2. Thông tin thửa đất:
a) Thửa đất số: 91; tờ bản đồ số: 27
b) Diện tích: 383,0 m²
c) Loại đất: Đất ở tại đô thị (ODT): 93,0 m²; Đất trồng cây hằng năm khác (HNK): 290,0 m²
d) Thời hạn sử dụng đất: Đất ở tại đô thị: Lâu dài; Đất trồng cây hằng năm khác: Đến ngày 17/12/2065
đ) Hình thức sử dụng đất: Sử dụng riêng
e) Địa chỉ: Khu phố Do Nha, phường Phương Liễu, thị xã Quế Võ, tỉnh Bắc Ninh
3. Thông tin tài sản gắn liền với đất: -/-
|| Quế Võ, ngày 05 tháng 3 năm 2025
|| VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI
|| TỈNH BẮC NINH
|| CHI NHÁNH THỊ XÃ QUẾ VÕ
|| GIÁM ĐỐC



|| Kiều Hữu Dự
Thông tin chi tiết được thể hiện tại mã QR
"""
FRONT_QR = "05-03-2025-09-15-30|H05.16.11.9|ELIS|H05.16-250218-0042|AA 04417325|105741759277|05-03-2025-09-15-30|418273"
BACK = """
4. Sơ đồ thửa đất, tài sản gắn liền với đất:
5. Ghi chú: Số hiệu và diện tích thửa đất được xác định theo bản đồ địa chính
6. Những thay đổi sau khi cấp Giấy chứng nhận:
Nội dung thay đổi và cơ sở pháp lý || Xác nhận của cơ quan có thẩm quyền
Số vào sổ cấp Giấy chứng nhận: CN 00318
Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào
"""


def front(text: str = FRONT, serial: str = "AA 04417325", code: str = FRONT_QR) -> PageScan:
    """The front of the model of 2024."""
    return page(text, red=serial, codes=(qr(code),) if code else ())


def back(text: str = BACK) -> PageScan:
    """The back of the model of 2024."""
    return page(text, file="b.jpg")
