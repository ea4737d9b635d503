"""Form 01: how a record becomes rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from app.adapters.layout_files import load_form01_layout
from app.domain import codec
from app.domain.dossier import Asset, Certificate, CurrentUser, Dossier, Holder, IdPaper, LandUse, Parcel
from app.domain.form01 import extra_rows, parties_of, rows_of, show_area
from app.domain.layout import Coding, FormLayout

LAYOUT = load_form01_layout()
HUSBAND = Holder(
    kind="person",
    legal_form="Vợ chồng",
    role="Chồng",
    name="TRẦN VĂN HÁCH",
    sex="male",
    born="1958",
    address="Thôn Đông",
    id_papers=(
        IdPaper(kind="cmnd", number="125999901"),
        IdPaper(kind="cccd", number="027058999901"),
    ),
)
WIFE = Holder(kind="person", legal_form="Vợ chồng", role="Vợ", name="LÊ THỊ LỤA", sex="female", born="1960-02-09")
HOUSE_LAND = LandUse(
    purpose="Đất ở tại nông thôn",
    purpose_code="ONT",
    area_m2=Decimal("200.0"),
    origin="Công nhận QSDĐ như giao đất có thu tiền",
    origin_code="CNQ-CTT",
    form="Sử dụng riêng",
    term="Lâu dài",
)
GARDEN = LandUse(
    purpose="Đất trồng cây lâu năm",
    purpose_code="CLN",
    area_m2=Decimal("50.5"),
    term="2043-10-15",
    form="Sử dụng riêng",
)
PARCEL = Parcel(
    code="ABCDEFGH1234",
    sheet="16",
    number="03-1",
    map_sheet="27",
    map_number="205",
    address="Thôn Đông, xã Thử",
    area_m2=Decimal("250.5"),
    uses=(HOUSE_LAND, GARDEN),
)
CERTIFICATE = Certificate(
    model="2014", serial="CQ 718336", register_number="CS 09331", issued_on="2019-06-14", status="held"
)


def dossier(**changed: object) -> Dossier:
    values: dict[str, object] = {
        "dossier_id": "d1",
        "commune_code": "09169",
        "certificate": CERTIFICATE,
        "holders": (HUSBAND, WIFE),
        "parcels": (PARCEL,),
    }
    return Dossier(**(values | changed))  # type: ignore[arg-type]


def cells(record: Dossier, layout: FormLayout = LAYOUT, files: tuple[str, ...] = ()) -> list[dict[str, str]]:
    """Rows as dictionaries by the letter of the column."""
    letters = [column.letter for column in layout.columns]
    return [dict(zip(letters, row, strict=True)) for row in rows_of(record, layout, files)]


def test_husband_and_wife_are_two_rows_that_repeat_certificate_and_parcel():
    first, second = cells(dossier(), files=("CQ 718336-GCN.pdf", "CQ 718336-GT.pdf"))
    assert first == {
        **dict.fromkeys(first, ""),
        "A": "1",
        "B": "09169",
        "C": "CQ 718336",
        "D": "14/06/2019",
        "E": "CS 09331",
        "H": "TRẦN VĂN HÁCH",
        "I": "1958",
        "J": "Nam",
        "K": "027058999901",
        "L": "Thôn Đông",
        "M": "Vợ chồng",
        "N": "Chồng",
        "S": "ABCDEFGH1234",
        "T": "16",
        "U": "03-1",
        "V": "27",
        "W": "205",
        "X": "Thôn Đông, xã Thử",
        "Y": "250,5",
        "Z": "Đất ở tại nông thôn",
        "AA": "200,0",
        "AB": "Công nhận QSDĐ như giao đất có thu tiền",
        "AC": "Sử dụng riêng",
        "AD": "Lâu dài",
        "AE": "Đất trồng cây lâu năm",
        "AF": "50,5",
        "AH": "Sử dụng riêng",
        "AI": "15/10/2043",
        "AX": "CQ 718336-GCN.pdf; CQ 718336-GT.pdf",
    }
    person = {"A", "H", "I", "J", "K", "L", "M", "N"}
    assert {key: second[key] for key in second.keys() - person} == {key: first[key] for key in first.keys() - person}
    assert (second["A"], second["H"], second["I"], second["J"], second["K"]) == (
        "2",
        "LÊ THỊ LỤA",
        "09/02/1960",
        "Nữ",
        "",
    )


def test_every_parcel_is_repeated_for_every_person():
    other = Parcel(sheet="17", number="9")
    rows = cells(dossier(parcels=(PARCEL, other)))
    assert [(row["A"], row["U"], row["N"]) for row in rows] == [
        ("1", "03-1", "Chồng"),
        ("2", "03-1", "Vợ"),
        ("3", "9", "Chồng"),
        ("4", "9", "Vợ"),
    ]


def test_an_empty_record_is_still_a_row():
    (row,) = cells(Dossier(dossier_id="d1"))
    assert {key: value for key, value in row.items() if value} == {"A": "1", "C": "CHUACOGIAY_0_0_0"}


def test_running_numbers_go_on_over_the_file():
    assert [row[0] for row in rows_of(dossier(), LAYOUT, (), 41)] == ["41", "42"]


class TestOrganisations:
    BODY = Holder(
        kind="organisation",
        name="CÔNG TY THỬ NGHIỆM",
        address="Số 1 phố Thử",
        id_papers=(IdPaper(kind="decision", number="12/QĐ"), IdPaper(kind="tax_code", number="2300999901")),
    )
    HEAD = Holder(kind="person", role="Người đại diện", name="NGÔ VĂN ĐẠI", sex="male")

    def test_an_organisation_and_its_representative_are_one_row(self):
        (row,) = cells(dossier(holders=(self.BODY, self.HEAD)))
        assert [row[letter] for letter in "FGHJLMN"] == [
            "CÔNG TY THỬ NGHIỆM",
            "2300999901",
            "NGÔ VĂN ĐẠI",
            "Nam",
            "Số 1 phố Thử",
            "Tổ chức",
            "Người đại diện",
        ]

    def test_the_order_on_the_paper_does_not_matter(self):
        assert cells(dossier(holders=(self.HEAD, self.BODY))) == cells(dossier(holders=(self.BODY, self.HEAD)))

    def test_an_organisation_without_representative_keeps_its_row(self):
        (row,) = cells(dossier(holders=(self.BODY,)))
        assert (row["F"], row["H"], row["N"]) == ("CÔNG TY THỬ NGHIỆM", "", "")

    def test_a_community_stands_where_organisations_stand(self):
        village = Holder(kind="community", name="Cộng đồng thôn Đông", id_papers=(IdPaper(kind="other", number="7"),))
        (row,) = cells(dossier(holders=(village, self.HEAD)))
        assert (row["F"], row["G"], row["H"], row["M"]) == (
            "Cộng đồng thôn Đông",
            "7",
            "NGÔ VĂN ĐẠI",
            "Cộng đồng dân cư",
        )

    def test_two_organisations_keep_their_own_representatives(self):
        second = Holder(kind="organisation", name="HỢP TÁC XÃ THỬ")
        rows = cells(dossier(holders=(self.BODY, self.HEAD, second, HUSBAND)))
        assert [(row["F"], row["H"]) for row in rows] == [
            ("CÔNG TY THỬ NGHIỆM", "NGÔ VĂN ĐẠI"),
            ("", "TRẦN VĂN HÁCH"),
            ("HỢP TÁC XÃ THỬ", ""),
        ]

    def test_a_representative_among_persons_is_a_person(self):
        assert [party.body for party in parties_of((HUSBAND, self.HEAD))] == [None, None]

    def test_what_kind_of_holder_is_unknown_stays_blank(self):
        (row,) = cells(dossier(holders=(Holder(name="AI ĐÓ", sex="?"),)))
        assert (row["H"], row["J"], row["M"]) == ("AI ĐÓ", "", "")


class TestPresentUsers:
    BUYER = CurrentUser(
        kind="person",
        name="PHẠM VĂN MUA",
        address="Thôn Tây",
        reason="chuyển nhượng",
        id_papers=(IdPaper(kind="cccd", number="027080999902"),),
    )

    def test_one_buyer_stands_beside_both_sellers(self):
        rows = cells(dossier(current_users=(self.BUYER,)))
        assert [[row[letter] for letter in "OPQR"] for row in rows] == [
            ["PHẠM VĂN MUA", "027080999902", "Thôn Tây", "chuyển nhượng"]
        ] * 2

    def test_more_heirs_than_holders_repeat_the_holder(self):
        heirs = tuple(CurrentUser(kind="person", name=name, reason="thừa kế") for name in ("A", "B", "C"))
        rows = cells(dossier(holders=(HUSBAND,), current_users=heirs))
        assert [(row["H"], row["O"], row["R"]) for row in rows] == [
            ("TRẦN VĂN HÁCH", name, "thừa kế") for name in ("A", "B", "C")
        ]

    def test_a_company_that_uses_the_land_now_is_named_with_its_number(self):
        company = CurrentUser(kind="organisation", name="CÔNG TY B", id_papers=(IdPaper(kind="tax_code", number="23"),))
        (row,) = cells(dossier(holders=(HUSBAND,), current_users=(company,)))
        assert (row["O"], row["P"], row["Q"], row["R"]) == ("CÔNG TY B", "23", "", "")


class TestLandUses:
    def test_a_fourth_use_gets_a_row_of_its_own_and_is_told(self):
        uses = tuple(LandUse(purpose=f"Đất {place}", area_m2=Decimal(place)) for place in range(1, 5))
        record = dossier(holders=(HUSBAND,), parcels=(Parcel(sheet="1", number="2", uses=uses),))
        rows = cells(record)
        assert [(row["U"], row["H"], row["Z"], row["AE"], row["AJ"]) for row in rows] == [
            ("2", "TRẦN VĂN HÁCH", "Đất 1", "Đất 2", "Đất 3"),
            ("2", "TRẦN VĂN HÁCH", "Đất 4", "", ""),
        ]
        assert [(found.code, found.paths) for found in extra_rows(record)] == [("too_many_uses", ("parcels[0].uses",))]

    def test_three_uses_need_no_word(self):
        assert extra_rows(dossier()) == ()

    def test_the_only_use_has_the_area_of_its_parcel(self):
        use = LandUse(purpose="Đất ở")
        (row,) = cells(dossier(holders=(HUSBAND,), parcels=(Parcel(area_m2=Decimal("72.50"), uses=(use,)),)))
        assert (row["Y"], row["AA"]) == ("72,50", "72,50")

    def test_a_layout_may_want_codes_instead_of_words(self):
        plain = codec.to_plain(LAYOUT)
        layout = codec.from_plain(FormLayout, plain | {"coding": Coding.CODES.value})
        row = cells(dossier(), layout)[0]
        assert (row["Z"], row["AB"], row["AG"]) == ("ONT", "CNQ-CTT", "")

    def test_where_one_is_missing_the_other_is_written(self):
        use = LandUse(purpose_code="ODT")
        (row,) = cells(dossier(holders=(HUSBAND,), parcels=(Parcel(uses=(use,)),)))
        assert row["Z"] == "ODT"


class TestAssets:
    HOUSE = Asset(
        kind="Nhà ở riêng lẻ",
        name="Nhà ở",
        built_area_m2=Decimal("80"),
        floor_area_m2=Decimal("160.2"),
        ownership="Sở hữu riêng",
        term="-/-",
        grade="Cấp III",
    )
    FLAT = Asset(kind="Căn hộ chung cư", name="Tòa A1", term="2070-12-31")

    def test_a_house_stands_in_its_columns(self):
        (row,) = cells(dossier(holders=(HUSBAND,), assets=(self.HOUSE,)))
        assert [row[letter] for letter in ("AO", "AP", "AQ", "AR", "AS", "AT", "AU", "AV", "AW")] == [
            "Nhà ở riêng lẻ",
            "",
            "",
            "",
            "80",
            "160,2",
            "Sở hữu riêng",
            "-/-",
            "Cấp III",
        ]

    def test_several_assets_take_several_rows_and_are_told(self):
        record = dossier(holders=(HUSBAND,), assets=(self.HOUSE, self.FLAT))
        assert [(row["AO"], row["AQ"], row["AV"], row["Z"]) for row in cells(record)] == [
            ("Nhà ở riêng lẻ", "", "-/-", "Đất ở tại nông thôn"),
            ("Căn hộ chung cư", "Tòa A1", "31/12/2070", ""),
        ]
        assert [found.code for found in extra_rows(record)] == ["several_assets"]

    def test_assets_stand_once_beside_the_first_parcel(self):
        rows = cells(dossier(holders=(HUSBAND,), parcels=(PARCEL, Parcel(number="2")), assets=(self.HOUSE,)))
        assert [row["AO"] for row in rows] == ["Nhà ở riêng lẻ", ""]

    def test_an_asset_without_kind_shows_its_name(self):
        (row,) = cells(dossier(holders=(HUSBAND,), assets=(Asset(name="Vườn cây"),)))
        assert row["AO"] == "Vườn cây"


@pytest.mark.parametrize(
    ("certificate", "written"),
    [
        (CERTIFICATE, "CQ 718336"),
        (Certificate(status="not_issued"), "CHUACOGIAY_09169_16_03-1"),
        (Certificate(), "CHUACOGIAY_09169_16_03-1"),
        (Certificate(status="mortgaged"), ""),
        (Certificate(status="lost"), ""),
        (Certificate(model="2014"), ""),
    ],
)
def test_the_placeholder_is_only_for_land_that_never_had_a_certificate(certificate, written):
    assert cells(dossier(certificate=certificate))[0]["C"] == written


@pytest.mark.parametrize(
    ("area", "shown"), [("72.5", "72,5"), ("1250", "1250"), ("0.10", "0,10"), ("1E+3", "1000"), (None, "")]
)
def test_areas_keep_the_digits_of_the_paper_behind_a_comma(area, shown):
    assert show_area(None if area is None else Decimal(area)) == shown
