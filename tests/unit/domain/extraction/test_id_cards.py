from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.dossier import Holder, IdPaper
from app.domain.extraction.drafts import read_draft
from app.domain.extraction.id_cards import card_drafts, card_findings
from app.domain.extraction.rows import page_text
from tests.unit.domain.extraction import paper
from tests.unit.domain.extraction.paper import check_of, page, page_1, read

CARD = "027081999921|125999921|Trương Quang Hách|14061981|Nam|Khu phố Do Nha, Bắc Ninh|02052021"


def card(text: str = CARD):
    return page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name", codes=(paper.qr(text),), file="card.jpg")


def test_a_card_alone_is_the_holder():
    reading = read(card())
    assert reading.certificate.model is None
    assert reading.holders == (
        Holder(
            kind="person",
            name="Trương Quang Hách",
            sex="male",
            born="1981-06-14",
            address="Khu phố Do Nha, Bắc Ninh",
            id_papers=(IdPaper(kind="cccd", number="027081999921", issued_on="2021-05-02"),),
        ),
    )
    assert {field.source for field in reading.fields} == {"id_card"}
    assert check_of(reading, "holders[0].name") == "ok"
    assert reading.missing_pages == ()


def test_beside_a_certificate_a_card_confirms_the_holder_it_matches():
    reading = read(page_1(), card())
    assert reading.holders[0].name == "TRƯƠNG QUANG HÁCH"
    assert len(reading.holders[0].id_papers) == 1
    assert reading.holders[0].address is not None
    assert reading.holders[0].address.startswith("Số 14")
    assert reading.certificate.qr is None


def test_a_card_adds_its_number_to_a_holder_known_by_the_old_one():
    holders = "Ông: TRƯƠNG QUANG HÁCH Năm sinh: 1981, CMND số: 125999921"
    (holder,) = read(page_1(holders), card()).holders
    assert [(one.kind, one.number) for one in holder.id_papers] == [("cmnd", "125999921"), ("cccd", "027081999921")]


def test_a_card_that_matches_by_name_shows_a_second_reading():
    holders = "Ông: TRƯƠNG QUẢNG HÁCH Năm sinh: 1981"
    reading = read(page_1(holders), card())
    field = next(field for field in reading.fields if field.path == "holders[0].name")
    assert field.check == "conflict"
    assert {candidate.source for candidate in field.candidates} == {"ocr", "id_card"}


def test_a_strangers_card_changes_nothing():
    stranger = CARD.replace("027081999921", "027055999944").replace("125999921", "").replace("Hách", "Hoàn")
    assert read(page_1(), card(stranger)).holders == read(page_1()).holders


def test_a_card_without_a_readable_code_is_only_recognised():
    reading = read(page("CĂN CƯỚC CÔNG DÂN\nHọ và tên / Full name"))
    assert reading.holders == ()
    assert [seen.kind for seen in reading.pages] == ["id_card_front"]


