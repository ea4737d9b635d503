from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest

from app import messages as messages_module
from app.domain.dossier import BlankReason, PageKind
from app.domain.fields import FIELDS, FieldKind, FieldSpec, spec_of
from app.domain.people import Right, Role
from app.domain.reading import Source
from app.domain.states import DossierState
from app.domain.text import fold
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


def spec_at(path: str) -> FieldSpec:
    found = spec_of(path)
    assert found is not None
    return found


CHOICES = [spec for spec in FIELDS if spec.kind is FieldKind.CHOICE]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("spec", CHOICES, ids=lambda spec: spec.pattern)
def test_every_choice_has_a_word_and_can_be_typed_as_it_is_shown(language, spec):
    messages = Messages(language)
    for stored, shown in messages.choices(spec):
        assert stored in messages.keys("values")
        assert [Messages(typing).typed(spec, shown) for typing in LANGUAGES] == [stored, stored]


@pytest.mark.parametrize("spec", CHOICES, ids=lambda spec: spec.pattern)
def test_no_word_means_two_choices_of_a_field(spec):
    meant = [fold(word) for option in spec.options for word in {fold(w) for w in messages_module._words_of(option)}]
    assert len(meant) == len(set(meant))


@pytest.mark.parametrize(
    ("path", "typed", "stored"),
    [
        ("holders[0].sex", "bà", "female"),
        ("holders[0].sex", " NU ", "female"),
        ("holders[0].sex", "Mr", "male"),
        ("holders[0].legal_form", "vo chong", "Vợ chồng"),
        ("holders[0].legal_form", "married couple", "Vợ chồng"),
        ("holders[0].id_papers[0].kind", "can cuoc", "cccd"),
        ("certificate.model", "mẫu 2014", "2014"),
        ("certificate.status", "the chap", "mortgaged"),
    ],
)
def test_words_people_type_for_a_choice_are_known_in_either_language(path, typed, stored):
    spec = spec_at(path)
    assert [Messages(language).typed(spec, typed) for language in LANGUAGES] == [stored, stored]


def test_what_is_no_word_of_a_choice_stays_as_typed():
    assert Messages("vi").typed(spec_at("holders[0].sex"), "khác") == "khác"
    assert Messages("vi").typed(spec_at("holders[0].name"), "Nam") == "Nam"


def test_values_are_shown_in_the_language_of_the_window():
    sex, area = spec_at("holders[0].sex"), spec_at("parcels[0].area_m2")
    assert [Messages(language).value(sex, "female") for language in LANGUAGES] == ["Nữ", "Female"]
    assert [Messages(language).value(area, "72.5") for language in LANGUAGES] == ["72,5", "72,5"]
    assert Messages("en").value(spec_at("certificate.status"), None) == ""
