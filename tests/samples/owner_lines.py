"""How the models since 2009 print the holders: blocks, a couple, lists of members, co-owners and heirs."""

from __future__ import annotations

from tests.samples.blocks import Paragraph
from tests.samples.certificate import Certificate
from tests.samples.look import Look
from tests.samples.owners import LEGAL_FORMS, Owners
from tests.samples.people import Body, Company, Person
from tests.samples.phrases import Variants, Words
from tests.samples.sheet import Span

ID_NAMES: dict[str, tuple[Variants, Variants, Variants]] = {
    "cmnd": (("CMND",), ("CMND", "CMTND", "Giấy CMND"), ("CMT", "Chứng minh nhân dân", "CMND", "Giấy CMT")),
    "cccd": (
        ("CCCD",),
        ("CCCD", "Căn cước công dân", "CC"),
        ("Thẻ CCCD", "Căn cước", "Định danh cá nhân", "CCCD", "Thẻ căn cước"),
    ),
    "passport": (("Hộ chiếu",), ("Hộ chiếu",), ("Hộ chiếu", "HC", "Passport")),
    "army": (
        ("Giấy CMQĐ",),
        ("Chứng minh sĩ quan", "CMT Quân đội"),
        ("Giấy chứng minh sĩ quan", "CMSQ", "Chứng minh Quân đội"),
    ),
}
ID_PATTERNS: tuple[Variants, Variants, Variants] = (
    ("{} số:", "{} số:", "{} số:", "{}:", "Số {}:"),
    ("{} số:", "{} số", "Số {}:", "{}:"),
    ("{} số", "Số {}:", "{} -", "{} số:", "số {}"),
)
ListForm = tuple[str, str, str, str]
LIST_FORMS: tuple[tuple[ListForm, ...], tuple[ListForm, ...], tuple[ListForm, ...]] = (
    (("", " (", ")", ", "),),
    (("", " (", ")", ", "),),
    # Before a name (its number), before and behind its details, between two names.
    (("{}. ", ", ", "", "; "), ("", " - ", "", "; "), ("", " (", ")", " và "), ("{}) ", " (", ")", "; ")),
)
RECORD_KINDS = {"army": "other"}
WITH_TITLE = ("ông", "bà", "Ông", "Bà", "anh", "chị")


def owner_paragraphs(certificate: Certificate, look: Look, words: Words, *, full: bool) -> list[Paragraph]:
    """Return the holders' paragraphs.

    Args:
        certificate: Says who.
        look: The office.
        words: Its words.
        full: With birth years and addresses, as until 2024; the 2024 model prints names and numbers only.
    """
    owners = certificate.owners
    if owners.company is not None:
        return _company_paragraphs(owners, owners.company, look, words, full=full)
    if owners.body is not None:
        return _body_paragraphs(owners, owners.body, look, words, full=full)
    paragraphs: list[Paragraph] = []
    if owners.deceased is not None:
        line = words("estate").format(f"ông {owners.deceased.name}")
        paragraphs.append(Paragraph(spans=[Span(f"{line}:")], style=look.body()))
    shown = len(owners.people) if _in_blocks(owners, words) else 1
    for at in range(shown):
        if at == 1 and owners.form == "co_owners":
            paragraphs.append(Paragraph(spans=[Span(f"{words('with')}:")], style=look.body()))
        paragraphs += _block(owners, at, look, words, full=full)
        if full:
            paragraphs += _address_paragraph(owners, at, shown, look, words)
    if shown < len(owners.people):
        paragraphs.append(Paragraph(spans=list_spans(owners, look, words, full=full), style=look.body(), gap_mm=0.5))
    return paragraphs


def _in_blocks(owners: Owners, words: Words) -> bool:
    """Whether each holder has a block of his own."""
    if owners.form in {"members", "heirs"}:
        return False
    return owners.form != "co_owners" or (len(owners.people) <= 3 and words.chance("blocks") < 0.5)


def standing(owners: Owners, at: int, *, with_sex: bool) -> dict[str, str]:
    """Return what the words before a holder's name say about the holder, by path."""
    said = {"kind": "person", "legal_form": LEGAL_FORMS[owners.form], "role": owners.role(at)}
    if with_sex:
        said["sex"] = owners.people[at].sex
    return {f"holders[{at}].{name}": value for name, value in said.items()}


