"""People: signing in and who may be what."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.adapters.clock import UuidV7Ids
from app.adapters.store import open_store
from app.domain.people import SETUP, Role
from app.errors import AuthError, InputError, StoreError
from app.services.people import PeopleService
from tests.office import PASSWORD, START, Office, QuickHasher, TickingClock


@pytest.fixture
def nobody_yet(tmp_path: Path) -> Iterator[PeopleService]:
    store = open_store(tmp_path / "new", TickingClock())
    yield PeopleService(store, QuickHasher(), TickingClock(), UuidV7Ids())
    store.close()


def test_setup_stands_for_whoever_works_in_a_store_without_people(nobody_yet: PeopleService):
    assert not nobody_yet.has_people()
    assert nobody_yet.setup_person() == SETUP


def test_setup_ends_with_the_first_person(office: Office):
    assert office.people.has_people()
    with pytest.raises(AuthError, match="sign_in_needed"):
        office.people.setup_person()
    with pytest.raises(AuthError, match="sign_in_needed"):
        office.people.add(SETUP, "moi", "Người Mới", Role.SUPERVISOR, PASSWORD)


def test_the_first_person_must_be_able_to_let_others_in(nobody_yet: PeopleService):
    with pytest.raises(InputError, match="manager_needed"):
        nobody_yet.add(SETUP, "an", "Lê Văn An", Role.OFFICER, PASSWORD)
    assert not nobody_yet.has_people()
    assert nobody_yet.add(SETUP, "quan", "Quản Trị", Role.ADMIN, PASSWORD) == nobody_yet.people()[0]


def test_a_person_signs_in_whatever_the_capitals_and_the_form_of_the_accents(office: Office):
    typed = unicodedata.normalize("NFD", PASSWORD)
    assert typed != PASSWORD
    assert office.people.sign_in(" AN ", typed) == office.officer
    assert office.whats()[-1] == "signed_in"


@pytest.mark.parametrize(("login", "password"), [("an", "sai mật khẩu"), ("nobody", PASSWORD), ("", "")])
def test_a_failed_sign_in_says_nothing_of_the_reason_and_is_noted(office: Office, login: str, password: str):
    with pytest.raises(AuthError) as caught:
        office.people.sign_in(login, password)
    assert (caught.value.code, caught.value.params) == ("sign_in_failed", {"seconds": 1})
    assert office.whats()[-1] == "sign_in_failed"


class StandingClock:
    """Stands until the test moves it."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        return self.at

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def refused(people: PeopleService, login: str, password: str) -> tuple[str, object]:
    """How a sign-in is refused, and how long the next try waits."""
    with pytest.raises(AuthError) as caught:
        people.sign_in(login, password)
    return caught.value.code, caught.value.params["seconds"]


@pytest.mark.parametrize("login", ["an", "nobody", "mật khẩu gõ nhầm ô"])
def test_after_every_wrong_password_the_next_try_waits_longer_but_never_more_than_a_minute(office: Office, login: str):
    clock, hasher = StandingClock(), QuickHasher()
    people = PeopleService(office.store, hasher, clock, office.ids)
    for number, wait_s in enumerate([1, 2, 4, 8, 16, 32, 60, 60, 60], start=1):
        assert refused(people, login, "sai mật khẩu") == ("sign_in_failed", wait_s)
        clock.wait(wait_s - 0.5)
        assert refused(people, login, PASSWORD) == ("sign_in_waits", 1)
        assert hasher.verified == number  # the password is not even looked at
        clock.wait(0.5)


def test_the_wait_is_for_one_login_and_the_right_password_ends_it(office: Office):
    clock = StandingClock()
    people = PeopleService(office.store, QuickHasher(), clock, office.ids)
    for _ in range(3):
        refused(people, "an", "sai mật khẩu")
        clock.wait(8)
    assert refused(people, "an", "sai mật khẩu") == ("sign_in_failed", 8)
    assert refused(people, " AN", PASSWORD) == ("sign_in_waits", 8)
    assert people.sign_in("binh", PASSWORD) == office.supervisor
    clock.wait(8)
    assert people.sign_in("an", PASSWORD) == office.officer
    assert refused(people, "an", "sai mật khẩu") == ("sign_in_failed", 1)


