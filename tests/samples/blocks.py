"""Parts that both models print: land use lines, owners' fields, the signature, the table of changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby
from random import Random

from tests.samples.certificate import Certificate, Change, Owners, Parcel
from tests.samples.look import Look
from tests.samples.numbers import long_date, printed_area, short_date
from tests.samples.ornaments import stamp_and_sign
from tests.samples.sheet import Sheet, Span, Style
from tests.samples.wording import LandUse, Note, elliptical

SQUARE_METRES = "\u00a0m²"
NOTHING = "-/-"
NOTICE = (
    "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào trong "
    "Giấy chứng nhận; khi bị mất hoặc hư hỏng Giấy chứng nhận phải khai báo ngay với cơ quan cấp Giấy."
)
CHANGES_HEAD = ("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
USES = "parcels[0].uses"


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """A paragraph waiting for its place on a page."""

    spans: Sequence[Span]
    style: Style
    indent_mm: float = 0.0
    leaders: str = "none"
    gap_mm: float = 0.0


def flow(sheet: Sheet, paragraphs: Sequence[Paragraph], *, x_mm: float, y_mm: float, width_mm: float) -> float:
    """Print paragraphs one under the other and return the top of the next line."""
    for paragraph in paragraphs:
        y_mm = sheet.write(
            paragraph.spans,
            paragraph.style,
            x_mm=x_mm,
            y_mm=y_mm + paragraph.gap_mm,
            width_mm=width_mm,
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
    sheet: Sheet, certificate: Certificate, look: Look, rng: Random, *, x_mm: float, y_mm: float, width_mm: float
) -> float:
    """Print the block from place and date down to the signer's name; returns its lower end."""
    signature, day = certificate.signature, certificate.issued_on
    issued = Span(long_date(day), {"certificate.issued_on": day.isoformat()})
    body, heading = look.body(min(look.body_pt, 12.5)), look.heading(min(look.body_pt, 12.0))
    place = {"x_mm": x_mm, "width_mm": width_mm}
    y = sheet.write(
        [Span(f"{signature.place}, "), issued], replace(body, italic=True), y_mm=y_mm, align="centre", **place
    )
    issuer = {"certificate.issuer": signature.issuer}
    for line in signature.organisation:
        spans = (
            [Span("TM. "), Span(line.removeprefix("TM. "), issuer)] if line.startswith("TM. ") else [Span(line, issuer)]
        )
        y = sheet.write(spans, heading, y_mm=y, align="centre", **place)
    for line in signature.capacity:
        y = sheet.write(line, heading, y_mm=y, align="centre", **place)
    y = sheet.write(
        [Span(signature.title, {"certificate.signer_title": signature.title})], heading, y_mm=y, align="centre", **place
    )
    name_top = y + 27
    stamp_and_sign(
        sheet, rng, centre_x_mm=x_mm + width_mm / 2, y_mm=y + 13, width_mm=52, seal=signature.seal, typeface=look.form
    )
    return sheet.write(
        [Span(signature.signer, {"certificate.signer": signature.signer})],
        heading,
        y_mm=name_top,
        align="centre",
        **place,
    )


@dataclass(frozen=True, kw_only=True)
class ChangesTable:
    """The frame of the table of changes on one page."""

    x_mm: float
    top_mm: float
    bottom_mm: float
    width_mm: float
    row_gap_mm: float = 17.0

    @property
    def split_mm(self) -> float:
        """Where the left column ends."""
        return self.x_mm + 0.54 * self.width_mm


def print_changes(
    sheet: Sheet, table: ChangesTable, changes: Sequence[tuple[int, Change]], look: Look, rng: Random
) -> list[tuple[int, Change]]:
    """Print the frame, the heads and as many rows as fit; returns the rows left over."""
    head = look.heading(11.5)
    x, split, right = table.x_mm, table.split_mm, table.x_mm + table.width_mm
    sheet.write(CHANGES_HEAD[0], head, x_mm=x, y_mm=table.top_mm + 1.5, width_mm=split - x, align="centre")
    sheet.write(
        CHANGES_HEAD[1], head, x_mm=split + 1, y_mm=table.top_mm + 1.5, width_mm=right - split - 2, align="centre"
    )
    y = table.top_mm + 13.5
    sheet.rule(
        [(x, table.top_mm), (right, table.top_mm), (right, table.bottom_mm), (x, table.bottom_mm), (x, table.top_mm)]
    )
    sheet.rule([(split, table.top_mm), (split, table.bottom_mm)])
    sheet.rule([(x, y), (right, y)])
    rest = list(changes)
    while rest:
        number, change = rest[0]
        height = _change_height(sheet, table, change, look)
        if y + height > table.bottom_mm:
            break
        _print_change(sheet, table, number, change, look, rng, y)
        y += height
        rest.pop(0)
    return rest


def _change_styles(look: Look) -> tuple[Style, Style]:
    return look.body(11.0), look.heading(9.5)


def _change_height(sheet: Sheet, table: ChangesTable, change: Change, look: Look) -> float:
    body, office = _change_styles(look)
    left = sheet.height_of([Span(change.text)], body, width_mm=table.split_mm - table.x_mm - 4)
    width = table.x_mm + table.width_mm - table.split_mm - 4
    right = (
        sheet.height_of([Span(change.office)], office, width_mm=width)
        + 3 * sheet.line_height_mm(body)
        + table.row_gap_mm
    )
    return max(left, right) + 5


def _print_change(
    sheet: Sheet, table: ChangesTable, number: int, change: Change, look: Look, rng: Random, top_mm: float
) -> None:
    body, office = _change_styles(look)
    path = f"changes[{number}]"
    before, _, after = change.text.partition(change.dossier_number)
    text = {f"{path}.text": change.text}
    spans = [
        Span(before, text),
        Span(change.dossier_number, {**text, f"{path}.dossier_number": change.dossier_number}),
        Span(after, text),
    ]
    sheet.write(spans, body, x_mm=table.x_mm + 2, y_mm=top_mm + 2, width_mm=table.split_mm - table.x_mm - 4)
    column = {"x_mm": table.split_mm + 2, "width_mm": table.x_mm + table.width_mm - table.split_mm - 4}
    day = [Span("Ngày "), Span(short_date(change.on), {f"{path}.on": change.on.isoformat()})]
    y = sheet.write(day, replace(body, italic=True), y_mm=top_mm + 2, align="centre", **column)
    y = sheet.write(
        [Span(change.office, {f"{path}.confirmed_by": change.office})], office, y_mm=y, align="centre", **column
    )
    y = sheet.write(change.title, office, y_mm=y, align="centre", **column)
    middle = column["x_mm"] + column["width_mm"] / 2
    stamp_and_sign(
        sheet,
        rng,
        centre_x_mm=middle,
        y_mm=y + table.row_gap_mm / 2,
        width_mm=40,
        seal=change.office,
        typeface=look.form,
    )
    sheet.write(change.signer, office, y_mm=y + table.row_gap_mm, align="centre", **column)