def id_spans(person: Person, at: int, look: Look, words: Words, *, short: bool = False) -> list[Span]:
    """Return the label and number of a holder's identity paper."""
    path = f"holders[{at}].id_papers[0]"
    name = words.own(f"id {person.id_kind}", ID_NAMES[person.id_kind])
    if short and person.id_kind == "cccd" and look.habit * 10 % 1 < 0.3:
        name = "CC"
    pattern = "{}:" if short else words.own("id pattern", ID_PATTERNS)
    kind = RECORD_KINDS.get(person.id_kind, person.id_kind)
    number = person.id_number
    return [Span(pattern.format(name), {f"{path}.kind": kind}), Span(" "), Span(number, {f"{path}.number": number})]


def _opener(owners: Owners, at: int, words: Words) -> tuple[str, bool]:
    """Return the words before a name and whether they say Ông or Bà."""
    male = owners.people[at].sex == "male"
    title = "ông" if male else "bà"
    if at == 0 and owners.form in {"household", "members"}:
        return f"{titled(words('household'), title)}{words.opener_colon}", True
    if at == 0 or owners.form == "co_owners":
        return f"{titled(words('person'), title.capitalize())}{words.opener_colon}", True
    if owners.form == "widowed":
        return f"{words('and_he' if male else 'and_she')}{words.opener_colon}", True
    text = words("and_husband" if male else "and_wife")
    return f"{text}{words.opener_colon}", text.endswith(WITH_TITLE)


def titled(pattern: str, title: str) -> str:
    """Return words with the title of a person in them, in capitals where the words are."""
    return pattern.format(title.upper() if pattern.isupper() else title)


def _block(owners: Owners, at: int, look: Look, words: Words, *, full: bool) -> list[Paragraph]:
    person, style = owners.people[at], look.body()
    opener, with_sex = _opener(owners, at, words)
    name = look.name(person.name)
    first = [
        Span(opener, standing(owners, at, with_sex=with_sex)),
        Span(" "),
        Span(name, {f"holders[{at}].name": name}, bold=look.bold_names),
    ]
    if owners.form == "widowed" and at == 0:
        first.append(Span(f" {words('dead')}"))
    second: list[Span] = []
    if full:
        second = [
            Span(words.label("born")),
            Span(str(person.born), {f"holders[{at}].born": str(person.born)}),
        ]
    if person.id_kind != "none":
        second += [*([Span(", ")] if full else []), *id_spans(person, at, look, words, short=not full)]
    if not full:
        return [
            Paragraph(spans=[*first, *([Span(", ")] if second else []), *second], style=style, leaders=look.leaders)
        ]
    if look.habit < 0.7:
        return [Paragraph(spans=[*first, Span("\u00a0\u00a0 "), *second], style=style, gap_mm=1)]
    return [Paragraph(spans=first, style=style, gap_mm=1), Paragraph(spans=second, style=style)]


def _address_paragraph(owners: Owners, at: int, shown: int, look: Look, words: Words) -> list[Paragraph]:
    """Print the address under its holder; a common one only under the last, for all."""
    common = len(owners.addresses) < shown
    if common and at < shown - 1:
        return []
    address = owners.addresses[0 if common else at]
    holders = range(shown) if common else (at,)
    spans = [
        Span(words.label("home_address")),
        Span(address, {f"holders[{holder}].address": address for holder in holders}),
        Span("." if look.habit < 0.5 else ""),
    ]
    return [Paragraph(spans=spans, style=look.body(), leaders=look.leaders)]


