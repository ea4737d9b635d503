"""The command line `diaba` in its own processes: every command, every exit status."""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from tests.e2e.rig.books import ReceiverBooks, StoreBooks
from tests.e2e.rig.command import Ran, done, run
from tests.e2e.rig.program import Program
from tests.e2e.rig.receiving import Receiver
from tests.e2e.rig.screen import Screen
from tests.e2e.rig.waiting import wait_for

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(600)]

CHIEF, SECOND, OFFICER = "truongphong", "phophong", "canbo"
PASSWORDS = {CHIEF: "Đọc kỹ rồi hãy ký", SECOND: "Xem lại lần thứ hai", OFFICER: "Giấy tờ số 999901"}
COMMUNE = "07420"
KEYS_OF_A_READING = {
    "schema",
    "certificate",
    "changes",
    "current_users",
    "holders",
    "parcels",
    "assets",
    "pages",
    "fields",
    "findings",
    "missing_pages",
    "seconds",
}


def draw(folder: Path, seed: int, count: int, model: str, file_format: str) -> list[Path]:
    """Sample dossiers of one parcel, which a machine alone may read whole; their folders."""
    subprocess.run(
        [sys.executable, "-m", "tests.samples", str(folder), "--seed", str(seed), "--count", str(6 * count),
         "--model", model, "--format", file_format],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    drawn = sorted(file.parent for file in folder.glob("*/truth.json") if _has_one_parcel(file))[:count]
    for other in set(folder.iterdir()) - set(drawn):
        shutil.rmtree(other)
    for one in drawn:
        (one / "truth.json").unlink()
    assert len(drawn) == count
    return drawn


def _has_one_parcel(truth: Path) -> bool:
    parcels = json.loads(truth.read_text(encoding="utf-8"))["parcels"]
    return len(parcels) == 1 and len(parcels[0]["uses"]) == 1


@dataclass(kw_only=True)
class Office:
    """A store with people, at the terminal."""

    root: Path

    @property
    def store(self) -> Path:
        return self.root / "store"

    @property
    def feed(self) -> Path:
        return self.root / "feed"

    @property
    def books(self) -> StoreBooks:
        return StoreBooks(self.store)

    def run(self, who: str, *arguments: str | Path, new_password: str | None = None) -> Ran:
        """A command by somebody, with JSON."""
        return run(
            "--store", self.store, "--simulated-scanner", self.feed, "--user", who, *arguments, "--json",
            password=PASSWORDS[who], new_password=new_password,
        )  # fmt: skip

    def done(self, who: str, *arguments: str | Path, new_password: str | None = None) -> Ran:
        """A command by somebody that must succeed."""
        ran = self.run(who, *arguments, new_password=new_password)
        assert ran.status == 0, f"exit {ran.status}: {ran.out}\n{ran.err}"
        return ran


@dataclass(kw_only=True)
class Captured:
    """What came into the store.

    Attributes:
        first: Imported dossier that goes all the way.
        second: Imported dossier of a commune code the server does not know the shape of.
        scanned: Dossier from the scanner, never read.
    """

    office: Office
    first: str
    second: str
    scanned: str
    imported: Ran
    scan: Ran


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that says it is a JPEG and is none."""
    file = tmp_path_factory.mktemp("damaged") / "hỏng.jpg"
    file.write_bytes(b"\xff\xd8\xff\xe0" + bytes(4000))
    return file


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders with the pages of two certificates."""
    return draw(tmp_path_factory.mktemp("papers"), 476, 2, "2014", "jpg")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """A new store: the first person is added by `setup`, the others by the first."""
    made = Office(root=tmp_path_factory.mktemp("office"))
    draw(made.feed, 108, 1, "2024", "ppm")
    adding = ("user", "add", CHIEF, "--name", "Lương Văn Thử", "--role", "supervisor")
    first = run("--store", made.store, *adding, new_password=PASSWORDS[CHIEF])
    assert (first.status, "setup" in first.err) == (0, True)
    for login, name, role in ((SECOND, "Ngô Thị Nháp", "supervisor"), (OFFICER, "Đỗ Thị Mẫu", "officer")):
        made.done(CHIEF, "user", "add", login, "--name", name, "--role", role, new_password=PASSWORDS[login])
    return made


@pytest.fixture(scope="module")
def captured(office: Office, papers: list[Path], damaged: Path) -> Captured:
    """Two dossiers from files, one from the scanner."""
    office.done(CHIEF, "set", "commune_code", "chưa rõ")
    second = office.done(OFFICER, "import", papers[1]).plain
    office.done(CHIEF, "set", "commune_code", COMMUNE)
    imported = office.run(OFFICER, "import", papers[0], damaged)
    scan = office.run(OFFICER, "scan", "--device", "simulated:0")
    return Captured(
        office=office,
        first=imported.plain["dossiers"][0],
        second=second["dossiers"][0],
        scanned=scan.plain["dossier"],
        imported=imported,
        scan=scan,
    )


@dataclass(kw_only=True)
class Queued:
    """Two sealed batches before a receiver."""

    captured: Captured
    batches: tuple[str, str]
    receiver: Receiver

    @property
    def office(self) -> Office:
        return self.captured.office


@pytest.fixture(scope="module")
def queued(captured: Captured, receiver: Receiver) -> Queued:
    """Entered, submitted by one, approved by another, sealed; each in a batch of its own."""
    office = captured.office
    office.done(OFFICER, "finish", "--with-doubts", captured.first, captured.second)
    batches = [
        office.done(OFFICER, "submit", dossier_id).plain["batch"] for dossier_id in (captured.first, captured.second)
    ]
    assert office.done(CHIEF, "approve", batches[0]).plain == {"approved": 1, "queued": 1}
    office.done(SECOND, "return", captured.second, "--path", "holders[0].name", "--why", "Tên không giống trên giấy")
    assert office.books.state(captured.second) == "returned"
    office.done(OFFICER, "finish", "--with-doubts", captured.second)
    batches[1] = office.done(CHIEF, "submit", captured.second).plain["batch"]
    own = office.run(CHIEF, "approve", batches[1])
    assert (own.status, office.books.state(captured.second)) == (7, "submitted")
    office.done(SECOND, "approve", batches[1])
    return Queued(captured=captured, batches=(batches[0], batches[1]), receiver=receiver)


@pytest.fixture(scope="module")
def uploaded(queued: Queued) -> tuple[Queued, Ran]:
    """Enrolled, and sent once."""
    queued.office.done(CHIEF, "enrol", queued.receiver.code(), "--server", queued.receiver.url)
    return queued, queued.office.run(OFFICER, "upload")


# ---------------------------------------------------------------- reading files


def test_the_pages_of_one_dossier_are_read_without_a_store_into_one_object_with_every_key(papers):
    ran = done("read", papers[0] / "page-2.jpg", papers[0] / "page-1.jpg", "--json")
    assert set(ran.plain) == KEYS_OF_A_READING
    assert [page["kind"] for page in ran.plain["pages"]] == ["certificate_2", "certificate_1"]
    assert (ran.plain["missing_pages"], ran.err) == (["certificate_3", "certificate_4"], "")


def test_read_each_gives_one_line_per_file_in_their_order_and_tells_of_the_damaged_one(papers, damaged):
    pages = sorted(papers[0].glob("*.jpg"))[:2]
    ran = run("read", "--each", pages[1], damaged, pages[0], "--jobs", "2", "--json")
    assert ran.status == 3
    assert [set(line) for line in ran.lines] == [KEYS_OF_A_READING] * 3
    assert [[page["file"] for page in line["pages"]] for line in ran.lines] == [[str(pages[1])], [], [str(pages[0])]]
    assert [finding["code"] for finding in ran.lines[1]["findings"]] == ["unreadable_file"]


def test_a_damaged_file_alone_still_gives_the_whole_object(damaged):
    ran = run("read", damaged, "--json")
    assert (ran.status, set(ran.plain), ran.plain["pages"]) == (3, KEYS_OF_A_READING, [])


@pytest.mark.parametrize("arguments", [["read"], ["fly"]])
def test_a_command_nobody_knows_is_a_matter_of_usage(arguments):
    ran = run(*arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "diaba" in ran.err


# ---------------------------------------------------------------- capture


def test_import_takes_what_can_be_read_and_names_the_rest(captured, damaged):
    assert captured.imported.status == 3
    assert captured.imported.plain == {
        "dossiers": [captured.first],
        "pages": 4,
        "refused": [{"file": str(damaged), "code": captured.imported.plain["refused"][0]["code"]}],
    }
    assert captured.imported.err.splitlines()[-1].startswith(f"diaba: Không đọc được tệp: Tệp {damaged}")
    assert captured.office.books.check_pages() == 10


def test_a_scan_goes_into_a_dossier_of_its_own_until_the_feeder_is_empty(captured):
    office = captured.office
    assert captured.scan.plain == {"dossier": captured.scanned, "pages": 2, "fault": None}
    assert len(office.books.pages(captured.scanned)) == 2
    again = office.run(OFFICER, "scan", "--device", "simulated:0", "--dossier", captured.scanned)
    assert (again.status, again.plain["fault"], again.plain["pages"]) == (4, "feeder_empty", 0)
    assert office.run(OFFICER, "scan", "--device", "ẩn:1").status == 4


def test_the_queue_lists_every_dossier_and_finds_by_state_and_by_text_without_accents(captured):
    office = captured.office
    ids = {captured.first, captured.second, captured.scanned}
    assert {line["dossier_id"] for line in office.done(OFFICER, "queue").lines} == ids
    name = office.books.value(captured.first, "holders[0].name")
    plain_name = unicodedata.normalize("NFD", name.lower().replace("đ", "d")).encode("ascii", "ignore").decode()
    found = office.done(OFFICER, "queue", "--state", office.books.state(captured.first), "--search", plain_name).lines
    assert [line["dossier_id"] for line in found] == [captured.first]


def test_show_gives_one_dossier_with_its_history(captured):
    shown = captured.office.done(OFFICER, "show", captured.first).plain
    assert shown["dossier"]["dossier_id"] == captured.first
    assert {"certificate.serial", "holders[0].name"} <= {value["path"] for value in shown["history"]}
    assert captured.office.run(OFFICER, "show", "không-có").status == 3


def test_what_still_lacks_values_is_not_finished_and_says_so(captured):
    ran = captured.office.run(OFFICER, "finish", captured.scanned)
    assert (ran.status, ran.plain["dossier"]) == (3, captured.scanned)
    assert "certificate.serial" in {path for finding in ran.plain["findings"] for path in finding["paths"]}
    assert captured.office.books.state(captured.scanned) == "draft"


# ---------------------------------------------------------------- rights


def test_nobody_comes_in_without_the_right_password(captured):
    store = captured.office.store
    assert run("--store", store, "--user", OFFICER, "queue", password="sai").status == 7
    assert run("--store", store, "queue").status == 7
    wait_for("the wait after a wrong password", lambda: captured.office.run(OFFICER, "queue").status == 0)


def test_an_officer_neither_approves_nor_manages(queued):
    office = queued.office
    assert office.run(OFFICER, "approve", queued.batches[1]).status == 7
    added = office.run(OFFICER, "user", "add", "them", "--name", "Thêm", "--role", "officer", new_password="đủ tám chữ")
    assert added.status == 7
    assert [line["login"] for line in office.done(OFFICER, "user", "list").lines] == sorted(PASSWORDS)


def test_a_changed_password_is_the_one_that_counts(queued):
    office = queued.office
    office.done(SECOND, "user", "password", SECOND, new_password="Một mật khẩu mới")
    assert office.run(SECOND, "queue").status == 7
    PASSWORDS[SECOND] = "Một mật khẩu mới"
    wait_for("the wait after a wrong password", lambda: office.run(SECOND, "queue").status == 0)


def test_nothing_is_submitted_twice(queued):
    assert queued.office.run(OFFICER, "submit", queued.captured.first).status == 3
    assert queued.office.books.state(queued.captured.first) in ("queued", "stored")


# ---------------------------------------------------------------- the server


def test_upload_before_enrolment_and_without_a_network_keep_everything_waiting(queued, tmp_path):
    office = Office(root=tmp_path)
    shutil.copytree(queued.office.store, office.store, ignore=shutil.ignore_patterns("device"))
    assert office.run(OFFICER, "upload").status == 7
    code = queued.receiver.code()
    assert office.run(CHIEF, "enrol", code).status == 3  # no address given, none known
    office.done(CHIEF, "enrol", code, "--server", queued.receiver.url)
    queued.receiver.kill()
    try:
        ran = office.run(OFFICER, "upload")
    finally:
        queued.receiver.start()
    assert (ran.status, ran.plain["stopped_by"], ran.plain["waiting"]) == (6, "server_unreachable", 2)
    assert set(office.books.states().values()) == {"queued", "draft"}


def test_one_upload_stores_what_is_right_and_exits_8_for_what_is_refused(uploaded):
    queued, ran = uploaded
    books, received = queued.office.books, ReceiverBooks(queued.receiver.data)
    assert (ran.status, ran.plain["stored"], ran.plain["refused"], ran.plain["waiting"]) == (8, 1, 1, 0)
    assert books.state(queued.captured.first) == "stored"
    assert books.state(queued.captured.second) == "refused"
    (form,) = books.rows("select form from outbox where dossier_id = ?", queued.captured.first)
    assert received.forms() == {(queued.captured.first, 1): form[0]}
    assert received.pages(queued.captured.first, 1) == books.pages(queued.captured.first)
    shown = queued.office.done(OFFICER, "show", queued.captured.second).plain
    assert [reason["path"] for reason in shown["returned_for"]] == ["commune_code"]


def test_a_result_of_the_operator_comes_with_the_next_upload(uploaded):
    queued, _ = uploaded
    queued.receiver.post(queued.captured.first, "verified")
    ran = queued.office.done(OFFICER, "upload").plain
    assert (ran["stored"], ran["results"]["verified"]) == (0, 1)
    assert queued.office.books.state(queued.captured.first) == "verified"
    assert run("receiver", "result", "ai-đó", "verified", "--data", queued.receiver.data).status == 3


# ---------------------------------------------------------------- out of the house


def test_form_01_has_a_row_for_each_certificate_and_person_as_text_without_live_formulas(uploaded, tmp_path):
    queued, _ = uploaded
    out = tmp_path / "mẫu 01.xlsx"
    written = queued.office.done(OFFICER, "export", "form01", out).plain
    assert written["file"] == str(out)
    assert written["rows"] >= 2
    sheet = openpyxl.load_workbook(out).worksheets[0]
    rows = [row for row in sheet.iter_rows() if row[0].data_type == "n"][-written["rows"] :]
    assert {cell.data_type for row in rows for cell in row[1:]} == {"s"}
    for dossier_id in (queued.captured.first, queued.captured.second):
        names = ("certificate.serial", "holders[0].name", "parcels[0].sheet", "parcels[0].number")
        values = {queued.office.books.value(dossier_id, path) for path in names}
        assert any(values <= {cell.value for cell in row} for row in rows)


def test_the_handover_has_a_folder_per_approved_batch_with_pdfs_and_their_hashes(uploaded, tmp_path):
    queued, _ = uploaded
    folders = [Path(name) for name in queued.office.done(OFFICER, "export", "handover", tmp_path).plain["folders"]]
    assert len(folders) == 2
    serial = queued.office.books.value(queued.captured.first, "certificate.serial")
    files = [file for folder in folders for file in folder.iterdir()]
    assert any(file.suffix == ".pdf" and serial.replace(" ", "") in file.stem.replace(" ", "") for file in files)
    for folder in folders:
        (listed,) = folder.glob("*.csv")
        with listed.open(encoding="utf-8-sig", newline="") as stream:
            text = stream.read()
        assert list(csv.reader(text.splitlines()))
        for file in folder.glob("*.pdf"):
            assert hashlib.sha256(file.read_bytes()).hexdigest() in text


def test_verify_finds_a_page_that_changed_on_the_disk(uploaded, tmp_path):
    queued, _ = uploaded
    sound = queued.office.done(OFFICER, "verify").plain
    assert (sound["pages"], sound["forms"], sound["faults"]) == (10, 2, [])
    office = Office(root=tmp_path)
    shutil.copytree(queued.office.store, office.store)
    page = next(office.store.glob("pages/*/*.jpg"))
    page.write_bytes(page.read_bytes()[:-1] + b"\0")
    ran = office.run(OFFICER, "verify")
    assert (ran.status, [(fault["code"], fault["where"]) for fault in ran.plain["faults"]]) == (
        5,
        [("page_hash", page.stem)],
    )


# ---------------------------------------------------------------- one writer


def test_while_the_window_has_the_store_a_command_may_look_but_not_write(captured: Captured, screen: Screen):
    office = captured.office
    program = Program(screen, office.store, office.feed)
    try:
        program.wait_title("Đăng nhập")
        office.done(OFFICER, "queue")
        refused = office.run(OFFICER, "submit", captured.first)
        assert (refused.status, refused.out) == (5, "")
        assert refused.err.startswith("diaba: ")
    finally:
        program.close()
    assert office.done(OFFICER, "scan", "--list").lines[0]["device_id"] == "simulated:0"
