"""The one table of allowed steps."""

from __future__ import annotations

import itertools

import pytest

from app.domain.states import (
    BATCH_STEPS,
    EDITABLE,
    FOR_A_PERSON,
    FROZEN,
    ON_THE_WAY,
    PAGES_OPEN,
    STEPS,
    BatchState,
    DossierState,
    check_step,
)
from app.errors import InputError

S = DossierState


def reachable(start: DossierState) -> set[DossierState]:
    found: set[DossierState] = set()
    todo = [start]
    while todo:
        state = todo.pop()
        if state not in found:
            found.add(state)
            todo += STEPS[state]
    return found


@pytest.mark.parametrize(("old", "new"), [*itertools.product(DossierState, DossierState)])
def test_a_step_is_allowed_exactly_when_it_is_in_the_table(old: DossierState, new: DossierState):
    if new in STEPS[old]:
        check_step(old, new)
    else:
        with pytest.raises(InputError) as caught:
            check_step(old, new)
        assert caught.value.params == {"old": old.value, "new": new.value}


def test_every_state_can_be_reached_from_a_draft():
    assert reachable(S.DRAFT) == set(DossierState)


def test_only_verified_and_discarded_are_ends():
    assert {state for state, steps in STEPS.items() if not steps} == {S.VERIFIED, S.DISCARDED}


def test_nothing_is_sent_that_was_not_approved():
    ways = {old for old, steps in STEPS.items() if S.QUEUED in steps}
    assert ways == {S.APPROVED, S.UNKNOWN}
    assert {old for old, steps in STEPS.items() if S.APPROVED in steps} == {S.SUBMITTED}


def test_an_unknown_outcome_never_goes_straight_back_to_sending():
    assert S.SENDING not in STEPS[S.UNKNOWN]


def test_what_was_sent_comes_back_to_a_person_only_as_returned():
    sent = reachable(S.QUEUED) - reachable(S.RETURNED) | {S.STORED, S.WRONG_INFO, S.POLICE, S.REFUSED, S.CONFLICT}
    for state in sent:
        assert STEPS[state] & EDITABLE <= {S.RETURNED}


def test_what_was_approved_stays_frozen_until_it_is_returned_or_recalled():
    assert {state for state in S if state not in FROZEN and STEPS[state] & set(FROZEN)} == {S.SUBMITTED}
    assert set().union(*(STEPS[state] for state in FROZEN)) - set(FROZEN) == {S.RETURNED, S.SUBMITTED}
    assert not set(FROZEN) & EDITABLE


def test_the_named_groups_of_states_follow_from_the_steps():
    assert set(ON_THE_WAY) == {state for state in S if STEPS[state] & {S.SENDING, S.UNKNOWN}} | {S.UNKNOWN}
    assert set(FOR_A_PERSON) == {state for state in S if STEPS[state] == {S.RETURNED}}
    assert set(PAGES_OPEN) == {state for state in S if S.DISCARDED in STEPS[state]}


def test_a_batch_goes_one_way():
    assert {
        BatchState.OPEN: {BatchState.SUBMITTED},
        BatchState.SUBMITTED: {BatchState.SEALED},
        BatchState.SEALED: frozenset(),
    } == BATCH_STEPS
