"""What happened after the certificate was issued, as the rows of its table of changes say it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.samples.numbers import printed_area, short_date
from tests.samples.owners import Owners
from tests.samples.parcels import Parcel
from tests.samples.people import Person, draw_name, draw_person
from tests.samples.places import TWO_LEVELS_FROM, Commune, Place, draw_address, place_on

LAST_DAY = date(2026, 11, 10)
OLD_OFFICES_UNTIL = date(2009, 12, 10)
BANKS = {
    "tuning": (
        *("Ngân hàng TMCP Kinh Bắc Thịnh", "Ngân hàng TMCP Sông Cầu Phát", "Ngân hàng TMCP Đồng Tâm Việt"),
        *("Quỹ tín dụng nhân dân Hai Khe", "Ngân hàng TMCP Nông Thôn Mới"),
    ),
    "scoring": (
        *("Ngân hàng Thương mại cổ phần Lạc Phúc", "NH TMCP Cửa Đình", "Quỹ tín dụng nhân dân xã Bến Gạo"),
        *("Ngân hàng Nông nghiệp Trung Du - Chi nhánh huyện", "Công ty tài chính Bảo An Lộc"),
    ),
}
# Kind: the words of the tuning world, then those of the scoring world.
TEXTS = {
    "mortgage": (
        "Thế chấp bằng quyền sử dụng đất{assets} tại {bank} theo hồ sơ số {dossier}",
        "Đăng ký thế chấp quyền sử dụng đất{assets} với {bank}, hồ sơ số {dossier}",
    ),
    "release": (
        "Xóa nội dung đăng ký thế chấp ngày {earlier} theo hồ sơ số {dossier}",
        "Xóa đăng ký thế chấp đã đăng ký ngày {earlier}; hồ sơ số {dossier}",
    ),
    "correct_name": (
        "Đính chính tên người sử dụng đất từ {other} thành {name} theo hồ sơ số {dossier}",
        "Tên chủ sử dụng nay được đính chính là {name}, trước ghi {other}; hồ sơ số {dossier}",
    ),
    "correct_id": (
        "Thay đổi giấy tờ nhân thân của {name}: CCCD số {id}, thay CMND đã ghi, theo hồ sơ số {dossier}",
        "Số CCCD của {name} là {id} (thay thế số CMND); hồ sơ số {dossier}",
    ),
    "renumber": (
        "Thửa đất nay là thửa số {number}, tờ bản đồ số {sheet} theo bản đồ địa chính mới; hồ sơ số {dossier}",
        "Số thửa mới: {number}; số tờ bản đồ mới: {sheet}; theo hồ sơ số {dossier}",
    ),
    "merger": (
        "Địa chỉ thửa đất thay đổi thành {address} theo Nghị quyết số 1658/NQ-UBTVQH15; hồ sơ số {dossier}",
        "Thay đổi địa chỉ do sắp xếp đơn vị hành chính, địa chỉ mới: {address}; hồ sơ số {dossier}",
    ),
    "purpose": (
        "Chuyển mục đích sử dụng {area} m² đất vườn sang đất ở theo Quyết định số {decision}; hồ sơ số {dossier}",
        "Được chuyển {area} m² sang đất ở, Quyết định số {decision}, hồ sơ số {dossier}",
    ),
    "partial": (
        "Chuyển nhượng {area} m² cho {person}; diện tích còn lại {rest} m²; theo hồ sơ số {dossier}",
        "Đã chuyển quyền một phần thửa đất ({area} m²) cho {person}, còn lại {rest} m²; hồ sơ số {dossier}",
    ),
    "split": (
        "Tách thửa; thửa đất còn lại diện tích {rest} m²; theo hồ sơ số {dossier}",
        "Tách {area} m² thành thửa mới, diện tích còn lại {rest} m², hồ sơ số {dossier}",
    ),
    "extension": (
        "Gia hạn thời hạn sử dụng đất nông nghiệp đến ngày 15/10/2063 theo hồ sơ số {dossier}",
        "Tiếp tục sử dụng đất nông nghiệp đến 15/10/2063; hồ sơ số {dossier}",
    ),
}
SUFFIXES = {
    "mortgage": "TC",
    "release": "XC",
    "correct_name": "SN",
    "correct_id": "SN",
    "renumber": "SN",
    "merger": "SN",
    "purpose": "CM",
    "partial": "CN",
    "split": "TN",
    "extension": "GH",
}
WAYS_TO_NEW_OWNERS = {
    "transfer": (("Chuyển nhượng cho", "CN"), ("Chuyển quyền sử dụng đất (chuyển nhượng) cho", "CN")),
    "gift": (("Tặng cho", "TA"), ("Tặng cho quyền sử dụng đất cho", "TA")),
    "inheritance": (("Để thừa kế cho", "TK"), ("Thừa kế quyền sử dụng đất cho", "TK")),
}
SMALL_KINDS = ("correct_name", "correct_id", "renumber", "merger", "purpose", "partial", "split", "extension")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A part of a change's text that fills paths of its own; "{change}" in a path is the row's index."""

    text: str
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of the table of changes; `marks` are parts of the text, in its order."""

    on: date
    kind: str
    text: str
    marks: tuple[Mark, ...]
    office: str
    title: str
    signer: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the rows of one certificate speak about."""

    owners: Owners
    parcels: tuple[Parcel, ...]
    commune: Commune
    issued_on: date
    world: str


