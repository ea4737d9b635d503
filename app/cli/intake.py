"""`diaba import` and `diaba scan`: pages into the store."""

from __future__ import annotations

import argparse
from pathlib import Path

from app.cli.parser import Commands
from app.cli.session import opened
from app.cli.terminal import Terminal
from app.domain import codec
from app.errors import DeviceError, InputError
from app.ports import ScanRequest, ScanSource


def add_to(commands: Commands) -> None:
    """Hang in the commands of this station."""
    take = commands.add("import", _import)
    take.value("paths", "PATH", nargs="+", type=Path)
    take.flag("--no-read")
    scan = commands.add("scan", _scan)
    scan.flag("--list")
    scan.value("--device", "ID")
    scan.value("--source", choices=[source.value for source in ScanSource], default="flatbed")
    scan.value("--dpi", "COUNT", type=int, default=300)
    scan.value("--mode", choices=("color", "gray"), default="color")
    scan.value("--dossier", "ID")
    scan.value("--option", "NAME=VALUE", action="append", default=[], type=_name_and_value)


def _name_and_value(untrusted_text: str) -> tuple[str, str]:
    name, sign, value = untrusted_text.partition("=")
    if not name or not sign:
        raise ValueError(untrusted_text)  # argparse says which option it was, and shows what it looks like
    return name, value


def _import(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        summary = services.intake.import_paths(person, options.paths)
        for refused in summary.refused:
            terminal.error_code(refused.code, file=refused.file)
        if not options.no_read:
            for dossier_id in summary.dossiers:
                services.dossier_reading.read_dossier(person, dossier_id)
        plain = {
            "dossiers": list(summary.dossiers),
            "pages": summary.pages,
            "refused": [{"file": str(item.file), "code": item.code} for item in summary.refused],
        }
        terminal.result(
            plain, f"{len(summary.dossiers)} hồ sơ, {summary.pages} trang, {len(summary.refused)} tệp bị gác"
        )
        return InputError.exit_status if summary.refused else 0


def _scan(options: argparse.Namespace, terminal: Terminal) -> int:
    with opened(options, terminal) as (services, person):
        devices = services.intake.devices()
        if options.list or not options.device:
            for device in devices:
                terminal.result(codec.to_plain(device), f"{device.device_id}\t{device.name}")
            return 0
        chosen = next((device for device in devices if device.device_id == options.device), None)
        if chosen is None:
            raise DeviceError("scanner_offline", device=options.device)
        request = ScanRequest(
            device=chosen,
            source=ScanSource(options.source),
            dpi=options.dpi,
            mode=options.mode,
            options=dict(options.option),
        )
        dossier_id = options.dossier or services.intake.new_dossier(person)
        summary = services.intake.scan(person, dossier_id, request, lambda _event: None)
        terminal.result(
            {"dossier": dossier_id, "pages": summary.pages, "fault": summary.fault.code if summary.fault else None},
            f"{dossier_id}: {summary.pages} trang",
        )
        if summary.fault:
            raise DeviceError(summary.fault.code, pages=summary.pages, page=summary.pages + 1)
        return 0
