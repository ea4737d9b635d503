"""What the command line prints, and where."""

from __future__ import annotations

import json
import sys
import unicodedata

from app.domain.fields import spec_of
from app.errors import DiabaError
from app.messages import Messages


class Terminal:
    """Where the command line prints: JSON only on stdout with `--json`, sentences otherwise; errors on stderr."""

    def __init__(self, *, as_json: bool, messages: Messages) -> None:
        self.as_json = as_json
        self.messages = messages

    def result(self, plain: object, sentence: str) -> None:
        """Print one result, in the form that was asked for."""
        print(json.dumps(plain, ensure_ascii=False) if self.as_json else _harmless(sentence), flush=True)

    def error(self, error: DiabaError) -> None:
        """Print a failure with the way out."""
        self.error_code(error.code, **error.params)

    def error_code(self, code: str, **params: object) -> None:
        """Print a failure known by its code."""
        print(f"diaba: {_harmless(self.messages.error_code(code, **params).line)}", file=sys.stderr, flush=True)

    def note(self, text: str) -> None:
        """Print a remark on stderr."""
        print(f"diaba: {text}", file=sys.stderr, flush=True)

    def named(self, path: str) -> str:
        """A field's label and path: "Số phát hành (sê-ri) [certificate.serial]"."""
        return f"{self.messages.field(path)} [{path}]"

    def shown(self, path: str, text: str | None) -> str:
        """A value as a person reads it: decimal comma, dd/MM/yyyy, words for choices."""
        spec = spec_of(path)
        return self.messages.value(spec, text) if spec is not None and text is not None else text or "—"


def _harmless(sentence: str) -> str:
    """What papers and file names hold must not steer the terminal."""
    return "".join("\ufffd" if sign != "\n" and unicodedata.category(sign) == "Cc" else sign for sign in sentence)
