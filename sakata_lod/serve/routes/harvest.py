"""What harvesters would store of this very site: its views are asked in process, not over the network."""

from contextvars import Context
from functools import partial

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.test import EnvironBuilder, run_wsgi_app

from sakata_lod.serve.context import lend, service
from sakata_lod.serve.harvest.answers import Answer
from sakata_lod.serve.harvest.clients import check
from sakata_lod.serve.harvest.replay import Site
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pages import page_response

blueprint = Blueprint("harvest", __name__)

MOST_PAGES = 3
"""Pages of each list that are looked at: `sakata-lod harvest-check` looks at all."""

MOST_SHOWN = 20
"""Datasets shown of what each harvester stores."""


@blueprint.get("/harvest")
def harvest() -> Response:
    """Play every harvester, and show what came of it."""
    site = Site(service().iris.base, _ask, MOST_PAGES)
    return page_response("harvest.html", checks=check(site), most=MOST_SHOWN, speak=language_for(request))


def _ask(method: str, path: str, accept: str) -> Answer:
    """Ask the application itself: past rate limit, cache and log, for nobody asked from outside.

    In a context of its own, for Flask would share this request's, and with it what is kept of its language.
    """
    below, _, query = path.partition("?")
    environ = EnvironBuilder(service().path(below), method=method, query_string=query).get_environ()
    environ |= {"HTTP_ACCEPT": accept} if accept else {}
    lend(environ, service())
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    said, status, headers = Context().run(run_wsgi_app, partial(Flask.wsgi_app, app), environ, buffered=True)
    return Answer(method, path, int(status[:3]), headers.get("Content-Type", ""), b"".join(said))
