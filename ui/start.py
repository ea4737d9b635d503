"""The console script `diaba`: the window without a command, the demo, and everything else to the command line.

Nothing of Qt is imported until a window or the demo is asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from multiprocessing import freeze_support
from pathlib import Path

_WITH_VALUE = {
    "--store": "store",
    "--user": "user",
    "--language": "language",
    "--sane-config": "sane_config",
    "--simulated-scanner": "simulated_scanner",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run `diaba`; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    options, command = split_arguments(arguments)
    if command is None:
        return _window(options)
    if command == "demo":
        from ui import demo

        return demo.main(arguments)
    from app import cli

    return cli.main(arguments)


def split_arguments(arguments: Sequence[str]) -> tuple[dict[str, str], str | None]:
    """The options before the command, and the command; None when only options of the window are there."""
    options: dict[str, str] = {}
    rest = list(arguments)
    while rest:
        first = rest.pop(0)
        name, has_value, value = first.partition("=")
        if name not in _WITH_VALUE:
            return options, first
        if not has_value and not rest:
            return options, first
        options[_WITH_VALUE[name]] = value if has_value else rest.pop(0)
    return options, None


def _window(options: dict[str, str]) -> int:
    from ui.application import WindowOptions, run_window

    def folder(name: str) -> Path | None:
        return Path(options[name]) if name in options else None

    return run_window(
        WindowOptions(
            store=folder("store"),
            user=options.get("user", ""),
            language=options.get("language", "vi"),
            sane_config=folder("sane_config"),
            simulated_scanner=folder("simulated_scanner"),
        )
    )


if __name__ == "__main__":
    freeze_support()  # a frozen program starts its page workers as itself
    sys.exit(main())
