"""From the pages of one dossier to its record: kinds, drafts, agreement, confidence, findings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import PurePath

from app.domain import findings, paths
from app.domain.checks import check_values
from app.domain.dossier import Dossier
from app.domain.extraction import id_cards, reconcile
from app.domain.extraction.drafts import Draft
from app.domain.extraction.grading import Calibration, Evidence, grade, pages_odds
from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import distinct
from app.domain.extraction.model_evidence import family, told_model
from app.domain.extraction.models import page_drafts, serial_of
from app.domain.extraction.new_users import settle_current_users
from app.domain.extraction.page_sets import (
    CERTIFICATE_KINDS,
    SeenPage,
    missing_kinds,
    one_certificate,
    page_findings,
    seen_pages,
)
from app.domain.extraction.second_look import NO_SECOND_LOOK, SecondLook
from app.domain.fields import FieldKind, order_of, spec_of
from app.domain.reading import Check, FieldReading, Finding, PageReading, PageScan, Reading, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedDossier:
    """What the pages of one dossier say, before it is known how sure it is.

    Attributes:
        scans: The pages given, also those that could not be read.
        pages: The readable ones, which the drafts' indexes count.
        chosen: Of these the pages of the certificate that is read.
        found: What is to be said of files and pages.
    """

    scans: tuple[PageScan, ...]
    pages: tuple[SeenPage, ...]
    chosen: tuple[SeenPage, ...]
    model: str | None
    drafts: tuple[Draft, ...]
    found: tuple[Finding, ...]

    def by_path(self) -> dict[str, list[Draft]]:
        """All drafts of each path."""
        grouped: dict[str, list[Draft]] = {}
        for draft in self.drafts:
            grouped.setdefault(draft.path, []).append(draft)
        return grouped

    @property
    def readable(self) -> list[PageScan]:
        """The scans the fields' page indexes count."""
        return [page.text.scan for page in self.pages]


def understand(
    scans: Sequence[PageScan], lexicon: Lexicon, calibration: Calibration, today: str | None = None
) -> Reading:
    """The record of one dossier from the pages seen, without a second look.

    Args:
        scans: Pages in the order given; pages with an error are left out and become findings.
        lexicon: Closed lists.
        calibration: Measured chances.
        today: ISO date, for dates in the future.
    """
    return assess(draft_dossier(scans, lexicon), lexicon, calibration, today)


def draft_dossier(scans: Sequence[PageScan], lexicon: Lexicon) -> DraftedDossier:
    """Every value the pages say, from every source."""
    readable = [scan for scan in scans if scan.error is None]
    pages = seen_pages(readable, serial_of)
    chosen, several = one_certificate(pages, serial_of)
    drafts = _drafts(chosen, lexicon)
    texts = [page.text for page in pages]
    drafts += id_cards.card_drafts(texts, drafts, alone=not chosen)
    on_cards = id_cards.card_findings(texts, drafts) if chosen else []
    model, model_draft = _model(chosen, drafts)
    drafts = [_mended(draft, lexicon) for draft in (*model_draft, *drafts)]
    drafts = reconcile.settle_barcode(drafts)
    for index in range(1 + max((_index_of("parcels", draft.path) for draft in drafts), default=-1)):
        where = f"parcels[{index}]"
        for settle in (reconcile.settle_area, reconcile.settle_uses, reconcile.settle_missing_use):
            drafts = settle(drafts, where)
    return DraftedDossier(
        scans=tuple(scans),
        pages=tuple(pages),
        chosen=tuple(chosen),
        model=model,
        drafts=tuple(drafts),
        found=(
            *_file_findings(scans),
            *several,
            *page_findings(model, pages, missing_kinds(model, chosen)),
            *on_cards,
        ),
    )


def assess(
    drafted: DraftedDossier,
    lexicon: Lexicon,
    calibration: Calibration,
    today: str | None = None,
    second: SecondLook = NO_SECOND_LOOK,
    learned: LearnedWords = NOTHING_LEARNED,
) -> Reading:
    """The record the drafts make: the best value of each path, how sure it is, and what the checks say.

    Args:
        drafted: What the pages say.
        lexicon: Closed lists.
        calibration: Measured chances.
        today: ISO date, for dates in the future.
        second: What looking again at the values in doubt has shown.
        learned: Words of the records this commune has accepted.
    """
    fields, record, found = _graded(drafted, lexicon, calibration, today, second, learned)
    return Reading(
        certificate=record.certificate,
        changes=record.changes,
        current_users=record.current_users,
        holders=record.holders,
        parcels=record.parcels,
        assets=record.assets,
        pages=tuple(_page_reading(page, drafted.model) for page in drafted.pages),
        fields=fields,
        findings=(*drafted.found, *found),
        missing_pages=tuple(kind.value for kind in missing_kinds(drafted.model, drafted.chosen)),
    )


