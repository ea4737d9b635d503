"""Houses and other assets: several in one running text, grades by the width of their strokes, areas with slips."""

from __future__ import annotations

import pytest

from app.domain.extraction.assets import read_free_assets, read_listed_asset
from app.domain.extraction.clips import Clip, clip_of_words, join
from app.domain.extraction.grades import grade_of
from app.domain.reading import Box, Word
from tests.unit.domain.extraction.paper import line


def clip(text: str) -> Clip:
    """Printed lines as a clip."""
    return join((line(part, row).words for row, part in enumerate(text.strip().split("\n"))), 0)


def values(drafts, at: int = 0):
    """Values of one asset by field."""
    start = f"assets[{at}]."
    return {draft.path.removeprefix(start): draft.value for draft in drafts if draft.path.startswith(start)}


def doubts(drafts, path: str):
    return next(draft.doubts for draft in drafts if draft.path == path)


TWO = """
Nhà điều hành; diện tích xây dựng: 3.434,9 m²; hình thức sở hữu: Sở hữu
riêng; cấp công trình: Cấp IV; thời hạn sở hữu: -/-. Nhà kho số 3; diện tích
xây dựng: 1.056,0 m²; hình thức sở hữu: Sở hữu riêng; thời hạn sở hữu: Đến ngày 30/6/2058
"""


@pytest.mark.parametrize("read", [read_free_assets, lambda text: read_listed_asset(text, "Nhà ở", 0)])
def test_a_label_that_comes_again_begins_the_next_asset(read):
    drafts = read(clip(TWO))
    one, other = values(drafts, 0), values(drafts, 1)
    assert (one["name"], one["built_area_m2"], one["grade"]) == ("Nhà điều hành", "3434.9", "Cấp IV")
    assert (other["name"], other["built_area_m2"], other["term"]) == ("Nhà kho số 3", "1056.0", "Đến ngày 30/6/2058")
    assert "term" not in one
    assert {path.partition(".")[0] for path in (draft.path for draft in drafts)} == {"assets[0]", "assets[1]"}


@pytest.mark.parametrize(
    ("printed", "name", "kind"),
    [
        ("Loại cây: Vải thiều; diện tích: 1.055,2 m²; hình thức sở hữu: Sở hữu chung", "Vải thiều", "Cây lâu năm"),
        ("Loại rừng: Rừng thông: diện tích: 7.9594 m°", "Rừng thông", "Rừng sản xuất là rừng trồng"),
        ("Loại rừng: Rừng trông bạch đàn; diện tích: 8.737,1 m2", "Rừng trồng bạch đàn", "Rừng sản xuất là rừng trồng"),
        ("Nhà ở riêng Íe; số tầng: 2", "Nhà ở riêng lẻ", "Nhà ở"),
        ("Trạm biến áp; diện tích xây dựng: 12,0 m²", "Trạm biến áp", "Công trình xây dựng khác"),
    ],
)
def test_names_stand_behind_their_label_or_in_front(printed, name, kind):
    found = values(read_free_assets(clip(printed)))
    assert (found["name"], found["kind"]) == (name, kind)


def test_a_house_and_trees_under_one_heading_are_two_assets():
    text = f"{TWO}Loại cây: Cam Canh; diện tích: 3.989,8 m²; hình thức sở hữu: Sở hữu riêng"
    assert values(read_free_assets(clip(text)), 2) == {
        "kind": "Cây lâu năm",
        "name": "Cam Canh",
        "ownership": "Sở hữu riêng",
    }


def test_lines_of_other_parts_are_no_asset():
    drafts = read_listed_asset(clip("ngày 14 tháng 11 năm 2010\nTM. ỦY BAN NHÂN DÂN HUYỆN HIỆP HÒA"), "Nhà ở", 0)
    assert values(drafts) == {"kind": "Nhà ở", "name": None}


