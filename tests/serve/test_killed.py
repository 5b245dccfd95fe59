"""Processes of a real server are killed while it answers, and while it takes another release."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from urllib.parse import quote

import pytest

from sakata_lod.release import make_current

from .conftest import (
    descendants,
    free_port,
    is_alive,
    parents,
    start_server,
    stop_server,
    wait_until,
    words_of,
)
from .test_succession import TWO_TITLES, Client, Site, held, write

pytestmark = pytest.mark.outside

CLIENTS = 4
KILLS = 3


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("killed")
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    releases = {mark: write(folder, base, mark) for mark in "AB"}
    make_current(releases["A"])
    with (folder / "log").open("wb") as log:
        server = start_server(port, folder, base, log, LOG_REQUESTS="0")
    yield Site(folder, base, server, folder / "log", releases)
    stop_server(server)


class Load(threading.Thread):
    """Asks queries that are made anew each time. refused: how many were not answered, and told so."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._base = site.base
        self.ended = threading.Event()
        self.answered = self.refused = 0
        self.wrong: list[str] = []

    def run(self) -> None:
        with closing(Client(self._base)) as client:
            while not self.ended.is_set():
                try:
                    self._ask(client)
                except Exception as error:
                    self.wrong.append(repr(error))
                    return

    def _ask(self, client: Client) -> None:
        asked = f"/sparql?query={quote(TWO_TITLES)}%23{self.name}-{self.answered}"
        answer = client.ask(asked)
        if answer.status in {502, 503}:  # no worker can be started; the worker was killed at work
            self.refused += 1
        elif answer.status == 200 and len(answer.marks) == 1 and answer.content.count(b"\xe3\x80\x88") == 2:
            self.answered += 1
        else:
            self.wrong.append(f"{answer.status} {answer.content!r}")


@pytest.fixture
def loads(site: Site) -> Iterator[list[Load]]:
    made = [Load(site) for _ in range(CLIENTS)]
    for each in made:
        each.start()
    yield made
    for each in made:
        each.ended.set()
    for each in made:
        each.join()


def victims(site: Site, kind: str) -> set[int]:
    """The workers of a server, or its zygotes: the processes that zygotes began, and those that began them."""
    family = descendants(site.server.process.pid) | {site.server.process.pid}
    both = {pid for pid in family if "sakata_lod.serve.zygote" in words_of(pid)}
    beginners = both if kind == "worker" else family - both
    began = parents()
    return {pid for pid in both if began.get(pid) in beginners}


def kill(site: Site, kind: str) -> None:
    """Kill all of a kind, as soon as there is one, and wait until they are dead."""
    killed: set[int] = set()

    def any_is_killed() -> bool:
        for pid in victims(site, kind):
            with suppress(ProcessLookupError):  # it has ended meanwhile
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        return bool(killed)

    wait_until(any_is_killed, f"there is a {kind}")
    wait_until(lambda: not any(map(is_alive, killed)), f"each {kind} is dead")


def wait_for_answers(loads: list[Load]) -> None:
    """Wait until each client has an answer that was begun after this: one more than it may have under way."""
    enough = [each.answered + 2 for each in loads]
    wait_until(
        lambda: all(each.answered >= count for each, count in zip(loads, enough, strict=True)),
        "every client is answered again",
    )


@pytest.mark.parametrize("kind", ["worker", "zygote"])
def test_a_server_whose_processes_are_killed_goes_on(site: Site, loads: list[Load], kind: str) -> None:
    for _ in range(KILLS):
        kill(site, kind)
        wait_for_answers(loads)
    assert [wrong for each in loads for wrong in each.wrong] == []
    # At most what each client had under way when it happened.
    assert sum(each.refused for each in loads) <= CLIENTS * KILLS


@pytest.mark.parametrize("kind", ["worker", "zygote"])
def test_a_server_whose_processes_are_killed_takes_the_next_release(
    site: Site, loads: list[Load], kind: str
) -> None:
    mark = "B" if site.served() == site.releases["A"].name else "A"
    make_current(site.releases[mark])
    deadline = time.monotonic() + 3
    while time.monotonic() < deadline:
        kill(site, kind)
        time.sleep(0.2)
    site.wait_for(site.releases[mark])
    wait_for_answers(loads)
    assert [wrong for each in loads for wrong in each.wrong] == []
    with closing(Client(site.base)) as client:
        assert client.ask(f"/sparql?query={quote(TWO_TITLES)}").marks == {mark}
    wait_until(lambda: held(site) == {site.releases[mark]}, "only the new release is held")