FRONT_OF_2021 = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
CĂN CƯỚC CÔNG DÂN
Citizen Identity Card
Số / No.: 027081999921
Họ và tên / Full name:
TRƯƠNG QUANG HÁCH
Ngày sinh / Date of birth: 14/06/1981
Giới tính / Sex: Nam Quốc tịch / Nationality: Việt Nam
Quê quán / Place of origin:
Kinh Bắc, Bắc Ninh, Bắc Ninh
Nơi thường trú / Place of residence: Số 14, đường Hai Khe
Kinh Bắc, Bắc Ninh, Bắc Ninh
"""
BACK_OF_2021 = """
Đặc điểm nhân dạng / Personal identification: Nốt ruồi cách 1cm dưới mắt trái
Ngày, tháng, năm / Date, month, year: 02/05/2021
CỤC TRƯỞNG CỤC CẢNH SÁT
Ngón trỏ trái
Left index finger
"""
ZONE = """
IDVNM0819999214027081999921<<3
8106148M4106140VNM<<<<<<<<<<<6
TRUONG<<QUANG<HACH<<<<<<<<<<<<
"""
OLD_FRONT = """
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
GIẤY CHỨNG MINH NHÂN DÂN
SỐ 125999921
Họ tên: TRƯƠNG QUANG HÁCH
Sinh ngày: 14-06-1981
Nguyên quán: Kinh Bắc, Bắc Ninh
Nơi ĐKHK thường trú: Khu phố Do Nha, Bắc Ninh
"""
FRONT_OF_2024 = """
CĂN CƯỚC
IDENTITY CARD
Số định danh cá nhân / Personal identification number:
027 184 999 922
Họ, chữ đệm và tên khai sinh / Full name:
ĐÀM THỊ VỊNH
Ngày, tháng, năm sinh / Date of birth: 02/03/1984
Giới tính / Sex: Nữ Quốc tịch / Nationality: Việt Nam
"""
BACK_OF_2024 = """
Nơi cư trú / Place of residence: Khu phố Hồi Quan, Tương Giang, Từ Sơn
Bắc Ninh
Nơi đăng ký khai sinh / Place of birth: Tương Giang, Từ Sơn, Bắc Ninh
Ngày, tháng, năm cấp / Date of issue: 05/08/2024
Ngày, tháng, năm hết hạn / Date of expiry: 02/03/2044
"""
WHOLE = Holder(
    kind="person",
    name="TRƯƠNG QUANG HÁCH",
    sex="male",
    born="1981-06-14",
    address="Số 14, đường Hai Khe Kinh Bắc, Bắc Ninh, Bắc Ninh",
    id_papers=(IdPaper(kind="cccd", number="027081999921", issued_on="2021-05-02"),),
)


def sources(reading, path: str) -> set[str]:
    field = next(field for field in reading.fields if field.path == path)
    return {field.source, *(candidate.source for candidate in field.candidates)}


def test_a_front_and_a_back_without_a_code_are_read_from_their_print():
    reading = read(page(FRONT_OF_2021), page(BACK_OF_2021, file="back.jpg"))
    assert reading.holders == (WHOLE,)
    assert sources(reading, "holders[0].name") == {"ocr"}


def test_both_sides_may_stand_on_one_page():
    assert read(page(FRONT_OF_2021 + BACK_OF_2021 + ZONE)).holders == (WHOLE,)


def test_both_sides_may_lie_beside_each_other():
    backs = BACK_OF_2021.strip().split("\n")
    fronts = FRONT_OF_2021.strip().split("\n")
    rows = [f"{front} || {backs[at] if at < len(backs) else ''}" for at, front in enumerate(fronts)]
    narrow = "\n".join(row.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CHXHCN VIỆT NAM") for row in rows)
    assert read(page(narrow)).holders[0].id_papers == WHOLE.id_papers


def test_the_zone_of_a_back_alone_is_a_holder_without_a_name():
    reading = read(page(BACK_OF_2021 + ZONE))
    assert reading.holders == (
        Holder(
            kind="person",
            sex="male",
            born="1981-06-14",
            id_papers=(IdPaper(kind="cccd", number="027081999921", issued_on="2021-05-02"),),
        ),
    )
    assert sources(reading, "holders[0].born") == {"mrz"}


def test_two_cards_are_two_holders():
    reading = read(page(FRONT_OF_2021 + BACK_OF_2021), page(FRONT_OF_2024 + BACK_OF_2024, file="other.jpg"))
    assert reading.holders[0] == WHOLE
    assert reading.holders[1] == Holder(
        kind="person",
        name="ĐÀM THỊ VỊNH",
        sex="female",
        born="1984-03-02",
        address="Khu phố Hồi Quan, Tương Giang, Từ Sơn Bắc Ninh",
        id_papers=(IdPaper(kind="cccd", number="027184999922", issued_on="2024-08-05"),),
    )


def test_two_fronts_on_one_page_are_two_holders():
    reading = read(page(FRONT_OF_2021 + "\n" + FRONT_OF_2024))
    assert [holder.id_papers[0].number for holder in reading.holders] == ["027081999921", "027184999922"]


def test_the_paper_of_nine_digits_is_read():
    back = "Dân tộc: Kinh Tôn giáo: Không\nDấu vết riêng và dị hình\nNốt ruồi\n|| Ngày 03 tháng 02 năm 2000"
    reading = read(page(OLD_FRONT), page(back, file="back.jpg"))
    assert reading.holders == (
        Holder(
            kind="person",
            name="TRƯƠNG QUANG HÁCH",
            born="1981-06-14",
            address="Khu phố Do Nha, Bắc Ninh",
            id_papers=(IdPaper(kind="cmnd", number="125999921", issued_on="2000-02-03"),),
        ),
    )


def test_code_zone_and_print_of_one_card_are_one_holder():
    reading = read(
        page(FRONT_OF_2021, codes=(paper.qr(CARD),)),
        page(BACK_OF_2021 + ZONE, file="back.jpg"),
    )
    assert len(reading.holders) == 1
    assert reading.holders[0].name == "TRƯƠNG QUANG HÁCH"
    assert check_of(reading, "holders[0].id_papers[0].number") == "ok"


def test_a_slip_in_the_printed_number_is_one_card_still():
    slipped = FRONT_OF_2021.replace("027081999921", "027081999927")
    reading = read(page(slipped, codes=(paper.qr(CARD),)))
    assert len(reading.holders) == 1
    assert sources(reading, "holders[0].id_papers[0].number") == {"ocr", "id_card"}
    assert check_of(reading, "holders[0].id_papers[0].number") != "ok"


def test_the_english_half_of_a_label_read_badly_is_no_name():
    worn = FRONT_OF_2021.replace("Họ và tên / Full name:", "Họ và tên ƒ Full narpe")
    assert read(page(worn)).holders[0].name == "TRƯƠNG QUANG HÁCH"


def test_a_stroke_before_a_name_is_not_of_it():
    (holder,) = read(page(FRONT_OF_2021.replace("TRƯƠNG QUANG", "Ì TRƯƠNG QUANG"))).holders
    assert holder.name == "TRƯƠNG QUANG HÁCH"


def test_an_address_keeps_its_commas_and_ends_with_its_province():
    front = FRONT_OF_2021.replace("Số 14, đường Hai Khe\n", "Số 14, đường Hai Khe,\n")
    front = front.replace("Kinh Bắc, Bắc Ninh, Bắc Ninh\n", "phường Kinh Bắc, tỉnh Bắc Ninh thời hạn\n")
    assert read(page(front)).holders[0].address == "Số 14, đường Hai Khe, phường Kinh Bắc, tỉnh Bắc Ninh"


def test_a_number_of_no_province_is_not_taken():
    assert read(page(FRONT_OF_2021.replace("027081999921", "270819999215"))).holders == ()


def test_the_zone_finds_the_holder_by_a_name_with_slips():
    holders = "Bà: DIÊM THỊ QUẾ Năm sinh: 1981"
    zone = ZONE.replace("TRUONG<<QUANG<HACH<<<<<<<<<<<<", "DTEM<<THT<QUE".ljust(30, "<"))
    (holder,) = read(page_1(holders), page(BACK_OF_2021 + zone, file="c.jpg")).holders
    assert [one.number for one in holder.id_papers] == ["027081999921"]


def test_beside_a_certificate_a_printed_card_gives_the_whole_birth_only_where_none_is_printed():
    holders = "Ông: TRƯƠNG QUANG HÁCH, CCCD số: 027081999921"
    assert read(page_1(holders), page(FRONT_OF_2021, file="c.jpg")).holders[0].born == "1981-06-14"
    assert read(page_1(), page(FRONT_OF_2021, file="c.jpg")).holders[0].born == "1981"


def test_the_zone_finds_the_holder_by_name_where_the_number_is_not_printed():
    holders = "Ông: TRƯƠNG QUANG HÁCH Năm sinh: 1981"
    (holder,) = read(page_1(holders), page(BACK_OF_2021 + ZONE, file="c.jpg")).holders
    assert holder.id_papers == (IdPaper(kind="cccd", number="027081999921", issued_on="2021-05-02"),)


def test_another_year_of_birth_is_another_person():
    holders = "Ông: TRƯƠNG QUANG HÁCH Năm sinh: 1951"
    (holder,) = read(page_1(holders), card()).holders
    assert holder.id_papers == ()


def test_cards_that_differ_and_cards_of_strangers_are_findings():
    pages = (page_1(), card(CARD.replace("Quang", "Quảng")))
    texts = [page_text(scan, index) for index, scan in enumerate(pages)]
    drafts = [read_draft("holders[0].name", texts[0].clip, "TRƯƠNG QUANG HÁCH")]
    drafts += [read_draft("holders[0].id_papers[0].number", texts[0].clip, "027081999921")]
    drafts += card_drafts(texts, drafts, alone=False)
    assert [(one.code, one.paths) for one in card_findings(texts, drafts)] == [
        ("id_card_differs", ("holders[0].name",))
    ]
    strange = [read_draft("holders[0].name", texts[0].clip, "ĐÀM THỊ VỊNH")]
    assert [one.code for one in card_findings(texts, strange)] == ["id_card_stranger"]


WORDS = st.sampled_from(
    [*FRONT_OF_2021.split(), *BACK_OF_2021.split(), *ZONE.split(), *OLD_FRONT.split(), "\n", "||", "|", "12", "", "«"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, max_size=90), st.text(max_size=60))
def test_any_words_and_codes_are_survived(words, payload):
    scan = page(" ".join(words), codes=(paper.qr(payload), paper.qr("|".join(words))))
    texts = [page_text(scan, 0)]
    drafts = card_drafts(texts, [], alone=True)
    card_findings(texts, card_drafts(texts, drafts, alone=False))


def test_a_reading_tells_what_cards_say_differently():
    reading = read(page_1(), card(CARD.replace("Quang", "Quảng")))
    assert "id_card_differs" in [one.code for one in reading.findings]
    assert check_of(reading, "holders[0].name") == "conflict"
    stranger = CARD.replace("027081999921", "027055999944").replace("125999921", "").replace("Hách", "Hoàn")
    assert "id_card_stranger" in [one.code for one in read(page_1(), card(stranger)).findings]
    assert "id_card_stranger" not in [one.code for one in read(card(stranger)).findings]
