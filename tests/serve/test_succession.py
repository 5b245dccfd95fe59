"""A release takes the place of another while a real server answers."""

import hashlib
import json
import re
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from click.testing import CliRunner, Result

from sakata_lod.cli import main
from sakata_lod.formats import RESULTS_JSON, TURTLE
from sakata_lod.release import DATASET, make_current, open_release
from sakata_lod.serve.app import create_app, open_service, service_of, succession_of
from sakata_lod.serve.settings import Settings
from sakata_lod.serve.wire import Question

from .conftest import (
    PATIENCE_S,
    RunningServer,
    descendants,
    free_port,
    is_alive,
    start_server,
    stop_server,
    wait_until,
    words_of,
)
from .small_release import write_small_release

DOC = "/doc/measure/joho/2-1-2"
TWO_TITLES = """SELECT ?title ?cell {
  <id/measure/joho/2-1-2> <http://purl.org/dc/terms/title> ?title . FILTER(LANG(?title) = "ja")
  ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> ?cell . FILTER(STRSTARTS(?cell, "フリー"))
}"""
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ASK = Question("ASK {}", RESULTS_JSON.media_type, TURTLE.media_type)
SWAPS = 5


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def marks(self) -> set[str]:
        """Which releases the content is of."""
        return set(re.findall("エリアの拡充〈(.)〉", self.content.decode()))


class Client:
    """A client that keeps its connection until it is closed."""

    def __init__(self, base: str) -> None:
        self._connection = HTTPConnection(base.split("/")[2], timeout=PATIENCE_S)
        self.close = self._connection.close

    def ask(self, path: str, body: str | None = None, **headers: str) -> Answer:
        self._connection.request(
            "GET" if body is None else "POST", path, body, {**headers, **(FORM if body else {})}
        )
        said = self._connection.getresponse()
        return Answer(said.status, dict(said.getheaders()), said.read())


@dataclass(frozen=True)
class Site:
    """A folder of releases, and a server over it. releases: by mark."""

    folder: Path
    base: str
    server: RunningServer
    log: Path
    releases: dict[str, Path] = field(default_factory=dict)

    def served(self) -> str:
        return str(json.loads(self.ask("/readyz").content)["release"])

    def ask(self, path: str) -> Answer:
        with closing(Client(self.base)) as client:
            return client.ask(path)

    def wait_for(self, release: Path) -> None:
        wait_until(lambda: self.served() == release.name, f"{release.name} is served")


def write(folder: Path, base: str, mark: str) -> Path:
    """Write a release under its own name."""
    written = write_small_release(folder / f"new-{mark}", base, f"〈{mark}〉")
    return written.rename(folder / open_release(written).id)


def held(site: Site) -> set[Path]:
    """The releases that processes of the server have loaded to evaluate queries."""
    found = set()
    for pid in descendants(site.server.process.pid):
        found |= {Path(each).parent for each in words_of(pid) if each.endswith(f"/{DATASET}")}
    return found


def activate(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["--lang", "en", "activate", *map(str, arguments)])


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("releases")
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    releases = {mark: write(folder, base, mark) for mark in "AB"}
    make_current(releases["A"])
    with (folder / "log").open("wb") as log:
        server = start_server(port, folder, base, log)
    yield Site(folder, base, server, folder / "log", releases)
    stop_server(server)


@pytest.fixture
def client(running: Site) -> Iterator[Client]:
    with closing(Client(running.base)) as client:
        yield client


@pytest.fixture
def site(running: Site) -> Site:
    """The server, at release A."""
    make_current(running.releases["A"])
    running.wait_for(running.releases["A"])
    return running


