"""Which format, language and coding a client gets. The only place that reads the Accept headers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import Request

from sakata_lod.formats import ALIASES, GRAPH_FORMATS, HTML, PROBLEM_JSON, Format

DOCUMENT_OFFERS: Sequence[Format] = (*GRAPH_FORMATS, HTML)
"""The formats of a document, in the server's order: RDF before HTML, for a browser names HTML outright."""

LANGUAGES = ("ja", "en")
"""The languages of the pages; the first is a client's that asks for none."""

# RFC 9110, 12.5.1: a media range, then parameters whose values may be quoted and hold commas.
_ELEMENT = re.compile(
    r"""\s*([^\s,;]+)((?:\s*;\s*[^\s,;="]+(?:=(?:"(?:[^"\\]|\\.)*"|[^\s,;"]*))?)*)[^,]*(?:,|$)"""
)
_QUALITY = re.compile(r";\s*q=([01](?:\.[0-9]{0,3})?)\s*(?:;|$)", re.IGNORECASE)


@dataclass(eq=False)
class NotAcceptable(Exception):  # noqa: N818 - named as HTTP names it
    """The client accepts none of the formats at hand.

    document: where it has an address for each format, the path of that address without the suffix.
    """

    offers: Sequence[Format]
    document: str = ""


@dataclass(frozen=True, slots=True)
class _Range:
    """An element of Accept or Accept-Language: a name or wildcard, and how much it is wanted."""

    name: str
    quality: float


def choose(accept: str | None, offers: Sequence[Format]) -> Format:
    """Choose the format that a client wants most; on a tie, the one offered first.

    accept: the header's value, None where there is none. Parameters are ignored for the match.
    Raises: NotAcceptable.
    """
    ranges = list(_ranges(accept))
    if not ranges:
        return offers[0]
    best = max(offers, key=lambda each: _format_quality(each, ranges))
    if _format_quality(best, ranges) == 0:
        raise NotAcceptable(offers)
    return best


def choose_language(accept_language: str | None, asked: str | None = None) -> str:
    """Choose the language of a page: the one asked for in the URL, else by Accept-Language."""
    if asked in LANGUAGES:
        return asked
    ranges = list(_ranges(accept_language))
    if not ranges:
        return LANGUAGES[0]
    best = max(LANGUAGES, key=lambda each: _language_quality(each, ranges))
    # A reader of neither language is more likely to read English.
    return best if _language_quality(best, ranges) > 0 else "en"


def choose_coding(accept_encoding: str | None, offers: Sequence[str]) -> str:
    """Choose the content coding that a client wants most; "identity" where it wants none of those offered.

    On a tie, the one offered first, and any rather than identity (RFC 9110, 12.5.3).
    """
    qualities = {each.name.removeprefix("x-"): each.quality for each in _ranges(accept_encoding)}
    others = qualities.get("*", 0.0)
    best = max(offers, key=lambda each: qualities.get(each, others))
    quality = qualities.get(best, others)
    return best if quality > 0 and quality >= qualities.get("identity", 0.0) else "identity"


def format_for(request: Request, offers: Sequence[Format], document: str = "") -> Format:
    """Choose the format of an answer. Raises: NotAcceptable."""
    try:
        return choose(request.headers.get("Accept"), offers)
    except NotAcceptable as error:
        raise NotAcceptable(error.offers, document) from None


def language_for(request: Request) -> str:
    """Choose the language of an answer."""
    return choose_language(request.headers.get("Accept-Language"), request.args.get("lang"))


def problem_format_for(request: Request) -> Format:
    """Choose how to tell of a problem: a page where HTML is named, else problem+json in any case."""
    try:
        return choose(request.headers.get("Accept"), (PROBLEM_JSON, HTML))
    except NotAcceptable:
        return PROBLEM_JSON


def _ranges(header: str | None) -> Iterator[_Range]:
    for element in _ELEMENT.finditer(header or ""):
        name, parameters = element[1].lower(), element[2]
        if "q=" not in parameters.lower():
            yield _Range(name, 1.0)
        elif quality := _QUALITY.search(parameters):
            yield _Range(name, min(float(quality[1]), 1.0))


def _format_quality(form: Format, ranges: Sequence[_Range]) -> float:
    """How much a format is wanted: the most specific range that it falls under says."""
    kind = form.media_type.partition("/")[0]
    aliases = [alias for alias, meant in ALIASES.items() if meant is form]
    for names in ([form.media_type], aliases, [f"{kind}/*"], ["*/*", "*"]):
        matching = [each.quality for each in ranges if each.name in names]
        if matching:
            return max(matching)
    return 0.0


def _language_quality(language: str, ranges: Sequence[_Range]) -> float:
    named = [each.quality for each in ranges if each.name.partition("-")[0] == language]
    return max(named or [each.quality for each in ranges if each.name == "*"] or [0.0])
