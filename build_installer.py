"""Build what a user installs: `python3 build_installer.py freeze | package | verify`, in this order.

`freeze` makes dist/diaba, a folder with the program, its Python and its libraries (PyInstaller; a folder and not one
file, so that the LGPL libraries can be replaced and the program starts quickly). `package` makes the archive, on Debian
also the .deb, and SHA256SUMS. `verify` unpacks the archive somewhere else and has the frozen program read a page.
A build runs on the system it is for. Standard library only.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path

import run

EXCLUDED = ("tests", "pip", "setuptools", "pytest", "_pytest", "hypothesis", "mypy", "tkinter", "PySide6.QtNetwork")
DEBIAN_DEPENDS = ("libc6 (>= 2.34)", *run.SYSTEM_PACKAGES["cửa sổ Qt / the Qt window"])
DEBIAN_RECOMMENDS = ("sane-utils", "sane-airscan", "poppler-utils", "tesseract-ocr", "tesseract-ocr-vie")
DEBIAN_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
SAMPLE_SEED = "20260101"


class BuildError(Exception):
    """The installer cannot be built, or what was built does not work."""


@dataclass(frozen=True, kw_only=True)
class Build:
    """One build: where it is made and what its files are called.

    Attributes:
        root: The project's folder.
        version: The version of the program, such as "0.1.0".
        system: "linux" or "windows".
        processor: Such as "x86_64".
    """

    root: Path
    version: str
    system: str
    processor: str

    @property
    def dist(self) -> Path:
        """Where everything that is built goes."""
        return self.root / "dist"

    @property
    def program_folder(self) -> Path:
        """The frozen program."""
        return self.dist / "diaba"

    @property
    def program_name(self) -> str:
        """The name of the executable in the folder."""
        return "diaba.exe" if self.system == "windows" else "diaba"

    @property
    def archive(self) -> Path:
        """The archive of the program."""
        ending = "zip" if self.system == "windows" else "tar.xz"
        return self.dist / f"diaba-{self.version}-{self.system}-{self.processor}.{ending}"

    @property
    def deb(self) -> Path:
        """The package for Debian and Ubuntu."""
        return self.dist / f"diaba_{self.version}_{DEBIAN_ARCHITECTURES.get(self.processor, self.processor)}.deb"

    @property
    def sums(self) -> Path:
        """The list of SHA-256 sums."""
        return self.dist / "SHA256SUMS"


def this_build(root: Path) -> Build:
    """Return the build for this computer.

    Raises:
        BuildError: If the version cannot be found.
    """
    found = re.search(r'^__version__ = "([^"]+)"', (root / "app/__init__.py").read_text(encoding="utf-8"), re.MULTILINE)
    if found is None:
        raise BuildError("app/__init__.py names no version")
    processor = platform.machine().lower().replace("amd64", "x86_64")
    return Build(root=root, version=found[1], system=platform.system().lower(), processor=processor)


# freeze --------------------------------------------------------------------------------------------------------------


def freeze_command(build: Build, python: str) -> list[str]:
    """Return the command that freezes the program.

    Never with `--strip`: binutils 2.40 spoils the OpenBLAS of numpy 2.4 ("ELF load command not page-aligned").
    """
    work = str(build.root / "build/freeze")
    command = [
        python,
        "-m",
        "PyInstaller",
        "--noconfirm",
        "--clean",
        "--log-level",
        "WARN",
        "--onedir",
        "--name",
        "diaba",
    ]
    command += ["--distpath", str(build.dist), "--workpath", work, "--specpath", work, "--paths", str(build.root)]
    command += ["--collect-data", "resources"]
    for module in EXCLUDED:
        command += ["--exclude-module", module]
    if build.system == "windows":
        command += ["--hide-console", "hide-early"]
    return [*command, str(build.root / "ui/start.py")]


def freeze(build: Build, machine: run.Machine) -> None:
    """Make the folder with the frozen program and the licences of all that is in it.

    Raises:
        BuildError: If PyInstaller fails.
    """
    run.say("PyInstaller")
    if machine.run(freeze_command(build, run.environment_python(build.root, machine.facts))):
        needs = f"binutils libpython{machine.facts.python_version}"
        raise BuildError(f"PyInstaller không chạy được; trên Debian cần: / failed; on Debian it needs: {needs}")
    copy_licences(build)
    run.say(f"{build.program_folder}: {folder_bytes(build.program_folder) / 1e6:.0f} MB")


def copy_licences(build: Build) -> None:
    """Put our licence and those of every package the program depends on beside the program."""
    target = build.program_folder / "licenses"
    target.mkdir(exist_ok=True)
    shutil.copy(build.root / "LICENSE", target / "diaba.txt")
    for package in program_packages(site_packages(run.environment_folder(build.root))):
        for file in package.files or []:
            if re.search(r"\.dist-info/.*(licen[cs]e|copying|notice)", str(file), re.IGNORECASE):
                name = f"{package.name}-{'-'.join(file.parts[1:])}"
                shutil.copy(Path(str(package.locate_file(file))), target / name)


def site_packages(environment: Path) -> Path:
    """Return the folder of the installed packages of a virtual environment."""
    return next(
        path for pattern in ("lib/python*/site-packages", "Lib/site-packages") for path in environment.glob(pattern)
    )


def program_packages(folder: Path) -> list[Distribution]:
    """Return the packages that the program needs to run, without the tools of its makers."""
    installed = {plain_name(package.name): package for package in distributions(path=[str(folder)])}
    wanted, found = ["diaba"], set[str]()
    while wanted:
        name = wanted.pop()
        if name in installed and name not in found:
            found.add(name)
            wanted += [plain_name(line) for line in installed[name].requires or [] if "extra ==" not in line]
    return [installed[name] for name in sorted(found - {"diaba", "pip"})]


def plain_name(requirement: str) -> str:
    """Return the normal form of a package's name, without versions and conditions."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def folder_bytes(folder: Path) -> int:
    """Return the size of all files of a folder, links not followed."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


# package -------------------------------------------------------------------------------------------------------------


def package(build: Build, machine: run.Machine) -> None:
    """Make the archive, on Debian also the .deb, and the list of sums.

    Raises:
        BuildError: If nothing is frozen yet or dpkg-deb fails.
    """
    if not (build.program_folder / build.program_name).exists():
        raise BuildError("Chưa có dist/diaba: chạy freeze trước. / There is no dist/diaba: run freeze first.")
    made = [build.archive]
    pack(build)
    if machine.has("dpkg-deb"):
        make_deb(build, machine)
        made.append(build.deb)
    build.sums.write_text("".join(f"{sha256(path)}  {path.name}\n" for path in made), encoding="utf-8")
    for path in made:
        run.say(f"{path}: {path.stat().st_size / 1e6:.1f} MB")


def pack(build: Build) -> None:
    """Make the archive; the same files give the same members in the same order."""
    if build.system == "windows":
        shutil.make_archive(str(build.archive.with_suffix("")), "zip", build.dist, build.program_folder.name)
        return
    with tarfile.open(build.archive, "w:xz", preset=2) as archive:
        for path in sorted([build.program_folder, *build.program_folder.rglob("*")]):
            archive.add(path, path.relative_to(build.dist), recursive=False, filter=without_owner)


def without_owner(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """Leave out who built the archive."""
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def make_deb(build: Build, machine: run.Machine) -> None:
    """Make the Debian package: everything in /opt/diaba, one link in /usr/bin, one entry in the menu."""
    tree = build.root / "build/deb"
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(build.program_folder, tree / "opt/diaba", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/diaba").symlink_to("/opt/diaba/diaba")
    (tree / "usr/share/applications").mkdir(parents=True)
    (tree / "usr/share/applications/diaba.desktop").write_text(desktop_entry(), encoding="utf-8")
    (tree / "DEBIAN").mkdir()
    size_kb = folder_bytes(tree) // 1000
    (tree / "DEBIAN/control").write_text(control_file(build, size_kb), encoding="utf-8")
    if machine.run(("dpkg-deb", "--root-owner-group", "-Zzstd", "--build", str(tree), str(build.deb))):
        raise BuildError("dpkg-deb không chạy được. / dpkg-deb failed.")


def control_file(build: Build, size_kb: int) -> str:
    """Return what Debian wants to know of the package."""
    return (
        f"Package: diaba\nVersion: {build.version}\nArchitecture: {build.deb.stem.split('_')[-1]}\n"
        f"Maintainer: Dia Ba <diaba@example.invalid>\nInstalled-Size: {size_kb}\nSection: misc\nPriority: optional\n"
        f"Depends: {', '.join(DEBIAN_DEPENDS)}\nRecommends: {', '.join(DEBIAN_RECOMMENDS)}\n"
        "Description: turns paper land certificates into clean records of the national land database\n"
    )


def desktop_entry() -> str:
    """Return the menu entry."""
    icon = "/opt/diaba/_internal/resources/icons/logo.svg"
    return (
        "[Desktop Entry]\nType=Application\nName=Địa Bạ\nExec=/opt/diaba/diaba\n"
        f"Icon={icon}\nTerminal=false\nCategories=Office;\n"
    )


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


# verify --------------------------------------------------------------------------------------------------------------


def verify(build: Build, machine: run.Machine) -> None:
    """Unpack the archive in a fresh folder and have the frozen program read a sample certificate.

    Raises:
        BuildError: If a sum is wrong, makers' tools are inside, or the program does not do its work.
    """
    check_sums(build)
    with tempfile.TemporaryDirectory(prefix="diaba-verify-") as name:
        folder = Path(name)
        shutil.unpack_archive(build.archive, folder)
        check_contents(folder / "diaba")
        program = Frozen(program=folder / "diaba" / build.program_name, home=folder)
        version = program.answer("--version").strip()
        if version != f"diaba {build.version}":
            raise BuildError(f"--version: {version}")
        run.say(version)
        check_reading(program, draw_sample(build, machine, folder))
        check_window(program, machine)


def check_sums(build: Build) -> None:
    """Compare every file of the list with its sum."""
    for line in build.sums.read_text(encoding="utf-8").splitlines():
        wanted, name = line.split("  ", 1)
        if sha256(build.dist / name) != wanted:
            raise BuildError(f"{name}: SHA-256 không khớp / differs")
        run.say(f"{name}: SHA-256 ok")


def check_contents(folder: Path) -> None:
    """Make sure that no tool of the makers came along."""
    strangers = [path.name for path in (folder / "_internal").iterdir() if path.name.split("-")[0] in EXCLUDED]
    if strangers:
        raise BuildError(f"không được có trong bộ cài: / does not belong in the installer: {', '.join(strangers)}")


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """The unpacked program, run without anything of this project around it."""

    program: Path
    home: Path

    @property
    def env(self) -> dict[str, str]:
        """The environment variables of the program: next to nothing of this session's."""
        kept = {name: value for name, value in os.environ.items() if name in {"SYSTEMROOT", "TEMP", "TMP"}}
        return {**kept, "PATH": os.defpath, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}

    def answer(self, *words: str) -> str:
        """Run a command and return what it prints.

        Raises:
            BuildError: If it fails or takes more than three minutes.
        """
        try:
            done = subprocess.run(
                (str(self.program), *words),
                cwd=self.home,
                env=self.env,
                capture_output=True,
                check=False,
                encoding="utf-8",
                timeout=180,
            )
        except subprocess.TimeoutExpired as problem:
            raise BuildError(f"diaba {words[0]}: {problem}") from problem
        if done.returncode:
            raise BuildError(f"diaba {words[0]}: exit {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout


def draw_sample(build: Build, machine: run.Machine, folder: Path) -> list[Path]:
    """Draw a fictional certificate and return its pages."""
    python = run.environment_python(build.root, machine.facts)
    drawn = folder / "sample"
    if machine.run((python, "-m", "tests.samples", str(drawn), "--seed", SAMPLE_SEED, "--model", "2014")):
        raise BuildError("không vẽ được giấy mẫu / the sample cannot be drawn")
    return sorted(drawn.rglob("*.jpg"))


def check_reading(program: Frozen, pages: list[Path]) -> None:
    """Have the frozen program read the sample, by one page worker and by two, and find its serial number."""
    names = [str(page) for page in pages]
    reading = json.loads(program.answer("read", "--json", *names))
    kinds = [page["kind"] for page in reading["pages"]]
    serial = reading["certificate"]["serial"]
    values = sum(field["value"] is not None for field in reading["fields"])
    run.say(f"diaba read: {len(kinds)} trang / pages, {serial}, {values} giá trị / values, {reading['seconds']:.1f} s")
    if reading["schema"] != "diaba.reading/1" or not serial or len(kinds) != len(pages) or "other" in kinds:
        raise BuildError(f"đọc giấy mẫu không được / the sample was not read: {kinds}")
    lines = program.answer("read", "--each", "--jobs", "2", "--json", *names).splitlines()
    if [json.loads(line)["pages"][0]["kind"] for line in lines] != kinds:
        raise BuildError(f"read --each: {len(lines)} / {len(pages)}")


def check_window(program: Frozen, machine: run.Machine) -> None:
    """Wait until the window of the frozen program shows on a virtual screen."""
    with machine.virtual_screen() as display:
        if display is None:
            run.say("Chưa thử cửa sổ: không có Xvfb. / The window was not tried: there is no Xvfb.")
            return
        env = {**program.env, "DISPLAY": display}
        command = (str(program.program), "--store", str(program.home / "store"))
        window = subprocess.Popen(command, env=env, cwd=program.home)
        try:
            search = ("xdotool", "search", "--sync", "--onlyvisible", "--name", "Địa Bạ", "getwindowname")
            if machine.run(("timeout", "60", *search), env) or window.poll() is not None:
                raise BuildError("không thấy cửa sổ / the window did not show")
        finally:
            window.kill()
            window.wait()


# The command line ----------------------------------------------------------------------------------------------------


COMMANDS: dict[str, Callable[[Build, run.Machine], None]] = {"freeze": freeze, "package": package, "verify": verify}


def main(words: list[str]) -> int:
    """Run the commands in the order given and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="build_installer.py", description="Đóng gói bộ cài. / Build what a user installs."
    )
    parser.add_argument("commands", nargs="+", choices=COMMANDS, metavar="freeze | package | verify")
    options = parser.parse_args(words)
    machine = run.Computer(run.ROOT)
    try:
        run.set_up(machine, run.ROOT)
        build = this_build(run.ROOT)
        for command in options.commands:
            COMMANDS[command](build, machine)
    except (run.SetupError, BuildError) as problem:
        run.say(str(problem))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
