"""The spool: what is accepted is whole, durable and found again; what is not leaves nothing behind."""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import img2pdf
import pytest
from PIL import Image

from app.adapters import durable, images
from app.adapters.jpeg_pages import jpeg_pages
from app.adapters.page_taker import WorkerPageTaker
from app.adapters.pages_disk import LEAST_FREE_BYTES, PAGE_BYTES, PagesOnDisk
from app.adapters.pdf.pdfium import PdfiumReader
from app.errors import InputError, StoreError

HERE = partial(jpeg_pages, PdfiumReader())
"""Opens files in the process of the test."""


@pytest.fixture(scope="module")
def taker() -> Iterator[WorkerPageTaker]:
    """The worker that opens the files of most tests."""
    taker = WorkerPageTaker()
    yield taker
    taker.close()


@pytest.fixture
def files(tmp_path: Path, taker: WorkerPageTaker) -> PagesOnDisk:
    return PagesOnDisk(tmp_path / "store", taker.pages)


def noise(size: tuple[int, int] = (300, 400), mode: str = "RGB") -> Image.Image:
    return Image.effect_noise(size, 80).convert(mode)


def save(image: Image.Image, file: Path, **options: Any) -> Path:
    image.save(file, **options)
    return file


def kept(tmp_path: Path) -> list[str]:
    """Names of all files under `pages/`."""
    return sorted(file.name for file in (tmp_path / "store" / "pages").rglob("*") if file.is_file())


def test_a_jpeg_is_kept_byte_for_byte_under_its_hash(files, tmp_path):
    source = save(noise(), tmp_path / "a.JPG", format="JPEG", quality=71, dpi=(200, 200), progressive=True)
    (page,) = files.accept(source)
    assert page.sha256 == hashlib.sha256(source.read_bytes()).hexdigest()
    stored = files.path(page.sha256)
    assert stored == tmp_path / "store" / "pages" / page.sha256[:2] / f"{page.sha256}.jpg"
    assert stored.read_bytes() == source.read_bytes()
    assert (page.media_type, page.size_bytes, page.width_px, page.height_px, page.dpi) == (
        "image/jpeg",
        source.stat().st_size,
        300,
        400,
        200,
    )
    assert source.exists()


def test_a_file_that_may_not_even_be_asked_is_the_file_s_fault_not_the_store_s(files, tmp_path):
    with pytest.raises(InputError, match="unreadable_file"):
        files.accept(tmp_path / ("a" * 300))


def test_a_phone_photo_has_the_size_it_is_seen_with(files, tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    (page,) = files.accept(save(noise(), tmp_path / "a.jpg", exif=exif))
    assert (page.width_px, page.height_px) == (400, 300)


@pytest.mark.parametrize(("name", "mode"), [("a.tif", "RGB"), ("a.png", "RGBA"), ("a.ppm", "RGB"), ("a.pgm", "L")])
def test_a_raster_becomes_a_jpeg_of_quality_90_with_its_resolution(files, tmp_path, name, mode):
    original = noise(mode=mode)
    options = {} if name.endswith("m") else {"dpi": (300, 300)}
    (page,) = files.accept(save(original, tmp_path / name, **options))
    with Image.open(files.path(page.sha256)) as stored, Image.open(BytesIO(_as_jpeg(original))) as expected:
        assert stored.format == "JPEG"
        assert stored.quantization == expected.quantization  # type: ignore[attr-defined]
        assert stored.tobytes() == expected.tobytes()
        assert stored.info.get("dpi") == ((300, 300) if options else None)
    assert page.dpi == (300 if options else None)


def test_every_page_of_a_tiff_is_stored(files, tmp_path):
    frames = [noise() for _ in range(3)]
    source = save(frames[0], tmp_path / "a.tif", save_all=True, append_images=frames[1:])
    pages = files.accept(source)
    assert len({page.sha256 for page in pages}) == 3
    assert all(files.path(page.sha256).is_file() for page in pages)


def test_the_jpegs_of_a_pdf_are_stored_byte_for_byte(files, tmp_path):
    photos = [save(noise(), tmp_path / f"{number}.jpg", dpi=(150, 150)).read_bytes() for number in (1, 2)]
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(img2pdf.convert(photos))
    pages = files.accept(scan)
    assert [files.path(page.sha256).read_bytes() for page in pages] == photos


def test_the_same_content_is_one_file(files, tmp_path):
    source = save(noise(), tmp_path / "a.jpg")
    copy = tmp_path / "copy.jpg"
    copy.write_bytes(source.read_bytes())
    assert files.accept(source) == files.accept(copy)
    assert len(kept(tmp_path)) == 1


def test_a_stored_page_that_rotted_on_the_disk_is_written_anew(files, tmp_path):
    source = save(noise(), tmp_path / "a.jpg")
    (page,) = files.accept(source)
    files.path(page.sha256).write_bytes(b"rot")
    files.accept(source)
    assert files.path(page.sha256).read_bytes() == source.read_bytes()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"hello, this is no picture", "unsupported_file"),
        (b"\xff\xd8\xff\xe0 broken", "unreadable_file"),
        (b"%PDF-1.4 broken", "unreadable_file"),
        (b"P6 40000 40000 255\n", "file_too_large"),
    ],
)
def test_what_is_no_page_is_refused_and_leaves_nothing(files, tmp_path, content, code):
    source = tmp_path / "a.bin"
    source.write_bytes(content)
    with pytest.raises(InputError, match=code):
        files.accept(source)
    assert kept(tmp_path) == []


