"""One batch and one server: what is missing is asked, sent, and every receipt verified against what was sent."""

from __future__ import annotations

from collections.abc import Sequence

import requests
from pydantic import ValidationError

from app.adapters.upload_auth import SignedLink
from app.adapters.upload_link import Answer, unexpected
from app.adapters.upload_pages import GIVE_UP, PageSender, Tally
from app.domain import paths
from app.domain.text import tidy
from app.errors import RejectedError, TransportError
from app.ports import BatchToSend, FormOutcome, FormOutcomeKind, FormProblem, FormToSend, UploadProgress
from app.wire import bodies, contract, jws, receipts
from app.wire.models import (
    BatchRecord,
    BatchReply,
    FormError,
    Manifest,
    ManifestPage,
    ManifestRecord,
    ManifestReply,
    Need,
    RecordLine,
)

ROUNDS = 3
"""Rounds of manifest, pages, forms within one send; a new round begins by asking, so nothing is resent blindly."""
MAX_PROBLEMS = 50
MAX_MESSAGE_CHARS = 500

_GZIP_JSON = {"Content-Type": contract.JSON, "Content-Encoding": "gzip"}
_GZIP_LINES = {"Content-Type": contract.NDJSON, "Content-Encoding": "gzip"}


class Exchange:
    """Sends a batch, or asks for it; `progress` and `stop` may be called from another thread.

    Attributes:
        forms_sent: Whether forms may have reached the server.
    """

    def __init__(self, link: SignedLink, batch: BatchToSend) -> None:
        self._link = link
        self._batch = batch
        self._path = contract.batch_path(batch.batch_id)
        self._open = [form for form in batch.forms if not form.settled]
        self._pages = list({page.sha256: page for form in self._open for page in form.pages}.values())
        self._tally = Tally(self._pages)
        self.forms_sent = False

    def run(self) -> list[FormOutcome]:
        """Send what is missing; one outcome per form whose fate is certain.

        Raises:
            TransportError, AuthError, RejectedError, StoreError: See `Uploader.send`.
        """
        with self._link.link.open() as session:
            for left in reversed(range(ROUNDS)):
                try:
                    return self._round(session, last=not left)
                except TransportError as failure:
                    if not left or failure.code in GIVE_UP:
                        raise
                self._link.link.pause(ROUNDS - left)
        raise TransportError("server_failed")

    def state(self) -> list[FormOutcome]:
        """What the server has, without sending anything."""
        with self._link.link.open() as session:
            return self._state(session)

    def progress(self) -> UploadProgress:
        """How far the pages are."""
        pages_done, pages_total, bytes_done, bytes_total = self._tally.figures()
        return UploadProgress(
            batch_id=self._batch.batch_id,
            pages_done=pages_done,
            pages_total=pages_total,
            bytes_done=bytes_done,
            bytes_total=bytes_total,
        )

    def stop(self) -> None:
        """End every connection now."""
        self._link.link.stop()

    # ---------------------------------------------------------------- the steps

    def _round(self, session: requests.Session, *, last: bool) -> list[FormOutcome]:
        reply = self._announce(session)
        new = [form for form in self._open if reply.records.get(form.dossier_id) == "new"]
        wanted = {page.sha256 for form in new for page in form.pages}
        self._send_pages(reply, [need for need in reply.need if need.sha256 in wanted])
        outcomes = self._send_forms(session, new) if new else []
        if not last and any(outcome.kind is FormOutcomeKind.NOT_THERE for outcome in outcomes):
            return self._round(session, last=True)  # the server lost a page in between: once more from the manifest
        if len(new) < len(self._open):
            fresh = {form.dossier_id for form in new}
            outcomes += [outcome for outcome in self._state(session) if outcome.dossier_id not in fresh]
        return outcomes

    def _announce(self, session: requests.Session) -> ManifestReply:
        manifest = _manifest(self._batch).model_dump_json(by_alias=True, exclude_none=True)
        answer = self._link.ask(session, "POST", self._path, bodies.pack(manifest.encode()), _GZIP_JSON)
        if answer.status == 409 and answer.problem == "batch-conflict":
            raise RejectedError("batch_conflict", batch=self._batch.batch_id)
        if answer.status in (400, 422) and answer.problem:
            raise RejectedError("manifest_refused", batch=self._batch.batch_id)
        if answer.status != 200:
            raise unexpected(answer)
        reply = answer.read(ManifestReply)
        if reply.batch_id != self._batch.batch_id or not _are_ours(reply.need, self._batch):
            raise TransportError("reply_broken")
        return reply

    def _send_pages(self, reply: ManifestReply, missing: Sequence[Need]) -> None:
        offsets = {need.sha256: need.offset for need in missing}
        for page in self._pages:
            self._tally.reached(page.sha256, offsets.get(page.sha256, page.size_bytes))
        PageSender(self._link, reply.limits, self._tally).send(self._pages, missing)

    def _send_forms(self, session: requests.Session, forms: Sequence[FormToSend]) -> list[FormOutcome]:
        body = bodies.pack(b"".join(form.form + b"\n" for form in forms))
        self.forms_sent = True
        answer = self._link.ask(session, "POST", f"{self._path}/records", body, _GZIP_LINES)
        if answer.status != 200:
            raise unexpected(answer)
        by_digest = {line.form_sha256: line for line in _lines(answer)}
        outcomes = [self._outcome(session, form, by_digest.get(form.digest)) for form in forms]
        return _certain(outcomes)

    def _state(self, session: requests.Session) -> list[FormOutcome]:
        answer = self._link.ask(session, "GET", self._path)
        if answer.status == 404 and answer.problem == "batch-unknown":
            return [_outcome(form, FormOutcomeKind.NOT_THERE) for form in self._open]
        if answer.status != 200:
            raise unexpected(answer)
        reply = answer.read(BatchReply)
        if reply.batch_id != self._batch.batch_id:
            raise TransportError("reply_broken")
        by_digest = {record.form_sha256: record for record in reply.records}
        return _certain([self._outcome_of(session, form, by_digest.get(form.digest)) for form in self._open])

    # ---------------------------------------------------------------- what the answers mean

    def _outcome(self, session: requests.Session, form: FormToSend, line: RecordLine | None) -> FormOutcome | None:
        if line is None:
            return None
        if line.status == 422:
            return _outcome(form, FormOutcomeKind.REFUSED, problems=_problems(line.errors))
        if line.status == 409:
            missing = line.type == "missing-pages"
            return _outcome(form, FormOutcomeKind.NOT_THERE if missing else FormOutcomeKind.CONFLICT)
        return self._stored(session, form, line.receipt)

    def _outcome_of(
        self, session: requests.Session, form: FormToSend, record: BatchRecord | None
    ) -> FormOutcome | None:
        if record is None:
            return None
        if record.state == "already":
            return self._stored(session, form, record.receipt)
        return _outcome(form, FormOutcomeKind.CONFLICT if record.state == "conflict" else FormOutcomeKind.NOT_THERE)

    def _stored(self, session: requests.Session, form: FormToSend, untrusted_receipt: str | None) -> FormOutcome | None:
        if untrusted_receipt is None:
            return None
        try:
            pinned = self._link.pinned(session, jws.key_id(untrusted_receipt))
            receipt = receipts.read_receipt(untrusted_receipt, pinned)
        except jws.BadSignature:
            return None
        said = (receipt.dossier_id, receipt.revision, receipt.form_sha256, receipt.pages)
        sent = (form.dossier_id, form.revision, form.digest, [page.sha256 for page in form.pages])
        where = (receipt.batch_id, receipt.server, receipt.chain_head)
        if (
            receipt.compact
            or said != sent
            or where != (self._batch.batch_id, self._link.enrolment.server, self._batch.chain_head)
        ):
            return None
        return _outcome(form, FormOutcomeKind.STORED, receipt=untrusted_receipt)


