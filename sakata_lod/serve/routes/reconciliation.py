"""The reconciliation service: Reconciliation Service API 0.2, and JSONP as 0.1 has it."""

import json
import re
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.exceptions import UnsupportedMediaType

from sakata_lod.errors import InvalidReconciliation, UnknownIri
from sakata_lod.formats import JAVASCRIPT, JSON
from sakata_lod.serve.context import service
from sakata_lod.serve.headers import let_be_framed
from sakata_lod.serve.negotiation import language_for
from sakata_lod.serve.pages import href, name_of, page_response
from sakata_lod.serve.protocol import FORM_TYPE, Parameters, parameters
from sakata_lod.serve.reconciliation import suggestion
from sakata_lod.serve.reconciliation.answers import extension, results
from sakata_lod.serve.reconciliation.manifest import manifest
from sakata_lod.serve.reconciliation.matching import candidates
from sakata_lod.serve.reconciliation.preview import preview_of
from sakata_lod.serve.reconciliation.register import Entity, Register
from sakata_lod.serve.reconciliation.requests import BATCH_SIZE, read_extension, read_queries
from sakata_lod.serve.reconciliation.schema import PROPERTIES, TYPES, properties_of
from sakata_lod.serve.reconciliation.values import values_of
from sakata_lod.serve.routes.catalogue import space
from sakata_lod.serve.tables import link_of
from sakata_lod.serve.translation import gettext

blueprint = Blueprint("reconciliation", __name__)

_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)
_CALLBACK_LENGTH = 100
_MOST = 1_000_000


@blueprint.route("/reconcile", methods=["GET", "POST"])
def endpoint(city: str = "") -> Response:
    """Reconcile a batch of names, or tell values of entities; asked nothing, tell what the service is.

    city: its code, of a federation's: the service, here and below, knows its things and what all share.
    """
    asked, register = _asked(), _register(city)
    queries, extend = _one(asked, "queries"), _one(asked, "extend")
    if queries is not None and extend is not None:
        raise InvalidReconciliation("extend", "“queries” and “extend” cannot be asked at once")
    if queries is not None:
        timeout_s = service().settings.query_timeout_s
        found = candidates(read_queries(queries), register, service().store, timeout_s)
        return _json(results(found, register, language_for(request)))
    if extend is not None:
        wanted = read_extension(extend)
        known = [each for each in wanted.ids if each in register.entities]
        values = values_of(known, register, service().store)
        return _json(extension(wanted, values, register, language_for(request)))
    if request.method == "POST":
        raise InvalidReconciliation("queries", "the parameter is missing")
    return _json(_manifest(city))


@blueprint.get("/reconcile/suggest/entity")
def suggest_entity(city: str = "") -> Response:
    """The entities whose names hold what was typed."""
    language, register = language_for(request), _register(city)
    found = suggestion.entities(register, _text("prefix"), request.args.getlist("type"), _number("cursor", 0))
    told = [
        {
            "id": each.iri,
            "name": each.name(language),
            "description": register.described(each, language),
            "notable": register.typed(each, language),
        }
        for each in found
    ]
    return _json({"result": told})


@blueprint.get("/reconcile/suggest/type")
def suggest_type(city: str = "") -> Response:
    """The types whose names hold what was typed."""
    found = suggestion.types(_register(city), _text("prefix"), _number("cursor", 0), language_for(request))
    return _json({"result": found})


@blueprint.get("/reconcile/suggest/property")
def suggest_property(city: str = "") -> Response:
    """The properties whose names hold what was typed."""
    of, cursor = request.args.getlist("type"), _number("cursor", 0)
    found = suggestion.properties(_register(city), _text("prefix"), of, cursor, language_for(request))
    return _json({"result": found})


@blueprint.get("/reconcile/properties")
def properties(city: str = "") -> Response:
    """The properties whose values can be fetched for entities of a type."""
    kind, limit = _text("type"), _number("limit", len(PROPERTIES))
    offered = properties_of([kind])[:limit]
    register, language = _register(city), language_for(request)
    told = [{"id": each.iri, "name": register.label(each.iri, language)} for each in offered]
    return _json({"type": kind, "limit": limit, "properties": told})


