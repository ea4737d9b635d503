"""`build_installer.py`: names and commands of a build, what goes in, and what `verify` refuses."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

import build_installer
import run
from tests.unit.fake_machine import FakeMachine

LINUX = build_installer.Build(root=Path("/src"), version="1.2.3", system="linux", processor="x86_64")
READING = {
    "schema": "diaba.reading/1",
    "certificate": {"serial": "CQ 718336"},
    "pages": [{"kind": "certificate_1"}],
    "fields": [{"value": "CQ 718336"}, {"value": None}],
    "seconds": 1.5,
}


class Painter(FakeMachine):
    """A computer on which the sample is drawn: one page."""

    def run(self, command: Sequence[str], env: Mapping[str, str] | None = None) -> int:
        if "tests.samples" in command:
            folder = Path(command[command.index("tests.samples") + 1])
            folder.mkdir()
            (folder / "page-1.jpg").touch()
        return super().run(command, env)


@pytest.fixture
def build(tmp_path: Path) -> build_installer.Build:
    """A build whose frozen program is a script that answers like the real one."""
    build = replace(LINUX, root=tmp_path)
    write_program(build, version="1.2.3", reading=READING)
    (build.program_folder / "_internal").mkdir()
    (build.program_folder / "_internal/library.so").write_bytes(b"\x7fELF")
    return build


def write_program(build: build_installer.Build, *, version: str, reading: object, status: int = 0) -> None:
    build.program_folder.mkdir(parents=True, exist_ok=True)
    program = build.program_folder / "diaba"
    answer = (
        f"case $1 in --version) echo diaba {version};; read) echo '{json.dumps(reading)}';; --store) sleep 60;; esac"
    )
    program.write_text(f"#!/bin/sh\n{answer}\nexit {status}\n", encoding="utf-8")
    program.chmod(0o755)


def test_files_are_named_after_version_system_and_processor():
    assert LINUX.archive == Path("/src/dist/diaba-1.2.3-linux-x86_64.tar.xz")
    assert LINUX.deb == Path("/src/dist/diaba_1.2.3_amd64.deb")
    windows = replace(LINUX, system="windows")
    assert windows.archive == Path("/src/dist/diaba-1.2.3-windows-x86_64.zip")
    assert windows.program_name == "diaba.exe"


def test_the_version_is_the_programs_own():
    import app

    assert build_installer.this_build(run.ROOT).version == app.__version__


def test_a_program_without_a_version_is_not_built(tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app/__init__.py").write_text("", encoding="utf-8")
    with pytest.raises(build_installer.BuildError, match="names no version"):
        build_installer.this_build(tmp_path)


def test_freezing_takes_the_resources_and_leaves_the_makers_tools_out():
    command = " ".join(build_installer.freeze_command(LINUX, "python"))
    assert command.startswith("python -m PyInstaller ")
    assert "--collect-data resources" in command
    assert "--strip" not in command
    assert "--exclude-module tests --exclude-module pip" in command
    assert command.endswith("/src/ui/start.py")


def test_a_freeze_that_fails_names_what_debian_needs(build):
    machine = FakeMachine()
    machine.failing = {"PyInstaller": 1}
    with pytest.raises(build_installer.BuildError, match=r"binutils libpython3\.11"):
        build_installer.freeze(build, machine)


def install(folder: Path, name: str, *requires: str) -> None:
    info = folder / f"{name.replace('-', '_')}-1.0.dist-info"
    (info / "licenses").mkdir(parents=True)
    (info / "licenses/LICENSE").write_text(f"licence of {name}", encoding="utf-8")
    needs = "".join(f"Requires-Dist: {line}\n" for line in requires)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{needs}", encoding="utf-8")
    (info / "RECORD").write_text(f"{info.name}/METADATA,,\n{info.name}/licenses/LICENSE,,\n", encoding="utf-8")


def test_licences_of_all_that_the_program_needs_come_along_and_no_others(build):
    folder = build.root / ".venv/lib/python3.11/site-packages"
    install(folder, "diaba", "SQLite_Utils>=4", 'pytest>=8; extra == "dev"')
    install(folder, "sqlite-utils", "click", "pip", "not-installed; sys_platform == 'win32'")
    install(folder, "click", "sqlite-utils")
    install(folder, "pip")
    install(folder, "pytest")
    (build.root / "LICENSE").write_text("ours", encoding="utf-8")
    build_installer.copy_licences(build)
    names = sorted(path.name for path in (build.program_folder / "licenses").iterdir())
    assert names == ["click-licenses-LICENSE", "diaba.txt", "sqlite-utils-licenses-LICENSE"]


def test_packaging_asks_for_freezing_first(tmp_path):
    with pytest.raises(build_installer.BuildError, match="run freeze first"):
        build_installer.package(replace(LINUX, root=tmp_path), FakeMachine())


def test_the_archive_names_nobody_and_keeps_the_program_executable(build):
    build_installer.package(build, FakeMachine())
    with tarfile.open(build.archive) as archive:
        members = archive.getmembers()
    assert [member.name for member in members] == [
        "diaba",
        "diaba/_internal",
        "diaba/_internal/library.so",
        "diaba/diaba",
    ]
    assert {(member.uid, member.uname) for member in members} == {(0, "")}
    assert members[-1].mode & 0o111


def test_the_debian_package_holds_the_program_and_what_it_needs(build):
    computer = run.Computer(build.root)
    build_installer.package(build, computer)
    contents = computer.read(("dpkg-deb", "--contents", str(build.deb))) or ""
    assert "./opt/diaba/diaba\n" in contents
    assert "./usr/bin/diaba -> /opt/diaba/diaba" in contents
    assert "./usr/share/applications/diaba.desktop" in contents
    fields = computer.read(("dpkg-deb", "--field", str(build.deb))) or ""
    assert "Architecture: amd64\n" in fields
    assert "libxcb-cursor0" in fields
    assert len(build.sums.read_text(encoding="utf-8").splitlines()) == 2


def test_a_debian_package_that_cannot_be_made_is_an_error(build):
    machine = FakeMachine(has=["dpkg-deb"])
    machine.failing = {"dpkg-deb": 2}
    with pytest.raises(build_installer.BuildError, match="dpkg-deb failed"):
        build_installer.package(build, machine)


def test_a_build_that_works_is_verified(build, capsys):
    build_installer.package(build, FakeMachine())
    machine = Painter()
    machine.display = ":7"
    build_installer.verify(build, machine)
    assert machine.envs[1]["DISPLAY"] == ":7"
    assert "CQ 718336, 1 giá trị / values, 1.5 s" in capsys.readouterr().out


def test_a_window_that_does_not_show_is_refused(build):
    build_installer.package(build, FakeMachine())
    machine = Painter()
    machine.display = ":7"
    machine.failing = {"xdotool": 124}
    with pytest.raises(build_installer.BuildError, match="the window did not show"):
        build_installer.verify(build, machine)


def test_without_a_virtual_screen_the_window_is_said_to_be_untried(build, capsys):
    build_installer.package(build, FakeMachine())
    build_installer.verify(build, Painter())
    assert "The window was not tried" in capsys.readouterr().out


def test_an_archive_changed_afterwards_is_refused(build):
    build_installer.package(build, FakeMachine())
    build.archive.write_bytes(build.archive.read_bytes() + b"x")
    with pytest.raises(build_installer.BuildError, match="differs"):
        build_installer.verify(build, FakeMachine())


@pytest.mark.parametrize("stranger", ["pytest", "pip-26.3.dist-info", "tests"])
def test_tools_of_the_makers_inside_are_refused(build, stranger):
    (build.program_folder / "_internal" / stranger).mkdir()
    build_installer.package(build, FakeMachine())
    with pytest.raises(build_installer.BuildError, match="does not belong"):
        build_installer.verify(build, FakeMachine())


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"version": "1.2.2"}, "--version: diaba 1.2.2"),
        ({"status": 3}, "exit 3"),
        ({"reading": {**READING, "certificate": {"serial": None}}}, "the sample was not read"),
        ({"reading": {**READING, "schema": "other"}}, "the sample was not read"),
        ({"reading": {**READING, "pages": [{"kind": "other"}]}}, "the sample was not read"),
    ],
    ids=["old version", "crash", "no serial", "another schema", "unknown page"],
)
def test_a_program_that_does_not_do_its_work_is_refused(build, changes, complaint):
    write_program(build, **{"version": "1.2.3", "reading": READING, **changes})
    build_installer.package(build, FakeMachine())
    with pytest.raises(build_installer.BuildError, match=complaint):
        build_installer.verify(build, Painter())


def test_a_sample_that_cannot_be_drawn_is_an_error(build):
    build_installer.package(build, FakeMachine())
    machine = FakeMachine()
    machine.failing = {"tests.samples": 4}
    with pytest.raises(build_installer.BuildError, match="cannot be drawn"):
        build_installer.verify(build, machine)


def test_windows_is_frozen_without_a_black_window_behind():
    command = build_installer.freeze_command(replace(LINUX, system="windows"), "python")
    assert command[command.index("--hide-console") + 1] == "hide-early"


def test_the_packages_of_an_environment_are_found_on_both_systems(tmp_path):
    windows, linux = tmp_path / "w", tmp_path / "l"
    (windows / "Lib/site-packages").mkdir(parents=True)
    (linux / "lib/python3.12/site-packages").mkdir(parents=True)
    assert build_installer.site_packages(windows) == windows / "Lib/site-packages"
    assert build_installer.site_packages(linux) == linux / "lib/python3.12/site-packages"
