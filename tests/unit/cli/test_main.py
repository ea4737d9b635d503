"""The command line before anything is opened: pipes, names that are no text, usage."""

from __future__ import annotations

import io
import json
import os
import sys
from contextlib import redirect_stdout

import pytest

from app import cli
from app.cli.terminal import Terminal
from app.messages import Messages


@pytest.mark.parametrize("given", ["lamp", "=on", ""])
def test_an_option_of_the_scanner_without_name_or_value_is_a_matter_of_usage(given, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["scan", "--option", given])
    assert caught.value.code == 2
    assert "TÊN=GIÁ_TRỊ" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["-1", "0", "65", "many"])
def test_a_number_of_workers_that_makes_no_sense_is_a_matter_of_usage(jobs, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["read", "--jobs", jobs, "a.jpg"])
    assert caught.value.code == 2
    assert "--jobs" in capsys.readouterr().err


def test_what_a_paper_holds_does_not_steer_the_terminal(capsys):
    Terminal(as_json=False, messages=Messages()).result({}, "NGUYỄN\x1b[2J\x9b1m\nVĂN")
    assert capsys.readouterr().out == "NGUYỄN\ufffd[2J\ufffd1m\nVĂN\n"


def through_an_old_pipe(*words: str) -> tuple[int, str]:
    """Run a command whose output goes into a pipe as Windows opens it; its exit status and last line."""
    written = io.BytesIO()
    with redirect_stdout(io.TextIOWrapper(written, "cp1252", write_through=True)) as pipe:
        status = cli.main(words)
    pipe.flush()
    return status, written.getvalue().decode().splitlines()[-1]


def test_a_pipe_gets_utf_8_whatever_the_code_page(tmp_path):
    file = str(tmp_path / "Đất.jpg")
    status, last = through_an_old_pipe("--store", str(tmp_path / "store"), "import", "--no-read", "--json", file)
    assert (status, json.loads(last)["refused"][0]["file"]) == (3, file)


if sys.platform != "win32":

    def test_a_file_whose_name_is_no_text_comes_back_under_its_very_name(tmp_path):
        file = os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.jpg")
        status, last = through_an_old_pipe("--store", str(tmp_path / "store"), "import", "--no-read", "--json", file)
        assert (status, json.loads(last)["refused"][0]["file"]) == (3, file)

    @pytest.mark.parametrize(
        ("words", "status"), [(["show"], 3), (["set", "commune_code"], 0), (["queue", "--search"], 0)]
    )
    def test_words_that_are_no_text_are_only_a_strange_value(tmp_path, capsys, words, status):
        store = ["--store", str(tmp_path / "store")]
        assert cli.main([*store, "set", "hamlet", "Thôn 1"]) == 0
        assert cli.main([*store, *words, os.fsdecode(b"\xff")]) == status
