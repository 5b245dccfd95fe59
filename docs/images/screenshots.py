"""Take the pictures of pages that the documentation shows: `make screenshots`.

Builds Sakata's release for a free port, serves it there, and looks at it with Chromium: `chromium`, or the
path in CHROMIUM.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from sakata_lod.publish.build import build

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SITE = ROOT / "data" / "sakata"
PAGES: Mapping[str, str] = {
    "page-home": "?lang=ja",
    "page-measure": "doc/measure/joho-keikaku/4-1-9?lang=en",
    "page-workbench": "sparql?example=achievements&lang=ja",
    "page-quality": "quality?lang=en#joho-keikaku-2023-03-31-4-1-9-six-year-cells",
    "page-search": "search?q=%E9%98%B2%E7%81%BD&lang=ja",
}
"""The name of each picture, and the page that it shows. A page that the server lacks has no picture."""

_LARGEST_BYTES = 150_000

_WIDTH, _NARROWER, _HEIGHT = 1120, 900, 900
_READY_WITHIN_S = 60


def main() -> None:
    """Take them all."""
    program = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if program is None:
        sys.exit("Chromium is needed (apt-get install chromium fonts-noto-cjk), or its path in CHROMIUM.")
    with (
        tempfile.TemporaryDirectory() as folder,
        _serving(Path(folder)) as base,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        # Without motion, a page is at its fragment at once.
        page = browser.new_page(reduced_motion="reduce", viewport={"width": _WIDTH, "height": _HEIGHT})
        for name, path in PAGES.items():
            answer = page.goto(f"{base}{path}")
            if answer is not None and answer.ok:
                _take(page, HERE / f"{name}.png")
        browser.close()


def _take(page: Page, path: Path) -> None:
    """Take a picture of what is in the window: narrower where it would be too large a file."""
    for width in (_WIDTH, _NARROWER):
        page.set_viewport_size({"width": width, "height": _HEIGHT})
        if len(page.screenshot(path=path)) <= _LARGEST_BYTES:
            return
    sys.exit(f"{path.name} is larger than {_LARGEST_BYTES} bytes.")


@contextmanager
def _serving(releases: Path) -> Iterator[str]:
    """Serve a release that is built for the address that it is served at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}/"
    build(SITE, releases, base, lambda _stage: nullcontext())
    told = {"HOST": "127.0.0.1", "PORT": str(port), "RELEASE": str(releases), "BASE_IRI": base}
    command = [sys.executable, "-m", "sakata_lod.cli", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=os.environ | told) as server:  # noqa: S603 - our own server
        try:
            _wait_until_ready(f"{base}readyz")
            yield base
        finally:
            server.terminate()


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + _READY_WITHIN_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


if __name__ == "__main__":
    main()
