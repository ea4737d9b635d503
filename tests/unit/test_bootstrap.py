"""What is put together, and when its big packages are imported."""

from __future__ import annotations

import subprocess
import sys
from threading import Barrier, Thread

import pytest

from app import bootstrap

BIG = ("numpy", "cv2", "PIL", "pypdfium2", "pikepdf", "img2pdf", "xlsxwriter", "pydantic", "requests", "PySide6")
BROUGHT_BY_THE_STORE = ("numpy",)
"""sqlite-utils imports numpy where it is installed."""


def imported_by(*words: str, home: str) -> set[str]:
    """Big packages in memory at the end of a command, run in a process of its own."""
    look = "import atexit, sys; atexit.register(lambda: print('IN', *sys.modules, file=sys.stderr))"
    run = "from ui.start import main; sys.exit(main())"
    command = [sys.executable, "-c", f"{look}; {run}", *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, cwd=home)
    return set(BIG) & set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["scan", "--help"]])
def test_help_needs_no_big_package(words, tmp_path):
    assert imported_by(*words, home=str(tmp_path)) == set()


@pytest.mark.parametrize("words", [["set", "hamlet", "Thôn 1"], ["queue"], ["user", "list"]])
def test_a_command_on_the_store_needs_only_the_store(words, tmp_path):
    store = str(tmp_path / "store")
    bootstrap.open_services(tmp_path / "store").close()
    assert imported_by("--store", store, *words, home=str(tmp_path)) <= set(BROUGHT_BY_THE_STORE)


@pytest.mark.parametrize("simulated", [True, False])
def test_every_driver_stands_under_its_own_name(simulated, tmp_path, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda program: f"/usr/bin/{program}")
    feed = tmp_path / "feed" if simulated else None
    services = bootstrap.open_services(tmp_path / "store", simulated_scanner=feed)
    drivers = services.intake._drivers
    services.close()
    assert {name: driver.name for name, driver in drivers.items()} == {name: name for name in drivers}
    assert set(drivers) == {"simulated" if simulated else "scanimage", "folder"}


def test_what_is_made_later_is_made_once_also_when_several_threads_want_it_first():
    made = []
    start = Barrier(4)

    def make() -> list[str]:
        made.append("one")
        return []

    later = bootstrap._later(make)

    def use() -> None:
        start.wait(10)
        later.append("used")

    threads = [Thread(target=use) for _ in range(4)]
    assert made == []
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert (made, later.count("used")) == (["one"], 4)
