"""What server, zygote and workers say to each other, over socket pairs.

To a worker: a Question. From it: a Reply, with its payload behind it. To the zygote: single orders.
"""

import json
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from enum import Enum
from typing import Any

_LENGTHS = struct.Struct("!II")
_ORDER = struct.Struct("!cI")
_PID = struct.Struct("!I")
_CHUNK = 1 << 20

FORK = b"F"
END = b"E"


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
    """What a worker has to say. kind: "select", "ask" or "graph". problem: what is wrong; or the limit."""

    outcome: str
    kind: str = ""
    problem: str = ""
    payload: bytes = b""


def send_question(peer: socket.socket, question: Question) -> None:
    """Send a question to a worker."""
    _send(peer, asdict(question), b"")


def receive_question(peer: socket.socket) -> Question | None:
    """Wait for a question; None when the server has gone."""
    frame = _receive(peer, None)
    return Question(**frame[0]) if frame else None


def send_reply(peer: socket.socket, reply: Reply) -> None:
    """Send a reply to the server."""
    _send(peer, asdict(replace(reply, payload=b"")) | {"payload": None}, reply.payload)


def receive_reply(peer: socket.socket, deadline: float) -> Reply | None:
    """Wait for a reply; None when the worker has gone. deadline: by the monotonic clock.

    Raises: TimeoutError: the deadline has passed.
    """
    frame = _receive(peer, deadline)
    return Reply(**(frame[0] | {"payload": frame[1]})) if frame else None


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


def receive_order(server: socket.socket) -> tuple[bytes, int] | None:
    """Read an order: FORK, or END and a process id. None when the server has gone."""
    data = _read(server, _ORDER.size, None)
    return _ORDER.unpack(data) if data is not None else None


def send_worker(server: socket.socket, pid: int, worker: socket.socket) -> None:
    """Hand a worker's socket to the server."""
    socket.send_fds(server, [_PID.pack(pid)], [worker.fileno()])


def _send(peer: socket.socket, facts: dict[str, Any], payload: bytes) -> None:
    head = json.dumps(facts).encode()
    peer.sendall(_LENGTHS.pack(len(head), len(payload)) + head)
    if payload:
        peer.sendall(payload)


def _receive(peer: socket.socket, deadline: float | None) -> tuple[dict[str, Any], bytes] | None:
    lengths = _read(peer, _LENGTHS.size, deadline)
    if lengths is None:
        return None
    head_length, payload_length = _LENGTHS.unpack(lengths)
    head = _read(peer, head_length, deadline)
    payload = _read(peer, payload_length, deadline)
    return None if head is None or payload is None else (json.loads(head), payload)


def _read(peer: socket.socket, length: int, deadline: float | None) -> bytes | None:
    """Read so many bytes; None where the peer ends before."""
    content = bytearray()
    while len(content) < length:
        peer.settimeout(None if deadline is None else max(deadline - time.monotonic(), 0.001))
        try:
            chunk = peer.recv(min(length - len(content), _CHUNK))
        except ConnectionError:
            return None
        if not chunk:
            return None
        content += chunk
    return bytes(content)
