"""The serif typefaces of the samples, found on the machine.

Both have every Vietnamese letter; Debian's Liberation Serif has not and is never used.
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
    return _typeface(
        "Tinos", ("Tinos-Regular", "Tinos-Bold", "Tinos-Italic", "Tinos-BoldItalic"), package="fonts-croscore"
    )


def free_serif() -> Typeface:
    """Find FreeSerif."""
    names = ("FreeSerif", "FreeSerifBold", "FreeSerifItalic", "FreeSerifBoldItalic")
    return _typeface("FreeSerif", names, package="fonts-freefont-ttf")


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
