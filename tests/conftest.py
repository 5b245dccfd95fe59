"""What many tests start from: Sakata's site, copies of it to spoil, and a browser."""

import os
import shutil
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

from sakata_lod.publish.build import build
from sakata_lod.release import Release
from tests.next_edition import add_next_edition

# A busy machine is slow: tests hold no times, nor do those that Hypothesis makes.
settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

ROOT = Path(__file__).parent.parent
SAKATA = ROOT / "data" / "sakata"
EDITION = Path("plans/joho-keikaku/2023-03-31")


class SiteCopy:
    """A copy of Sakata's site, whose files a test may change."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def source(self) -> Path:
        return self.folder / EDITION / "source.tsv"

    @property
    def corrections(self) -> Path:
        return self.folder / EDITION / "corrections.toml"

    @property
    def plan(self) -> Path:
        return self.folder / "plans/joho-keikaku/plan.toml"

    def replace(self, path: Path, old: str, new: str) -> None:
        """Replace a text in a file, which must hold it."""
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def replace_cell(self, row: int, column: int, text: str) -> None:
        """Replace a cell of the table; row and column are counted from 1."""
        lines = self.source.read_text(encoding="utf-8").split("\n")
        cells = lines[row - 1].split("\t")
        cells[column - 1] = text
        lines[row - 1] = "\t".join(cells)
        self.source.write_text("\n".join(lines), encoding="utf-8")


@pytest.fixture
def site(tmp_path: Path) -> SiteCopy:
    """A copy of Sakata's site in a folder of its own."""
    folder = tmp_path / "sakata"
    shutil.copytree(SAKATA, folder)
    return SiteCopy(folder)


@pytest.fixture(scope="session")
def next_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sakata's site with next year's edition beside the first: tests leave it as it is."""
    folder = tmp_path_factory.mktemp("next") / "sakata"
    shutil.copytree(SAKATA, folder)
    add_next_edition(folder)
    return folder


@pytest.fixture(scope="session")
def next_release(next_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The release of that site, built once."""
    built = build(next_site, tmp_path_factory.mktemp("next-releases"), None, lambda _: nullcontext())
    assert built.release is not None
    return built.release


def missing(what: str) -> None:
    """Skip a test for want of something; in CI fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        missing("chromium is not installed (Debian: apt-get install chromium fonts-noto-cjk)")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield started
        started.close()
