"""On a full disk a command says so, with the file and what to do, and leaves everything as it was."""

import errno
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sakata_lod.cli import main
from sakata_lod.cli.main import FILE_SYSTEM_REFUSED
from sakata_lod.release import CURRENT, open_release
from tests.conftest import SAKATA, SiteCopy
from tests.full_disk import files_are_at_most


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", *map(str, arguments)])


def told(stopped: Result, path: Path) -> None:
    assert stopped.exit_code == FILE_SYSTEM_REFUSED, stopped.output
    assert f"Error: {path}" in stopped.stderr
    assert f": {os.strerror(errno.EFBIG)}. What was there before is as it was. Make room" in stopped.stderr


@pytest.mark.parametrize(
    ("arguments", "written", "room"),
    [
        (("template", "{}/new", "--years", "2024", "2028"), "new/template.xlsx", 50_000),
        (("new-site", "062049", "{}/new"), "new", 1_000),
        (("validate", SAKATA, "--report", "{}/new.ttl"), "new.ttl", 1_000),
        (("build", SAKATA, "--releases", "{}"), "sakata/validated", 1_000),
    ],
)
def test_nothing_is_half_written(
    arguments: tuple[object, ...], written: str, room: int, tmp_path: Path
) -> None:
    asked = [str(each).format(tmp_path) for each in arguments]
    with files_are_at_most(room):
        stopped = run(*asked)
    told(stopped, tmp_path / written)
    assert [each for each in tmp_path.rglob("*") if each.is_file()] == []
    assert run(*asked).exit_code in {0, 1}


def test_the_release_before_stays_the_current_one(site: SiteCopy, tmp_path: Path) -> None:
    build = ("build", site.folder, "--releases", tmp_path / "releases")
    assert run(*build).exit_code == 0
    releases = tmp_path / "releases" / site.folder.name
    before = open_release(releases)
    site.replace(site.folder / "site.toml", 'name.ja = "酒田市"', 'name.ja = "酒田市役所"')
    with files_are_at_most(100_000):
        told(run(*build), releases)
    assert open_release(releases) == before
    assert {each.name for each in releases.iterdir()} == {before.id, CURRENT, "validated"}
    assert run(*build).exit_code == 0
    assert open_release(releases).id != before.id
