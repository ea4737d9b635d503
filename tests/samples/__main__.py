"""Writes sample dossiers: `python -m tests.samples OUT_DIR --seed N --count K`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.samples.company import LOOSE_PAPERS
from tests.samples.damages import DAMAGES, LEVEL_NAMES
from tests.samples.dossier import MIXED, MODELS, SampleDossier, draw_dossier, draw_loose, draw_pile
from tests.samples.files import FORMATS, write_dossier
from tests.samples.fonts import MissingFontError
from tests.samples.leaves import Arrangement
from tests.samples.worlds import WORLDS, world_of

SEEDS_PER_RUN = 100_000
NONE = "none"


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the dossiers or piles asked for; returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        for number in range(options.count):
            dossier = _draw(options, number)
            folder = options.out_dir / f"{number + 1:03d}-{dossier.model}"
            write_dossier(dossier, folder, options.format)
            print(f"{folder}: model {dossier.model}, {dossier.level}, {len(dossier.pages)} pages")
    except MissingFontError as error:
        print(error, file=sys.stderr)
        return 4
    return 0


def _draw(options: argparse.Namespace, number: int) -> SampleDossier:
    seed = options.seed * SEEDS_PER_RUN + number
    arrangement = Arrangement(
        spreads=options.spreads, turned=options.turned, shuffled=options.shuffled, papers=options.papers
    )
    if options.loose:
        level = _of(LEVEL_NAMES, number) if options.level == MIXED else options.level
        return draw_loose(seed, options.loose, level, options.dpi, damages=options.damages, arrangement=arrangement)
    rest = {"damages": options.damages, "arrangement": arrangement, "world": options.words or world_of(options.seed)}
    if options.pile:
        level = _of(LEVEL_NAMES, number) if options.level == MIXED else options.level
        return draw_pile(seed, options.pile, options.model, level, options.dpi, **rest)
    model, level = _kind(number, options.model, options.level)
    return draw_dossier(seed, model, level, options.dpi, **rest)


def _kind(number: int, models: Sequence[str], level: str) -> tuple[str, str]:
    """Return model and level of a dossier; they go round so that every pair comes up equally often."""
    return _of(models, number), _of(LEVEL_NAMES, number // len(models)) if level == MIXED else level


def _of(names: Sequence[str], number: int) -> str:
    return names[number % len(names)]


def _models(text: str) -> tuple[str, ...]:
    return MODELS if text == MIXED else _named(text, MODELS)


def _damages(text: str) -> tuple[str, ...]:
    return () if text == NONE else _named(text, DAMAGES)


def _loose(text: str) -> tuple[str, ...]:
    return _named(text, LOOSE_PAPERS)


def _named(text: str, known: Sequence[str]) -> tuple[str, ...]:
    names = tuple(text.split(","))
    unknown = [name for name in names if name not in known]
    if unknown:
        raise argparse.ArgumentTypeError(f"not known: {', '.join(unknown)} (there are: {', '.join(known)})")
    return names


def _dpi(text: str) -> int | None:
    return None if text == MIXED else int(text)


def _share(text: str) -> float:
    share = float(text)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError("a share is between 0 and 1")
    return share


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.samples", description="Draws fictional scanned dossiers.")
    parser.add_argument("out_dir", type=Path)
    parser.add_argument("--seed", type=int, required=True, help="another seed gives other dossiers")
    parser.add_argument("--count", type=int, default=1, help="folders to write")
    parser.add_argument("--model", type=_models, default=MODELS, help=f"{', '.join(MODELS)}, several, or {MIXED}")
    parser.add_argument("--level", choices=(*LEVEL_NAMES, MIXED), default="clean")
    parser.add_argument("--format", choices=FORMATS, default="jpg")
    parser.add_argument("--dpi", type=_dpi, default=300, help=f"such as 300 or 200, or {MIXED}")
    parser.add_argument("--damages", type=_damages, help=f"exactly these instead of the level's: {', '.join(DAMAGES)}")
    parser.add_argument("--loose", type=_loose, help=f"papers without a certificate: {', '.join(LOOSE_PAPERS)}")
    parser.add_argument("--pile", type=int, default=0, metavar="K", help="each folder is a pile of K certificates")
    parser.add_argument("--words", choices=WORLDS, help="wordings of the forms; the seed of the run decides by itself")
    for name, what in (
        ("--spreads", "four-page certificates scanned opened"),
        ("--turned", "images turned by 90, 180 or 270 degrees"),
        ("--shuffled", "dossiers or piles in any order"),
        ("--papers", "certificates with ID cards, other papers and blank backsides"),
    ):
        parser.add_argument(
            name, type=_share, nargs="?", const=1.0, default=0.0, metavar="SHARE", help=f"{what}; all, or this share"
        )
    return parser


if __name__ == "__main__":
    sys.exit(main())
