"""How parcels are printed: as lettered lines, one after the other, or as a table with a row for each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from random import Random

from tests.samples.blocks import area_spans
from tests.samples.numbers import area_in_words, printed_area
from tests.samples.parcels import Parcel, total_area
from tests.samples.phrases import Words
from tests.samples.sheet import Span
from tests.samples.tables import Cell, Grid
from tests.samples.wording import LandUse, elliptical

BETWEEN = frozenset({"; ", ", ", " + "})
TERM_OF = (
    (("{}: ", ""),),
    (("{}: ", ""),),
    (("{}: ", ""), ("{} - ", ""), ("", " ({})"), ("{}: ", ""), ("", " đối với {}")),
)
FORM_WORDS = (("{0}",), ("{0}",), ("{0}", "{1}", "{0}", "SD {1}"))
OWN, SHARED = "Sử dụng riêng", "Sử dụng chung"
NumberedUse = tuple[int, LandUse]


def _path(parcel: int, use: int, name: str) -> str:
    return f"parcels[{parcel}].uses[{use}].{name}"


def _groups(parcel: Parcel) -> list[list[NumberedUse]]:
    """Return uses of one purpose together: a part of one's own and a part used together."""
    numbered = list(enumerate(parcel.uses))
    return [list(group) for _, group in groupby(numbered, key=lambda pair: pair[1].purpose)]


def number_spans(parcel: Parcel, at: int) -> tuple[list[Span], list[Span]]:
    """Return sheet and number; "Khoảnh" and "Lô" are not part of them."""
    before = ("Khoảnh ", "Lô ") if parcel.is_forest_plot else ("", "")
    sheet = [Span(before[0]), Span(parcel.sheet, {f"parcels[{at}].sheet": parcel.sheet})]
    return sheet, [Span(before[1]), Span(parcel.number, {f"parcels[{at}].number": parcel.number})]


def forest_spans(parcel: Parcel, at: int, words: Words) -> list[Span]:
    """Return the line of a forest plot: "Lô 81, khoảnh 102, tiểu khu 45A"."""
    return [
        Span(f"{words('lot')} "),
        Span(parcel.number, {f"parcels[{at}].number": parcel.number}),
        Span(f", {words('compartment')} "),
        Span(parcel.sheet, {f"parcels[{at}].sheet": parcel.sheet}),
        Span(f", {words('subzone')} {parcel.subzone}"),
    ]


def place_spans(parcel: Parcel, at: int, words: Words, between: str) -> list[Span]:
    """Return the line that says which parcel it is: number and sheet, in some offices the sheet first."""
    if parcel.is_forest_plot and words.chance("forest line") < 0.7:
        return forest_spans(parcel, at, words)
    sheet, number = number_spans(parcel, at)
    if words.own("sheet first", ((False,), (False,), (True, False, False))):
        return [Span(words.head_label("sheet")), *sheet, Span(f"{between}{words.label('parcel')}"), *number]
    return [Span(words.label("parcel")), *number, Span(f"{between}{words.label('sheet')}"), *sheet]


def parcel_area_spans(parcel: Parcel, at: int) -> list[Span]:
    """Return the area, which is the area of a single use as well."""
    paths = [f"parcels[{at}].area_m2", *([_path(at, 0, "area_m2")] if len(parcel.uses) == 1 else [])]
    return area_spans(parcel.area, *paths)


def words_spans(parcel: Parcel, at: int, words: Words) -> list[Span]:
    """Return the area in words."""
    text = area_in_words(parcel.area, four_after_ten="tư" if words.habit < 0.6 else "bốn")
    if words.own("small words", ((False,), (False,), (False, False, True))):
        text = text[0].lower() + text[1:]
    return [Span(text, {f"parcels[{at}].area_words": text})]


