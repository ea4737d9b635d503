"""The paper side of a station: page tabs, the canvas, buttons to zoom; used by entry and review."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QTabBar, QToolButton, QVBoxLayout, QWidget

from app.domain.dossier import DossierPage
from app.domain.queue import FieldValue
from app.errors import DiabaError
from app.messages import Messages
from ui import theme
from ui.page_images import PageImage, PageImages
from ui.widgets.page_canvas import PageCanvas
from ui.widgets.snippet import Snippet


class PagePanel(QWidget):
    """Shows the pages of a dossier and follows the field being worked on.

    Args:
        short_tabs: Only the numbers of the pages on the tabs, where there is little room.
    """

    def __init__(
        self, images: PageImages, messages: Messages, parent: QWidget | None = None, *, short_tabs: bool = False
    ) -> None:
        super().__init__(parent)
        self._short_tabs = short_tabs
        self._images = images
        self._messages = messages
        self._pages: tuple[DossierPage, ...] = ()
        self._unread: tuple[str, ...] = ()
        self._is_filled = False
        self._field: FieldValue | None = None
        self._snippet: Snippet | None = None
        self.canvas = PageCanvas()
        self.tabs = QTabBar()
        self.tabs.setObjectName("page_tabs")
        self.tabs.setAccessibleName(self.tr("Các trang"))
        self.tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setUsesScrollButtons(True)
        self._empty = QLabel(self.tr("Hồ sơ này không có trang giấy.\nNhập tay theo lời khai hoặc giấy tờ khác."))
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.canvas)
        self._stack.addWidget(self._empty)
        self._lay_out()
        self.tabs.currentChanged.connect(self._show_tab)
        images.loaded.connect(self._take)
        images.failed.connect(self._take_failure)

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(4, 2, 4, 0)
        bar.setSpacing(2)
        bar.addWidget(self.tabs, 1)
        for name, icon, words, act in (
            ("zoom_out", "zoom_out", self.tr("Thu nhỏ (Ctrl+-)"), self.canvas.zoom_out),
            ("zoom_in", "zoom_in", self.tr("Phóng to (Ctrl++)"), self.canvas.zoom_in),
            ("fit_page", "fit", self.tr("Cả trang (F2)"), self.canvas.toggle_whole_page),
        ):
            button = QToolButton()
            button.setObjectName(name)
            button.setIcon(theme.icon(icon))
            button.setIconSize(QSize(18, 18))
            button.setToolTip(words)
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            bar.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self._stack, 1)

    @property
    def page(self) -> DossierPage | None:
        """The page shown."""
        index = self.tabs.currentIndex()
        return self._pages[index] if 0 <= index < len(self._pages) else None

    def show_pages(self, pages: Sequence[DossierPage], unread: Sequence[str] = ()) -> None:
        """Show the pages of a dossier; the page shown stays when it is still there."""
        before = self.page
        if self._is_filled and (tuple(pages), tuple(unread)) == (self._pages, self._unread):
            return
        self._is_filled = True
        self._pages, self._unread = tuple(pages), tuple(unread)
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for number, page in enumerate(self._pages, start=1):
            tab = self.tabs.addTab(self._tab_words(number, page))
            self.tabs.setTabToolTip(tab, self._kind_words(page))
        keep = next((i for i, page in enumerate(self._pages) if before and page.page_id == before.page_id), 0)
        self.tabs.setCurrentIndex(keep)
        self.tabs.blockSignals(False)
        self._stack.setCurrentWidget(self.canvas if self._pages else self._empty)
        self._show_tab()

    def _tab_words(self, number: int, page: DossierPage) -> str:
        if self._short_tabs:
            return str(number)
        words = self._kind_words(page)
        says_its_place = page.kind.startswith("certificate") and page.page_id not in self._unread
        return words if says_its_place else f"{number}. {words}"

    def _kind_words(self, page: DossierPage) -> str:
        return self._messages.word("page_kinds", "unread" if page.page_id in self._unread else page.kind)

    def show_field(self, field: FieldValue | None, snippet: Snippet | None) -> None:
        """Follow a field: its page, its box, and its enlarged piece of paper in `snippet`."""
        self._field = field
        self._snippet = snippet
        index = self._index_of(field.page_id) if field and field.page_id else None
        if index is not None and index != self.tabs.currentIndex():
            self.tabs.setCurrentIndex(index)
        else:
            self._follow()

    def turn(self, step: int) -> None:
        """To the next (1) or previous (-1) page."""
        index = self.tabs.currentIndex() + step
        if 0 <= index < len(self._pages):
            self.tabs.setCurrentIndex(index)

    def _index_of(self, page_id: str) -> int | None:
        return next((i for i, page in enumerate(self._pages) if page.page_id == page_id), None)

    def _show_tab(self) -> None:
        page = self.page
        if page is None:
            self.canvas.show_page(None)
            self._follow()
            return
        ready = self._images.request(page.sha256)
        if ready is None:
            self.canvas.show_page(None)
        else:
            self._take(ready)
        self._prefetch()

    def _prefetch(self) -> None:
        index = self.tabs.currentIndex()
        for page in self._pages[index + 1 : index + 2]:
            self._images.request(page.sha256)

    def _take(self, image: PageImage) -> None:
        page = self.page
        if page is not None and image.sha256 == page.sha256:
            self.canvas.show_page(image, page.rotation_deg)
            self._follow()

    def _take_failure(self, sha256: str, error: DiabaError) -> None:
        page = self.page
        if page is not None and page.sha256 == sha256:
            self._empty.setText(self._messages.error(error).line)
            self._stack.setCurrentWidget(self._empty)

    def _follow(self) -> None:
        page, field, image = self.page, self._field, self.canvas.page
        here = bool(page and field and field.page_id == page.page_id and image and image.sha256 == page.sha256)
        self.canvas.show_box(field.box if here and field else None)
        self._fill_snippet()

    def _fill_snippet(self) -> None:
        """The piece of paper stays while other pages are looked at."""
        if self._snippet is None:
            return
        field = self._field
        home = next((page for page in self._pages if field and page.page_id == field.page_id), None)
        if home is None or field is None or field.box is None:
            self._snippet.show_part(None, None)
            return
        image = self._images.ready(home.sha256)
        if image is not None:
            self._snippet.show_part(image, field.box, home.rotation_deg)
