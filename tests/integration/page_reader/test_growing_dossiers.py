"""A drawn certificate read page by page into a real store, by real workers."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import bootstrap
from app.domain.dossier import Dossier
from app.services.reading_values import ReadingStep
from tests.samples.dossier import draw_dossier
from tests.samples.files import write_dossier


@pytest.fixture
def services(tmp_path: Path):
    opened = bootstrap.open_services(tmp_path / "store")
    opened.warm()
    yield opened
    opened.close()


def test_the_first_values_are_stored_before_the_last_page_is_read_and_none_is_written_twice(services, tmp_path):
    truth = write_dossier(draw_dossier(412, model="2014", level="clean", dpi=200), tmp_path / "paper")
    (tmp_path / "paper" / "truth.json").unlink()
    setup = services.people.setup_person()
    (dossier_id,) = services.intake.import_paths(setup, [tmp_path / "paper"]).dossiers
    known: list[tuple[int, Dossier]] = []

    def hear(step: ReadingStep) -> None:
        known.append((step.pages_done, services.entry.open(step.dossier_id).dossier))

    whole = services.dossier_reading.read_growing(setup, dossier_id, hear)
    assert [done for done, _ in known] == [0, 1, 2, 3, 4]
    assert known[1][1].certificate.serial == truth["certificate"]["serial"]
    assert (known[1][1].parcels, whole.unread_pages) == ((), ())
    assert str(whole.dossier.parcels[0].area_m2) == truth["parcels"][0]["area_m2"]
    history = [(row.path, row.value, row.check) for row in services.entry.history(dossier_id)]
    assert len(history) == len(set(history))
    again = services.dossier_reading.read_growing(setup, dossier_id, lambda _step: None)
    assert again.dossier == whole.dossier
    assert len(services.entry.history(dossier_id)) == len(history)
