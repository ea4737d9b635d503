"""What is learned follows the store: what is accepted comes in, what goes back goes out, a start loses nothing."""

from __future__ import annotations

import dataclasses

import pytest

from app.domain.dossier import Dossier, Parcel
from app.domain.extraction.learned import LearnedWords
from app.services import reading_learned
from app.services.reading_learned import LearnedCache
from tests.office import Office, a_complete_dossier

COMMUNE = "09193"
ADDRESS = "Thôn Đông, xã Cách Bi, huyện Quế Võ, tỉnh Bắc Ninh"


def accepted(office: Office, address: str = ADDRESS, commune_code: str = COMMUNE) -> str:
    full = a_complete_dossier("", commune_code)
    area = office.draft(dataclasses.replace(full, parcels=(dataclasses.replace(full.parcels[0], address=address),)))
    office.entry.change(office.officer, area, "parcels[0].area_m2", "72,5")
    assert office.entry.finish(office.officer, area) == ()
    return area


def learned(office: Office, cache: LearnedCache, commune_code: str | None = COMMUNE) -> LearnedWords:
    with office.store.read() as reader:
        return cache.words(reader, commune_code)


def knows(words: LearnedWords, address: str = ADDRESS) -> bool:
    record = Dossier(dossier_id="d", parcels=(Parcel(address=address),))
    return words.beside({}, record).get("parcels[0].address") == ("known_here",)


def test_what_was_accepted_is_known_at_once_and_forgotten_when_it_goes_back(office: Office):
    cache = LearnedCache()
    first, second = accepted(office), accepted(office)
    office.draft(a_complete_dossier(""))
    assert knows(learned(office, cache))
    office.entry.reopen(office.officer, second)
    assert not knows(learned(office, cache))
    office.entry.change(office.officer, second, "hamlet", "Thôn Đoài")
    assert office.entry.finish(office.officer, second) == ()
    assert knows(learned(office, cache))
    office.entry.change(office.officer, first, "parcels[0].address", "Thôn Khác, xã Cách Bi")
    assert not knows(learned(office, cache))


def test_a_new_start_knows_the_same(office: Office):
    accepted(office)
    accepted(office)
    assert knows(learned(office, LearnedCache()))


def test_nothing_changed_means_the_same_words(office: Office):
    cache = LearnedCache()
    accepted(office)
    words = learned(office, cache)
    assert learned(office, cache) is words
    office.draft(a_complete_dossier(""))
    assert learned(office, cache)


def test_communes_do_not_learn_from_each_other_and_none_is_no_commune(office: Office):
    cache = LearnedCache()
    accepted(office)
    accepted(office, commune_code="09187")
    assert not knows(learned(office, cache))
    assert not learned(office, cache, None)
    assert not learned(office, cache, "00000")


def test_only_the_communes_read_for_lately_are_kept(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(reading_learned, "MOST_COMMUNES", 1)
    cache = LearnedCache()
    accepted(office)
    words = learned(office, cache)
    learned(office, cache, "09187")
    assert learned(office, cache) is not words


def test_a_damaged_record_keeps_no_other_from_being_learned(office: Office):
    accepted(office)
    damaged = accepted(office)
    accepted(office)
    with office.store.write() as writer:
        writer._db.execute("UPDATE dossiers SET content = '{}' WHERE dossier_id = ?", [damaged])
        found = writer.accepted(COMMUNE, since="", limit=10)
    assert [record.dossier is None for record in found] == [False, True, False]
    assert knows(learned(office, LearnedCache()))


def test_the_store_gives_what_changed_since_an_instant_newest_first(office: Office):
    ids = [accepted(office), accepted(office), office.draft(a_complete_dossier(""))]
    with office.store.read() as reader:
        every = reader.accepted(COMMUNE, since="", limit=10)
        assert [record.dossier_id for record in every] == [ids[1], ids[0]]
        assert [record.dossier_id for record in reader.accepted(COMMUNE, since="", limit=1)] == [ids[1]]
        late = reader.accepted(COMMUNE, since=every[0].updated_at, limit=10)
        assert [record.dossier_id for record in late] == [ids[2], ids[1]]
        assert [record.dossier is None for record in late] == [True, False]
