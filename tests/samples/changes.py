"""What happened after the certificate was issued, as the rows of its table of changes say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random
from string import Formatter

from tests.samples.drift import Drift
from tests.samples.numbers import printed_area
from tests.samples.owners import Owners
from tests.samples.parcels import Parcel
from tests.samples.people import Person, draw_name, draw_person
from tests.samples.places import TWO_LEVELS_FROM, Commune, Place, draw_address, place_on
from tests.samples.worlds import in_world

Variants = tuple[str, ...]
LAST_DAY = date(2026, 11, 10)
OLD_OFFICES_UNTIL = date(2009, 12, 10)
BANKS = (
    (
        *("Ngân hàng TMCP Kinh Bắc Thịnh", "Ngân hàng TMCP Sông Cầu Phát", "Ngân hàng TMCP Đồng Tâm Việt"),
        *("Quỹ tín dụng nhân dân Hai Khe", "Ngân hàng TMCP Nông Thôn Mới"),
    ),
    (
        *("Ngân hàng Thương mại cổ phần Lạc Phúc", "NH TMCP Cửa Đình", "Quỹ tín dụng nhân dân xã Bến Gạo"),
        *("Ngân hàng Nông nghiệp Trung Du - Chi nhánh huyện", "Công ty tài chính Bảo An Lộc"),
    ),
    (
        *("Ngân hàng TNHH MTV Phú Lương Giang", "NHTM cổ phần Hoàng Vân", "Quỹ TDND Yên Lư"),
        *("Ngân hàng Hợp tác xã Thiên Thai - PGD số 3", "Ngân hàng Chính sách Đông Ngàn", "NH Đầu tư Tam Sơn"),
    ),
)
# Kind: the words of the tuning, the practice and the scoring world.
TEXTS: dict[str, tuple[Variants, Variants, Variants]] = {
    "mortgage": (
        ("Thế chấp bằng quyền sử dụng đất{assets} tại {bank} theo hồ sơ số {dossier}",),
        ("Đăng ký thế chấp quyền sử dụng đất{assets} với {bank}, hồ sơ số {dossier}",),
        (
            "Thế chấp QSDĐ{assets} tại {bank}; hợp đồng thế chấp số {contract}; hồ sơ số {dossier}",
            "Đã đăng ký thế chấp tại {bank} theo Hợp đồng số {contract} ngày {day}. Mã hồ sơ: {dossier}",
            "ĐĂNG KÝ THẾ CHẤP QUYỀN SỬ DỤNG ĐẤT{assets}. Bên nhận thế chấp: {bank}. Số hồ sơ {dossier}",
        ),
    ),
    "release": (
        ("Xóa nội dung đăng ký thế chấp ngày {earlier} theo hồ sơ số {dossier}",),
        ("Xóa đăng ký thế chấp đã đăng ký ngày {earlier}; hồ sơ số {dossier}",),
        (
            "Xóa thế chấp ngày {earlier}, hồ sơ số {dossier}",
            "Đã xóa nội dung thế chấp đăng ký ngày {earlier} (hồ sơ số {dossier})",
            "Giải chấp: xóa đăng ký thế chấp ngày {earlier}. Mã hồ sơ: {dossier}",
        ),
    ),
    "correct_name": (
        ("Đính chính tên người sử dụng đất từ {other} thành {name} theo hồ sơ số {dossier}",),
        ("Tên chủ sử dụng nay được đính chính là {name}, trước ghi {other}; hồ sơ số {dossier}",),
        (
            "Đính chính: tên người được cấp giấy ghi là {other}, nay sửa lại là {name}. Hồ sơ số {dossier}",
            "Họ tên {other} do sai sót khi in, đính chính thành {name}; mã hồ sơ {dossier}",
        ),
    ),
    "correct_id": (
        ("Thay đổi giấy tờ nhân thân của {name}: CCCD số {id}, thay CMND đã ghi, theo hồ sơ số {dossier}",),
        ("Số CCCD của {name} là {id} (thay thế số CMND); hồ sơ số {dossier}",),
        (
            "{name} thay đổi giấy tờ tùy thân, số định danh cá nhân {id}; hồ sơ số {dossier}",
            "Thay đổi số CMND thành số căn cước {id} của {name}. Mã hồ sơ: {dossier}",
        ),
    ),
    "renumber": (
        ("Thửa đất nay là thửa số {number}, tờ bản đồ số {sheet} theo bản đồ địa chính mới; hồ sơ số {dossier}",),
        ("Số thửa mới: {number}; số tờ bản đồ mới: {sheet}; theo hồ sơ số {dossier}",),
        (
            (
                "Thửa đất số {old_number}, tờ bản đồ số {old_sheet} được đo đạc lại thành thửa đất số {number}, "
                "tờ bản đồ số {sheet}. Hồ sơ số {dossier}"
            ),
            "Thay đổi số hiệu: tờ bản đồ {sheet}, thửa đất {number} (bản đồ địa chính chính quy); mã hồ sơ {dossier}",
        ),
    ),
    "resheet": (
        ("Thay đổi số hiệu tờ bản đồ từ {old_sheet} thành {sheet}, số thửa không thay đổi; theo hồ sơ số {dossier}",),
        ("Tờ bản đồ số {old_sheet} nay là tờ bản đồ số {sheet}; hồ sơ số {dossier}",),
        (
            "Số tờ bản đồ được đánh lại là {sheet} (số cũ {old_sheet}) do sáp nhập địa giới; hồ sơ số {dossier}",
            "Đánh lại số tờ bản đồ: cũ {old_sheet}, mới {sheet}. Mã hồ sơ: {dossier}",
        ),
    ),
    "merger": (
        ("Địa chỉ thửa đất thay đổi thành {address} theo Nghị quyết số 1658/NQ-UBTVQH15; hồ sơ số {dossier}",),
        ("Thay đổi địa chỉ do sắp xếp đơn vị hành chính, địa chỉ mới: {address}; hồ sơ số {dossier}",),
        (
            "Địa chỉ thửa đất nay thuộc {address} (sáp nhập đơn vị hành chính cấp xã). Hồ sơ số {dossier}",
            "Thửa đất nay có địa chỉ tại {address} theo Nghị quyết 202/2025/QH15; mã hồ sơ {dossier}",
        ),
    ),
    "purpose": (
        ("Chuyển mục đích sử dụng {area} m² đất vườn sang đất ở theo Quyết định số {decision}; hồ sơ số {dossier}",),
        ("Được chuyển {area} m² sang đất ở, Quyết định số {decision}, hồ sơ số {dossier}",),
        (
            "Chuyển mục đích {area} m² đất trồng cây lâu năm thành đất ở (QĐ số {decision}). Hồ sơ số {dossier}",
            "CMĐSDĐ: {area} m² từ đất CLN sang đất ở theo QĐ {decision} ngày {day}; mã hồ sơ {dossier}",
        ),
    ),
    "partial": (
        ("Chuyển nhượng {area} m² cho {person}; diện tích còn lại {rest} m²; theo hồ sơ số {dossier}",),
        ("Đã chuyển quyền một phần thửa đất ({area} m²) cho {person}, còn lại {rest} m²; hồ sơ số {dossier}",),
        (
            "Tách {area} m² chuyển nhượng cho {person}. Diện tích còn lại: {rest} m². Hồ sơ số {dossier}",
            "Bán một phần diện tích {area} m² cho {person}, nay còn sử dụng {rest} m²; mã hồ sơ {dossier}",
        ),
    ),
    "split": (
        ("Tách thửa; thửa đất còn lại diện tích {rest} m²; theo hồ sơ số {dossier}",),
        ("Tách {area} m² thành thửa mới, diện tích còn lại {rest} m², hồ sơ số {dossier}",),
        (
            "Tách thửa đất, cắt {area} m² ra thửa khác, thửa này còn {rest} m². Hồ sơ số {dossier}",
            "Diện tích còn lại sau khi tách thửa là {rest} m²; mã hồ sơ {dossier}",
        ),
    ),
    "extension": (
        ("Gia hạn thời hạn sử dụng đất nông nghiệp đến ngày 15/10/2063 theo hồ sơ số {dossier}",),
        ("Tiếp tục sử dụng đất nông nghiệp đến 15/10/2063; hồ sơ số {dossier}",),
        (
            "Thời hạn sử dụng đất nông nghiệp được kéo dài đến hết năm 2063. Hồ sơ số {dossier}",
            "Xác nhận tiếp tục sử dụng đất nông nghiệp thời hạn 50 năm; mã hồ sơ {dossier}",
        ),
    ),
}
SUFFIXES = {
    "mortgage": "TC",
    "release": "XC",
    "correct_name": "SN",
    "correct_id": "SN",
    "renumber": "SN",
    "resheet": "SN",
    "merger": "SN",
    "purpose": "CM",
    "partial": "CN",
    "split": "TN",
    "extension": "GH",
}
WAYS_TO_NEW_OWNERS: dict[str, tuple[str, tuple[Variants, Variants, Variants]]] = {
    "transfer": (
        "CN",
        (
            ("Chuyển nhượng cho",),
            ("Chuyển quyền sử dụng đất (chuyển nhượng) cho",),
            ("Chuyển nhượng toàn bộ thửa đất cho", "Bên nhận chuyển nhượng:", "Đã chuyển nhượng QSDĐ cho"),
        ),
    ),
    "gift": (
        "TA",
        (
            ("Tặng cho",),
            ("Tặng cho quyền sử dụng đất cho",),
            ("Tặng cho toàn bộ QSDĐ cho con là", "Người nhận tặng cho:", "Đã tặng cho QSDĐ cho"),
        ),
    ),
    "inheritance": (
        "TK",
        (
            ("Để thừa kế cho",),
            ("Thừa kế quyền sử dụng đất cho",),
            ("Người được thừa kế là", "Nhận thừa kế:", "Phân chia di sản thừa kế cho"),
        ),
    ),
}
PERSONS: tuple[Variants, Variants, Variants] = (
    ("{title} {name}, sinh năm {born}, {kind} số {id}",),
    ("{title} {name}, SN {born}, {kind} số: {id}",),
    (
        "{title} {name}, năm sinh: {born}, số {kind}: {id}",
        "{title} {name} ({kind} {id}, sinh năm {born})",
        "{title}: {name} - sinh năm: {born} - {kind} số: {id}",
    ),
)
AND_DOSSIER = ("; theo hồ sơ số", ", theo hồ sơ số", ". Hồ sơ số")
PLAIN_NEW_OWNERS = tuple(f"{{opener}} {{people}}, địa chỉ: {{address}}{end} {{dossier}}" for end in AND_DOSSIER)
NEW_OWNERS: tuple[Variants, Variants, Variants] = (
    PLAIN_NEW_OWNERS,
    PLAIN_NEW_OWNERS,
    (
        "{opener} {people}. Địa chỉ thường trú: {address}. Mã hồ sơ: {dossier}",
        "{opener} {people}; nơi cư trú {address}; hợp đồng số {contract}; hồ sơ số {dossier}",
        "{opener} {people}, thường trú tại {address} (hồ sơ số {dossier})",
    ),
)
AND_SPOUSE: tuple[Variants, Variants, Variants] = ((" và ",), (" và ",), (" và ", " cùng ", "; và "))
SMALL_KINDS = (
    *("correct_name", "correct_id", "renumber", "resheet", "merger", "purpose", "partial", "split", "extension"),
)
Fields = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of a change's text, with the paths it fills; "{change}" in a path is the row's index."""

    text: str
    fields: Fields = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Change:
    """A row of the table of changes."""

    on: date
    kind: str
    pieces: tuple[Piece, ...]
    office: str
    title: str
    signer: str

    @property
    def text(self) -> str:
        """All of what the row says."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the rows of one certificate speak about."""

    owners: Owners
    parcels: tuple[Parcel, ...]
    commune: Commune
    issued_on: date
    world: str
    drift: Drift = field(default_factory=Drift)

    def choose(self, rng: Random, choices: tuple[Variants, Variants, Variants]) -> str:
        """Draw one of those of its world; where there is one only, nothing is drawn."""
        found = in_world(self.world, choices)
        return rng.choice(found) if len(found) > 1 else found[0]


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
    if kind in {"renumber", "resheet", "partial", "split", "purpose"}:
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
    new_number, new_sheet = str(rng.randint(1, 600)), str(rng.randint(1, 140))
    said = {
        "assets": rng.choice(("", ", tài sản gắn liền với đất")),
        "bank": _draw_bank(rng, story),
        "earlier": story.drift.date(mortgaged_on),
        "day": story.drift.date(day - timedelta(days=int(number) % 8 + 1)),
        "contract": f"{int(number) % 890 + 10}/{day.year}/HĐTC",
        "name": f"{_title(named.sex)} {named.name}" if named else "",
        "other": draw_name(rng, named.sex) if named else "",
        "id": f"0240{rng.randrange(50, 99)}9999{rng.randrange(100):02d}",
        "address": story.drift.address(place.text),
        "area": str(part),
        "rest": printed_area(parcel.area - part),
        "decision": f"{rng.randint(10, 900)}/QĐ-UBND",
        "person": f"{_title(person.sex)} {person.name}",
        "old_number": parcel.number,
        "old_sheet": parcel.sheet,
    }
    pieces = {name: _plain(text) for name, text in said.items()}
    pieces["dossier"] = (_number_piece(dossier),)
    pieces["number"] = (Piece(text=new_number, fields={"parcels[0].map_number": new_number}),)
    pieces["sheet"] = (Piece(text=new_sheet, fields={"parcels[0].map_sheet": new_sheet}),)
    return _change(rng, story, place, day, kind, _composed(story.choose(rng, TEXTS[kind]), pieces))


