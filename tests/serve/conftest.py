"""What the tests of the server start from: a small release, and applications and servers over it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod.serve.app import create_app, service_of
from sakata_lod.serve.context import Service
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.translation import TRANSLATIONS

from .small_release import write_small_release

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0


@dataclass(frozen=True)
class RunningServer:
    """A real server on loopback."""

    process: subprocess.Popen[bytes]
    base: str

    def url(self, path: str) -> str:
        return f"{self.base}{path}"


@pytest.fixture(scope="session", autouse=True)
def _catalogues() -> None:
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))


@pytest.fixture(scope="session")
def release_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small_release(tmp_path_factory.mktemp("release") / "small")


@pytest.fixture(scope="session")
def app(release_folder: Path) -> Iterator[Flask]:
    application = create_app(Settings(release=release_folder))
    yield application
    service_of(application).close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def service(app: Flask) -> Service:
    return service_of(app)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A server whose release is made for the very address that it listens at."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    folder = write_small_release(tmp_path_factory.mktemp("served") / "small", base)
    running = start_server(port, folder, base)
    yield running
    stop_server(running)


def start_server(
    port: int, folder: Path, base: str, log: IO[bytes] | None = None, **settings: str
) -> RunningServer:
    """Run server.py and wait until it is ready. log: where it writes its errors."""
    told = {"PORT": str(port), "RELEASE": str(folder), "PYTHONPATH": str(ROOT)} | settings
    command = [sys.executable, str(ROOT / "server.py")]
    process = subprocess.Popen(command, cwd=ROOT, env=os.environ | told, stderr=log)
    running = RunningServer(process, base)
    wait_until(lambda: _is_ready(running), "the server is ready")
    return running


def stop_server(running: RunningServer, by: signal.Signals = signal.SIGTERM) -> int:
    """End a server, and wait for it."""
    running.process.send_signal(by)
    return running.process.wait(PATIENCE_S)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(is_so: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not is_so():
        assert time.monotonic() < deadline, f"waited {PATIENCE_S} s in vain until {what}"
        time.sleep(0.05)


def parents() -> dict[int, int]:
    """The id of the parent of each process that is alive, by its id."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue
        if fields[0] != "Z":
            found[int(stat.parent.name)] = int(fields[1])
    return found


def descendants(pid: int) -> set[int]:
    """The ids of all processes that a process began, and that they began."""
    parent_of = parents()
    found: set[int] = set()
    while more := {each for each, parent in parent_of.items() if parent in {pid, *found}} - found:
        found |= more
    return found


def words_of(pid: int) -> list[str]:
    """The command line of a process; none where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace").split("\0")
    except OSError:
        return []


def is_alive(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"


def _is_ready(running: RunningServer) -> bool:
    assert running.process.poll() is None, "the server ended before it was ready"
    try:
        with urllib.request.urlopen(running.url("readyz"), timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except OSError:
        return False
