"""The three invented cities as a federation, whose measures are linked; built once, and served."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.cli import main
from sakata_lod.publish.federation import build_federation
from sakata_lod.release import Release
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from sakata_lod.site import LINKS, read_federation
from tests.publish.conftest import unwatched
from tests.serve.conftest import _catalogues  # noqa: F401 - pages need compiled translations
from tests.sites import make_federation

BASE = "http://localhost:8000/"
KAKUU, UTSUTSU, MABOROSHI = "990001", "990002", "990003"
OWN = f"{BASE}{KAKUU}/id/measure/sogo/1-1"
OTHER = f"{BASE}{UTSUTSU}/id/measure/jisshi/1-1-1"

_WITHDRAWN = """
[[withdrawn]]
path = "measure/jisshi/9-9-9"
since = 2024-04-01
reason.ja = "統合しました。"
reason.en = "It was merged."
successor = "measure/jisshi/1-1-1"

[[withdrawn]]
path = "department/mistake"
since = 2024-04-01
reason.ja = "誤って公開しました。"
"""
_DECIDED = 'by.ja = "企画課"\nby.en = "Planning Division"\non = 2026-04-01\nmethod'


@pytest.fixture(scope="session")
def federation(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the federation, as its cities left it."""
    folder = make_federation(tmp_path_factory.mktemp("federation") / "kakuu-ken", BASE)
    (folder / "cities" / "utsutsu" / "withdrawn.toml").write_text(_WITHDRAWN, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("releases")


@pytest.fixture(scope="session")
def unlinked(federation: Path, releases: Path) -> Release:
    """The release before any link is accepted."""
    return built(federation, releases)


@pytest.fixture(scope="session")
def proposed(unlinked: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the command proposes for one city and another."""
    target = tmp_path_factory.mktemp("proposed") / LINKS
    arguments = [str(unlinked.folder), str(unlinked.folder), "--city", KAKUU, "--other-city", UTSUTSU]
    result = CliRunner().invoke(main, ["link", *arguments, "--to", str(target)])
    assert result.exit_code == 0, result.output
    return target


@pytest.fixture(scope="session")
def release(federation: Path, releases: Path, proposed: Path) -> Release:
    """The release after staff of one city accepted what was proposed."""
    decided = proposed.read_text("utf-8").replace('accept = ""', 'accept = "yes"')
    decided = decided.replace("\nmethod", f"\n{_DECIDED}", 1)
    (federation / "cities" / "kakuu" / LINKS).write_text(decided, encoding="utf-8")
    return built(federation, releases)


@pytest.fixture(scope="session")
def store(release: Release) -> ox.Store:
    store = ox.Store()
    store.bulk_load(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return store


@pytest.fixture(scope="session")
def app(release: Release) -> Iterator[Flask]:
    application = create_app(Settings(release=release.folder))
    yield application
    service_of(application).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def built(folder: Path, releases: Path) -> Release:
    found = build_federation(read_federation(folder), releases, 2, unwatched)
    assert found.left_out == ()
    assert found.release is not None
    return found.release
