"""A sealed batch put together for sending; the same every time, because the server knows it by its digest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.domain import codec
from app.domain.dossier import Dossier, DossierPage
from app.domain.queue import OutboxRow
from app.errors import StoreError
from app.ports import BatchToSend, FormToSend, PageFiles, PageToSend, StoreReader, StoreWriter

_CHAIN_HEAD = "chain_head_of:"


def remember_chain_head(writer: StoreWriter, batch_id: str) -> None:
    """Fix the head of the history chain a batch is sent with; later tries repeat it."""
    if writer.setting(_CHAIN_HEAD + batch_id) is None:
        writer.put_setting(_CHAIN_HEAD + batch_id, writer.chain_head())


def batch_to_send(
    reader: StoreReader, files: PageFiles | None, batch_id: str, rows: Sequence[OutboxRow]
) -> BatchToSend:
    """The whole batch as it was sealed; forms other than `rows` are only declared.

    Args:
        reader: A transaction.
        files: The pages of `rows` are looked up there; None when nothing will be read of them.
        batch_id: The batch.
        rows: What is to be sent or asked for.

    Raises:
        StoreError: `page_missing` when a page of a form to be sent is gone or has another size.
    """
    batch = reader.batch(batch_id)
    wanted = {row.seq for row in rows}
    return BatchToSend(
        batch_id=batch_id,
        commune_code=batch.commune_code,
        created_at=batch.created_at,
        reviewed_by=batch.reviewed_by or batch.made_by,
        chain_head=reader.setting(_CHAIN_HEAD + batch_id) or reader.chain_head(),
        forms=tuple(
            _form_to_send(reader, files, row, settled=row.seq not in wanted) for row in reader.outbox(batch_id=batch_id)
        ),
    )


def _form_to_send(reader: StoreReader, files: PageFiles | None, row: OutboxRow, *, settled: bool) -> FormToSend:
    pages = codec.from_json(Dossier, row.form).pages
    return FormToSend(
        dossier_id=row.dossier_id,
        revision=row.revision,
        digest=row.digest,
        form=row.form,
        pages=tuple(_page_to_send(reader, files, page) for page in pages),
        settled=settled,
    )


def _page_to_send(reader: StoreReader, files: PageFiles | None, page: DossierPage) -> PageToSend:
    stored = reader.stored_page(page.sha256)
    file = files.path(page.sha256) if files else Path()
    if files and file.stat().st_size != stored.size_bytes:
        raise StoreError("page_missing", sha256=page.sha256[:12])
    return PageToSend(
        sha256=page.sha256,
        size_bytes=stored.size_bytes,
        media_type=stored.media_type,
        role=page.kind,
        file=file,
    )
