"""From the pages of one dossier to its record: kinds, drafts, agreement, confidence, findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath

from app.domain import findings, paths
from app.domain.checks import check_values
from app.domain.code_lists import CodeLists
from app.domain.dossier import Dossier, Model, PageKind
from app.domain.extraction import certificate_2014, certificate_2024, id_cards, reconcile
from app.domain.extraction.drafts import Draft
from app.domain.extraction.grading import Calibration, Evidence, grade
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import distinct
from app.domain.extraction.page_kinds import Guess, guess_kind
from app.domain.extraction.rows import PageText, page_text
from app.domain.fields import FieldKind, order_of, spec_of
from app.domain.identity import IdCard
from app.domain.reading import Check, FieldReading, Finding, PageReading, PageScan, Reading, Source
from app.domain.text import fold

_K = PageKind
CERTIFICATE_KINDS = (
    *(_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3, _K.CERTIFICATE_4),
    *(_K.CERTIFICATE_FRONT, _K.CERTIFICATE_BACK),
)
PAGE_SETS: dict[str, tuple[PageKind, ...]] = {
    Model.M1993: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3),
    Model.M2003: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3),
    Model.M2009: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3, _K.CERTIFICATE_4),
    Model.M2014: (_K.CERTIFICATE_1, _K.CERTIFICATE_2, _K.CERTIFICATE_3, _K.CERTIFICATE_4),
    Model.M2024: (_K.CERTIFICATE_FRONT, _K.CERTIFICATE_BACK),
}
"""Pages of a whole certificate by model (DESIGN 4.3)."""
TWIN_SHARE = 0.8
"""Of the words of two scans of one page, at least this share is the same."""
FIRST_DAY_OF_2014 = "2014-07-01"


@dataclass(frozen=True)
class SeenPage:
    """A page with what it seems to be."""

    text: PageText
    guess: Guess

    @property
    def kind(self) -> PageKind:
        """Its kind."""
        return self.guess.kind


def understand(
    scans: Sequence[PageScan], lexicon: Lexicon, calibration: Calibration, today: str | None = None
) -> Reading:
    """The record of one dossier from the pages seen.

    Args:
        scans: Pages in the order given; pages with an error are left out and become findings.
        lexicon: Closed lists.
        calibration: Measured chances.
        today: ISO date, for dates in the future.
    """
    readable = [scan for scan in scans if scan.error is None]
    pages = [_seen(scan, index) for index, scan in enumerate(readable)]
    chosen, several = _one_certificate(pages)
    drafts = _drafts(chosen, lexicon)
    drafts += _card_drafts(pages, chosen, drafts)
    model, model_draft = _model(chosen, drafts)
    drafts = [_mended(draft, lexicon) for draft in (*model_draft, *drafts)]
    drafts = reconcile.settle_barcode(drafts)
    for index in range(1 + max((_parcel_index(draft.path) for draft in drafts), default=-1)):
        where = f"parcels[{index}]"
        for settle in (reconcile.settle_area, reconcile.settle_uses, reconcile.settle_missing_use):
            drafts = settle(drafts, where)
    fields, record, found = _graded(drafts, [page.text for page in pages], lexicon, calibration, today)
    missing = _missing(model, chosen)
    found = [*_file_findings(scans), *several, *_page_findings(model, pages, missing), *found]
    return Reading(
        certificate=record.certificate,
        changes=record.changes,
        current_users=record.current_users,
        holders=record.holders,
        parcels=record.parcels,
        assets=record.assets,
        pages=tuple(_page_reading(page, model) for page in pages),
        fields=fields,
        findings=tuple(found),
        missing_pages=tuple(kind.value for kind in missing),
    )


def _seen(scan: PageScan, index: int) -> SeenPage:
    text = page_text(scan, index)
    return SeenPage(text, guess_kind(text))


# ---------------------------------------------------------------- which certificate


def _one_certificate(pages: Sequence[SeenPage]) -> tuple[list[SeenPage], list[Finding]]:
    """The pages of the most complete certificate; a finding when there are pages of several."""
    certificates = _groups([page for page in pages if page.kind in CERTIFICATE_KINDS])
    if len(certificates) <= 1:
        return (certificates[0] if certificates else []), []
    best = max(certificates, key=lambda group: (len(group), sum(page.guess.weight for page in group)))
    found = [_serial_of(group) or "?" for group in certificates]
    return best, [findings.make("several_certificates", "certificate.serial", serials=", ".join(found))]


def _groups(pages: Sequence[SeenPage]) -> list[list[SeenPage]]:
    """Pages by certificate: a second page of the same kind belongs to another one, unless its serial is the same."""
    groups: list[list[SeenPage]] = []
    for page in pages:
        home = next((group for group in groups if _belongs(page, group)), None)
        twin = next((group for group in groups if home is None and _is_twin(page, group)), None)
        if home is not None:
            home.append(page)
        elif twin is None:
            groups.append([page])
    return groups


def _belongs(page: SeenPage, group: Sequence[SeenPage]) -> bool:
    same_model = {page.guess.model, None} & {other.guess.model for other in group} or page.guess.model is None
    return bool(same_model) and all(other.kind != page.kind for other in group)


def _is_twin(page: SeenPage, group: Sequence[SeenPage]) -> bool:
    """The same page scanned twice: same kind, same serial; where there is none, nearly the same words."""
    for other in group:
        if other.kind == page.kind and other.guess.model == page.guess.model:
            serials = {_serial_of([page]), _serial_of([other])}
            one, two = _words(page), _words(other)
            return len(serials) == 1 and bool(one and two) and len(one & two) > TWIN_SHARE * min(len(one), len(two))
    return False


def _words(page: SeenPage) -> set[str]:
    return {word for word in fold(page.text.clip.text).split() if len(word) > 1}


def _serial_of(group: Sequence[SeenPage]) -> str | None:
    drafts = [draft for page in group for draft in _page_drafts(page, Lexicon(CodeLists()), 0)]
    return next((draft.value for draft in drafts if draft.path == "certificate.serial" and draft.value), None)


# ---------------------------------------------------------------- drafts


def _drafts(pages: Sequence[SeenPage], lexicon: Lexicon) -> list[Draft]:
    drafts: list[Draft] = []
    for page in sorted(pages, key=lambda page: page.kind.value):
        first_change = 1 + max((_change_index(draft.path) for draft in drafts), default=-1)
        drafts += _page_drafts(page, lexicon, first_change)
    return drafts


def _page_drafts(page: SeenPage, lexicon: Lexicon, first_change: int) -> list[Draft]:
    text = page.text
    if page.guess.model == Model.M2024:
        return {
            _K.CERTIFICATE_FRONT: lambda: certificate_2024.read_front(text, lexicon),
            _K.CERTIFICATE_BACK: lambda: certificate_2024.read_back(text, lexicon, first_change),
        }[page.kind]()
    if page.guess.model != Model.M2014:
        return []
    return {
        _K.CERTIFICATE_1: lambda: certificate_2014.read_page_1(text, lexicon),
        _K.CERTIFICATE_2: lambda: certificate_2014.read_page_2(text, lexicon),
        _K.CERTIFICATE_3: lambda: certificate_2014.read_page_3(text, lexicon, first_change),
        _K.CERTIFICATE_4: lambda: certificate_2014.read_page_4(text, lexicon, first_change),
    }[page.kind]()


MENDED_PATTERNS = frozenset(
    {
        *("certificate.notes", "certificate.issuer", "certificate.signer_title", "changes[].text"),
        *("changes[].confirmed_by", "holders[].id_papers[].issuer", "assets[].ownership", "assets[].grade"),
        "assets[].address",
    }
)
"""Texts in the words of offices and forms, whose accents may be mended."""


def _mended(draft: Draft, lexicon: Lexicon) -> Draft:
    if draft.value is None or draft.source != Source.OCR or paths.pattern(draft.path) not in MENDED_PATTERNS:
        return draft
    value = lexicon.address(draft.value) if draft.path.endswith(".address") else lexicon.mend(draft.value)
    return draft if value == draft.value else replace(draft, value=value, doubts=(*draft.doubts, "mended"))


def _change_index(path: str) -> int:
    return int(path.split("[")[1].split("]", maxsplit=1)[0]) if path.startswith("changes[") else -1


def _parcel_index(path: str) -> int:
    return int(path.split("[")[1].split("]", maxsplit=1)[0]) if path.startswith("parcels[") else -1


def _card_drafts(pages: Sequence[SeenPage], chosen: Sequence[SeenPage], read: Sequence[Draft]) -> list[Draft]:
    """Identity cards: alone they are the holder; beside a certificate they add to the holder they match."""
    cards = [pair for page in pages for pair in id_cards.read_cards(page.text)]
    if not chosen:
        return id_cards.holder_of_card(*cards[0], "holders[0]") if cards else []
    holders = [draft for draft in read if draft.path.startswith("holders[")]
    drafts: list[Draft] = []
    for card, page in cards:
        where = _holder_matching(card, holders)
        if where:
            papers = len({d.path.split("]")[1] for d in holders if d.path.startswith(f"{where}.id_papers[")})
            known = {d.value for d in holders if d.path.startswith(f"{where}.id_papers[")}
            found = id_cards.details_of_card(card, page, where, papers)
            drafts += [draft for draft in found if card.number not in known or ".id_papers[" not in draft.path]
    return drafts


def _holder_matching(card: IdCard, holders: Sequence[Draft]) -> str | None:
    """The holder with the card's number, its old number, or its name."""
    for draft in holders:
        if draft.path.endswith(".number") and draft.value in (card.number, card.old_number) and draft.value:
            return draft.path.split(".")[0]
    for draft in holders:
        if draft.path.endswith("].name") and draft.value and fold(draft.value) == fold(card.name):
            return draft.path.split(".")[0]
    return None


