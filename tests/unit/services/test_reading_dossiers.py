"""Reading stored pages into a dossier: in one commit, and never over what a person stands for."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest
from PIL import Image

from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.pages_disk import PagesOnDisk
from app.adapters.pdf.pdfium import PdfiumReader
from app.domain.dossier import Certificate, Dossier, DossierPage, Holder, IdPaper, Parcel
from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords
from app.domain.people import Role
from app.domain.reading import Box, Candidate, FieldReading, Finding, PageReading, Reading
from app.domain.states import DossierState
from app.errors import AuthError, InputError
from app.ports import Cancelled, never
from app.services.reading_dossiers import DossierReadingService
from app.services.reading_values import GrowingReading, ReadingStep
from tests.office import AT, PASSWORD, Office, a_complete_dossier, check

SERIAL = "certificate.serial"


def seen(path: str, value: str | None, **changed: object) -> FieldReading:
    reading = FieldReading(
        path=path,
        value=value,
        raw=f"«{value}»",
        source="ocr",
        confidence=0.9,
        check="look",
        page=0,
        box=Box(1, 2, 3, 4),
        candidates=(
            Candidate(value=value, source="ocr", confidence=0.9, page=1),
            Candidate(value="x", source="qr", confidence=0.1),
        ),
    )
    return dataclasses.replace(reading, **changed)  # type: ignore[arg-type]


class ScriptedReading:
    """Gives the readings of a list, one at each call, for the files it is asked about."""

    def __init__(self, *readings: Reading) -> None:
        self.readings = list(readings)
        self.meanwhile: Callable[[], object] = lambda: None
        self.asked: list[Path] = []
        self.learned = NOTHING_LEARNED

    def read_growing(
        self,
        files: Sequence[Path],
        cancelled: Cancelled = never,
        learned: LearnedWords = NOTHING_LEARNED,
        *,
        more_to_come: bool = False,
    ) -> Iterator[GrowingReading]:
        while self.readings:
            is_whole = len(self.readings) == 1 and not more_to_come
            reading = self.read(files, cancelled, learned)
            yield GrowingReading(reading=reading, files_done=1, is_whole=is_whole)

    def read(
        self, files: Sequence[Path], cancelled: Cancelled = never, learned: LearnedWords = NOTHING_LEARNED
    ) -> Reading:
        self.asked = list(files)
        self.learned = learned
        self.meanwhile()
        pages = tuple(
            PageReading(file=str(file), page=1, kind=f"certificate_{number}", rotation_deg=90)
            for number, file in enumerate(files, start=1)
        )
        reading = self.readings.pop(0)
        return dataclasses.replace(reading, pages=reading.pages or pages)


class Desk:
    """An office with a draft of two pages."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office = office
        self.files = PagesOnDisk(office.folder, partial(jpeg_pages, PdfiumReader()))
        self.dossier_id = office.ids.new()
        with office.store.write() as writer:
            writer.add_dossier(Dossier(dossier_id=self.dossier_id), AT, office.officer.person_id)
        for number in (0, 1):
            self.add_page(folder, number)

    def add_page(self, folder: Path, number: int) -> None:
        file = folder / f"{number}.png"
        Image.new("L", (60, 80), number * 40).save(file)
        (stored,) = self.files.accept(file)
        page = DossierPage(page_id=f"p{number}", sha256=stored.sha256, position=number, width_px=60, height_px=80)
        with self.office.store.write() as writer:
            writer.add_page(self.dossier_id, page, stored)

    def read(self, *readings: Reading, cancelled: Cancelled = never) -> ScriptedReading:
        reading = ScriptedReading(*readings)
        self.service(reading).read_dossier(self.office.officer, self.dossier_id, cancelled)
        return reading

    def grow(
        self, *readings: Reading, cancelled: Cancelled = never, more_to_come: bool = False
    ) -> list[tuple[int, int, Dossier]]:
        """The steps heard, each with what stood in the store by then."""
        heard: list[tuple[int, int, Dossier]] = []

        def hear(step: ReadingStep) -> None:
            dossier = self.office.opened(step.dossier_id).dossier
            heard.append((step.pages_done, step.pages_total, dossier))

        service = self.service(ScriptedReading(*readings))
        service.read_growing(self.office.officer, self.dossier_id, hear, cancelled, more_to_come=more_to_come)
        return heard

    def service(self, reading: ScriptedReading) -> DossierReadingService:
        return DossierReadingService(self.office.store, self.files, reading, self.office.clock, check)


