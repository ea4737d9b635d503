"""Batches and their forms: what is missing, which forms are taken, and the receipts for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from app.domain.dossier import Dossier
from app.receiver import times
from app.receiver.identity import Identity
from app.receiver.refusals import Refused
from app.receiver.storage import Admission, BlobStore, Candidate, Ledger
from app.wire import contract, form_check, receipts
from app.wire.models import (
    BatchRecord,
    BatchReply,
    FormError,
    Limits,
    Manifest,
    ManifestRecord,
    ManifestReply,
    Need,
    Receipt,
    RecordLine,
    RecordWord,
)


class Batches:
    """Takes manifests and forms; knows nothing of HTTP, so that a batch may come by other roads."""

    def __init__(self, blobs: BlobStore, ledger: Ledger, identity: Identity) -> None:
        self._blobs = blobs
        self._ledger = ledger
        self._identity = identity

    def open(self, untrusted_id: str, untrusted_manifest: bytes) -> ManifestReply:
        """Note a batch and say what is missing; the same manifest may come any number of times.

        Raises:
            Refused: `bad-manifest`, `batch-conflict`.
        """
        try:
            manifest = Manifest.model_validate_json(untrusted_manifest)
        except (ValidationError, RecursionError) as error:
            raise Refused(422, "bad-manifest") from error
        batch_id = _checked_id(untrusted_id)
        digest = hashlib.sha256(manifest.model_dump_json(by_alias=True).encode()).hexdigest()
        if not self._ledger.add_batch(batch_id, digest, manifest, times.now_text()):
            raise Refused(409, "batch-conflict")
        words = {record.dossier_id: self._word(record) for record in manifest.records}
        open_records = [record for record in manifest.records if words[record.dossier_id] != "conflict"]
        return ManifestReply(
            batch_id=batch_id, need=self._need(open_records), records=words, limits=Limits(), time=times.now_text()
        )

    def state(self, untrusted_id: str) -> BatchReply:
        """How far a batch is, with the receipts again.

        Raises:
            Refused: `batch-unknown`.
        """
        batch_id, manifest = self._known(untrusted_id)
        records = [
            BatchRecord(
                dossier_id=record.dossier_id,
                revision=record.revision,
                form_sha256=record.form_sha256,
                state=self._word(record),
                receipt=self._ledger.receipt(record.dossier_id, record.revision, record.form_sha256),
            )
            for record in manifest.records
        ]
        need = self._need(manifest.records)
        return BatchReply(batch_id=batch_id, records=records, need=need, time=times.now_text())

    def take_forms(self, device_id: str, untrusted_id: str, untrusted_forms: Iterable[bytes]) -> list[RecordLine]:
        """Check forms and store the good ones, each for itself; the answers stand in the order of the forms.

        Raises:
            Refused: `batch-unknown`, `body-too-large`.
        """
        batch_id, manifest = self._known(untrusted_id)
        forms = list(untrusted_forms)
        if len(forms) > contract.MAX_RECORDS:
            raise Refused(413, "body-too-large")
        by_digest = {record.form_sha256: record for record in manifest.records}
        checked = [self._check(form, by_digest, batch_id, device_id, manifest.chain_head) for form in forms]
        candidates = [each for each in checked if isinstance(each, Candidate)]
        admissions = iter(self._ledger.admit(candidates, times.now_text(), self._sign))
        return [_line_of(each, next(admissions)) if isinstance(each, Candidate) else each for each in checked]

    def _known(self, untrusted_id: str) -> tuple[str, Manifest]:
        manifest = self._ledger.batch(_checked_id(untrusted_id))
        if manifest is None:
            raise Refused(404, "batch-unknown")
        return untrusted_id, manifest

    def _word(self, record: ManifestRecord) -> RecordWord:
        if self._ledger.receipt(record.dossier_id, record.revision, record.form_sha256):
            return "already"
        stored = self._ledger.stored(record.dossier_id)
        return "conflict" if stored and stored.revision >= record.revision else "new"

    def _need(self, records: Sequence[ManifestRecord]) -> list[Need]:
        found: dict[str, Need] = {}
        for record in records:
            for page in record.pages:
                self._add_need(found, page.sha256, page.size)
                if page.compact and page.sha256 in found:
                    self._add_need(found, page.compact.sha256, page.compact.size)
        return list(found.values())

    def _add_need(self, found: dict[str, Need], sha256: str, size: int) -> None:
        if sha256 not in found and not self._blobs.has(sha256):
            offset = min(self._blobs.held(sha256, size), size)
            found[sha256] = Need(sha256=sha256, size=size, offset=offset, href=contract.blob_path(sha256))

    def _check(
        self,
        form: bytes,
        by_digest: dict[str, ManifestRecord],
        batch_id: str,
        device_id: str,
        chain_head: str,
    ) -> Candidate | RecordLine:
        digest = hashlib.sha256(form).hexdigest()
        record = by_digest.get(digest)
        if record is None:
            return _refused(digest, None, (form_check.form_error("", "not_in_manifest"),))
        if record.form_schema != contract.FORM_SCHEMA:
            return _refused(digest, record, (form_check.form_error("", "schema_unknown"),))
        dossier, errors = form_check.check_form(form) if len(form) <= contract.MAX_FORM_BYTES else (None, ())
        errors = errors or _differences(dossier, record)
        if dossier is None or errors:
            return _refused(digest, record, errors)
        missing = self._need([record])
        gone = {need.sha256 for need in missing}
        if any(page.sha256 in gone and (not page.compact or page.compact.sha256 in gone) for page in record.pages):
            return _line(digest, record, 409, type="missing-pages", need=missing)
        return Candidate(
            batch_id=batch_id,
            device_id=device_id,
            chain_head=chain_head,
            record=record,
            form=form,
            serial=_serial_key(dossier),
            compact=tuple(page.sha256 for page in record.pages if page.sha256 in gone),
        )

    def _sign(self, candidate: Candidate, seq: int, at: str) -> str:
        server, keys = self._identity.server()
        receipt = Receipt(
            dossier_id=candidate.record.dossier_id,
            revision=candidate.record.revision,
            form_sha256=candidate.record.form_sha256,
            pages=[page.sha256 for page in candidate.record.pages],
            compact=list(candidate.compact),
            batch_id=candidate.batch_id,
            device=candidate.device_id,
            server=server,
            seq=seq,
            received_at=at,
            chain_head=candidate.chain_head,
        )
        return receipts.sign_receipt(receipt, keys[0])


def encode_lines(answers: Iterable[RecordLine]) -> bytes:
    """The answers as NDJSON."""
    return b"".join(answer.model_dump_json(exclude_defaults=True).encode() + b"\n" for answer in answers)


def _checked_id(untrusted_id: str) -> str:
    if not contract.UUID.fullmatch(untrusted_id):
        raise Refused(404, "batch-unknown")
    return untrusted_id


def _differences(dossier: Dossier | None, record: ManifestRecord) -> tuple[FormError, ...]:
    if dossier is None:
        return (form_check.form_error("", "maxLength"),)
    if dossier.dossier_id != record.dossier_id:
        return (form_check.form_error("/dossier_id", "dossier_differs"),)
    pages = [(page.sha256, page.kind) for page in dossier.pages]
    if pages != [(page.sha256, page.role) for page in record.pages]:
        return (form_check.form_error("/pages", "pages_differ"),)
    return ()


def _serial_key(dossier: Dossier) -> str | None:
    serial = "".join((dossier.certificate.serial or "").upper().split())
    return serial or None


def _refused(digest: str, record: ManifestRecord | None, errors: Sequence[FormError]) -> RecordLine:
    return _line(digest, record, 422, errors=list(errors))


def _line(digest: str, record: ManifestRecord | None, status: int, **more: object) -> RecordLine:
    identity = (record.dossier_id, record.revision) if record else (None, None)
    words = {"dossier_id": identity[0], "revision": identity[1], "form_sha256": digest, "status": status, **more}
    return RecordLine.model_validate(words)


def _line_of(candidate: Candidate, admission: Admission) -> RecordLine:
    record = candidate.record
    if admission.receipt:
        return _line(record.form_sha256, record, 201 if admission.new else 200, receipt=admission.receipt)
    return _line(
        record.form_sha256,
        record,
        409,
        type="revision-exists",
        server_revision=admission.server_revision,
        server_form_sha256=admission.server_form_sha256,
    )
