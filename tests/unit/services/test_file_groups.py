"""Which files become one dossier, also where the file system says no."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.services.file_groups import FileGroup, group_files


def test_a_folder_is_a_dossier_in_page_order_and_a_file_is_one_too(tmp_path):
    for name in ("10.jpg", "2.jpg", ".hidden", "Thumbs.db"):
        (tmp_path / name).touch()
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "a.jpg").touch()
    alone = tmp_path / "alone.jpg"
    assert group_files([tmp_path, alone]) == [
        FileGroup(files=(tmp_path / "2.jpg", tmp_path / "10.jpg")),
        FileGroup(files=(tmp_path / "inner" / "a.jpg",)),
        FileGroup(files=(alone,)),
    ]


def test_a_name_no_file_system_takes_is_a_file_that_will_not_open(tmp_path):
    endless = tmp_path / ("a" * 300)
    assert group_files([endless]) == [FileGroup(files=(endless,))]


def test_a_folder_whose_files_may_not_be_asked_lists_them_all_the_same(tmp_path, monkeypatch):
    (tmp_path / "a.jpg").touch()

    def refused(path: Path) -> bool:
        raise PermissionError(path)

    monkeypatch.setattr(Path, "is_file", refused)
    assert group_files([tmp_path]) == [FileGroup(files=(tmp_path / "a.jpg",))]


@pytest.mark.parametrize("link", ["gone", "loop"])
def test_links_that_lead_nowhere_are_files_that_will_not_open(tmp_path, link):
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert group_files([tmp_path / link]) == [FileGroup(files=(tmp_path / link,))]
