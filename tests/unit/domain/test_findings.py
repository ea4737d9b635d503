from __future__ import annotations

import re

import pytest

from app.domain.findings import KINDS, OF_PAGES, make
from app.messages import Messages


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_finding_has_a_short_name(language):
    messages = Messages(language)
    assert set(messages.keys("findings")) == set(KINDS)
    assert all(messages.finding(code) != code for code in KINDS)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_sentence_is_whole_and_ends_with_a_full_stop(code):
    names = re.findall(r"\{(\w+)\}", KINDS[code][1])
    found = make(code, "certificate.serial", **dict.fromkeys(names, "9"))
    assert found.message.endswith(".")
    assert "{" not in found.message
    assert found.severity in ("info", "warning", "blocking")


def test_only_what_is_missing_or_left_unseen_blocks():
    blocking = {code for code, (severity, _) in KINDS.items() if severity == "blocking"}
    assert blocking == {"required_missing", "doubts_left"}


def test_findings_of_pages_are_kinds():
    assert set(KINDS) >= OF_PAGES
