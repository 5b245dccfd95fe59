"""Strangers' files, checked: each in a process of its own, which can do nothing else, and with a deadline.

The process runs `sakata_lod.publish.checker`, which the server knows by name alone. A file goes to it
through a pipe and the report comes back through one: nothing is written to a disk, and nothing is kept.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sakata_lod.errors import CheckTooCostly, FileRefused, NoCheckFree, Words
from sakata_lod.serve.settings import Settings

_log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-m", "sakata_lod.publish.checker")
_PATIENCE_S = 5.0
"""How long a file waits for another's check to end."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file to be checked, what it is read by (`sakata_lod.publish.check`), and the report's language."""

    name: str
    content: bytes
    language: str
    plan: bytes | None = None
    departments: bytes | None = None
    years: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """A report in all its forms. record: as JSON."""

    record: dict[str, Any]
    csv: bytes
    turtle: bytes


class Checker:
    """Has files checked, so many at once. Safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self._timeout_s = settings.check_timeout_s
        self._memory_mib = settings.check_memory_mib
        self._places = threading.BoundedSemaphore(settings.checks_at_once)

    def check(self, file: SentFile) -> Checked:
        """Check a file. Raises: NoCheckFree, CheckTooCostly, FileRefused."""
        with self._place():
            answer = self._run(self._order(file))
        if refused := answer.get("refused"):
            raise FileRefused(Words(refused["ja"], refused["en"]))
        if "report" not in answer:
            raise self._too_costly()
        return Checked(answer["report"], answer["csv"].encode(), answer["turtle"].encode())

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(timeout=_PATIENCE_S):
            raise NoCheckFree(int(self._timeout_s))
        try:
            yield
        finally:
            self._places.release()

    def _run(self, order: bytes) -> dict[str, Any]:
        process = subprocess.Popen(  # noqa: S603 - a command of our own, without any word of a stranger's
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        with process:
            try:
                told, errors = process.communicate(order, self._timeout_s)
            except subprocess.TimeoutExpired:
                raise self._too_costly() from None
            finally:
                process.kill()
        if process.returncode > 0:
            _log.error("a check failed: %s", errors.decode("utf-8", "replace")[-4000:])
            raise RuntimeError("a check failed")
        answer: dict[str, Any] = json.loads(told) if process.returncode == 0 else {}
        return answer

    def _order(self, file: SentFile) -> bytes:
        told = {
            "name": file.name,
            "language": file.language,
            "years": file.years,
            "memory_mib": self._memory_mib,
            "cpu_s": int(self._timeout_s) + 1,
            "size": len(file.content),
            "plan_size": None if file.plan is None else len(file.plan),
            "departments_size": None if file.departments is None else len(file.departments),
        }
        parts = (json.dumps(told).encode(), b"\n", file.content, file.plan or b"", file.departments or b"")
        return b"".join(parts)

    def _too_costly(self) -> CheckTooCostly:
        return CheckTooCostly(self._timeout_s, self._memory_mib)
