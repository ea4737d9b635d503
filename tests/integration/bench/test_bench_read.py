"""`diaba bench read` on a drawn dossier, with the real engine; and folders that are none."""

from __future__ import annotations

import json

import pytest

from app.adapters.truth_files import find_truths
from app.cli import main
from app.errors import InputError
from tests.samples import draw_dossier, write_dossier


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench")
    write_dossier(draw_dossier(1, model="2024", level="clean"), folder / "một")
    return folder


def test_a_folder_of_dossiers_is_scored_and_timed(folder, capsys):
    assert main(["bench", "read", str(folder), "--jobs", "1", "--rounds", "1", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    figures = {figure["name"]: figure for figure in plain["figures"]}
    truth = json.loads((folder / "một" / "truth.json").read_text(encoding="utf-8"))
    assert figures["page kind and model"]["of"] == len(truth["pages"])
    assert figures["short fields, clean"]["share"] > 0.8
    assert plain["by_model"][-1][3] == str(len(truth["fields"]))
    assert plain["speed"]["images"] == 2
    assert plain["speed"]["ours_per_minute"][0] > 0
    assert plain["speed"]["peak_mb"] is None or 50 < plain["speed"]["peak_mb"] < 1000


def test_the_report_for_people_holds_the_same_figures(folder, capsys):
    assert main(["bench", "read", str(folder / "một"), "--jobs", "1", "--rounds", "0"]) == 0
    report = capsys.readouterr().out
    assert "| figure | reached | goal | of |" in report
    assert "| 2024 | clean | 1 |" in report
    assert "images:" not in report


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"files": "a.jpg", "fields": {}, "pages": [], "model": "2014", "level": "clean"}', "[" * 100_000]
    + [
        json.dumps({"files": names, "fields": {}, "pages": [], "model": "2014", "level": "clean"})
        for names in ([], ["../a.jpg"], ["/etc/passwd"])
    ],
)
def test_a_truth_that_is_none_is_named(tmp_path, text):
    (tmp_path / "truth.json").write_text(text)
    with pytest.raises(InputError, match="truth_unreadable"):
        list(find_truths([tmp_path]))


def test_a_folder_without_truth_is_named(tmp_path, capsys):
    assert main(["bench", "read", str(tmp_path)]) == 3
    assert str(tmp_path / "truth.json") in capsys.readouterr().err
