"""The application: everything that serves one release, put together."""

from pathlib import Path

from flask import Flask, abort, request

from sakata_lod.iris import IriSpace
from sakata_lod.release import Release, open_release
from sakata_lod.serve import headers, pages, problems
from sakata_lod.serve.caching import fingerprint
from sakata_lod.serve.context import Service, install
from sakata_lod.serve.evaluation import Evaluator
from sakata_lod.serve.relay import Relay
from sakata_lod.serve.remote_quads import RemoteQuads
from sakata_lod.serve.routes import dumps, health, home, resources, sparql, vocabularies
from sakata_lod.serve.settings import KIBIBYTE, Settings
from sakata_lod.serve.store import QuadStore
from sakata_lod.stores.endpoint import Endpoint
from sakata_lod.stores.remote import RemoteStore

_FORM_OVERHEAD = 3
"""Percent-encoding writes a byte of a query with three."""


def create_app(settings: Settings) -> Flask:
    """Make the application that serves a release.

    Starts the processes that evaluate queries: end them with `service_of(app).close()`.
    Raises: ReleaseError.
    """
    release = open_release(settings.release, settings.base_iri)
    iris = IriSpace(release.manifest.base_iri)
    prefix = iris.path.rstrip("/")
    app = Flask(__name__, static_url_path=f"{prefix}/static", root_path=str(Path(__file__).parent))
    app.config["MAX_CONTENT_LENGTH"] = settings.query_text_bytes * _FORM_OVERHEAD + 16 * KIBIBYTE
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False
    app.before_request(lambda: _refuse_long_urls(settings.url_bytes))
    headers.put_on_every_answer(app)
    problems.handle_problems(app)
    pages.prepare(app)
    for subject in (resources, vocabularies, sparql, dumps, health, home):
        app.register_blueprint(subject.blueprint, url_prefix=prefix or None)
    install(app, _open(settings, release, iris))
    return app


def _open(settings: Settings, release: Release, iris: IriSpace) -> Service:
    if settings.store_url is not None:
        return _open_elsewhere(settings, settings.store_url, release, iris)
    # The zygote loads its copy of the data while this process loads its own.
    evaluator = Evaluator(release.dataset, iris.base, settings)
    try:
        store = QuadStore(release, iris, settings.inverse_links)
        return Service(settings, release, iris, store, evaluator, fingerprint())
    except BaseException:
        evaluator.close()
        raise


def _open_elsewhere(settings: Settings, url: str, release: Release, iris: IriSpace) -> Service:
    """Nothing is asked of the store yet: it may be down while the server starts."""
    endpoint = Endpoint(url, settings.query_timeout_s)
    remote = RemoteStore(endpoint, iris.base, settings.store_default_graph)
    store = QuadStore(release, iris, settings.inverse_links, RemoteQuads(remote))
    return Service(settings, release, iris, store, Relay(remote, iris.base, settings), fingerprint())


def _refuse_long_urls(most_bytes: int) -> None:
    if len(request.path) + len(request.query_string) > most_bytes:
        abort(414)
