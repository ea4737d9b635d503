"""The truth of scans as one JSON object: what can be seen on the pages, and where. The format is in docs/TRUTH.md."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tests.samples.shooting import SamplePage

SCHEMA = "diaba.sample/1"
LISTS = ("changes", "current_users", "holders", "parcels", "assets")
PATH_PART = re.compile(r"(\w+)(?:\[(\d+)\])?")


def dossier_truth(seed: int, model: str, level: str, pages: Sequence[SamplePage]) -> dict[str, Any]:
    """Return the truth of one dossier with its pages in the order of the scan."""
    head = {"schema": SCHEMA, "seed": seed, "model": model, "level": level, "files": []}
    record = _record(pages, 0, model if any(page.model for page in pages) else None)
    fields = record.pop("fields")
    return {**head, **record, "pages": [_page(page) for page in pages], "fields": fields}


def pile_truth(seed: int, models: Sequence[str], level: str, pages: Sequence[SamplePage]) -> dict[str, Any]:
    """Return the truth of a pile: all pages, and for each dossier its record and the numbers of its pages."""
    dossiers = [
        {
            "model": model,
            **_record(pages, number, model),
            "pages": [index for index, page in enumerate(pages) if page.dossier == number],
        }
        for number, model in enumerate(models)
    ]
    head = {"schema": SCHEMA, "seed": seed, "model": "pile", "level": level, "files": []}
    return {**head, "pages": [{**_page(page), "dossier": page.dossier} for page in pages], "dossiers": dossiers}


def _page(page: SamplePage) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "page": 1,
        "kind": page.kind,
        "model": page.model,
        "rotation_deg": page.rotation_deg,
        "skew_deg": page.skew_deg,
        "width_px": page.image.width,
        "height_px": page.image.height,
        "dpi": page.dpi,
        "box": list(page.box),
        "damages": list(page.damages),
    }
    if page.model is None and page.values:
        entry["shows"] = {path: {"value": page.values[path], "box": list(box)} for path, box in page.boxes.items()}
    return entry


def _record(pages: Sequence[SamplePage], dossier: int, model: str | None) -> dict[str, Any]:
    """Return what the pages of a model in a dossier show, with the places of the values; None: the papers without."""
    record: dict[str, Any] = {"certificate": {}, **{name: [] for name in LISTS}}
    values: dict[str, str] = {}
    fields: dict[str, dict[str, Any]] = {}
    for index, page in sorted(enumerate(pages), key=lambda item: (item[1].kind, item[0])):
        if page.dossier != dossier or page.model != model:
            continue
        for path, box in page.boxes.items():
            place: dict[str, Any] = {"page": index, "box": list(box)}
            if path in page.pens:
                place["pen"] = page.pens[path]
            if path in fields:
                fields[path].setdefault("also", []).append(place)
            else:
                values[path] = page.values[path]
                fields[path] = place
    for path in sorted(values):
        _put(record, path, values[path])
    return {**record, "fields": fields}


def _put(record: dict[str, Any], path: str, value: str) -> None:
    """Set the value of a path such as `holders[0].name`, making the objects on the way."""
    *parents, (last, _) = PATH_PART.findall(path)
    node = record
    for name, index in parents:
        if not index:
            node = node.setdefault(name, {})
            continue
        items = node.setdefault(name, [])
        while len(items) <= int(index):
            items.append({})
        node = items[int(index)]
    node[last] = value