def list_spans(owners: Owners, look: Look, words: Words, *, full: bool) -> list[Span]:
    """Return the sentence that lists the members, co-owners or heirs behind the first."""
    key = {"members": "members", "heirs": "heirs"}.get(owners.form, "co_users")
    before, opening, closing, between = words.own("list form", LIST_FORMS)
    spans = [Span(f"{words(key)}{words.opener_colon} ")]
    if key != "members" and words.chance("repeat") < 0.5:
        first = owners.people[0]
        spans.append(Span(f"{_title(first)} {first.name}{between}"))
    for at, person in enumerate(owners.people[1:], start=1):
        spans += [Span(between)] if at > 1 else []
        spans += [
            Span(before.format(at)),
            Span(_title(person), standing(owners, at, with_sex=True)),
            Span(" "),
            Span(person.name, {f"holders[{at}].name": person.name}),
        ]
        details: list[Span] = []
        if full:
            details = [
                Span(f"{words('born_in_list')}{words.opener_colon} "),
                Span(str(person.born), {f"holders[{at}].born": str(person.born)}),
            ]
        if person.id_kind != "none":
            details += [*([Span(", ")] if details else []), *id_spans(person, at, look, words, short=not full)]
        spans += [Span(opening), *details, Span(closing)] if details else []
    return spans


def _title(person: Person) -> str:
    return "ông" if person.sex == "male" else "bà"


def _company_paragraphs(owners: Owners, company: Company, look: Look, words: Words, *, full: bool) -> list[Paragraph]:
    path, style = "holders[0].id_papers[0]", look.body()
    name = Span(
        company.name,
        {"holders[0].kind": "organisation", "holders[0].legal_form": "Tổ chức", "holders[0].name": company.name},
        bold=look.bold_names,
    )
    code = [
        Span(words("business"), {f"{path}.kind": "tax_code"}),
        Span(" "),
        Span(company.tax_code, {f"{path}.number": company.tax_code}),
    ]
    if not full:
        return [Paragraph(spans=[name, Span(", "), *code], style=style)]
    registration = [
        *code,
        Span(words("first_registered")),
        Span(words.written(company.registered_on), {f"{path}.issued_on": company.registered_on.isoformat()}),
        Span(words("registered_by")),
        Span(company.registrar, {f"{path}.issuer": company.registrar}),
    ]
    lines = [[name], registration, _office_spans(owners, words), *_representative_lines(owners, words)]
    return [Paragraph(spans=spans, style=style, gap_mm=0.5) for spans in lines]


def _representative_lines(owners: Owners, words: Words) -> list[list[Span]]:
    person = owners.representative
    if person is None:
        return []
    said = {"holders[1].kind": "person", "holders[1].role": "Người đại diện"}
    return [
        [
            Span(f"{words('person_for')}{words.opener_colon}", said),
            Span(" "),
            Span("Ông" if person.sex == "male" else "Bà", {"holders[1].sex": person.sex}),
            Span(" "),
            Span(person.name, {"holders[1].name": person.name}),
            Span(words("post")),
        ]
    ]


def body_spans(body: Body, *, bold: bool) -> list[Span]:
    """Return the name of a committee, a school, a temple or a community."""
    fields = {
        "holders[0].kind": body.kind,
        "holders[0].legal_form": "Tổ chức" if body.kind == "organisation" else "Cộng đồng dân cư",
        "holders[0].name": body.name,
    }
    return [Span(body.name, fields, bold=bold)]


def decision_spans(body: Body, words: Words) -> list[Span]:
    """Return the decision that founded it; empty where none is printed."""
    if not body.decision:
        return []
    path = "holders[0].id_papers[0]"
    return [
        Span(words("founded"), {f"{path}.kind": "decision"}),
        Span(" "),
        Span(body.decision, {f"{path}.number": body.decision}),
        Span(" ngày "),
        Span(words.written(body.decided_on), {f"{path}.issued_on": body.decided_on.isoformat()}),
        Span(" của "),
        Span(body.decided_by, {f"{path}.issuer": body.decided_by}),
    ]


def _body_paragraphs(owners: Owners, body: Body, look: Look, words: Words, *, full: bool) -> list[Paragraph]:
    lines = [body_spans(body, bold=look.bold_names)]
    decision = decision_spans(body, words)
    lines += [decision] if decision else []
    lines += [_office_spans(owners, words)] if full else []
    return [Paragraph(spans=spans, style=look.body(), gap_mm=0.5) for spans in lines]


def _office_spans(owners: Owners, words: Words) -> list[Span]:
    address = owners.addresses[0]
    return [Span(words.label("office_address")), Span(address, {"holders[0].address": address})]