@blueprint.get("/reconcile/view")
def view(city: str = "") -> Response:
    """Go on to the page about an entity."""
    link = link_of(_entity(city).iri, service().iris)
    response = Response(status=303)
    response.headers.remove("Content-Type")
    response.headers["Location"] = href(link.local)
    return response


@blueprint.get("/reconcile/preview")
def preview(city: str = "") -> Response:
    """A small page about an entity, for a frame in the client's window."""
    entity, register = _entity(city), _register(city)
    values = values_of([entity.iri], register, service().store).get(entity.iri, {})
    shown = preview_of(entity, values, register, language_for(request))
    link = link_of(entity.iri, service().iris)
    response = page_response("reconcile-preview.html", preview=shown, link=href(link.local))
    let_be_framed(response)
    return response


@blueprint.get("/reconcile/guide")
def guide(city: str = "") -> Response:
    """What the service is, for people: its address, its types and properties, its scores."""
    language, register = language_for(request), _register(city)
    return page_response(
        "reconcile-guide.html",
        address=f"{space(city).base}reconcile",
        types=[(each, register.label(each, language)) for each in TYPES],
        properties=[(each, register.label(each.iri, language)) for each in PROPERTIES],
        label=lambda iri: register.label(iri, language),
        batch_size=BATCH_SIZE,
        cities=len(register.publishers) if len(register.publishers) > 1 else 0,
    )


def _register(city: str) -> Register:
    """What names are reconciled with; those of a city alone. Raises: NotFound: there is no such city."""
    iris = space(city)
    found = service().reconcilables.register()
    return found.of_city(iris.base) if city else found


def _manifest(city: str) -> dict[str, Any]:
    told, language = service().release.manifest, language_for(request)
    name = gettext("%(publisher)s: plans and measures", publisher=name_of(told.city(city) or told, language))
    return manifest(name, told.software, _register(city), language)


def _asked() -> Parameters:
    """The parameters, of the URL or of a form."""
    in_url = parameters(request.query_string)
    if request.method != "POST":
        return in_url
    if request.mimetype != FORM_TYPE:
        raise UnsupportedMediaType
    return {**in_url, **parameters(request.get_data(cache=False))}


def _one(asked: Parameters, name: str) -> str | None:
    given = asked.get(name, ())
    if len(given) > 1:
        raise InvalidReconciliation(name, "the parameter is given more than once")
    return given[0] if given else None


def _text(name: str) -> str:
    return request.args.get(name, "")


def _number(name: str, default: int) -> int:
    """A whole number, 0 or more, of the URL."""
    given = request.args.get(name, "")
    if not given:
        return default
    if not (given.isascii() and given.isdigit() and len(given) <= len(str(_MOST))):
        raise InvalidReconciliation(name, "a whole number from 0 on is wanted")
    return int(given)


def _entity(city: str) -> Entity:
    """The entity that the URL names. Raises: UnknownIri."""
    iri = _text("id")
    entity = _register(city).entities.get(iri)
    if entity is None:
        raise UnknownIri(iri)
    return entity


def _json(data: dict[str, Any]) -> Response:
    """Answer in JSON; in a call of the function that `callback` names, where it does (JSONP)."""
    content, form = json.dumps(data, ensure_ascii=False), JSON
    callback = request.args.get("callback")
    if callback is not None:
        if len(callback) > _CALLBACK_LENGTH or not _CALLBACK.fullmatch(callback):
            raise InvalidReconciliation("callback", "the name of a JavaScript function is wanted")
        # The comment keeps the answer from being anything but a script; U+2028 ends a line in older ones.
        safe = content.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
        content, form = f"/**/{callback}({safe});", JAVASCRIPT
    response = Response(content, content_type=form.content_type)
    response.vary.add("Accept-Language")
    response.headers["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
    return response