@pytest.mark.parametrize(
    ("printed", "area", "doubt"),
    [
        ("221,2 m²", "221.2", ()),
        ("55, 3 m", "55.3", ("slip",)),
        ("526 m²", "526", ("slip",)),
        ("I.534,6 m²", "1534.6", ()),
        ("ñ5,3 m²", None, ("unread",)),
        ("5.7 27,1 m²", None, ("unread",)),
    ],
)
def test_areas_without_their_decimal_are_in_doubt_and_parts_of_one_are_none(printed, area, doubt):
    drafts = read_free_assets(clip(f"Nhà ở riêng lẻ; diện tích xây dựng: {printed}; số tầng: 2"))
    assert values(drafts)["built_area_m2"] == area
    assert doubts(drafts, "assets[0].built_area_m2") == doubt


@pytest.mark.parametrize(
    ("printed", "ownership"),
    [
        ("Sở hữu riênqJ", "Sở hữu riêng"),
        ("sở nữu riêng", "Sở hữu riêng"),
        ("Sở hữu chung 3", "Sở hữu chung"),
        ("Của vợ và chồng", "Của vợ và chồng"),
    ],
)
def test_forms_of_ownership_are_few(printed, ownership):
    drafts = read_free_assets(clip(f"Nhà ở riêng lẻ; hình thức sở hữu: {printed}; số tầng: 2"))
    assert values(drafts)["ownership"] == ownership
    assert ("mended" in doubts(drafts, "assets[0].ownership")) is (printed != ownership)


def printed_grade(word: str, figure: str, wide: int) -> Clip:
    """A grade whose figure is printed so wide; letters are 30 high, "Cấp" is 70 wide."""
    words = [Word(text=figure, box=Box(200, 100, wide, 30), confidence=96.0)]
    return clip_of_words([Word(text=word, box=Box(100, 100, 70, 38), confidence=96.0), *words] if word else words, 0)


@pytest.mark.parametrize(
    ("word", "figure", "wide", "grade", "doubt"),
    [
        ("Cấp", "III", 40, "Cấp III", ""),
        ("Cấp", "II", 40, "Cấp III", "mended"),
        ("Cấp", "II", 28, "Cấp II", "slip"),
        ("Cấp", "HI", 40, "Cấp III", "mended"),
        ("Cấp", "TI1", 40, "Cấp III", "mended"),
        ("Cấp", "TV", 40, "Cấp IV", "mended"),
        ("cấp", "IV", 40, "cấp IV", ""),
        ("Cấp", "II;", 54, "Cấp III", "mended"),
        ("", "II", 40, "III", "mended"),
        ("", "IH", 40, "III", "mended"),
        ("", "II", 28, "II", "slip"),
    ],
)
def test_grades_are_told_by_their_strokes_and_how_wide_they_are(word, figure, wide, grade, doubt):
    assert grade_of(printed_grade(word, figure, wide)) == (grade, doubt)


def test_a_page_on_its_side_measures_along_the_print():
    words = [
        Word(text="Cấp", box=Box(100, 100, 38, 70), confidence=96.0),
        Word(text="II", box=Box(100, 200, 30, 40), confidence=96.0),
    ]
    assert grade_of(clip_of_words(words, 0)) == ("Cấp III", "mended")


@pytest.mark.parametrize("other", ["Cấp 4", "4", "Cấp VV", "hạng nhất", "IIIII", ""])
def test_other_grades_stay_as_printed(other):
    assert grade_of(clip(other)) is None


def test_short_labels_part_a_house_typed_on_one_line():
    text = (
        "Nhà ở riêng lẻ; DT xây dựng: 75,4 m²; tổng DT sàn: 150,8 m²; sở hữu: Sở hữu riêng;\n"
        "Cấp nhà: Cấp IV; tầng cao: 2; thời hạn: Lâu dài"
    )
    house = values(read_listed_asset(clip(text), "Nhà ở", 0))
    assert house == {
        "kind": "Nhà ở",
        "name": "Nhà ở riêng lẻ",
        "built_area_m2": "75.4",
        "floor_area_m2": "150.8",
        "ownership": "Sở hữu riêng",
        "grade": "Cấp IV",
        "floors": "2",
        "term": "Lâu dài",
    }
