"""The words of the command line: help and usage errors in the chosen language, from the message tables only."""

from __future__ import annotations

import argparse
import ast
import inspect
import json
import re
from collections.abc import Iterator

import pytest

from app import cli
from app.cli.parser import LANGUAGES, language_of, speaking
from app.messages import Messages

FOR_PROGRAMMERS = {
    "%r is not callable",
    "'required' is an invalid argument for positionals",
    ".__call__() not defined",
    'argument "-" with mode %r',
    "can't open '%(filename)s': %(error)s",
    "cannot have multiple subparser arguments",
    "cannot merge actions - two groups are named %r",
    "conflicting option string: %s",
    "conflicting option strings: %s",
    "conflicting subparser alias: %s",
    "conflicting subparser: %s",
    "dest= is required for options like %r",
    "invalid conflict_resolution value: %r",
    "invalid option string %(option)r: must start with a character %(prefix_chars)r",
    "mutually exclusive arguments must be optional",
    "unexpected option string: %s",
    # from Python 3.13 on; we give a help of our own, show no defaults and have nothing deprecated
    " (default: %(default)s)",
    "%(prog)s: warning: %(message)s\n",
    "argument '%(argument_name)s' is deprecated",
    "command '%(parser_name)s' is deprecated",
    "option '%(option)s' is deprecated",
    "show program's version number and exit",
    "subcommands",
}
"""Sentences of argparse that nobody meets at the terminal."""


class NoWordMissing(Messages):
    """Fails where the tables have no word."""

    def word(self, group: str, key: str) -> str:
        assert key in self.keys(group), f"{group}: {key}"
        return super().word(group, key)


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and all below it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from parsers(below)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_help_is_wholly_made_of_our_words(language):
    messages = NoWordMissing(language)
    with speaking(messages):
        every = list(parsers(cli.command_line(messages).parser))
        assert len(every) > 20
        for parser in every:
            assert parser.format_help().startswith(messages.word("usage", "usage: "))
            options = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
            assert [action.dest for action in options if not action.help] == []


def test_the_help_in_vietnamese_has_no_english_word_of_argparse():
    messages = Messages("vi")
    with speaking(messages):
        texts = [parser.format_help() for parser in parsers(cli.command_line(messages).parser)]
    english = re.compile(r"usage:|options|arguments|positional|show this|exit|COMMAND|FOLDER|FILE\b")
    assert [found for text in texts for found in english.findall(text)] == []


def test_every_sentence_argparse_may_say_has_our_words():
    calls = [node for node in ast.walk(ast.parse(inspect.getsource(argparse))) if isinstance(node, ast.Call)]
    asked = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"_", "ngettext"}]
    sentences = {arg.value for args in asked for arg in args if isinstance(arg, ast.Constant)}
    assert {"usage: ", "expected %s arguments", "options"} <= sentences
    assert sentences - FOR_PROGRAMMERS - set(Messages("vi").keys("usage")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("words", "telling"),
    [
        ([], "COMMAND"),
        (["fly"], "fly"),
        (["read"], "FILE"),
        (["read", "--jobs", "0", "a.jpg"], "--jobs"),
        (["scan", "--dpi"], "--dpi"),
        (["scan", "--list=yes"], "yes"),
        (["scan", "--d", "x"], "--dossier"),
        (["queue", "--state", "lost"], "lost"),
        (["verify", "--loudly"], "--loudly"),
        (["return", "a"], "--why"),
    ],
)
def test_a_usage_error_speaks_the_chosen_language_and_names_what_is_wrong(language, words, telling, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["--language", language, *words])
    said = capsys.readouterr()
    usage, _, last = said.err.strip().rpartition("\n")
    messages = Messages(language)
    assert (caught.value.code, said.out) == (2, "")
    assert usage.startswith(messages.word("usage", "usage: "))
    assert re.match({"vi": r"diaba.*: lỗi: ", "en": r"diaba.*: error: "}[language], last)
    assert messages.word("metavars", telling) in last
    if language == "vi":
        assert not re.search(r"invalid|expected|required|argument|choose|unrecognized|error|ambiguous", said.err)


@pytest.mark.parametrize(
    ("words", "language"),
    [
        (["--language", "en", "queue"], "en"),
        (["--store", "x", "--language=en", "queue"], "en"),
        (["--lang", "en", "fly"], "en"),
        (["--language", "fr", "queue"], "vi"),
        (["queue", "--language"], "vi"),
        ([], "vi"),
    ],
)
def test_the_language_is_known_before_anything_is_parsed(words, language):
    assert language_of(words) == language


def test_argparse_speaks_its_own_language_again_afterwards():
    before = vars(argparse)["_"], vars(argparse)["ngettext"]
    with speaking(Messages("vi")):
        assert vars(argparse)["_"]("options") == "tùy chọn"
        assert vars(argparse)["ngettext"]("expected %s argument", "expected %s arguments", 2) == "cần %s giá trị"
    assert (vars(argparse)["_"], vars(argparse)["ngettext"]) == before


@pytest.mark.parametrize("words", [["receiver", "--json", "counts"], ["receiver", "counts", "--json"]])
def test_json_may_stand_before_or_behind_what_the_operator_does(words, tmp_path, capsys):
    assert cli.main([*words, "--data", str(tmp_path / "data")]) == 0
    assert isinstance(json.loads(capsys.readouterr().out), dict)
