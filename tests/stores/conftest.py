"""Real stores on loopback: an `oxigraph` server and a Virtuoso 7, each with Sakata's release."""

import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from sakata_lod.iris import IriSpace
from sakata_lod.publish.build import build
from sakata_lod.release import Release
from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.settings import Settings
from sakata_lod.stores.endpoint import Endpoint
from sakata_lod.stores.graph_store import Account, GraphStore
from sakata_lod.stores.loading import StoreAddress, load
from sakata_lod.stores.remote import RemoteStore
from tests.conftest import SAKATA
from tests.publish.conftest import unwatched
from tests.serve.conftest import free_port, wait_until

BASE = "http://localhost:8000/"
DEFAULT_GRAPH = f"{BASE}id/graph/default"
VIRTUOSO_INI = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
NumberOfBuffers = 4000
MaxDirtyBuffers = 3000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
ServerThreads = 8
[SPARQL]
ResultSetMaxRows = 10000
"""


@dataclass(frozen=True)
class RunningStore:
    """A store on loopback: where it is asked, where it is written."""

    query_url: str
    graph_url: str
    default_graph: str | None = None
    account: Account | None = None

    @property
    def address(self) -> StoreAddress:
        return StoreAddress(
            self.graph_url,
            GraphStore(self.graph_url, 30, self.account),
            RemoteStore(Endpoint(self.query_url, 30), IriSpace(BASE), self.default_graph),
            self.default_graph,
        )


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    built = build(SAKATA, tmp_path_factory.mktemp("releases"), BASE, unwatched)
    assert built.release is not None
    return built.release


@contextmanager
def running_oxigraph() -> Iterator[RunningStore]:
    """Run an `oxigraph` server that holds nothing."""
    port = free_port()
    program = Path(sys.executable).with_name("oxigraph")
    with subprocess.Popen([program, "serve", "--bind", f"127.0.0.1:{port}"]) as process:
        try:
            store = RunningStore(f"http://127.0.0.1:{port}/query", f"http://127.0.0.1:{port}/store")
            wait_until(lambda: _answers(process, store.query_url), "oxigraph answers")
            yield store
        finally:
            process.terminate()


@contextmanager
def running_virtuoso(folder: Path) -> Iterator[RunningStore]:
    """Run a Virtuoso whose database is new. It has no default graph of its own, and asks who writes."""
    program = shutil.which("virtuoso-t")
    if program is None:
        missing = "virtuoso-t is not installed (Debian: apt-get install virtuoso-opensource-7)"
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    port = free_port()
    ini = folder / "virtuoso.ini"
    ini.write_text(VIRTUOSO_INI.format(folder=folder, port=port, sql_port=free_port()), encoding="utf-8")
    command = [program, "+foreground", "+configfile", str(ini)]
    silence = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=silence, stderr=silence) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            account = Account("dba", "dba")
            store = RunningStore(f"{url}/sparql", f"{url}/sparql-graph-crud-auth", DEFAULT_GRAPH, account)
            wait_until(lambda: _answers(process, store.query_url), "Virtuoso answers")
            yield store
        finally:
            process.kill()  # its database is thrown away: nothing needs to be written


@pytest.fixture
def empty_store() -> Iterator[RunningStore]:
    with running_oxigraph() as store:
        yield store


@pytest.fixture(scope="session")
def oxigraph(release: Release) -> Iterator[RunningStore]:
    with running_oxigraph() as store:
        load(release, store.address, lambda _: None)
        yield store


@pytest.fixture(scope="session")
def virtuoso(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStore]:
    with running_virtuoso(tmp_path_factory.mktemp("virtuoso")) as store:
        load(release, store.address, lambda _: None)
        yield store


@pytest.fixture(scope="session")
def embedded_app(release: Release) -> Iterator[Flask]:
    with ExitStack() as stack:
        yield made_app(stack, Settings(release=release.folder))


@pytest.fixture(scope="session", params=["oxigraph", "oxigraph, default graph by name", "virtuoso"])
def store_app(request: pytest.FixtureRequest, release: Release) -> Iterator[Flask]:
    """The server over each store."""
    with ExitStack() as stack:
        if request.param == "oxigraph, default graph by name":
            bare = stack.enter_context(running_oxigraph())
            store = RunningStore(bare.query_url, bare.graph_url, DEFAULT_GRAPH)
            load(release, store.address, lambda _: None)
        else:
            store = request.getfixturevalue(request.param)
        yield made_app(stack, settings_for(store, release))


def settings_for(store: RunningStore, release: Release) -> Settings:
    return Settings(
        release=release.folder, store_url=store.query_url, store_default_graph=store.default_graph
    )


def made_app(stack: ExitStack, settings: Settings) -> Flask:
    """Make an application that is closed with the stack."""
    app = create_app(settings)
    stack.callback(service_of(app).close)
    return app


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    assert process.poll() is None, "the store ended before it answered"
    try:
        with urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False
