"""The console script: what goes to the window, what to the command line, and what is imported for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from ui.start import split_arguments


@pytest.mark.parametrize(
    ("arguments", "options", "command"),
    [
        ([], {}, None),
        (["--store", "S", "--user", "canbo"], {"store": "S", "user": "canbo"}, None),
        (["--store=S", "--language=en"], {"store": "S", "language": "en"}, None),
        (["read", "a.jpg"], {}, "read"),
        (["--store", "S", "queue", "--json"], {"store": "S"}, "queue"),
        (["--sane-config", "C", "scan", "--list"], {"sane_config": "C"}, "scan"),
        (["--simulated-scanner", "F"], {"simulated_scanner": "F"}, None),
        (["--version"], {}, "--version"),
        (["--help"], {}, "--help"),
        (["--store"], {}, "--store"),
        (["demo", "--out", "X"], {}, "demo"),
    ],
)
def test_options_alone_open_the_window_and_the_first_other_word_is_the_command(arguments, options, command):
    assert split_arguments(arguments) == (options, command)


def test_a_command_runs_without_importing_qt():
    code = (
        "import sys; from ui.start import main\n"
        "try: main(['--version'])\n"
        "except SystemExit as end: assert end.code == 0\n"
        "assert not [name for name in sys.modules if name.startswith(('PySide6', 'shiboken6'))]"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("diaba ")


def test_the_window_does_not_import_the_heavy_parts_before_it_is_painted():
    code = (
        "import sys; import ui.application\n"
        "heavy = {'cv2', 'numpy', 'PIL', 'sqlite_utils', 'requests', 'pytesseract', 'tesserocr', 'pypdfium2'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