def draw_changes(rng: Random, story: Story) -> tuple[Change, ...]:
    """Draw the rows in order of time: often none, else up to six."""
    count = rng.choices((0, 1, 2, 3, 4, 5, 6), (46, 20, 16, 8, 5, 3, 2))[0]
    kinds = _draw_kinds(rng, story, count)
    days = _draw_days(rng, story.issued_on, len(kinds))
    last_owner = max((at for at, kind in enumerate(kinds) if kind in WAYS_TO_NEW_OWNERS), default=-1)
    rows: list[Change] = []
    mortgaged_on = days[0] if days else story.issued_on
    for at, (kind, day) in enumerate(zip(kinds, days, strict=True)):
        number = f"{rng.randrange(1, 1_000_000):06d}"
        place = place_on(story.commune, day)
        if kind in WAYS_TO_NEW_OWNERS:
            rows.append(_new_owner_change(rng, story, place, day, kind, number, counts=at == last_owner))
        else:
            rows.append(_plain_change(rng, story, place, day, kind, number, mortgaged_on))
        mortgaged_on = day if kind == "mortgage" else mortgaged_on
    return tuple(rows)


def _draw_kinds(rng: Random, story: Story, count: int) -> list[str]:
    """Draw the kinds of the rows; a release follows its mortgage, small rows come at most once."""
    kinds: list[str] = []
    small = [kind for kind in SMALL_KINDS if _is_possible(kind, story)]
    while len(kinds) < count:
        kind = rng.choices(("mortgage", "owner", "small"), (52, 18, 30))[0]
        if kind == "mortgage":
            kinds += ["mortgage", "release"][: count - len(kinds)]
        elif kind == "owner" and not story.owners.is_organisation:
            kinds.append(rng.choice(("transfer", "transfer", "gift", "inheritance")))
        elif small:
            kinds.append(small.pop(rng.randrange(len(small))))
    return kinds


def _is_possible(kind: str, story: Story) -> bool:
    if kind in {"correct_name", "correct_id"}:
        return bool(story.owners.people) and story.owners.form != "foreigner"
    if kind in {"renumber", "partial", "split", "purpose"}:
        return len(story.parcels) == 1 and story.parcels[0].area > 40
    if kind == "merger":
        return story.issued_on < TWO_LEVELS_FROM
    return not story.owners.is_organisation


def _draw_days(rng: Random, issued_on: date, count: int) -> list[date]:
    """Draw days after the issue, in order."""
    room = max((LAST_DAY - issued_on).days - 12, count + 1)
    reach = min(room, rng.choice((900, 2_500, 6_000)))
    steps = sorted(rng.sample(range(reach), count))
    return [issued_on + timedelta(days=12 + step) for step in steps]


