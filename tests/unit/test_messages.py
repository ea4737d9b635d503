from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from app import messages as messages_module
from app.domain.dossier import BlankReason, PageKind
from app.domain.fields import FIELDS
from app.domain.people import Right, Role
from app.domain.reading import Source
from app.domain.states import DossierState
from app.errors import DiabaError, InputError
from app.messages import Messages

ROOT = Path(__file__).parents[2]
LANGUAGES = ("vi", "en")


def raised_codes() -> dict[str, str]:
    """Every literal code given to an error of the tree anywhere in app/ and ui/, with the place."""
    names = {cls.__name__ for cls in every_error()}
    found = {}
    for file in [*ROOT.glob("app/**/*.py"), *ROOT.glob("ui/**/*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                first = node.args[0]
                if isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found[first.value] = f"{file.relative_to(ROOT)}:{node.lineno}"
    return found


def every_error() -> list[type[DiabaError]]:
    return [DiabaError, *DiabaError.__subclasses__()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_can_be_raised_has_words(language):
    known = set(Messages(language).keys("errors"))
    missing = {code: where for code, where in raised_codes().items() if code not in known}
    assert not missing
    assert raised_codes()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("group", "keys"),
    [
        ("fields", [spec.pattern for spec in FIELDS]),
        ("states", list(DossierState)),
        ("reasons", list(BlankReason)),
        ("sources", list(Source)),
        ("roles", list(Role)),
        ("rights", list(Right)),
        ("page_kinds", list(PageKind)),
    ],
)
def test_every_field_state_and_choice_has_words(language, group, keys):
    messages = Messages(language)
    assert [str(key) for key in keys if str(key) not in messages.keys(group)] == []


def test_both_languages_have_the_same_keys():
    vi, en = (json.loads((ROOT / f"resources/messages/{language}.json").read_text("utf-8")) for language in LANGUAGES)
    assert {group: set(words) for group, words in vi.items()} == {group: set(words) for group, words in en.items()}


def test_every_group_of_words_is_used():
    source = "".join(file.read_text(encoding="utf-8") for name in ("app", "ui") for file in (ROOT / name).rglob("*.py"))
    groups = json.loads((ROOT / "resources/messages/vi.json").read_text(encoding="utf-8"))
    used = {"errors", *re.findall(r"""\.word\(["'](\w+)["']""", source), *messages_module._GROUP_OF_PARAM.values()}
    assert set(groups) == used | {"fields"}


def test_an_error_is_told_with_its_values():
    text = Messages("en").error(InputError("bad_path", path="x.y"))
    assert '"x.y"' in text.text
    assert text.line.startswith("No such field: ")


def test_a_missing_value_and_an_unknown_code_stay_visible():
    assert "{path}" in Messages("vi").error(InputError("bad_path")).text
    assert Messages("vi").error_code("never_heard_of").line.startswith("never_heard_of")
    assert Messages("vi").word("states", "never") == "never"
    assert Messages("vi").field("holders[3].born") == Messages("vi").field("holders[0].born")


def test_codes_among_the_values_of_a_message_are_told_in_words():
    vi = Messages("vi")
    assert "duyệt hồ sơ" in vi.error_code("right_missing", right="review").text
    assert "Đang nhập" in vi.error_code("step_not_allowed", old="draft", new="stored").text
