"""How assets are printed: in sentences, as a table, or by lettered lines."""

from __future__ import annotations

from collections.abc import Sequence

from tests.samples.assets import FOREST, HOME, TREES, WORKS, Asset
from tests.samples.blocks import area_spans
from tests.samples.numbers import printed_area
from tests.samples.phrases import Words
from tests.samples.sheet import Span
from tests.samples.tables import Cell, Grid

Numbered = tuple[int, Asset]


def in_section(assets: Sequence[Asset], section: str) -> list[Numbered]:
    """Return the assets of a section with their indices in the record."""
    return [(at, asset) for at, asset in enumerate(assets) if asset.section == section]


def section_spans(assets: Sequence[Numbered], words: Words) -> list[Span]:
    """Return the sentences of a section, or the mark for nothing."""
    if not assets:
        return [Span(words("none"))]
    spans: list[Span] = []
    for number, (at, asset) in enumerate(assets):
        spans += [Span(". ")] if number else []
        plants = asset.section in {FOREST, TREES}
        spans += _plant_spans(at, asset, words) if plants else _house_spans(at, asset, words)
    return spans


def _plant_spans(at: int, asset: Asset, words: Words) -> list[Span]:
    path = f"assets[{at}]"
    what = words.label("forest_kind" if asset.section == FOREST else "tree_kind")
    return [
        Span(what),
        Span(asset.name, {f"{path}.name": asset.name}),
        Span(f"{words.between_assets}{words.label('plant_area')}"),
        *area_spans(asset.built_area),
        Span(f"{words.between_assets}{words.label('ownership')}"),
        Span(asset.ownership, {f"{path}.ownership": asset.ownership}),
    ]


def _house_spans(at: int, asset: Asset, words: Words) -> list[Span]:
    path = f"assets[{at}]"
    is_home = asset.section == HOME
    floor_label = Span(f"{words.between_assets}{words.label('floor_area')}")
    floor = [floor_label, *area_spans(asset.floor_area, f"{path}.floor_area_m2")] if is_home else []
    floors = (
        [
            Span(f"{words.between_assets}{words.label('floors')}"),
            Span(str(asset.floors), {f"{path}.floors": str(asset.floors)}),
        ]
        if is_home
        else []
    )
    return [
        Span(asset.name, {f"{path}.name": asset.name}),
        Span(f"{words.between_assets}{words.label('built_area')}"),
        *area_spans(asset.built_area, f"{path}.built_area_m2"),
        *floor,
        Span(f"{words.between_assets}{words.label('ownership')}"),
        Span(asset.ownership, {f"{path}.ownership": asset.ownership}),
        Span(f"{words.between_assets}{words.label('grade')}"),
        Span(asset.grade, {f"{path}.grade": asset.grade}),
        *floors,
        Span(f"{words.between_assets}{words.label('asset_term')}"),
        *term_of(at, asset, words("none")),
    ]


def term_of(at: int, asset: Asset, nothing: str) -> list[Span]:
    """Return the term of ownership, or the mark for nothing."""
    return [Span(asset.term, {f"assets[{at}].term": asset.term})] if asset.term else [Span(nothing)]


def section_table(assets: Sequence[Numbered], words: Words) -> Grid:
    """Return the table of homes or other works."""
    is_home = assets[0][1].section == HOME
    heads = (
        words("home_kind" if is_home else "works_kind"),
        f"{words.head('built_area')} (m²)",
        f"{words.head('floor_area')} (m²)",
        words.head("ownership"),
        words.head("grade"),
        words.head("asset_term"),
    )
    rows = []
    for at, asset in assets:
        path = f"assets[{at}]"
        rows.append(
            [
                Cell(spans=[Span(asset.name, {f"{path}.name": asset.name})]),
                Cell(spans=area_spans(asset.built_area, f"{path}.built_area_m2")[:1]),
                Cell(spans=[Span(printed_area(asset.floor_area), {f"{path}.floor_area_m2": str(asset.floor_area)})]),
                Cell(spans=[Span(asset.ownership, {f"{path}.ownership": asset.ownership})]),
                Cell(spans=[Span(asset.grade, {f"{path}.grade": asset.grade})]),
                Cell(spans=term_of(at, asset, words("none"))),
            ]
        )
    return Grid(heads=heads, shares=(2.2, 1.4, 1.3, 1.4, 1.0, 1.4), rows=rows)


def wants_table(assets: Sequence[Numbered], words: Words) -> bool:
    """Whether an office prints a section as a table."""
    fits = bool(assets) and assets[0][1].section in {HOME, WORKS}
    return fits and (len(assets) > 1 or words.chance("asset table") < 0.3)
