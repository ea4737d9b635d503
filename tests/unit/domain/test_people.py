from __future__ import annotations

import pytest

from app.domain.people import SETUP, Person, Right, Role
from app.errors import AuthError


def person(role: Role, active: bool = True) -> Person:
    return Person(person_id="p1", login="lan", full_name="Lan", role=role, active=active)


def test_an_officer_enters_but_does_not_review():
    officer = person(Role.OFFICER)
    officer.require(Right.ENTER)
    with pytest.raises(AuthError) as caught:
        officer.require(Right.REVIEW)
    assert caught.value.code == "right_missing"


def test_a_person_who_left_has_no_rights():
    assert not person(Role.SUPERVISOR, active=False).may(Right.ENTER)


def test_setup_may_everything_but_review():
    assert [right for right in Right if not SETUP.may(right)] == [Right.REVIEW]