def _plain(text: str) -> tuple[Piece, ...]:
    return (Piece(text=text),)


def _composed(template: str, pieces: Mapping[str, Sequence[Piece]]) -> tuple[Piece, ...]:
    """Put pieces where their names stand in a template; the sentence begins with a capital."""
    first, *rest = _pieced(template, pieces)
    return (replace(first, text=first.text[0].upper() + first.text[1:]), *rest)


def _draw_bank(rng: Random, story: Story) -> str:
    bank = rng.choice(in_world(story.world, BANKS))
    return f"{bank} - Chi nhánh {story.commune.province}" if rng.random() < 0.5 else bank


def _draw_newcomer(rng: Random, sex: str) -> Person:
    return draw_person(rng, sex=sex, born=rng.randint(1955, 1996), id_kind="cccd", province="Bắc Ninh")


def _new_owner_change(
    rng: Random, story: Story, place: Place, day: date, reason: str, number: str, *, counts: bool
) -> Change:
    """Draw a transfer, gift or inheritance to one person or a couple; the last of them names the current users."""
    suffix, openers = WAYS_TO_NEW_OWNERS[reason]
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
    address = story.drift.address(draw_address(rng, place))
    pattern, between = story.choose(rng, PERSONS), story.choose(rng, AND_SPOUSE)
    named: list[Piece] = []
    for at, person in enumerate(people):
        known = _new_owner_pieces(at, person, len(people), reason if counts else "")
        named += [*(_plain(between) if at else ()), *_pieced(pattern, known)]
    fields = {f"current_users[{at}].address": address for at in range(len(people))} if counts else {}
    pieces = {
        "opener": _plain(story.choose(rng, openers)),
        "people": named,
        "address": (Piece(text=address, fields=fields),),
        "dossier": (_number_piece(f"{number}.{suffix}.001"),),
        "contract": _plain(f"{int(number) % 2_990 + 10}, quyển số {int(number) % 9 + 1}/{day.year}"),
    }
    return _change(rng, story, place, day, reason, _composed(story.choose(rng, NEW_OWNERS), pieces))


