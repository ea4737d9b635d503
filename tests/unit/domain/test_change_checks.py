from __future__ import annotations

import pytest

from app.domain.change_checks import released_mortgages
from app.domain.checks import check_values
from app.domain.code_lists import CodeLists
from app.domain.dossier import Certificate, Change, Dossier

RELEASE = "Xóa nội dung đăng ký thế chấp ngày {} theo hồ sơ số 002155.XC.001"


def with_changes(*changes: Change) -> Dossier:
    return Dossier(dossier_id="d", changes=changes)


def found(dossier: Dossier) -> dict[str, tuple[str, ...]]:
    return {finding.code: finding.paths for finding in check_values(dossier, CodeLists())}


@pytest.mark.parametrize(
    ("days", "paths"),
    [
        (("2019-07-03", "2022-09-21"), None),
        (("2019-07-03", "2019-07-03", None, "2020"), None),
        (("2019-07-03", "2019"), None),
        (("2022-09-21", "2019-07-03"), ("changes[1].on", "changes[0].on")),
        (("2022-09-21", None, "chưa rõ", "2019-07-03", "2022-10-01"), ("changes[3].on", "changes[0].on")),
    ],
)
def test_entries_follow_each_other_in_time(days, paths):
    dossier = with_changes(*(Change(on=day) for day in days))
    assert found(dossier) == ({"changes_out_of_order": paths} if paths else {})


def mortgaged(on: str | None, released: str | None, kind: str = "Xóa thế chấp") -> Dossier:
    text = RELEASE.format(released) if released else "Xóa nội dung đăng ký thế chấp"
    return with_changes(Change(kind="Đính chính"), Change(kind="Thế chấp", on=on), Change(kind=kind, text=text))


@pytest.mark.parametrize(
    ("dossier", "differs", "named"),
    [
        (mortgaged("2019-07-03", "03/7/2019"), False, [1]),
        (mortgaged("2019-07-08", "03/7/2019"), True, []),
        (mortgaged("2011-02-28", "03/7/2019"), False, []),
        (mortgaged("2019", "03/7/2019"), False, []),
        (mortgaged(None, "03/7/2019"), False, []),
        (mortgaged("2019-07-08", None), False, []),
        (mortgaged("2019-07-08", "03/7/2019", kind="Thế chấp"), False, []),
        (with_changes(Change(kind="Xóa thế chấp", text=RELEASE.format("03/7/2019"))), False, []),
        (with_changes(Change()), False, []),
    ],
)
def test_a_release_names_the_day_of_its_mortgage(dossier, differs, named):
    assert found(dossier) == ({"release_day_differs": ("changes[1].on", "changes[2].text")} if differs else {})
    assert list(released_mortgages(dossier)) == named


def test_a_certificate_does_not_replace_itself():
    for serial, replaces, is_found in (
        ("CQ 718336", "CQ 718336", True),
        ("CQ 718336", "AL 331802", False),
        (None, None, False),
    ):
        dossier = Dossier(dossier_id="d", certificate=Certificate(serial=serial, replaces=replaces))
        assert ("replaces_itself" in found(dossier)) == is_found