def _certain(outcomes: Sequence[FormOutcome | None]) -> list[FormOutcome]:
    certain = [outcome for outcome in outcomes if outcome is not None]
    if outcomes and not certain:
        raise TransportError("receipt_invalid")
    return certain


def _outcome(
    form: FormToSend, kind: FormOutcomeKind, receipt: str | None = None, problems: tuple[FormProblem, ...] = ()
) -> FormOutcome:
    return FormOutcome(
        dossier_id=form.dossier_id, revision=form.revision, kind=kind, receipt=receipt, problems=problems
    )


def _problems(untrusted_errors: Sequence[FormError]) -> tuple[FormProblem, ...]:
    return tuple(
        FormProblem(path=paths.from_pointer(error.pointer), code=error.code, message=tidy(error.vi)[:MAX_MESSAGE_CHARS])
        for error in untrusted_errors[:MAX_PROBLEMS]
    )


def _lines(answer: Answer) -> list[RecordLine]:
    if answer.headers.get("Content-Type", "").partition(";")[0] != contract.NDJSON:
        raise TransportError("reply_broken")
    try:
        return [RecordLine.model_validate_json(line) for line in bodies.lines(answer.body)]
    except (ValidationError, RecursionError) as error:
        raise TransportError("reply_broken") from error


def _are_ours(missing: Sequence[Need], batch: BatchToSend) -> bool:
    sizes = {page.sha256: page.size_bytes for form in batch.forms for page in form.pages}
    return all(
        sizes.get(need.sha256) == need.size >= need.offset and need.href == contract.blob_path(need.sha256)
        for need in missing
    )


def _manifest(batch: BatchToSend) -> Manifest:
    return Manifest(
        commune_code=batch.commune_code,
        created_at=batch.created_at,
        reviewed_by=batch.reviewed_by,
        chain_head=batch.chain_head,
        records=[_manifest_record(form) for form in batch.forms],
    )


def _manifest_record(form: FormToSend) -> ManifestRecord:
    return ManifestRecord(
        dossier_id=form.dossier_id,
        revision=form.revision,
        form_schema=contract.FORM_SCHEMA,
        form_sha256=form.digest,
        pages=[
            ManifestPage(sha256=page.sha256, size=page.size_bytes, type=page.media_type, role=page.role)
            for page in form.pages
        ],
    )