# ---------------------------------------------------------------- model and page set


def _model(pages: Sequence[SeenPage], drafts: Sequence[Draft]) -> tuple[str | None, list[Draft]]:
    """The model by its pages; the day of issue tells 2009 from 2014, else the serial's letters do.

    Source: model of 2014 from 1 July 2014 on; serials beginning with C and D belong to it.
    """
    models = Counter(page.guess.model for page in pages if page.guess.model)
    if not models:
        return None, []
    model, page = models.most_common(1)[0][0], pages[0].text.page
    doubts: tuple[str, ...] = ()
    if model == Model.M2014:
        issued = next((d.value for d in drafts if d.path == "certificate.issued_on" and d.value), None)
        serial = next((d.value for d in drafts if d.path == "certificate.serial" and d.value), "")
        if issued:
            model = Model.M2009 if issued < FIRST_DAY_OF_2014 else Model.M2014
        elif (serial and serial[0] not in "CD") or not serial:
            doubts = ("model_by_serial",)
    draft = Draft(
        path="certificate.model", value=model.value, raw=None, source="rule", page=page, doubts=("model", *doubts)
    )
    return model.value, [draft]


def _missing(model: str | None, pages: Sequence[SeenPage]) -> list[PageKind]:
    kinds = {page.kind for page in pages}
    return [kind for kind in PAGE_SETS.get(model or "", ()) if kind not in kinds]


