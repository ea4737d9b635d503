"""A scanned dossier with its truth: the one door for tests, bench and demo.

What is in the truth: every path whose value can be seen on the paper, and nothing else; keys of values that are not
printed are absent, lists are always there.

* Both models: `certificate.model, serial, register_number, issued_on, issuer, signer, signer_title`, `notes` and
  `replaces` where the note says so; `holders[].kind, legal_form, role, name, id_papers[].kind, number`, `sex` only
  where Ông or Bà is printed, no `role` for an organisation; `parcels[0].sheet, number, address, area_m2`;
  `parcels[0].uses[].purpose, purpose_code, area_m2, term, form`; `assets[].name, floor_area_m2, ownership`;
  `changes[].on, text, dossier_number, confirmed_by`; where a change names a new owner, `current_users[].kind,
  legal_form, role, name, sex, born, address, id_papers[].kind, number, reason` (transfer, gift or inheritance).
* 2014 only: `certificate.barcode`; `holders[].born, address` (of a couple with one printed address, both have it);
  `parcels[0].area_words`, `uses[].origin`; `assets[].built_area_m2, grade, floors` (homes); a company's
  `id_papers[].issued_on, issuer`. `purpose_code` is not printed; it follows from the purpose's name.
* 2024 only: `certificate.qr, code`; `assets[].address`. Birth years, owners' addresses and origins are not printed. A
  single purpose may stand without its code; the truth has it all the same.
* Never: `changes[].kind`, `assets[].kind`, `origin_code`, `term` of an asset (always printed as `-/-`).

Values: dates in ISO form, areas with a decimal point and the digits printed, serial and register number with one blank
after the letters however they are printed, names and addresses as printed (a full stop after an address is not part of
it). `issuer` is without "TM.", its lines joined by a blank; `signer_title` is the signer's own title, without the line
"KT. ..." or "TUQ. ..." above it. A single use has the parcel's area. An elliptical origin ("không thu tiền sử dụng đất"
after a full one) is given as printed. `confirmed_by` is the office of the right column.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from PIL import Image

from tests.samples import layout_2014, layout_2024
from tests.samples.certificate import draw_certificate
from tests.samples.look import draw_look
from tests.samples.scan import scan_page
from tests.samples.sheet import Box

MODELS = ("2014", "2024")
LEVEL_NAMES = ("clean", "office", "poor")
MIXED = "mixed"
SCHEMA = "diaba.sample/1"
LISTS = ("changes", "current_users", "holders", "parcels", "assets")
PATH_PART = re.compile(r"(\w+)(?:\[(\d+)\])?")


@dataclass(frozen=True, kw_only=True)
class SamplePage:
    """One scanned page.

    Attributes:
        kind: As in a reading: certificate_1 ... certificate_4, certificate_front, certificate_back.
        image: Decoded scan, RGB.
        jpeg: The scan as a file, the same pixels.
        boxes: Where each path's value is printed, in pixels of the image.
        skew_deg: Lean of the page, positive clockwise.
        dpi: Resolution.
    """

    kind: str
    image: Image.Image
    jpeg: bytes
    boxes: dict[str, Box]
    skew_deg: float
    dpi: int


@dataclass(frozen=True, kw_only=True)
class SampleDossier:
    """A dossier of one fictional certificate: pages in their printed order, and the truth."""

    seed: int
    model: str
    level: str
    pages: tuple[SamplePage, ...]
    truth: dict[str, Any]


def draw_dossier(seed: int, model: str = MIXED, level: str = MIXED, dpi: int = 300) -> SampleDossier:
    """Draw a dossier; the same arguments give the same bytes.

    Args:
        seed: Decides everything; the certificate of a seed and model is the same at every level and resolution.
        model: "2014", "2024" or "mixed" (the seed decides).
        level: "clean", "office", "poor" or "mixed" (the seed decides).
        dpi: Resolution of the scan, usually 300 or 200.
    """
    model = model if model != MIXED else Random(f"{seed}/model").choice(MODELS)
    level = level if level != MIXED else Random(f"{seed}/level").choice(LEVEL_NAMES)
    certificate = draw_certificate(Random(f"{seed}/{model}/content"), model)
    look = draw_look(Random(f"{seed}/look"))
    layout = layout_2014 if model == "2014" else layout_2024
    pages: list[SamplePage] = []
    values: dict[str, str] = {}
    for number, (kind, sheet) in enumerate(layout.draw_pages(certificate, look, Random(f"{seed}/print"), dpi)):
        scan = scan_page(sheet.image, level, np.random.default_rng([seed, number]), dpi)
        boxes = {path: scan.box(printed.box) for path, printed in sheet.fields.items()}
        values |= {path: printed.value for path, printed in sheet.fields.items()}
        pages.append(
            SamplePage(kind=kind, image=scan.image, jpeg=scan.jpeg, boxes=boxes, skew_deg=scan.skew_deg, dpi=dpi)
        )
    truth = _truth(seed, model, level, pages, values)
    return SampleDossier(seed=seed, model=model, level=level, pages=tuple(pages), truth=truth)


def _truth(seed: int, model: str, level: str, pages: list[SamplePage], values: dict[str, str]) -> dict[str, Any]:
    truth: dict[str, Any] = {"schema": SCHEMA, "seed": seed, "model": model, "level": level}
    truth |= {"files": [], "certificate": {}, **{name: [] for name in LISTS}}
    for path in sorted(values):
        _put(truth, path, values[path])
    truth["pages"] = [
        {
            "page": 1,
            "kind": page.kind,
            "model": model,
            "rotation_deg": 0,
            "skew_deg": page.skew_deg,
            "width_px": page.image.width,
            "height_px": page.image.height,
            "dpi": page.dpi,
        }
        for page in pages
    ]
    truth["fields"] = {
        path: {"page": number, "box": list(box)}
        for number, page in enumerate(pages)
        for path, box in page.boxes.items()
    }
    return truth


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
