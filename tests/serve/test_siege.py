"""A real server while 50 clients ask hostile queries. `make bench-hostile` is the same for longer, at full limits."""

from collections.abc import Iterator

import pytest

from benchmarks.siege import Record, besiege, descendants_memory

from .conftest import RunningServer, descendants, free_port, is_alive, start_server, stop_server, wait_until
from .small_release import write_small_release
from .test_server import Answer

pytestmark = pytest.mark.outside

SECONDS = 10.0
MEBIBYTE = 1024 * 1024
DOCUMENTED = {200, 400, 403, 413, 503}


@pytest.fixture(scope="module")
def besieged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    folder = write_small_release(tmp_path_factory.mktemp("besieged") / "small", base)
    running = start_server(port, folder, base, QUERY_TIMEOUT_S="1", WORKER_MEMORY_MIB="128", LOG_REQUESTS="0")
    yield running
    stop_server(running)


@pytest.fixture(scope="module")
def before(besieged: RunningServer) -> tuple[int, set[int]]:
    """The memory of the server, and its processes, before the siege."""
    pid = besieged.process.pid
    return descendants_memory(pid), descendants(pid)


@pytest.fixture(scope="module")
def siege(besieged: RunningServer, before: tuple[int, set[int]]) -> Record:
    return besiege(besieged.base, SECONDS)


def test_every_hostile_query_gets_a_documented_answer(siege: Record) -> None:
    assert all(siege.statuses.values()), "each is asked"
    assert siege.all_statuses() <= DOCUMENTED


def test_no_query_calls_anybody(siege: Record) -> None:
    assert siege.calls == 0


def test_what_never_ends_is_told_so_and_what_is_refused_is_refused(siege: Record) -> None:
    assert set(siege.statuses["product"]) == {503}
    assert set(siege.statuses["5,000 parentheses"]) == {400}
    assert set(siege.statuses["service"]) == {403}
    assert 200 in siege.statuses["from a file"]


def test_another_client_is_answered_all_the_time(siege: Record) -> None:
    answers = len(siege.kept) + len(siege.anew)
    assert min(len(siege.kept), len(siege.anew)) >= 3
    assert sum(siege.refused.values()) < answers, siege.refused
    assert max(siege.kept) < SECONDS


def test_the_zygote_lives_and_memory_comes_back(
    besieged: RunningServer, before: tuple[int, set[int]], siege: Record
) -> None:
    held, processes = before
    lasting = [pid for pid in processes if is_alive(pid)]
    assert len(lasting) >= 2, "granian's process and the zygote are those that were there"
    pid = besieged.process.pid
    wait_until(lambda: descendants_memory(pid) < held + 200 * MEBIBYTE, "memory is given back")


def test_the_server_is_ready_after_it(besieged: RunningServer, siege: Record) -> None:
    assert Answer(besieged.url("readyz")).status == 200
    assert Answer(besieged.url("sparql?query=ASK%20%7B%7D%23after")).status == 200
