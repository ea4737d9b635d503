from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.mrz import PROVINCES, Mrz, check_digit, find_zones

NUMBER = "027081999921"


def zone(number: str = NUMBER, born: str = "810614", sex: str = "M", name: str = "TRUONG<<QUANG<HACH") -> list[str]:
    """The three lines as a card prints them."""
    tail = number[3:]
    first = f"IDVNM{tail}{check_digit(tail)}{number}<<"
    first += str(check_digit(first[5:]))
    second = f"{born}{check_digit(born)}{sex}410614{check_digit('410614')}VNM<<<<<<<<<<<"
    second += str(check_digit(first[5:] + second[:7] + second[8:15] + second[18:29]))
    return [first, second, name.ljust(30, "<")]


WHOLE = Mrz(
    number=NUMBER, sex="male", born="1981-06-14", expires_on="2041-06-14", name="TRUONG QUANG HACH", is_whole=True
)


def test_the_check_digit_is_that_of_icao_doc_9303():
    assert check_digit("520727") == 3
    assert check_digit("D23145890734") == 9


def test_a_zone_has_three_lines_of_thirty_signs():
    assert [len(line) for line in zone()] == [30, 30, 30]
    assert find_zones(zone()) == [WHOLE]


@pytest.mark.parametrize(
    "lines",
    [
        [line.replace("<<", "«") for line in zone()],
        [line.replace("0", "O").replace("1", "I") for line in zone()[:2]] + zone()[2:],
        [" ".join(line[at : at + 5] for at in range(0, 30, 5)) for line in zone()],
        [line.lower() for line in zone()],
        [zone()[0][:27], zone()[1][:18], "TRUONG<<QUANG<HACH<K<<KK<"],
        [zone()[0].replace("IDVNM", "1DVNM"), *zone()[1:]],
        [zone()[0].replace("IDVNM", "TDVNM0O"[:6]), *zone()[1:]],
        [zone()[0].replace("IDVNM", "T1DVNM0"), zone()[1].replace("VNM", "đVNM"), zone()[2]],
        [zone()[0], zone()[1], "TRUONG<<QUANG<HACH"],
    ],
)
def test_the_usual_slips_are_forgiven(lines):
    (found,) = find_zones(["CỤC TRƯỞNG CỤC CẢNH SÁT", *lines])
    assert dataclasses.replace(found, is_whole=True, first_line=0) == WHOLE
    assert (found.first_line, found.is_whole) == (1, not lines[0].endswith("21"))


def test_one_wrong_digit_of_the_number_is_settled_by_the_check_digit():
    first, *rest = zone()
    tail_wrong = first[:10] + "7" + first[11:]
    assert find_zones([tail_wrong, *rest])[0].number == NUMBER
    whole_wrong = first[:20] + "8" + first[21:]
    assert find_zones([whole_wrong, *rest])[0].number == NUMBER
    both_wrong = first[:10] + "7" + first[11:23] + "8" + first[24:]
    assert find_zones([both_wrong, *rest])[0].number is None


def test_a_wrong_check_digit_is_not_believed():
    first, second, third = zone()
    assert find_zones([first[:14] + str((int(first[14]) + 1) % 10) + first[15:], "x", third]) == []
    broken = second[:6] + str((int(second[6]) + 1) % 10) + second[7:]
    (found,) = find_zones([first, broken, third])
    assert (found.number, found.born, found.sex, found.name) == (NUMBER, None, None, "TRUONG QUANG HACH")


def test_the_number_tells_the_century():
    assert find_zones(zone("027304999921", "040105", "F"))[0].born == "2004-01-05"
    assert find_zones(zone(born="300105"))[0].born == "2030-01-05"
    assert find_zones(["x", *zone(born="310105")[1:]])[0].born == "1931-01-05"
    assert find_zones(zone("027030999921", "300105"))[0].born == "1930-01-05"


def test_dates_that_do_not_exist_are_no_dates():
    assert find_zones(zone(born="811314"))[0].born is None
    no_end = zone()[1].replace(f"410614{check_digit('410614')}", f"991231{check_digit('991231')}")
    assert find_zones([zone()[0], no_end])[0].expires_on == "2099-12-31"


def test_two_cards_on_one_page_are_two_zones():
    other = zone("027184999922", "840302", "F", "DAM<<THI<VINH")
    found = find_zones([*zone(), "chữ khác", *other])
    assert [(one.number, one.name, one.first_line) for one in found] == [
        (NUMBER, "TRUONG QUANG HACH", 0),
        ("027184999922", "DAM THI VINH", 4),
    ]


def test_a_long_running_text_is_no_zone():
    assert find_zones(["".join(zone()) * 3]) == []


@given(st.lists(st.text(max_size=80), max_size=8))
def test_any_lines_are_survived(lines):
    assert all(zone.number or zone.born for zone in find_zones(lines))


@pytest.mark.parametrize(("read", "number"), [("627", "027081999921"), ("927", "027081999921"), ("061", None)])
def test_the_province_of_a_number_exists_or_there_is_no_number(read, number):
    first, *rest = zone()
    (found,) = find_zones([first.replace("027081", f"{read}081"), *rest])
    assert (found.number, found.born) == (number, "1981-06-14")


def test_a_name_with_figures_for_letters_is_read():
    (found,) = find_zones([*zone()[:2], "NG0<<TH1<HAT".ljust(30, "<")])
    assert found.name == "NGO THI HAT"


@given(
    st.builds(str.__add__, st.sampled_from(sorted(PROVINCES)), st.from_regex(r"[01][0-9]{8}", fullmatch=True)),
    st.text("IDVNM0123456789O<K ", max_size=40),
    st.integers(0, 29),
)
def test_a_changed_line_never_gives_another_number(number, noise, place):
    first, *rest = zone(number)
    changed = first[:place] + noise[:1] + first[place + 1 :]
    for found in find_zones([changed, *rest, noise]):
        assert found.number is None or found.number[3:] == number[3:]
        assert found.number in (None, number) or not found.is_whole