def _title(sex: str) -> str:
    return "ông" if sex == "male" else "bà"


def _new_owner_title(sex: str, at: int) -> str:
    """Return the words before a new owner's name; the second of two is the spouse of the first."""
    return _title(sex) if at == 0 else f"{'chồng là' if sex == 'male' else 'vợ là'} {_title(sex)}"


def _new_owner_pieces(at: int, person: Person, count: int, reason: str) -> dict[str, tuple[Piece, ...]]:
    """Return the parts of a new owner; without a reason they fill nothing, as a later row names somebody else."""
    path = f"current_users[{at}]"
    role = "Cá nhân" if count == 1 else ("Chồng" if person.sex == "male" else "Vợ")
    standing = {
        f"{path}.kind": "person",
        f"{path}.legal_form": "Cá nhân" if count == 1 else "Vợ chồng",
        f"{path}.role": role,
        f"{path}.sex": person.sex,
        f"{path}.reason": reason,
    }
    parts = {
        "title": (_new_owner_title(person.sex, at), standing),
        "name": (person.name, {f"{path}.name": person.name}),
        "born": (str(person.born), {f"{path}.born": str(person.born)}),
        "kind": (person.id_kind.upper(), {f"{path}.id_papers[0].kind": person.id_kind}),
        "id": (person.id_number, {f"{path}.id_papers[0].number": person.id_number}),
    }
    return {name: (Piece(text=text, fields=fields if reason else {}),) for name, (text, fields) in parts.items()}


