"""An office for the tests of the window: real services over a store in a temporary folder, people, and paper.

Only the reader of pages and the scanner are played, at their ports: the reader knows what the samples say and errs
where a test wants it to.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import bootstrap
from app.bootstrap import Services
from app.domain import codec, paths
from app.domain.dossier import Asset, Certificate, Holder, Parcel
from app.domain.extraction.first_values import first_values
from app.domain.extraction.learned import NOTHING_LEARNED, LearnedWords
from app.domain.people import Person, Role
from app.domain.reading import Box, Candidate, FieldReading, PageReading, Reading
from app.errors import AuthError, DeviceError, DiabaError, TransportError
from app.ports import (
    BatchToSend,
    Cancelled,
    Device,
    FormOutcome,
    FormOutcomeKind,
    FormProblem,
    PageFile,
    PageStarted,
    ScanEvent,
    ScanFailed,
    ScanFinished,
    ScanProgress,
    ScanRequest,
    ServerResult,
    ServerResults,
    UploadProgress,
    never,
)
from app.services.reading_dossiers import DossierReadingService
from app.services.reading_values import GrowingReading

PASSWORD = "mat-khau-999"
DEVICE = Device(driver="played", device_id="played:0", name="Máy quét thử")


@dataclass(frozen=True)
class Sample:
    """One drawn dossier on disk."""

    folder: Path
    files: tuple[Path, ...]
    truth: dict[str, Any]


@dataclass
class Misread:
    """How the played reader errs at one path: what it reads, how sure it is, and what else it saw."""

    value: str | None
    raw: str | None = None
    check: str = "look"
    confidence: float = 0.62
    others: tuple[tuple[str, str], ...] = ()


class PlayedReader:
    """Reads the pages of samples it was told of; waits at the gate when a test closes it."""

    def __init__(self) -> None:
        self.samples: list[Sample] = []
        self.misreads: dict[str, Misread] = {}
        self.gate = threading.Event()
        self.gate.set()
        self.page_gates: dict[int, threading.Event] = {}
        self.early: Callable[[Reading], Reading] = first_values
        self.is_warm = False
        self.fails = False
        self.threads: list[int] = []

    def warm(self) -> None:
        """Remember it."""
        self.is_warm = True

    def read(
        self, files: Sequence[Path], cancelled: Cancelled = never, learned: LearnedWords = NOTHING_LEARNED
    ) -> Reading:
        """The record of the sample with as many pages."""
        self.threads.append(threading.get_ident())
        while not self.gate.wait(0.01):
            if cancelled():
                break
        if self.fails:
            raise DeviceError("ocr_failed")
        return reading_of(self._sample_of(files), files, self.misreads)

    def read_growing(
        self,
        files: Sequence[Path],
        cancelled: Cancelled = never,
        learned: LearnedWords = NOTHING_LEARNED,
        *,
        more_to_come: bool = False,
    ) -> Iterator[GrowingReading]:
        """What the pages before each closed page gate say, then the whole, which waits at the gate."""
        for done in range(1, len(files) + 1):
            gate = self.page_gates.get(done)
            while gate is not None and not gate.wait(0.01):
                if cancelled():
                    return
            if not self.fails and self.gate.is_set():
                early = reading_of(self._sample_of(files), files[:done], self.misreads)
                yield GrowingReading(reading=self.early(early), files_done=done, is_whole=False)
        if not more_to_come:
            yield GrowingReading(reading=self.read(files, cancelled), files_done=len(files), is_whole=True)

    def _sample_of(self, files: Sequence[Path]) -> Sample:
        content = files[0].read_bytes()
        return next(sample for sample in self.samples if any(f.read_bytes() == content for f in sample.files))


def reading_of(sample: Sample, files: Sequence[Path], misreads: Mapping[str, Misread]) -> Reading:
    """What a perfect reader would say of a sample, but for the misreads."""
    record: dict[str, Any] = {key: sample.truth[key] for key in ("certificate", "holders", "parcels", "assets")}
    built = Reading(
        certificate=codec.from_plain(Certificate, record["certificate"]),
        holders=tuple(codec.from_plain(Holder, item) for item in record["holders"]),
        parcels=tuple(codec.from_plain(Parcel, item) for item in record["parcels"]),
        assets=tuple(codec.from_plain(Asset, item) for item in record["assets"]),
    )
    fields = []
    for path, place in sample.truth["fields"].items():
        value = paths.get(built, path)
        if value is None or place["page"] >= len(files):
            continue
        fields.append(_field(path, str(value), place, misreads.get(path)))
    for path, wrong in misreads.items():
        built = paths.put(built, path, None if wrong.value is None else _typed(built, path, wrong.value))
    pages = tuple(
        PageReading(file=str(file), page=1, kind=seen["kind"], model=seen["model"], dpi=seen["dpi"])
        for file, seen in zip(files, sample.truth["pages"], strict=False)
    )
    return dataclasses.replace(built, fields=tuple(fields), pages=pages)


def _typed(record: Reading, path: str, value: str) -> Any:
    present = paths.get(record, path)
    return type(present)(value) if present is not None else value


def _field(path: str, value: str, place: dict[str, Any], wrong: Misread | None) -> FieldReading:
    box = Box(*place["box"])
    if wrong is None:
        return FieldReading(
            path=path, value=value, raw=value, source="ocr", confidence=0.99, check="ok", page=place["page"], box=box
        )
    candidates = tuple(
        Candidate(value=text, source=source, confidence=0.5, page=place["page"], box=box)
        for source, text in wrong.others
    )
    return FieldReading(
        path=path,
        value=wrong.value,
        raw=wrong.raw if wrong.raw is not None else wrong.value,
        source="ocr",
        confidence=wrong.confidence,
        check=wrong.check,
        page=place["page"],
        box=box,
        candidates=candidates,
    )


class PlayedScanner:
    """A `ScannerDriver` that delivers the pages it was given, with gates between them and a fault when wanted."""

    name = "played"

    def __init__(self) -> None:
        self.pages: list[Path] = []
        self.fault: ScanFailed | None = None
        self.gates: dict[int, threading.Event] = {}

    def devices(self, cancelled: Cancelled = never) -> list[Device]:
        """One device."""
        del cancelled
        return [DEVICE]

    def scan(self, request: ScanRequest, inbox: Path, cancelled: Cancelled = never) -> Iterator[ScanEvent]:
        """Copy page after page into the inbox."""
        for number, page in enumerate(self.pages, start=request.first_page):
            yield PageStarted(number=number)
            yield ScanProgress(number=number, share=0.5)
            gate = self.gates.get(number)
            while gate is not None and not gate.wait(0.01):
                if cancelled():
                    yield ScanFailed(code="scan_cancelled", pages=number - request.first_page)
                    return
            file = inbox / f"page-{number}.jpg"
            file.write_bytes(page.read_bytes())
            yield PageFile(number=number, file=file)
        yield self.fault or ScanFinished(pages=len(self.pages))


class PlayedServer:
    """An `Uploader`: stores what it gets unless a test wants otherwise; pages wait at the gate."""

    def __init__(self) -> None:
        self.known = False
        self.gate = threading.Event()
        self.gate.set()
        self.error: DiabaError | None = None
        self.kind = FormOutcomeKind.STORED
        self.problems: tuple[FormProblem, ...] = ()
        self.posted: list[ServerResult] = []
        self.sent: list[str] = []

    def enrol(self, url: str, code: str, device_name: str) -> None:
        """Take the code that is right."""
        del url, device_name
        if code != "MA-999":
            raise AuthError("enrolment_refused")
        self.known = True

    def enrolled(self) -> bool:
        """Whether the right code was given."""
        return self.known

    def send(
        self, batch: BatchToSend, progress: Callable[[UploadProgress], None], cancelled: Cancelled = never
    ) -> list[FormOutcome]:
        """Half of the pages, the gate, the rest."""
        total = sum(len(form.pages) for form in batch.forms)
        size = 500_000
        for done in (0, total // 2):
            progress(
                UploadProgress(
                    batch_id=batch.batch_id,
                    pages_done=done,
                    pages_total=total,
                    bytes_done=done * size,
                    bytes_total=total * size,
                )
            )
        while not self.gate.wait(0.01):
            if cancelled():
                raise TransportError("upload_stopped", forms_sent=False)
        if self.error is not None:
            raise self.error
        self.sent += [form.dossier_id for form in batch.forms]
        return self.ask(batch)

    def ask(self, batch: BatchToSend, cancelled: Cancelled = never) -> list[FormOutcome]:
        """The same for every form."""
        del cancelled
        return [
            FormOutcome(
                dossier_id=form.dossier_id,
                revision=form.revision,
                kind=self.kind,
                receipt="receipt" if self.kind is FormOutcomeKind.STORED else None,
                problems=self.problems,
            )
            for form in batch.forms
        ]

    def results(self, cursor: str, cancelled: Cancelled = never) -> ServerResults:
        """What was posted since the cursor, once the gate is open."""
        while not self.gate.wait(0.01):
            if cancelled():
                raise TransportError("upload_stopped")
        known = int(cursor or 0)
        return ServerResults(cursor=str(len(self.posted)), items=tuple(self.posted[known:]))


@dataclass
class Office:
    """Services with a played reader and scanner, and the two people of the office."""

    services: Services
    reader: PlayedReader
    scanner: PlayedScanner
    server: PlayedServer
    officer: Person
    supervisor: Person
    sample: Sample

    def take_in(self, *misreads: tuple[str, Misread]) -> str:
        """Import and read the sample; the id of its dossier."""
        self.reader.misreads = dict(misreads)
        summary = self.services.intake.import_paths(self.officer, [self.sample.folder])
        self.services.dossier_reading.read_dossier(self.officer, summary.dossiers[0])
        return summary.dossiers[0]

    def complete(self, dossier_id: str, *, accepting: bool = True) -> None:
        """Fill in what the paper does not say, accept every doubt unless told otherwise, and call it entered."""
        entry = self.services.entry
        entry.change(self.officer, dossier_id, "commune_code", "09193")
        for value in entry.open(dossier_id).fields:
            if accepting and value.check != "ok":
                entry.accept(self.officer, dossier_id, value.path)
        for finding in entry.problems(dossier_id):
            for path in finding.paths if finding.severity == "blocking" else ():
                entry.leave_blank(self.officer, dossier_id, path, "not_printed")
        assert entry.finish(self.officer, dossier_id, with_doubts=not accepting) == ()

    def submitted(self, *misreads: tuple[str, Misread]) -> tuple[str, str]:
        """A dossier before the supervisor: its id and its batch."""
        dossier_id = self.take_in(*misreads)
        self.complete(dossier_id)
        return dossier_id, self.services.review.submit(self.officer, [dossier_id])

    def queued(self) -> str:
        """A dossier in the outbox."""
        dossier_id, batch_id = self.submitted()
        self.services.review.approve(self.supervisor, dossier_id)
        self.services.review.seal(self.supervisor, batch_id)
        return dossier_id


def make_template(folder: Path) -> None:
    """A store with an officer (canbo) and a supervisor (duyet), to be copied: passwords take their time."""
    services = bootstrap.open_services(folder)
    setup = services.people.setup_person()
    chief = services.people.add(setup, "duyet", "Đỗ Thị Duyệt", Role.SUPERVISOR, PASSWORD)
    services.people.add(chief, "canbo", "Lê Văn Cán", Role.OFFICER, PASSWORD)
    services.close()


def open_office(folder: Path, sample: Sample) -> Office:
    """The services over a copy of the template."""
    opened = bootstrap.open_services(folder)
    reader, scanner = PlayedReader(), PlayedScanner()
    reader.samples.append(sample)
    scanner.pages = list(sample.files)
    real = opened.dossier_reading
    services = dataclasses.replace(
        opened,
        dossier_reading=DossierReadingService(real._store, real._files, reader, real._clock, real._checks),
        _warmers=(reader.warm,),
    )
    server = PlayedServer()
    services.intake._drivers = {scanner.name: scanner}
    services.upload._uploader = server
    people = {person.login: person for person in services.people.people()}
    return Office(
        services=services,
        reader=reader,
        scanner=scanner,
        server=server,
        officer=people["canbo"],
        supervisor=people["duyet"],
        sample=sample,
    )
