"""A graph store elsewhere: the SPARQL 1.1 Graph Store HTTP Protocol."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from urllib.parse import quote

from sakata_lod.formats import N_TRIPLES

_CHUNK = 1 << 20
_NO_GRAPH = "urn:sakata-lod:none"
_TOLD_AT_MOST = 300


class GraphStoreError(Exception):
    """The store did not do what it was told; says why."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who may write there; sent by Basic or Digest authentication, as the store asks."""

    user: str
    password: str


class _FileBody:
    """The content of a file, from its beginning as often as it is sent: a store may ask who we are first."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __iter__(self) -> Iterator[bytes]:
        with self._path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                yield chunk


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Digest authentication that goes along with a request once the store has asked for it."""

    _challenge: dict[str, str] | None = None

    def retry_http_digest_auth(self, request: urllib.request.Request, auth: str) -> Any:
        scheme, _, challenge = auth.partition(" ")
        if scheme.lower() == "digest":
            self._challenge = urllib.request.parse_keqv_list(urllib.request.parse_http_list(challenge))
        return super().retry_http_digest_auth(request, auth)

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        if self._challenge and not request.has_header(self.auth_header):
            said = self.get_authorization(request, self._challenge)
            if said is not None:
                request.add_unredirected_header(self.auth_header, f"Digest {said}")
        return request

    https_request = http_request


class GraphStore:
    """A graph store at its address. A graph named None is the default graph."""

    def __init__(self, url: str, timeout_s: float, account: Account | None = None) -> None:
        self._url = url
        self._timeout_s = timeout_s
        self._has_account = account is not None
        passwords = urllib.request.HTTPPasswordMgrWithPriorAuth()
        if account is not None:
            passwords.add_password(None, url, account.user, account.password)
        self._opener = urllib.request.build_opener(
            _Digest(passwords), urllib.request.HTTPBasicAuthHandler(passwords)
        )

    def put(self, graph: str | None, file: Path) -> None:
        """Replace a graph by the N-Triples of a file. Raises: GraphStoreError."""
        if self._has_account:
            # A store that is sent a body before it knows by whom may hang up half-way.
            self._send("GET", _NO_GRAPH, {"Accept": N_TRIPLES.media_type})
        headers = {"Content-Type": N_TRIPLES.media_type, "Content-Length": str(file.stat().st_size)}
        self._send("PUT", graph, headers, _FileBody(file))

    def get(self, graph: str | None, file: Path) -> None:
        """Write a graph to a file, as N-Triples; nothing if it is not there. Raises: GraphStoreError."""
        self._send("GET", graph, {"Accept": N_TRIPLES.media_type}, into=file)

    def delete(self, graph: str | None) -> None:
        """Remove a graph; it is no error if there is none. Raises: GraphStoreError."""
        self._send("DELETE", graph, {})

    def _send(
        self,
        method: str,
        graph: str | None,
        headers: dict[str, str],
        body: _FileBody | None = None,
        into: Path | None = None,
    ) -> None:
        mark = "&" if "?" in self._url else "?"
        which = "default" if graph is None else f"graph={quote(graph, safe='')}"
        request = urllib.request.Request(f"{self._url}{mark}{which}", body, headers, method=method)  # noqa: S310
        if into is not None:
            into.write_bytes(b"")
        try:
            with self._opener.open(request, timeout=self._timeout_s) as response:
                if into is not None:
                    with into.open("wb") as file:
                        copyfileobj(response, file)
        except urllib.error.HTTPError as error:
            with error:
                if error.code == HTTPStatus.NOT_FOUND and method in {"GET", "DELETE"}:
                    return
                said = " ".join(error.read(_TOLD_AT_MOST).decode(errors="replace").split())
            raise GraphStoreError(
                f"{method} {graph or 'default graph'}: {error.code} {said}".strip()
            ) from error
        except (HTTPException, OSError) as error:
            reason = getattr(error, "reason", error)
            raise GraphStoreError(f"{method} {graph or 'default graph'}: {reason}") from error