@pytest.fixture
def desk(office: Office, tmp_path: Path) -> Desk:
    return Desk(office, tmp_path)


A_READING = Reading(
    certificate=Certificate(serial="CQ 718336", model="2014"),
    holders=(Holder(kind="person", name="TRƯƠNG QUANG HÁCH"),),
    fields=(
        seen(SERIAL, "CQ 718336"),
        seen("holders[0].name", "TRƯƠNG QUANG HÁCH", page=1),
        seen("certificate.notes", None),
    ),
    findings=(Finding(code="pages_missing", severity="warning"), Finding(code="serial_form", severity="warning")),
)


def test_what_was_read_fills_the_draft_with_its_evidence(desk: Desk):
    assert desk.service(ScriptedReading()).waiting() == [desk.dossier_id]
    reading = desk.read(A_READING)
    opened = desk.office.opened(desk.dossier_id)
    assert [file.name for file in reading.asked] == [f"{page.sha256}.jpg" for page in opened.dossier.pages]
    assert opened.dossier.certificate == Certificate(serial="CQ 718336", model="2014")
    serial = opened.field(SERIAL)
    assert serial is not None
    assert (serial.value, serial.raw, serial.page_id, serial.box) == ("CQ 718336", "«CQ 718336»", "p0", Box(1, 2, 3, 4))
    assert (serial.set_by, serial.check, serial.confidence) == ("reader", "look", 0.9)
    assert [candidate.page for candidate in serial.candidates] == [1, None]
    name = opened.field("holders[0].name")
    assert name is not None
    assert name.page_id == "p1"
    kind = opened.field("holders[0].kind")
    assert kind is not None
    assert (kind.value, kind.source, kind.check, kind.set_by) == ("person", "rule", "ok", "reader")
    assert opened.field("certificate.notes") is not None


def test_a_value_that_is_no_field_is_kept_without_a_history(desk: Desk):
    checked = Holder(name="HÁCH", id_papers=(IdPaper(kind="cccd", number="027081999921", check="ok"),))
    desk.read(dataclasses.replace(A_READING, holders=(checked,)))
    opened = desk.office.opened(desk.dossier_id)
    assert opened.dossier.holders == (checked,)
    assert desk.office.entry.history(desk.dossier_id, "holders[0].id_papers[0].check") == []


def test_pages_are_known_and_wait_no_more(desk: Desk):
    desk.read(A_READING)
    opened = desk.office.opened(desk.dossier_id)
    assert [(page.kind, page.rotation_deg) for page in opened.dossier.pages] == [
        ("certificate_1", 90),
        ("certificate_2", 90),
    ]
    assert desk.service(ScriptedReading()).waiting() == []
    assert desk.office.whats(desk.dossier_id)[-1] == "dossier_read"


def test_a_page_whose_reading_failed_waits_for_another_try(desk: Desk):
    first, _second = desk.office.opened(desk.dossier_id).dossier.pages
    seen_page = PageReading(file=str(desk.files.path(first.sha256)), page=1, kind="certificate_1")
    desk.read(dataclasses.replace(A_READING, pages=(seen_page,)))
    with desk.office.store.read() as reader:
        assert (reader.unread_pages(desk.dossier_id), reader.waiting()) == ({"p1"}, [desk.dossier_id])


def test_findings_are_those_of_the_pages_and_of_the_rules(desk: Desk):
    desk.read(A_READING)
    codes = {finding.code for finding in desk.office.opened(desk.dossier_id).findings}
    assert codes == {"pages_missing", "required_missing"}


