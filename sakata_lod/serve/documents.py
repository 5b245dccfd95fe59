"""Documents that come in several formats: negotiated at one address, and each format at its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Response, request

from sakata_lod.formats import HTML, Format, format_of_suffix
from sakata_lod.serve.caching import Validators
from sakata_lod.serve.context import service
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, format_for, language_for

Write = Callable[[Format, str], bytes | str]
"""Gives a document in a format and, for a page, a language."""


@dataclass(frozen=True, slots=True)
class Document:
    """What is told at an address.

    name: its path below the base IRI, without suffix. version: changes when the content does.
    modified: the day of its last change. write: gives it in a format and, for a page, a language.
    links: further values of the Link header. query: what follows the name where it is one page of several.
    licence: where it is not the release's own.
    """

    name: str
    version: str
    modified: str
    write: Write
    links: Sequence[str] = ()
    query: str = ""
    licence: str = ""


def split_suffix(name: str, offers: Sequence[Format] = DOCUMENT_OFFERS) -> tuple[str, Format | None]:
    """Tell a document's name from the suffix of a format: `measure/p/1.ttl` → `measure/p/1`, Turtle."""
    stem, dot, suffix = name.rpartition(".")
    form = format_of_suffix(suffix, offers) if dot and "/" not in suffix else None
    return (stem, form) if form else (name, None)


def respond(document: Document, form: Format | None) -> Response:
    """Answer with a document in the format of its suffix, else in the one that the client wants most.

    Raises: NotAcceptable.
    """
    path = service().path(document.name)
    chosen = form or format_for(request, DOCUMENT_OFFERS, path)
    language = language_for(request)
    validators = _validators(document, chosen, language)
    response = Response(document.write(chosen, language), content_type=chosen.content_type)
    validators.put_on(response)
    response.headers["Content-Location"] = f"{path}.{chosen.suffix}{document.query}"
    response.headers["Link"] = ", ".join(
        [*_alternates(path, chosen, document.query), *_standing(document), *document.links]
    )
    response.vary.add("Accept")
    if chosen is HTML:
        response.vary.add("Accept-Language")
        response.headers["Content-Language"] = language
    return response


def _validators(document: Document, form: Format, language: str) -> Validators:
    """They change with content, software, format and, for a page, language and the links that keep it."""
    facts = [document.version, service().fingerprint, form.suffix]
    if form is HTML:
        facts += [language, *(["asked"] if "lang" in request.args else [])]
    return Validators("-".join(facts), service().last_modified(document.modified))


def _alternates(path: str, chosen: Format, query: str) -> list[str]:
    return [
        f'<{path}.{each.suffix}{query}>; rel="alternate"; type="{each.media_type}"'
        for each in DOCUMENT_OFFERS
        if each is not chosen
    ]


def _standing(document: Document) -> list[str]:
    return [
        f'<{service().iris.base}{document.name}{document.query}>; rel="canonical"',
        f'<{document.licence or service().release.manifest.licence}>; rel="license"',
    ]
