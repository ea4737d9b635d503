from __future__ import annotations

import pytest

from app import bootstrap


@pytest.mark.parametrize(
    ("code", "status"),
    [("server_unreachable", 6), ("reply_broken", 6), ("not_enrolled", 7), ("page_missing", 5), ("batch_conflict", 8)],
)
def test_what_stopped_an_upload_gives_its_exit_status(code, status):
    assert bootstrap.exit_status_of(code) == status
