"""Labels of parcels in wordings that stand in no list."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.extraction import certificate_2014
from app.domain.extraction.rows import page_text
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import front, page_1, page_2, read

PLACE = "Thôn Núi Hạ, xã Ngọc Thiện, huyện Tân Yên, tỉnh Bắc Giang"
FREE = "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất"
WORDS = "Một trăm tám mươi tám mét vuông"

AS_PRINTED = f"""
a) Thửa đất số: 205, tờ bản đồ số: 16
b) Địa chỉ: {PLACE}
c) Diện tích: 188,0 m², (bằng chữ: {WORDS})
d) Hình thức sử dụng: Sử dụng riêng
đ) Mục đích sử dụng: Đất ở tại nông thôn
e) Thời hạn sử dụng: Lâu dài
g) Nguồn gốc sử dụng: {FREE}
"""
WITHOUT_COLONS = f"""
a) Thửa đất số 205, tờ bản đồ số 16
b) Địa chỉ thửa đất {PLACE}
c) Diện tích 188,0 m² (bằng chữ {WORDS})
d) Hình thức sử dụng đất Sử dụng riêng
đ) Mục đích sử dụng đất Đất ở tại nông thôn
e) Thời hạn sử dụng đất Lâu dài
g) Nguồn gốc sử dụng đất {FREE}
"""
IN_CAPITALS = f"""
THỬA ĐẤT SỐ: 205 TỜ BẢN ĐỒ SỐ: 16
ĐỊA CHỈ THỬA ĐẤT: {PLACE}
DIỆN TÍCH: 188,0 m² (Viết bằng chữ: {WORDS})
HÌNH THỨC SỬ DỤNG: Sử dụng riêng
MỤC ĐÍCH SỬ DỤNG ĐẤT: Đất ở tại nông thôn
THỜI HẠN SỬ DỤNG: Lâu dài
NGUỒN GỐC SỬ DỤNG: {FREE}
"""
OTHER_WORDS = f"""
1. Số hiệu thửa đất: 205
2. Số hiệu tờ bản đồ: 16
3. Vị trí thửa đất: {PLACE}
4. Tổng diện tích thửa đất được cấp giấy: 188,0 m²
- Ghi bằng chữ: {WORDS}
5. Hình thức: Sử dụng riêng
6. Loại đất (mục đích sử dụng): Đất ở tại nông thôn
7. Thời gian sử dụng đất: Lâu dài
8. Nguồn gốc của thửa đất: {FREE}
"""
SEVERAL_ON_A_LINE = f"""
Số thửa: 205; Bản đồ địa chính số: 16; Diện tích: 188,0 m²
Bằng chữ: {WORDS}
Thửa đất có địa chỉ tại: {PLACE}
Mục đích: Đất ở tại nông thôn; Thời hạn: Lâu dài
Hình thức sử dụng đất: Sử dụng riêng
Có nguồn gốc: {FREE}
"""
WITH_ITEMS_ON_A_LINE = f"""
a. Thửa số: 205   b. Tờ bản đồ: 16   c. Diện tích: 188,0 m²
(Bằng chữ: {WORDS})
d. Địa chỉ (nơi có đất): {PLACE}
e. Được sử dụng vào mục đích: Đất ở tại nông thôn
f. Thời hạn được sử dụng: Lâu dài    g. Hình thức: Sử dụng riêng
h. Nguồn gốc: {FREE}
"""
SEEN_BADLY = f"""
ạ) Thưa đât sô; 205, tơ bán đô sô. 16
b) Đia chi; {PLACE}
e) Diên tich: 188,0 m°, (băng chư: {WORDS})
d) Hinh thưc sứ dụng ; Sử dụng riêng
ä) Muc đich sử dung. Đất ở tại nông thôn
©) Thơi han sứ dung ; Lâu dài
ø) Nguôn gôc sư dung; {FREE}
"""
VALUES_BELOW = f"""
Thửa đất số:
205
Tờ bản đồ số:
16
Địa chỉ:
{PLACE}
Diện tích:
188,0 m²
Bằng chữ: {WORDS}
Mục đích sử dụng:
Đất ở tại nông thôn
Thời hạn sử dụng:
Lâu dài
Hình thức sử dụng:
Sử dụng riêng
Nguồn gốc sử dụng:
{FREE}
"""
VALUES_THAT_RUN_ON = f"""
a) Thửa đất số: 205; thuộc tờ bản đồ số: 16; tỷ lệ 1:1000
b) Địa chỉ thửa đất: Thôn Núi Hạ, xã Ngọc Thiện,
huyện Tân Yên, tỉnh Bắc Giang
c) Diện tích: 188,0 m² ({WORDS.removesuffix(" tám mét vuông")}
tám mét vuông)
d) Hình thức sử dụng: Riêng: 188,0 m²; chung: không m²
đ) Mục đích sử dụng: Đất ở tại nông
thôn
e) Thời hạn sử dụng: Lâu dài
g) Nguồn gốc sử dụng: Công nhận QSDĐ như giao đất có thu tiền
sử dụng đất
"""
SHORTENED = f"""
a) Thửa số: 205; Tờ bản đồ: 16
b) Tại: {PLACE}
c) DT: 188,0 m² (Bằng chữ: {WORDS})
d) Hình thức SD: Sử dụng riêng
đ) Mục đích SD: Đất ở tại nông thôn
e) Thời hạn SD: Lâu dài
g) Nguồn gốc SD: {FREE}
"""


@pytest.mark.parametrize(
    "printed",
    [
        pytest.param(AS_PRINTED, id="as printed on the form"),
        pytest.param(WITHOUT_COLONS, id="without colons"),
        pytest.param(IN_CAPITALS, id="in capitals"),
        pytest.param(OTHER_WORDS, id="in other words"),
        pytest.param(SEVERAL_ON_A_LINE, id="several on a line"),
        pytest.param(WITH_ITEMS_ON_A_LINE, id="with items on a line"),
        pytest.param(SEEN_BADLY, id="seen badly"),
        pytest.param(VALUES_BELOW, id="above their values"),
        pytest.param(VALUES_THAT_RUN_ON, id="with values that run on"),
        pytest.param(SHORTENED, id="shortened"),
    ],
)
def test_labels_are_known_by_what_they_are_about(printed):
    (parcel,) = read(page_2(printed)).parcels
    (use,) = parcel.uses
    assert (parcel.number, parcel.sheet, parcel.address) == ("205", "16", PLACE)
    assert (str(parcel.area_m2), parcel.area_words) == ("188.0", WORDS)
    assert (use.purpose, use.term, use.form, use.origin) == ("Đất ở tại nông thôn", "Lâu dài", "Sử dụng riêng", FREE)


def test_words_of_labels_within_a_value_are_no_labels():
    origin = "Nhà nước giao đất không thu tiền sử dụng đất"
    printed = AS_PRINTED.replace(FREE, f"{origin}\nsử dụng đất: 188,0 m²").replace(
        "Đất ở tại nông thôn", "Đất ở tại nông thôn: 100,0 m²; Đất trồng cây\nlâu năm: 88,0 m²"
    )
    (parcel,) = read(page_2(printed)).parcels
    assert [(use.purpose, str(use.area_m2)) for use in parcel.uses] == [
        ("Đất ở tại nông thôn", "100.0"),
        ("Đất trồng cây lâu năm", "88.0"),
    ]
    assert str(parcel.area_m2) == "188.0"


def test_a_total_below_the_parcel_does_not_run_into_its_origin():
    (parcel,) = read(page_2(f"{AS_PRINTED.strip()}\nTổng diện tích: 188,0 m²")).parcels
    assert (parcel.uses[0].origin, str(parcel.area_m2)) == (FREE, "188.0")


def test_lines_that_only_count_parcels_are_no_values():
    printed = "\n".join(
        f"Thửa thứ {index}:\n{AS_PRINTED.strip().replace('205', number)}" for index, number in ((1, "205"), (2, "206"))
    )
    parcels = read(page_2(printed)).parcels
    assert [(parcel.number, parcel.uses[0].origin) for parcel in parcels] == [("205", FREE), ("206", FREE)]


def test_a_number_may_stand_behind_the_word_for_its_kind():
    (parcel,) = read(page_2(AS_PRINTED.replace("205", "Lô 205").replace("số: 16", "số: Khoảnh 16"))).parcels
    assert (parcel.number, parcel.sheet) == ("205", "16")


def test_each_asset_of_2024_has_lines_of_its_own():
    one = "a) Tên tài sản: {}\nb) Diện tích sàn: {} m²\nc) Hình thức sở hữu: Sở hữu riêng\nd) Thời hạn sở hữu: -/-"
    printed = "\n".join(one.format(*asset) for asset in (("Nhà xưởng", "5.141,1"), ("Nhà điều hành", "1.520,7")))
    text = f"""