def _plain_change(
    rng: Random, story: Story, place: Place, day: date, kind: str, number: str, mortgaged_on: date
) -> Change:
    dossier = f"{number}.{SUFFIXES[kind]}.001"
    if kind == "merger":
        day = max(day, TWO_LEVELS_FROM + timedelta(days=rng.randint(20, 300)))
        place = place_on(story.commune, day)
    named = rng.choice(story.owners.people) if story.owners.people else None
    parcel = story.parcels[0]
    part = max(int(parcel.area) * rng.randint(10, 60) // 100, 1)
    person = _draw_newcomer(rng, rng.choice(("male", "female")))
    numbers = {"number": str(rng.randint(1, 600)), "sheet": str(rng.randint(1, 140))}
    words = {
        "assets": rng.choice(("", ", tài sản gắn liền với đất")),
        "bank": _draw_bank(rng, story),
        "dossier": dossier,
        "earlier": short_date(mortgaged_on),
        "name": f"{_title(named.sex)} {named.name}" if named else "",
        "other": draw_name(rng, named.sex) if named else "",
        "id": f"0240{rng.randrange(50, 99)}9999{rng.randrange(100):02d}",
        "address": place.text,
        "area": str(part),
        "rest": printed_area(parcel.area - part),
        "decision": f"{rng.randint(10, 900)}/QĐ-UBND",
        "person": f"{_title(person.sex)} {person.name}",
        **numbers,
    }
    text = TEXTS[kind][story.world == "scoring"].format(**words)
    marks = [_number_mark(dossier)]
    if kind == "renumber":
        paths = {"number": "parcels[0].map_number", "sheet": "parcels[0].map_sheet"}
        found = [Mark(text=f" {numbers[name]}", fields={path: numbers[name]}) for name, path in paths.items()]
        marks = [*found, *marks]
    return _change(rng, place, day, kind, text, tuple(marks))


def _draw_bank(rng: Random, story: Story) -> str:
    bank = rng.choice(BANKS[story.world])
    return f"{bank} - Chi nhánh {story.commune.province}" if rng.random() < 0.5 else bank


def _draw_newcomer(rng: Random, sex: str) -> Person:
    return draw_person(rng, sex=sex, born=rng.randint(1955, 1996), id_kind="cccd", province="Bắc Ninh")


def _new_owner_change(
    rng: Random, story: Story, place: Place, day: date, reason: str, number: str, *, counts: bool
) -> Change:
    """Draw a transfer, gift or inheritance to one person or a couple; the last of them names the current users."""
    opener, suffix = WAYS_TO_NEW_OWNERS[reason][story.world == "scoring"]
    sex = rng.choice(("male", "female"))
    couple = rng.random() < 0.5
    sexes = (sex, "female" if sex == "male" else "male") if couple else (sex,)
    id_kind = "cmnd" if day.year < 2016 else "cccd"
    born = rng.randint(1950, min(day.year - 26, 1992))
    people = [
        draw_person(rng, sex=each, born=born + rng.randint(0, 6), id_kind=id_kind, province="Bắc Ninh")
        for each in sexes
    ]
    if len({person.id_number for person in people}) < len(people) or len({one.name for one in people}) < len(people):
        return _new_owner_change(rng, story, place, day, reason, number, counts=counts)
    dossier_number = f"{number}.{suffix}.001"
    address = draw_address(rng, place)
    marks: list[Mark] = []
    if counts:
        marks = [mark for at, person in enumerate(people) for mark in _new_owner_marks(at, person, len(people), reason)]
        marks.append(Mark(text=address, fields={f"current_users[{at}].address": address for at in range(len(people))}))
    marks.append(_number_mark(dossier_number))
    born_words, id_words = (("sinh năm", "số"), ("SN", "số:"))[story.world == "scoring"]
    named = " và ".join(
        f"{_new_owner_title(person.sex, at)} {person.name}, {born_words} {person.born}, "
        f"{person.id_kind.upper()} {id_words} {person.id_number}"
        for at, person in enumerate(people)
    )
    ending = rng.choice(("; theo hồ sơ số", ", theo hồ sơ số", ". Hồ sơ số"))
    text = f"{opener} {named}, địa chỉ: {address}{ending} {dossier_number}"
    return _change(rng, place, day, reason, text, tuple(marks))


def _title(sex: str) -> str:
    return "ông" if sex == "male" else "bà"


def _new_owner_title(sex: str, at: int) -> str:
    """Return the words before a new owner's name; the second of two is the spouse of the first."""
    return _title(sex) if at == 0 else f"{'chồng là' if sex == 'male' else 'vợ là'} {_title(sex)}"


def _new_owner_marks(at: int, person: Person, count: int, reason: str) -> list[Mark]:
    path = f"current_users[{at}]"
    role = "Cá nhân" if count == 1 else ("Chồng" if person.sex == "male" else "Vợ")
    standing = {
        f"{path}.kind": "person",
        f"{path}.legal_form": "Cá nhân" if count == 1 else "Vợ chồng",
        f"{path}.role": role,
        f"{path}.sex": person.sex,
        f"{path}.reason": reason,
    }
    return [
        Mark(text=_new_owner_title(person.sex, at), fields=standing),
        Mark(text=person.name, fields={f"{path}.name": person.name}),
        Mark(text=str(person.born), fields={f"{path}.born": str(person.born)}),
        Mark(text=person.id_kind.upper(), fields={f"{path}.id_papers[0].kind": person.id_kind}),
        Mark(text=person.id_number, fields={f"{path}.id_papers[0].number": person.id_number}),
    ]


def _number_mark(dossier_number: str) -> Mark:
    return Mark(text=dossier_number, fields={"changes[{change}].dossier_number": dossier_number})


def _change(rng: Random, place: Place, day: date, kind: str, text: str, marks: tuple[Mark, ...]) -> Change:
    district = place.district.upper() if place.district else ""
    if day < OLD_OFFICES_UNTIL:
        choices = [
            f"UBND {district}",
            f"PHÒNG TÀI NGUYÊN VÀ MÔI TRƯỜNG {district}",
            "VĂN PHÒNG ĐĂNG KÝ QUYỀN SỬ DỤNG ĐẤT",
        ]
        if day.year < 2004:
            choices = [f"UBND {district}", f"PHÒNG ĐỊA CHÍNH {district}"]
        office = rng.choice(choices)
    elif district:
        office = f"CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {district}"
    else:
        office = f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ {rng.randint(1, 2)} TỈNH BẮC NINH"
    return Change(
        on=day,
        kind=kind,
        text=text,
        marks=marks,
        office=office,
        title=rng.choice(("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")) if day >= OLD_OFFICES_UNTIL else "TRƯỞNG PHÒNG",
        signer=draw_name(rng, "male"),
    )
