"""A real Chromium, and a real server with Sakata's release: shared by all tests of this folder.

`chromium` (or CHROMIUM, a path) must be installed: without it these tests fail in CI, and are skipped elsewhere.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, BrowserContext, Page, Request

from sakata_lod.publish.build import build
from sakata_lod.publish.federation import build_federation
from sakata_lod.serve.sparql_page import EDITOR
from sakata_lod.serve.translation import TRANSLATIONS
from sakata_lod.site import read_federation
from tests.conftest import SAKATA, missing
from tests.publish.conftest import unwatched
from tests.serve.conftest import RunningServer, free_port, start_server, stop_server
from tests.sites import make_federation

VENDOR = Path(__file__).parent / "vendor"
"""What only tests have from npm: axe-core. Put there by `make install`."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of this folder."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.outside)


@dataclass
class Visit:
    """A page in a browser, and what it should never do: say errors, break the policy, ask elsewhere."""

    page: Page
    base: str
    complaints: list[str] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def open(self, path: str) -> Page:
        """Go to a path of the server, and wait until all is loaded."""
        self.page.goto(f"{self.base}{path}", wait_until="load")
        return self.page

    def received(self) -> dict[str, int]:
        """How many bytes came over the wire for each thing asked for. Waits until all have come."""
        return {each.url: each.sizes()["responseBodySize"] for each in self.requests}

    def watch(self) -> None:
        """Begin to note what goes wrong, and what is asked for."""
        self.page.on("console", lambda said: self._console(said.type, said.text))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._request)

    def _console(self, kind: str, text: str) -> None:
        # Pages of problems come with their status, which Chromium calls an error.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self.complaints.append(f"{kind}: {text}")

    def _request(self, request: Request) -> None:
        self.requests.append(request)
        if not request.url.startswith((self.base, "data:")):
            self.complaints.append(f"asked elsewhere: {request.url}")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """Sakata's release, made for the very address at which it is served."""
    for source in TRANSLATIONS.glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    built = build(SAKATA, tmp_path_factory.mktemp("browsed"), base, unwatched)
    assert built.release is not None
    running = start_server(port, built.release.folder, base)
    yield running
    stop_server(running)


@pytest.fixture(scope="session")
def cities(site: RunningServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The invented cities as one release, served likewise."""
    port = free_port()
    base = f"http://127.0.0.1:{port}/"
    folder = make_federation(tmp_path_factory.mktemp("federation") / "kakuu-ken", base)
    built = build_federation(read_federation(folder), tmp_path_factory.mktemp("browsed-cities"), 2, unwatched)
    assert built.release is not None
    running = start_server(port, built.release.folder, base)
    yield running
    stop_server(running)


@pytest.fixture(scope="session")
def editor() -> None:
    """The editor's files must be there."""
    if not EDITOR.exists():
        missing("the editor is not installed (make install puts it in place, with npm's registry)")


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core itself."""
    if not (VENDOR / "axe.min.js").exists():
        missing("axe-core is not installed (make install puts it in place, with npm's registry)")
    return (VENDOR / "axe.min.js").read_text(encoding="utf-8")


@contextmanager
def visiting(browser: Browser, site: RunningServer, **options: object) -> Iterator[Visit]:
    """Visit the server with a browser that knows nothing yet. options: of playwright's new_context."""
    with ExitStack() as stack:
        context: BrowserContext = browser.new_context(**{"locale": "en", **options})  # type: ignore[arg-type]
        stack.callback(context.close)
        visit = Visit(context.new_page(), site.base)
        visit.watch()
        yield visit


@pytest.fixture
def visit(browser: Browser, site: RunningServer) -> Iterator[Visit]:
    """A visit in English with scripts on. It must leave no complaint."""
    with visiting(browser, site) as made:
        yield made
        assert made.complaints == []


@pytest.fixture
def plain_visit(browser: Browser, site: RunningServer) -> Iterator[Visit]:
    """A visit in English without scripts. It must leave no complaint."""
    with visiting(browser, site, java_script_enabled=False) as made:
        yield made
        assert made.complaints == []
