"""`diaba queue`, `diaba show` and `diaba finish`: looking at dossiers, and the end of entry."""

from __future__ import annotations

import argparse

from app.bootstrap import Services
from app.cli.parser import Commands
from app.cli.session import opened
from app.cli.terminal import Terminal
from app.domain import codec
from app.domain.people import Person
from app.domain.states import DossierState
from app.errors import InputError
from app.ports import ListQuery


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    queue = commands.add("queue", _queue)
    queue.value("--state", action="append", default=[], choices=[state.value for state in DossierState])
    queue.value("--search", "WORD", default="")
    show = commands.add("show", _show)
    show.value("id", "ID")
    finish = commands.add("finish", _finish)
    finish.value("ids", "ID", nargs="+")
    finish.flag("--with-doubts")


def _queue(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal, writing=False) as (services, _person):
        states = tuple(DossierState(state) for state in options.state)
        after = None
        while True:
            heads = services.entry.heads(ListQuery(states=states, text=options.search, after=after))
            for head in heads:
                word = terminal.messages.word("states", head.state)
                terminal.result(
                    codec.to_plain(head),
                    f"{head.dossier_id}  {word:<18} {head.serial or '—':<12} {head.page_count:>2}  {head.holder_names}",
                )
            if not heads or options.search:
                return 0
            after = heads[-1].dossier_id


def _show(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal, writing=False) as (services, _person):
        dossier = services.entry.open(options.id)
        history = services.entry.history(options.id)
        plain = {**codec.to_plain(dossier), "history": codec.to_plain(history)}
        lines = [f"{dossier.head.dossier_id}  {terminal.messages.word('states', dossier.head.state)}"]
        lines += [
            f"  {terminal.named(value.path)} = {terminal.shown(value.path, value.value)}"
            f"  ({terminal.messages.word('sources', value.source)}, {value.set_by}, {value.set_at})"
            for value in history
        ]
        lines += [f"  · {terminal.messages.sentence(finding)}" for finding in dossier.findings]
        terminal.result(plain, "\n".join(lines))
        return 0


def _finish(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        finished = [_finish_one(options, terminal, services, person, dossier_id) for dossier_id in options.ids]
        return 0 if all(finished) else InputError.exit_status


def _finish_one(
    options: argparse.Namespace, terminal: Terminal, services: Services, person: Person, dossier_id: str
) -> bool:
    findings = services.entry.finish(person, dossier_id, with_doubts=options.with_doubts)
    for finding in findings:
        if finding.code == "doubts_left":
            fields = ", ".join(map(terminal.named, finding.paths))
            terminal.error_code(finding.code, dossier=dossier_id, count=len(finding.paths), fields=fields)
    lines = [dossier_id, *(f"  · {terminal.messages.sentence(finding)}" for finding in findings)]
    terminal.result({"dossier": dossier_id, "findings": codec.to_plain(findings)}, "\n".join(lines))
    return not findings
