"""What stands or grows on the land: homes, other works, planted forest, lasting trees."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from random import Random

HOME, WORKS, FOREST, TREES = "home", "works", "forest", "trees"
SECTIONS = (HOME, WORKS, FOREST, TREES)
HOME_NAMES_2024 = (
    "Nhà ở riêng lẻ - Nhà 2 tầng, sàn mái bằng bê tông cốt thép",
    "Nhà ở riêng lẻ - Nhà 3 tầng, tường gạch, mái tôn",
    "Nhà ở riêng lẻ",
)
WORKS_NAMES = ("Nhà xưởng số {}", "Nhà kho số {}", "Nhà điều hành", "Trạm biến áp", "Nhà xưởng sản xuất {}")
FOREST_NAMES = ("Rừng trồng keo", "Rừng trồng bạch đàn", "Rừng keo lai", "Rừng thông")
TREE_NAMES = ("Vải thiều", "Nhãn", "Bưởi Diễn", "Cam Canh", "Táo")
GRADES = {HOME: ("Cấp III", "Cấp IV", "Cấp 4", "III"), WORKS: ("Cấp III", "Cấp II")}


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One asset; texts as printed.

    Attributes:
        section: One of `SECTIONS`.
        name: Of a forest or of trees: their kind.
        built_area: Of a forest or of trees: their area, which has no place in the record.
        term: Term of ownership, often nothing.
    """

    section: str
    name: str
    built_area: Decimal
    floor_area: Decimal
    ownership: str
    grade: str
    floors: int
    term: str


def draw_assets(rng: Random, model: str, codes: set[str], *, is_company: bool) -> tuple[Asset, ...]:
    """Draw no, one or several assets that fit the purposes of the land."""
    if model == "1993":
        return ()
    assets: list[Asset] = []
    if codes & {"ODT", "ONT"} and rng.random() < 0.4:
        assets += [_draw_home(rng, model) for _ in range(rng.choice((1, 1, 1, 1, 2)))]
    if (is_company and rng.random() < 0.5) or (assets and rng.random() < 0.08):
        assets += [_draw_works(rng) for _ in range(rng.choice((1, 1, 2, 3)))]
    if "RSX" in codes and rng.random() < 0.5:
        assets.append(_draw_plants(rng, FOREST, FOREST_NAMES))
    if "CLN" in codes and rng.random() < 0.15:
        assets.append(_draw_plants(rng, TREES, TREE_NAMES))
    return tuple(assets) if model != "2024" else tuple(assets[:3])


def _draw_home(rng: Random, model: str) -> Asset:
    floors = rng.randint(1, 4)
    built = Decimal(rng.randint(450, 1_200)) / 10
    return Asset(
        section=HOME,
        name=rng.choice(HOME_NAMES_2024) if model == "2024" else "Nhà ở riêng lẻ",
        built_area=built.quantize(Decimal("0.1")),
        floor_area=(built * floors).quantize(Decimal("0.1")),
        ownership=rng.choice(("Sở hữu riêng", "Sở hữu riêng", "Sở hữu chung")),
        grade=rng.choice(GRADES[HOME]),
        floors=floors,
        term=rng.choice(("", "", "", "Lâu dài")),
    )


def _draw_works(rng: Random) -> Asset:
    built = (Decimal(rng.randint(800, 60_000)) / 10).quantize(Decimal("0.1"))
    return Asset(
        section=WORKS,
        name=rng.choice(WORKS_NAMES).format(rng.randint(1, 4)),
        built_area=built,
        floor_area=built,
        ownership="Sở hữu riêng",
        grade=rng.choice(GRADES[WORKS]),
        floors=1,
        term=rng.choice(("", "", "Đến ngày 30/6/2058")),
    )


def _draw_plants(rng: Random, section: str, names: tuple[str, ...]) -> Asset:
    area = Decimal(rng.randint(3_000, 90_000)) / 10
    return Asset(
        section=section,
        name=rng.choice(names),
        built_area=area.quantize(Decimal("0.1")),
        floor_area=area.quantize(Decimal("0.1")),
        ownership=rng.choice(("Sở hữu riêng", "Sở hữu chung")),
        grade="",
        floors=0,
        term="",
    )
