"""The shared vocabulary: its terms, codes, themes and shapes."""

from functools import partial

from flask import Blueprint, Response
from werkzeug.exceptions import NotFound

from sakata_lod.formats import GRAPH_FORMATS, HTML, JSON_LD, Format
from sakata_lod.serve import documents, void
from sakata_lod.serve.context import service
from sakata_lod.serve.documents import Document, split_suffix
from sakata_lod.serve.pagemodels.shape_rules import others, shapes
from sakata_lod.serve.pagemodels.terms import terms_page
from sakata_lod.serve.pages import asker, page
from sakata_lod.serve.vocabularies import PAGES, load_vocabulary
from sakata_lod.vocabulary import CONTEXT, PLAN_SHAPES

blueprint = Blueprint("vocabularies", __name__)


@blueprint.get("/<any(ontology, codes, themes, shapes):name>")
@blueprint.get("/<any(ontology, codes, themes, shapes):name>.<suffix>")
def vocabulary(name: str, suffix: str = "") -> Response:
    """A vocabulary, whole."""
    _, form = split_suffix(f"{name}.{suffix}")
    if suffix and form is None:
        raise NotFound
    shown = load_vocabulary(name)
    modified = shown.modified or service().release.manifest.last_modified
    links = (f'<{shown.iri}>; rel="describes"',)
    # A page has names from the release, too.
    version = f"{service().release.id}-{shown.digest}"
    return documents.respond(Document(name, version, modified, partial(_write, name), links), form)


@blueprint.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context. Answers in JSON-LD hold it themselves; this is for those who write their own."""
    response = Response(CONTEXT.path.read_bytes(), content_type=JSON_LD.content_type)
    response.headers["Cache-Control"] = "no-cache"
    response.last_modified = service().last_modified(service().release.manifest.last_modified)
    return response


def _write(name: str, form: Format, language: str) -> bytes | str:
    shown = load_vocabulary(name)
    if form is not HTML:
        return shown.write(form)
    described = void.void_triples(service().release) or []
    template = "shapes.html" if name == PLAN_SHAPES.name else "vocabulary.html"
    return page(
        template,
        name=name,
        names=tuple(PAGES),
        formats=GRAPH_FORMATS,
        iri=shown.iri,
        shown=terms_page(shown, described, asker(language)),
        shapes=shapes(language),
        others=others(language),
    )
