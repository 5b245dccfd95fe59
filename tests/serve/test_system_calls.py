"""What the kernel refuses a worker."""

import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from sakata_lod import system_calls
from sakata_lod.serve.context import Service

from .conftest import descendants

needs_seccomp = pytest.mark.skipif(system_calls.library() is None, reason="no libseccomp here")

TRYING = """
import os, resource, socket, sys
from sakata_lod.system_calls import refuse_calls
assert refuse_calls()
try:
    {attempt}
except (PermissionError, ValueError):  # resource says ValueError
    os._exit(7)
except OSError as error:
    os._exit(8)
"""


@needs_seccomp
@pytest.mark.parametrize(
    "attempt",
    [
        "socket.socket()",
        "socket.socket(socket.AF_UNIX)",
        "socket.socketpair()",
        "open('/etc/passwd')",
        "open('/tmp/x', 'w')",
        "os.unlink('/tmp/x')",
        "os.rename('/tmp/x', '/tmp/y')",
        "os.mkdir('/tmp/x')",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "resource.setrlimit(7, (9, 9))",
    ],
)
def test_what_a_worker_has_no_use_for_is_refused(attempt: str) -> None:
    ended = subprocess.run([sys.executable, "-c", TRYING.format(attempt=attempt)], timeout=60, check=False)
    assert ended.returncode == 7


@needs_seccomp
def test_limits_may_still_be_read() -> None:
    program = TRYING.format(attempt="resource.getrlimit(7)")
    assert subprocess.run([sys.executable, "-c", program], timeout=60, check=False).returncode == 0


@needs_seccomp
@pytest.mark.skipif(
    "Seccomp_filters" not in Path("/proc/self/status").read_text(encoding="ascii"), reason="an older kernel"
)
def test_every_worker_is_filtered_and_no_other_process(client: FlaskClient, service: Service) -> None:
    assert client.get("/sparql?query=ASK%7B%7D").status_code == 200
    zygote = service.evaluator.zygote_pid
    workers = descendants(zygote)
    assert workers
    assert {filters(each) for each in workers} == {filters(zygote) + 1}


def filters(pid: int) -> int:
    """How many filters a process is under: those of the machine, and a worker's own."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Seccomp_filters:"))


def test_without_the_library_limits_stand_alone(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_calls, "library", lambda: None)
    assert system_calls.refuse_calls() is False
