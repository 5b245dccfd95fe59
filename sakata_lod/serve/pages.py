"""What every HTML page is made of: its template, its language, and links that keep the language."""

from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, render_template, request

from sakata_lod.formats import HTML
from sakata_lod.serve import translation
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import LANGUAGES, language_for


def prepare(app: Flask) -> None:
    """Give an application's templates what they all need."""
    translation.prepare(app)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(href=href, document_of=document_of, in_language=in_language, on_page=on_page)
    app.context_processor(_common)


def page(template: str, **facts: Any) -> str:
    """Render a page in the language of the request."""
    return render_template(template, **facts)


def page_response(template: str, **facts: Any) -> Response:
    """Answer with a page that is made anew for each request."""
    response = Response(page(template, **facts), content_type=HTML.content_type)
    response.headers["Content-Language"] = language_for(request)
    response.vary.update(["Accept", "Accept-Language"])
    response.headers["Cache-Control"] = "no-cache"
    response.last_modified = service().last_modified(service().release.manifest.last_modified)
    return response


def href(name: str) -> str:
    """A link to a page here: a language that was asked for in the URL stays asked for."""
    path, mark, fragment = name.partition("#")
    asked = request.args.get("lang")
    query = f"{'&' if '?' in path else '?'}lang={asked}" if asked in LANGUAGES else ""
    return f"{service().path(path)}{query}{mark}{fragment}"


def document_of(iri: str) -> str:
    """A link to the document about a thing of this site."""
    return href(service().iris.document(iri).removeprefix(service().iris.base))


def in_language(language: str) -> str:
    """A link to this very page in another language, at its negotiated address."""
    return _here("lang", language)


def on_page(number: int) -> str:
    """A link to another page of the links to the thing that this page is about."""
    return _here("page", str(number))


def _here(name: str, value: str) -> str:
    others = [(other, said) for other, said in request.args.items(multi=True) if other != name]
    path = request.path.removesuffix(f".{HTML.suffix}")
    return f"{path}?{urlencode([*others, (name, value)])}"


def _common() -> dict[str, Any]:
    manifest = service().release.manifest
    return {
        "language": language_for(request),
        "languages": LANGUAGES,
        "path": service().path,
        "settings": service().settings,
        "manifest": manifest,
        "publisher": manifest.publisher.get(language_for(request)) or next(iter(manifest.publisher.values())),
    }
