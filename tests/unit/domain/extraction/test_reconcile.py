"""Agreements of values that were read apart from each other."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

from app.adapters.code_lists_files import load_code_lists
from app.domain.dossier import Certificate, Change, Dossier, Holder, IdPaper, LandUse, Parcel
from app.domain.extraction.drafts import Draft, value_of
from app.domain.extraction.reconcile import confirmed_paths, settle_area, supporting_paths
from app.domain.extraction.rows import PageText, Placed, Row
from app.domain.reading import Box, PageScan, Word
from tests.unit.domain.extraction.paper import page_1, page_2, page_4, read

LISTS = load_code_lists()


def record() -> Dossier:
    reading = read(page_1(), page_2(), page_4())
    return Dossier(dossier_id="d", certificate=reading.certificate, holders=reading.holders, parcels=reading.parcels)


def test_a_right_certificate_supports_its_own_values():
    assert supporting_paths(record(), LISTS) == {
        "certificate.register_number": ("prefix_fits",),
        "certificate.issued_on": ("period_fits", "barcode_year"),
        "certificate.issuer": ("issuer_fits",),
        "certificate.barcode": ("barcode_unit",),
        "parcels[0].address": ("era_unit", "barcode_unit"),
        "parcels[0].uses[0].purpose": ("unit_fits",),
        "parcels[0].uses[0].term": ("term_fits",),
        "holders[0].born": ("age_fits",),
        "holders[0].id_papers[0].number": ("number_fits",),
        "holders[1].born": ("age_fits",),
        "holders[1].id_papers[0].number": ("number_fits",),
    }


def test_texts_serials_and_wordings_that_may_be_slips_are_doubted():
    one = Dossier(
        dossier_id="d",
        certificate=Certificate(model="2003", serial="AD 040450", issuer="UBND huyện Hiêp Hòa"),
        holders=(Holder(kind="person", name="VŨ WGHA"), Holder(kind="organisation", name="CÔNG TY FUHONG")),
        parcels=(Parcel(uses=(LandUse(purpose="Đất trồng cây hằng năm khác"),)),),
    )
    assert supporting_paths(one, LISTS) == {
        "certificate.serial": ("barred_letter",),
        "certificate.issuer": ("odd_syllable",),
        "holders[0].name": ("odd_syllable",),
        "parcels[0].uses[0].purpose": ("other_wording",),
    }
    later = dataclasses.replace(one, certificate=Certificate(model="2014", serial="DB 118820"))
    assert "certificate.serial" not in supporting_paths(later, LISTS)


def test_what_only_a_card_says_of_somebody_on_the_certificate_is_doubted():
    def told(*sources: tuple[str, str]) -> dict[str, tuple[str, ...]]:
        drafts = [Draft(path=path, value="1981", raw=None, source=source) for path, source in sources]
        return supporting_paths(Dossier(dossier_id="d"), LISTS, drafts)

    born, second = "holders[0].born", "holders[0].id_papers[1].number"
    assert told((born, "id_card"), (second, "id_card")) == {born: ("only_on_card",)}
    assert told((born, "mrz"), (born, "id_card")) == {born: ("only_on_card",)}
    assert told((born, "ocr"), (born, "id_card")) == told() == {}


def plan(*words: str) -> PageText:
    items = tuple(
        Placed(word=Word(text=text, box=Box(0, 0, 9, 9), confidence=90.0), left=0, top=0, right=9, bottom=9)
        for text in words
    )
    return PageText(scan=PageScan(file="a", page=1), rows=(Row(items=items, page=1),), page=1)


def test_the_drawing_confirms_what_was_read_on_another_page_only():
    def told(number: str, area: str, page: int) -> set[str]:
        parcel = Parcel(number=number, area_m2=Decimal(area))
        drafts = [
            Draft(path=f"parcels[0].{name}", value=value, raw=value, page=page, confidences=(90.0,))
            for name, value in (("number", number), ("area_m2", area))
        ]
        return set(confirmed_paths(Dossier(dossier_id="d", parcels=(parcel,)), [plan("205", "72,5", "12")], drafts))

    assert told("205", "72.5", page=0) == {"parcels[0].number", "parcels[0].area_m2"}
    assert told("205", "72.5", page=1) == set()
    assert told("12", "72.6", page=0) == set()
    assert confirmed_paths(Dossier(dossier_id="d"), [plan("205")], []) == ()


def test_an_area_from_words_is_written_as_the_others_of_its_paper():
    words = Draft(path="parcels[0].area_words", value="Hai trăm ba mươi bốn mét vuông", raw=None)

    def area(*others: str) -> str | None:
        drafts = [Draft(path=f"parcels[0].uses[{at}].area_m2", value=one, raw=one) for at, one in enumerate(others)]
        return value_of(settle_area([words, *drafts], "parcels[0]"), "parcels[0].area_m2")

    assert (area("100", "134"), area("100.0", "134.0"), area()) == ("234", "234.0", "234.0")


def test_nothing_supports_an_empty_record():
    assert supporting_paths(Dossier(dossier_id="d"), LISTS) == {}


def test_what_does_not_fit_gives_no_support():
    right = record()
    wrong = dataclasses.replace(
        right,
        certificate=dataclasses.replace(
            right.certificate, issued_on="2001-02-03", register_number="H 1", barcode="1", issuer="UBND XÃ CÁCH BI"
        ),
        holders=(Holder(sex="male", born="1999", id_papers=(IdPaper(kind="cccd", number="027081999921"),)),),
        parcels=(dataclasses.replace(right.parcels[0], address="xã Không Có, tỉnh Bắc Ninh"),),
    )
    assert supporting_paths(dataclasses.replace(wrong, parcels=(Parcel(address="xã Không Có"),)), LISTS) == {}
    assert "parcels[0].address" not in supporting_paths(wrong, LISTS)


def test_what_another_text_names_again_is_supported():
    one = Dossier(
        dossier_id="d",
        certificate=Certificate(issued_on="2025-03-05", qr="05-03-2025-09-15-30|H05|ELIS|d|AA 04417325|m|e|1"),
        parcels=(Parcel(sheet="16", number="205"), Parcel(sheet="16", number="206")),
        changes=(
            Change(kind="Thế chấp", on="2025-07-03"),
            Change(kind="Xóa thế chấp", text="Xóa thế chấp ngày 03/7/2025 của thửa đất số 205, tờ bản đồ số 16"),
        ),
    )
    assert supporting_paths(one, LISTS) == {
        "parcels[0].sheet": ("named_again",),
        "parcels[0].number": ("named_again",),
        "changes[0].on": ("named_again",),
        "certificate.issued_on": ("named_again",),
    }
    other = dataclasses.replace(one.certificate, issued_on="2025-03-06")
    assert "certificate.issued_on" not in supporting_paths(dataclasses.replace(one, certificate=other), LISTS)


def test_a_whole_area_speaks_against_itself_where_areas_have_decimals():
    def told(model: str, area: str) -> set[str]:
        parcel = Parcel(area_m2=Decimal(area), uses=(LandUse(area_m2=Decimal(area)),))
        return set(
            supporting_paths(Dossier(dossier_id="d", certificate=Certificate(model=model), parcels=(parcel,)), LISTS)
        )

    assert told("2014", "725") == {"parcels[0].area_m2", "parcels[0].uses[0].area_m2"}
    assert told("2014", "72.5") == told("1993", "725") == set()
