"""Set this computer up for Địa Bạ, then run the demo, the checks or the tests.

`python3 run.py demo` and `python3 run.py test` work on a bare Debian 12 or Ubuntu 24.04 and on Windows: each
installs what is missing first, says what it installs, and says plainly what to do where it may not install. A second
run finds everything in place and needs no network. Standard library only, for nothing else is there at the start.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import io
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

if sys.version_info < (3, 11):  # noqa: UP036 - somebody starts this file with the Python of an older system
    sys.exit("Cần Python 3.11 trở lên. / Python 3.11 or newer is needed.")

ROOT = Path(__file__).resolve().parent

SYSTEM_PACKAGES: dict[str, tuple[str, ...]] = {
    "đọc chữ / OCR": ("tesseract-ocr", "tesseract-ocr-vie"),
    "đọc PDF / PDF": ("poppler-utils",),
    "máy quét / scanners": ("sane-utils", "libsane1", "sane-airscan"),
    "màn hình ảo và công cụ kiểm thử / virtual screen and test tools": ("xvfb", "xdotool", "strace", "procps"),
    "phông chữ của giấy mẫu / fonts of the samples": ("fonts-croscore", "fonts-freefont-ttf"),
    "cửa sổ Qt / the Qt window": (
        "libdbus-1-3",
        "libegl1",
        "libfontconfig1",
        "libgl1",
        "libglib2.0-0",
        "libxcb-cursor0",
        "libxcb-icccm4",
        "libxcb-keysyms1",
        "libxcb-shape0",
        "libxkbcommon-x11-0",
        "libxkbcommon0",
    ),
}
"""What Debian and Ubuntu must provide, by purpose. Ubuntu's `…t64` names count through what they provide."""

APT = ("env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300")
DPKG_QUERY = ("dpkg-query", "-W", "-f", "${db:Status-Status}\t${Package}\t${Provides}\n")
PROBE = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
PROGRAM = ("app", "ui", "run.py", "build_installer.py")
"""What must also hold on Windows; the tests drive Debian's own parts."""

UNFINISHED = "diaba-unfinished"
STAMP = "diaba-setup.json"
X_SOCKETS = "/tmp/.X11-unix/X"  # noqa: S108 - where X servers listen


class SetupError(Exception):
    """The computer cannot be set up; the text says what a person can do about it."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What this computer is.

    Attributes:
        windows: It runs Windows.
        root: We may install system packages without asking.
        terminal: A person sits at a terminal and can type the password of `sudo`.
        python: The interpreter that makes the virtual environment.
        python_version: Its version, such as "3.11".
        ensurepip: It can make a virtual environment with pip in it.
    """

    windows: bool
    root: bool
    terminal: bool
    python: str
    python_version: str
    ensurepip: bool


