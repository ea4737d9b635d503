"""Pages of every model with random words and boxes: the understanding never raises, and what it says keeps its form."""

from __future__ import annotations

import time
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.dossier import Model, PageKind
from app.domain.extraction.models import page_drafts
from app.domain.extraction.page_kinds import Guess
from app.domain.extraction.page_sets import SeenPage
from app.domain.extraction.rows import page_text
from app.domain.fields import FieldKind, spec_of
from app.domain.reading import Box, Line, PageScan, Word
from tests.unit.domain.extraction import paper

_K = PageKind
LIMIT_S = 10.0
"""Of processor time for a page of four thousand label words; an ordinary page takes some thirty milliseconds."""
PAGES = [
    *((model, kind) for model in (Model.M1993, Model.M2003, Model.M2009, Model.M2014) for kind in tuple(_K)[:4]),
    *((Model.M2024, kind) for kind in (_K.CERTIFICATE_FRONT, _K.CERTIFICATE_BACK)),
    (None, _K.SUPPLEMENT),
    (None, _K.CERTIFICATE_1),
    (None, _K.CERTIFICATE_4),
]
PRINTED = (
    *(
        "Số",
        "tờ",
        "bản",
        "đồ",
        "thửa",
        "Thửa",
        "đất",
        "số:",
        "Diện",
        "tích",
        "(m²)",
        "Mục",
        "đích",
        "sử",
        "dụng",
        "Thời",
    ),
    *(
        "hạn",
        "Nguồn",
        "gốc",
        "Hình",
        "thức",
        "riêng:",
        "chung:",
        "Phần",
        "ghi",
        "thêm",
        "Tổng",
        "cộng",
        "Đất",
        "ở",
        "T",
    ),
    *(
        "Lâu",
        "dài",
        "Đến",
        "ngày",
        "15/10/2013",
        "20",
        "năm",
        "1.081",
        "72,5",
        "m²",
        "113",
        "PL9",
        "2L",
        "Ao",
        "-/-",
        "-",
    ),
    *(
        "Hộ",
        "ông",
        "(bà):",
        "Ông",
        "Bà:",
        "Và",
        "vợ",
        "là",
        "bà:",
        "NGUYỄN",
        "VĂN",
        "A",
        "CMND",
        "số",
        "125999911",
        "sinh",
    ),
    *(
        "Nơi",
        "thường",
        "trú:",
        "Tại:",
        "xã",
        "Cách",
        "Bi,",
        "huyện",
        "Quế",
        "Võ,",
        "tỉnh",
        "Bắc",
        "Ninh",
        "CHỨNG",
        "NHẬN",
    ),
    *("I-", "II-", "III-", "IV-", "Tên", "người", "được", "quyền", "Tài", "sản", "gắn", "liền", "với", "Ghi", "chú"),
    *(
        "Nội",
        "dung",
        "thay",
        "đổi",
        "và",
        "cơ",
        "sở",
        "pháp",
        "lý",
        "Xác",
        "nhận",
        "của",
        "quan",
        "có",
        "thẩm",
        "Ngày,",
    ),
    *(
        "Thế",
        "chấp",
        "Chuyển",
        "nhượng",
        "cho",
        "theo",
        "hồ",
        "sơ",
        "002155.TC.001",
        "TM.",
        "UBND",
        "CHỦ",
        "TỊCH",
        "tháng",
    ),
    *(
        "2.",
        "Nhà",
        "ở:",
        "Loại",
        "nhà",
        "xây",
        "dựng",
        "sàn",
        "cấp",
        "(hạng):",
        "IV;",
        "(1)",
        "(2)",
        "(3)",
        "nt",
        '"',
        "|",
    ),
)
WORDS = st.one_of(st.sampled_from(PRINTED), st.text(min_size=1, max_size=12))
BOXES = st.builds(Box, st.integers(-50, 2300), st.integers(-50, 3200), st.integers(0, 2400), st.integers(0, 400))
LOOSE = st.builds(
    lambda words: Line(words=tuple(words)),
    st.lists(st.builds(Word, text=WORDS, box=BOXES, confidence=st.floats(0, 100)), min_size=1, max_size=9),
)


@st.composite
def grids(draw: st.DrawFn) -> list[Line]:
    """Lines whose words stand in columns, as in a table."""
    edges = sorted(draw(st.lists(st.integers(100, 2000), min_size=2, max_size=9, unique=True)))
    lines = []
    for row in range(draw(st.integers(1, 14))):
        cells = [(x, draw(WORDS)) for x in edges if draw(st.booleans())]
        words = [Word(text=text, box=Box(x, 300 + 45 * row, 12 * len(text), 28), confidence=90.0) for x, text in cells]
        lines += [Line(words=tuple(words))] if words else []
    return lines


@st.composite
def scans(draw: st.DrawFn) -> PageScan:
    """A page of loose lines and grids."""
    lines = [*draw(st.lists(LOOSE, max_size=12)), *draw(grids()), *draw(grids())]
    turn = draw(st.sampled_from((0, 90, 180, 270)))
    return PageScan(file="f.jpg", width_px=2244, height_px=3130, rotation_deg=turn, lines=tuple(lines), ink_pct=3.0)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(scans(), st.sampled_from(PAGES))
def test_no_page_of_any_model_breaks_its_reading(scan, page):
    model, kind = page
    text = page_text(scan, 0)
    for draft in page_drafts(SeenPage(text, Guess(kind, model, 3.0)), paper.LEXICON, 0):
        spec = spec_of(draft.path)
        assert spec is not None, draft.path
        assert draft.value != ""
        if draft.value is None:
            continue
        if spec.kind is FieldKind.AREA:
            assert Decimal(draft.value) >= 0
        if spec.options:
            assert draft.value in spec.options, draft


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(scans(), min_size=1, max_size=3))
def test_no_pile_of_pages_breaks_the_understanding(pile):
    reading = paper.read(*pile)
    assert len(reading.pages) == len(pile)
    assert all(0.0 <= field.confidence <= 1.0 for field in reading.fields)


def test_a_page_full_of_the_words_of_labels_is_read_in_time():
    lines = tuple(
        Line(
            words=tuple(
                Word(text=PRINTED[(row * 7 + at) % len(PRINTED)], box=Box(at * 50, row * 30, 45, 20), confidence=90.0)
                for at in range(40)
            )
        )
        for row in range(100)
    )
    scan = PageScan(file="f.jpg", width_px=2244, height_px=3130, lines=lines, ink_pct=9.0)
    for model, kind in PAGES:
        started_s = time.process_time()
        page_drafts(SeenPage(page_text(scan, 0), Guess(kind, model, 3.0)), paper.LEXICON, 0)
        assert time.process_time() - started_s < LIMIT_S