def purpose_spans(parcel: Parcel, at: int, words: Words, *, coded: bool, with_code: bool = True) -> list[Span]:
    """Return the purposes; several with their areas.

    Args:
        parcel: Whose.
        at: Its index.
        words: The office's.
        coded: Whether the code stands behind the name.
        with_code: Whether the code is in the truth.
    """
    groups = _groups(parcel)
    spans: list[Span] = []
    to_area, to_next = words.pair
    for number, group in enumerate(groups):
        use = group[0][1]
        names = {_path(at, index, "purpose"): use.purpose for index, _ in group}
        codes = {_path(at, index, "purpose_code"): use.code for index, _ in group} if with_code else {}
        spans += [Span(to_next)] if number else []
        if coded:
            spans += [Span(use.purpose, names), Span(words("code_shown").format(use.code), codes)]
        else:
            spans.append(Span(use.purpose, {**names, **codes}))
        if len(groups) > 1:
            spans += [Span(to_area), *area_spans(use.area, _path(at, group[0][0], "area_m2"))]
    return spans


def term_spans(parcel: Parcel, at: int, words: Words) -> list[Span]:
    """Return the terms, one for all where they agree, else by purpose."""
    uses = list(enumerate(parcel.uses))
    if len({use.term for _, use in uses}) == 1:
        return [Span(uses[0][1].term, {_path(at, index, "term"): use.term for index, use in uses})]
    spans: list[Span] = []
    _, to_next = words.pair
    for number, (index, use) in enumerate(uses):
        spans += [Span(to_next)] if number else []
        before, after = words.own("term of", TERM_OF)
        term = Span(use.term, {_path(at, index, "term"): use.term})
        spans += [Span(before.format(use.purpose)), term, Span(after.format(use.purpose))]
    return spans


def draw_origin_spans(parcel: Parcel, at: int, words: Words, rng: Random) -> list[Span]:
    """Return the origins, uses of one origin together, the second shortened in half of the cases."""
    numbered = list(enumerate(parcel.uses))
    groups = [list(group) for _, group in groupby(numbered, key=lambda pair: pair[1].origin)]
    texts = elliptical([group[0][1].origin for group in groups], rng)
    spans: list[Span] = []
    to_area, to_next = words.pair
    for number, (group, text) in enumerate(zip(groups, texts, strict=True)):
        spans += [Span(to_next)] if number else []
        spans.append(Span(text, {_path(at, index, "origin"): text for index, _ in group}))
        if len(groups) > 1:
            spans += [Span(to_area), *area_spans(sum((use.area for _, use in group), Decimal(0)))]
    return spans


def form_spans(parcel: Parcel, at: int, words: Words, *, detailed: bool) -> list[Span]:
    """Return the form of use.

    Args:
        parcel: Whose.
        at: Its index.
        words: The office's.
        detailed: Always with both areas, as in the 2003 and 2009 models; else only where both occur.
    """
    forms = {use.form for use in parcel.uses}
    if len(forms) > 1:
        own, shared = ((index, use) for index, use in enumerate(parcel.uses))
        return [
            *_share(words("private"), own[1].area, at, own[0], OWN, words),
            Span(words.pair[1]),
            *_share(words("shared"), shared[1].area, at, shared[0], SHARED, words),
        ]
    form = parcel.uses[0].form
    fields = {_path(at, index, "form"): form for index in range(len(parcel.uses))}
    if not detailed:
        return [Span(words.own("form word", FORM_WORDS).format(form, form.removeprefix("Sử dụng ")), fields)]
    own_area, shared_area = parcel.area_in(OWN), parcel.area_in(SHARED)
    spans: list[Span] = []
    for word, area, name in ((words("private"), own_area, OWN), (words("shared"), shared_area, SHARED)):
        spans += [Span(words.pair[1])] if spans else []
        spans.append(Span(f"{word}{words.colon}", fields if name == form else {}))
        spans += [Span(" "), *(area_spans(area) if area else [Span(f"{words('no_area')} m²".replace("-/- m²", "-/-"))])]
    return spans


def _share(word: str, area: Decimal, at: int, index: int, form: str, words: Words) -> list[Span]:
    return [
        Span(f"{word}{words.colon}", {_path(at, index, "form"): form}),
        Span(" "),
        *area_spans(area, _path(at, index, "area_m2")),
    ]


