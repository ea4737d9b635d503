"""Words of accepted records speak for values that read the same, and never change one."""

from __future__ import annotations

import pytest

from app.domain.dossier import Asset, Certificate, Change, CurrentUser, Dossier, Holder, IdPaper, Parcel
from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords, words_of

HOME = "Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh"


def record(**values: object) -> Dossier:
    return Dossier(dossier_id="d", **values)  # type: ignore[arg-type]


def at(address: str) -> Dossier:
    return record(parcels=(Parcel(address=address),))


def learned(*records: Dossier) -> LearnedWords:
    return LearnedWords(words_of(one) for one in records)


def told(words: LearnedWords, one: Dossier) -> dict[str, tuple[str, ...]]:
    return words.beside({}, one)


KNOWN = {"parcels[0].address": ("known_here",)}
PART = {"parcels[0].address": ("part_known_here",)}
OTHERWISE = {"parcels[0].address": ("spelled_otherwise_here",)}


def test_nothing_learned_says_nothing_and_keeps_what_is_there():
    assert not NOTHING_LEARNED
    assert NOTHING_LEARNED.beside({"a": ("b",)}, at(HOME)) == {"a": ("b",)}


def test_one_record_may_hold_a_slip_two_are_believed():
    assert told(learned(at(HOME)), at(HOME)) == {}
    assert told(learned(at(HOME), at(HOME)), at(HOME)) == KNOWN
    assert learned(at(HOME), at(HOME)).beside({"parcels[0].address": ("era_unit",)}, at(HOME)) == {
        "parcels[0].address": ("era_unit", "known_here")
    }


@pytest.mark.parametrize(
    ("read", "evidence"),
    [
        ("Số 14, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", KNOWN),
        ("số 14, Đường Hai Khe, phường Kinh Bắc, tỉnh Bắc Ninh.", KNOWN),
        ("Số 15, đường Hai Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", PART),
        ("Số 14, đường Hai Khê, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", OTHERWISE),
        ("Số 14, đường Ba Khe, phường Kinh Bắc, thành phố Bắc Ninh, tỉnh Bắc Ninh", {}),
        ("...", {}),
    ],
)
def test_an_address_is_known_whole_or_by_its_parts(read, evidence):
    assert told(learned(at(HOME), at(HOME)), at(read)) == evidence


def test_the_style_of_tone_marks_is_no_other_spelling():
    words = learned(at("thôn Hoà Bình"), at("thôn Hoà Bình"))
    assert told(words, at("thôn Hòa Bình")) == {}
    assert told(words, at("thôn Hóa Bình")) == OTHERWISE


def test_of_two_spellings_the_rarer_is_doubted_and_equals_say_nothing():
    one, other = at("thôn Trại Hạ"), at("thôn Trại Hà")
    assert told(learned(one, one, one, other, other), one) == KNOWN
    assert told(learned(one, one, one, other, other), other) == OTHERWISE
    assert told(learned(one, one, other, other), one) == {}


def test_the_hamlet_of_the_office_is_a_place():
    words = learned(record(hamlet="Thôn Đông"), record(hamlet="Thôn Đông"))
    assert told(words, at("thôn Đông")) == KNOWN


def signed(signer: str | None, on: str | None = None, title: str | None = None) -> Dossier:
    return record(certificate=Certificate(signer=signer, signer_title=title, issued_on=on))


def test_a_signer_is_known_in_the_years_he_signed_with_his_title():
    words = learned(*(signed("Nghiêm Đức Phả", f"{year}-06-14", "Giám đốc") for year in (2017, 2019)))

    def of(on: str | None, signer: str = "Nghiêm Đức Phả", title: str = "Giám đốc") -> dict[str, tuple[str, ...]]:
        return told(words, signed(signer, on, title))

    both = {"certificate.signer": ("known_here",), "certificate.signer_title": ("known_here",)}
    assert of("2016-01-01") == of("2020") == both
    assert of("2022-01-01") == of(None) == {"certificate.signer_title": ("known_here",)}
    assert of("2019-01-01", title="Phó Giám đốc") == {"certificate.signer": ("known_here",)}
    assert of("2019-01-01", signer="Nghiêm Đức Phá") == {
        "certificate.signer": ("spelled_otherwise_here",),
        "certificate.signer_title": ("spelled_otherwise_here",),
    }
    assert told(words, signed(None, "2019", "Giám đốc")) == {}


def test_offices_and_banks_are_known():
    bank = "Thế chấp tại Ngân hàng TMCP Kinh Bắc Thịnh - Chi nhánh Bắc Ninh theo hồ sơ số 00{}.TC.001"
    office = "CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI THÀNH PHỐ BẮC NINH"

    def one(number: int) -> Dossier:
        return record(
            certificate=Certificate(issuer="SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG TỈNH BẮC NINH"),
            changes=(Change(text=bank.format(number), confirmed_by=office), Change(text="Đính chính năm sinh")),
            holders=(Holder(id_papers=(IdPaper(issuer="Công an tỉnh Bắc Ninh"), IdPaper())),),
        )

    assert told(learned(one(1), one(2)), one(3)) == {
        "certificate.issuer": ("known_here",),
        "changes[0].text": ("part_known_here",),
        "changes[0].confirmed_by": ("known_here",),
        "holders[0].id_papers[0].issuer": ("known_here",),
    }


def test_sheets_are_known_with_their_commune():
    def lies(sheet: str, address: str | None) -> Dossier:
        return record(parcels=(Parcel(sheet=sheet, address=address),))

    cach_bi = "xã Cách Bi, huyện Quế Võ"
    words = learned(lies("16", cach_bi), lies("16", cach_bi))
    assert told(words, lies("16", cach_bi))["parcels[0].sheet"] == ("sheet_known_here",)
    assert "parcels[0].sheet" not in told(words, lies("17", cach_bi))
    assert told(words, lies("16", None)) == {}


def test_addresses_of_everybody_and_everything_count_but_no_names():
    one = record(
        holders=(Holder(name="TRƯƠNG QUANG HÁCH", address=HOME),),
        current_users=(CurrentUser(name="ĐÀM THỊ VỊNH", address=HOME, id_papers=(IdPaper(issuer="Bộ Công an"),)),),
        assets=(Asset(address=HOME),),
    )
    texts = " ".join(word.text for word in words_of(one))
    assert "hách" not in texts
    assert "vịnh" not in texts
    assert set(told(learned(one, one), one)) == {
        "holders[0].address",
        "current_users[0].address",
        "current_users[0].id_papers[0].issuer",
        "assets[0].address",
    }
