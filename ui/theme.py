"""The look of the window: bundled Noto Sans, one palette, one style sheet, our own icons."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from string import Template

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

import resources

FONT_FAMILY = "Noto Sans"
FONT_POINTS = 10
FONT_FILES = ("fonts/NotoSans-Regular.ttf", "fonts/NotoSans-Bold.ttf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """Every colour of the window; `TEXT_PAIRS` lists what is written on what.

    Attributes:
        ink: Text.
        quiet: Less important text.
        paper: Panels and fields.
        ground: Behind the panels.
        rail: The left rail; `rail_ink` is written on it.
        accent: Main buttons and the current field.
        ok, look, wrong: Ink of the three marks, on their own light ground `*_ground`.
    """

    ink: str = "#1c2826"
    quiet: str = "#52615d"
    paper: str = "#ffffff"
    ground: str = "#f1f4f2"
    line: str = "#c9d3cf"
    rail: str = "#1d3b35"
    rail_ink: str = "#e8efec"
    rail_here: str = "#2f5d54"
    accent: str = "#0b6b5b"
    accent_dark: str = "#08503f"
    accent_ink: str = "#ffffff"
    accent_ground: str = "#e2f1ed"
    ok: str = "#1b6e3c"
    ok_ground: str = "#e4f3ea"
    look: str = "#8a4b00"
    look_ground: str = "#fff3d6"
    wrong: str = "#a4161a"
    wrong_ground: str = "#fdeaea"
    chosen: str = "#c4e4dc"
    person: str = "#1f4e85"
    person_ground: str = "#e6eef8"
    desk: str = "#4a5552"


COLOURS = Colours()
TEXT_PAIRS: tuple[tuple[str, str], ...] = (
    ("ink", "paper"),
    ("ink", "ground"),
    ("quiet", "paper"),
    ("quiet", "ground"),
    ("rail_ink", "rail"),
    ("rail_ink", "rail_here"),
    ("accent_ink", "accent"),
    ("accent_ink", "accent_dark"),
    ("accent", "paper"),
    ("accent_dark", "accent_ground"),
    ("ok", "ok_ground"),
    ("look", "look_ground"),
    ("look", "paper"),
    ("wrong", "wrong_ground"),
    ("wrong", "paper"),
    ("person", "person_ground"),
    ("ink", "look_ground"),
    ("ink", "wrong_ground"),
    ("ink", "chosen"),
    ("quiet", "accent_ground"),
    ("accent_ink", "desk"),
)
"""(text, background) pairs in use; a test demands a contrast of 4.5:1 for each."""


def apply(app: QApplication) -> None:
    """Give the application its font, palette and style sheet."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resources.path(name)))
    app.setStyle("Fusion")
    app.setFont(QFont(FONT_FAMILY, FONT_POINTS))
    app.setPalette(palette())
    app.setStyleSheet(style_sheet())
    app.setWindowIcon(icon("logo"))


def palette() -> QPalette:
    """The palette, light on every desktop."""
    roles = QPalette.ColorRole
    made = QPalette(QColor(COLOURS.ground))
    for role, colour in {
        roles.Window: COLOURS.ground,
        roles.WindowText: COLOURS.ink,
        roles.Base: COLOURS.paper,
        roles.AlternateBase: COLOURS.ground,
        roles.Text: COLOURS.ink,
        roles.PlaceholderText: COLOURS.quiet,
        roles.Button: COLOURS.paper,
        roles.ButtonText: COLOURS.ink,
        roles.Highlight: COLOURS.accent,
        roles.HighlightedText: COLOURS.accent_ink,
        roles.ToolTipBase: COLOURS.ink,
        roles.ToolTipText: COLOURS.paper,
        roles.Link: COLOURS.accent,
    }.items():
        made.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor("#8b9793"))
    return made


def style_sheet() -> str:
    """The style sheet with its colours filled in."""
    return Template(resources.text("style/app.qss")).substitute(
        asdict(COLOURS), icons=resources.path("icons").as_posix()
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1..21 (WCAG 2.1)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@cache
def icon(name: str) -> QIcon:
    """One of our icons, by its file name without the ending."""
    return QIcon(str(resources.path(f"icons/{name}.svg")))


def pixmap(name: str, size_px: int) -> QPixmap:
    """An icon as a picture, sharp at the scale of the screen."""
    ratio = QApplication.primaryScreen().devicePixelRatio()
    return icon(name).pixmap(QSize(size_px, size_px), ratio)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
