"""Words for the rows and groups of the form: what a sign means, what was read, what the checks say."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.reading import Source
from app.messages import Messages
from ui.viewmodels.form import FormGroup, FormRow, Mark


class RowWords(QObject):
    """Says in words what the form shows by signs."""

    def __init__(self, messages: Messages, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages = messages

    def label(self, path: str) -> str:
        """The label of a field; the group says already whose it is."""
        return self._messages.field(path.replace("current_users", "holders") if "reason" not in path else path)

    def title(self, group: FormGroup) -> str:
        """The heading of a group."""
        title = {
            "certificate": self.tr("Giấy chứng nhận"),
            "holder": self.tr("Người sử dụng đất"),
            "id_paper": self.tr("Giấy tờ tùy thân"),
            "parcel": self.tr("Thửa đất"),
            "use": self.tr("Mục đích sử dụng"),
            "parcel_end": self.tr("Bản đồ của thửa"),
            "asset": self.tr("Tài sản gắn liền với đất"),
            "rest": self.tr("Ghi chú, cấp giấy, vào sổ"),
            "change": self.tr("Thay đổi sau khi cấp"),
            "current_user": self.tr("Người đang sử dụng"),
            "current_user_end": self.tr("Lý do thay đổi người"),
            "office": self.tr("Nơi lập hồ sơ"),
        }[group.kind]
        return f"{title} {group.number}" if group.number else title

    def item(self, list_path: str) -> str:
        """What an item of a list is called when it is added."""
        return {
            "holders": self.tr("Người sử dụng đất"),
            "id_papers": self.tr("Giấy tờ tùy thân"),
            "parcels": self.tr("Thửa đất"),
            "uses": self.tr("Mục đích sử dụng"),
            "assets": self.tr("Tài sản gắn liền với đất"),
            "changes": self.tr("Thay đổi sau khi cấp"),
            "current_users": self.tr("Người đang sử dụng"),
        }[list_path.rpartition(".")[2]]

    def row(self, row: FormRow, returned_for: str = "") -> str:
        """All there is to say of a value, in one line."""
        parts = [self.tr("Bị trả lại: {why}").format(why=returned_for)] if returned_for else []
        parts.append(self.mark(row))
        read = self.read_text(row)
        if read and read != row.text:
            parts.append(self.tr("đọc được “{text}”").format(text=read))
        others = [c for c in (row.field.candidates if row.field else ()) if c.value]
        if others and row.mark is Mark.CONFLICT:
            said = ", ".join(
                f"{self._messages.word('sources', c.source)}: {self._messages.value(row.spec, c.value)}" for c in others
            )
            parts.append(said)
        return " · ".join(part for part in [*parts, *row.warnings] if part)

    def read_text(self, row: FormRow) -> str:
        """What was read; a choice, which the readers give as it is stored, in words."""
        return self._messages.value(row.spec, row.read_text) if row.spec.options else row.read_text

    def mark(self, row: FormRow) -> str:
        """What the sign of a row means."""
        if row.mark is Mark.BLANK:
            return self.tr("Để trống: {why}").format(why=self._messages.word("reasons", row.blank_reason or ""))
        words = {
            Mark.MISSING: self.tr("Còn thiếu"),
            Mark.LOOK: self.tr("Cần xem"),
            Mark.CONFLICT: self.tr("Mâu thuẫn giữa các nơi đọc"),
            Mark.PERSON: self.tr("Đã được người nhập xác nhận"),
            Mark.WRONG: self.tr("Nội dung gõ chưa đúng"),
        }.get(row.mark, "")
        if row.field and row.field.source != Source.PERSON and row.mark is not Mark.MISSING:
            source = self._messages.word("sources", row.field.source)
            sure = self.tr("tin cậy {pct} %").format(pct=int(row.field.confidence * 100))
            words = " · ".join(part for part in (words, f"{source}, {sure}") if part)
        return words
