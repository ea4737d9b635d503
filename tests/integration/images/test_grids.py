"""Ruled tables found on drawn pages: leaning, broken, faded, beside frames, streaks and drawings."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw

from app.adapters.grids import Grid, find_grids
from tests.integration.papers import printed

PAGE_PX = (1748, 1600)
COLUMNS = (200, 420, 900, 1500)
ROWS = (300, 420, 600, 780)


def blank(grey: int = 255) -> Image.Image:
    return Image.new("L", PAGE_PX, grey)


def ruled(
    page: Image.Image, columns=COLUMNS, rows=ROWS, *, ink: int = 0, without: tuple[tuple[int, ...], ...] = ()
) -> Image.Image:
    """The page with a table; `without` are pieces of rules left out, as boxes."""
    pen = ImageDraw.Draw(page)
    for y in rows:
        pen.line([(columns[0], y), (columns[-1], y)], fill=ink, width=3)
    for x in columns:
        pen.line([(x, rows[0]), (x, rows[-1])], fill=ink, width=3)
    for box in without:
        pen.rectangle(box, fill=255)
    return page


def found(page: Image.Image) -> tuple[Grid, ...]:
    return find_grids(np.asarray(page), 300)


def places(grid: Grid) -> list[tuple[int, int, int, int]]:
    return [(cell.row, cell.column, cell.row_span, cell.col_span) for cell in grid.cells]


NINE = [(row, column, 1, 1) for row in range(3) for column in range(3)]


def test_every_cell_of_a_table_is_found_in_its_place():
    (grid,) = found(ruled(blank()))
    assert places(grid) == NINE
    for cell in grid.cells:
        x, y, wide, high = cell.box
        left, right = COLUMNS[cell.column : cell.column + 2]
        top, bottom = ROWS[cell.row : cell.row + 2]
        assert (x, y, x + wide, y + high) == pytest.approx((left, top, right, bottom), abs=4)


def test_a_table_that_still_leans_a_little_is_found_and_its_cells_follow_the_lean():
    (grid,) = found(ruled(blank()).rotate(-0.5, Image.Resampling.BICUBIC, fillcolor=255))
    assert places(grid) == NINE
    first, last = grid.cells[0].box, grid.cells[2].box
    assert last.y - first.y == pytest.approx(0.0087 * (last.x + last.width / 2 - first.x - first.width / 2), abs=3)


def test_faded_rules_and_rules_with_gaps_still_part_cells():
    gaps = tuple((x, y - 4, x + 24, y + 4) for y in ROWS for x in range(260, 1450, 160))
    gaps += tuple((x - 4, y, x + 4, y + 20) for x in COLUMNS for y in range(370, 700, 130))
    (grid,) = found(ruled(blank(), ink=150, without=gaps))
    assert places(grid) == NINE


def test_grain_all_over_the_page_hides_no_rule():
    pixels = np.asarray(ruled(blank(245))).astype(np.int16)
    noise = np.random.default_rng(7).normal(0, 14, pixels.shape)
    noise[np.random.default_rng(8).random(pixels.shape) < 0.004] = -255
    (grid,) = find_grids(np.clip(pixels + noise, 0, 255).astype(np.uint8), 300)
    assert places(grid) == NINE


def test_cells_without_a_rule_between_them_are_one():
    upright = ((895, 306, 905, 414),)  # the upright between the second and third column, in the head only
    sides = ((205, 595, 415, 605),)  # the rule below the first cell of the second row
    (grid,) = found(ruled(blank(), without=upright + sides))
    assert places(grid) == [
        (0, 0, 1, 1),
        (0, 1, 1, 2),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (1, 2, 1, 1),
        (2, 1, 1, 1),
        (2, 2, 1, 1),
    ]
    assert grid.cells[1].box.width == pytest.approx(COLUMNS[3] - COLUMNS[1], abs=6)


def test_a_table_of_two_columns_and_a_tall_row_is_one_as_well():
    (grid,) = found(ruled(blank(), columns=(150, 850, 1600), rows=(200, 290, 1500)))
    assert len(grid.cells) == 4


def test_two_tables_are_found_from_top_to_bottom():
    page = ruled(blank(), rows=(900, 1000, 1100, 1200))
    upper, lower = found(ruled(page, columns=(300, 600, 1200), rows=(100, 200, 300, 400)))
    assert (len(upper.cells), len(lower.cells)) == (6, 9)
    assert upper.box.y < lower.box.y


def test_text_runs_and_underlines_are_no_grid():
    page = printed(size_px=PAGE_PX).convert("L")
    ImageDraw.Draw(page).line([(150, 260), (900, 260)], fill=0, width=3)
    assert found(page) == ()


def test_the_frame_of_a_certificate_is_no_grid():
    page = blank()
    for inset in (40, 60, 66):
        ImageDraw.Draw(page).rectangle((inset, inset, PAGE_PX[0] - inset, PAGE_PX[1] - inset), outline=0, width=3)
    assert found(page) == ()


def test_the_plan_of_a_parcel_is_no_grid():
    page = blank()
    pen = ImageDraw.Draw(page)
    for parcel in (
        [(400, 300), (900, 380), (870, 800), (360, 720)],
        [(900, 380), (1400, 450), (1390, 860), (870, 800)],
        [(360, 720), (870, 800), (850, 1200), (330, 1150)],
        [(870, 800), (1390, 860), (1380, 1260), (850, 1200)],
    ):
        pen.polygon(parcel, outline=0, width=3)
    pen.rectangle((200, 200, 1560, 1400), outline=0, width=3)
    assert found(page) == ()


def test_a_streak_of_the_scanner_is_no_column():
    page = ruled(blank())
    ImageDraw.Draw(page).line([(1100, 0), (1100, PAGE_PX[1])], fill=0, width=3)
    (grid,) = found(page)
    assert places(grid) == NINE


def test_a_frame_that_a_fold_ties_to_the_table_stays_outside():
    page = ruled(blank())
    pen = ImageDraw.Draw(page)
    pen.rectangle((60, 60, PAGE_PX[0] - 60, PAGE_PX[1] - 60), outline=0, width=3)
    pen.line([(30, 690), (PAGE_PX[0] - 30, 690)], fill=0, width=3)
    (grid,) = found(page)
    assert places(grid) == NINE


def test_a_table_on_a_page_of_half_the_resolution_is_found_as_well():
    small = ruled(blank()).resize((PAGE_PX[0] // 2, PAGE_PX[1] // 2), Image.Resampling.BOX)
    (grid,) = find_grids(np.asarray(small), 150)
    assert places(grid) == NINE


@pytest.mark.parametrize("size_px", [(1, 1), (3, 400), (400, 3)])
def test_a_scrap_of_an_image_has_no_grid(size_px):
    assert found(Image.new("L", size_px, 0)) == ()


def test_a_side_in_pieces_with_lost_ends_belongs_to_the_table():
    pieces = ((395, 290, 440, 310), (600, 290, 640, 310), (150, 290, 230, 310))
    (grid,) = found(ruled(blank(), without=pieces))
    assert places(grid) == NINE


def test_uprights_that_lost_their_upper_ends_keep_their_columns():
    (grid,) = found(ruled(blank(), without=((190, 290, 210, 360), (410, 303, 430, 380))))
    assert max(cell.column + cell.col_span for cell in grid.cells) == 3


def test_faded_rules_with_many_short_breaks_are_found():
    page = ruled(blank())
    pen = ImageDraw.Draw(page)
    breaks = np.random.default_rng(5)
    for at in np.cumsum(breaks.exponential(34, 60)).tolist():
        for row in ROWS:
            shifted = at + breaks.uniform(0, 30)
            pen.rectangle((shifted, row - 5, shifted + 3, row + 5), fill=255)
        for column in COLUMNS:
            shifted = at + breaks.uniform(0, 30)
            pen.rectangle((column - 5, shifted, column + 5, shifted + 3), fill=255)
    (grid,) = found(page)
    assert places(grid) == NINE
