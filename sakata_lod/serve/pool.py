"""Workers, kept at hand: the server's side of the zygote."""

import json
import queue
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from sakata_lod.serve.wire import await_ready, order_end, order_slowness, order_worker
from sakata_lod.serve.worker import Limits

_START_TIMEOUT_S = 120.0
_END_TIMEOUT_S = 5.0


@dataclass(frozen=True, slots=True)
class Worker:
    """A worker process and the socket to it."""

    pid: int
    socket: socket.socket


class Zygote:
    """The zygote process: started at once, and anew when it has died. Safe to share between threads."""

    def __init__(self, dataset: Path, limits: Limits) -> None:
        self._dataset = dataset
        self._limits = limits
        self._lock = threading.Lock()
        self._closed = False
        self._process, self._socket = self._start()

    @property
    def pid(self) -> int:
        """The process id at present."""
        return self._process.pid

    def worker(self) -> Worker:
        """Get a new worker, ready for questions. Raises: ConnectionError: none can be had."""
        worker = self._forked()
        try:
            await_ready(worker.socket)
        except ConnectionError:
            self.end(worker)
            raise
        return worker

    def _forked(self) -> Worker:
        with self._lock:
            if self._closed:
                raise ConnectionAbortedError("the server is closing")
            try:
                return Worker(*order_worker(self._socket))
            except OSError:
                return self._worker_of_another()

    def end(self, worker: Worker) -> None:
        """Kill a worker at once, whatever it is doing."""
        with self._lock, suppress(OSError):
            order_end(self._socket, worker.pid)
        worker.socket.close()

    def slow_down(self, worker: Worker) -> None:
        """Let a worker stand back behind all other processes."""
        with self._lock, suppress(OSError):
            order_slowness(self._socket, worker.pid)

    def close(self) -> None:
        """End the zygote and, with it, all its workers."""
        with self._lock:
            self._closed = True
            self._stop()

    def _worker_of_another(self) -> Worker:
        try:
            self._stop()
            self._process, self._socket = self._start()
            return Worker(*order_worker(self._socket))
        except OSError as error:
            raise ConnectionAbortedError("no zygote can be had") from error

    def _start(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        ours, theirs = socket.socketpair()
        ours.settimeout(_START_TIMEOUT_S)
        module = "sakata_lod.serve.zygote"
        limits = json.dumps(asdict(self._limits))
        process = subprocess.Popen(  # noqa: S603 - our own module, our own arguments
            [sys.executable, "-m", module, str(theirs.fileno()), str(self._dataset), limits],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=(theirs.fileno(),),
            start_new_session=True,  # Ctrl-C is for the server, which then ends the zygote in order
        )
        theirs.close()
        return process, ours

    def _stop(self) -> None:
        self._socket.close()
        try:
            self._process.wait(_END_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Pool:
    """As many workers as may run at a time. A worker that was ended leaves its place vacant for a new one."""

    def __init__(self, zygote: Zygote, workers: int) -> None:
        self._zygote = zygote
        self._workers = workers
        self._places: queue.SimpleQueue[Worker | None] = queue.SimpleQueue()
        for _ in range(workers):
            self._places.put(None)

    @property
    def running(self) -> int:
        """How many workers are at work."""
        return self._workers - self._places.qsize()

    def take(self, timeout_s: float) -> Worker:
        """Wait for a free place, and get its worker, a new one if need be.

        Raises: queue.Empty: no place came free. ConnectionError: no worker can be had.
        """
        worker = self._places.get(timeout=timeout_s)
        if worker is not None:
            return worker
        try:
            return self._zygote.worker()
        except BaseException:
            self._places.put(None)
            raise

    def replace(self, worker: Worker) -> Worker:
        """Get a new worker in the place of one that died while nobody used it.

        Raises: ConnectionError: no worker can be had.
        """
        self._zygote.end(worker)
        return self._zygote.worker()

    def give_back(self, worker: Worker) -> None:
        """Keep the worker for the next query."""
        self._places.put(worker)

    def end(self, worker: Worker) -> None:
        """Kill the worker; the next query gets another."""
        self._zygote.end(worker)
        self.leave()

    def leave(self) -> None:
        """Make a worker's place vacant, for it goes on elsewhere."""
        self._places.put(None)

    def close(self) -> None:
        """Close the sockets to idle workers; their places stay, vacant."""
        idle: list[Worker | None] = []
        with suppress(queue.Empty):
            while True:
                idle.append(self._places.get_nowait())
        for worker in idle:
            if worker is not None:
                worker.socket.close()
            self._places.put(None)