def test_the_two_halves_of_a_spread_name_their_page_once(desk: Desk):
    files = [desk.files.path(page.sha256) for page in desk.office.opened(desk.dossier_id).dossier.pages]
    halves = [
        ("blank", files[0]),
        ("certificate_3", files[0]),
        ("other", files[0]),
        ("certificate_4", Path("elsewhere")),
    ]
    pages = tuple(PageReading(file=str(file), page=n, kind=kind) for n, (kind, file) in enumerate(halves, start=1))
    desk.read(dataclasses.replace(A_READING, pages=pages))
    opened = desk.office.opened(desk.dossier_id)
    assert [page.kind for page in opened.dossier.pages] == ["certificate_3", "other"]
    name = opened.field("holders[0].name")
    assert name is not None
    assert name.page_id == "p0"


@pytest.mark.parametrize(
    ("halves", "kind"),
    [
        (("certificate_4", "certificate_1"), "certificate_1"),
        (("certificate_2", "certificate_3"), "certificate_2"),
        (("other", "certificate_3"), "certificate_3"),
        (("application", "certificate_4"), "certificate_4"),
    ],
)
def test_an_opened_sheet_is_named_by_the_page_that_comes_first_in_the_certificate(desk: Desk, halves, kind):
    file = desk.files.path(desk.office.opened(desk.dossier_id).dossier.pages[0].sha256)
    pages = tuple(PageReading(file=str(file), page=n, kind=half) for n, half in enumerate(halves, start=1))
    desk.read(dataclasses.replace(A_READING, pages=pages))
    opened = desk.office.opened(desk.dossier_id)
    assert opened.dossier.pages[0].kind == kind
    name = opened.field("holders[0].name")
    assert name is not None
    assert (name.page_id, name.box) == ("p0", Box(1, 2, 3, 4))


def test_a_persons_own_turn_and_pages_read_before_stay_as_they_are(desk: Desk, tmp_path: Path):
    with desk.office.store.write() as writer:
        dossier = writer.open(desk.dossier_id).dossier
        turned = dataclasses.replace(dossier.pages[0], rotation_deg=270)
        writer.save(dataclasses.replace(dossier, pages=(turned, dossier.pages[1])))
    desk.read(A_READING)
    with desk.office.store.write() as writer:
        dossier = writer.open(desk.dossier_id).dossier
        upright = dataclasses.replace(dossier.pages[1], rotation_deg=0)
        writer.save(dataclasses.replace(dossier, pages=(dossier.pages[0], upright)))
    desk.add_page(tmp_path, 2)
    desk.read(A_READING)
    pages = desk.office.opened(desk.dossier_id).dossier.pages
    assert [page.rotation_deg for page in pages] == [270, 0, 90]


def test_reading_again_keeps_what_persons_set_accepted_or_left_blank(desk: Desk):
    desk.read(A_READING)
    entry, officer = desk.office.entry, desk.office.officer
    entry.change(officer, desk.dossier_id, SERIAL, "CQ 718339")
    entry.accept(officer, desk.dossier_id, "holders[0].name")
    entry.leave_blank(officer, desk.dossier_id, "certificate.model", "not_printed")
    before = desk.office.opened(desk.dossier_id)
    other = dataclasses.replace(
        A_READING,
        certificate=Certificate(serial="XX 000000", model="2009"),
        holders=(Holder(kind="organisation", name="CÔNG TY"),),
        fields=(seen(SERIAL, "XX 000000"),),
    )
    desk.read(other)
    opened = desk.office.opened(desk.dossier_id)
    assert opened.dossier.certificate.serial == "CQ 718339"
    assert opened.dossier.certificate.model is None
    assert opened.dossier.holders == (Holder(kind="organisation", name="TRƯƠNG QUANG HÁCH"),)
    for path in (SERIAL, "holders[0].name", "certificate.model"):
        assert opened.field(path) == before.field(path)


def test_what_is_no_longer_read_goes_and_the_same_again_writes_no_rows(desk: Desk):
    two = dataclasses.replace(A_READING, holders=(*A_READING.holders, Holder(name="LẦM LẪN")))
    desk.read(two)
    rows = len(desk.office.entry.history(desk.dossier_id))
    desk.read(two)
    assert len(desk.office.entry.history(desk.dossier_id)) == rows
    desk.read(A_READING)
    opened = desk.office.opened(desk.dossier_id)
    assert opened.dossier.holders == A_READING.holders
    assert opened.field("holders[1].name") is None
    assert [row.value for row in desk.office.entry.history(desk.dossier_id, "holders[1].name")] == ["LẦM LẪN", None]


