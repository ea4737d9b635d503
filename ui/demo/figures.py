"""What the demo counts, and how it tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.domain.queue import OpenDossier
from app.domain.reading import Check
from app.domain.scoring import Score, score
from app.domain.states import EDITABLE
from ui.demo.outside import Paper


@dataclass(kw_only=True)
class Figures:
    """Counted while the story goes on.

    Attributes:
        read: Printed values the reader gave exactly right, before a person looked.
        printed: Values printed on the papers.
        sure: Values marked as needing no look.
        looked: Fields the person looked at.
        typed: Values the person typed, items removed included.
        wrong: Values that are still not what the paper says, at the end.
    """

    pages: int = 0
    printed: int = 0
    read: int = 0
    sure: int = 0
    sure_wrong: int = 0
    looked: int = 0
    typed: int = 0
    blanks: int = 0
    returned: int = 0
    receipts: int = 0
    wrong_info: int = 0
    pdfs: int = 0
    workbook: bool = False
    wrong: list[str] = field(default_factory=list)
    on_server: dict[str, Any] = field(default_factory=dict)

    def count_reading(self, opened: OpenDossier, paper: Paper) -> None:
        """Count what the reader made of a dossier."""
        if opened.head.state not in EDITABLE:
            return
        values = {value.path: value for value in opened.fields}
        for path in paper.truth["fields"]:
            value = values.get(path)
            right = value is not None and value.value == paper.value(path)
            self.printed += 1
            self.read += right
            if value is not None and value.check == Check.OK:
                self.sure += 1
                self.sure_wrong += not right

    def count_final(self, name: str, plain: Mapping[str, Any], paper: Paper) -> None:
        """Count what is still not as printed after everybody has looked."""
        self.wrong += [_told(name, item) for item in score(plain, paper.truth) if not item.is_right]

    def is_complete(self, dossiers: int) -> bool:
        """Whether every step of the job left its trace."""
        return (
            self.receipts >= dossiers
            and self.on_server.get("dossiers") == dossiers
            and self.on_server.get("pages") == self.pages
            and self.wrong_info == 1
            and self.returned == 1
            and self.workbook
            and self.pdfs == dossiers
        )

    def print(self, seconds: float) -> None:
        """Print the figures."""
        lines = [
            f"{self.pages} trang đã quét và lưu; {self.receipts} biên nhận đã kiểm chữ ký",
            f"máy chủ giữ {self.on_server.get('pages')} trang, {self.on_server.get('dossiers')} hồ sơ",
            f"{self.printed} giá trị in trên giấy: máy đọc đúng {self.read} ({_pct(self.read, self.printed)})",
            f"máy tự tin {self.sure} giá trị, trong đó sai {self.sure_wrong}",
            f"người nhập xem {self.looked} ô, gõ {self.typed} giá trị, để trống có lý do {self.blanks}",
            f"cuối cùng còn sai {len(self.wrong)} giá trị ({_pct(len(self.wrong), self.printed)})",
            *(f"  sai: {line}" for line in self.wrong),
            f"trả lại {self.returned}, sai thông tin {self.wrong_info}, tệp PDF bàn giao {self.pdfs}",
            f"{seconds:.0f} giây",
        ]
        for line in lines:
            print(f"demo: {line}", flush=True)


def _pct(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "—"


def _told(name: str, item: Score) -> str:
    return f"{name} {item.path}: {item.got!r}, trên giấy {item.expected!r}"
