"""The commands that the guide to the interface shows: each is run as it stands."""

import re
import shutil
import subprocess
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.serve.conftest import RunningServer

DOORS = {"things", "sparql", "queries", "dumps", "catalogue", "vocabulary", "openapi"}


def commands(site: RunningServer) -> list[str]:
    """All commands of the page."""
    asked = ["curl", "--silent", "--header", "Accept: text/html", site.url("api")]
    page = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r'<h2 id="([a-z]+)">', page)) >= DOORS
    return [unescape(each) for each in re.findall(r"<code>(curl .*?)</code>", page)]


def test_every_command_works(site: RunningServer, tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        missing("curl is not installed")
    shown = commands(site)
    assert len(shown) > 18
    for each in shown:
        told = f"{each} --silent --show-error --fail --write-out '\\n%{{http_code}} %{{content_type}}'"
        done = subprocess.run(["bash", "-c", told], capture_output=True, cwd=tmp_path, check=False)
        status, _, kind = done.stdout.rpartition(b"\n")[2].decode().partition(" ")
        assert (done.returncode, status[:1]) == (0, "2"), (each, done.stderr)
        wanted = re.search(r"Accept: ([a-z/+-]+)", each)
        assert wanted is None or kind.startswith(wanted[1]), each
    assert (tmp_path / "dataset.nq").stat().st_size > 100_000


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_guide_tells_the_limits(site: RunningServer, language: str) -> None:
    asked = ["curl", "--silent", "--header", "Accept: text/html", site.url(f"api?lang={language}")]
    page = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    assert "64 MiB" in page
    assert "100000" in page or "100,000" in page
