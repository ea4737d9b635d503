from __future__ import annotations

import dataclasses

import pytest

from app.domain.extraction.clips import clip_of_words
from app.domain.extraction.rows import page_text
from app.domain.reading import Box, Line, PageScan, Word
from tests.unit.domain.extraction.paper import LEFT_PX, LETTER_PX, line, page


def texts(scan: PageScan) -> list[str]:
    return [row.clip.text for row in page_text(scan, 0).rows]


def turned(scan: PageScan, degrees: int) -> PageScan:
    """The same page as an image whose content stands turned clockwise."""

    def box(one: Box) -> Box:
        x, y, width, height = one
        if degrees == 90:
            return Box(scan.height_px - y - height, x, height, width)
        if degrees == 180:
            return Box(scan.width_px - x - width, scan.height_px - y - height, width, height)
        return Box(y, scan.width_px - x - width, height, width)

    lines = tuple(
        dataclasses.replace(one, words=tuple(dataclasses.replace(word, box=box(word.box)) for word in one.words))
        for one in scan.lines
    )
    size = (scan.width_px, scan.height_px) if degrees == 180 else (scan.height_px, scan.width_px)
    return dataclasses.replace(scan, lines=lines, rotation_deg=degrees, width_px=size[0], height_px=size[1])


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_has_the_same_rows(degrees):
    scan = page("a) Thửa đất số: 205 || tờ bản đồ\nb) Địa chỉ: Xã Cách Bi")
    assert texts(turned(scan, degrees)) == texts(scan)
    assert texts(scan) == ["a) Thửa đất số: 205 tờ bản đồ", "b) Địa chỉ: Xã Cách Bi"]


def test_leaning_lines_stay_apart():
    words = tuple(Word(text="chữ", box=Box(200 + 150 * at, 100 + 6 * at, 60, 40), confidence=96.0) for at in range(12))
    below = tuple(dataclasses.replace(word, box=word.box._replace(y=word.box.y + 60)) for word in words)
    scan = PageScan(file="a.jpg", width_px=2244, height_px=3130, lines=(Line(words=words), Line(words=below)))
    assert [len(row.items) for row in page_text(scan, 0).rows] == [12, 12]


def test_dotted_leaders_and_the_scraps_behind_them_are_left_out():
    scan = page("Đất ở tại đô thị........ mm sa")
    lines = tuple(
        dataclasses.replace(
            one,
            words=tuple(dataclasses.replace(w, confidence=20.0 if w.text in ("mm", "sa") else 96.0) for w in one.words),
        )
        for one in scan.lines
    )
    assert texts(dataclasses.replace(scan, lines=lines)) == ["Đất ở tại đô thị"]
    assert texts(page("Đất ở ........ tại 5")) == ["Đất ở tại 5"]


def test_scraps_at_the_end_of_a_line_go_but_units_stay():
    weak = line("Ninh ị", 0, confidence=20.0)
    assert texts(PageScan(file="a.jpg", width_px=2244, height_px=3130, lines=(weak,))) == ["Ninh"]
    unit = line("112,3 m¿", 0, confidence=20.0)
    assert texts(PageScan(file="a.jpg", width_px=2244, height_px=3130, lines=(unit,))) == ["112,3 m¿"]
    only = line("ị", 0, confidence=20.0)
    assert texts(PageScan(file="a.jpg", width_px=2244, height_px=3130, lines=(only,))) == []


def test_ruled_lines_of_tables_are_no_words():
    assert texts(page("| Nội dung | thay đổi|\n|")) == ["Nội dung thay đổi"]


def test_a_wide_gap_parts_a_row_into_cells():
    (row,) = page_text(page("Số vào sổ || Ngày 14/6/2019"), 0).rows
    assert [cell.clip.text for cell in row.cells()] == ["Số vào sổ", "Ngày 14/6/2019"]
    assert row.within(0, 1000) is not None
    assert row.within(5000, 6000) is None


def test_a_clip_knows_its_words_however_it_is_cut():
    clip = clip_of_words(line("Địa chỉ: Xã Cách Bi", 0).words, 0)
    piece = clip.cut(9).strip(" ")
    assert piece.text == "Xã Cách Bi"
    assert [word.text for word in piece.words] == ["Xã", "Cách", "Bi"]
    assert piece.box == Box(380, 100, 200, 40)
    assert clip.cut(5, 5).box is None
    assert clip.strip("ĐBiI").text == "ịa chỉ: Xã Cách"


def test_bits_of_the_papers_edge_are_left_out():
    lines = tuple(line(text, row) for row, text in enumerate(["Ông: LA VĂN CHUYÊN", "Năm sinh: 1956", "Địa chỉ"]))
    bits = (line("bì", 1, left=40, confidence=60.0), line("§", 2, left=40))
    seen = dataclasses.replace(page(""), lines=(*lines, *bits))
    assert [row.clip.text for row in page_text(seen, 0).rows] == ["Ông: LA VĂN CHUYÊN", "Năm sinh: 1956", "Địa chỉ"]


def test_words_of_a_line_that_run_over_the_margin_stay():
    texts = ["Ông: LA VĂN CHUYÊN", "Năm sinh: 1956", "Địa chỉ"]
    lines = tuple(line(text, row) for row, text in enumerate(texts))
    over = line("Và", 1, left=LEFT_PX - 2 * LETTER_PX - 8, confidence=50.0)
    seen = dataclasses.replace(page(""), lines=(*lines, over))
    assert page_text(seen, 0).rows[1].clip.text == "Và Năm sinh: 1956"
