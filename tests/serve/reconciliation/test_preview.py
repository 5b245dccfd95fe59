"""The small page about a thing, in the frame of another site, in a real browser."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from .conftest import Reconciler


@pytest.fixture
def another_site() -> Iterator[Callable[[str], str]]:
    """Serves a page on a port of its own, as OpenRefine is on one's own machine; answers where."""
    page = b""

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_args: Any) -> None: ...

    def serve(content: str) -> str:
        nonlocal page
        page = f"<!doctype html><link rel=icon href=data:,>{content}".encode()
        return f"http://127.0.0.1:{server.server_port}/"

    with ThreadingHTTPServer(("127.0.0.1", 0), Pages) as server:
        Thread(target=server.serve_forever).start()
        yield serve
        server.shutdown()


@pytest.mark.parametrize(
    ("language", "heading"), [("ja", "フリーWi-Fiエリアの拡充"), ("en", "Expansion of free Wi-Fi areas")]
)
def test_a_preview_fits_its_frame_on_another_site(
    service: Reconciler,
    manifest: Any,
    browser: Browser,
    another_site: Callable[[str], str],
    language: str,
    heading: str,
) -> None:
    shown = manifest["preview"]
    address = (
        shown["url"].replace("{{id}}", quote(service.iri("measure/2-1-2"), safe="")) + f"&lang={language}"
    )
    frame = f'<iframe src="{address}" width="{shown["width"]}" height="{shown["height"]}"></iframe>'
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.goto(another_site(frame))
    inner = page.frame_locator("iframe")
    assert inner.locator("h1").inner_text() == heading
    sizes = inner.locator("html").evaluate("element => [element.scrollWidth, element.scrollHeight]")
    assert sizes[0] <= shown["width"]
    assert sizes[1] <= shown["height"]
    assert problems == []
    page.close()


def test_only_the_preview_may_be_framed(service: Reconciler) -> None:
    preview = service.get("/preview", id=service.iri("measure/2-1-2"))
    assert "frame-ancestors *" in preview.headers["Content-Security-Policy"]
    assert "default-src 'none'" in preview.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in preview.headers
    guide = service.get("/guide")
    assert "frame-ancestors 'none'" in guide.headers["Content-Security-Policy"]
    assert guide.headers["X-Frame-Options"] == "DENY"
    assert service.get("/preview", id="urn:x:unknown").status_code == 404
