"""Writes sample dossiers: `python -m tests.samples OUT_DIR --seed N --count K`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.samples.dossier import LEVEL_NAMES, MIXED, MODELS, draw_dossier
from tests.samples.files import FORMATS, write_dossier
from tests.samples.fonts import MissingFontError

SEEDS_PER_RUN = 100_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the dossiers asked for; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        for number in range(options.count):
            model, level = _kind(number, options.model, options.level)
            dossier = draw_dossier(options.seed * SEEDS_PER_RUN + number, model=model, level=level, dpi=options.dpi)
            folder = options.out_dir / f"{number + 1:03d}-{model}"
            write_dossier(dossier, folder, options.format)
            print(f"{folder}: model {model}, {level}, {len(dossier.pages)} pages")
    except MissingFontError as error:
        print(error, file=sys.stderr)
        return 4
    return 0


def _kind(number: int, model: str, level: str) -> tuple[str, str]:
    """Return model and level of a dossier; "mixed" goes round so that every pair comes up equally often."""
    if model == MIXED:
        model, number = MODELS[number % len(MODELS)], number // len(MODELS)
    return model, LEVEL_NAMES[number % len(LEVEL_NAMES)] if level == MIXED else level


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.samples", description="Draws fictional scanned dossiers.")
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--seed", type=int, required=True, help="another seed gives other dossiers")
    parser.add_argument("--count", type=int, default=1)
    parser.add_argument("--model", choices=(*MODELS, MIXED), default=MIXED)
    parser.add_argument("--level", choices=(*LEVEL_NAMES, MIXED), default="clean")
    parser.add_argument("--format", choices=FORMATS, default="jpg")
    parser.add_argument("--dpi", type=int, default=300)
    return parser


if __name__ == "__main__":
    sys.exit(main())
