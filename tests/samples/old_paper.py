"""What the 1993 and 2003 models share: red cover, pens, holders, plan, register number, page of changes."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.samples.blocks import inked
from tests.samples.certificate import Certificate
from tests.samples.changes_table import ChangesTable, print_changes
from tests.samples.fonts import cousine, free_mono, free_serif, tinos
from tests.samples.grounds import red_cover, white, yellow
from tests.samples.look import Look
from tests.samples.office import OfficeSheet, spelling_of
from tests.samples.ornaments import draw_emblem
from tests.samples.owner_lines import WITH_TITLE, body_spans, decision_spans, list_spans, standing, titled
from tests.samples.owners import Owners
from tests.samples.pens import DOTS, HAND, LASER, TYPED
from tests.samples.phrases import Words
from tests.samples.sheet import BLACK, Colour, Column, Sheet, Span, Style
from tests.samples.sketch import draw_plan, print_plan
from tests.samples.supplement import print_supplement

WIDTH_MM, HEIGHT_MM = 190.0, 265.0
TEXT = Column(x_mm=17.0, width_mm=156.0)
WIDE = Column(x_mm=14.0, width_mm=162.0, align="centre")
GOLD: Colour = (238, 198, 64)
PEN_BLUE: Colour = (40, 52, 140)
PEN_BLACK: Colour = (44, 42, 50)
ID_LABELS = {"cmnd": "cmnd_b", "army": "cmnd_army"}


def blank_sheets(certificate: Certificate, look: Look, rng: Random, dpi: int) -> list[Sheet]:
    """Return the four empty pages: red, two yellowish ones, white."""
    tint = rng.randrange(2**32)
    spell = spelling_of(look.habit, certificate.world)
    size = {"width_mm": WIDTH_MM, "height_mm": HEIGHT_MM, "dpi": dpi}
    frame = certificate.model == "1993"
    papers = (
        red_cover(Random(tint), width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi),
        *(
            yellow(Random(tint), width_mm=size["width_mm"], height_mm=size["height_mm"], dpi=dpi, frame=frame)
            for _ in range(2)
        ),
        white(Random(tint), width_mm=WIDTH_MM, height_mm=HEIGHT_MM, dpi=dpi),
    )
    return [OfficeSheet(paper, dpi, spell) for paper in papers]


def draw_pen(rng: Random, model: str, look: Look) -> Style:
    """Draw what an office of the time filled its forms in with."""
    shares = (40, 34, 18, 8) if model == "1993" else (22, 14, 16, 48)
    pen = rng.choices((HAND, TYPED, DOTS, LASER), shares)[0]
    if pen == HAND:
        typeface = rng.choice((free_serif(), tinos()))
        colour = rng.choice((PEN_BLUE, PEN_BLUE, PEN_BLACK))
        return Style(typeface=typeface, size_pt=12.5, italic=True, colour=colour, pen=HAND)
    if pen == LASER:
        return look.body(12)
    typeface = rng.choice((cousine(), cousine(), free_mono()))
    return Style(typeface=typeface, size_pt=10.5, colour=PEN_BLACK, pen=pen)


def sized(pen: Style, body_pt: float) -> Style:
    """Return the pen in a size that goes with a body size."""
    return replace(pen, size_pt=pen.size_pt * body_pt / 12.0)


def print_cover(sheet: Sheet, certificate: Certificate, look: Look, words: Words) -> None:
    """Print the red page: emblem, title and serial, yellow or black."""
    gold = replace(look.heading(24), colour=GOLD)
    y = 22.0
    if certificate.model == "2003" or words.chance("cover head") < 0.5:
        y = sheet.write("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", replace(gold, size_pt=14), WIDE, y)
        y = sheet.write("Độc lập - Tự do - Hạnh phúc", replace(gold, size_pt=13), WIDE, y)
    sheet.paste(draw_emblem(48, sheet.dpi), x_mm=(WIDTH_MM - 48) / 2, y_mm=62)
    title = [Span("GIẤY CHỨNG NHẬN", {"certificate.model": certificate.model})]
    y = sheet.write(title, gold, WIDE, 132)
    sheet.write("QUYỀN SỬ DỤNG ĐẤT", gold, WIDE, y + 2)
    serial = Span(certificate.serial, {"certificate.serial": certificate.serial})
    if certificate.model == "1993":
        colour = GOLD if words.chance("serial ink") < 0.75 else BLACK
        label = words.pick("cover number", ("Số: ", "Số: ", "Số "))
        sheet.write([Span(label), serial], replace(look.heading(18), colour=colour), WIDE, 205)
    else:
        corner = Column(x_mm=100, width_mm=70, align="right")
        sheet.write([serial], replace(look.heading(17), colour=BLACK), corner, 236)


def print_authority(sheet: Sheet, certificate: Certificate, look: Look, y_mm: float) -> float:
    """Print national name, motto, the committee and "CHỨNG NHẬN"; returns the lower end."""
    y = sheet.write("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", look.heading(13), WIDE, y_mm)
    y = sheet.write("Độc lập - Tự do - Hạnh phúc", look.heading(12.5), WIDE, y)
    sheet.rule([(66, y + 0.6), (124, y + 0.6)], width_mm=0.3)
    y = sheet.write(certificate.signature.issuer, look.heading(13), WIDE, y + 4)
    return sheet.write("CHỨNG NHẬN", look.heading(16), WIDE, y + 2)


def owner_lines(certificate: Certificate, look: Look, words: Words) -> list[list[Span]]:
    """Return the lines that name the holders, without the pen."""
    owners, model = certificate.owners, certificate.model
    if owners.is_organisation:
        return _organisation_lines(owners, words)
    lines: list[list[Span]] = []
    sex_known = words.chance("one title") < 0.4
    for at in range(2 if owners.form == "couple" else 1):
        opener, fields = _opener(owners, at, model, words, sex_known=sex_known)
        name = look.name(owners.people[at].name)
        person = owners.people[at]
        spans = [Span(opener, fields), Span(" "), Span(name, {f"holders[{at}].name": name})]
        if model == "2003" or words.chance("born 1993") < 0.35:
            spans += [
                Span(f"\u00a0\u00a0 {words.label('born')}"),
                Span(str(person.born), {f"holders[{at}].born": str(person.born)}),
            ]
        lines += [[*spans, *_id_spans(owners, at, words)]]
    address = owners.addresses[0]
    holders = range(2 if owners.form == "couple" else 1)
    said = Span(address, {f"holders[{at}].address": address for at in holders})
    lines.append([Span(words.label("home_b" if model == "2003" else "lives_a")), said])
    if owners.form in {"co_owners", "heirs"}:
        lines.append(list_spans(owners, look, words, full=True))
    return lines


def _opener(owners: Owners, at: int, model: str, words: Words, *, sex_known: bool) -> tuple[str, dict[str, str]]:
    """Return the words before a name; a form that prints "Ông (Bà)" says neither sex nor which spouse it is."""
    person = owners.people[at]
    title = "ông" if person.sex == "male" else "bà"
    letter = "a" if model == "1993" else "b"
    with_sex = sex_known
    if owners.form == "household":
        text = titled(words("household"), title) if sex_known else words(f"household_{letter}")
    elif at == 1 and (sex_known or model == "1993"):
        text = words("and_husband" if person.sex == "male" else "and_wife")
        with_sex = text.endswith(WITH_TITLE)
    elif at == 1:
        text = words("spouse_b")
    else:
        text = titled(words("person"), title.capitalize()) if sex_known else words(f"person_{letter}")
    fields = standing(owners, at, with_sex=with_sex)
    spouse_said = sex_known or (model == "1993" and at == 1)
    if owners.form == "couple" and not spouse_said:
        del fields[f"holders[{at}].role"]
    return f"{text}{words.colon}", fields


def _id_spans(owners: Owners, at: int, words: Words) -> list[Span]:
    person = owners.people[at]
    if person.id_kind == "none":
        return []
    path = f"holders[{at}].id_papers[0]"
    label = "Số giấy CMQĐ" if person.id_kind == "army" else words("cmnd_b")
    spans = [
        Span("\u00a0\u00a0 "),
        Span(f"{label}{words.colon}", {f"{path}.kind": "other" if person.id_kind == "army" else "cmnd"}),
        Span(" "),
        Span(person.id_number, {f"{path}.number": person.id_number}),
    ]
    if words.chance("issued") < 0.7 and at == 0 and owners.form != "co_owners":
        spans += [
            Span(f"\u00a0\u00a0 {words.label('issued_b')}"),
            Span(words.written(person.id_issued_on), {f"{path}.issued_on": person.id_issued_on.isoformat()}),
            Span(f"\u00a0\u00a0 {words.label('issuer_b')}"),
            Span(person.id_issuer, {f"{path}.issuer": person.id_issuer}),
        ]
    return spans


def _organisation_lines(owners: Owners, words: Words) -> list[list[Span]]:
    address = owners.addresses[0]
    office = [Span(words.label("office_address")), Span(address, {"holders[0].address": address})]
    if owners.company is not None:
        company, path = owners.company, "holders[0].id_papers[0]"
        named = {"holders[0].kind": "organisation", "holders[0].legal_form": "Tổ chức", "holders[0].name": company.name}
        paper = [
            Span(words("business_b"), {f"{path}.kind": "tax_code"}),
            Span(" "),
            Span(company.tax_code, {f"{path}.number": company.tax_code}),
            Span(" do "),
            Span(company.registrar, {f"{path}.issuer": company.registrar}),
            Span(" cấp ngày "),
            Span(words.written(company.registered_on), {f"{path}.issued_on": company.registered_on.isoformat()}),
        ]
        return [[Span(company.name, named)], paper, office]
    body = owners.body
    assert body is not None
    decision = decision_spans(body, words)
    return [body_spans(body, bold=False), *([decision] if decision else []), office]


def print_sketch(sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, top_mm: float) -> None:
    """Print the plan of the first parcel, or leave the place empty as for many farm plots."""
    plan = draw_plan(rng, certificate.parcels[0].area)
    if len(certificate.parcels) > 1 and words.chance("no plan") < 0.6:
        return
    parcel = certificate.parcels[0]
    box = (TEXT.x_mm, top_mm, TEXT.width_mm, 104.0)
    print_plan(sheet, plan, look.body(10.5), box_mm=box, number=parcel.number, area=parcel.area)
    sheet.write(f"Tỷ lệ 1/{rng.choice((500, 1000, 2000))}", look.body(10.5), TEXT, top_mm + 106)


def print_register(sheet: Sheet, certificate: Certificate, look: Look, words: Words, pen: Style, y_mm: float) -> None:
    """Print the register number at the lower left."""
    number = certificate.register_number
    shown = look.register(number) if certificate.model == "2003" else number
    key = "register_a" if certificate.model == "1993" else "register_b"
    label = f"{words(key)} Số{words.colon} " if certificate.model == "1993" else words.label(key)
    spans = inked([Span(label), Span(shown, {"certificate.register_number": number})], pen)
    sheet.write(spans, look.body(11.5), Column(x_mm=TEXT.x_mm, width_mm=120), y_mm)


def print_changes_page(
    sheet: Sheet, certificate: Certificate, look: Look, words: Words, rng: Random, pen: Style
) -> list[tuple[str, Sheet]]:
    """Print page 4 with the dated rows; returns supplementary pages for those that find no room."""
    key = "changes_a" if certificate.model == "1993" else "changes_b"
    y = sheet.write(words(key), look.heading(12.5), WIDE, 16)
    hand = replace(pen, size_pt=pen.size_pt * 0.84)
    table = ChangesTable(x_mm=16, top_mm=y + 3, bottom_mm=250, width_mm=158, dated=True, pen=hand)
    rest = print_changes(sheet, table, list(enumerate(certificate.changes)), look, words, rng)
    return print_supplement(certificate, look, words, rng, sheet.dpi, rest)
