"""The check of a form against its JSON Schema and the required values, with sentences a person can act on."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

import resources
from app.domain import checks, codec, paths
from app.domain.dossier import Dossier
from app.errors import InputError
from app.wire import bodies, contract
from app.wire.models import FormError

MAX_ERRORS = 50
"""More than this many errors are not listed: the form is something else."""

_SENTENCES = {
    "required": "thiếu mục này trong hồ sơ gửi lên.",
    "additionalProperties": "mẫu hồ sơ không có mục này.",
    "enum": "giá trị không nằm trong danh sách cho phép.",
    "maxLength": "nội dung quá dài.",
    "minLength": "chưa có nội dung.",
    "maxItems": "quá nhiều dòng.",
    "minimum": "số nhỏ hơn mức cho phép.",
    "maximum": "số lớn hơn mức cho phép.",
    "type": "kiểu dữ liệu không đúng.",
    "pattern": "giá trị không đúng dạng.",
    "required_missing": "chưa có giá trị; hãy nhập, hoặc ghi lý do để trống.",
    "pages_differ": "các trang trong hồ sơ khác với danh sách trang của đợt gửi.",
    "dossier_differs": "mã hồ sơ khác với danh sách của đợt gửi.",
    "not_json": "nội dung gửi lên không phải JSON.",
    "not_in_manifest": "hồ sơ này không có trong danh sách của đợt gửi.",
    "schema_unknown": "máy chủ không nhận phiên bản mẫu hồ sơ này; hãy cập nhật chương trình.",
}
_PATTERNS = {
    "area": "diện tích phải là số thập phân với dấu chấm, ví dụ 72.5.",
    "date": "ngày phải có dạng năm, năm-tháng hoặc năm-tháng-ngày, ví dụ 1958-09-02.",
    "path": "đường dẫn tới giá trị không đúng dạng.",
    "sha256": "mã băm phải có 64 ký tự thập lục phân.",
    "uuid": "mã hồ sơ không đúng dạng.",
}
_NAMELESS = "Hồ sơ"


def schema_text(name: str) -> str | None:
    """The text of a form schema such as "dossier/1"; None when there is no such schema."""
    return resources.text("schemas/dossier-1.schema.json") if name == contract.FORM_SCHEMA else None


def check_form(untrusted_form: bytes) -> tuple[Dossier | None, tuple[FormError, ...]]:
    """Read a form and list what is wrong with it; the record is there when it could be read at all."""
    try:
        plain = bodies.parse_json(untrusted_form)
    except bodies.BodyBroken:
        return None, (form_error("", "not_json"),)
    errors = tuple(_schema_errors(plain))
    if errors:
        return None, errors
    try:
        dossier = codec.from_plain(Dossier, plain)
    except InputError:
        return None, (form_error("", "type"),)
    missing = tuple(path for finding in checks.missing_values(dossier) for path in finding.paths)
    return dossier, tuple(form_error(paths.to_pointer(path), "required_missing") for path in missing[:MAX_ERRORS])


def form_error(pointer: str, code: str, sentence: str | None = None) -> FormError:
    """An error with its Vietnamese sentence, which begins with the label of the field."""
    label = _labels().get(paths.pattern(paths.from_pointer(pointer))) or _NAMELESS
    return FormError(pointer=pointer[:500], code=code, vi=f"{label}: {sentence or _SENTENCES[code]}")


def _schema_errors(plain: object) -> Iterator[FormError]:
    for number, error in enumerate(_validator().iter_errors(plain)):
        if number == MAX_ERRORS:
            return
        yield _form_error_of(error)


def _form_error_of(error: ValidationError) -> FormError:
    pointer = "".join(f"/{_escaped(part)}" for part in error.absolute_path)
    code = str(error.validator)
    if code == "required":
        return form_error(f"{pointer}/{error.message.split(chr(39))[1]}", code)
    if code == "additionalProperties":
        schema: Any = error.schema
        instance: Any = error.instance
        extra = next((name for name in instance if name not in schema["properties"]), "")
        return form_error(f"{pointer}/{_escaped(extra)}", code)
    return form_error(pointer, code, _pattern_sentence(error.validator_value) if code == "pattern" else None)


def _pattern_sentence(pattern: object) -> str | None:
    definitions: Mapping[str, Any] = _schema()["$defs"]
    names = (name for name, words in _PATTERNS.items() if definitions[name]["pattern"] == pattern)
    return next((_PATTERNS[name] for name in names), None)


def _escaped(part: object) -> str:
    return str(part)[:100].replace("~", "~0").replace("/", "~1")


@functools.cache
def _schema() -> dict[str, Any]:
    return dict(json.loads(resources.text("schemas/dossier-1.schema.json")))


@functools.cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(_schema())


@functools.cache
def _labels() -> dict[str, str]:
    fields = json.loads(resources.text("messages/vi.json"))["fields"]
    return {pattern: str(entry["text"]) for pattern, entry in fields.items()}
