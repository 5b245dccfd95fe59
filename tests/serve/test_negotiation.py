"""Cases of RFC 9110, 12.5.1, each by its name."""

from dataclasses import dataclass

import pytest

from sakata_lod.formats import (
    CSV,
    HTML,
    JSON_LD,
    N3,
    N_QUADS,
    N_TRIPLES,
    RDF_XML,
    RESULT_FORMATS,
    RESULTS_JSON,
    RESULTS_XML,
    TRIG,
    TSV,
    TURTLE,
    Format,
)
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, NotAcceptable, choose, choose_language

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1"


@dataclass(frozen=True)
class Case:
    name: str
    accept: str | None
    chosen: Format


DOCUMENTS = [
    Case("no Accept: Turtle", None, TURTLE),
    Case("empty Accept: Turtle", "", TURTLE),
    Case("anything: Turtle", "*/*", TURTLE),
    Case("anything, as some write it", "*", TURTLE),
    Case("any text: Turtle before HTML", "text/*", TURTLE),
    Case("any application: JSON-LD comes first", "application/*", JSON_LD),
    Case("a browser", CHROME, HTML),
    Case("a browser of old", "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2", HTML),
    Case("rdflib", RDFLIB, RDF_XML),
    Case("Turtle", "text/turtle", TURTLE),
    Case("JSON-LD", "application/ld+json", JSON_LD),
    Case("N-Triples", "application/n-triples", N_TRIPLES),
    Case("RDF/XML", "application/rdf+xml", RDF_XML),
    Case("N-Quads", "application/n-quads", N_QUADS),
    Case("TriG", "application/trig", TRIG),
    Case("N3", "text/n3", N3),
    Case("HTML", "text/html", HTML),
    Case("plain text is N-Triples' old name", "text/plain", N_TRIPLES),
    Case("a charset is ignored", "text/turtle;charset=utf-8", TURTLE),
    Case("a profile is ignored", 'application/ld+json;profile="urn:a:profile"', JSON_LD),
    Case("a quoted comma", 'application/ld+json;p="a,text/html";q=0.9, text/html;q=0.1', JSON_LD),
    Case("case does not matter", "Text/HTML;Q=0.5, TEXT/TURTLE;q=0.4", HTML),
    Case("the higher quality wins", "text/turtle;q=0.5, application/ld+json;q=0.9", JSON_LD),
    Case("no quality is quality 1", "text/turtle;q=0.9, application/rdf+xml", RDF_XML),
    Case("on a tie RDF wins, HTML first", "text/html, text/turtle", TURTLE),
    Case("on a tie RDF wins, HTML last", "text/turtle, text/html", TURTLE),
    Case("on a tie the order of the server", "application/rdf+xml, application/ld+json", JSON_LD),
    Case("the more specific range tells", "text/*;q=0.9, text/turtle;q=0.1, text/html;q=0.5", N3),
    Case("a refused format is not taken by */*", "*/*, text/turtle;q=0", JSON_LD),
    Case("a refused kind", "application/*;q=0, text/n3;q=0, text/*;q=0.1, text/turtle;q=0", HTML),
    Case("unknown types do not matter", "image/png, application/pdf, text/html;q=0.2", HTML),
    Case("spaces do not matter", "  text/turtle ; q=0.3 ,application/ld+json ;q=0.8 ", JSON_LD),
    Case("three decimals", "text/turtle;q=0.001, text/html;q=0.002", HTML),
    Case("an unreadable quality counts as not said", "text/turtle;q=high, text/html;q=0.1", HTML),
    Case("empty elements are skipped", ",, text/html,,", HTML),
    Case("quality before other parameters", "text/turtle;q=0.2;level=1, text/html;q=0.5", HTML),
]  # fmt: skip

RESULTS = [
    Case("anything: JSON", "*/*", RESULTS_JSON),
    Case("plain JSON", "application/json", RESULTS_JSON),
    Case("plain XML", "application/xml", RESULTS_XML),
    Case("old XML", "text/xml", RESULTS_XML),
    Case("XML by name", "application/sparql-results+xml", RESULTS_XML),
    Case("CSV", "text/csv", CSV),
    Case("TSV", "text/tab-separated-values", TSV),
    Case("any text: CSV", "text/*", CSV),
    Case("a browser's table", CHROME, HTML),
    Case("a graph format falls back on */*", "text/turtle, */*;q=0.1", RESULTS_JSON),
    Case(
        "the own name tells before the alias",
        "application/json;q=0.9, application/sparql-results+json;q=0.1, text/csv;q=0.5",
        CSV,
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: case.name)
def test_format_of_a_document(case: Case) -> None:
    assert choose(case.accept, DOCUMENT_OFFERS).name == case.chosen.name


@pytest.mark.parametrize("case", RESULTS, ids=lambda case: case.name)
def test_format_of_a_result(case: Case) -> None:
    assert choose(case.accept, (*RESULT_FORMATS, HTML)).name == case.chosen.name


@pytest.mark.parametrize(
    "accept", ["image/png", "*/*;q=0", "text/turtle;q=0", "application/json", "image/*", "text/turtle-x"]
)
def test_what_is_not_offered_is_not_acceptable(accept: str) -> None:
    with pytest.raises(NotAcceptable) as refused:
        choose(accept, DOCUMENT_OFFERS)
    assert refused.value.offers == DOCUMENT_OFFERS


@pytest.mark.parametrize(
    ("header", "asked", "language"),
    [
        (None, None, "ja"),
        ("", None, "ja"),
        ("ja", None, "ja"),
        ("en", None, "en"),
        ("en-GB,en;q=0.9", None, "en"),
        ("ja-JP,ja;q=0.9,en;q=0.8", None, "ja"),
        ("en;q=0.5,ja;q=0.6", None, "ja"),
        ("fr,en;q=0.2", None, "en"),
        ("fr", None, "en"),
        ("*", None, "ja"),
        ("ja;q=0, *", None, "en"),
        ("ja", "en", "en"),
        ("en", "ja", "ja"),
        ("en", "xx", "en"),
    ],
)
def test_language_of_a_page(header: str | None, asked: str | None, language: str) -> None:
    assert choose_language(header, asked) == language
