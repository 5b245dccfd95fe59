"""Who asks, where proxies stand between: their headers count only as far as the settings trust them.

Nothing else is taken from them: the IRIs in answers come from the base IRI alone.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.http import parse_list_header, parse_options_header

Address = IPv4Address | IPv6Address

_MOST_HOPS = 16
_WITH_PORT = re.compile(r"\[(?P<v6>[^\]]*)\](?::\w+)?|(?P<v4>[0-9.]+):\w+")
_SCHEMES = {"http", "https"}


@dataclass(frozen=True, slots=True)
class TrustedProxies:
    """Which proxies are believed: so many of the nearest, or those in networks."""

    hops: int = 0
    networks: Sequence[IPv4Network | IPv6Network] = ()

    @classmethod
    def read(cls, text: str) -> "TrustedProxies":
        """Read a number of proxies, or their addresses and networks, set apart by commas.

        Raises: ValueError.
        """
        if text.isascii() and text.isdigit():
            if not 1 <= int(text[:4]) <= _MOST_HOPS:
                raise ValueError(f"{text} is no number of proxies: from 1 to {_MOST_HOPS}")
            return cls(hops=int(text))
        return cls(networks=tuple(ip_network(each.strip()) for each in text.split(",")))

    def walked(self, told: Sequence[Address | None], peer: Address | None) -> int:
        """How many of the addresses told, from the last, are believed; the last of these is the client.

        told: whom each proxy says it was asked by, the nearest proxy last; None where that is no address.
        """
        if self.hops:
            return self.hops if len(told) >= self.hops and told[-self.hops] else 0
        count, asked_by = 0, peer
        for each in reversed(told):
            if each is None or not self._trusts(asked_by):
                break
            count, asked_by = count + 1, each
        return count

    def _trusts(self, address: Address | None) -> bool:
        return address is not None and any(address in each for each in self.networks)


class BehindProxies:
    """WSGI middleware: puts the client's address and scheme in the place of the nearest proxy's.

    forwarded: read `Forwarded` (RFC 7239), else `X-Forwarded-For` and `-Proto`. Never both: a proxy that
    writes one of them passes on what a stranger wrote into the other.
    """

    def __init__(self, app: WSGIApplication, proxies: TrustedProxies, *, forwarded: bool) -> None:
        self._app = app
        self._proxies = proxies
        self._read = _forwarded if forwarded else _x_forwarded

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        told, schemes = self._read(environ)
        addresses = [address_of(each) for each in told]
        walked = self._proxies.walked(addresses, address_of(environ.get("REMOTE_ADDR", "")))
        if walked:
            environ["REMOTE_ADDR"] = str(addresses[-walked])
            scheme = schemes[-min(walked, len(schemes))].lower() if schemes else ""
            if scheme in _SCHEMES:
                environ["wsgi.url_scheme"] = scheme
        return self._app(environ, start_response)


@lru_cache(4096)
def address_of(text: str) -> Address | None:
    """Read an IP address, with or without a port; None where it is none. IPv4 within IPv6 is IPv4."""
    found = _WITH_PORT.fullmatch(text.strip())
    bare = (found["v6"] or found["v4"] or "") if found else text.strip()
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return (isinstance(address, IPv6Address) and address.ipv4_mapped) or address


def _x_forwarded(environ: Mapping[str, str]) -> tuple[Sequence[str], Sequence[str]]:
    addresses, schemes = (
        [each.strip() for each in environ.get(name, "").split(",") if each.strip()]
        for name in ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO")
    )
    return addresses, schemes


def _forwarded(environ: Mapping[str, str]) -> tuple[Sequence[str], Sequence[str]]:
    """Each element tells of one hop: `for="[2001:db8::1]:4711";proto=https`."""
    elements = parse_list_header(environ.get("HTTP_FORWARDED", ""))
    hops = [parse_options_header(f"forwarded;{each}")[1] for each in elements]
    return [each.get("for", "") for each in hops], [each.get("proto", "") for each in hops]
