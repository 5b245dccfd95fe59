"""What a server may be told from outside: the environment, read once and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyoxigraph as ox

from sakata_lod.errors import InvalidConfiguration, Words, words_of
from sakata_lod.iris import IriSpace
from sakata_lod.serve.proxies import TrustedProxies
from sakata_lod.serve.rate_limit import rates

ENVIRONMENT = Path("environment")
"""Stands for a file in errors about environment variables."""

X_FORWARDED, FORWARDED = PROXY_HEADERS = ("x-forwarded", "forwarded")

MEBIBYTE = 1024 * 1024
KIBIBYTE = 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """Where to listen, what to serve, and the limits of a query.

    Each field is read from the environment variable of the same name in capitals.
    release: a release folder, or a folder of releases with its `current` link.
    base_iri: where given, the release must have been built for it.
    store_url: a SPARQL endpoint that holds the release; without it, this process does.
    store_in_memory_quads: a release with so many quads, or more, is read from a database on disk.
    store_default_graph: where that store has the default graph under a name; else it has it as its own.
    worker_memory_mib: what a query may use above the store itself.
    rate_limit: how often a client may ask, like `600/minute`; without it, as often as it likes.
    trusted_proxies: how many proxies stand in front, or their addresses; without it, none is believed.
    proxy_headers: which of their headers are read, `x-forwarded` or `forwarded` (RFC 7239).
    cache_bytes: what answers that are kept may take; 0 keeps none.
    check_bytes: the largest file that is checked for a stranger; checks_at_once: how many at a time.
    check_timeout_s, check_memory_mib: what one check may use.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    release: Path = Path("build/sakata")
    base_iri: str | None = None
    store_url: str | None = None
    store_default_graph: str | None = None
    store_in_memory_quads: int = 4_000_000
    query_timeout_s: float = 10.0
    query_workers: int = 2
    query_waiting: int = 32
    worker_memory_mib: int = 1024
    result_rows: int = 100_000
    result_bytes: int = 64 * MEBIBYTE
    query_text_bytes: int = 64 * KIBIBYTE
    url_bytes: int = 16 * KIBIBYTE
    inverse_links: int = 200
    cache_bytes: int = 64 * MEBIBYTE
    check_bytes: int = 2 * MEBIBYTE
    check_timeout_s: float = 20.0
    check_memory_mib: int = 512
    checks_at_once: int = 2
    rate_limit: str | None = None
    trusted_proxies: str | None = None
    proxy_headers: str = X_FORWARDED
    log_requests: bool = True

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Settings":
        """Read the settings that the environment names; a variable set to nothing counts as not set.

        Raises: InvalidConfiguration: a value is not what its setting takes.
        """
        given = {
            each.name: _READERS[each.name](each.name.upper(), environ[each.name.upper()].strip())
            for each in fields(cls)
            if environ.get(each.name.upper(), "").strip()
        }
        return cls(**given)

    def environment(self) -> dict[str, str]:
        """Write the settings as environment variables: what `read` reads back."""
        values = {each.name.upper(): getattr(self, each.name) for each in fields(self)}
        return {name: str(value) for name, value in values.items() if value is not None}

    @property
    def threads(self) -> int:
        """Threads for requests: all queries that may run or wait, checks, and enough for all else."""
        return self.query_workers + self.query_waiting + 2 * self.checks_at_once + 16


def _invalid(name: str, value: str, ja: str, en: str) -> InvalidConfiguration:
    """What to write in the place of a value."""
    problem = Words(f"{ja}（今は {value!r}）", f"expected {en}, found {value!r}")
    return InvalidConfiguration(ENVIRONMENT, name, problem)


def _text(_name: str, value: str) -> str:
    return value


def _path(_name: str, value: str) -> Path:
    return Path(value)


def _base_iri(name: str, value: str) -> str:
    try:
        return IriSpace(value).base
    except ValueError as error:
        raise InvalidConfiguration(ENVIRONMENT, name, words_of(error)) from error


def _url(name: str, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise _invalid(
            name,
            value,
            "http://localhost:7878/query のようなURLを書いてください",
            "an address like http://localhost:7878/query",
        )
    return value


def _graph_name(name: str, value: str) -> str:
    try:
        return ox.NamedNode(value).value
    except ValueError:
        raise _invalid(name, value, "絶対IRIを書いてください", "an absolute IRI") from None


def _seconds(name: str, value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        ja = "0より大きく3600以下の秒数を書いてください"
        raise _invalid(name, value, ja, "seconds, more than 0 and at most 3600")
    return seconds


def _rate(name: str, value: str) -> str:
    try:
        rates(value)
    except ValueError:
        ja = "600/minute のように、時間あたりの要求の数を書いてください"
        raise _invalid(name, value, ja, "requests for a time, like 600/minute") from None
    return value


def _proxies(name: str, value: str) -> str:
    try:
        TrustedProxies.read(value)
    except ValueError as error:
        problem = Words(
            f"プロキシの数か、コンマで区切ったアドレスとネットワークを書いてください: {error}",
            f"expected a number of proxies, or addresses and networks set apart by commas: {error}",
        )
        raise InvalidConfiguration(ENVIRONMENT, name, problem) from None
    return value


def _proxy_headers(name: str, value: str) -> str:
    if value.lower() not in PROXY_HEADERS:
        known = PROXY_HEADERS
        raise _invalid(name, value, f"{' か '.join(known)} を書いてください", " or ".join(known))
    return value.lower()


def _flag(name: str, value: str) -> bool:
    if value.lower() not in _FLAGS:
        raise _invalid(name, value, "1 か 0 を書いてください", "1 or 0")
    return _FLAGS[value.lower()]


def _integer(least: int, most: int) -> Callable[[str, str], int]:
    def read(name: str, value: str) -> int:
        if not (value.isascii() and value.isdigit() and least <= int(value[:12]) <= most):
            ja = f"{least}から{most}までの整数を書いてください"
            raise _invalid(name, value, ja, f"a whole number from {least} to {most}")
        return int(value)

    return read


_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}

_READERS: Mapping[str, Callable[[str, str], Any]] = {
    "host": _text,
    "port": _integer(0, 65_535),
    "release": _path,
    "base_iri": _base_iri,
    "store_url": _url,
    "store_default_graph": _graph_name,
    "store_in_memory_quads": _integer(0, 1_000_000_000_000),
    "query_timeout_s": _seconds,
    "query_workers": _integer(1, 256),
    "query_waiting": _integer(0, 1024),
    "worker_memory_mib": _integer(16, 1024 * 1024),
    "result_rows": _integer(1, 100_000_000),
    "result_bytes": _integer(1024, 4095 * MEBIBYTE),
    "query_text_bytes": _integer(64, 16 * MEBIBYTE),
    "url_bytes": _integer(256, MEBIBYTE),
    "inverse_links": _integer(0, 100_000),
    "cache_bytes": _integer(0, 1024 * 1024 * MEBIBYTE),
    "check_bytes": _integer(1024, 256 * MEBIBYTE),
    "check_timeout_s": _seconds,
    "check_memory_mib": _integer(64, 1024 * 1024),
    "checks_at_once": _integer(1, 64),
    "rate_limit": _rate,
    "trusted_proxies": _proxies,
    "proxy_headers": _proxy_headers,
    "log_requests": _flag,
}
