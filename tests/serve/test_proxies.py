"""Proxy headers: who is believed, how far, and what is made of what cannot be read."""

from ipaddress import ip_address
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import Client

from sakata_lod.serve.proxies import BehindProxies, TrustedProxies, address_of

PEER = "10.0.0.1"


def seen(trusted: str, headers: dict[str, str], peer: str = PEER, *, forwarded: bool = False) -> str:
    """The scheme and address that an application behind proxies is told."""

    def tell(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        start_response("200 OK", [])
        return [f"{environ['wsgi.url_scheme']} {environ['REMOTE_ADDR']}".encode()]

    behind = BehindProxies(tell, TrustedProxies.read(trusted), forwarded=forwarded)
    return Client(behind).get(headers=headers, environ_base={"REMOTE_ADDR": peer}).text


@pytest.mark.parametrize(
    ("trusted", "told", "client"),
    [
        pytest.param("1", "203.0.113.7", "203.0.113.7", id="one proxy"),
        pytest.param("1", "6.6.6.6, 203.0.113.7", "203.0.113.7", id="what the client made up stands before"),
        pytest.param("2", "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7", id="two proxies"),
        pytest.param("2", "203.0.113.7", PEER, id="fewer than there are proxies"),
        pytest.param("1", "", PEER, id="none told"),
        pytest.param("1", "unknown", PEER, id="no address"),
        pytest.param("1", "203.0.113.7, <script>", PEER, id="nonsense in the place that counts"),
        pytest.param("1", "203.0.113.7:51234", "203.0.113.7", id="with a port"),
        pytest.param("1", "[2001:db8::7]:51234", "2001:db8::7", id="IPv6 with a port"),
        pytest.param("1", "::ffff:203.0.113.7", "203.0.113.7", id="IPv4 within IPv6"),
        pytest.param("10.0.0.1", "6.6.6.6, 203.0.113.7", "203.0.113.7", id="the peer by its address"),
        pytest.param("10.0.0.9", "203.0.113.7", PEER, id="the peer is no proxy of ours"),
        pytest.param(
            "10.0.0.0/8", "6.6.6.6, 203.0.113.7, 10.0.0.2", "203.0.113.7", id="a network of proxies"
        ),
        pytest.param("10.0.0.0/8, ::1", "10.0.0.3, 10.0.0.2", "10.0.0.3", id="all are proxies"),
        pytest.param("10.0.0.0/8", "203.0.113.7, unknown, 10.0.0.2", "10.0.0.2", id="as far as can be read"),
    ],
)
def test_the_client_is_whom_the_trusted_proxies_name(trusted: str, told: str, client: str) -> None:
    assert seen(trusted, {"X-Forwarded-For": told}) == f"http {client}"


@pytest.mark.parametrize(
    ("trusted", "told", "expected"),
    [
        ("1", 'for=203.0.113.7;proto=https;by=10.0.0.1', "https 203.0.113.7"),
        ("1", 'For="[2001:db8::7]:4711"; Proto=HTTPS', "https 2001:db8::7"),
        ("2", 'for=6.6.6.6, for=203.0.113.7;proto=https, for="10.0.0.2:80";proto=http', "https 203.0.113.7"),
        ("1", "for=_hidden;proto=https", f"http {PEER}"),
        ("1", 'for="', f"http {PEER}"),
        ("1", "proto=https", f"http {PEER}"),
        ("10.0.0.9", "for=203.0.113.7;proto=https", f"http {PEER}"),
    ],
)  # fmt: skip
def test_the_standard_header_is_read_where_it_is_asked_for(trusted: str, told: str, expected: str) -> None:
    assert seen(trusted, {"Forwarded": told}, forwarded=True) == expected
    assert seen(trusted, {"Forwarded": told}) == f"http {PEER}"


def test_only_one_kind_of_header_is_ever_read() -> None:
    both = {"X-Forwarded-For": "203.0.113.7", "Forwarded": "for=198.51.100.7"}
    assert seen("1", both) == "http 203.0.113.7"
    assert seen("1", both, forwarded=True) == "http 198.51.100.7"


@pytest.mark.parametrize(
    ("trusted", "told", "scheme"),
    [
        ("1", "https", "https"),
        ("1", "http, HTTPS", "https"),
        ("2", "https, http", "https"),
        ("2", "https", "https"),
        ("1", "javascript", "http"),
        ("10.0.0.9", "https", "http"),
    ],
)
def test_the_scheme_is_the_trusted_proxys(trusted: str, told: str, scheme: str) -> None:
    headers = {"X-Forwarded-For": "203.0.113.7, 203.0.113.7", "X-Forwarded-Proto": told}
    assert seen(trusted, headers).startswith(f"{scheme} ")


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["1", "2", "10.0.0.0/8"]))
def test_no_header_makes_the_client_anything_but_an_address(told: str, more: str, trusted: str) -> None:
    text = f"{told}, {more}".encode("ascii", "ignore").decode().replace("\r", "").replace("\n", "")
    for name, forwarded in (("X-Forwarded-For", False), ("Forwarded", True)):
        ip_address(seen(trusted, {name: text}, forwarded=forwarded).split()[1])


@given(st.ip_addresses())
def test_every_address_is_read_with_and_without_its_port(address: object) -> None:
    bracketed = f"[{address}]" if ":" in str(address) else str(address)
    assert address_of(str(address)) == address_of(f"{bracketed}:80") is not None


@pytest.mark.parametrize(
    "text", ["0", "17", "-1", "1.5", "proxy.example", "10.0.0.0/33", "10.0.0.1 10.0.0.2", ","]
)
def test_what_names_no_proxies_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        TrustedProxies.read(text)
