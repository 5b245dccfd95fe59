"""The application: everything that serves one release, put together."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from wsgiref.types import WSGIApplication

from flask import Flask, request

from sakata_lod.formats import RESULTS_JSON, TURTLE
from sakata_lod.iris import IriSpace
from sakata_lod.release import CURRENT, Release, open_release
from sakata_lod.serve import headers, pages, problems
from sakata_lod.serve.caching import fingerprint, keep_to_the_standard
from sakata_lod.serve.checks import Checker
from sakata_lod.serve.context import Service
from sakata_lod.serve.database import quads_of
from sakata_lod.serve.evaluation import Evaluator
from sakata_lod.serve.observation import observe
from sakata_lod.serve.protocol import check_url
from sakata_lod.serve.proxies import BehindProxies, TrustedProxies
from sakata_lod.serve.quads import EmbeddedQuads
from sakata_lod.serve.rate_limit import RateLimit, rates, refuse_marked
from sakata_lod.serve.relay import Relay
from sakata_lod.serve.remote_quads import RemoteQuads
from sakata_lod.serve.response_cache import ResponseCache
from sakata_lod.serve.routes import (
    catalogue,
    cities,
    ckan,
    compare,
    dumps,
    guides,
    harvest,
    health,
    home,
    interface,
    queries,
    reconciliation,
    resources,
    search,
    sparql,
    validate,
    vocabularies,
)
from sakata_lod.serve.search.index import index_of
from sakata_lod.serve.settings import FORWARDED, KIBIBYTE, Settings
from sakata_lod.serve.sparql_door import SparqlDoor
from sakata_lod.serve.store import QuadStore
from sakata_lod.serve.succession import OneRelease, Succession
from sakata_lod.serve.wire import Question
from sakata_lod.stores.endpoint import Endpoint
from sakata_lod.stores.remote import RemoteStore

_EXTENSION = "sakata-lod"

_FORM_OVERHEAD = 3
"""Percent-encoding writes a byte of a query with three."""


def create_app(settings: Settings) -> Flask:
    """Make the application that serves a release, and others after it: see `succession_of`.

    Starts the processes that evaluate queries: end them with `service_of(app).close()`.
    Raises: ReleaseError.
    """
    release = open_release(settings.release, settings.base_iri)
    iris = release.manifest.iris
    prefix = iris.path.rstrip("/")
    app = Flask(__name__, static_url_path=f"{prefix}/static", root_path=str(Path(__file__).parent))
    app.config["MAX_CONTENT_LENGTH"] = settings.query_text_bytes * _FORM_OVERHEAD + 16 * KIBIBYTE
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    refuse_marked(app)
    app.before_request(lambda: check_url(request.environ, settings.url_bytes))
    headers.put_on_every_answer(app)
    keep_to_the_standard(app)
    problems.handle_problems(app)
    pages.prepare(app)
    app.url_map.converters["city"] = cities.CityCode
    for subject in (
        resources,
        catalogue,
        compare,
        ckan,
        harvest,
        vocabularies,
        sparql,
        queries,
        search,
        dumps,
        health,
        home,
        guides,
        interface,
        validate,
        reconciliation,
    ):
        app.register_blueprint(subject.blueprint, url_prefix=prefix or None)
    validate.install(app, Checker(settings))
    if iris.cities:
        app.register_blueprint(cities.blueprint, url_prefix=prefix or None)
    _put_in_front(app, prefix, _open(settings, release))
    observe(app, iris.path, lambda: service_of(app).evaluator, log_requests=settings.log_requests)
    return app


def succession_of(app: Flask) -> Succession:
    """Where an application has its release from, and takes the next."""
    return cast("Succession", app.extensions[_EXTENSION])


def service_of(app: Flask) -> Service:
    """The service that an application's new requests get."""
    return succession_of(app).current


def open_service(settings: Settings, release: Release) -> Service:
    """Load a release, start what evaluates queries over it, and wait until queries are answered.

    Raises: QueryError: none is.
    """
    service = _open(settings, release)
    try:
        service.evaluator.evaluate(Question("ASK {}", RESULTS_JSON.media_type, TURTLE.media_type))
    except BaseException:
        service.close()
        raise
    return service


def _put_in_front(app: Flask, prefix: str, service: Service) -> None:
    """Put before an application what lends each request its release, and what keeps answers."""
    endpoint, most_bytes = f"{prefix}/sparql", app.config["MAX_CONTENT_LENGTH"]
    cache = ResponseCache(
        SparqlDoor(app.wsgi_app, endpoint, most_bytes),
        files=tuple(f"{prefix}/{each}dump/" for each in ("", *(f"{code}/" for code in service.iris.cities))),
        endpoint=endpoint,
        query_bytes=most_bytes,
        capacity=service.settings.cache_bytes,
    )
    succession = Succession(service, cache.clear)
    app.extensions[_EXTENSION] = succession
    limited = _limited(cache, app.wsgi_app, prefix, service.settings)
    in_front = _behind_proxies(OneRelease(limited, succession), service.settings)
    app.wsgi_app = in_front  # type: ignore[assignment, method-assign]


def _limited(
    app: WSGIApplication, refusing: WSGIApplication, prefix: str, settings: Settings
) -> WSGIApplication:
    """Let each client ask as often as the settings say; whether the server is well, anybody may ask."""
    if settings.rate_limit is None:
        return app
    return RateLimit(app, refusing, rates(settings.rate_limit), {f"{prefix}/healthz", f"{prefix}/readyz"})


def _behind_proxies(app: WSGIApplication, settings: Settings) -> WSGIApplication:
    """Believe the proxies in front as far as the settings say."""
    if settings.trusted_proxies is None:
        return app
    proxies = TrustedProxies.read(settings.trusted_proxies)
    return BehindProxies(app, proxies, forwarded=settings.proxy_headers == FORWARDED)


def _open(settings: Settings, release: Release) -> Service:
    iris = release.manifest.iris
    if settings.store_url is not None:
        return _open_elsewhere(settings, settings.store_url, release, iris)
    at = quads_of(release, settings.store_in_memory_quads)
    # The zygote loads its copy of the data while this process loads its own.
    evaluator = Evaluator(at, iris.base, settings)
    try:
        store = QuadStore(release, iris, settings.inverse_links, EmbeddedQuads(at))
        since = _since(settings.release)
        return Service(settings, release, iris, store, evaluator, fingerprint(), since, index_of(release))
    except BaseException:
        evaluator.close()
        raise


def _since(folder: Path) -> datetime | None:
    """When the `current` link was written; None where a release is served without one."""
    link = folder / CURRENT
    return datetime.fromtimestamp(link.lstat().st_mtime, UTC) if link.is_symlink() else None


def _open_elsewhere(settings: Settings, url: str, release: Release, iris: IriSpace) -> Service:
    """Nothing is asked of the store yet: it may be down while the server starts."""
    endpoint = Endpoint(url, settings.query_timeout_s)
    remote = RemoteStore(endpoint, iris, settings.store_default_graph)
    store = QuadStore(release, iris, settings.inverse_links, RemoteQuads(remote))
    relay = Relay(remote, iris.base, settings)
    since = _since(settings.release)
    return Service(settings, release, iris, store, relay, fingerprint(), since, index_of(release))
