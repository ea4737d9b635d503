"""What the intake says: steps while it works, and a summary at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from app.ports import ScanFailed


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStep:
    """One file was looked at; counted over all files of the import."""

    done: int
    total: int
    file: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedFile:
    """A file that was not taken, and the code of the reason; it stays where it is."""

    file: Path
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuplicatePage:
    """A page whose content was already in the store.

    Attributes:
        file: Where the content came from just now.
        sha256: The content.
        dossier_id: A dossier that had it before.
        added: False when that is the same dossier: there the page is not added a second time.
    """

    file: Path
    sha256: str
    dossier_id: str
    added: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportSummary:
    """What an import did.

    Attributes:
        dossiers: The dossiers that got pages, in order.
        pages: Pages added to them.
    """

    dossiers: tuple[str, ...] = ()
    pages: int = 0
    refused: tuple[RefusedFile, ...] = ()
    duplicates: tuple[DuplicatePage, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageStored:
    """A scanned page is safe: on the disk under its hash, and in its dossier.

    Attributes:
        number: As the device counts, from 1.
        added: False when the dossier had the very same content before; page_id is then that page.
    """

    number: int
    page_id: str
    sha256: str
    added: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanSummary:
    """What a scan did; with a fault the pages before it are stored all the same.

    Attributes:
        set_aside: Files of the device that are no page: damaged, or delivered after the scan was stopped.
    """

    pages: int
    fault: ScanFailed | None = None
    duplicates: tuple[DuplicatePage, ...] = ()
    set_aside: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySummary:
    """What was found in the inboxes of jobs that never ended.

    Attributes:
        jobs: How many jobs were open.
        pages: Pages brought into their dossiers now.
        dossiers: Those dossiers.
        set_aside: Unfinished and damaged files, kept for a look.
    """

    jobs: int = 0
    pages: int = 0
    dossiers: tuple[str, ...] = ()
    set_aside: tuple[Path, ...] = ()


@dataclass(slots=True)
class Tally:
    """Counts while the work goes on."""

    total: int = 0
    done: int = 0
    pages: int = 0
    dossiers: list[str] = field(default_factory=list)
    refused: list[RefusedFile] = field(default_factory=list)
    duplicates: list[DuplicatePage] = field(default_factory=list)
    set_aside: list[Path] = field(default_factory=list)

    def added(self, dossier_id: str, pages: int) -> None:
        """Count pages of a dossier."""
        self.pages += pages
        if pages and dossier_id not in self.dossiers:
            self.dossiers.append(dossier_id)

    def summary(self) -> ImportSummary:
        """The result of an import."""
        return ImportSummary(
            dossiers=tuple(self.dossiers),
            pages=self.pages,
            refused=tuple(self.refused),
            duplicates=tuple(self.duplicates),
        )
