"""One run of the upload in a process of its own: `python -m tests.e2e.upload.sender STORE` prints the summary."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

from app.adapters.clock import SystemClock
from app.adapters.store import open_store
from app.adapters.upload_http import HttpUploader
from app.domain.people import Role
from app.services.upload import UploadService
from tests.integration.upload.post_office import FolderFiles


def main(folder: Path) -> None:
    clock = SystemClock()
    store = open_store(folder, clock)
    files = FolderFiles(folder / "page-files")
    service = UploadService(store, files, HttpUploader(folder / "device", clock), clock, random.Random())  # type: ignore[arg-type]
    with store.read() as reader:
        (officer,) = (person for person in reader.people() if person.role is Role.OFFICER)
    service.recover()
    summary = service.upload(officer)
    print(json.dumps({"waiting": summary.waiting, "stopped_by": summary.stopped_by}), flush=True)
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
