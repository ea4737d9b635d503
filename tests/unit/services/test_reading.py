from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

from app.adapters.calibration_file import load_calibration
from app.domain.codec import to_plain
from app.domain.reading import Look, PageScan
from app.ports import Cancelled, never
from app.services.reading import GROWS_WITH, ReadingService
from tests.unit.domain.extraction import paper


class Slow:
    """A clock that goes on by a second whenever it is looked at."""

    def __init__(self) -> None:
        self._now = datetime(2026, 11, 22, tzinfo=UTC)

    def now(self) -> datetime:
        self._now += timedelta(seconds=1)
        return self._now


class Pages:
    """A page reader that has seen the pages already."""

    def __init__(self, *scans: PageScan) -> None:
        self._scans = scans

    def scan(self, files: Sequence[Path], cancelled: Cancelled = never) -> Iterator[PageScan]:
        for scan in self._scans:
            if cancelled():
                return
            yield scan

    def close(self) -> None:
        """Nothing is open."""


class Closer:
    """Answers second looks as told; remembers what it was asked."""

    def __init__(self, answer: Callable[[Look], str | None] = lambda _: None) -> None:
        self._answer = answer
        self.asked: list[Look] = []

    def read(self, looks: Sequence[Look], cancelled: Cancelled = never) -> dict[Look, str]:
        self.asked += looks
        return {look: text for look in looks if (text := self._answer(look)) is not None}

    def close(self) -> None:
        """Nothing is open."""


def service(*scans: PageScan, closer: Closer | None = None) -> ReadingService:
    return ReadingService(Pages(*scans), closer or Closer(), paper.LEXICON.lists, Slow(), load_calibration())


BROKEN = PageScan(file="broken.jpg", error="unreadable_file")


def test_the_pages_of_a_dossier_give_one_record():
    reading = service(paper.page_1(), paper.page_2()).read([Path("a.jpg"), Path("b.jpg")])
    assert reading.certificate.serial == "CQ 718336"
    assert reading.seconds == 1.0
    assert to_plain(reading)["schema"] == "diaba.reading/1"


def test_each_file_is_a_dossier_of_its_own():
    spread = [paper.page("trang trái", file="s.jpg"), paper.page("trang phải", file="s.jpg", number=2)]
    scans = [paper.front(), *spread, BROKEN, paper.front()]
    readings = list(service(*scans).read_each([Path("x")] * 4))
    assert [len(reading.pages) for reading in readings] == [1, 2, 0, 1]
    assert [reading.certificate.serial for reading in readings] == ["AA 04417325", None, None, "AA 04417325"]


def test_the_same_file_twice_gives_two_records():
    assert len(list(service(paper.front(), paper.front()).read_each([Path("a.jpg")] * 2))) == 2


def test_a_file_that_does_not_open_is_a_finding_and_the_others_are_read():
    reading = service(BROKEN, paper.page_1()).read([Path("broken.jpg"), Path("a.jpg")])
    (unreadable,) = [finding for finding in reading.findings if finding.code == "unreadable_file"]
    assert "broken.jpg" in unreadable.message
    assert [seen.file for seen in reading.pages] == ["a.jpg"]
    alone = service(BROKEN).read([Path("broken.jpg")])
    assert (alone.pages, alone.fields, [finding.code for finding in alone.findings]) == ((), (), ["unreadable_file"])


def test_cancelled_reading_ends_early():
    scans = service(paper.front(), paper.front())
    assert list(scans.read_each([Path("a.jpg")] * 2, cancelled=lambda: True)) == []


def test_a_page_whose_words_could_not_be_read_is_no_broken_file():
    reading = service(PageScan(file="in/here.jpg", page=2, error="ocr_failed")).read([Path("in/here.jpg")])
    (finding,) = reading.findings
    assert finding.code == "ocr_failed"
    assert "Trang 2 của tệp here.jpg" in finding.message


