"""People who use the program, their roles and rights."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.errors import AuthError


class Role(StrEnum):
    """What a person is in the program."""

    OFFICER = "officer"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Right(StrEnum):
    """What a person may do."""

    ENTER = "enter"
    SUBMIT = "submit"
    REVIEW = "review"
    RETURN = "return"
    UPLOAD = "upload"
    EXPORT = "export"
    MANAGE = "manage"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.OFFICER: frozenset({Right.ENTER, Right.SUBMIT, Right.UPLOAD, Right.EXPORT}),
    Role.SUPERVISOR: frozenset(Right),
    Role.ADMIN: frozenset({Right.MANAGE}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A signed-in person.

    Attributes:
        login: Short name typed at sign-in; unique in a store.
        role: Decides the rights.
    """

    person_id: str
    login: str
    full_name: str
    role: Role
    active: bool = True

    def require(self, right: Right) -> None:
        """Refuse when the person lacks a right.

        Raises:
            AuthError: `right_missing`.
        """
        if not self.may(right):
            raise AuthError("right_missing", right=right.value)

    def may(self, right: Right) -> bool:
        """Whether the person has a right."""
        if self.person_id == SETUP.person_id:
            return right is not Right.REVIEW
        return self.active and right in RIGHTS[self.role]


SETUP = Person(person_id="setup", login="setup", full_name="Thiết lập", role=Role.OFFICER)
"""Stands for whoever works in a store without people yet: every right but review (DESIGN 4.2)."""
