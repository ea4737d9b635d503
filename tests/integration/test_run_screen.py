"""`run.py` on the real computer: virtual screens, real answers of other programs."""

from __future__ import annotations

import sys

import run


def test_a_virtual_screen_answers_while_it_lasts_and_no_longer():
    computer = run.Computer(run.ROOT)
    with computer.virtual_screen() as display, computer.virtual_screen() as another:
        assert display != another
        assert [run.screen_answers({"DISPLAY": name or ""}) for name in (display, another)] == [True, True]
    assert [run.screen_answers({"DISPLAY": name or ""}) for name in (display, another)] == [False, False]


def test_without_xvfb_there_is_no_virtual_screen(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with run.Computer(run.ROOT).virtual_screen() as display:
        assert display is None


def test_a_command_gives_its_output_or_its_status(tmp_path):
    computer = run.Computer(tmp_path)
    assert computer.read((sys.executable, "-c", "print('Đỗ')")) == "Đỗ\n"
    assert computer.read((sys.executable, "-c", "raise SystemExit(3)")) is None
    assert computer.read(("no-such-program",)) is None
    assert computer.run((sys.executable, "-c", "raise SystemExit(3)")) == 3
    assert computer.run(("no-such-program",)) == 127


def test_the_environment_is_made_by_a_python_outside_it():
    assert (
        run.Computer(run.ROOT).read((run.base_python(), "-c", "import sys; print(sys.prefix)"))
        == f"{sys.base_prefix}\n"
    )
