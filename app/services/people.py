"""People: signing in, and who may be what."""

from __future__ import annotations

import dataclasses
import hashlib
import math
import re
from collections.abc import Sequence

from app.domain.instants import from_iso, to_iso
from app.domain.people import SETUP, Person, Right, Role
from app.domain.text import tidy, to_nfc
from app.errors import AuthError, InputError, StoreError
from app.ports import Clock, Ids, PasswordHasher, Store, StoreReader, StoreWriter
from app.services import rights

LEAST_PASSWORD = 8
LONGEST_WAIT_S = 60
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_UNKNOWN = "unknown"


class PeopleService:
    """Keeps the people of a store."""

    def __init__(self, store: Store, hasher: PasswordHasher, clock: Clock, ids: Ids) -> None:
        self._store = store
        self._hasher = hasher
        self._clock = clock
        self._ids = ids
        self._nobody = ""

    def people(self) -> list[Person]:
        """Everybody, active or not, by login."""
        with self._store.read() as reader:
            return reader.people()

    def has_people(self) -> bool:
        """Whether anybody was added yet."""
        return bool(self.people())

    def setup_person(self) -> Person:
        """Whoever works in a store without people yet.

        Raises:
            AuthError: `sign_in_needed` once there are people.
        """
        if self.has_people():
            raise AuthError("sign_in_needed")
        return SETUP

    def sign_in(self, login: str, password: str) -> Person:
        """Find out who is there; takes about 0.2 s whether the login is known or not.

        After a failure the next try of this login waits, longer with every failure, never for ever; a restart of the
        program changes nothing of it, the right password forgets it.

        Raises:
            AuthError: `sign_in_failed`, the same for an unknown login, a wrong password and a person shut out;
                `sign_in_waits`, without a look at the password. Both tell `seconds` until the next try.
        """
        with self._store.read() as reader:
            found = reader.credentials(_folded(login))
            self._check_wait(reader, login)
        encoded = found[1] if found else self._hash_of_nobody()
        matches = self._hasher.verify(encoded, to_nfc(password))
        person = found[0] if found and matches and found[0].active else None
        who = found[0].person_id if found else _UNKNOWN
        failures = self._note(who, login, is_right=person is not None)
        if person is None:
            raise AuthError("sign_in_failed", seconds=_wait_s(failures))
        return person

    def add(self, by: Person, login: str, full_name: str, role: Role, password: str) -> Person:
        """A new person; the first one may be added by `setup` and must be able to manage people.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `bad_login`, `login_taken`, `empty_value` (no name), `password_too_short`,
                `manager_needed`.
        """
        person, encoded = self._checked(login, full_name, role, password)
        with self._store.write() as writer:
            self._add(writer, by, person, encoded)
        return person

    def add_first(self, newcomers: Sequence[tuple[str, str, Role, str]]) -> list[Person]:
        """The first people of a new store, all of them or nobody: login, full name, role and password of each.

        Raises:
            AuthError: `sign_in_needed` once there are people.
            InputError: As of `add`.
        """
        checked = [self._checked(*newcomer) for newcomer in newcomers]
        with self._store.write() as writer:
            by = SETUP
            for person, encoded in checked:
                self._add(writer, by, person, encoded)
                by = checked[0][0]
        return [person for person, _encoded in checked]

    def _checked(self, login: str, full_name: str, role: Role, password: str) -> tuple[Person, str]:
        person = Person(
            person_id=self._ids.new(), login=_checked_login(login), full_name=tidy(full_name), role=Role(role)
        )
        if not person.full_name:
            raise InputError("empty_value")
        return person, self._hash(password)

    def _add(self, writer: StoreWriter, by: Person, person: Person, encoded: str) -> None:
        rights.require(writer, by, Right.MANAGE)
        if not writer.people() and not person.may(Right.MANAGE):
            raise InputError("manager_needed")
        writer.add_person(person, encoded)
        writer.add_event(by.person_id, "person_added", self._now(), detail=f"{person.person_id} {person.role}")

    def change_password(self, by: Person, login: str, new_password: str) -> None:
        """A new password for oneself, or for somebody else by who manages people.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_person`, `password_too_short`.
        """
        encoded = self._hash(new_password)
        with self._store.write() as writer:
            person = _person(writer, login)
            if person.person_id != by.person_id:
                rights.require(writer, by, Right.MANAGE)
            elif not person.active:
                raise AuthError("sign_in_needed")
            writer.set_password(person.person_id, encoded)
            writer.put_failed_sign_ins(_digest(login), 0, self._now())
            writer.add_event(by.person_id, "password_changed", self._now(), detail=person.person_id)

    def set_active(self, by: Person, login: str, active: bool) -> None:
        """Shut a person out, or let them in again; somebody who manages people always stays.

        Raises:
            AuthError: `right_missing`, `sign_in_needed`.
            InputError: `unknown_person`, `manager_needed`.
        """
        with self._store.write() as writer:
            rights.require(writer, by, Right.MANAGE)
            changed = dataclasses.replace(_person(writer, login), active=active)
            others = [person for person in writer.people() if person.person_id != changed.person_id]
            if not any(person.may(Right.MANAGE) for person in [*others, changed]):
                raise InputError("manager_needed")
            writer.set_active(changed.person_id, active)
            what = "person_let_in" if active else "person_shut_out"
            writer.add_event(by.person_id, what, self._now(), detail=changed.person_id)

    def _hash(self, password: str) -> str:
        composed = to_nfc(password)
        if len(composed) < LEAST_PASSWORD:
            raise InputError("password_too_short", least=LEAST_PASSWORD)
        return self._hasher.hash(composed)

    def _hash_of_nobody(self) -> str:
        """A hash no password belongs to, so that an unknown login takes as long as a wrong password."""
        if not self._nobody:
            self._nobody = self._hasher.hash(self._ids.new())
        return self._nobody

    def _check_wait(self, reader: StoreReader, login: str) -> None:
        failures, last_at = reader.failed_sign_ins(_digest(login)) or (0, self._now())
        wait_s = _wait_s(failures)
        passed_s = (self._clock.now() - from_iso(last_at)).total_seconds()
        left_s = min(wait_s, math.ceil(wait_s - passed_s))  # a clock that was set back makes nobody wait longer
        if left_s > 0:
            raise AuthError("sign_in_waits", seconds=left_s)

    def _note(self, who: str, login: str, *, is_right: bool) -> int:
        """Write who came, and how often it went wrong by now.

        Where the store is only looked at, another program has it and nothing can be written.
        """
        failures = 0 if is_right else 1
        try:
            with self._store.write() as writer:
                before, _last_at = writer.failed_sign_ins(_digest(login)) or (0, "")
                failures = 0 if is_right else before + 1
                if failures or before:
                    writer.put_failed_sign_ins(_digest(login), failures, self._now())
                writer.add_event(who, "signed_in" if is_right else "sign_in_failed", self._now())
        except StoreError as error:
            if error.code != "store_read_only":
                raise
        return failures

    def _now(self) -> str:
        return to_iso(self._clock.now())


def _wait_s(failures: int) -> int:
    """Seconds between the last of some failures and the next try: 1, 2, 4 ... 60."""
    return min(LONGEST_WAIT_S, 2 ** min(failures - 1, 10)) if failures else 0


def _digest(login: str) -> str:
    return hashlib.sha256(_folded(login).encode()).hexdigest()


def _folded(untrusted_login: str) -> str:
    return to_nfc(untrusted_login).strip().lower()


def _checked_login(untrusted_login: str) -> str:
    login = _folded(untrusted_login)
    if not _LOGIN.fullmatch(login) or login == SETUP.login:
        raise InputError("bad_login", login=untrusted_login)
    return login


def _person(reader: StoreReader, login: str) -> Person:
    found = reader.credentials(_folded(login))
    if found is None:
        raise InputError("unknown_person", login=login)
    return found[0]