def test_a_page_cut_short_is_refused(files, tmp_path):
    source = save(noise(), tmp_path / "a.tif")
    source.write_bytes(source.read_bytes()[:-5000])
    with pytest.raises(InputError, match="unreadable_file"):
        files.accept(source)
    assert kept(tmp_path) == []


def test_a_file_beyond_the_cap_is_refused_before_it_is_read(tmp_path, monkeypatch):
    files = PagesOnDisk(tmp_path / "store", HERE)
    monkeypatch.setattr(images, "MAX_FILE_BYTES", 1000)
    with pytest.raises(InputError, match="file_too_large"):
        files.accept(save(noise(), tmp_path / "a.jpg"))


def test_a_missing_file_is_refused(files, tmp_path):
    with pytest.raises(InputError, match="unreadable_file"):
        files.accept(tmp_path / "none.jpg")


@pytest.mark.parametrize("sha256", ["ab" * 32, "../../etc/passwd", ""])
def test_a_page_that_is_not_there_is_missing(files, sha256):
    with pytest.raises(StoreError, match="page_missing"):
        files.path(sha256)


@pytest.mark.parametrize(
    ("free", "pages", "fits"),
    [
        (LEAST_FREE_BYTES - 1, 1, False),
        (LEAST_FREE_BYTES, 1, True),
        (3 * 10 * PAGE_BYTES - 1, 10, False),
        (3 * 10 * PAGE_BYTES, 10, True),
    ],
)
def test_work_that_would_fill_the_disk_is_refused_before_it_begins(tmp_path, free, pages, fits):
    files = PagesOnDisk(tmp_path / "store", HERE, free=lambda _: free)
    if fits:
        files.check_space(pages)
    else:
        with pytest.raises(StoreError, match="disk_full"):
            files.check_space(pages)


def test_a_page_is_refused_when_it_does_not_fit(tmp_path):
    source = save(noise(), tmp_path / "a.jpg")
    files = PagesOnDisk(tmp_path / "store", HERE, least_free_bytes=0, free=lambda _: 3 * source.stat().st_size - 1)
    with pytest.raises(StoreError, match="disk_full"):
        files.accept(source)


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, "disk_full"), (errno.EIO, "disk_failed"), (errno.EACCES, "file_in_use")]
)
@pytest.mark.parametrize("step", ["fsync", "rename_over", "sync_folder"])
def test_a_disk_that_fails_at_any_step_gives_no_page_and_no_rubbish(tmp_path, monkeypatch, number, code, step):
    files = PagesOnDisk(tmp_path / "store", HERE)
    source = save(noise(), tmp_path / "a.jpg")

    def fail(*_: object) -> None:
        raise OSError(number, "injected")

    monkeypatch.setattr(os if step == "fsync" else durable, step, fail)
    with pytest.raises(StoreError, match=code):
        files.accept(source)
    monkeypatch.undo()
    assert [name for name in kept(tmp_path) if name.endswith(".tmp")] == []
    assert len(files.accept(source)) == 1


def test_a_page_is_synced_before_its_name_and_the_name_before_the_answer(tmp_path, monkeypatch):
    files = PagesOnDisk(tmp_path / "store", HERE)
    source = save(noise(), tmp_path / "a.jpg")
    done: list[str] = []
    _record(monkeypatch, done, os, "fsync", lambda handle: "file" if os.path.isfile(_name_of(handle)) else "folder")  # noqa: PTH113
    _record(monkeypatch, done, durable, "rename_over", lambda *_: "rename")
    files.accept(source)
    assert done[-3:] == ["file", "rename", "folder"]