1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:
Ông: CHU VĂN LƯỢNG, CCCD: 027079999931
2. Thông tin thửa đất:
{AS_PRINTED.strip()}
3. Thông tin tài sản gắn liền với đất:
{printed}
|| Quế Võ, ngày 05 tháng 3 năm 2025
Thông tin chi tiết được thể hiện tại mã QR
"""
    assets = read(front(text)).assets
    assert [(asset.name, str(asset.floor_area_m2), asset.ownership, asset.term) for asset in assets] == [
        ("Nhà xưởng", "5141.1", "Sở hữu riêng", None),
        ("Nhà điều hành", "1520.7", "Sở hữu riêng", None),
    ]


@pytest.mark.parametrize(
    "lost",
    [
        "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:\n",
        "2. Thông tin thửa đất:\n",
        "3. Thông tin tài sản gắn liền với đất:\n",
    ],
)
def test_a_front_of_2024_is_read_where_a_heading_was_lost(lost):
    text = paper.FRONT.replace("tài sản gắn liền với đất: -/-", "tài sản gắn liền với đất:\na) Tên tài sản: Nhà kho")
    assert lost in text
    whole, cut = read(front(text)), read(front(text.replace(lost, "")))
    assert [holder.name for holder in cut.holders] == ["CHU VĂN LƯỢNG", "LỤC THỊ THẮM"]
    assert cut.parcels == whole.parcels
    assert [asset.name for asset in cut.assets] == ["Nhà kho"]


def test_holders_of_2014_are_read_where_their_heading_was_lost():
    seen = page_1()
    title = paper.line("QUYỀN SỬ DỤNG ĐẤT QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", 2)
    cut = dataclasses.replace(seen, lines=(*seen.lines[:2], title, *seen.lines[3:]))
    assert [holder.name for holder in read(cut, page_2()).holders] == ["TRƯƠNG QUANG HÁCH", "ĐÀM THỊ VỊNH"]


def test_what_stands_far_below_the_holders_is_not_their_address():
    holders = "Ông: LÊ VĂN HOẠCH Năm sinh: 1958\nĐịa chỉ thường trú: thôn Núi Hạ, xã Ngọc Thiện"
    seen = page_1(holders)
    far = paper.line("BD38444G6G IE 2h67", 30)
    (holder,) = read(dataclasses.replace(seen, lines=(*seen.lines, far)), page_2()).holders
    assert holder.address == "thôn Núi Hạ, xã Ngọc Thiện"


@pytest.mark.parametrize(
    "heading",
    [
        "I. NGƯỜI SỬ DỤNG ĐẤT, CHỦ SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN\nLIỀN VỚI ĐẤT",
        "I- Người sử dụng đất, chủ sở hữu nhà ở và tài\nsản khác gắn liền với đất:",
        "1. Người sử dụng đất:",
        "Tên người sử dụng đất, chủ sở hữu tài sản",
    ],
)
@pytest.mark.parametrize("form", ["\n", " "])
def test_no_word_of_the_heading_becomes_part_of_the_holders_name(heading, form):
    behind = form if heading.endswith(":") else "\n"
    seen = paper.page(f"CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n{heading}{behind}{MAKER}")
    drafts = certificate_2014.read_page_1(page_text(seen, 0), paper.LEXICON)
    read_as = {draft.path: draft.value for draft in drafts}
    assert read_as["holders[0].name"] == "CÔNG TY TNHH MAY ĐẠI HƯNG"
    assert read_as["holders[0].id_papers[0].number"] == "2371999907"


MAKER = "CÔNG TY TNHH MAY ĐẠI HƯNG\nMã số thuế: 2371999907"


@pytest.mark.parametrize(
    "heading", ["1. Người sử dụng đất, chủ sở hữu tài sản:\n", "1. Người sử dụng đất:\n", "1. Chủ sử dụng đất: "]
)
def test_holders_of_2024_stand_below_or_behind_their_heading(heading):
    whole = "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:\n"
    assert whole in paper.FRONT
    title = "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT\nMã GCN: 719671419397\n"
    holders = read(front(paper.FRONT.replace(whole, title + heading))).holders
    assert [holder.name for holder in holders] == ["CHU VĂN LƯỢNG", "LỤC THỊ THẮM"]


@pytest.mark.parametrize(
    "label",
    [
        "a) Thửa đất số/Tờ bản đồ số: 205/16",
        "a) Số thửa, số tờ bản đồ: 205, 16",
        "1. Tờ bản đồ số - thửa đất số: 16 - 205",
        "Số hiệu thửa đất và số tờ bản đồ: 205 và 16",
    ],
)
def test_one_label_may_stand_before_both_numbers(label):
    (parcel,) = read(page_2(f"{label}\nb) Địa chỉ: {PLACE}\nc) Diện tích: 188,0 m²")).parcels
    assert (parcel.number, parcel.sheet, parcel.address) == ("205", "16", PLACE)


@pytest.mark.parametrize("label", ["5. Nội dung ghi chú:", "5. Ghi chú", "Phần ghi chú:", "VI. Những ghi chú :"])
def test_notes_are_known_by_their_meaning(label):
    printed = paper.BACK.replace("5. Ghi chú:", label)
    assert label in printed
    known = read(front(), paper.back()).certificate.notes
    assert known
    assert read(front(), paper.back(printed)).certificate.notes == known


def test_words_between_co_owners_are_no_heading():
    seen = page_1("Ông: VŨ ĐÌNH PHẢ\nSinh năm: 1965\nCùng sử dụng đất với:\nBà: KIỀU BÍCH MẬN\nSinh năm: 1962")
    cut = paper.line("sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", 2)
    seen = dataclasses.replace(seen, lines=(*seen.lines[:2], cut, *seen.lines[3:]))
    assert [holder.name for holder in read(seen, page_2()).holders] == ["VŨ ĐÌNH PHẢ", "KIỀU BÍCH MẬN"]