def _page_reading(page: SeenPage, model: str | None) -> PageReading:
    scan = page.text.scan
    own = page.guess.model.value if page.guess.model else None
    if own == Model.M2014 and model == Model.M2009:
        own = model
    return PageReading(
        file=scan.file,
        page=scan.page,
        kind=page.kind.value,
        model=own,
        rotation_deg=scan.rotation_deg,
        skew_deg=scan.skew_deg,
        width_px=scan.width_px,
        height_px=scan.height_px,
        dpi=scan.dpi,
    )


# ---------------------------------------------------------------- fields and findings


def _graded(
    drafts: Sequence[Draft],
    pages: Sequence[PageText],
    lexicon: Lexicon,
    calibration: Calibration,
    today: str | None,
) -> tuple[tuple[FieldReading, ...], Dossier, list[Finding]]:
    """Choose values, check the record they make, and grade again with what the checks say."""
    by_path: dict[str, list[Draft]] = {}
    for draft in drafts:
        by_path.setdefault(draft.path, []).append(draft)
    first = {path: grade(path, same, Evidence(), calibration) for path, same in by_path.items()}
    record = _record(first.values())
    found = list(check_values(record, lexicon.lists, today))
    evidence = Evidence(
        confirmed=reconcile.confirmed_paths(record, pages, drafts), doubted=reconcile.doubted_paths(found)
    )
    fields = [grade(path, same, evidence, calibration) for path, same in by_path.items()]
    fields.sort(key=lambda field: (order_of(field.path), _indexes(field.path)))
    serial_drafts = [draft for draft in by_path.get("certificate.serial", []) if draft.value]
    if any(field.path == "certificate.serial" and field.check == Check.CONFLICT for field in fields):
        found.append(findings.make("serial_differs", "certificate.serial", serials=", ".join(distinct(serial_drafts))))
    return tuple(fields), record, found


def _record(fields: Iterable[FieldReading]) -> Dossier:
    record = Dossier(dossier_id="")
    for field in fields:
        if field.value is None:
            continue
        spec = spec_of(field.path)
        is_area = spec is not None and spec.kind is FieldKind.AREA
        record = paths.put(record, field.path, Decimal(field.value) if is_area else field.value)
    return record


def _indexes(path: str) -> tuple[int, ...]:
    return tuple(part for part in paths.split(path) if isinstance(part, int))


def _file_findings(scans: Sequence[PageScan]) -> list[Finding]:
    return [_file_finding(scan) for scan in scans if scan.error is not None]


def _file_finding(scan: PageScan) -> Finding:
    """Tells a page whose words could not be read from a file that does not open; names the file, not its folder."""
    name = PurePath(scan.file).name
    if scan.error == "ocr_failed":
        return findings.make("ocr_failed", file=name, page=scan.page)
    return findings.make("unreadable_file", file=name, code=scan.error)


def _page_findings(model: str | None, pages: Sequence[SeenPage], missing: Sequence[PageKind]) -> list[Finding]:
    found = []
    if pages and not any(page.kind in CERTIFICATE_KINDS for page in pages):
        found.append(findings.make("no_certificate"))
    if missing:
        found.append(findings.make("pages_missing", pages=", ".join(PAGE_WORDS[kind] for kind in missing)))
    return found


PAGE_WORDS = {
    _K.CERTIFICATE_1: "trang 1",
    _K.CERTIFICATE_2: "trang 2",
    _K.CERTIFICATE_3: "trang 3",
    _K.CERTIFICATE_4: "trang 4",
    _K.CERTIFICATE_FRONT: "mặt trước",
    _K.CERTIFICATE_BACK: "mặt sau",
}
