"""A receiver in its own process, an enrolled device, and batches of fictional dossiers to send."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from app.adapters.upload_http import HttpUploader
from app.domain import codec
from app.domain.dossier import Certificate, Dossier, DossierPage, Holder, IdPaper, LandUse, PageKind, Parcel
from app.ports import BatchToSend, FormToSend, PageToSend, UploadProgress
from app.receiver import operator

CHAIN_HEAD = "c" * 64


class ShiftedClock:
    """The system's clock, wrong by a fixed time."""

    def __init__(self, shift: timedelta = timedelta()) -> None:
        self.shift = shift

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), UTC) + self.shift


class ReceiverProcess:
    """The reference receiver in a process of its own; may be killed and started again on the same port."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, largest_file_bytes: int | None = None) -> None:
        code = (
            "import sys, pathlib; from app import receiver; receiver.serve(pathlib.Path(sys.argv[1]), int(sys.argv[2]))"
        )
        if largest_file_bytes is not None:  # a disk that fills up, as one process sees it
            limit = f"({largest_file_bytes}, {largest_file_bytes})"
            code = f"import resource; resource.setrlimit(resource.RLIMIT_FSIZE, {limit}); {code}"
        command = [sys.executable, "-W", "error", "-c", code, str(self.data), str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd(), env=os.environ)
        assert self._process.stdout is not None
        ready = self._process.stdout.readline()
        assert ready.startswith("receiver on http://127.0.0.1:"), ready
        self.port = int(ready.rpartition(":")[2])

    def kill(self) -> None:
        """End the process the hard way (SIGKILL)."""
        if self._process:
            self._process.kill()
            self._process.wait()
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def restart(self) -> None:
        self.kill()
        self.start()

    def counts(self) -> dict[str, int]:
        return operator.counts(self.data)

    def damage(self) -> list[str]:
        return operator.damage(self.data)


def enrolled_uploader(receiver: ReceiverProcess, folder: Path, url: str | None = None) -> HttpUploader:
    """An uploader whose device is known to the receiver; `url` when something stands between the two."""
    uploader = HttpUploader(folder, ShiftedClock())
    uploader.enrol(url or receiver.url, operator.new_enrolment_code(receiver.data), "máy thử")
    return uploader


def new_id() -> str:
    return str(uuid.uuid4())


def make_page(folder: Path, size_bytes: int = 60_000, seed: bytes | None = None) -> PageToSend:
    """A page file of pseudo-random bytes."""
    start = hashlib.sha256(seed or os.urandom(16)).digest()
    block = b"".join(hashlib.sha256(start + bytes([i])).digest() for i in range(256))
    data = (start + block * (size_bytes // len(block) + 1))[:size_bytes]
    sha256 = hashlib.sha256(data).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / sha256
    file.write_bytes(data)
    return PageToSend(sha256=sha256, size_bytes=size_bytes, media_type="image/jpeg", role="certificate_1", file=file)


def make_dossier(pages: tuple[PageToSend, ...] = (), dossier_id: str | None = None, **certificate: str) -> Dossier:
    """A complete fictional dossier with the pages given."""
    kinds = [PageKind.CERTIFICATE_1, PageKind.CERTIFICATE_2, PageKind.CERTIFICATE_3, PageKind.CERTIFICATE_4]
    values = {"model": "2014", "serial": "CQ 999601", "register_number": "CS 09991", "issued_on": "2019-06-14"}
    use = LandUse(
        purpose="Đất ở tại đô thị",
        purpose_code="ODT",
        area_m2=Decimal("72.5"),
        form="Sử dụng riêng",
        term="Lâu dài",
        origin="Công nhận quyền sử dụng đất như giao đất có thu tiền sử dụng đất",
    )
    parcel = Parcel(sheet="16", number="205", address="Xã Bình Minh", area_m2=Decimal("72.5"), uses=(use,))
    paper = IdPaper(kind="cccd", number="027081999921")
    holder = Holder(kind="person", name="TRƯƠNG QUANG HÁCH", born="1981", sex="male", id_papers=(paper,))
    return Dossier(
        dossier_id=dossier_id or new_id(),
        commune_code="27004",
        certificate=Certificate(**{**values, **certificate}),
        holders=(holder,),
        parcels=(parcel,),
        pages=tuple(
            DossierPage(page_id=new_id(), sha256=page.sha256, kind=kinds[i % 4], position=i)
            for i, page in enumerate(pages)
        ),
    )


def make_form(dossier: Dossier, pages: tuple[PageToSend, ...] = (), revision: int = 1) -> FormToSend:
    """The form of a dossier as approval fixes it."""
    form = codec.to_json(dossier).encode()
    roles = tuple(replace(page, role=kind.kind) for page, kind in zip(pages, dossier.pages, strict=True))
    digest = hashlib.sha256(form).hexdigest()
    return FormToSend(dossier_id=dossier.dossier_id, revision=revision, digest=digest, form=form, pages=roles)


def make_batch(*forms: FormToSend, batch_id: str | None = None) -> BatchToSend:
    """A sealed batch of forms."""
    return BatchToSend(
        batch_id=batch_id or new_id(),
        commune_code="27004",
        created_at="2026-11-22T08:01:02.123Z",
        reviewed_by="phuong",
        chain_head=CHAIN_HEAD,
        forms=forms,
    )


def make_batch_of(folder: Path, dossiers: int, pages: int, size_bytes: int = 60_000) -> BatchToSend:
    """A batch of dossiers with pages of their own."""
    forms = []
    for _ in range(dossiers):
        files = tuple(make_page(folder, size_bytes) for _ in range(pages))
        forms.append(make_form(make_dossier(files), files))
    return make_batch(*forms)


@dataclass
class Watcher:
    """Hears the progress of a send."""

    last: UploadProgress | None = None
    calls: int = 0

    def __call__(self, progress: UploadProgress) -> None:
        self.last = progress
        self.calls += 1