def test_an_item_with_a_persons_blank_stays_when_its_values_go(desk: Desk):
    two = dataclasses.replace(A_READING, holders=(*A_READING.holders, Holder(name="HAI")))
    desk.read(two)
    desk.office.entry.leave_blank(desk.office.officer, desk.dossier_id, "holders[1].born", "not_printed")
    desk.read(A_READING)
    assert len(desk.office.opened(desk.dossier_id).dossier.holders) == 2


def test_a_list_a_person_took_items_out_of_is_the_persons(desk: Desk):
    names = ("MỘT", "HAI", "BA")
    three = dataclasses.replace(A_READING, holders=tuple(Holder(name=name) for name in names))
    desk.read(three)
    desk.office.entry.remove_item(desk.office.officer, desk.dossier_id, "holders[0]")
    desk.read(three)
    assert [holder.name for holder in desk.office.opened(desk.dossier_id).dossier.holders] == ["HAI", "BA"]
    desk.office.entry.undo(desk.office.officer, desk.dossier_id)
    desk.read(dataclasses.replace(three, holders=(*three.holders, Holder(name="BỐN"))))
    holders = desk.office.opened(desk.dossier_id).dossier.holders
    assert [holder.name for holder in holders] == ["MỘT", "HAI", "BA", "BỐN"]


def test_what_a_person_took_back_may_be_read(desk: Desk):
    desk.office.entry.change(desk.office.officer, desk.dossier_id, SERIAL, "CQ 111111")
    desk.office.entry.undo(desk.office.officer, desk.dossier_id)
    desk.read(A_READING)
    assert desk.office.opened(desk.dossier_id).dossier.certificate.serial == "CQ 718336"


def test_cancelled_changes_nothing(desk: Desk):
    before = desk.office.opened(desk.dossier_id)
    desk.read(A_READING, cancelled=lambda: True)
    assert desk.office.opened(desk.dossier_id) == before


def test_a_dossier_that_left_its_draft_meanwhile_is_not_touched(desk: Desk):
    reading = ScriptedReading(A_READING)
    reading.meanwhile = lambda: desk.office.entry.discard(desk.office.officer, desk.dossier_id, "quét nhầm")
    opened = desk.service(reading).read_dossier(desk.office.officer, desk.dossier_id)
    assert (opened.head.state, opened.fields) == (DossierState.DISCARDED, ())


def test_a_page_taken_out_meanwhile_stays_out(desk: Desk):
    def take_out() -> None:
        with desk.office.store.write() as writer:
            dossier = writer.open(desk.dossier_id).dossier
            writer.save(dataclasses.replace(dossier, pages=dossier.pages[:1]))

    reading = ScriptedReading(A_READING)
    reading.meanwhile = take_out
    opened = desk.service(reading).read_dossier(desk.office.officer, desk.dossier_id)
    assert [page.page_id for page in opened.dossier.pages] == ["p0"]


def test_without_pages_there_is_nothing_to_read(office: Office, desk: Desk):
    dossier_id = office.draft()
    before = office.opened(dossier_id)
    assert desk.service(ScriptedReading()).read_dossier(office.officer, dossier_id) == before


def test_only_drafts_are_read_and_only_by_who_enters(office: Office, desk: Desk):
    service = desk.service(ScriptedReading())
    with pytest.raises(InputError, match="not_editable"):
        service.read_dossier(office.officer, office.entered())
    admin = office.people.add(office.supervisor, "quan", "Quản Trị", Role.ADMIN, PASSWORD)
    with pytest.raises(AuthError, match="right_missing"):
        service.read_dossier(admin, desk.dossier_id)


EARLY = dataclasses.replace(
    A_READING,
    holders=(),
    fields=(seen(SERIAL, "CQ 718336"),),
    findings=(),
)


def test_what_the_first_page_says_is_in_the_store_before_the_others_are_read(desk: Desk):
    (_, _, nothing), (done, total, early) = desk.grow(EARLY, A_READING)
    assert nothing.certificate.serial is None
    assert (done, total, early.certificate.serial, early.holders) == (1, 2, "CQ 718336", ())
    opened = desk.office.opened(desk.dossier_id)
    assert opened.dossier.holders == A_READING.holders
    assert opened.unread_pages == ()