def items(spans: Sequence[Span]) -> list[list[Span]]:
    """Take a line apart at what stands between its uses, for offices that print a list."""
    found: list[list[Span]] = [[]]
    for span in spans:
        if span.text in BETWEEN and not span.fields:
            found.append([])
        else:
            found[-1].append(span)
    return found


def table_form_spans(parcel: Parcel, at: int, words: Words) -> list[Span]:
    """Return the form of use for a cell."""
    if len({use.form for use in parcel.uses}) > 1:
        return form_spans(parcel, at, words, detailed=False)
    form = parcel.uses[0].form
    text = form if words.chance("form cell") < 0.4 else ("Riêng" if form == OWN else "Chung")
    return [Span(text, {_path(at, index, "form"): form for index in range(len(parcel.uses))})]


def common_address(parcels: Sequence[Parcel]) -> str | None:
    """Return the address of all parcels, if they have one."""
    addresses = {parcel.address for parcel in parcels}
    return addresses.pop() if len(addresses) == 1 else None


def address_spans(parcels: Sequence[Parcel]) -> list[Span]:
    """Return the address of all parcels for one line."""
    address = common_address(parcels)
    assert address is not None
    return [Span(address, {f"parcels[{at}].address": address for at in range(len(parcels))})]


def area_cell(parcel: Parcel, at: int) -> list[Span]:
    """Return the area for a cell, without a unit."""
    return parcel_area_spans(parcel, at)[:1]


def total_spans(parcels: Sequence[Parcel]) -> list[Span]:
    """Return the total for a cell, without a unit."""
    return [Span(printed_area(total_area(parcels)))]


def table_of_parcels(
    parcels: Sequence[Parcel], words: Words, rng: Random, *, model: str, with_address: bool, with_total: bool
) -> Grid:
    """Return the table of the 2009, 2014 and 2024 models; the oldest two have tables of their own."""
    columns: list[tuple[str, float]] = [
        (words.head("sheet"), 1.0),
        (words.head("parcel"), 1.0),
        *([(words("head_address"), 2.6)] if with_address else []),
        (words("head_area"), 1.35),
        *([] if model == "2024" else [(words.head("form"), 1.1)]),
        (words.head("kind_of_land" if model == "2024" else "purpose"), 2.2),
        (words.head("term"), 1.8),
        *([(words.head("form"), 1.2)] if model == "2024" else [(words.head("origin"), 2.6)]),
    ]
    number_first = model == "2024" or words.chance("number first") < 0.5
    if number_first:
        columns[0], columns[1] = columns[1], columns[0]
    rows = []
    for at, parcel in enumerate(parcels):
        sheet, number = number_spans(parcel, at)
        form = table_form_spans(parcel, at, words)
        last = form if model == "2024" else draw_origin_spans(parcel, at, words, rng)
        cells = [
            *([number, sheet] if number_first else [sheet, number]),
            *([[Span(parcel.address, {f"parcels[{at}].address": parcel.address})]] if with_address else []),
            area_cell(parcel, at),
            *([] if model == "2024" else [form]),
            purpose_spans(parcel, at, words, coded=model == "2024" and words.chance("coded") < 0.5),
            term_spans(parcel, at, words),
            last,
        ]
        rows.append([Cell(spans=spans) for spans in cells])
    if with_total:
        area_at = 3 if with_address else 2
        total = [Cell(spans=[Span("")]) for _ in columns]
        total[0] = Cell(spans=[Span(words("total"), bold=True)], span=area_at)
        total[area_at] = Cell(spans=total_spans(parcels))
        rows.append([total[0], *total[area_at:]])
    grid = Grid(heads=tuple(name for name, _ in columns), shares=tuple(share for _, share in columns), rows=rows)
    return numbered_rows(grid, words, len(parcels))


def numbered_rows(grid: Grid, words: Words, count: int) -> Grid:
    """Put the column of running numbers before a table, in offices that print one."""
    if not words.own("row numbers", ((False,), (False,), (True, False, False))):
        return grid
    rows = [[Cell(spans=[Span(str(at) if at <= count else "")]), *row] for at, row in enumerate(grid.rows, start=1)]
    return replace(grid, heads=(words("head_row"), *grid.heads), shares=(0.55, *grid.shares), rows=rows)
