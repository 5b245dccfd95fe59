from pathlib import Path

import pytest

from sakata_lod.errors import InvalidConfiguration
from sakata_lod.serve.settings import Settings


def test_nothing_set_gives_the_defaults() -> None:
    settings = Settings.read({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.query_timeout_s == 10
    assert settings.result_bytes == 64 * 1024 * 1024


def test_settings_are_read_from_the_environment() -> None:
    settings = Settings.read(
        {"PORT": "8080", "RELEASE": "/srv/release", "QUERY_TIMEOUT_S": "2.5", "HOST": " "}
    )
    assert settings.port == 8080
    assert settings.release == Path("/srv/release")
    assert settings.query_timeout_s == 2.5
    assert settings.host == "127.0.0.1"


def test_settings_pass_through_an_environment_unchanged() -> None:
    settings = Settings(port=1234, base_iri="https://x.example/lod/", release=Path("r"), query_timeout_s=0.5)
    assert Settings.read(settings.environment()) == settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eighty"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("PORT", "８０"),
        ("QUERY_TIMEOUT_S", "0"),
        ("QUERY_TIMEOUT_S", "nan"),
        ("QUERY_TIMEOUT_S", "soon"),
        ("QUERY_WORKERS", "0"),
        ("WORKER_MEMORY_MIB", "1"),
        ("RESULT_BYTES", "9" * 30),
        ("CACHE_BYTES", "-1"),
        ("BASE_IRI", "example.jp"),
        ("BASE_IRI", "https://example.jp"),
        ("RATE_LIMIT", "often"),
        ("RATE_LIMIT", "0/minute"),
        ("TRUSTED_PROXIES", "proxy.example"),
        ("TRUSTED_PROXIES", "99"),
        ("PROXY_HEADERS", "all"),
        ("STORE_URL", "localhost:7878"),
        ("STORE_URL", "file:///query"),
        ("STORE_DEFAULT_GRAPH", "graph/default"),
        ("STORE_DEFAULT_GRAPH", "http://x/a> <b"),
    ],
)
def test_a_value_that_cannot_be_is_named(name: str, value: str) -> None:
    with pytest.raises(InvalidConfiguration) as refused:
        Settings.read({name: value})
    assert refused.value.key == name
    assert name in str(refused.value)