class Load(threading.Thread):
    """Asks one thing after another until told to end, and records what is wrong with an answer."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site
        self._client = Client(site.base)
        self._ids = {path.name: mark for mark, path in site.releases.items()}
        self.ended = threading.Event()
        self.asked = 0
        self.seen: set[str] = set()
        self.wrong: list[str] = []

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                self._ask_around()
        except Exception as error:
            self.wrong.append(repr(error))
        finally:
            self._client.close()

    def _ask_around(self) -> None:
        query = urlencode({"query": TWO_TITLES})
        for accept in ("text/turtle", "text/html"):
            page = self._client.ask(f"{DOC}?n={self.asked % 7}", Accept=accept)
            named = self._ids[page.headers["etag"].strip('"').partition("-")[0]]
            self._check(page, page.marks == {named})
        for found in (
            self._client.ask(f"/sparql?{query}"),
            self._client.ask("/sparql", query),
            self._client.ask(f"/sparql?query={quote(TWO_TITLES)}%23RAND{self.asked}"),
        ):
            self._check(found, len(found.marks) == 1)
            self.seen |= found.marks
        dump = self._client.ask(f"/dump/{DATASET}")
        named = hashlib.sha256(dump.content).hexdigest()
        self._check(dump, dump.headers["etag"] == f'"{named}"' and len(dump.marks) == 1)

    def _check(self, answer: Answer, is_one: bool) -> None:
        self.asked += 1
        if answer.status != 200 or not is_one:
            self.wrong.append(f"{answer.status} {answer.marks} {answer.headers}")


def test_releases_are_swapped_under_load_without_a_failed_or_a_mixed_answer(site: Site) -> None:
    loads = [Load(site) for _ in range(3)]
    for each in loads:
        each.start()
    for number in range(SWAPS):
        release = site.releases["BA"[number % 2]]
        assert activate(release).exit_code == 0
        site.wait_for(release)
    for each in loads:
        each.ended.set()
    for each in loads:
        each.join()
    assert [wrong for each in loads for wrong in each.wrong] == []
    assert all(each.seen == {"A", "B"} and each.asked > 50 for each in loads)
    wait_until(lambda: held(site) == {release}, "the old releases are closed")


def test_what_a_client_has_of_the_last_release_does_not_match(site: Site, client: Client) -> None:
    paths = (DOC, f"{DOC}.html", f"/sparql?{urlencode({'query': TWO_TITLES})}", f"/dump/{DATASET}", "/")
    had = {path: client.ask(path).headers["etag"] for path in paths}
    since = {path: client.ask(path).headers.get("last-modified", "") for path in (DOC, f"/dump/{DATASET}")}
    assert all(client.ask(path, **{"If-None-Match": tag}).status == 304 for path, tag in had.items())
    make_current(site.releases["B"])
    site.wait_for(site.releases["B"])
    for path, tag in had.items():
        answer = client.ask(path, **{"If-None-Match": tag})
        assert (answer.status, answer.marks or {"B"}) == (200, {"B"}), path
    for path, time in since.items():
        assert client.ask(path, **{"If-Modified-Since": time}).status == 200, path


def test_the_old_release_is_open_until_its_last_request_has_ended(release_folder: Path) -> None:
    settings = Settings(release=release_folder, query_workers=1)
    app = create_app(settings)
    succession, old = succession_of(app), service_of(app)
    with succession.lease() as first:
        with succession.lease() as second:
            succession.hand_over(open_service(settings, open_release(release_folder)))
        assert first is second is old is not succession.current
        assert first.evaluator.evaluate(ASK).content
    wait_until(lambda: not is_alive(old.evaluator.zygote_pid), "its processes have ended")
    assert app.test_client().get("/sparql?query=ASK {}").status_code == 200
    service_of(app).close()


def test_going_back_is_activating_the_older_release(site: Site) -> None:
    for mark in "BA":
        told = activate(site.releases[mark])
        assert told.stdout.startswith(f"Release {site.releases[mark].name} is the current one")
        site.wait_for(site.releases[mark])
        assert site.ask(DOC).marks == {mark}


def test_a_damaged_release_is_refused_and_the_last_one_served_on(site: Site) -> None:
    damaged = write(site.folder, site.base, "D")
    whole = (damaged / DATASET).read_bytes()
    (damaged / DATASET).write_bytes(whole[:-1] + b" ")
    refused = activate(damaged)
    assert refused.exit_code == 4
    assert "the release is damaged" in refused.stderr
    assert (site.folder / "current").resolve() == site.releases["A"]
    make_current(damaged)  # as by hand
    wait_until(lambda: "dataset.nq is not what its SHA-256 says" in site.log.read_text(), "it is refused")
    assert site.ask(DOC).marks == {"A"}
    (damaged / DATASET).write_bytes(whole)
    site.server.process.send_signal(signal.SIGHUP)
    site.wait_for(damaged)
    assert site.ask(DOC).marks == {"D"}


def test_a_release_for_another_base_is_refused(site: Site) -> None:
    other = write(site.folder, "https://other.example/", "O")
    refused = activate(other)
    assert refused.exit_code == 4
    assert "built for https://other.example/" in refused.stderr
    assert activate(other, "--base-iri", "https://other.example/").exit_code == 0
    wait_until(lambda: "was built for https://other.example/" in site.log.read_text(), "it is refused")
    assert site.served() == site.releases["A"].name


def test_sighup_ends_nobody_and_loses_nothing(site: Site, client: Client) -> None:
    before = descendants(site.server.process.pid)
    for _ in range(20):
        site.server.process.send_signal(signal.SIGHUP)
        assert client.ask(DOC).status == 200
    assert before <= descendants(site.server.process.pid)


def test_activating_the_folder_of_releases_leaves_it_as_it_is(site: Site) -> None:
    assert activate(site.folder).exit_code == 0
    assert (site.folder / "current").resolve() == site.releases["A"]
    assert not (site.folder.parent / "current").exists()


def test_what_is_no_release_is_not_activated(tmp_path: Path) -> None:
    refused = activate(tmp_path)
    assert refused.exit_code == 4
    assert "there is no release here" in refused.stderr
    assert not (tmp_path.parent / "current").exists()
