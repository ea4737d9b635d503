"""From which chance on a value needs no look."""

from __future__ import annotations

from tests.bench.fit_calibration import best_limit


def test_values_that_were_all_right_are_believed_as_far_as_their_chances_go():
    group = [(chance / 1000, True) for chance in range(900, 1000)]
    assert 0.95 < best_limit(group) < 0.96


def test_one_wrong_value_among_few_stops_the_limit_above_it_but_among_many_does_not():
    few = [(0.999, True)] * 20 + [(0.99, False)] + [(0.98, True)] * 20
    many = [(0.999, True)] * 20 + [(0.99, False)] + [(0.98, True)] * 200
    assert best_limit(few) == 0.999
    assert best_limit(many) == 0.98


def test_where_nothing_is_gained_nothing_is_believed():
    assert best_limit([(0.99, False)]) == 1.0
    assert best_limit([]) == 1.0