def test_a_restart_does_not_shorten_the_wait(office: Office):
    clock = StandingClock()
    for wait_s in (1, 2, 4, 8):
        people = PeopleService(office.store, QuickHasher(), clock, office.ids)
        assert refused(people, "an", "sai mật khẩu") == ("sign_in_failed", wait_s)
        clock.wait(wait_s)
    clock.wait(-1)
    office.close()
    again = Office(office.folder)
    assert refused(PeopleService(again.store, QuickHasher(), clock, again.ids), "an", PASSWORD) == ("sign_in_waits", 1)
    again.close()


def test_a_clock_that_is_set_back_makes_nobody_wait_longer(office: Office):
    clock = StandingClock()
    people = PeopleService(office.store, QuickHasher(), clock, office.ids)
    refused(people, "an", "sai mật khẩu")
    clock.wait(-3600)
    assert refused(people, "an", PASSWORD) == ("sign_in_waits", 1)


def test_a_new_password_from_a_manager_ends_the_wait(office: Office):
    people = PeopleService(office.store, QuickHasher(), StandingClock(), office.ids)
    refused(people, "an", "sai mật khẩu")
    people.change_password(office.supervisor, "an", "mật khẩu mới")
    assert people.sign_in("an", "mật khẩu mới") == office.officer


def test_what_was_typed_as_a_login_is_nowhere_in_the_store(office: Office):
    refused(office.people, "mat-khau-go-nham-o", "an")
    with office.store.read() as reader:
        assert "mat-khau" not in "\n".join(reader._db.iterdump())


def test_an_unknown_login_is_checked_as_long_as_a_known_one(office: Office):
    hasher = QuickHasher()
    people = PeopleService(office.store, hasher, office.clock, office.ids)
    for number, login in enumerate(["an", "nobody", "nobody"], start=1):
        with pytest.raises(AuthError):
            people.sign_in(login, "sai mật khẩu")
        assert hasher.verified == number


def test_who_is_shut_out_cannot_sign_in_nor_go_on(office: Office):
    dossier_id = office.draft()
    office.people.set_active(office.supervisor, "an", False)
    with pytest.raises(AuthError, match="sign_in_failed"):
        office.people.sign_in("an", PASSWORD)
    with pytest.raises(AuthError, match="sign_in_needed"):
        office.entry.change(office.officer, dossier_id, "hamlet", "Thôn Đông")
    office.people.set_active(office.supervisor, "an", True)
    assert office.people.sign_in("an", PASSWORD) == office.officer


def test_rights_are_those_of_the_store_not_those_a_caller_claims(office: Office):
    claimed = dataclasses.replace(office.officer, role=Role.SUPERVISOR)
    with pytest.raises(AuthError, match="right_missing"):
        office.people.add(claimed, "moi", "Người Mới", Role.SUPERVISOR, PASSWORD)
    stranger = dataclasses.replace(office.supervisor, person_id="stranger")
    with pytest.raises(AuthError, match="sign_in_needed"):
        office.people.add(stranger, "moi", "Người Mới", Role.SUPERVISOR, PASSWORD)


@pytest.mark.parametrize("login", ["", "a", "an nguyen", "ân", "x" * 33, "-an", "setup"])
def test_logins_are_short_plain_words(office: Office, login: str):
    with pytest.raises(InputError, match="bad_login"):
        office.people.add(office.supervisor, login, "Người Mới", Role.OFFICER, PASSWORD)


def test_a_login_is_given_once(office: Office):
    with pytest.raises(InputError, match="login_taken"):
        office.people.add(office.supervisor, "AN", "Người Khác", Role.OFFICER, PASSWORD)


def test_a_person_has_a_name(office: Office):
    with pytest.raises(InputError, match="empty_value"):
        office.people.add(office.supervisor, "moi", "  ", Role.OFFICER, PASSWORD)


def test_passwords_have_eight_characters(office: Office):
    for password in ("", "bảy chữ"):
        with pytest.raises(InputError) as caught:
            office.people.add(office.supervisor, "moi", "Người Mới", Role.OFFICER, password)
        assert (caught.value.code, caught.value.params) == ("password_too_short", {"least": 8})
    with pytest.raises(InputError, match="password_too_short"):
        office.people.change_password(office.officer, "an", "ngắn")


