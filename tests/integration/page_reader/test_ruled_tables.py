"""Ruled tables read cell by cell with the real engine."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw

from app.adapters.images import DecodedPage
from app.adapters.page_worker import make_scanner
from app.domain.reading import Box, PageScan
from tests.integration.papers import printed
from tests.samples.fonts import load_font, tinos

SIZE_PX = (2000, 1500)
WIDTHS = (220, 230, 330, 430, 560)
CELLS = (
    (("Thửa", "đất số"), ("Tờ bản", "đồ số"), ("Diện tích", "(m²)"), ("Mục đích sử", "dụng"), ("Nguồn gốc sử dụng",)),
    (("205",), ("16",), ("271,8",), ("Đất ở tại nông", "thôn"), ("Công nhận QSDĐ", "như giao đất có thu", "tiền")),
    (("318",), ("16",), ("1060,0",), ("Đất chuyên", "trồng lúa"), ("Nhà nước giao đất", "không thu tiền sử", "dụng")),
    (("97",), ("16",), ("99,4",), (), ("Nhận thừa kế",)),
)  # fmt: skip
LEFT_PX, TOP_PX, STEP_PX, PADDING_PX = 110, 560, 52, 14


@pytest.fixture(scope="module")
def scanner():
    return make_scanner("vie")


COORDINATES = (
    (("Số hiệu",), ("X(m)",), ("Y(m)",), ("Cạnh (m)",)),
    (("1",), ("2378224.61",), ("419516.58",), ("26.20",)),
    (("2",), ("2378204.05",), ("419500.35",), ("31.78",)),
)


def page_with_table(cells=CELLS, widths=WIDTHS) -> Image.Image:
    """Lines above and a table below them; cells are set in the middle, so that their lines stand at half heights."""
    page = printed(("Thửa đất được quyền sử dụng, nhà ở và tài sản khác",), size_px=SIZE_PX)
    pen = ImageDraw.Draw(page)
    font = load_font(tinos().regular, 11, 300)
    y = TOP_PX
    for row in cells:
        high = max(map(len, row)) * STEP_PX + 2 * PADDING_PX
        x = LEFT_PX
        for lines, wide in zip(row, widths, strict=True):
            pen.rectangle((x, y, x + wide, y + high), outline="black", width=3)
            for number, text in enumerate(lines):
                down = (high - len(lines) * STEP_PX) / 2 + number * STEP_PX
                pen.text((x + (wide - pen.textlength(text, font=font)) / 2, y + down), text, fill="black", font=font)
            x += wide
        y += high
    return page


def scan_of(scanner, image: Image.Image) -> PageScan:
    scan: PageScan
    (scan,) = scanner.scan(DecodedPage(number=1, image=image, dpi=300, jpeg_bytes=None), "bang.jpg")
    return scan


def texts(scan: PageScan) -> dict[tuple[int, int], str]:
    (table,) = scan.tables
    return {(cell.row, cell.column): " ".join(line.text for line in cell.lines) for cell in table.cells}


def is_inside(box: Box, other: Box, slack_px: int = 6) -> bool:
    return (
        box.x >= other.x - slack_px
        and box.y >= other.y - slack_px
        and box.x + box.width <= other.x + other.width + slack_px
        and box.y + box.height <= other.y + other.height + slack_px
    )


@pytest.mark.parametrize(("turned", "leaning"), [(0, 0.0), (90, 0.0), (0, 1.5)])
def test_wrapped_cells_are_read_whole_and_in_their_place(scanner, turned, leaning):
    image = page_with_table().rotate(-leaning, Image.Resampling.BICUBIC, fillcolor="white").rotate(-turned, expand=True)
    scan = scan_of(scanner, image)
    read = texts(scan)
    for (row, column), text in read.items():
        if row:
            assert text == " ".join(CELLS[row][column])
    assert read[0, 4] == "Nguồn gốc sử dụng"
    for cell in scan.tables[0].cells:
        for line in cell.lines:
            assert all(is_inside(word.box, cell.box, 40 if leaning else 6) for word in line.words)


def test_words_of_cells_are_words_of_the_page_once_and_those_around_stay(scanner):
    scan = scan_of(scanner, page_with_table())
    page = [word for line in scan.lines for word in line.words]
    inside = [word for cell in scan.tables[0].cells for line in cell.lines for word in line.words]
    around = " ".join(word.text for word in page if word not in inside)
    assert around == "Thửa đất được quyền sử dụng, nhà ở và tài sản khác"
    assert len(page) == len(set(page))
    assert set(inside) <= set(page)
    assert any(not cell.lines for cell in scan.tables[0].cells)


def test_a_page_without_rules_has_no_table(scanner):
    assert scan_of(scanner, printed(size_px=SIZE_PX)).tables == ()


def test_of_a_table_of_coordinates_only_the_head_is_read(scanner):
    read = texts(scan_of(scanner, page_with_table(COORDINATES, (240, 260, 260, 260))))
    assert [text[0] for (row, _), text in read.items() if row == 0] == ["S", "X", "Y", "C"]
    assert not any(text for (row, _), text in read.items() if row)


def test_a_narrow_table_of_something_else_is_read_whole(scanner):
    cells = ((*COORDINATES[0][:1], ("Diện tích",), ("Số tầng",)), (("Lô 12",), ("271,8",), ("2 tầng",)))
    read = texts(scan_of(scanner, page_with_table(cells, (240, 260, 260))))
    assert [text for (row, _), text in read.items() if row] == ["Lô 12", "271,8", "2 tầng"]
