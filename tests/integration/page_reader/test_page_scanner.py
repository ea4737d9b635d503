"""One page seen: words, turn, red print, codes, and boxes in the pixels of the page as it came."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from app.adapters.images import DecodedPage
from app.adapters.page_worker import make_scanner
from app.domain.reading import Box, PageScan
from tests.integration.papers import A5_PX, LINES, printed
from tests.samples import SamplePage, draw_dossier
from tests.samples.fonts import cousine, load_font, tinos


@pytest.fixture(scope="module")
def scanner():
    return make_scanner("vie")


@pytest.fixture(scope="module")
def sample():
    dossier = draw_dossier(4_410, model="2024", level="office", world="practice")
    return dossier.pages[0], dossier.truth["certificate"]


def scan_of(scanner, image: Image.Image, dpi: int | None = 300) -> PageScan:
    (scan,) = scans_of(scanner, image, dpi)
    return scan


def scans_of(scanner, image: Image.Image, dpi: int | None = 300) -> tuple[PageScan, ...]:
    scans: tuple[PageScan, ...] = scanner.scan(
        DecodedPage(number=1, image=image, dpi=dpi, jpeg_bytes=None), "trang.jpg"
    )
    return scans


def as_turned(image: Image.Image, rotation_deg: int) -> Image.Image:
    """The image with its content turned clockwise."""
    return image.rotate(-rotation_deg, expand=True)


def box_as_turned(box: Box, rotation_deg: int, width_px: int, height_px: int) -> Box:
    """A box of the upright image in the pixels of the turned one, whose size is given."""
    x, y, wide, high = box
    return {
        0: box,
        90: Box(width_px - y - high, x, high, wide),
        180: Box(width_px - x - wide, height_px - y - high, wide, high),
        270: Box(y, height_px - x - wide, high, wide),
    }[rotation_deg]


def words(scan: PageScan) -> dict[str, Box]:
    return {word.text: word.box for line in scan.lines for word in line.words}


def overlap(one: Box, other: Box) -> float:
    """Shared area as a share of the smaller box."""
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return max(0, wide) * max(0, high) / min(one.width * one.height, other.width * other.height)


def test_a_printed_page_is_read_word_for_word(scanner):
    scan = scan_of(scanner, printed())
    assert [line.text for line in scan.lines] == list(LINES)
    assert (scan.file, scan.page, scan.width_px, scan.height_px, scan.dpi) == ("trang.jpg", 1, 1748, 2480, 300)
    assert (scan.rotation_deg, scan.red_lines, scan.codes, scan.error) == (0, (), (), None)


@pytest.mark.parametrize("rotation_deg", [90, 180, 270])
def test_a_turned_page_is_read_and_its_turn_named(scanner, rotation_deg):
    turned = as_turned(printed(), rotation_deg)
    scan = scan_of(scanner, turned)
    assert scan.rotation_deg == rotation_deg
    assert [line.text for line in scan.lines] == list(LINES)
    assert (scan.width_px, scan.height_px) == turned.size


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
@pytest.mark.parametrize("dpi", [200, 300])
def test_boxes_lie_on_the_ink_of_the_page_as_it_came(scanner, rotation_deg, dpi):
    size_px = (dpi * 6, dpi * 8)
    page = as_turned(printed(dpi=dpi, size_px=size_px), rotation_deg)
    pixels = np.asarray(page.convert("L"))
    found = words(scan_of(scanner, page, dpi))
    assert {"Thửa", "thôn", "bảy", "Mục", "Nguồn"} <= found.keys()
    for text in ("Thửa", "thôn", "bảy", "Mục", "Nguồn"):
        x, y, wide, high = found[text]
        margin = dpi // 60
        inside = pixels[y : y + high, x : x + wide]
        around = pixels[y - margin : y + high + margin, x - margin : x + wide + margin]
        assert inside.min() < 80
        assert (inside < 128).sum() >= 0.95 * (around < 128).sum()
        assert (high > wide) == (rotation_deg in (90, 270))


@pytest.mark.parametrize("rotation_deg", [0, 180, 270])
def test_serial_title_and_qr_code_are_found_however_the_page_lies(scanner, sample, rotation_deg):
    page, certificate = sample
    turned = as_turned(page.image, rotation_deg)
    scan = scan_of(scanner, turned, page.dpi)
    assert scan.rotation_deg == rotation_deg
    serial = certificate["serial"].replace(" ", "")
    line = next(line for line in scan.red_lines if line.text.replace(" ", "") == serial)
    place = box_as_turned(Box(*page.boxes["certificate.serial"]), rotation_deg, *turned.size)
    assert overlap(line.words[-1].box, place) > 0.8
    assert any("QUYỀN SỬ DỤNG" in line.text for line in scan.red_lines)
    (code,) = scan.codes
    assert (code.kind, code.text) == ("qr", certificate["qr"])
    place = box_as_turned(Box(*page.boxes["certificate.qr"]), rotation_deg, *turned.size)
    assert overlap(code.box, place) > 0.8


def test_values_are_read_where_they_are_printed(scanner, sample):
    page: SamplePage = sample[0]
    scan = scan_of(scanner, page.image, page.dpi)
    place = Box(*page.boxes["holders[0].name"])
    read = " ".join(word.text for line in scan.lines for word in line.words if overlap(word.box, place) > 0.6)
    assert len(read) > 5
    assert abs(scan.skew_deg - page.skew_deg) < 0.2


LEFT = (
    "III. Sơ đồ thửa đất, nhà ở và tài sản khác",
    "gắn liền với đất",
    "IV. Những thay đổi sau khi cấp Giấy chứng nhận",
    "Nội dung thay đổi và cơ sở pháp lý",
)
RIGHT = (
    "II. Thửa đất, nhà ở và tài sản khác gắn liền",
    "với đất",
    "a) Thửa đất số: 205, tờ bản đồ số: 16",
    "Mục đích sử dụng: Đất ở tại nông thôn",
    "Thời hạn sử dụng: Lâu dài",
    "Nguồn gốc sử dụng: Công nhận quyền sử dụng đất",
)


def opened_sheet(left: Sequence[str] = LEFT, right: Sequence[str] = RIGHT) -> Image.Image:
    sheet = Image.new("RGB", (2 * 1748, 2480), "white")
    sheet.paste(printed(left), (0, 0))
    sheet.paste(printed(right), (1748, 0))
    return sheet


@pytest.mark.parametrize(("rotation_deg", "lean_deg"), [(0, 0.0), (90, 0.0), (180, 2.5), (270, -6.0)])
def test_the_pages_of_an_opened_sheet_are_seen_one_by_one(scanner, rotation_deg, lean_deg):
    sheet = opened_sheet().rotate(-lean_deg, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    image = as_turned(sheet, rotation_deg)
    left, right = scans_of(scanner, image)
    assert (left.width_px, left.height_px) == (right.width_px, right.height_px) == image.size
    assert [scan.rotation_deg for scan in (left, right)] == [rotation_deg, rotation_deg]
    assert [scan.skew_deg for scan in (left, right)] == pytest.approx([lean_deg, lean_deg], abs=0.3)
    assert {"Sơ", "IV.", "pháp"} <= words(left).keys()
    assert {"205,", "dụng:", "Lâu"} <= words(right).keys()
    assert not words(left).keys() & {"205,", "Lâu"}
    assert left.split is not None
    assert right.split is not None
    assert (left.split.half, right.split.half) == (0, 1)
    middle = ((left.split.top.x + left.split.bottom.x) / 2, (left.split.top.y + left.split.bottom.y) / 2)
    assert middle == pytest.approx((image.width / 2, image.height / 2), abs=0.06 * max(image.size))
    dark = np.asarray(image.convert("L")) < 128
    for text, scan in (("pháp", left), ("205,", right)):
        x, y, wide, high = words(scan)[text]
        assert dark[y : y + high, x : x + wide].any()


@pytest.mark.parametrize(
    "one_page",
    [
        (1800, 1300),  # a wide page of text over its whole width
        (2600, 1300),
    ],
)
def test_a_wide_page_whose_lines_go_through_the_middle_is_one_page(scanner, one_page):
    long_lines = [f"{line} {line}" for line in LINES[:4]]
    scan = scan_of(scanner, printed(long_lines, size_px=one_page, first_line_px=60))
    assert scan.split is None


def test_two_sides_of_an_identity_card_on_one_sheet_are_one_page(scanner):
    front = ("CĂN CƯỚC CÔNG DÂN", "Họ và tên / Full name", "LÊ VĂN HOẠCH", "Quê quán / Place of origin")
    back = ("Đặc điểm nhân dạng", "Personal identification", "Ngón trỏ trái", "Left index finger")
    scan = scan_of(scanner, opened_sheet(front, back))
    assert scan.split is None
    assert {"CÔNG", "Personal"} <= words(scan).keys()


def test_a_table_without_rules_is_one_page(scanner):
    left = [f"Hộ ông Nguyễn Văn {number}" for number in range(10, 20)]
    right = [f"Thửa đất số {number} diện tích" for number in range(30, 40)]
    assert scan_of(scanner, opened_sheet(left, right)).split is None


@pytest.mark.parametrize("lean_deg", [-10.0, 5.0, 9.0])
def test_a_leaning_page_is_straightened_before_it_is_read(scanner, lean_deg):
    page = printed().rotate(-lean_deg, fillcolor="white", resample=Image.Resampling.BICUBIC)
    scan = scan_of(scanner, page)
    assert scan.skew_deg == pytest.approx(lean_deg, abs=0.4)
    assert len({line.text for line in scan.lines} & set(LINES)) >= len(LINES) - 1
    dark = np.asarray(page.convert("L")) < 128
    x, y, wide, high = words(scan)["bảy"]
    assert dark[y : y + high, x : x + wide].sum() > 300


@pytest.mark.parametrize(("red", "yellow"), [((196, 30, 38), (250, 214, 70)), ((70, 70, 70), (190, 190, 190))])
@pytest.mark.parametrize("rotation_deg", [0, 180])
def test_light_letters_on_a_red_cover_and_on_a_copy_of_it_are_read(scanner, red, yellow, rotation_deg):
    cover = Image.new("RGB", A5_PX, red)
    pen = ImageDraw.Draw(cover)
    for row, line in enumerate(("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT")):
        pen.text((400, 900 + 130 * row), line, fill=yellow, font=load_font(tinos().bold, 22, 300))
    scan = scan_of(scanner, as_turned(cover, rotation_deg))
    assert scan.rotation_deg == rotation_deg
    assert "GIẤY CHỨNG NHẬN" in [line.text for line in scan.lines]


@pytest.mark.parametrize("rotation_deg", [0, 180])
def test_a_dark_cover_stands_as_its_light_print_whatever_shines_through(scanner, rotation_deg):
    inner = Image.new("L", A5_PX, 90)
    for row, line in enumerate((*LINES, *LINES)):
        ImageDraw.Draw(inner).text((200, 300 + 90 * row), line, fill=45, font=load_font(tinos().regular, 12, 300))
    cover = ImageOps.mirror(inner)
    for row, line in enumerate(("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT")):
        ImageDraw.Draw(cover).text((400, 900 + 130 * row), line, fill=215, font=load_font(tinos().bold, 22, 300))
    scan = scan_of(scanner, as_turned(cover, rotation_deg))
    assert scan.rotation_deg == rotation_deg
    assert "GIẤY CHỨNG NHẬN" in [line.text for line in scan.red_lines]


@pytest.mark.parametrize("rotation_deg", [0, 90, 180])
def test_a_card_on_a_grainy_page_is_turned_by_its_small_print(scanner, rotation_deg):
    page = Image.new("L", (1748, 2480), 236)
    pen = ImageDraw.Draw(page)
    for row, line in enumerate(CARD_LINES):
        pen.text((560, 900 + 34 * row), line, fill=90, font=load_font(tinos().regular, 6, 300))
    grain = np.random.default_rng(5).normal(0, 16, (2480, 1748))
    worn = Image.fromarray(np.clip(np.asarray(page, np.float64) + grain, 0, 255).astype(np.uint8))
    assert scan_of(scanner, as_turned(worn, rotation_deg)).rotation_deg == rotation_deg


def test_grain_around_a_card_is_not_read_but_a_serial_far_from_it_is(scanner):
    page = Image.new("L", (2480, 3508), 255)
    pen = ImageDraw.Draw(page)
    for row, line in enumerate((*CARD_LINES, *CARD_LINES)):
        pen.text((900, 900 + 44 * row), line, fill=40, font=load_font(tinos().regular, 8, 300))
    pen.text((1700, 3200), "BD 226781", fill=40, font=load_font(tinos().bold, 16, 300))
    grain = np.random.default_rng(5).random((3508, 2480)) < 0.002
    grainy = Image.fromarray(np.where(grain, 120, np.asarray(page)).astype(np.uint8))
    lines = [line.text for line in scan_of(scanner, grainy).lines]
    assert "BD 226781" in lines
    assert len(lines) < 4 * len(CARD_LINES)


def test_a_worn_back_of_a_card_is_turned_by_its_zone_for_machines(scanner):
    page = Image.new("L", (1748, 2480), 255)
    for row, line in enumerate(ZONE_LINES):
        ImageDraw.Draw(page).text((500, 900 + 60 * row), line, fill=40, font=load_font(cousine().bold, 10, 300))
    assert scan_of(scanner, page.rotate(180)).rotation_deg == 180


ZONE_LINES = ("IDVNM0819999214027081999921<<3", "8106148M4106140VNM<<<<<<<<<<<6", "TRUONG<<QUANG<HACH<<<<<<<<<<<<")


CARD_LINES = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "CĂN CƯỚC CÔNG DÂN",
    "Số / No.: 027081999921",
    "Họ và tên / Full name: TRƯƠNG QUANG HÁCH",
    "Ngày sinh / Date of birth: 14/06/1981",
    "Giới tính / Sex: Nam   Quốc tịch / Nationality: Việt Nam",
)


def test_an_empty_page_is_blank_and_quick(scanner):
    scan = scan_of(scanner, Image.new("RGB", (1748, 2480), "#f3d0d6"))
    assert (scan.ink_pct, scan.lines, scan.rotation_deg, scan.skew_deg) == (0, (), 0, 0)


def test_a_grey_copy_has_no_red_title(scanner, sample):
    page, _ = sample
    scan = scan_of(scanner, page.image.convert("L"), page.dpi)
    assert not any("QUYỀN" in line.text for line in scan.red_lines)
    assert len(words(scan)) > 50


def test_a_picture_without_words_is_no_failure(scanner):
    grain = np.random.default_rng(7).integers(0, 255, (300, 300), np.uint8)
    scan = scan_of(scanner, Image.fromarray(grain))
    assert scan.error is None
    assert scan.ink_pct > 1


@pytest.mark.parametrize("size_px", [(1, 1), (3, 2000), (20_000, 3), (60, 60)])
def test_tiny_images_are_no_failure(scanner, size_px):
    scan = scan_of(scanner, Image.new("RGB", size_px, "black"), None)
    assert (scan.width_px, scan.height_px) == size_px