def test_one_changes_ones_own_password_and_managers_change_others(office: Office):
    office.people.change_password(office.officer, "an", "mật khẩu mới")
    assert office.people.sign_in("an", "mật khẩu mới") == office.officer
    office.people.change_password(office.supervisor, "an", "mật khẩu khác")
    with pytest.raises(AuthError, match="sign_in_failed"):
        office.people.sign_in("an", "mật khẩu mới")
    with pytest.raises(AuthError, match="right_missing"):
        office.people.change_password(office.officer, "binh", "chiếm quyền nhé")
    with pytest.raises(InputError, match="unknown_person"):
        office.people.change_password(office.supervisor, "nobody", "mật khẩu mới")


def test_who_was_shut_out_keeps_no_way_back_by_a_new_password(office: Office):
    office.people.set_active(office.supervisor, "an", False)
    with pytest.raises(AuthError, match="sign_in_needed"):
        office.people.change_password(office.officer, "an", "mật khẩu mới")
    office.people.change_password(office.supervisor, "an", "mật khẩu mới")


def test_a_login_that_is_no_text_is_nobody_s(office: Office):
    with pytest.raises(AuthError, match="sign_in_failed"):
        office.people.sign_in("\ud800", "\udfff mật khẩu")


def test_somebody_who_manages_people_always_stays(office: Office):
    with pytest.raises(InputError, match="manager_needed"):
        office.people.set_active(office.supervisor, "binh", False)
    office.people.add(office.supervisor, "quan", "Quản Trị", Role.ADMIN, PASSWORD)
    office.people.set_active(office.supervisor, "binh", False)
    assert [person.login for person in office.people.people() if person.active] == ["an", "quan"]


def test_only_managers_shut_people_out(office: Office):
    with pytest.raises(AuthError, match="right_missing"):
        office.people.set_active(office.officer, "binh", False)


def test_a_store_that_is_only_looked_at_lets_people_in_without_a_note(office: Office):
    looking = open_store(office.folder, office.clock, read_only=True)
    people = PeopleService(looking, QuickHasher(), office.clock, office.ids)
    assert people.sign_in("an", PASSWORD) == office.officer
    with pytest.raises(AuthError, match="sign_in_failed"):
        people.sign_in("an", "sai mật khẩu")
    looking.close()
    with pytest.raises(StoreError, match="store_failed"):
        people.sign_in("an", PASSWORD)


def test_a_sign_in_that_cannot_be_noted_is_none(office: Office, monkeypatch: pytest.MonkeyPatch):
    def full() -> None:
        raise StoreError("disk_full")

    monkeypatch.setattr(office.store, "write", full)
    with pytest.raises(StoreError, match="disk_full"):
        office.people.sign_in("an", PASSWORD)


FIRST = [("quan", "Lê Thị Quản", Role.SUPERVISOR, PASSWORD), ("an", "Lê Văn An", Role.OFFICER, PASSWORD)]


def test_the_first_people_come_together_the_second_let_in_by_the_first(nobody_yet: PeopleService):
    chief, officer = nobody_yet.add_first(FIRST)
    assert {person.login for person in nobody_yet.people()} == {"quan", "an"}
    assert nobody_yet.sign_in("an", PASSWORD) == officer
    assert nobody_yet.sign_in("quan", PASSWORD) == chief
    with pytest.raises(AuthError, match="sign_in_needed"):
        nobody_yet.add_first([("hai", "Lê Văn Hai", Role.SUPERVISOR, PASSWORD)])


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (("an", "Lê Văn An", Role.OFFICER, "ngắn"), "password_too_short"),
        (("quan", "Lê Văn An", Role.OFFICER, PASSWORD), "login_taken"),
        (("Ân", "Lê Văn An", Role.OFFICER, PASSWORD), "bad_login"),
    ],
)
def test_a_mistake_with_the_second_of_the_first_people_adds_nobody(
    nobody_yet: PeopleService, second: tuple[str, str, Role, str], code: str
):
    with pytest.raises(InputError, match=code):
        nobody_yet.add_first([FIRST[0], second])
    assert nobody_yet.people() == []
    assert len(nobody_yet.add_first(FIRST)) == 2
