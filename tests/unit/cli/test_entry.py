"""`diaba finish`: what keeps a dossier from being entered."""

from __future__ import annotations

import dataclasses
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.adapters.clock import SystemClock
from app.adapters.store import open_store
from app.domain import paths
from tests.office import AT, a_complete_dossier, a_field

AREA = "parcels[0].area_m2"
DOUBTFUL = ["certificate.serial", "holders[1].name"]


@pytest.fixture
def desk(tmp_path):
    """A store without people: one dossier with two doubts, one without any, and one that lacks its area."""
    folder = tmp_path / "store"
    store = open_store(folder, SystemClock())
    whole = paths.put(a_complete_dossier("doubtful"), AREA, Decimal("72.5"))
    read = [a_field(DOUBTFUL[1], "ĐẶNG ĐỨC ĐÔNG"), a_field(DOUBTFUL[0], "CQ 718336")]
    with store.write() as writer:
        for dossier, values in (
            (whole, read),
            (dataclasses.replace(whole, dossier_id="sure"), []),
            (a_complete_dossier("lacking"), read),
        ):
            writer.add_dossier(dossier, AT, "setup")
            writer.save(dossier, values)
    store.close()
    return folder


def finish(desk: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[dict[str, Any]], str]:
    """Run `diaba finish`; its exit status, its JSON lines, and its last line on stderr."""
    status = cli.main(["--store", str(desk), *words, "--json"])
    said = capsys.readouterr()
    return status, [json.loads(line) for line in said.out.splitlines()], said.err.splitlines()[-1]


def states(desk: Path) -> dict[str, str]:
    store = open_store(desk, SystemClock(), read_only=True)
    with store.read() as reader:
        found = {name: reader.head(name).state.value for name in ("doubtful", "sure", "lacking")}
    store.close()
    return found


def test_doubts_stop_a_dossier_and_are_counted_and_named_while_the_others_go_on(desk, capsys):
    status, lines, said = finish(desk, capsys, "finish", "doubtful", "sure")
    assert (status, [line["dossier"] for line in lines]) == (3, ["doubtful", "sure"])
    assert [(finding["code"], finding["paths"]) for finding in lines[0]["findings"]] == [("doubts_left", DOUBTFUL)]
    assert lines[1]["findings"] == []
    assert " 2 " in said
    assert "Số phát hành (sê-ri) [certificate.serial]" in said
    assert "holders[1].name" in said
    assert "--with-doubts" in said
    assert states(desk) == {"doubtful": "draft", "sure": "entered", "lacking": "draft"}


def test_the_error_about_doubts_speaks_english_when_asked_to(desk, capsys):
    assert "2 values nobody has looked at" in finish(desk, capsys, "--language", "en", "finish", "doubtful")[2]


def test_doubts_do_not_stop_a_dossier_that_is_to_be_finished_with_them(desk, capsys):
    status, lines, _said = finish(desk, capsys, "finish", "--with-doubts", "doubtful")
    assert (status, lines) == (0, [{"dossier": "doubtful", "findings": []}])
    assert states(desk)["doubtful"] == "entered"


def test_what_is_missing_stops_a_dossier_whatever_is_said_of_doubts(desk, capsys):
    status, lines, _said = finish(desk, capsys, "finish", "--with-doubts", "lacking")
    assert (status, [finding["code"] for finding in lines[0]["findings"]]) == (3, ["required_missing"])
    assert states(desk)["lacking"] == "draft"
