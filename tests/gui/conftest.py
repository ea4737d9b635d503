"""Qt without a screen, in our fonts and style, for every test of the window."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize

from app.domain.people import Person
from tests.gui.office import Office, Sample, make_template, open_office
from tests.gui.stage import Stage
from tests.samples.dossier import draw_dossier
from tests.samples.files import write_dossier
from ui import theme
from ui.desk import Desk
from ui.languages import Languages
from ui.page_images import PageImages
from ui.tasks import TaskRunner
from ui.window_memory import WindowMemory


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    """One fictional certificate of four pages, drawn at a low resolution."""
    folder = tmp_path_factory.mktemp("sample")
    truth = write_dossier(draw_dossier(9_990_001, model="2014", level="clean", dpi=150, world="practice"), folder)
    (folder / "truth.json").unlink()
    return Sample(folder=folder, files=tuple(folder / name for name in truth["files"]), truth=truth)


@pytest.fixture
def look(qapp) -> Iterator[Languages]:
    """The application as the program starts it."""
    theme.apply(qapp)
    languages = Languages()
    languages.use("vi")
    yield languages
    languages.use("vi")


@pytest.fixture
def tasks(qapp) -> Iterator[TaskRunner]:
    """The door to threads; every test ends with none of them left."""
    runner = TaskRunner()
    yield runner
    assert runner.shut_down()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two people."""
    folder = tmp_path_factory.mktemp("template") / "store"
    make_template(folder)
    return folder


@pytest.fixture
def office(tmp_path: Path, sample: Sample, template: Path, tasks: TaskRunner) -> Iterator[Office]:
    """Real services over a fresh store; closed after the threads have ended."""
    shutil.copytree(template, tmp_path / "store")
    made = open_office(tmp_path / "store", sample)
    yield made
    made.reader.gate.set()
    made.server.gate.set()
    tasks.shut_down()
    made.services.close()


@pytest.fixture
def desk_of(office: Office, tasks: TaskRunner, look: Languages) -> Callable[[Person], Desk]:
    """A place of work for a person of the office."""

    def make(person: Person) -> Desk:
        return Desk(
            services=office.services,
            tasks=tasks,
            images=PageImages(tasks, office.services.page_path),
            person=person,
            memory=WindowMemory(office.services.store_dir),
        )

    return make


@pytest.fixture
def stage(qtbot, office: Office, tasks: TaskRunner, look: Languages) -> Iterator[Stage]:
    """The main window, opened at the sign-in page."""
    made = Stage(qtbot, office, tasks, look, QSize(1366, 768))
    yield made
    made.window.close()
