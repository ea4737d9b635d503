"""`run.py`: what it finds missing, what it installs, what it says, in which order it runs things."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import run
from tests.unit.fake_machine import DEBIAN, FakeMachine

CLERK = replace(DEBIAN, root=False)
WINDOWS = replace(DEBIAN, windows=True, root=False, python="python.exe")
ALL_NAMES = [name for names in run.SYSTEM_PACKAGES.values() for name in names]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n", encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("a==1 \\\n    --hash=sha256:00\nb==2\n", encoding="utf-8")
    return tmp_path


# System packages


def test_a_complete_system_is_left_alone():
    machine = FakeMachine(installed=ALL_NAMES)
    run.set_up_system(machine)
    assert machine.commands == []


def test_only_what_is_missing_is_installed_and_announced_with_its_purpose(capsys):
    machine = FakeMachine(installed=[name for name in ALL_NAMES if name not in {"tesseract-ocr-vie", "xvfb"}])
    run.set_up_system(machine)
    apt = "env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300"
    assert machine.commands == [f"{apt} update", f"{apt} install -y --no-install-recommends tesseract-ocr-vie xvfb"]
    shown = capsys.readouterr().out
    assert "OCR: tesseract-ocr-vie\n" in shown
    assert "test tools: xvfb\n" in shown
    assert "poppler" not in shown


def test_a_package_under_its_new_name_counts_by_what_it_provides():
    answer = "installed\tlibglib2.0-0t64\tlibglib2.0-0 (= 2.80.0-6), libglib2.0-virtual\ninstalled\tbash\t\n"
    assert run.installed_packages(answer) == {"libglib2.0-0t64", "libglib2.0-0", "libglib2.0-virtual", "bash"}


def test_a_removed_package_with_leftover_settings_does_not_count():
    assert run.installed_packages("config-files\txvfb\t\nhalf-configured\txdotool\t\n") == frozenset()


def test_a_python_without_pip_asks_for_the_venv_package_of_its_own_version():
    machine = FakeMachine(replace(DEBIAN, ensurepip=False, python_version="3.13"), installed=ALL_NAMES)
    run.set_up_system(machine)
    assert machine.commands[-1].endswith(" install -y --no-install-recommends python3.13-venv")


def test_somebody_without_rights_is_given_the_one_command_to_pass_on():
    machine = FakeMachine(CLERK, installed=[name for name in ALL_NAMES if name != "poppler-utils"])
    with pytest.raises(run.SetupError) as refused:
        run.set_up_system(machine)
    wanted = "    su -c 'apt-get update && apt-get install -y --no-install-recommends poppler-utils'\n"
    assert wanted in str(refused.value)
    assert machine.commands == []


@pytest.mark.parametrize(("sudo", "terminal", "prefix"), [("", False, "sudo -n env "), (None, True, "sudo env ")])
def test_sudo_is_used_when_it_asks_nothing_or_somebody_can_answer(sudo, terminal, prefix):
    machine = FakeMachine(replace(CLERK, terminal=terminal), has=["sudo"])
    machine.sudo = sudo
    run.set_up_system(machine)
    assert [line.startswith(prefix) for line in machine.commands] == [True, True]


def test_sudo_that_would_ask_nobody_is_not_started():
    machine = FakeMachine(CLERK, has=["sudo"])
    with pytest.raises(run.SetupError, match="sudo sh -c 'apt-get update && apt-get install"):
        run.set_up_system(machine)
    assert machine.commands == []


def test_an_update_that_fails_does_not_stop_an_installation_that_works(capsys):
    machine = FakeMachine()
    machine.failing = {" update": 100}
    run.set_up_system(machine)
    assert " install " in machine.commands[-1]
    assert "apt-get update failed" in capsys.readouterr().out


def test_an_installation_that_fails_is_said_to_have_failed():
    machine = FakeMachine()
    machine.failing = {" install ": 100}
    with pytest.raises(run.SetupError, match="apt-get could not install"):
        run.set_up_system(machine)


def test_a_package_database_that_does_not_answer_is_an_error():
    machine = FakeMachine()
    machine.dpkg_answer = None
    with pytest.raises(run.SetupError, match="dpkg-query"):
        run.set_up_system(machine)


def test_windows_needs_no_system_packages_and_says_what_it_goes_without(capsys):
    machine = FakeMachine(WINDOWS)
    run.set_up_system(machine)
    assert machine.commands == []
    assert "no SANE" in capsys.readouterr().out


def test_another_kind_of_linux_is_told_what_to_install_itself(capsys):
    machine = FakeMachine()
    machine.programs.clear()
    run.set_up_system(machine)
    assert machine.commands == []
    assert "tesseract-ocr-vie, poppler-utils" in capsys.readouterr().out


# The virtual environment


def test_a_new_environment_is_made_filled_and_written_down(project):
    machine = FakeMachine()
    run.set_up_environment(machine, project)
    python = project / ".venv/bin/python"
    assert machine.commands[0] == f"/usr/bin/python3 -m venv {project / '.venv'}"
    assert machine.commands[1].startswith(f"{python} -m pip ")
    assert "--require-hashes --only-binary :all: -r requirements.lock" in machine.commands[1]
    assert machine.commands[2].endswith("--no-deps --no-build-isolation -e .")
    assert run.environment_state(machine, project) is run.Environment.READY


def test_the_second_run_finds_everything_in_place(project):
    machine = FakeMachine(installed=ALL_NAMES)
    run.set_up(machine, project)
    machine.commands.clear()
    run.set_up(machine, project)
    assert machine.commands == []


def test_the_number_of_packages_is_announced(project, capsys):
    run.set_up_environment(FakeMachine(), project)
    assert "installing 2 Python packages" in capsys.readouterr().out


@pytest.mark.parametrize("at", ["requirements.lock", "-e ."])
def test_an_installation_cut_off_half_way_is_made_anew(project, at):
    machine = FakeMachine()
    machine.failing = {at: 1}
    with pytest.raises(run.SetupError, match="pip failed"):
        run.set_up_environment(machine, project)
    (project / ".venv/half-written.py").touch()
    machine.failing = {}
    assert run.environment_state(machine, project) is run.Environment.BROKEN
    run.set_up_environment(machine, project)
    assert not (project / ".venv/half-written.py").exists()
    assert run.environment_state(machine, project) is run.Environment.READY


def test_a_python_that_cannot_make_environments_is_an_error(project):
    machine = FakeMachine()
    machine.failing = {"-m venv": 1}
    with pytest.raises(run.SetupError, match="lacks venv or pip"):
        run.set_up_environment(machine, project)


def test_an_environment_that_cannot_be_removed_is_an_error(project):
    (project / ".venv").write_text("a file where a folder should be", encoding="utf-8")
    with pytest.raises(run.SetupError, match="cannot be removed or written"):
        run.set_up_environment(FakeMachine(), project)


def replaced(stamp: dict[str, str], **changes: str) -> str:
    return json.dumps({**stamp, **changes})


@pytest.mark.parametrize(
    ("spoil", "state"),
    [
        (lambda venv, stamp: stamp.write_text(replaced(json.loads(stamp.read_text()), folder="/old")), "broken"),
        (lambda venv, stamp: stamp.write_text(replaced(json.loads(stamp.read_text()), python="3.9")), "broken"),
        (lambda venv, stamp: (venv / run.UNFINISHED).touch(), "broken"),
        (lambda venv, stamp: stamp.unlink(), "outdated"),
        (lambda venv, stamp: stamp.write_text("{"), "outdated"),
        (lambda venv, stamp: stamp.write_text("[]"), "outdated"),
        (lambda venv, stamp: (venv.parent / "requirements.lock").write_text("a==2\n"), "outdated"),
        (lambda venv, stamp: (venv.parent / "pyproject.toml").write_text("[project]\n"), "outdated"),
    ],
    ids=["moved", "other python", "unfinished", "hand-made", "torn stamp", "odd stamp", "new lock", "new project"],
)
def test_an_environment_is_judged_by_what_it_was_made_from(project, spoil: Callable[[Path, Path], None], state):
    machine = FakeMachine()
    run.set_up_environment(machine, project)
    spoil(project / ".venv", project / ".venv" / run.STAMP)
    assert run.environment_state(machine, project) is run.Environment(state)


def test_an_environment_whose_python_does_not_start_is_broken(project):
    machine = FakeMachine()
    run.set_up_environment(machine, project)
    machine.environment_version = None
    assert run.environment_state(machine, project) is run.Environment.BROKEN


def test_an_outdated_environment_is_renewed_in_place(project):
    machine = FakeMachine()
    run.set_up_environment(machine, project)
    (project / ".venv/kept").touch()
    (project / "requirements.lock").write_text("a==2\n", encoding="utf-8")
    machine.commands.clear()
    run.set_up_environment(machine, project)
    assert (project / ".venv/kept").exists()
    assert not any("-m venv" in line for line in machine.commands)
    assert run.environment_state(machine, project) is run.Environment.READY


def test_the_line_ends_of_a_windows_checkout_change_nothing(project):
    before = run.fingerprint(project, DEBIAN)
    lock = project / "requirements.lock"
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert run.fingerprint(project, DEBIAN) == before


def test_windows_keeps_its_programs_elsewhere(project):
    assert run.environment_python(project, WINDOWS) == str(project / ".venv/Scripts/python.exe")
    assert run.check_steps(project, WINDOWS)[-1].command[0].endswith("lint-imports.exe")


# Checks and tests


def obey(machine: FakeMachine, root: Path, *words: str, **base: str) -> int:
    run.set_up(machine, root)
    machine.commands.clear()
    machine.envs.clear()
    return run.obey(run.parse(words), machine, root, base)


def short(machine: FakeMachine, root: Path) -> list[str]:
    python = run.environment_python(root, machine.facts)
    return [line.replace(f"{python} -m ", "").replace(f"{root}/.venv/bin/", "") for line in machine.commands]


def test_test_runs_every_check_and_then_the_tests(project):
    machine = FakeMachine(installed=ALL_NAMES)
    assert obey(machine, project, "test") == 0
    checks = [
        "ruff format --check .",
        "ruff check .",
        "mypy",
        "mypy --platform win32 app ui run.py build_installer.py",
        "lint-imports",
    ]
    assert short(machine, project) == [*checks, "pytest"]


def test_check_leaves_the_tests_out(project):
    machine = FakeMachine(installed=ALL_NAMES)
    assert obey(machine, project, "check") == 0
    assert short(machine, project)[-1] == "lint-imports"


def test_the_first_failure_stops_the_run_with_a_clear_last_line(project, capsys):
    machine = FakeMachine(installed=ALL_NAMES)
    machine.failing = {"--platform win32 app ui run.py build_installer.py": 2}
    assert obey(machine, project, "test") == 2
    assert short(machine, project)[-1] == "mypy --platform win32 app ui run.py build_installer.py"
    assert capsys.readouterr().out.endswith("FAILED: mypy (Windows) (exit 2)\n")


@pytest.mark.parametrize("status", [0, 1, 5])
def test_the_closing_line_of_pytest_stays_the_last_and_its_status_is_passed_on(project, capsys, status):
    machine = FakeMachine(installed=ALL_NAMES)
    machine.failing = {"-m pytest": status}
    assert obey(machine, project, "test") == status
    assert capsys.readouterr().out.endswith("» pytest\n")


def test_a_pytest_that_dies_without_a_closing_line_is_reported(project, capsys):
    machine = FakeMachine(installed=ALL_NAMES)
    machine.failing = {"-m pytest": -11}
    assert obey(machine, project, "test") == -11
    assert capsys.readouterr().out.endswith("FAILED: pytest (exit -11)\n")


def test_options_after_the_dashes_go_to_pytest(project):
    machine = FakeMachine(installed=ALL_NAMES)
    obey(machine, project, "test", "--rigs", "--", "-k", "serial", "--", "x")
    assert short(machine, project)[-1] == "pytest -k serial -- x"


def test_checks_take_no_options_after_the_dashes(capsys):
    with pytest.raises(SystemExit):
        run.parse(["check", "--", "-k", "x"])
    assert "takes no options" in capsys.readouterr().err


@pytest.mark.parametrize(("words", "rigs"), [(["test"], "short"), (["test", "--rigs"], "full"), (["check"], "short")])
def test_slow_rigs_run_in_full_only_when_asked_for(project, words, rigs):
    machine = FakeMachine(installed=ALL_NAMES)
    obey(machine, project, *words)
    assert {env["DIABA_RIGS"] for env in machine.envs} == {rigs}


def test_checks_see_no_screen_one_thread_and_the_programs_of_the_environment(project):
    machine = FakeMachine(installed=ALL_NAMES)
    obey(machine, project, "test", PATH="/usr/bin", PYTHONPATH="/elsewhere", HOME="/home/x")
    env = machine.envs[-1]
    assert env["QT_QPA_PLATFORM"] == "offscreen"
    assert (env["OMP_THREAD_LIMIT"], env["LC_ALL"], env["HOME"]) == ("1", "C.UTF-8", "/home/x")
    assert env["PATH"] == f"{project}/.venv/bin:/usr/bin"
    assert "PYTHONPATH" not in env


def test_a_screen_chosen_by_the_person_stays(project):
    machine = FakeMachine(installed=ALL_NAMES)
    obey(machine, project, "test", QT_QPA_PLATFORM="xcb")
    assert machine.envs[-1]["QT_QPA_PLATFORM"] == "xcb"


def test_setup_ends_with_ready(project, capsys):
    machine = FakeMachine(installed=ALL_NAMES)
    assert obey(machine, project, "setup") == 0
    assert machine.commands == []
    assert capsys.readouterr().out.endswith("Ready.\n")


# The demo


def test_the_demo_runs_on_a_virtual_screen_when_there_is_no_other(project):
    machine = FakeMachine(installed=ALL_NAMES)
    machine.display = ":7"
    assert obey(machine, project, "demo", "--", "--seed", "3") == 0
    assert short(machine, project) == ["ui.start demo --seed 3"]
    assert (machine.envs[0]["DISPLAY"], machine.envs[0]["QT_QPA_PLATFORM"]) == (":7", "xcb")


def test_the_demo_runs_offscreen_when_no_screen_can_be_had_and_says_so(project, capsys):
    machine = FakeMachine(installed=ALL_NAMES)
    obey(machine, project, "demo", DISPLAY=":4711")
    assert machine.envs[0]["QT_QPA_PLATFORM"] == "offscreen"
    assert "running offscreen" in capsys.readouterr().out


@pytest.mark.parametrize("base", [{"DISPLAY": "desk.example:0"}, {"QT_QPA_PLATFORM": "offscreen"}])
def test_the_demo_uses_the_screen_it_is_given(project, base):
    machine = FakeMachine(installed=ALL_NAMES)
    machine.display = ":7"
    obey(machine, project, "demo", **base)
    assert machine.envs[0].get("DISPLAY") == base.get("DISPLAY")


def test_a_wayland_screen_counts_when_its_socket_is_there(tmp_path):
    env = {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": str(tmp_path)}
    assert not run.screen_answers(env)
    (tmp_path / "wayland-0").touch()
    assert run.screen_answers(env)


def test_the_status_of_the_demo_is_passed_on(project):
    machine = FakeMachine(installed=ALL_NAMES)
    machine.failing = {"ui.start demo": 6}
    assert obey(machine, project, "demo") == 6
