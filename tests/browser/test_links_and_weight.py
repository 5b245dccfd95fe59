"""Where the pages of the real release lead, and what they weigh: asked by a plain client."""

import gzip
import http.client
import re
from collections import deque
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from tests.serve.conftest import RunningServer

from .pages import ELSEWHERE, PAGES, there

MOST_BYTES = 40 * 1024
MOST_BYTES_OF_THE_WORKBENCH = 330 * 1024
LANGUAGES = ("ja", "en")


class Links(HTMLParser):
    """What a page leads to and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = {"", "top"}
        self.leads: set[str] = set()
        self.loads: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.anchors.add(told.get("id") or "")
        if tag == "a" and told.get("href"):
            self.leads.add(str(told["href"]))
        if tag == "link" and told.get("rel") in {"stylesheet", "icon"}:
            self.loads.add(str(told["href"]))
        if tag in {"script", "img"} and told.get("src"):
            self.loads.add(str(told["src"]))
        if tag == "use":
            self.loads.add(str(told.get("href")).partition("#")[0])


class Client:
    """Asks a server as a browser does. Whatever it got is kept."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._read: dict[tuple[str, str], Links] = {}
        self._kept: dict[tuple[str, str], tuple[int, str, bytes]] = {}

    def get(self, path: str, language: str = "en") -> tuple[int, str, bytes]:
        """The status, the media type and the body as it comes over the wire, compressed."""
        if (path, language) not in self._kept:
            wanted = {"Accept": "text/html,*/*;q=0.5", "Accept-Language": language, "Accept-Encoding": "gzip"}
            answer, body = self._ask("GET", path, wanted)
            plain = answer.headers.get("Content-Encoding") != "gzip"
            told = gzip.compress(body) if plain else body
            self._kept[path, language] = (answer.status, answer.headers.get_content_type(), told)
        return self._kept[path, language]

    def page(self, path: str, language: str = "en") -> Links:
        """A page's links."""
        if (path, language) not in self._read:
            self._read[path, language] = Links(gzip.decompress(self.get(path, language)[2]).decode())
        return self._read[path, language]

    def head(self, path: str) -> int:
        """The status alone."""
        return self._ask("HEAD", path, {})[0].status

    def _ask(self, method: str, path: str, wanted: dict[str, str]) -> tuple[http.client.HTTPResponse, bytes]:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        try:
            connection.request(method, path, headers=wanted)
            answer = connection.getresponse()
            return answer, answer.read()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def rooms(site: RunningServer) -> dict[str, str]:
    return there(site.base)


@pytest.fixture(scope="module")
def client(site: RunningServer) -> Client:
    return Client(site.base)


def internal(client: Client, here: str, link: str) -> tuple[str, str] | None:
    """Path with query, and fragment, of a link to this server; None of a link elsewhere."""
    address, _, fragment = urljoin(f"{client.base.rstrip('/')}{here}", link).partition("#")
    if not address.startswith(client.base):
        return None
    return f"/{address.removeprefix(client.base)}", unquote(fragment)


def is_page(path: str) -> bool:
    """Whether a path leads to a page of its own: not a query, a file, a format or the page in another language."""
    name, _, query = path.partition("?")
    if re.search(r"\.[a-z0-9-]+$", name.rpartition("/")[2]) or name.startswith(("/dump/", "/static/")):
        return name == "/dump/"
    # A search leads to all others: one is looked at, and where it leads is not followed.
    return "lang=" not in query and "query=" not in query and not (name == "/search" and query)


def test_every_link_leads_somewhere(client: Client) -> None:
    waiting, seen = deque(["/"]), {"/"}
    wanted: dict[tuple[str, str], str] = {}
    others: dict[str, str] = {}
    broken: list[tuple[str, str]] = []
    while waiting:
        here = waiting.popleft()
        status, kind, _ = client.get(here)
        if status != 200:
            broken.append((here, str(status)))
        if kind != "text/html":
            continue
        for link in client.page(here).leads:
            found = internal(client, here, link)
            if found is None:
                continue
            path, fragment = found
            if not is_page(path):
                others.setdefault(path, here)
                continue
            if fragment:
                wanted.setdefault((path, fragment), here)
            if path not in seen:
                seen.add(path)
                waiting.append(path)
    assert len(seen) > 300
    for (path, fragment), here in wanted.items():
        if fragment not in client.page(path).anchors:
            broken.append((f"{path}#{fragment}", here))
    assert broken == []
    files = [each for each in others if each.startswith(("/dump/", "/static/")) or "?" not in each]
    shown = {each for each in files if each.startswith(("/dump/", "/static/", "/api/"))}
    shown |= {each for each in files if each.rpartition(".")[0] in {f"/{page}" for page in PAGES.values()}}
    assert len(shown) > 100
    assert [(each, others[each]) for each in sorted(shown) if client.head(each) != 200] == []


def test_the_query_of_every_table_answers(client: Client) -> None:
    asked: dict[str, str] = {}
    for path in PAGES.values():
        for link in client.page(f"/{path}").leads:
            if "sparql?query=" in link and "lang=" not in link:
                # One of each kind: the same query is asked about many things.
                shape = re.sub(r"%3C[^&]*?%3E", "", link)
                asked.setdefault(shape, link)
    assert len(asked) > 20
    assert [each for each in asked.values() if client.get(each)[0] != 200] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*PAGES, *ELSEWHERE])
def test_a_page_is_light(client: Client, rooms: dict[str, str], name: str, language: str) -> None:
    if name not in rooms:
        pytest.skip(f"this server has no {ELSEWHERE[name]}")
    path = f"/{rooms[name]}"
    loads = client.page(path, language).loads
    assert len(loads) > 6
    weight = sum(len(client.get(each, language)[2]) for each in {path, *loads})
    assert weight <= (MOST_BYTES_OF_THE_WORKBENCH if "workbench" in name else MOST_BYTES), loads
