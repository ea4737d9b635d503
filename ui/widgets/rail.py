"""The left rail: the four stations with their counts, who is signed in, and the language."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.buttons import make_button

WIDTH_PX = 132
STATIONS = ("scan", "entry", "review", "upload")


class Rail(QWidget):
    """Switches stations.

    Signals:
        station_chosen: One of STATIONS.
        switch_user_asked: Sign out.
        language_asked: "vi" or "en".
    """

    station_chosen = Signal(str)
    switch_user_asked = Signal()
    language_asked = Signal(str)

    def __init__(self, name: str, role: str, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH_PX)
        self._buttons: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 10)
        self._column.setSpacing(2)
        words = (self.tr("Quét"), self.tr("Nhập"), self.tr("Duyệt"), self.tr("Gửi"))
        for number, (station, text) in enumerate(zip(STATIONS, words, strict=True), start=1):
            self._column.addWidget(self._station_button(station, text, number))
        self._column.addStretch(1)
        self._add_person(name, role)
        self._add_language(language)

    def _station_button(self, station: str, words: str, number: int) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(f"station_{station}")
        button.setProperty("role", "station")
        button.setCheckable(True)
        button.setIcon(theme.icon(f"rail_{station}"))
        button.setIconSize(QSize(22, 22))
        button.setToolTip(f"{words} (Ctrl+{number})")
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setMinimumHeight(44)
        count = QLabel()
        count.setObjectName(f"count_{station}")
        count.setProperty("role", "count")
        count.setVisible(False)
        inner = QHBoxLayout(button)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addStretch(1)
        inner.addWidget(count, 0, Qt.AlignmentFlag.AlignVCenter)
        button.clicked.connect(lambda: self.station_chosen.emit(station))
        self._group.addButton(button)
        self._buttons[station] = button
        self._counts[station] = count
        return button

    def _add_person(self, name: str, role: str) -> None:
        who = QLabel(name)
        who.setObjectName("person_name")
        who.setWordWrap(True)
        what = QLabel(role)
        what.setObjectName("person_role")
        box = QVBoxLayout()
        box.setContentsMargins(10, 0, 8, 4)
        box.setSpacing(2)
        box.addWidget(who)
        box.addWidget(what)
        self._column.addLayout(box)
        switch = make_button(
            "switch_user",
            self.tr("Đổi người"),
            role="rail",
            tip=self.tr("Đăng xuất; mọi việc đã lưu vẫn còn (Ctrl+L)"),
        )
        switch.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        switch.clicked.connect(self.switch_user_asked)
        self._column.addLayout(_indented(switch))

    def _add_language(self, language: str) -> None:
        other = "en" if language == "vi" else "vi"
        button = make_button("language", "English" if other == "en" else "Tiếng Việt", role="rail")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.language_asked.emit(other))
        self._column.addLayout(_indented(button))

    def show_station(self, station: str) -> None:
        """Mark the station the person is at."""
        self._buttons[station].setChecked(True)

    def show_count(self, station: str, count: int) -> None:
        """Show how much waits at a station."""
        label = self._counts[station]
        label.setText(str(count) if count < 10000 else "9999+")
        label.setVisible(count > 0)


def _indented(button: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(8, 2, 8, 0)
    row.addWidget(button)
    return row
