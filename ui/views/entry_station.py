"""The entry station: the page on the left, the form on the right, everything within reach of the keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from app.domain import paths
from app.domain.dossier import BlankReason
from app.domain.reading import Finding
from app.messages import ErrorText
from ui.viewmodels.entry import EntryModel
from ui.viewmodels.form import FormRow, Mark
from ui.views.entry_bar import EntryBar
from ui.views.entry_note import EntryNote
from ui.views.form_view import FormView, panel_frame
from ui.widgets.buttons import add_key
from ui.widgets.choice_list import ChoiceList
from ui.widgets.key_bar import KeyBar
from ui.widgets.page_panel import PagePanel
from ui.widgets.row_words import RowWords


class EntryStation(QWidget):
    """Shows the open dossier and drives entry by keys.

    Signals:
        list_asked: Back to the list.
        pages_asked: To the scanner, with more pages for this dossier.
    """

    list_asked = Signal()
    pages_asked = Signal(str)

    def __init__(self, model: EntryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("entry_station")
        self._model = model
        self._messages = model.desk.messages
        self._words = RowWords(self._messages, self)
        self.pages = PagePanel(model.desk.images, self._messages)
        self.form = FormView(self._words)
        self.choices = ChoiceList(self)
        self.keys = KeyBar()
        self._problems: list[str] = []
        self._was_warned = False
        self.bar = EntryBar(self._messages)
        self.note = EntryNote(self._messages, self._words)
        self._lay_out()
        self._connect()
        self._add_keys()

    # ------------------------------------------------------------ building

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        column.addWidget(self.note)
        column.addWidget(panel_frame(self.form), 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setObjectName("entry_split")
        splitter.addWidget(panel_frame(self.pages))
        splitter.addWidget(right)
        splitter.setStretchFactor(0, 1)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([500, 500])
        splitter.setChildrenCollapsible(False)
        right.setMinimumWidth(420)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.keys)

    def _show_keys(self) -> None:
        """The keys that do something in the state of the dossier."""
        look = [
            ("F2", self.tr("cả trang")),
            ("PageUp/Down", self.tr("trang")),
        ]
        leave = [("Ctrl+PageDown", self.tr("hồ sơ kế")), ("Esc", self.tr("danh sách"))]
        if not self._model.is_editable:
            self.keys.show_keys([("Tab", self.tr("ô kế")), ("Shift+Tab", self.tr("quay lại")), *look, *leave])
            return
        change = [
            ("Enter", self.tr("nhận, ô cần xem kế")),
            ("Tab", self.tr("ô kế")),
            ("Shift+Enter", self.tr("quay lại")),
            ("F3", self.tr("ô cần xem")),
            ("F4", self.tr("như hồ sơ trước")),
            ("F7", self.tr("thêm")),
            ("Shift+F7", self.tr("xóa mục")),
            ("F8", self.tr("để trống")),
            ("Ctrl+Space", self.tr("chọn")),
            ("Ctrl+Z", self.tr("hoàn tác")),
        ]
        finish = [("F9", self.tr("xong"))] if self.bar.may_finish else []
        self.keys.show_keys([*change, *look, *finish, *leave])

    def _connect(self) -> None:
        form, model = self.form, self._model
        form.entered.connect(self._enter)
        form.left.connect(self._leave)
        form.accepted.connect(self._accept)
        form.went_back.connect(self._go_back)
        form.undo_asked.connect(lambda _path: model.undo())
        form.add_asked.connect(model.add_item)
        form.remove_asked.connect(model.remove_item)
        model.opened.connect(self._show_opened)
        model.changed.connect(self._show_changed)
        model.items_changed.connect(self.go_to)
        model.field_failed.connect(self._show_failure)
        model.saving_changed.connect(self._show_saving)
        model.problems_found.connect(self._show_problems)
        model.finished.connect(self._hide_problems)
        model.reading_changed.connect(self._show_reading)
        self.bar.list_button.clicked.connect(self._to_list)
        self.bar.finish_button.clicked.connect(self.finish)
        self.bar.reopen_button.clicked.connect(model.reopen)
        self.bar.next_button.clicked.connect(self._next)
        self.bar.pages_button.clicked.connect(self._more_pages)

    def _add_keys(self) -> None:
        canvas = self.pages.canvas
        for name, keys, act in (
            ("key_next_doubt", "F3", lambda: self._go_doubtful(backwards=False)),
            ("key_last_doubt", "Shift+F3", lambda: self._go_doubtful(backwards=True)),
            ("key_copy", "F4", self._copy_previous),
            ("key_add", "F7", self._ask_add),
            ("key_remove", "Shift+F7", self._remove_current),
            ("key_blank", "F8", self._ask_reason),
            ("key_finish", "F9", self.finish),
            ("key_problem", "Shift+F9", self._go_problem),
            ("key_choices", "Ctrl+Space Alt+Down", self._ask_candidate),
            ("key_whole_page", "F2", canvas.toggle_whole_page),
            ("key_zoom_in", "Ctrl++ Ctrl+=", canvas.zoom_in),
            ("key_zoom_out", "Ctrl+-", canvas.zoom_out),
            ("key_page_down", "PgDown", lambda: self.pages.turn(1)),
            ("key_page_up", "PgUp", lambda: self.pages.turn(-1)),
            ("key_next", "Ctrl+PgDown", self._next),
            ("key_list", "Esc", self._to_list),
            ("key_more_pages", "Ctrl+Shift+N", self._more_pages),
        ):
            add_key(self, name, keys, act)

    # ------------------------------------------------------------ what the person does

    def go_to(self, path: str) -> None:
        """Put the cursor into a field."""
        if path and self.form.go_to(path):
            self._enter(path)

    def flush(self) -> None:
        """Save what stands in the current field."""
        editor = self.form.editor(self.form.current_path)
        if editor is not None:
            editor.line.compose_nfc()
            self._leave(editor.path)

    def finish(self) -> None:
        """Say the dossier is entered; a wrong text is shown first."""
        if not self.bar.may_finish:
            return
        self.flush()
        wrong = next((editor for editor in self.form.editors if editor.error), None)
        if wrong is not None:
            self.go_to(wrong.path)
            self._model.said.emit(self.tr("Còn ô gõ chưa đúng, hãy sửa trước."))
        elif not self._was_warned and (doubtful := self._doubtful_values()):
            self._warn_of(doubtful)
        else:
            self._model.finish()

    def _doubtful_values(self) -> list[str]:
        """What nobody has looked at yet; what is missing stops the dossier by itself."""
        rows = ((path, self._model.row(path)) for path in self._model.doubtful())
        return [path for path, row in rows if row is not None and row.mark is not Mark.MISSING]

    def _warn_of(self, doubtful: Sequence[str]) -> None:
        """The first press shows what nobody has looked at yet; the second finishes all the same."""
        self._was_warned = True
        self.note.show_doubts(doubtful)
        self.go_to(doubtful[0])

    def _enter(self, path: str) -> None:
        self.form.make_current(path)
        editor, row = self.form.editor(path), self._model.row(path)
        if editor is None or row is None:
            return
        self.pages.show_field(row.field, editor.snippet)
        self._model.remember_place(path)

    def _leave(self, path: str) -> None:
        editor = self.form.editor(path)
        if editor is not None and not editor.line.is_composing:
            self._model.leave(path, editor.text)

    def _accept(self, path: str) -> None:
        editor = self.form.editor(path)
        if editor is None or not self._model.accept(path, editor.text):
            return
        following = self._model.next_doubtful(path)
        if following is not None and following != path:
            self.go_to(following)
            return
        if following is None:
            self._model.said.emit(self.tr("Không còn ô cần xem. F9: xong hồ sơ này."))
        self._step(1)

    def _go_back(self, path: str) -> None:
        del path
        self._step(-1)

    def _step(self, step: int) -> None:
        shown = [editor.path for editor in self.form.editors]
        here = self.form.current_path
        if here in shown and 0 <= shown.index(here) + step < len(shown):
            self.go_to(shown[shown.index(here) + step])

    def _go_doubtful(self, *, backwards: bool) -> None:
        path = self._model.next_doubtful(self.form.current_path, backwards=backwards)
        if path is None:
            self._model.said.emit(self.tr("Không còn ô cần xem. F9: xong hồ sơ này."))
        else:
            self.go_to(path)

    def _go_problem(self) -> None:
        if self._problems:
            here = self.form.current_path
            index = self._problems.index(here) + 1 if here in self._problems else 0
            self.go_to(self._problems[index % len(self._problems)])

    def _copy_previous(self) -> None:
        editor = self.form.editor(self.form.current_path)
        if editor is None or not self._model.is_editable:
            return
        text = self._model.text_of_previous(editor.path)
        if not text:
            self._model.said.emit(self.tr("Hồ sơ trước không có giá trị cho ô này."))
            return
        editor.set_text_by_person(text)
        self._leave(editor.path)

    def _ask_reason(self) -> None:
        editor = self.form.editor(self.form.current_path)
        if editor is not None and self._model.is_editable:
            reasons = [(reason.value, self._messages.word("reasons", reason)) for reason in BlankReason]
            self.choices.ask(editor.line, self.tr("Để trống vì"), reasons, self._leave_blank)

    def _leave_blank(self, reason: object) -> None:
        path = self.form.current_path
        editor = self.form.editor(path)
        if editor is not None:
            editor.line.setText("")
            self._model.leave_blank(path, str(reason))
            self._go_doubtful(backwards=False)

    def _ask_candidate(self) -> None:
        editor = self.form.editor(self.form.current_path)
        row = self._model.row(self.form.current_path)
        if editor is None or row is None or not self._model.is_editable:
            return
        texts = self._candidates(row)
        if texts:
            self.choices.ask(editor.line, self.tr("Chọn giá trị"), texts, self._take_candidate)
        else:
            self._model.said.emit(self.tr("Ô này không có giá trị nào khác để chọn."))

    def _candidates(self, row: FormRow) -> list[tuple[object, str]]:
        found: dict[str, str] = {words: words for _value, words in self._messages.choices(row.spec)}
        for candidate in row.field.candidates if row.field else ():
            if candidate.value:
                text = self._messages.value(row.spec, candidate.value)
                found[text] = f"{text}   ({self._messages.word('sources', candidate.source)})"
        if row.read_text and not row.spec.options:
            found.setdefault(row.read_text, f"{row.read_text}   ({self.tr('như đọc được')})")
        return list(found.items())

    def _take_candidate(self, text: object) -> None:
        editor = self.form.editor(self.form.current_path)
        if editor is not None:
            editor.set_text_by_person(str(text))
            self._accept(editor.path)

    def _ask_add(self) -> None:
        editor = self.form.editor(self.form.current_path)
        if editor is not None and self._model.is_editable:
            lists = [(path, self._words.item(path)) for path in lists_near(editor.path)]
            self.choices.ask(editor.line, self.tr("Thêm"), lists, lambda path: self._model.add_item(str(path)))

    def _remove_current(self) -> None:
        item = self.form.current_path.rpartition(".")[0]
        if not self._model.is_editable:
            return
        if item.endswith("]"):
            self._model.remove_item(item)
        else:
            self._model.said.emit(self.tr("Mục này không xóa được; F8 để trống từng ô."))

    def _next(self) -> None:
        self.flush()
        self._model.open_next()

    def _more_pages(self) -> None:
        if self.bar.may_add_pages:
            self.flush()
            self.pages_asked.emit(self._model.dossier_id)

    def _to_list(self) -> None:
        self.flush()
        self.list_asked.emit()

    # ------------------------------------------------------------ what the model says

    def _show_opened(self, path: str) -> None:
        self._was_warned = False
        self._hide_problems()
        self._show(keep_typed=False)
        self._show_reading()
        self.go_to(path)

    def _show_reading(self) -> None:
        self.bar.show_reading(self._model.reading)

    def _show_changed(self) -> None:
        self._show(keep_typed=True)
        row, editor = self._model.row(self.form.current_path), self.form.editor(self.form.current_path)
        if row is not None and editor is not None:
            self.pages.show_field(row.field, editor.snippet)

    def _show(self, *, keep_typed: bool) -> None:
        opened = self._model.dossier
        if opened is None:
            return
        returned = {reason.path: reason.why for reason in opened.returned_for}
        editable = self._model.is_editable
        self.pages.show_pages(opened.dossier.pages, opened.unread_pages)
        self.form.show_groups(self._model.groups, returned, keep_typed=keep_typed, editable=editable)
        for editor in self.form.editors:
            unsaved = self._model.unsaved(editor.path)
            if unsaved is not None:
                editor.line.setText(unsaved[0])
                editor.show_error(unsaved[1].line)
        self.bar.show_head(opened.head, len(self._model.doubtful()))
        self._show_keys()
        if not self._problems:
            self.note.show_sent_back(opened)

    def _show_saving(self, path: str, is_saving: bool) -> None:
        editor = self.form.editor(path)
        if editor is not None:
            editor.show_saving(is_saving=is_saving)
        self.bar.show_saving(is_saving=is_saving)

    def _show_failure(self, path: str, problem: ErrorText) -> None:
        editor = self.form.editor(path)
        if editor is not None:
            editor.show_error(problem.line)

    def _show_problems(self, findings: Sequence[Finding]) -> None:
        self._problems = [path for finding in findings for path in finding.paths]
        self.note.show_problems(findings)
        self._go_problem()

    def _hide_problems(self) -> None:
        self._problems = []
        self.note.hide()


def lists_near(path: str) -> list[str]:
    """Lists an item may be added to while the cursor is at a path, the nearest first."""
    near = []
    parts = paths.split(path)
    if parts[0] in ("holders", "current_users") and len(parts) > 1:
        near.append(f"{parts[0]}[{parts[1]}].id_papers")
    if parts[0] == "parcels":
        near.append(f"parcels[{parts[1]}].uses")
    return [*near, "holders", "parcels", "assets", "changes", "current_users"]
