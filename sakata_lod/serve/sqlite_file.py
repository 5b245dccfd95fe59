"""An SQLite file of a release, never written: each thread has a connection of its own."""

import sqlite3
import threading
from pathlib import Path
from typing import Any
from urllib.parse import quote

_MAPPED_BYTES = 1 << 30


class SqliteFile:
    """A file, opened for reading by each thread when it first asks. Safe to share between threads."""

    def __init__(self, path: Path) -> None:
        self._address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        self._own = threading.local()
        self._lock = threading.Lock()
        self._connections: list[sqlite3.Connection] = []

    def close(self) -> None:
        """Close all connections."""
        with self._lock:
            for each in self._connections:
                each.close()
            self._connections.clear()

    def all(self, query: str, *values: str | int) -> list[tuple[Any, ...]]:
        """All rows of a query's answer."""
        return self.rows(query, *values).fetchall()

    def rows(self, query: str, *values: str | int) -> sqlite3.Cursor:
        """The rows of a query's answer, one by one."""
        connection: sqlite3.Connection = getattr(self._own, "connection", None) or self._connect()
        return connection.execute(query, values)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._address, uri=True, check_same_thread=False)
        connection.execute(f"PRAGMA mmap_size = {_MAPPED_BYTES}")
        self._own.connection = connection
        with self._lock:
            self._connections.append(connection)
        return connection
