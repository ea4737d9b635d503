"""The typefaces of the samples, found on the machine: two serif, two sans serif, two of one width.

All have every Vietnamese letter and come with two Debian packages. Debian 12's Liberation Serif, Comic Neue, Dancing
Script and Courier Prime lack 60 to 100 of them and are never used.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

POINTS_PER_INCH = 72


class MissingFontError(Exception):
    """A typeface is not installed; the text names the package that has it."""


@dataclass(frozen=True, kw_only=True)
class Typeface:
    """Four cuts of one typeface."""

    name: str
    regular: Path
    bold: Path
    italic: Path
    bold_italic: Path

    def cut(self, *, bold: bool, italic: bool) -> Path:
        """Return the file of a cut."""
        if bold:
            return self.bold_italic if italic else self.bold
        return self.italic if italic else self.regular


def tinos() -> Typeface:
    """Find Tinos, drawn to the widths of Times New Roman."""
    return _croscore("Tinos")


def arimo() -> Typeface:
    """Find Arimo, drawn to the widths of Arial."""
    return _croscore("Arimo")


def cousine() -> Typeface:
    """Find Cousine, drawn to the widths of Courier New: every letter as wide as the next."""
    return _croscore("Cousine")


def free_serif() -> Typeface:
    """Find FreeSerif."""
    return _free("FreeSerif", slanted="Italic")


def free_sans() -> Typeface:
    """Find FreeSans, in the manner of Helvetica."""
    return _free("FreeSans", slanted="Oblique")


def free_mono() -> Typeface:
    """Find FreeMono, thin as a typewriter's letters."""
    return _free("FreeMono", slanted="Oblique")


def _croscore(name: str) -> Typeface:
    files = (f"{name}-Regular", f"{name}-Bold", f"{name}-Italic", f"{name}-BoldItalic")
    return _typeface(name, files, package="fonts-croscore")


def _free(name: str, *, slanted: str) -> Typeface:
    files = (name, f"{name}Bold", f"{name}{slanted}", f"{name}Bold{slanted}")
    return _typeface(name, files, package="fonts-freefont-ttf")


def load_font(path: Path, size_pt: float, dpi: int) -> ImageFont.FreeTypeFont:
    """Load a cut in a size for a resolution; loaded fonts are kept."""
    return _load(str(path), round(size_pt * dpi / POINTS_PER_INCH, 2))


@lru_cache(maxsize=256)
def _load(path: str, size_px: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size_px, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=8)
def _typeface(name: str, files: tuple[str, str, str, str], *, package: str) -> Typeface:
    found = [_find(f"{file}.ttf") for file in files]
    missing = [file for file, path in zip(files, found, strict=True) if path is None]
    if missing:
        raise MissingFontError(
            f"The samples need the typeface {name} ({', '.join(missing)}.ttf not found): "
            f"install the package {package}, for example with: apt-get install {package}"
        )
    regular, bold, italic, bold_italic = (path for path in found if path is not None)
    return Typeface(name=name, regular=regular, bold=bold, italic=italic, bold_italic=bold_italic)


def _find(file_name: str) -> Path | None:
    for folder in _font_folders():
        matches = sorted(folder.rglob(file_name)) if folder.is_dir() else []
        if matches:
            return matches[0]
    return None


def _font_folders() -> tuple[Path, ...]:
    home = Path.home()
    return (
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
        Path("/Library/Fonts"),
        Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts",
        Path(os.environ.get("LOCALAPPDATA", home)) / "Microsoft/Windows/Fonts",
    )