def test_what_is_in_doubt_is_looked_at_again_and_what_agrees_needs_no_person():
    doubtful = paper.page_1(confidence=85)
    without = service(doubtful).read([Path("a.jpg")])
    assert paper.check_of(without, "holders[0].id_papers[0].number") == "look"
    everything = " ".join(line.text for line in doubtful.lines)
    closer = Closer(lambda _: everything)
    again = service(doubtful, closer=closer).read([Path("a.jpg")])
    assert paper.check_of(again, "holders[0].id_papers[0].number") == "ok"
    assert {look.file for look in closer.asked} == {"a.jpg"}
    assert [field.value for field in again.fields] == [field.value for field in without.fields]


def test_what_is_sure_is_not_looked_at_again():
    closer = Closer()
    reading = service(paper.page_1(), paper.page_2(), closer=closer).read([Path("a.jpg"), Path("b.jpg")])
    sure = {field.box for field in reading.fields if field.check == "ok"}
    doubtful = {field.box for field in reading.fields if field.check != "ok"}
    assert not {look.box for look in closer.asked} & (sure - doubtful)


FOUR = (paper.page_1(), paper.page_2(), paper.page_3(), paper.page_4())


def numbered(*scans: PageScan) -> list[PageScan]:
    return [replace(scan, file=f"{number}.jpg") for number, scan in enumerate(scans, start=1)]


def test_a_dossier_grows_page_by_page_and_the_last_word_is_the_same_as_at_once():
    scans = numbered(*FOUR)
    files = [Path(scan.file) for scan in scans]
    grown = list(service(*scans).read_growing(files))
    assert [(step.files_done, step.is_whole) for step in grown] == [
        (1, False),
        (2, False),
        (3, False),
        (4, False),
        (4, True),
    ]
    assert grown[0].reading.holders[0].born == "1981"
    assert (grown[0].reading.parcels, grown[0].reading.findings) == ((), ())
    assert grown[1].reading.parcels
    whole = service(*scans).read(files)
    assert replace(grown[-1].reading, seconds=0.0) == replace(whole, seconds=0.0)


def test_the_second_look_is_made_once_at_the_end_and_its_values_wait_for_it():
    closer = Closer()
    steps = service(paper.page_1(confidence=85), closer=closer).read_growing([Path("a.jpg")])
    early = next(steps)
    assert closer.asked == []
    whole = next(steps)
    assert closer.asked
    number = "holders[0].id_papers[0].number"
    assert number not in {field.path for field in early.reading.fields}
    assert number in {field.path for field in whole.reading.fields}


def test_while_more_pages_come_nothing_is_whole():
    closer = Closer()
    scans = numbered(paper.page_1(confidence=85), paper.page_2())
    grown = list(service(*scans, closer=closer).read_growing([Path(scan.file) for scan in scans], more_to_come=True))
    assert [step.is_whole for step in grown] == [False, False]
    assert closer.asked == []


def test_a_growing_dossier_stops_at_the_page_where_it_is_cancelled():
    stop = Event()
    steps = service(*numbered(*FOUR)).read_growing([Path("x")] * 4, stop.is_set)
    next(steps)
    stop.set()
    assert list(steps) == []


def test_a_thick_dossier_is_drafted_anew_only_for_its_first_pages_and_at_the_end():
    scans = numbered(*FOUR, *[paper.page("phụ lục")] * 6)
    grown = list(service(*scans).read_growing([Path(scan.file) for scan in scans]))
    assert grown[GROWS_WITH].reading is grown[GROWS_WITH - 1].reading
    assert [step.files_done for step in grown] == [*range(1, 11), 10]
    assert len(grown[-1].reading.pages) == 10


def test_first_pages_that_come_again_are_not_drafted_again():
    reading = service(*numbered(*FOUR))
    files = [Path("x")] * 4
    first = next(reading.read_growing(files))
    again = next(reading.read_growing(files))
    assert again.reading.fields[0] is first.reading.fields[0]