class Machine(Protocol):
    """The one port to the computer: everything that starts another program."""

    @property
    def facts(self) -> Facts:
        """What this computer is."""

    def has(self, program: str) -> bool:
        """Tell whether a program of this name can be started."""

    def run(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
        """Run a command in the project's folder, its output visible; return the exit status, 127 if not found."""

    def read(self, command: Sequence[str]) -> str | None:
        """Return what a command prints, None if it fails or cannot be started."""

    def virtual_screen(self) -> AbstractContextManager[str | None]:
        """Offer the name of a fresh virtual X display while the context lasts, None where there is none."""


def say(text: str) -> None:
    """Print one line for the person who waits, before any output of the programs started next."""
    print(f"» {text}", flush=True)


# System packages -----------------------------------------------------------------------------------------------------


def wanted_packages(facts: Facts) -> dict[str, tuple[str, ...]]:
    """Return the system packages this computer needs, by purpose."""
    if facts.ensurepip:
        return SYSTEM_PACKAGES
    return {"môi trường Python / Python environment": (f"python{facts.python_version}-venv",), **SYSTEM_PACKAGES}


def installed_packages(dpkg_answer: str) -> frozenset[str]:
    """Read the answer of `DPKG_QUERY`: names of installed packages and all that they provide."""
    names: set[str] = set()
    for line in dpkg_answer.splitlines():
        status, package, provides = line.split("\t")
        if status == "installed":
            names.add(package)
            names.update(entry.split(" (")[0].strip() for entry in provides.split(",") if entry.strip())
    return frozenset(names)


def missing_packages(wanted: Mapping[str, Sequence[str]], installed: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return what is wanted and not installed, by purpose; purposes that lack nothing are left out."""
    lacking = {purpose: tuple(n for n in names if n not in installed) for purpose, names in wanted.items()}
    return {purpose: names for purpose, names in lacking.items() if names}


def administrator(machine: Machine) -> tuple[str, ...] | None:
    """Return the words to put before a command that needs an administrator, None if we may not."""
    if machine.facts.root:
        return ()
    if not machine.has("sudo"):
        return None
    if machine.read(("sudo", "-n", "true")) is not None:
        return ("sudo", "-n")
    return ("sudo",) if machine.facts.terminal else None


def refusal(names: Sequence[str], *, sudo: bool) -> str:
    """Say which one command an administrator has to run."""
    command = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(names)}"
    whole = f"sudo sh -c '{command}'" if sudo else f"su -c '{command}'"
    return (
        "Thiếu gói hệ thống mà tài khoản này không được phép cài. Nhờ người quản trị chạy lệnh sau, rồi chạy lại:\n"
        "System packages are missing and this account may not install them. Have an administrator run:\n\n"
        f"    {whole}\n"
    )


def set_up_system(machine: Machine) -> None:
    """Install the system packages that are missing.

    Raises:
        SetupError: If we may not install, or the installation fails.
    """
    if machine.facts.windows or not machine.has("apt-get"):
        say(without_apt(machine))
        return
    answer = machine.read(DPKG_QUERY)
    if answer is None:
        raise SetupError("dpkg-query không chạy được. / dpkg-query does not run.")
    missing = missing_packages(wanted_packages(machine.facts), installed_packages(answer))
    if missing:
        install_packages(machine, missing)


def without_apt(machine: Machine) -> str:
    """Say what a computer without apt goes without."""
    if machine.facts.windows:
        return (
            "Windows: Tesseract và mẫu tiếng Việt đi kèm chương trình; máy quét đọc qua thư mục (không có SANE). / "
            "Windows: Tesseract and its Vietnamese model come with the program; scanners deliver to a folder (no SANE)."
        )
    return (
        "Không có apt: hãy tự cài những gói tương đương. / No apt here, install the likes of these yourself: "
        + ", ".join(name for names in SYSTEM_PACKAGES.values() for name in names)
    )


def install_packages(machine: Machine, missing: Mapping[str, Sequence[str]]) -> None:
    """Install system packages, saying which and what for.

    Raises:
        SetupError: If we may not, or apt fails.
    """
    names = [name for names in missing.values() for name in names]
    prefix = administrator(machine)
    if prefix is None:
        raise SetupError(refusal(names, sudo=machine.has("sudo")))
    say("Cài gói hệ thống / installing system packages:")
    for purpose, wanted in missing.items():
        say(f"    {purpose}: {' '.join(wanted)}")
    if machine.run((*prefix, *APT, "update")):
        say("apt-get update không xong, thử cài tiếp. / apt-get update failed, trying to install all the same.")
    if machine.run((*prefix, *APT, "install", "-y", "--no-install-recommends", *names)):
        raise SetupError(
            "apt-get không cài được các gói trên (xem lỗi phía trên; kiểm tra mạng). / "
            "apt-get could not install these packages (its error is above; is there a network?)."
        )


# The virtual environment ---------------------------------------------------------------------------------------------


class Environment(Enum):
    """In which state `.venv` is."""

    MISSING = "missing"
    BROKEN = "broken"
    OUTDATED = "outdated"
    READY = "ready"


def environment_folder(root: Path) -> Path:
    """Return the folder of the virtual environment."""
    return root / ".venv"


def programs_folder(root: Path, facts: Facts) -> Path:
    """Return the folder where the virtual environment keeps its programs."""
    return environment_folder(root) / ("Scripts" if facts.windows else "bin")


def environment_python(root: Path, facts: Facts) -> str:
    """Return the Python of the virtual environment."""
    return str(programs_folder(root, facts) / ("python.exe" if facts.windows else "python"))


def fingerprint(root: Path, facts: Facts) -> dict[str, str]:
    """Return what a finished environment was made from: another value asks for the work to be done again."""
    return {
        "folder": str(root),
        "python": facts.python_version,
        **{name: digest(root / name) for name in ("pyproject.toml", "requirements.lock")},
    }


def digest(path: Path) -> str:
    """Return the SHA-256 of a text file, the same for both kinds of line ends."""
    return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def read_stamp(root: Path) -> dict[str, str]:
    """Return what the environment was made from, {} if nobody wrote it down."""
    try:
        stamp = json.loads((environment_folder(root) / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def environment_state(machine: Machine, root: Path) -> Environment:
    """Find out whether the environment is there, whole, and made from today's lock file."""
    folder = environment_folder(root)
    if not folder.exists():
        return Environment.MISSING
    version = (machine.read((environment_python(root, machine.facts), "-c", PROBE)) or "").strip()
    stamp = read_stamp(root)
    moved_or_renewed = stamp and (stamp.get("folder"), stamp.get("python")) != (str(root), version)
    if (folder / UNFINISHED).exists() or not version or moved_or_renewed:
        return Environment.BROKEN
    made_from = {**fingerprint(root, machine.facts), "python": version}
    return Environment.READY if stamp == made_from else Environment.OUTDATED


def set_up_environment(machine: Machine, root: Path) -> None:
    """Make or renew `.venv` with the locked Python packages and the project itself.

    A marker lies in the folder while the work goes on, so that an environment cut off half-way is made anew.

    Raises:
        SetupError: If Python cannot make the environment, or pip fails.
    """
    state = environment_state(machine, root)
    if state is Environment.READY:
        return
    folder = environment_folder(root)
    prepare_folder(folder, state)
    if state is not Environment.OUTDATED:
        make_environment(machine, folder)
    install_python_packages(machine, root)
    version = (machine.read((environment_python(root, machine.facts), "-c", PROBE)) or "").strip()
    stamp = {**fingerprint(root, machine.facts), "python": version}
    (folder / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")
    (folder / UNFINISHED).unlink()


def prepare_folder(folder: Path, state: Environment) -> None:
    """Clear away a broken environment and mark the folder as unfinished.

    Raises:
        SetupError: If files cannot be removed or written.
    """
    try:
        if state is Environment.BROKEN:
            say(".venv dở dang hoặc hỏng, làm lại. / .venv is unfinished or broken, making it anew.")
            shutil.rmtree(folder)
        folder.mkdir(exist_ok=True)
        (folder / UNFINISHED).touch()
    except OSError as problem:
        raise SetupError(
            f"Không xóa hoặc ghi được .venv (của tài khoản khác, hay đang mở?): {problem} / "
            ".venv cannot be removed or written (somebody else's, or in use?)."
        ) from problem


def make_environment(machine: Machine, folder: Path) -> None:
    """Make an empty virtual environment with pip in it."""
    say(f"Tạo môi trường Python / making the Python environment: {folder.name}")
    if machine.run((machine.facts.python, "-m", "venv", str(folder))):
        raise SetupError(
            "Không tạo được .venv: Python này thiếu venv hoặc pip. / "
            ".venv could not be made: this Python lacks venv or pip."
        )


def install_python_packages(machine: Machine, root: Path) -> None:
    """Install the locked packages, each checked by its hash, and the project itself."""
    count = sum("==" in line for line in (root / "requirements.lock").read_text(encoding="utf-8").splitlines())
    say(f"Cài {count} gói Python theo requirements.lock / installing {count} Python packages by requirements.lock")
    pip = (environment_python(root, machine.facts), "-m", "pip", "--disable-pip-version-check", "--no-input", "install")
    locked = ("--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", "requirements.lock")
    project = ("--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
    for options in (locked, project):
        if machine.run((*pip, *options)):
            raise SetupError(
                "pip không cài được (xem lỗi phía trên; kiểm tra mạng). / "
                "pip failed (its error is above; is there a network?)."
            )


def set_up(machine: Machine, root: Path) -> None:
    """Install everything that is missing.

    Raises:
        SetupError: If something cannot be installed.
    """
    set_up_system(machine)
    set_up_environment(machine, root)


# What is run in the environment --------------------------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Step:
    """One check: a name to show and the command that does it."""

    name: str
    command: tuple[str, ...]


def check_steps(root: Path, facts: Facts) -> list[Step]:
    """Return all checks but the tests, the quickest first."""
    python = environment_python(root, facts)
    lint_imports = str(programs_folder(root, facts) / ("lint-imports.exe" if facts.windows else "lint-imports"))
    return [
        Step(name="ruff format", command=(python, "-m", "ruff", "format", "--check", ".")),
        Step(name="ruff check", command=(python, "-m", "ruff", "check", ".")),
        Step(name="mypy", command=(python, "-m", "mypy")),
        Step(name="mypy (Windows)", command=(python, "-m", "mypy", "--platform", "win32", *PROGRAM)),
        Step(name="lint-imports", command=(lint_imports,)),
    ]


def program_environment(base: Mapping[str, str], root: Path, facts: Facts) -> dict[str, str]:
    """Return the environment variables for programs of `.venv`."""
    env = {name: value for name, value in base.items() if name not in {"PYTHONHOME", "PYTHONPATH"}}
    env["VIRTUAL_ENV"] = str(environment_folder(root))
    env["PATH"] = os.pathsep.join([str(programs_folder(root, facts)), base.get("PATH", os.defpath)])
    env["PYTHONUTF8"] = "1"
    if not facts.windows:
        env["LC_ALL"] = "C.UTF-8"
    return env


def check_environment(base: Mapping[str, str], root: Path, facts: Facts, *, rigs: bool) -> dict[str, str]:
    """Return the environment variables for checks and tests: no screen, one thread for each Tesseract."""
    env = program_environment(base, root, facts)
    env.setdefault("QT_QPA_PLATFORM", "offscreen")
    env["OMP_THREAD_LIMIT"] = "1"
    env["DIABA_RIGS"] = "full" if rigs else "short"
    return env


def run_checks(machine: Machine, steps: Sequence[Step], env: Mapping[str, str]) -> int:
    """Run the checks in order; stop at the first that fails and return its status."""
    for step in steps:
        say(step.name)
        status = machine.run(step.command, env)
        if status:
            say(f"KHÔNG ĐẠT / FAILED: {step.name} (exit {status})")
            return status
    return 0


def run_tests(machine: Machine, root: Path, env: Mapping[str, str], more: Sequence[str]) -> int:
    """Run pytest and return its status; its own closing line stays the last, no tests at all is a failure."""
    say("pytest")
    status = machine.run((environment_python(root, machine.facts), "-m", "pytest", *more), env)
    if status not in {0, 1, 5}:
        say(f"KHÔNG ĐẠT / FAILED: pytest (exit {status})")
    return status


def run_demo(machine: Machine, root: Path, base: Mapping[str, str], more: Sequence[str]) -> int:
    """Run `diaba demo` on the screen there is, else on a virtual one, else without; return its status."""
    command = (environment_python(root, machine.facts), "-m", "ui.start", "demo", *more)
    env = program_environment(base, root, machine.facts)
    if machine.facts.windows or "QT_QPA_PLATFORM" in env or screen_answers(env):
        return machine.run(command, env)
    env.pop("WAYLAND_DISPLAY", None)
    with machine.virtual_screen() as display:
        if display is None:
            say("Không có màn hình: chạy ẩn (offscreen). / No screen: running offscreen.")
            return machine.run(command, {**env, "QT_QPA_PLATFORM": "offscreen"})
        say(f"Không có màn hình: dùng màn hình ảo {display}. / No screen: running on the virtual screen {display}.")
        return machine.run(command, {**env, "DISPLAY": display, "QT_QPA_PLATFORM": "xcb"})


def screen_answers(env: Mapping[str, str]) -> bool:
    """Tell whether the X or Wayland screen named in the environment is alive; a remote X screen is taken on trust."""
    if wayland := env.get("WAYLAND_DISPLAY"):
        return Path(env.get("XDG_RUNTIME_DIR", "/"), wayland).exists()
    display = env.get("DISPLAY", "")
    if not display.startswith(":"):
        return bool(display)
    number = display[1:].split(".")[0]
    return any(socket_answers(f"{abstract}{X_SOCKETS}{number}") for abstract in ("\0", ""))


def socket_answers(address: str) -> bool:
    """Tell whether a program listens at a local socket."""
    answers = False
    if sys.platform != "win32":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
            answers = probe.connect_ex(address) == 0
    return answers


# This computer -------------------------------------------------------------------------------------------------------


class Computer:
    """The computer we run on."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def facts(self) -> Facts:
        """What this computer is."""
        return Facts(
            windows=sys.platform == "win32",
            root=sys.platform != "win32" and os.geteuid() == 0,
            terminal=sys.stdin is not None and sys.stdin.isatty(),
            python=base_python(),
            python_version=f"{sys.version_info.major}.{sys.version_info.minor}",
            ensurepip=importlib.util.find_spec("ensurepip") is not None,
        )

    def has(self, program: str) -> bool:
        """Tell whether a program of this name can be started."""
        return shutil.which(program) is not None

    def run(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
        """Run a command in the project's folder, its output visible; return the exit status, 127 if not found."""
        try:
            return subprocess.run(command, cwd=self._root, env=env, check=False).returncode
        except FileNotFoundError:
            return 127

    def read(self, command: Sequence[str]) -> str | None:
        """Return what a command prints, None if it fails or cannot be started."""
        try:
            answer = subprocess.run(command, cwd=self._root, capture_output=True, text=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
        return answer.stdout

    @contextmanager
    def virtual_screen(self) -> Iterator[str | None]:
        """Offer the name of a fresh Xvfb display while the context lasts, None where Xvfb does not start."""
        if not self.has("Xvfb"):
            yield None
            return
        ours, theirs = os.pipe()
        options = ("-displayfd", str(theirs), "-screen", "0", "1366x768x24", "-nolisten", "tcp")
        server = subprocess.Popen(("Xvfb", *options), pass_fds=(theirs,), stderr=subprocess.DEVNULL)
        os.close(theirs)
        try:
            yield display_name(ours)
        finally:
            os.close(ours)
            server.terminate()
            server.wait()


def display_name(pipe: int) -> str | None:
    """Wait for the number that Xvfb writes when it is ready; None if it dies or takes more than 20 s."""
    ready, _, _ = select.select([pipe], [], [], 20)
    number = os.read(pipe, 16).decode().strip() if ready else ""
    return f":{number}" if number else None


def base_python() -> str:
    """Return the interpreter outside any virtual environment, for `.venv` may have to be made anew."""
    if sys.prefix == sys.base_prefix:
        return sys.executable
    name = "python.exe" if sys.platform == "win32" else f"bin/python{sys.version_info.major}.{sys.version_info.minor}"
    return str(Path(sys.base_prefix, name))


# The command line ----------------------------------------------------------------------------------------------------


def parse(words: Sequence[str]) -> argparse.Namespace:
    """Read the command line; what follows `--` is handed on to pytest or to the demo."""
    ours, more = list(words), []
    if "--" in ours:
        more = ours[ours.index("--") + 1 :]
        ours = ours[: ours.index("--")]
    parser = argparse.ArgumentParser(
        prog="run.py", description="Địa Bạ: cài đặt, chạy thử, kiểm tra. / Set up, try out, test."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="setup | demo | check | test")
    commands.add_parser("setup", help="cài những gì còn thiếu / install what is missing")
    commands.add_parser("demo", help="chạy trọn công việc trên giấy mẫu / the whole job on samples (-- options)")
    commands.add_parser("check", help="kiểm tra mã nguồn / all checks but the tests")
    test = commands.add_parser("test", help="mọi kiểm tra và kiểm thử / every check and test (-- pytest options)")
    test.add_argument("--rigs", action="store_true", help="chạy đủ các giàn thử dài / the slow rigs in full length")
    options = parser.parse_args(ours)
    if more and options.command not in {"demo", "test"}:
        parser.error(f"{options.command} không nhận tùy chọn sau -- / takes no options after --")
    options.more = more
    return options


def obey(options: argparse.Namespace, machine: Machine, root: Path, base: Mapping[str, str]) -> int:
    """Do what the command line asks for and return the exit status."""
    set_up(machine, root)
    if options.command == "setup":
        say("Đã sẵn sàng. / Ready.")
        return 0
    if options.command == "demo":
        return run_demo(machine, root, base, options.more)
    env = check_environment(base, root, machine.facts, rigs=options.command == "test" and options.rigs)
    status = run_checks(machine, check_steps(root, machine.facts), env)
    if status or options.command == "check":
        return status
    return run_tests(machine, root, env, options.more)


def main() -> int:
    """Run the command line on this computer and return the exit status."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = parse(sys.argv[1:])
    try:
        return obey(options, Computer(ROOT), ROOT, os.environ)
    except SetupError as problem:
        say(str(problem))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
