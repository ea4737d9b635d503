"""`diaba submit`, `diaba approve` and `diaba return`: batches before the supervisor."""

from __future__ import annotations

import argparse

from app.cli.parser import Commands
from app.cli.session import opened
from app.cli.terminal import Terminal
from app.domain.queue import ReturnReason


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    submit = commands.add("submit", _submit)
    submit.value("ids", "ID", nargs="+")
    approve = commands.add("approve", _approve)
    approve.value("batch", "BATCH")
    back = commands.add("return", _return)
    back.value("id", "ID")
    back.value("--path", "FIELD", required=True)
    back.value("--why", "REASON", required=True)


def _submit(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        batch_id = services.review.submit(person, options.ids)
        terminal.result({"batch": batch_id, "dossiers": len(options.ids)}, batch_id)
        return 0


def _approve(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        approved = services.review.approve_all(person, options.batch)
        sealed = services.review.seal(person, options.batch)
        terminal.result({"approved": approved, "queued": sealed}, f"{approved} hồ sơ đã duyệt, {sealed} vào hàng gửi")
        return 0


def _return(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        services.review.return_dossier(person, options.id, [ReturnReason(path=options.path, why=options.why)])
        terminal.result({"dossier": options.id, "state": "returned"}, f"{options.id}: đã trả lại")
        return 0
