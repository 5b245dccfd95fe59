"""Asking a site as harvesters do: what comes back, and bounds on how long and how much."""

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

MEBIBYTE = 1024 * 1024
LARGEST_BYTES = 50 * MEBIBYTE
"""CKAN's DCAT harvester refuses a document that is larger."""

TIMEOUT_S = 10.0
"""NII's harvester waits no longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. path: below the site's base. failure: why nothing did."""

    method: str
    path: str
    status: int
    content_type: str
    content: bytes
    failure: str = ""

    @property
    def media_type(self) -> str:
        """The content type without its parameters."""
        return self.content_type.partition(";")[0].strip().lower()


Ask = Callable[[str, str, str], Answer]
"""Asks by a method for a path below the site's base, and says what it accepts; the empty text: nothing."""


class OverHttp:
    """Asks a site over the network: a time for each request and for all, a size for each answer."""

    def __init__(self, base: str, most_s: float) -> None:
        self._base = base
        self._until = time.monotonic() + most_s

    def __call__(self, method: str, path: str, accept: str) -> Answer:
        """Ask; what goes wrong is told in the answer."""
        left = self._until - time.monotonic()
        if left <= 0:
            return Answer(method, path, 0, "", b"", "out of time")
        told = {"Accept": accept} if accept else {}
        request = urllib.request.Request(self._base + path, headers=told, method=method)  # noqa: S310 - checked to be HTTP
        try:
            with urllib.request.urlopen(request, timeout=min(TIMEOUT_S, left)) as answer:  # noqa: S310
                content = answer.read(LARGEST_BYTES + 1)
                return Answer(method, path, answer.status, answer.headers.get("Content-Type", ""), content)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(method, path, error.code, error.headers.get("Content-Type", ""), b"")
        except (OSError, ValueError) as error:
            return Answer(method, path, 0, "", b"", str(error))
