"""What takes a place takes it whole or not at all."""

import os
import stat
import threading
from pathlib import Path

import pytest

from sakata_lod.placing import appended, new_folder, replaced
from tests.full_disk import files_are_at_most

LONG = b"x" * 10_000


def test_a_file_takes_its_place_when_all_is_written(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    with replaced(file) as draft:
        draft.write_text("new", encoding="utf-8")
        assert file.read_text("utf-8") == "old"
    assert file.read_text("utf-8") == "new"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [file]


def test_on_a_full_disk_a_file_stays_as_it_was_and_is_named(tmp_path: Path) -> None:
    file = tmp_path / "table.csv"
    file.write_text("old", encoding="utf-8")
    with (
        files_are_at_most(5_000),
        pytest.raises(OSError, match="too large") as refused,
        replaced(file) as draft,
    ):
        draft.write_bytes(LONG)
    assert refused.value.filename == str(file)
    assert file.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_whatever_goes_wrong_what_was_there_stays(tmp_path: Path) -> None:
    file = tmp_path / "plan.toml"
    file.write_text("old", encoding="utf-8")
    with pytest.raises(KeyError), appended(file, "new"):
        raise KeyError
    with pytest.raises(KeyError), new_folder(tmp_path / "folder") as begun:
        raise KeyError((begun / "file").write_text("new", encoding="utf-8"))
    assert file.read_text("utf-8") == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_what_a_link_leads_to_is_replaced_and_the_link_stays(tmp_path: Path) -> None:
    file, link = tmp_path / "file", tmp_path / "link"
    file.write_text("old", encoding="utf-8")
    link.symlink_to(file)
    with replaced(link) as draft:
        draft.write_text("new", encoding="utf-8")
    assert link.is_symlink()
    assert file.read_text("utf-8") == "new"


def test_a_pipe_is_written_to_as_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text("utf-8")))
    reader.start()
    with replaced(pipe) as draft:
        draft.write_text("written", encoding="utf-8")
    reader.join()
    assert read == ["written"]
    assert pipe.is_fifo()


def test_a_folder_is_there_at_once_or_not_at_all(tmp_path: Path) -> None:
    folder = tmp_path / "sites" / "sakata"
    with new_folder(folder) as begun:
        (begun / "site.toml").write_text("new", encoding="utf-8")
        assert not folder.exists()
    assert (folder / "site.toml").read_text("utf-8") == "new"
    with pytest.raises(FileExistsError), new_folder(folder):
        pass
    assert [each.name for each in folder.parent.iterdir()] == ["sakata"]
