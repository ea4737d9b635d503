"""The demo's story, station by station: an officer scans and enters, a supervisor reviews, the batch is sent."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QComboBox, QListWidget

from app.domain import codec
from app.domain.dossier import Dossier
from app.domain.queue import DossierHead, OpenDossier
from app.domain.states import DossierState
from app.ports import ListQuery
from ui import theme
from ui.demo.figures import Figures
from ui.demo.hands import Hands, StuckError
from ui.demo.outside import Paper, Receiver, diaba, draw_papers, has_sane, is_derived
from ui.languages import VIETNAMESE, Languages
from ui.main_window import MainWindow
from ui.tasks import TaskRunner
from ui.views.entry_station import lists_near
from ui.widgets.dossier_table_view import LineTable
from ui.workplace import Workplace

if TYPE_CHECKING:
    from app.bootstrap import Services

COMMUNE = "07210"
OFFICER, SUPERVISOR, PASSWORD = "lan", "minh", "mat khau hu cau"
READ_LIMIT_S = 600.0
STEPS_PER_DOSSIER = 200
WHY_RETURNED = "Xem lại chủ hộ trên giấy"
WHY_WRONG = "Năm sinh không khớp cơ sở dữ liệu dân cư"
WRONG_PATH = "holders[0].name"


def tell(out: Path, *, count: int, seed: int, level: str) -> bool:
    """Do the whole job once; whether every step happened. Prints what happens.

    Args:
        out: Results: papers, store, receiver, screenshots, workbook, hand-over.
        count: Dossiers.
        seed: Of the papers.
        level: How good the papers are.
    """
    started = time.monotonic()
    _say(f"vẽ {count} hồ sơ hư cấu (hạt giống {seed}, mức {level})")
    papers = draw_papers(out / "papers", count=count, seed=seed, level=level, form="ppm" if has_sane() else "jpg")
    receiver = Receiver(out / "receiver")
    try:
        story = _Story(out, papers, receiver)
        try:
            story.tell()
        finally:
            story.close()
    finally:
        receiver.close()
        shutil.rmtree(out / "papers", ignore_errors=True)
    story.figures.print(time.monotonic() - started)
    _say(f"ảnh màn hình: {out / 'screenshots'}")
    _say(f"kho: {out / 'store'} · mẫu 01: {out / 'form01.xlsx'} · bàn giao: {out / 'handover'}")
    return story.is_complete()


class _Story:
    """One run; every method is a station."""

    def __init__(self, out: Path, papers: list[Paper], receiver: Receiver) -> None:
        self._out = out
        self._papers = papers
        self._receiver = receiver
        self.figures = Figures()
        self._papers_by_id: dict[str, Paper] = {}
        self._app = QApplication.instance() or QApplication(["diaba"])
        theme.apply(self._application)
        languages = Languages(self._application)
        languages.use(VIETNAMESE)
        self._tasks = TaskRunner(self._app)
        self._window = MainWindow(self._tasks, partial(_open, out, papers), languages)
        self._hands = Hands(self._window, out / "screenshots")

    @property
    def _application(self) -> QApplication:
        if not isinstance(self._app, QApplication):
            raise StuckError("không có giao diện")
        return self._app

    @property
    def _services(self) -> Services:
        if self._window.services is None:
            raise StuckError("kho chưa mở")
        return self._window.services

    @property
    def _work(self) -> Workplace:
        if self._window.workplace is None:
            raise StuckError("chưa đăng nhập")
        return self._window.workplace

    def tell(self) -> None:
        """Everything, in order."""
        self._window.show()
        self._hands.take_keyboard()
        self._window.open_store()
        self._make_people()
        self._scan_all()
        for number in range(len(self._papers)):
            self._enter(number)
        self._submit()
        self._switch_to(SUPERVISOR)
        self._review(returning=True)
        self._switch_to(OFFICER)
        self._mend_the_returned()
        self._switch_to(SUPERVISOR)
        self._review(returning=False)
        self._enrol()
        self._switch_to(OFFICER)
        self._send()
        self._take_result()
        self._export()
        self._count()

    def close(self) -> None:
        """Close the window as a person would."""
        self._window.close()
        if self._tasks.shut_down() and self._window.services is not None:
            self._window.services.close()

    def is_complete(self) -> bool:
        """Whether all dossiers have a verified receipt, one of them came back as wrong, and all files are there."""
        return self.figures.is_complete(len(self._papers))

    # ------------------------------------------------------------ people

    def _make_people(self) -> None:
        _say("tạo hai người: cán bộ và người duyệt")
        hands = self._hands
        hands.wait("trang tạo người dùng", lambda: hands.sees("create_people"))
        for name, full, login in (("supervisor", "Ngô Minh Khuê", SUPERVISOR), ("officer", "Đàm Thị Lan", OFFICER)):
            hands.fill(f"{name}_name", full)
            hands.fill(f"{name}_login", login)
            hands.fill(f"{name}_password", PASSWORD)
            hands.fill(f"{name}_password_again", PASSWORD)
        commune = hands.find(QComboBox, "commune")
        commune.setCurrentIndex(commune.findData(COMMUNE))
        hands.picture("first-people")
        hands.press("Return")
        if hands.sees("create_people"):
            hands.click("create_people")
        self._wait_for(OFFICER)

    def _sign_in(self, login: str) -> None:
        hands = self._hands
        hands.wait("trang đăng nhập", lambda: hands.sees("sign_in"))
        hands.fill("login", login)
        hands.fill("password", PASSWORD)
        hands.picture(f"sign-in-{login}")
        hands.press("Return")
        self._wait_for(login)

    def _wait_for(self, login: str) -> None:
        self._hands.wait(f"{login} đã vào", lambda: self._person() == login)

    def _person(self) -> str:
        workplace = self._window.workplace
        return workplace.desk.person.login if workplace is not None else ""

    def _switch_to(self, login: str) -> None:
        _say(f"đổi người: {login}")
        self._hands.click("switch_user")
        self._sign_in(login)

    # ------------------------------------------------------------ scanning and reading

    def _scan_all(self) -> None:
        hands = self._hands
        hands.press("Ctrl+1")
        model = self._work.scan_model
        hands.wait("máy quét", lambda: self._work.scan.settings.has_devices)
        for number, paper in enumerate(self._papers):
            _say(f"quét hồ sơ {number + 1}: {paper.folder.name}")
            hands.press("F6" if number else "F5")
            pages = len(paper.truth["files"])
            hands.wait("trang đã lưu", partial(self._has_pages, pages))
            if number == 0:
                hands.picture("scan")
            if model.dossier is None:
                raise StuckError("hồ sơ vừa quét không có")
            self._papers_by_id[model.dossier.head.dossier_id] = paper
            self.figures.pages += pages
        _say("đọc các trang")
        hands.wait(
            "đọc xong",
            lambda: not self._services.dossier_reading.waiting() and not self._work.reading_model.left,
            READ_LIMIT_S,
        )
        hands.picture("scan-read")
        for dossier_id, paper in self._papers_by_id.items():
            self.figures.count_reading(self._services.entry.open(dossier_id), paper)

    def _has_pages(self, count: int) -> bool:
        model = self._work.scan_model
        return not model.is_busy and len(model.pages) == count

    # ------------------------------------------------------------ entry

    def _enter(self, number: int) -> None:
        dossier_id = list(self._papers_by_id)[number]
        paper = self._papers_by_id[dossier_id]
        hands = self._hands
        self._open_from_list(dossier_id)
        hands.wait("trang hiện ra", lambda: self._work.entry.station.pages.canvas.page is not None)
        if number < 2:
            hands.picture(f"entry-{paper.truth['model']}")
        self._look_at_doubts(paper)
        for item in paper.missing_items(codec.to_plain(self._dossier())):
            self._add_item(paper, item)
        self._look_at_doubts(paper)
        hands.picture(f"entry-done-{number + 1}")
        hands.press("F9")
        hands.wait("đã nhập xong", lambda: self._state(dossier_id) is DossierState.ENTERED)

    def _open_from_list(self, dossier_id: str) -> None:
        """Go to the list, walk to the line, Enter."""
        hands, table = self._hands, self._work.list_model.table
        self._to_list()
        hands.wait("dòng của hồ sơ", lambda: self._row_of(dossier_id) >= 0)
        hands.wait("danh sách xong", lambda: not self._tasks.pending)
        hands.find(LineTable, "dossiers").setFocus()
        hands.press("Ctrl+Home")
        for _ in range(table.rowCount()):
            if self._work.entry.list.table.current_row == self._row_of(dossier_id):
                break
            hands.press("Down")
        hands.press("Return")
        hands.wait("hồ sơ mở", lambda: self._is_open(dossier_id) and hands.cursor() is not None)

    def _to_list(self) -> None:
        hands = self._hands
        hands.press("Ctrl+2")
        if not hands.sees("search"):
            hands.press("Esc")
        hands.wait("danh sách", lambda: hands.sees("search"))

    def _row_of(self, dossier_id: str) -> int:
        table = self._work.list_model.table
        heads = (table.head_at(row) for row in range(table.rowCount()))
        return next((row for row, head in enumerate(heads) if head is not None and head.dossier_id == dossier_id), -1)

    def _look_at_doubts(self, paper: Paper) -> None:
        """Walk the doubtful fields as a person with the paper in hand does."""
        model = self._work.entry_model
        self._hands.press("F3")
        for _ in range(STEPS_PER_DOSSIER):
            opened = model.dossier
            line = self._hands.cursor()
            if opened is None or line is None:
                raise StuckError("không còn ô nào để nhập")
            doubtful = set(model.doubtful())
            if not doubtful:
                return
            if line.objectName() in doubtful:
                self._settle_field(paper, line.objectName(), line.text())
                self._wait_until_saved()
            else:
                self._hands.press("F3")
        raise StuckError("không xem hết được các ô còn nghi ngờ")

    def _settle_field(self, paper: Paper, path: str, shown: str) -> None:
        hands = self._hands
        printed = paper.text(path)
        self.figures.looked += 1
        if printed is not None and printed != shown:
            hands.press("Ctrl+A")
            hands.write(printed)
            hands.press("Return")
            self.figures.typed += 1
        elif printed is not None or (shown and is_derived(path)):
            hands.press("Return")
        elif not paper.has_item(path):
            hands.press("Shift+F7")
            self.figures.typed += 1
        else:
            self._leave_blank()

    def _add_item(self, paper: Paper, item: str) -> None:
        """F7, the kind of item, then every printed value of it."""
        hands = self._hands
        list_path = item.rpartition("[")[0]
        near = f"{list_path.rpartition('.')[0] or list_path + '[0]'}."
        self._walk_to(lambda path: path.startswith(near) or list_path in lists_near(path))
        line = hands.cursor()
        if line is None or list_path not in lists_near(line.objectName()):
            return
        position = lists_near(line.objectName()).index(list_path)
        hands.press("F7")
        hands.wait("loại mục", lambda: hands.sees("choices"))
        for _ in range(position):
            hands.press("Down")
        hands.press("Return")
        self._wait_until_saved()
        self.figures.typed += 1
        for path in [path for path in paper.truth["fields"] if path.startswith(f"{item}.")]:
            self._walk_to(path.__eq__)
            line = hands.cursor()
            if line is not None and line.objectName() == path:
                hands.press("Ctrl+A")
                hands.write(paper.text(path) or "")
                hands.press("Tab")
                self._wait_until_saved()
                self.figures.typed += 1

    def _walk_to(self, wanted: Callable[[str], bool]) -> None:
        """Tab through the form, round the corner when need be, until the cursor is in a wanted field."""
        for _ in range(STEPS_PER_DOSSIER):
            line = self._hands.cursor()
            if line is not None and wanted(line.objectName()):
                return
            self._hands.press("Tab")

    def _dossier(self) -> Dossier:
        opened = self._work.entry_model.dossier
        if opened is None:
            raise StuckError("không có hồ sơ nào đang mở")
        return opened.dossier

    def _leave_blank(self) -> None:
        """F8, and the reason "not printed on the paper"."""
        hands = self._hands
        hands.press("F8")
        hands.wait("lý do để trống", lambda: hands.sees("choices"))
        wanted = self._services.messages.word("reasons", "not_printed")
        choices = hands.find(QListWidget, "choices")
        for _ in range(choices.count()):
            if choices.currentItem().text().endswith(wanted):
                break
            hands.press("Down")
        hands.press("Return")
        self.figures.blanks += 1

    def _wait_until_saved(self) -> None:
        self._hands.wait("đã lưu", lambda: not self._tasks.pending)

    def _submit(self) -> None:
        _say("trình duyệt")
        hands = self._hands
        self._to_list()
        self._wait_until_saved()
        hands.picture("entry-list")
        waiting = self._count_in(DossierState.ENTERED)
        hands.wait("nút trình duyệt", lambda: hands.can_click("submit"))
        hands.press("Ctrl+Return")
        hands.wait("đã trình", lambda: self._count_in(DossierState.SUBMITTED) >= waiting > 0)

    # ------------------------------------------------------------ review

    def _review(self, *, returning: bool) -> None:
        _say("duyệt" + (", trả lại một hồ sơ" if returning else ""))
        hands, model = self._hands, self._work.review_model
        hands.press("Ctrl+3")
        hands.wait("hồ sơ chờ duyệt", lambda: bool(model.left) and model.dossier is not None)
        hands.wait("trang hiện ra", lambda: self._work.review.pages.canvas.page is not None)
        hands.picture("review")
        if returning:
            self._return_one()
        while model.left:
            here = model.left
            for _ in range(2 if model.dossier is not None and model.dossier.head.doubts else 1):
                hands.press("A")
            hands.wait("đã duyệt", partial(self._is_decided, here))
        hands.wait("nút khóa", lambda: hands.can_click("seal"))
        hands.picture("review-all-approved")
        hands.press("Ctrl+Return")
        hands.wait("đã vào hàng gửi", lambda: not self._count_in(DossierState.APPROVED))

    def _is_decided(self, left_before: int) -> bool:
        return self._work.review_model.left < left_before and not self._tasks.pending

    def _return_one(self) -> None:
        hands, before = self._hands, self._count_in(DossierState.RETURNED)
        hands.press("R")
        hands.wait("ô lý do", lambda: hands.sees("return_why"))
        hands.write(WHY_RETURNED)
        hands.picture("review-return")
        hands.press("Return")
        hands.press("Ctrl+Return")
        hands.wait("đã trả lại", lambda: self._count_in(DossierState.RETURNED) > before and not self._tasks.pending)
        self.figures.returned += 1

    def _mend_the_returned(self) -> None:
        (head,) = [head for head in self._heads() if head.state is DossierState.RETURNED]
        hands = self._hands
        self._open_from_list(head.dossier_id)
        hands.picture("entry-returned")
        self._look_at_doubts(self._papers_by_id[head.dossier_id])
        hands.press("F9")
        hands.wait("đã nhập xong", lambda: self._state(head.dossier_id) is DossierState.ENTERED)
        self._submit()

    # ------------------------------------------------------------ sending and results

    def _enrol(self) -> None:
        _say(f"ghi danh máy này với {self._receiver.url}")
        hands = self._hands
        hands.press("Ctrl+4")
        hands.wait("trang gửi", lambda: hands.sees("server_url"))
        hands.fill("server_url", self._receiver.url)
        hands.fill("enrol_code", self._receiver.code())
        hands.picture("upload-enrol")
        hands.press("Return")
        hands.wait("đã ghi danh", self._services.upload.enrolled)

    def _send(self) -> None:
        _say("gửi")
        hands = self._hands
        hands.press("Ctrl+4")
        hands.wait("nút gửi", lambda: hands.can_click("send"))
        hands.picture("upload-queue")
        hands.press("F5")
        hands.wait("có biên nhận", lambda: self._count_in(DossierState.STORED) == len(self._papers))
        self._wait_until_saved()
        hands.picture("upload-stored")

    def _take_result(self) -> None:
        dossier_id = next(iter(self._papers_by_id))
        _say("người vận hành máy chủ báo một hồ sơ sai thông tin")
        self._receiver.post(dossier_id, "wrong_info", WRONG_PATH, WHY_WRONG)
        hands = self._hands
        hands.press("F6")
        hands.wait("kết quả về", lambda: self._state(dossier_id) is DossierState.WRONG_INFO)
        self._wait_until_saved()
        hands.picture("upload-wrong-info")
        self.figures.wrong_info = self._count_in(DossierState.WRONG_INFO)

    def _export(self) -> None:
        _say("xuất mẫu 01 và thư mục bàn giao")
        password = self._out / "password.txt"
        password.write_text(PASSWORD, encoding="utf-8")
        store = ["--store", str(self._out / "store"), "--user", OFFICER]
        try:
            diaba(*store, "export", "form01", str(self._out / "form01.xlsx"), password_file=password)
            diaba(*store, "export", "handover", str(self._out / "handover"), password_file=password)
            diaba(*store, "verify", password_file=password)
        finally:
            password.unlink()
        self.figures.workbook = (self._out / "form01.xlsx").is_file()
        self.figures.pdfs = len(list((self._out / "handover").rglob("*-GCN.pdf")))

    def _count(self) -> None:
        figures = self.figures
        figures.receipts = sum(row.receipt is not None for row in self._services.upload.queue())
        figures.on_server = self._receiver.counts()
        for dossier_id, paper in self._papers_by_id.items():
            plain = codec.to_plain(self._services.entry.open(dossier_id).dossier)
            figures.count_final(paper.folder.name, plain, paper)

    # ------------------------------------------------------------ looking

    def _is_open(self, dossier_id: str) -> bool:
        opened: OpenDossier | None = self._work.entry_model.dossier
        return opened is not None and opened.head.dossier_id == dossier_id

    def _state(self, dossier_id: str) -> DossierState:
        return self._services.entry.open(dossier_id).head.state

    def _count_in(self, state: DossierState) -> int:
        return self._services.entry.counts().get(state, 0)

    def _heads(self) -> list[DossierHead]:
        return self._services.entry.heads(ListQuery(limit=1000))


def _open(out: Path, papers: list[Paper]) -> Services:
    """Open the store with the simulated scanner; without SANE the watched folder stands in, and says so."""
    from app import bootstrap

    if has_sane():
        return bootstrap.open_services(out / "store", simulated_scanner=out / "papers")
    _say("không có SANE: trang được đưa vào qua thư mục theo dõi")
    return bootstrap.open_services(out / "store")


def _say(words: str) -> None:
    print(f"demo: {words}", flush=True)