# ---------------------------------------------------------------- drafts


def _drafts(pages: Sequence[SeenPage], lexicon: Lexicon) -> list[Draft]:
    drafts: list[Draft] = []
    for page in sorted(pages, key=lambda page: page.kind.value):
        first_change = 1 + max((_index_of("changes", draft.path) for draft in drafts), default=-1)
        drafts += page_drafts(page, lexicon, first_change)
    return settle_current_users(drafts)


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


def _index_of(name: str, path: str) -> int:
    """Index of the list item a path lies in, -1 when it lies elsewhere."""
    parts = paths.split(path)
    return parts[1] if parts[0] == name and isinstance(parts[1], int) else -1


# ---------------------------------------------------------------- model and page set


def _model(pages: Sequence[SeenPage], drafts: Sequence[Draft]) -> tuple[str | None, list[Draft]]:
    """The model by its pages and by what was read of them; in doubt where the evidence is thin."""
    certificate = [(page.guess, page.text) for page in pages if page.kind in CERTIFICATE_KINDS]
    told = told_model(certificate, _first(drafts, "certificate.serial"), _first(drafts, "certificate.issued_on"))
    if told.model is None:
        return None, []
    doubts = ("model",) if told.is_sure else ("model", "model_by_serial")
    page = pages[0].text.page
    draft = Draft(path="certificate.model", value=told.model.value, raw=None, source="rule", page=page, doubts=doubts)
    return told.model.value, [draft]


def _first(drafts: Sequence[Draft], path: str) -> str | None:
    return next((draft.value for draft in drafts if draft.path == path and draft.value), None)


def _page_reading(page: SeenPage, model: str | None) -> PageReading:
    scan = page.text.scan
    own = page.guess.model.value if page.guess.model else None
    if own is not None and model in family(page.guess):
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
    drafted: DraftedDossier,
    lexicon: Lexicon,
    calibration: Calibration,
    today: str | None,
    second: SecondLook,
    learned: LearnedWords,
) -> tuple[tuple[FieldReading, ...], Dossier, list[Finding]]:
    """Choose values, check the record they make, and grade again with what the checks say."""
    evidence, record, found = weigh(drafted, lexicon, calibration, today, second, learned)
    fields = [grade(path, same, evidence, calibration) for path, same in drafted.by_path().items()]
    fields.sort(key=lambda field: (order_of(field.path), _indexes(field.path)))
    serials = [draft for draft in drafted.drafts if draft.path == "certificate.serial" and draft.value]
    if any(field.path == "certificate.serial" and field.check == Check.CONFLICT for field in fields):
        found.append(findings.make("serial_differs", "certificate.serial", serials=", ".join(distinct(serials))))
    return tuple(fields), record, found


def weigh(
    drafted: DraftedDossier,
    lexicon: Lexicon,
    calibration: Calibration,
    today: str | None,
    second: SecondLook,
    learned: LearnedWords = NOTHING_LEARNED,
) -> tuple[Evidence, Dossier, list[Finding]]:
    """What the values say of each other: the evidence, the record of the best values, and the findings about it."""
    first = {path: grade(path, same, Evidence(), calibration) for path, same in drafted.by_path().items()}
    record = _record(first.values())
    found = list(check_values(record, lexicon.lists, today))
    pages = [page.text for page in drafted.pages]
    of_certificate = drafted.drafts if drafted.chosen else ()
    evidence = Evidence(
        confirmed=reconcile.confirmed_paths(record, pages, drafted.drafts),
        doubted=reconcile.doubted_paths(found),
        second=second,
        weak=learned.beside(reconcile.supporting_paths(record, lexicon.lists, of_certificate), record),
        chosen={path: field.value for path, field in first.items()},
        pages=pages_odds(drafted.drafts, calibration),
    )
    return evidence, record, found


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
