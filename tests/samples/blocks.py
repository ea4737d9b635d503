"""Parts that both models print: land use lines, owners' fields, the signature, the table of changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from random import Random

from tests.samples.certificate import Certificate, Change, Owners, Parcel
from tests.samples.look import Look
from tests.samples.numbers import long_date, printed_area, short_date
from tests.samples.ornaments import SignaturePlace, stamp_and_sign
from tests.samples.sheet import Column, Sheet, Span, Style
from tests.samples.wording import LandUse, Note, elliptical

SQUARE_METRES = "\u00a0m²"
NOTHING = "-/-"
NOTICE = (
    "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào trong "
    "Giấy chứng nhận; khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay với cơ quan cấp Giấy."
)
CHANGES_HEAD = ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
USES = "parcels[0].uses"
CHANGE_SIGNATURE_MM = 23.0
SMALLEST_PT = 9.0
LAST_UNIT = re.compile(r"(.*?)((?:TỈNH|HUYỆN|THỊ XÃ|THÀNH PHỐ|XÃ|PHƯỜNG) )(.*)")


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph waiting for its place on a page."""

    spans: Sequence[Span]
    style: Style
    indent_mm: float = 0.0
    leaders: str = "none"
    gap_mm: float = 0.0


def flow(sheet: Sheet, paragraphs: Sequence[Paragraph], column: Column, y_mm: float) -> float:
    """Print paragraphs one under the other and return the top of the next line."""
    for paragraph in paragraphs:
        y_mm = sheet.write(
            paragraph.spans,
            paragraph.style,
            column,
            y_mm + paragraph.gap_mm,
            indent_mm=paragraph.indent_mm,
            leaders=paragraph.leaders,
        )
    return y_mm


def flow_height(sheet: Sheet, paragraphs: Sequence[Paragraph], *, width_mm: float) -> float:
    """Measure paragraphs without printing them."""
    return sum(
        paragraph.gap_mm
        + sheet.height_of(paragraph.spans, paragraph.style, width_mm=width_mm, indent_mm=paragraph.indent_mm)
        for paragraph in paragraphs
    )


def largest_that_fits(
    sheet: Sheet,
    compose: Callable[[Look], list[Paragraph]],
    look: Look,
    column: Column,
    *,
    height_mm: float,
) -> list[Paragraph]:
    """Compose paragraphs in the office's size, or in the largest smaller one that fits the height."""
    size_pt = look.body_pt
    paragraphs = compose(look)
    while flow_height(sheet, paragraphs, width_mm=column.width_mm) > height_mm and size_pt > SMALLEST_PT:
        size_pt -= 0.5
        paragraphs = compose(replace(look, body_pt=size_pt))
    return paragraphs


def area_spans(area: Decimal, *paths: str) -> list[Span]:
    """Return an area with its unit, filling the given paths."""
    return [Span(printed_area(area), dict.fromkeys(paths, str(area))), Span(SQUARE_METRES)]


def purpose_spans(uses: Sequence[LandUse], *, coded: bool) -> list[Span]:
    """Return the purposes; several with their areas; the code in brackets where the form prints it."""
    spans: list[Span] = []
    for at, use in enumerate(uses):
        name = {f"{USES}[{at}].purpose": use.purpose, f"{USES}[{at}].purpose_code": use.code}
        spans += [Span("; ")] if at else []
        if coded:
            spans += [
                Span(use.purpose, {f"{USES}[{at}].purpose": use.purpose}),
                Span(f" ({use.code})", {f"{USES}[{at}].purpose_code": use.code}),
            ]
        else:
            spans.append(Span(use.purpose, name))
        if len(uses) > 1:
            spans += [Span(": "), *area_spans(use.area, f"{USES}[{at}].area_m2")]
    return spans


def term_spans(uses: Sequence[LandUse]) -> list[Span]:
    """Return the terms, one for all where they agree, else by purpose."""
    if len({use.term for use in uses}) == 1:
        return [Span(uses[0].term, {f"{USES}[{at}].term": use.term for at, use in enumerate(uses)})]
    spans: list[Span] = []
    for at, use in enumerate(uses):
        spans += [Span(f"{'; ' if at else ''}{use.purpose}: "), Span(use.term, {f"{USES}[{at}].term": use.term})]
    return spans


