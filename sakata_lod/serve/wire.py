"""What server, zygote and workers say to each other, over socket pairs.

To a worker: a Question. From it: a Reply, with its payload behind it. To the zygote: single orders. Questions
and replies alternate, so that one read takes in all of a frame unless it is long: each system call lets go of
the interpreter's lock, and getting it back is what takes time among many threads.
"""

import json
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

_LENGTHS = struct.Struct("!II")
_TIME = struct.Struct("@ll")  # struct timeval
_LEAST_S = 0.001  # no time at all would mean for ever
_FIRST = 1 << 16
_ORDER = struct.Struct("!cI")
_PID = struct.Struct("!I")
_CHUNK = 1 << 20

FORK = b"F"
END = b"E"
SLOW = b"S"
_READY = b"R"
_READY_WITHIN_S = 10.0


class Outcome(Enum):
    """How a question ended in its worker."""

    ANSWERED = "answered"
    MALFORMED = "malformed"
    TOO_LARGE = "too large"
    OUT_OF_MEMORY = "out of memory"


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and how its answer is to be written, by media type, whichever form it turns out to have.

    default_graphs, named_graphs: the dataset of the protocol request; None leaves it to the query.
    """

    query: str
    results: str
    graph: str
    default_graphs: Sequence[str] | None = None
    named_graphs: Sequence[str] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker has to say.

    kind: "select", "ask" or "graph". problem: what is wrong; or the limit. is_last: the worker holds too much
    memory to be asked again.
    """

    outcome: str
    kind: str = ""
    problem: str = ""
    payload: bytes = b""
    is_last: bool = False


def tell_ready(peer: socket.socket) -> None:
    """Tell the server that a worker is ready for questions."""
    peer.sendall(_READY)


def await_ready(peer: socket.socket) -> None:
    """Wait until a worker is ready. Raises: ConnectionError: it never is."""
    allow(peer, _READY_WITHIN_S)
    try:
        said = peer.recv(len(_READY))
    except BlockingIOError:
        said = b""
    if said != _READY:
        raise ConnectionResetError("the worker has not become ready")


def send_question(peer: socket.socket, question: Question) -> None:
    """Send a question to a worker.

    Raises: ConnectionError: it has gone. TimeoutError: it does not read, for as long as `allow` says.
    """
    each = question
    try:
        _send(peer, (each.query, each.results, each.graph, each.default_graphs, each.named_graphs), b"")
    except BlockingIOError:
        raise TimeoutError from None


def receive_question(peer: socket.socket) -> Question | None:
    """Wait for a question; None when the server has gone."""
    frame = _receive(peer, None)
    return Question(*frame[0]) if frame else None


def send_reply(peer: socket.socket, reply: Reply) -> None:
    """Send a reply to the server."""
    _send(peer, (reply.outcome, reply.kind, reply.problem, reply.is_last), reply.payload)


def receive_reply(peer: socket.socket, deadline: float) -> Reply | None:
    """Wait for a reply; None when the worker has gone. deadline: by the monotonic clock, and told to `allow`.

    Raises: TimeoutError: the deadline has passed.
    """
    frame = _receive(peer, deadline)
    if frame is None:
        return None
    outcome, kind, problem, is_last = frame[0]
    return Reply(outcome, kind, problem, frame[1], is_last)


def allow(peer: socket.socket, seconds: float) -> None:
    """Have the kernel end each wait at a peer after so long; Python's own time-outs poll before each."""
    whole, part = divmod(max(seconds, _LEAST_S), 1)
    time_allowed = _TIME.pack(int(whole), int(part * 1_000_000))
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, time_allowed)
    peer.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, time_allowed)


def order_worker(zygote: socket.socket) -> tuple[int, socket.socket]:
    """Ask the zygote for a worker. Answers its process id and the socket to it.

    Raises: ConnectionError: the zygote has gone. TimeoutError: it does not answer.
    """
    zygote.sendall(_ORDER.pack(FORK, 0))
    data, descriptors, _flags, _address = socket.recv_fds(zygote, _PID.size, 1)
    if len(data) != _PID.size or len(descriptors) != 1:
        raise ConnectionResetError("the zygote has gone")
    return _PID.unpack(data)[0], socket.socket(fileno=descriptors[0])


def order_end(zygote: socket.socket, pid: int) -> None:
    """Ask the zygote to end a worker. It answers nothing."""
    zygote.sendall(_ORDER.pack(END, pid))


def order_slowness(zygote: socket.socket, pid: int) -> None:
    """Ask the zygote to let a worker stand back behind all other processes. It answers nothing."""
    zygote.sendall(_ORDER.pack(SLOW, pid))


def receive_order(server: socket.socket) -> tuple[bytes, int] | None:
    """Read an order: FORK, or END or SLOW and a process id. None when the server has gone."""
    try:
        data = server.recv(_ORDER.size, socket.MSG_WAITALL)
    except ConnectionError:
        return None
    return _ORDER.unpack(data) if len(data) == _ORDER.size else None


def send_worker(server: socket.socket, pid: int, worker: socket.socket) -> None:
    """Hand a worker's socket to the server."""
    socket.send_fds(server, [_PID.pack(pid)], [worker.fileno()])


def _send(peer: socket.socket, facts: Sequence[Any], payload: bytes) -> None:
    head = json.dumps(facts).encode()
    frame = _LENGTHS.pack(len(head), len(payload)) + head
    if len(payload) <= _FIRST:
        peer.sendall(frame + payload)
    else:
        peer.sendall(frame)
        peer.sendall(payload)


def _receive(peer: socket.socket, deadline: float | None) -> tuple[list[Any], bytes] | None:
    content = _read(peer, _LENGTHS.size, deadline, _FIRST)
    if content is None:
        return None
    head_length, payload_length = _LENGTHS.unpack_from(content)
    end = _LENGTHS.size + head_length
    missing = end + payload_length - len(content)
    if missing:
        rest = _read(peer, missing, deadline, _CHUNK)
        if rest is None:
            return None
        content += rest
    return json.loads(content[_LENGTHS.size : end]), content[end:]


def _read(peer: socket.socket, least: int, deadline: float | None, most: int) -> bytes | None:
    """Read so many bytes at least; None where the peer ends before. most: at a time."""
    chunks: list[bytes] = []
    while least > 0:
        try:
            chunk = peer.recv(most)
        except BlockingIOError:
            raise TimeoutError from None
        except ConnectionError:
            return None
        if not chunk:
            return None
        chunks.append(chunk)
        least -= len(chunk)
        if least > 0 and deadline is not None:
            _heed(peer, deadline)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


def _heed(peer: socket.socket, deadline: float) -> None:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    allow(peer, left)