def test_pages_count_as_read_and_findings_come_only_with_the_whole(desk: Desk):
    desk.grow(EARLY, more_to_come=True)
    opened = desk.office.opened(desk.dossier_id)
    assert opened.dossier.certificate.serial == "CQ 718336"
    assert (len(opened.unread_pages), opened.findings) == (2, ())
    assert desk.service(ScriptedReading()).waiting() == [desk.dossier_id]
    assert "dossier_read" not in desk.office.whats(desk.dossier_id)


def test_a_value_the_whole_reading_gives_the_same_is_written_once(desk: Desk):
    desk.grow(EARLY, EARLY, A_READING)
    desk.grow(EARLY, A_READING)
    assert len(desk.office.entry.history(desk.dossier_id, SERIAL)) == 1


def test_early_values_leave_alone_what_a_person_set_and_what_other_pages_said(desk: Desk):
    desk.read(A_READING)
    desk.office.entry.change(desk.office.officer, desk.dossier_id, SERIAL, "CQ 718339")
    desk.grow(EARLY, more_to_come=True)
    dossier = desk.office.opened(desk.dossier_id).dossier
    assert (dossier.certificate.serial, dossier.holders) == ("CQ 718339", A_READING.holders)


def test_a_growing_reading_that_is_cancelled_keeps_what_it_had_and_waits_for_another_try(desk: Desk):
    heard: list[int] = []
    service = desk.service(ScriptedReading(EARLY, A_READING))
    opened = service.read_growing(
        desk.office.officer, desk.dossier_id, lambda step: heard.append(step.pages_done), lambda: 1 in heard
    )
    assert (opened.dossier.certificate.serial, opened.dossier.holders) == ("CQ 718336", ())
    assert service.waiting() == [desk.dossier_id]


def test_a_dossier_put_away_while_it_grows_is_not_touched(desk: Desk):
    reading = ScriptedReading(EARLY, A_READING)
    reading.meanwhile = lambda: desk.office.entry.discard(desk.office.officer, desk.dossier_id, "quét nhầm")
    opened = desk.service(reading).read_growing(desk.office.officer, desk.dossier_id, lambda _step: None)
    assert (opened.head.state, opened.fields, len(reading.readings)) == (DossierState.DISCARDED, (), 1)


def test_without_pages_nothing_grows(office: Office, desk: Desk):
    dossier_id = office.draft()
    heard: list[ReadingStep] = []
    opened = desk.service(ScriptedReading()).read_growing(office.officer, dossier_id, heard.append)
    assert (opened, heard) == (office.opened(dossier_id), [])


def test_a_settled_value_that_is_only_a_little_surer_is_not_written_again(desk: Desk):
    for confidence, check_, rows in ((0.98, "ok", 1), (0.99, "ok", 1), (0.7, "look", 2), (0.8, "look", 3)):
        again = seen(SERIAL, "CQ 718336", confidence=confidence, check=check_)
        desk.read(dataclasses.replace(A_READING, fields=(again,)))
        assert len(desk.office.entry.history(desk.dossier_id, SERIAL)) == rows


def test_words_of_the_accepted_records_of_the_commune_are_handed_to_the_reading(desk: Desk):
    assert not desk.read(A_READING).learned  # no commune, nothing accepted
    commune = a_complete_dossier("").commune_code
    address = a_complete_dossier("").parcels[0].address
    with desk.office.store.write() as writer:
        writer.put_setting("commune_code", commune or "")
    assert not desk.read(A_READING).learned
    desk.office.entered()
    desk.office.entered()
    reading = desk.read(A_READING)
    as_read = Dossier(dossier_id="d", parcels=(Parcel(address=address),))
    assert reading.learned.beside({}, as_read) == {"parcels[0].address": ("known_here",)}
    grown = ScriptedReading(A_READING)
    desk.service(grown).read_growing(desk.office.officer, desk.dossier_id, lambda step: None)
    assert grown.learned.beside({}, as_read) == {"parcels[0].address": ("known_here",)}