def origin_spans(uses: Sequence[LandUse], rng: Random) -> list[Span]:
    """Return the origins, neighbours with the same origin together, several with their areas, some elliptical."""
    groups = [list(group) for _, group in groupby(enumerate(uses), key=lambda pair: pair[1].origin)]
    texts = elliptical([group[0][1].origin for group in groups], rng)
    spans: list[Span] = []
    for at, (group, text) in enumerate(zip(groups, texts, strict=True)):
        spans += [Span("; ")] if at else []
        spans.append(Span(text, {f"{USES}[{number}].origin": text for number, _ in group}))
        if len(groups) > 1:
            total = sum((use.area for _, use in group), Decimal(0))
            spans += [Span(": "), *area_spans(total)]
    return spans


def form_spans(parcel: Parcel) -> list[Span]:
    """Return the form of use, which holds for every purpose."""
    return [Span(parcel.form, {f"{USES}[{at}].form": parcel.form for at in range(len(parcel.uses))})]


def note_spans(note: Note | None) -> list[Span]:
    """Return the note, or the mark for nothing."""
    if note is None:
        return [Span(NOTHING)]
    fields = {"certificate.notes": note.text}
    if note.replaces is None:
        return [Span(note.text, fields)]
    before, _, after = note.text.partition(note.replaces)
    return [
        Span(before, fields),
        Span(note.replaces, {**fields, "certificate.replaces": note.replaces}),
        Span(after, fields),
    ]


def standing(owners: Owners, at: int, *, with_sex: bool) -> dict[str, str]:
    """Return what the words before a holder's name say about the holder, by path."""
    person = owners.people[at]
    roles = {
        "person": ("Cá nhân", "Cá nhân"),
        "household": ("Hộ gia đình", "Chủ hộ"),
        "couple": ("Vợ chồng", "Chồng" if person.sex == "male" else "Vợ"),
    }
    legal_form, role = roles[owners.form]
    said = {"kind": "person", "legal_form": legal_form, "role": role}
    if with_sex:
        said["sex"] = person.sex
    return {f"holders[{at}].{name}": value for name, value in said.items()}


def id_spans(kind: str, number: str, at: int, label: str) -> list[Span]:
    """Return the label and number of a holder's identity paper."""
    path = f"holders[{at}].id_papers[0]"
    return [Span(label, {f"{path}.kind": kind}), Span(" "), Span(number, {f"{path}.number": number})]


def opener(owners: Owners, at: int, habit: float) -> tuple[str, bool]:
    """Return the words before a name and whether they say Ông or Bà."""
    person = owners.people[at]
    title = "ông" if person.sex == "male" else "bà"
    if owners.form == "household":
        return f"Hộ {title}:", True
    if at == 0:
        return f"{title.capitalize()}:", True
    spouse = "chồng" if person.sex == "male" else "vợ"
    if habit < 0.45:
        return f"Và {spouse} là {title}:", True
    if habit < 0.65:
        return f"Và {spouse}: {title}", True
    return f"Và {spouse}:", False


def print_signature(
    sheet: Sheet, certificate: Certificate, look: Look, rng: Random, column: Column, y_mm: float
) -> float:
    """Print the block from place and date down to the signer's name; returns its lower end."""
    signature, day = certificate.signature, certificate.issued_on
    issued = Span(long_date(day), {"certificate.issued_on": day.isoformat()})
    body, heading = look.body(min(look.body_pt, 12.5)), look.heading(min(look.body_pt, 12.0))
    column = column.centred()
    y = sheet.write([Span(f"{signature.place}, "), issued], replace(body, italic=True), column, y_mm)
    for line in signature.organisation:
        y = sheet.write(_authority_spans(line, signature.issuer), heading, column, y)
    for line in signature.capacity:
        y = sheet.write(line, heading, column, y)
    y = sheet.write([Span(signature.title, {"certificate.signer_title": signature.title})], heading, column, y)
    middle = column.x_mm + column.width_mm / 2
    stamp_and_sign(
        sheet, rng, SignaturePlace(x_mm=middle, y_mm=y + 15, width_mm=54), seal=signature.seal, typeface=look.form
    )
    return sheet.write([Span(signature.signer, {"certificate.signer": signature.signer})], heading, column, y + 29)


def _authority_spans(line: str, issuer: str) -> list[Span]:
    """Return a line of the authority; the name of its unit stays on one line, "TM." is not part of the name."""
    fields = {"certificate.issuer": issuer}
    glued = glue_unit(line.removeprefix("TM. "))
    return [Span("TM. "), Span(glued, fields)] if line.startswith("TM. ") else [Span(glued, fields)]