def test_files_of_a_job_wait_in_its_inbox_until_it_is_closed(files, tmp_path):
    inbox = files.new_inbox("dossier_job-1")
    for name in ("p0002.tif", "p0001.tif"):
        (inbox / name).write_bytes(b"x")
    again = PagesOnDisk(tmp_path / "store", HERE)
    assert again.open_inboxes() == {"dossier_job-1": [inbox / "p0001.tif", inbox / "p0002.tif"]}
    again.close_inbox("dossier_job-1")
    again.close_inbox("dossier_job-1")
    assert again.open_inboxes() == {}


@pytest.mark.parametrize("job_id", ["", "..", "../x", "a/b", "."])
def test_a_job_cannot_leave_its_folder(files, job_id):
    with pytest.raises(StoreError):
        files.new_inbox(job_id)


def test_a_file_set_aside_keeps_its_content_and_says_why(files):
    inbox = files.new_inbox("job")
    for content in (b"one", b"two"):
        (inbox / "p0001.tif").write_bytes(content)
        moved = files.set_aside(inbox / "p0001.tif", "unreadable_file")
        assert moved.read_bytes() == content
        assert moved.with_name(moved.name + ".txt").read_text() == "unreadable_file\n"
    assert not (inbox / "p0001.tif").exists()


def test_half_written_files_of_an_earlier_run_are_swept_but_not_those_of_a_neighbour(files, tmp_path):
    pages = tmp_path / "store" / "pages"
    old, young = pages / "old.tmp", pages / "young.tmp"
    for file in (old, young):
        file.write_bytes(b"half")
    os.utime(old, (time.time() - 7200, time.time() - 7200))
    (page,) = files.accept(save(noise(), tmp_path / "a.jpg"))
    os.utime(files.path(page.sha256), (1, 1))
    PagesOnDisk(tmp_path / "store", HERE)
    assert (old.exists(), young.exists()) == (False, True)
    assert files.path(page.sha256).is_file()


def test_a_killed_writer_leaves_whole_pages_only(tmp_path):
    """A child accepts pages as fast as it can and says so; it is killed in the middle, several times."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from functools import partial\n"
        "from app.adapters.jpeg_pages import jpeg_pages\n"
        "from app.adapters.pages_disk import PagesOnDisk\n"
        "from app.adapters.pdf.pdfium import PdfiumReader\n"
        "from PIL import Image\n"
        "files = PagesOnDisk(Path(sys.argv[1]), partial(jpeg_pages, PdfiumReader()))\n"
        "source = Path(sys.argv[1]) / 'source.png'\n"
        "for number in range(100000):\n"
        "    Image.frombytes('L', (200, 200), os.urandom(40000)).save(source)\n"
        "    print(files.accept(source)[0].sha256, flush=True)\n"
    )
    root = tmp_path / "store"
    said: list[str] = []
    for kill_after in (3, 11, 23):
        with subprocess.Popen([sys.executable, "-c", script, str(root)], stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            said += [child.stdout.readline().strip() for _ in range(kill_after)]
            child.send_signal(signal.SIGKILL)
    files = PagesOnDisk(root, HERE)
    for sha256 in said:
        assert hashlib.sha256(files.path(sha256).read_bytes()).hexdigest() == sha256
    whole = [file for file in (root / "pages").rglob("*.jpg") if file.is_file()]
    assert all(hashlib.sha256(file.read_bytes()).hexdigest() == file.stem for file in whole)
    assert len(whole) >= len(set(said)) == 37


def _record(
    monkeypatch: pytest.MonkeyPatch, done: list[str], owner: object, name: str, word: Callable[..., str]
) -> None:
    real = getattr(owner, name)

    def recorded(*arguments: object) -> object:
        done.append(word(*arguments))
        return real(*arguments)

    monkeypatch.setattr(owner, name, recorded)


def _name_of(handle: int) -> str:
    return os.readlink(f"/proc/self/fd/{handle}")  # noqa: PTH115


def _as_jpeg(image: Image.Image) -> bytes:
    stream = BytesIO()
    flat = image if image.mode in {"L", "RGB"} else image.convert("RGB")
    flat.save(stream, "JPEG", quality=90)
    return stream.getvalue()