def _pieced(template: str, pieces: Mapping[str, Sequence[Piece]]) -> list[Piece]:
    """Put pieces where their names stand in a part of a sentence."""
    composed: list[Piece] = []
    for before, name, _, _ in Formatter().parse(template):
        composed += [Piece(text=before), *(pieces[name] if name else ())]
    return [piece for piece in composed if piece.text]


def _number_piece(dossier_number: str) -> Piece:
    return Piece(text=dossier_number, fields={"changes[{change}].dossier_number": dossier_number})


OFFICES: tuple[Variants, Variants, Variants] = (
    ("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {}",),
    ("CHI NHÁNH VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {}",),
    ("CHI NHÁNH VPĐK ĐẤT ĐAI {}", "CN VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI {}", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI - CHI NHÁNH {}"),
)


def _change(rng: Random, story: Story, place: Place, day: date, kind: str, pieces: tuple[Piece, ...]) -> Change:
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
        office = story.choose(rng, OFFICES).format(district)
    else:
        office = f"VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI SỐ {rng.randint(1, 2)} TỈNH BẮC NINH"
    return Change(
        on=day,
        kind=kind,
        pieces=pieces,
        office=office,
        title=rng.choice(("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")) if day >= OLD_OFFICES_UNTIL else "TRƯỞNG PHÒNG",
        signer=draw_name(rng, "male"),
    )