def glue_unit(text: str) -> str:
    """Keep the last unit of an authority's name together, so that a long name breaks before it."""
    match = LAST_UNIT.fullmatch(text)
    if match is None:
        return text
    head, unit, name = match.groups()
    return str(head) + f"{unit}{name}".replace(" ", "\u00a0")


@dataclass(frozen=True, kw_only=True)
class ChangesTable:
    """The frame of the table of changes on one page."""

    x_mm: float
    top_mm: float
    bottom_mm: float
    width_mm: float

    @property
    def left(self) -> Column:
        """The column of contents."""
        return Column(x_mm=self.x_mm + 2, width_mm=0.52 * self.width_mm - 4)

    @property
    def right(self) -> Column:
        """The column of confirmations."""
        split = 0.52 * self.width_mm
        return Column(x_mm=self.x_mm + split + 2, width_mm=self.width_mm - split - 4, align="centre")


def print_changes(
    sheet: Sheet, table: ChangesTable, changes: Sequence[tuple[int, Change]], look: Look, rng: Random
) -> list[tuple[int, Change]]:
    """Print the frame, the heads and as many rows as fit; returns the rows left over."""
    y = _print_frame(sheet, table, look)
    rest = list(changes)
    while rest:
        height = _change_height(sheet, table, rest[0][1], look)
        if y + height > table.bottom_mm:
            break
        _print_change(sheet, table, *rest.pop(0), look, rng, y)
        y += height
    return rest


def _print_frame(sheet: Sheet, table: ChangesTable, look: Look) -> float:
    """Print lines and heads; returns the top of the first row."""
    head = look.heading(11.5)
    x, top, right, bottom = table.x_mm, table.top_mm, table.x_mm + table.width_mm, table.bottom_mm
    ends = [
        sheet.write(text, head, column.centred(), top + 1.5)
        for text, column in zip(CHANGES_HEAD, (table.left, table.right), strict=True)
    ]
    y, split = max(ends) + 1.5, table.right.x_mm - 2
    sheet.rule([(x, top), (right, top), (right, bottom), (x, bottom), (x, top)])
    sheet.rule([(split, top), (split, bottom)])
    sheet.rule([(x, y), (right, y)])
    return y


def _change_styles(look: Look) -> tuple[Style, Style]:
    return look.body(11.0), look.heading(9.5)


def _change_height(sheet: Sheet, table: ChangesTable, change: Change, look: Look) -> float:
    body, office = _change_styles(look)
    left = sheet.height_of([Span(change.text)], body, width_mm=table.left.width_mm)
    lines = sheet.height_of([Span(glue_unit(change.office))], office, width_mm=table.right.width_mm)
    right = lines + sheet.line_height_mm(body) + 2 * sheet.line_height_mm(office) + CHANGE_SIGNATURE_MM
    return max(left, right) + 5


def _print_change(
    sheet: Sheet, table: ChangesTable, number: int, change: Change, look: Look, rng: Random, top_mm: float
) -> None:
    body, office = _change_styles(look)
    sheet.write(_change_spans(number, change), body, table.left, top_mm + 2)
    path = f"changes[{number}]"
    day = [Span("Ngày "), Span(short_date(change.on), {f"{path}.on": change.on.isoformat()})]
    y = sheet.write(day, replace(body, italic=True), table.right, top_mm + 2)
    y = sheet.write([Span(glue_unit(change.office), {f"{path}.confirmed_by": change.office})], office, table.right, y)
    y = sheet.write(change.title, office, table.right, y)
    middle = table.right.x_mm + table.right.width_mm / 2
    place = SignaturePlace(x_mm=middle, y_mm=y + CHANGE_SIGNATURE_MM / 2 + 2, width_mm=42, stamp_mm=29)
    stamp_and_sign(sheet, rng, place, seal=change.office, typeface=look.form)
    sheet.write(change.signer, office, table.right, y + CHANGE_SIGNATURE_MM)


def _change_spans(number: int, change: Change) -> list[Span]:
    """Return the text of a change; each mark inside it fills its own paths as well."""
    whole = {f"changes[{number}].text": change.text}
    spans: list[Span] = []
    rest = change.text
    for mark in change.marks:
        before, _, rest = rest.partition(mark.text)
        fields = {path.format(change=number): value for path, value in mark.fields.items()}
        spans += [Span(before, whole), Span(mark.text, {**whole, **fields})]
    return [*spans, Span(rest, whole)]
