"""Who may do what, asked inside the transaction that does it."""

from __future__ import annotations

from app.domain.people import SETUP, Person, Right
from app.errors import AuthError
from app.ports import StoreReader


def require(reader: StoreReader, person: Person, right: Right) -> None:
    """Refuse whoever may not do this now; a person's role and activity are those of the store, not of the sign-in.

    In a store without people the given person counts as they are (`setup`, DESIGN 4.2).

    Raises:
        AuthError: `right_missing`; `sign_in_needed` for `setup` or strangers in a store with people, and for people
            who were shut out meanwhile.
    """
    known = {one.person_id: one for one in reader.people()}
    if not known:
        person.require(right)
        return
    present = known.get(person.person_id)
    if person.person_id == SETUP.person_id or present is None or not present.active:
        raise AuthError("sign_in_needed")
    present.require(right)
