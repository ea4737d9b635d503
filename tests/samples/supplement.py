"""The supplementary page of a certificate: which certificate it belongs to, and more rows of changes."""

from __future__ import annotations

from random import Random

from tests.samples.blocks import Paragraph, flow
from tests.samples.certificate import Certificate
from tests.samples.changes_table import ChangesTable, Rows, print_changes
from tests.samples.grounds import white
from tests.samples.look import Look
from tests.samples.office import OfficeSheet, spelling_of
from tests.samples.phrases import Words
from tests.samples.sheet import Column, Sheet, Span

WIDTH_MM, HEIGHT_MM = 190.0, 265.0
TEXT = Column(x_mm=19.0, width_mm=154.0)


def print_supplement(
    certificate: Certificate, look: Look, words: Words, rng: Random, dpi: int, changes: Rows
) -> list[tuple[str, Sheet]]:
    """Print pages for the rows left over, and now and then an empty one."""
    rest, pages = list(changes), 0
    sheets: list[tuple[str, Sheet]] = []
    wants_empty = words.chance("supplement") < 0.03 and certificate.changes
    while rest or (wants_empty and not pages):
        paper = white(rng, width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi)
        sheet = OfficeSheet(paper, dpi, spelling_of(look.habit, certificate.world))
        rest = _print_page(sheet, certificate, look, words, rng, rest)
        sheets.append(("supplement", sheet))
        pages += 1
    return sheets


def _print_page(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, changes: Rows) -> Rows:
    y = sheet.write("TRANG BỔ SUNG GIẤY CHỨNG NHẬN", look.heading(14), TEXT.centred(), 16)
    parcel, number = certificate.parcels[0], look.register(certificate.register_number)
    lines = [
        [Span(f"{words.head_label('parcel')}{parcel.number}; {words.label('sheet')}{parcel.sheet}")],
        [Span(f"{words.label('serial_again')}{certificate.serial}")],
        [Span(f"{words.label('register_c')}{number}")],
    ]
    y = flow(sheet, [Paragraph(spans=spans, style=look.body(12)) for spans in lines], TEXT, y + 2)
    y = sheet.write(words("changes_c"), look.heading(12), TEXT, y + 3)
    table = ChangesTable(x_mm=TEXT.x_mm - 2, top_mm=y + 1, bottom_mm=248, width_mm=TEXT.width_mm + 4)
    return print_changes(sheet, table, changes, look, words, rng)
