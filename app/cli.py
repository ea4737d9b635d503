"""The command line: the same services as the window (DESIGN 4.2). Prints words for people, or JSON with `--json`."""

from __future__ import annotations

import argparse
import getpass
import io
import json
import logging
import os
import signal
import sys
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import app
from app import bootstrap
from app.domain import codec
from app.domain.fields import spec_of
from app.domain.people import Person, Role
from app.domain.queue import ReturnReason
from app.domain.scoring import score, tally
from app.domain.states import DossierState
from app.domain.typed import show
from app.errors import AuthError, DeviceError, DiabaError, InputError, RejectedError, StoreError
from app.messages import Messages
from app.ports import ListQuery, ScanRequest, ScanSource

if TYPE_CHECKING:
    from app.bootstrap import Services
    from app.domain.reading import Reading

    Commands = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names no public type)

BAD_INPUT_STATUS = InputError.exit_status
REFUSED_STATUS = RejectedError.exit_status
MOST_JOBS = 64
Command = Callable[[argparse.Namespace, "Terminal"], int]


class Terminal:
    """Where the command line prints: JSON only on stdout with `--json`, sentences otherwise; errors on stderr."""

    def __init__(self, *, as_json: bool, messages: Messages) -> None:
        self.as_json = as_json
        self.messages = messages

    def result(self, plain: object, sentence: str) -> None:
        """Print one result, in the form that was asked for."""
        print(json.dumps(plain, ensure_ascii=False) if self.as_json else _harmless(sentence), flush=True)

    def error(self, error: DiabaError) -> None:
        """Print a failure with the way out."""
        print(f"diaba: {_harmless(self.messages.error(error).line)}", file=sys.stderr, flush=True)

    def error_code(self, code: str, **params: object) -> None:
        """Print a failure known by its code."""
        print(f"diaba: {_harmless(self.messages.error_code(code, **params).line)}", file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        """Print a remark on stderr."""
        print(f"diaba: {text}", file=sys.stderr, flush=True)


def main(argv: Sequence[str]) -> int:
    """Run one command.

    Returns:
        Exit status: 0 done, 2 usage, 3 bad input, 4 device or OCR, 5 store, 6 network, 7 sign-in or rights, 8 refused
        by the server.
    """
    _quiet_pipes()
    _speak_utf8()
    options = _with_whole_texts(_parser().parse_args(list(argv)))
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s", stream=sys.stderr)
    terminal = Terminal(as_json=options.json, messages=Messages(options.language))
    command: Command = options.command
    try:
        return command(options, terminal)
    except DiabaError as error:
        terminal.error(error)
        return error.exit_status
    except KeyboardInterrupt:
        return 130


def _quiet_pipes() -> None:
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def _speak_utf8() -> None:
    r"""Print UTF-8 whatever the system's code page says, and names of files that are no text with escapes.

    An escape such as `\udcff` in JSON reads back as the very name. A terminal keeps the encoding it understands.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _with_whole_texts(options: argparse.Namespace) -> argparse.Namespace:
    """Bytes that are no text become question marks; paths keep them, for a file may be called so."""
    for name, value in vars(options).items():
        if isinstance(value, str):
            setattr(options, name, value.encode("utf-8", "replace").decode())
        elif isinstance(value, list):
            whole = [item.encode("utf-8", "replace").decode() if isinstance(item, str) else item for item in value]
            setattr(options, name, whole)
    return options


def _harmless(sentence: str) -> str:
    """What papers and file names hold must not steer the terminal."""
    return "".join("\ufffd" if sign != "\n" and unicodedata.category(sign) == "Cc" else sign for sign in sentence)


# ---------------------------------------------------------------- reading files


def _read(options: argparse.Namespace, terminal: Terminal) -> int:
    with bootstrap.open_reading(jobs=options.jobs) as service:
        readings = service.read_each(options.files) if options.each else [service.read(options.files)]
        found: set[str] = set()
        for reading in readings:
            terminal.result(codec.to_plain(reading), _describe(reading, terminal.messages))
            found.update(finding.code for finding in reading.findings)
    if "ocr_failed" in found:
        return DeviceError.exit_status
    return BAD_INPUT_STATUS if "unreadable_file" in found else 0


def _describe(reading: Reading, messages: Messages) -> str:
    lines = [f"{page.file}: {messages.word('page_kinds', page.kind)}" for page in reading.pages]
    for field in reading.fields:
        sign = {"ok": " ", "look": "?", "conflict": "!"}[field.check]
        lines.append(f" {sign} {messages.field(field.path)} [{field.path}]: {_shown(field.path, field.value)}")
    lines += [f" · {finding.message}" for finding in reading.findings]
    return "\n".join(lines)


def _shown(path: str, text: str | None) -> str:
    """A value as a person reads it: decimal comma, dd/MM/yyyy, words for choices."""
    spec = spec_of(path)
    return show(spec, text) if spec is not None and text is not None else text or "—"


def _bench_read(options: argparse.Namespace, terminal: Terminal) -> int:
    """Score folders that hold pages and their `truth.json`."""
    scores = []
    with bootstrap.open_reading(jobs=options.jobs) as service:
        for folder in options.folders:
            truth = _truth_of(folder)
            reading = service.read([folder / name for name in truth["files"]])
            scored = score(codec.to_plain(reading), truth)
            scores += scored
            found = tally(scored)
            terminal.result(
                {"folder": str(folder), **codec.to_plain(found), "seconds": reading.seconds},
                f"{folder}: {found.right}/{found.fields} trường đúng, {reading.seconds:.1f} s",
            )
    total = tally(scores)
    terminal.result(
        {"folder": None, **codec.to_plain(total), "exact_pct": round(total.exact_pct, 2)},
        f"tổng: {total.right}/{total.fields} trường đúng ({total.exact_pct:.2f} %), sê-ri {total.serials_right}/"
        f"{total.serials}, tin cậy mà sai {total.sure_wrong}/{total.sure}",
    )
    return 0


def _truth_of(folder: Path) -> dict[str, Any]:
    try:
        truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
        return {**truth, "files": list(truth["files"]), "fields": dict(truth["fields"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError("truth_unreadable", file=folder / "truth.json") from error


# ---------------------------------------------------------------- capture


def _import(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
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
        return BAD_INPUT_STATUS if summary.refused else 0


def _scan(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
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


# ---------------------------------------------------------------- the queue


def _queue(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal, writing=False) as (services, _person):
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
    with _open(options, terminal, writing=False) as (services, _person):
        opened = services.entry.open(options.id)
        history = services.entry.history(options.id)
        plain = {**codec.to_plain(opened), "history": codec.to_plain(history)}
        lines = [f"{opened.head.dossier_id}  {terminal.messages.word('states', opened.head.state)}"]
        lines += [
            f"  {terminal.messages.field(value.path)} [{value.path}] = {_shown(value.path, value.value)}"
            f"  ({terminal.messages.word('sources', value.source)}, {value.set_by}, {value.set_at})"
            for value in history
        ]
        lines += [f"  · {finding.message}" for finding in opened.findings]
        terminal.result(plain, "\n".join(lines))
        return 0


def _submit(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        batch_id = services.review.submit(person, options.ids)
        terminal.result({"batch": batch_id, "dossiers": len(options.ids)}, batch_id)
        return 0


def _finish(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        blocked = 0
        for dossier_id in options.ids:
            findings = services.entry.finish(person, dossier_id)
            blocked += bool(findings)
            lines = [dossier_id, *(f"  · {finding.message}" for finding in findings)]
            terminal.result({"dossier": dossier_id, "findings": codec.to_plain(findings)}, "\n".join(lines))
        return BAD_INPUT_STATUS if blocked else 0


def _approve(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        approved = services.review.approve_all(person, options.batch)
        sealed = services.review.seal(person, options.batch)
        terminal.result({"approved": approved, "queued": sealed}, f"{approved} hồ sơ đã duyệt, {sealed} vào hàng gửi")
        return 0


def _return(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        services.review.return_dossier(person, options.id, [ReturnReason(path=options.path, why=options.why)])
        terminal.result({"dossier": options.id, "state": "returned"}, f"{options.id}: đã trả lại")
        return 0


def _upload(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        summary = services.upload.upload(person, lambda _progress: None)
        results = services.upload.fetch_results() if summary.failure is None else None
        plain = {
            "stored": summary.stored,
            "refused": summary.refused,
            "conflict": summary.conflict,
            "waiting": summary.waiting,
            "stopped_by": summary.stopped_by,
            "results": codec.to_plain(results),
        }
        terminal.result(
            plain,
            f"{summary.stored} đã nhận, {summary.refused} bị từ chối,"
            f" {summary.conflict} trùng, {summary.waiting} còn chờ",
        )
        if summary.failure is not None:
            raise summary.failure
        return REFUSED_STATUS if summary.refused + summary.conflict else 0


# ---------------------------------------------------------------- out of the house


def _export_form01(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal, writing=False) as (services, person):
        rows = services.export.form01(person, options.out)
        terminal.result({"file": str(options.out), "rows": rows}, f"{options.out}: {rows} dòng")
        return 0


def _export_handover(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal, writing=False) as (services, person):
        folders = services.export.handover(person, options.dir)
        words = "\n".join(map(str, folders)) or "Chưa có đợt nào đã duyệt để bàn giao."
        terminal.result({"folders": [str(folder) for folder in folders]}, words)
        return 0


def _verify(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal, writing=False) as (services, _person):
        report = services.upkeep.verify()
        plain = codec.to_plain(report)
        terminal.result(plain, json.dumps(plain, ensure_ascii=False, indent=1))
        return 0 if report.is_sound else StoreError.exit_status


def _enrol(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        url = options.server or services.upkeep.get("server_url")
        if not url:
            raise InputError("server_unknown")
        services.upload.enrol(person, url, options.code)
        terminal.result({"server": url, "enrolled": True}, f"Đã ghi danh với {url}")
        return 0


# ---------------------------------------------------------------- people and settings


def _user_list(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal, writing=False) as (services, _person):
        for person in services.people.people():
            role = terminal.messages.word("roles", person.role)
            terminal.result(codec.to_plain(person), f"{person.login}\t{person.full_name}\t{role}")
        return 0


def _user_add(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, by):
        password = _password("DIABA_NEW_PASSWORD_FILE", f"Mật khẩu mới cho {options.login}: ")
        person = services.people.add(by, options.login, options.name, Role(options.role), password)
        terminal.result(codec.to_plain(person), f"{person.login}: {terminal.messages.word('roles', person.role)}")
        return 0


def _user_password(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, by):
        password = _password("DIABA_NEW_PASSWORD_FILE", f"Mật khẩu mới cho {options.login}: ")
        services.people.change_password(by, options.login, password)
        terminal.result({"login": options.login}, f"{options.login}: đã đổi mật khẩu")
        return 0


def _set(options: argparse.Namespace, terminal: Terminal) -> int:
    with _open(options, terminal) as (services, person):
        services.upkeep.put(person, options.key, options.value)
        terminal.result({options.key: options.value}, f"{options.key} = {options.value}")
        return 0


# ---------------------------------------------------------------- the receiving side


def _receiver(options: argparse.Namespace, _terminal: Terminal) -> int:
    from app import receiver

    receiver.serve(options.data, options.port)
    return 0


def _receiver_code(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.receiver import operator

    code = operator.new_enrolment_code(options.data)
    terminal.result({"code": code}, code)
    return 0


def _receiver_result(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.receiver import operator

    operator.post_result(options.data, options.dossier, options.result, path=options.path, message=options.message)
    terminal.result({"dossier": options.dossier, "result": options.result}, f"{options.dossier}: {options.result}")
    return 0


def _receiver_counts(options: argparse.Namespace, terminal: Terminal) -> int:
    from app.receiver import operator

    counts = operator.counts(options.data)
    terminal.result(counts, "\n".join(f"{key}: {value}" for key, value in counts.items()))
    return 0


# ---------------------------------------------------------------- opening the store


class _open:  # noqa: N801  (used as a function: `with _open(...) as (services, person)`)
    """Opens the store and signs the person in; closes it whatever happens."""

    def __init__(self, options: argparse.Namespace, terminal: Terminal, *, writing: bool = True) -> None:
        self._options = options
        self._terminal = terminal
        self._writing = writing
        self._services: Services | None = None

    def __enter__(self) -> tuple[Services, Person]:
        self._services = bootstrap.open_services(
            self._options.store,
            writing=self._writing,
            sane_config=self._options.sane_config,
            simulated_scanner=self._options.simulated_scanner,
            language=self._options.language,
        )
        try:
            return self._services, self._sign_in(self._services)
        except BaseException:
            self._services.close()
            raise

    def __exit__(self, *_exception: object) -> None:
        if self._services is not None:
            self._services.close()

    def _sign_in(self, services: Services) -> Person:
        if self._options.user:
            return services.people.sign_in(self._options.user, _password("DIABA_PASSWORD_FILE", "Mật khẩu: "))
        person = services.people.setup_person()
        self._terminal.note("kho chưa có người dùng, đang làm việc với tên setup (diaba user add ... để tạo)")
        return person


def _password(variable: str, prompt: str) -> str:
    file = os.environ.get(variable)
    if file:
        try:
            return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as error:
            raise AuthError("password_file_unreadable", file=file) from error
    if not sys.stdin.isatty():
        raise AuthError("password_missing", variable=variable)
    return getpass.getpass(prompt)


# ---------------------------------------------------------------- the words of the command line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="diaba", description="Địa Bạ: số hóa giấy chứng nhận quyền sử dụng đất.")
    parser.add_argument("--version", action="version", version=f"diaba {app.__version__}")
    parser.add_argument("--store", type=Path, default=bootstrap.default_store_dir(), help="thư mục kho dữ liệu")
    parser.add_argument("--user", help="tên đăng nhập")
    parser.add_argument("--language", choices=("vi", "en"), default="vi", help="ngôn ngữ")
    parser.add_argument("--sane-config", type=Path, help="thư mục cấu hình SANE riêng")
    parser.add_argument("--simulated-scanner", type=Path, help="thư mục các xấp giấy cho máy quét mô phỏng")
    parser.set_defaults(json=False)
    commands = parser.add_subparsers(required=True, metavar="LỆNH")
    _add_reading(commands)
    _add_stations(commands)
    _add_office(commands)
    _add_receiver(commands)
    return parser


def _command(commands: Commands, name: str, run: Command, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="in JSON")
    parser.set_defaults(command=run)
    return parser


def _group(commands: Commands, name: str, text: str) -> Commands:
    parser = commands.add_parser(name, help=text, description=text)
    return parser.add_subparsers(required=True, metavar="VIỆC")


def _jobs(text: str) -> int:
    jobs = int(text)
    if not 1 <= jobs <= MOST_JOBS:
        raise ValueError(text)  # argparse says which option it was
    return jobs


def _add_reading(commands: Commands) -> None:
    read = _command(commands, "read", _read, "đọc các trang của một hồ sơ và in ra bản ghi; không cần kho")
    read.add_argument("files", nargs="+", type=Path, metavar="TỆP")
    read.add_argument("--each", action="store_true", help="mỗi tệp là một hồ sơ")
    read.add_argument("--jobs", type=_jobs, default=None, help="số tiến trình đọc")
    bench = _group(commands, "bench", "chấm điểm")
    scored = _command(bench, "read", _bench_read, "đọc các thư mục có truth.json và so với sự thật")
    scored.add_argument("folders", nargs="+", type=Path, metavar="THƯ_MỤC")
    scored.add_argument("--jobs", type=_jobs, default=None, help="số tiến trình đọc")


def _name_and_value(untrusted_text: str) -> tuple[str, str]:
    name, sign, value = untrusted_text.partition("=")
    if not name or not sign:
        raise argparse.ArgumentTypeError("cần TÊN=GIÁ_TRỊ")
    return name, value


def _add_stations(commands: Commands) -> None:
    take = _command(commands, "import", _import, "nhập tệp hoặc thư mục vào kho (một thư mục là một hồ sơ)")
    take.add_argument("paths", nargs="+", type=Path, metavar="ĐƯỜNG_DẪN")
    take.add_argument("--no-read", action="store_true", help="chỉ lưu, chưa đọc")
    scan = _command(commands, "scan", _scan, "quét vào kho")
    scan.add_argument("--list", action="store_true", help="liệt kê máy quét")
    scan.add_argument("--device", metavar="ID")
    scan.add_argument("--source", choices=[source.value for source in ScanSource], default="flatbed")
    scan.add_argument("--dpi", type=int, default=300)
    scan.add_argument("--mode", choices=("color", "gray"), default="color")
    scan.add_argument("--dossier", metavar="ID", help="quét tiếp vào hồ sơ đang nhập")
    scan.add_argument(
        "--option",
        action="append",
        default=[],
        type=_name_and_value,
        metavar="TÊN=GIÁ_TRỊ",
        help="tùy chọn riêng của máy quét",
    )
    queue = _command(commands, "queue", _queue, "danh sách hồ sơ và trạng thái")
    queue.add_argument("--state", action="append", default=[], choices=[state.value for state in DossierState])
    queue.add_argument("--search", default="", metavar="TỪ")
    show = _command(commands, "show", _show, "một hồ sơ và lịch sử các giá trị")
    show.add_argument("id", metavar="ID")
    finish = _command(commands, "finish", _finish, "kết thúc nhập: hồ sơ đủ điều kiện thành 'đã nhập xong'")
    finish.add_argument("ids", nargs="+", metavar="ID")
    submit = _command(commands, "submit", _submit, "trình duyệt các hồ sơ đã nhập xong thành một đợt")
    submit.add_argument("ids", nargs="+", metavar="ID")
    approve = _command(commands, "approve", _approve, "duyệt một đợt và đưa vào hàng gửi")
    approve.add_argument("batch", metavar="ĐỢT")
    back = _command(commands, "return", _return, "trả hồ sơ lại với lý do")
    back.add_argument("id", metavar="ID")
    back.add_argument("--path", required=True, metavar="TRƯỜNG")
    back.add_argument("--why", required=True, metavar="LÝ_DO")
    _command(commands, "upload", _upload, "gửi các đợt đã duyệt và nhận kết quả")


def _add_office(commands: Commands) -> None:
    export = _group(commands, "export", "xuất dữ liệu")
    form01 = _command(export, "form01", _export_form01, "bảng mẫu 01")
    form01.add_argument("out", type=Path, metavar="TỆP.xlsx")
    handover = _command(export, "handover", _export_handover, "thư mục bàn giao theo đợt")
    handover.add_argument("dir", type=Path, metavar="THƯ_MỤC")
    _command(commands, "verify", _verify, "kiểm tra kho: dòng, tệp, mã băm, chuỗi lịch sử")
    enrol = _command(commands, "enrol", _enrol, "ghi danh máy này với máy chủ")
    enrol.add_argument("code", metavar="MÃ")
    enrol.add_argument("--server", metavar="ĐỊA_CHỈ")
    user = _group(commands, "user", "người dùng và vai trò")
    _command(user, "list", _user_list, "danh sách người dùng")
    add = _command(user, "add", _user_add, "thêm người dùng")
    add.add_argument("login")
    add.add_argument("--name", required=True, help="họ tên")
    add.add_argument("--role", required=True, choices=[role.value for role in Role])
    password = _command(user, "password", _user_password, "đổi mật khẩu")
    password.add_argument("login")
    setting = _command(commands, "set", _set, "cài đặt của cơ quan, ví dụ commune_code")
    setting.add_argument("key")
    setting.add_argument("value")


def _add_receiver(commands: Commands) -> None:
    parser = _command(commands, "receiver", _receiver, "máy chủ nhận mẫu (thử nghiệm, máy huyện/tỉnh)")
    parser.add_argument("--data", type=Path, default=Path("diaba-receiver"), metavar="THƯ_MỤC")
    parser.add_argument("--port", type=int, default=8640)
    acts = parser.add_subparsers(metavar="VIỆC")
    code = _command(acts, "code", _receiver_code, "cấp mã ghi danh dùng một lần")
    counts = _command(acts, "counts", _receiver_counts, "đếm những gì đã nhận")
    result = _command(acts, "result", _receiver_result, "ghi kết quả kiểm tra cho một hồ sơ")
    for act in (code, counts, result):
        act.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="THƯ_MỤC")
    result.add_argument("dossier", metavar="ID")
    result.add_argument(
        "result", choices=("verified", "wrong_info", "police", "duplicate_certificate", "returned"), metavar="KẾT_QUẢ"
    )
    result.add_argument("--path", metavar="TRƯỜNG")
    result.add_argument("--message", metavar="LỜI_NHẮN")
