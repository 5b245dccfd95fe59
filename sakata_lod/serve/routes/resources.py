"""Things of the city, and the documents about them."""

from functools import partial

from flask import Blueprint, Response, request

from sakata_lod.errors import UnknownIri
from sakata_lod.formats import GRAPH_FORMATS, HTML, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve import documents
from sakata_lod.serve.context import service
from sakata_lod.serve.description import Description
from sakata_lod.serve.documents import Document, split_suffix
from sakata_lod.serve.pages import page
from sakata_lod.serve.resource_page import resource_page

blueprint = Blueprint("resources", __name__)


@blueprint.get("/id/<path:name>")
def thing(name: str) -> Response:
    """A thing is no document: point to the one about it."""
    iri = service().iris.thing(name)
    if not service().store.knows(iri):
        raise UnknownIri(iri)
    path = service().path(f"doc/{name}")
    query = request.query_string.decode("ascii", "replace")
    response = Response(status=303)
    response.headers.remove("Content-Type")
    # Relative to the host that the client knows: the server may stand behind another name.
    response.headers["Location"] = f"{path}?{query}" if query else path
    response.headers["Link"] = f'<{path}>; rel="describedby"'
    return response


@blueprint.get("/doc/<path:name>")
def document(name: str) -> Response:
    """The document about a thing."""
    stem, form = split_suffix(name)
    iri = service().iris.thing(stem)
    description = service().store.describe(iri)
    release = service().release
    links = (
        f'<{iri}>; rel="describes"',
        f'<{service().path(f"doc/{stem}")}>; rel="describedby"; anchor="{iri}"',
    )
    write = partial(_write, description)
    told = Document(f"doc/{stem}", release.id, release.manifest.last_modified, write, links)
    return documents.respond(told, form)


def _write(description: Description, form: Format, language: str) -> bytes | str:
    if form is HTML:
        shown = resource_page(description, service().iris, language)
        return page("resource.html", resource=shown, formats=GRAPH_FORMATS)
    return serialize(description.triples, form, description.thing.value)
