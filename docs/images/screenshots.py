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

from playwright.sync_api import sync_playwright

from sakata_lod.publish.build import build

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
SITE = ROOT / "data" / "sakata"
PAGES: Mapping[str, str] = {
    "page-home": "?lang=ja",
    "page-measure": "doc/measure/joho-keikaku/4-1-9?lang=en",
}
"""The name of each picture, and the page that it shows."""

_WIDTH, _HEIGHT = 1120, 900
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
        page = browser.new_page(viewport={"width": _WIDTH, "height": _HEIGHT})
        for name, path in PAGES.items():
            page.goto(f"{base}{path}")
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


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
