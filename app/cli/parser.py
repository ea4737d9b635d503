"""The grammar of the command line: commands, groups of commands and their arguments, in the words of one language.

All words come from `resources/messages`: `commands` says what a command is for (by its name, such as "bench read"),
`options` what an argument is for (by its name, such as "--jobs"), `metavars` what stands in its place in a usage line,
and `usage` holds argparse's own sentences by their English wording.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from app.cli.terminal import Terminal
from app.messages import Messages

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001  (argparse names no public type)

Command = Callable[[argparse.Namespace, Terminal], int]
LANGUAGES = ("vi", "en")


class CommandLine:
    """One command, or the program itself, whose arguments are being described.

    Attributes:
        parser: What argparse made of it.
    """

    def __init__(self, messages: Messages, parser: argparse.ArgumentParser | None = None) -> None:
        about = messages.word("commands", "diaba")
        self.parser = parser or argparse.ArgumentParser(prog="diaba", description=about)
        self._messages = messages

    def value(self, name: str, metavar: str | None = None, **how: Any) -> None:  # noqa: ANN401  (argparse's own)
        """An argument with a value: an option when its name begins with dashes, else by its place.

        Args:
            name: Its name; key of its help.
            metavar: What stands for the value in a usage line, a key of `metavars`; None shows the choices.
            how: Anything else `ArgumentParser.add_argument` takes.
        """
        shown = None if metavar is None else self._messages.word("metavars", metavar)
        self.parser.add_argument(name, metavar=shown, help=self._messages.word("options", name), **how)

    def flag(self, name: str, **how: Any) -> None:  # noqa: ANN401  (argparse's own)
        """An option without a value."""
        self.parser.add_argument(name, action="store_true", help=self._messages.word("options", name), **how)

    def version(self, text: str) -> None:
        """The option `--version`."""
        words = self._messages.word("options", "--version")
        self.parser.add_argument("--version", action="version", version=text, help=words)

    def commands(self, metavar: str, *, required: bool = True) -> Commands:
        """Make room for commands below this one."""
        shown = self._messages.word("metavars", metavar)
        _program, *names = self.parser.prog.split()
        return Commands(self._messages, names, self.parser.add_subparsers(required=required, metavar=shown))


class Commands:
    """A place where commands are hung in."""

    def __init__(self, messages: Messages, above: Sequence[str], subparsers: Subparsers) -> None:
        self._messages = messages
        self._above = above
        self._subparsers = subparsers

    def add(self, name: str, run: Command) -> CommandLine:
        """A command; its arguments are to be described."""
        line = self._add(name)
        line.flag("--json", default=argparse.SUPPRESS)
        line.parser.set_defaults(command=run)
        return line

    def group(self, name: str) -> Commands:
        """A command that only gathers others."""
        return self._add(name).commands("TASK")

    def _add(self, name: str) -> CommandLine:
        about = self._messages.word("commands", " ".join((*self._above, name)))
        return CommandLine(self._messages, self._subparsers.add_parser(name, help=about, description=about))


def language_of(argv: Sequence[str]) -> str:
    """The language asked for, found before anything is parsed: also a usage error is told in it."""
    ear = argparse.ArgumentParser(add_help=False)
    ear.add_argument("--language", nargs="?")
    asked = ear.parse_known_args(list(argv))[0].language
    return asked if asked in LANGUAGES else LANGUAGES[0]


@contextmanager
def speaking(messages: Messages) -> Iterator[None]:
    """Argparse speaks our language as long as this lasts.

    Argparse asks gettext for every sentence, under the names `_` and `ngettext` of its module; gettext itself would
    want compiled catalogues and the language in the environment. What we have no words for stays English.
    """

    def plural(one: str, many: str, count: int) -> str:
        return messages.word("usage", one if count == 1 else many)

    hooks = {"_": lambda sentence: messages.word("usage", sentence), "ngettext": plural}
    before = {name: getattr(argparse, name) for name in hooks}
    try:
        for name, hook in hooks.items():
            setattr(argparse, name, hook)
        yield
    finally:
        for name, hook in before.items():
            setattr(argparse, name, hook)
