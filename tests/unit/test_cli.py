"""The words of the command line, before anything is opened."""

from __future__ import annotations

import pytest

from app import cli


@pytest.mark.parametrize("given", ["lamp", "=on", ""])
def test_an_option_of_the_scanner_without_name_or_value_is_a_matter_of_usage(given, capsys):
    with pytest.raises(SystemExit) as caught:
        cli.main(["scan", "--option", given])
    assert caught.value.code == 2
    assert "TÊN=GIÁ_TRỊ" in capsys.readouterr().err
