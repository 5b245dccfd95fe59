"""Which format, language and coding a client gets. The only place that reads the Accept headers."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Request

from sakata_lod.formats import ALIASES, GRAPH_FORMATS, HTML, PROBLEM_JSON, Format

DOCUMENT_OFFERS: Sequence[Format] = (*GRAPH_FORMATS, HTML)
"""The formats of a document, in the server's order: RDF before HTML, for a browser names HTML outright."""

LANGUAGES = ("ja", "en")
"""The languages of the pages; the first is a client's that asks for none."""

# RFC 9110, 12.5.1: a media range, then parameters whose values may be quoted and hold commas and semicolons.
# Every part is possessive, and a quote needs no end: no header makes the scan go over a part again and again.
_QUOTED = r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)'
_ELEMENT = re.compile(rf'(?:[^,"]|{_QUOTED})++', re.DOTALL)
_PARAMETER = re.compile(rf'(?:^|;)((?:[^;"]|{_QUOTED})*+)', re.DOTALL)
_QUALITY = re.compile(r"(?:0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?|\.[0-9]{1,3})")
_NAME = re.compile(r"[^\s,;\"]+")


@dataclass(eq=False)
class NotAcceptable(Exception):  # noqa: N818 - named as HTTP names it
    """The client accepts none of the formats at hand.

    document: where it has an address for each format, the path of that address without the suffix.
    """

    offers: Sequence[Format]
    document: str = ""


_Ranges = Mapping[str, float]
"""Names and wildcards of Accept or Accept-Language, and how much each is wanted."""


def choose(accept: str | None, offers: Sequence[Format]) -> Format:
    """Choose the format that a client wants most; on a tie, the one offered first.

    accept: the header's value, None where there is none. Parameters are ignored for the match.
    Raises: NotAcceptable.
    """
    ranges = _ranges(accept)
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
    ranges = _ranges(accept_language)
    if not ranges:
        return LANGUAGES[0]
    best = max(LANGUAGES, key=lambda each: _language_quality(each, ranges))
    # A reader of neither language is more likely to read English.
    return best if _language_quality(best, ranges) > 0 else "en"


def choose_coding(accept_encoding: str | None, offers: Sequence[str]) -> str:
    """Choose the content coding that a client wants most; "identity" where it wants none of those offered.

    On a tie, the one offered first, and any rather than identity (RFC 9110, 12.5.3).
    """
    qualities = {name.removeprefix("x-"): quality for name, quality in _ranges(accept_encoding).items()}
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


def _ranges(header: str | None) -> _Ranges:
    """Read a header. What cannot be read counts as not said; of an element said twice, the most counts."""
    found: dict[str, float] = {}
    for element in _ELEMENT.findall(header or ""):
        name, *parameters = (each.strip() for each in _PARAMETER.findall(element))
        quality = _quality(parameters)
        if quality is not None and _NAME.fullmatch(name):
            found[name.lower()] = max(quality, found.get(name.lower(), 0.0))
    return found


def _quality(parameters: Iterable[str]) -> float | None:
    """The weight among the parameters of an element: 1 where there is none, None where it cannot be read."""
    for each in parameters:
        name, _, value = (part.strip() for part in each.partition("="))
        if name.lower() == "q":
            return float(value) if _QUALITY.fullmatch(value) else None
    return 1.0


def _format_quality(form: Format, ranges: _Ranges) -> float:
    """How much a format is wanted: the most specific range that it falls under says."""
    kind = form.media_type.partition("/")[0]
    aliases = [alias for alias, meant in ALIASES.items() if meant is form]
    for names in ([form.media_type], aliases, [f"{kind}/*"], ["*/*", "*"]):
        matching = [ranges[each] for each in names if each in ranges]
        if matching:
            return max(matching)
    return 0.0


def _language_quality(language: str, ranges: _Ranges) -> float:
    named = [quality for name, quality in ranges.items() if name.partition("-")[0] == language]
    return max(named or [ranges.get("*", 0.0)])
