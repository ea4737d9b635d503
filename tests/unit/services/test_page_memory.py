"""Pages seen once are remembered for a while."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from app.domain.reading import PageScan
from app.ports import Cancelled, never
from app.services.page_memory import RememberingPageReader

A, B, C = Path("a"), Path("b"), Path("c")


class CountingReader:
    """Two halves for `b`, an error for `c`; remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[list[Path]] = []
        self.is_closed = False

    def scan(self, files: Sequence[Path], cancelled: Cancelled = never) -> Iterator[PageScan]:
        self.asked.append(list(files))
        for file in files:
            for half in (1, 2) if file == B else (1,):
                if cancelled():
                    return
                yield PageScan(file=str(file), page=half, error="ocr_failed" if file == C else None)

    def close(self) -> None:
        self.is_closed = True


def seen(reader: RememberingPageReader, *files: Path) -> list[tuple[str, int]]:
    return [(scan.file, scan.page) for scan in reader.scan(files)]


def test_only_the_page_that_was_added_is_seen_and_the_order_is_that_of_the_files():
    counting = CountingReader()
    reader = RememberingPageReader(counting)
    assert seen(reader, A) == [("a", 1)]
    assert seen(reader, B, A, A) == [("b", 1), ("b", 2), ("a", 1), ("a", 1)]
    assert seen(reader, A, B) == [("a", 1), ("b", 1), ("b", 2)]
    assert counting.asked == [[A], [B]]


def test_a_page_that_could_not_be_read_has_another_try():
    counting = CountingReader()
    reader = RememberingPageReader(counting)
    seen(reader, C, A)
    seen(reader, C, A)
    assert counting.asked == [[C, A], [C]]


def test_the_page_not_asked_for_longest_is_forgotten():
    counting = CountingReader()
    reader = RememberingPageReader(counting, kept=2)
    for files in ((A,), (B,), (A,), (Path("d"),), (A,), (B,)):
        seen(reader, *files)
    assert counting.asked == [[A], [B], [Path("d")], [B]]


def test_half_a_sheet_seen_when_cancelled_is_not_remembered():
    counting = CountingReader()
    reader = RememberingPageReader(counting)
    answers = iter([False, True])
    assert len(list(reader.scan([B], lambda: next(answers, True)))) == 1
    assert seen(reader, B) == [("b", 1), ("b", 2)]
    assert list(reader.scan([B], lambda: True)) == []
    assert counting.asked == [[B], [B]]


def test_closing_closes_the_reader():
    counting = CountingReader()
    RememberingPageReader(counting).close()
    assert counting.is_closed
