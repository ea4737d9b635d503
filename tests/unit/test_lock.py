"""The lock file holds all that the project asks for, checked by hashes, and nothing of the machine that made it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, flags=re.MULTILINE))


@pytest.mark.parametrize("wanted", WANTED)
def test_every_dependency_is_locked_within_its_range(wanted):
    requirement = Requirement(wanted)
    assert requirement.specifier.contains(LOCKED[canonicalize_name(requirement.name)])


def test_every_locked_package_has_hashes():
    entries = re.split(r"^(?=[a-z0-9-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(entries) == len(LOCKED)
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_lock_names_no_address_and_no_folder():
    assert re.findall(r"https?://|file:|--index|--find-links|(?<![\w.])/\w+/", LOCK) == []


def test_what_windows_needs_beside_is_locked_for_windows():
    assert re.findall(r"^(\S+)==\S+ ; sys_platform == 'win32'", LOCK, flags=re.MULTILINE) == [
        "colorama",
        "pefile",
        "pywin32-ctypes",
    ]


def imported_names(path: Path) -> set[str]:
    """The first words of all absolute imports of a file."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    plain = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.split(".")[0] for name in plain | named}


def test_everything_that_is_imported_is_locked():
    ours = {"app", "ui", "tests", "resources", "run", "build_installer"}
    files = [path for name in ("app", "ui", "tests", "resources") for path in (ROOT / name).rglob("*.py")]
    foreign = set().union(*map(imported_names, files)) - ours - sys.stdlib_module_names
    providers = packages_distributions()
    unlocked = {name for name in foreign if not LOCKED.keys() & {canonicalize_name(p) for p in providers.get(name, [])}}
    assert "PySide6" in foreign
    assert unlocked == set()
