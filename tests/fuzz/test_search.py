"""Searching with anything a person may type: never an error, never the query language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.adapters.store.search import match_query
from app.domain.text import fold
from app.ports import ListQuery
from tests.office import Office, a_complete_dossier


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    made = Office(tmp_path_factory.mktemp("store"))
    made.draft(a_complete_dossier(""))
    yield made
    made.close()


TRICKS = st.lists(
    st.sampled_from(
        [
            '"',
            "search:",
            "search : ",
            " AND ",
            " OR ",
            " NOT ",
            "NEAR(",
            ")",
            "-",
            "*",
            "^",
            "\0",
            "+",
            "{",
            "}",
            "cq",
            "đ",
        ]
    ),
    max_size=8,
).map("".join)


@given(text=st.one_of(st.text(max_size=60), TRICKS))
@example(text='"')
@example(text="search: 012*")
@example(text="a AND")
@example(text="NEAR(")
@example(text="\0")
def test_no_text_raises_or_becomes_a_query(office: Office, text: str):
    found = office.entry.heads(ListQuery(text=text))
    if found and text.strip():
        content = fold(str(office.opened(found[0].dossier_id).dossier))
        query = match_query(text)
        assert query is not None
        assert all(word.strip('"*') in content.replace(" ", "") for word in query.split())


def test_column_names_are_words_like_others(office: Office):
    assert office.entry.heads(ListQuery(text="search: hach")) == []
    assert office.entry.heads(ListQuery(text="search")) == []
    assert len(office.entry.heads(ListQuery(text="hach"))) == 1
