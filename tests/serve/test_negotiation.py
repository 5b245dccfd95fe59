"""Cases of RFC 9110, 12.5.1, each by its name."""

import time
from contextlib import suppress
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from sakata_lod.serve.negotiation import DOCUMENT_OFFERS, LANGUAGES, NotAcceptable, choose, choose_language

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
    Case("quality after other parameters", "text/turtle;level=1;q=0.2, text/html;q=0.5", HTML),
    Case("a tab is a space", "text/turtle\t;\tq=0.2,\ttext/html", HTML),
    Case("a quality of zero with decimals refuses", "text/turtle;q=0.000, */*;q=0.001", JSON_LD),
    Case("a quality of one with decimals", "text/html;q=1.000, text/turtle;q=0.999", HTML),
    Case("a quality that begins with its point", "text/html;q=.2, text/turtle;q=.1", HTML),
    Case("a quality that ends with its point", "text/html;q=1., text/turtle;q=0.", HTML),
    Case("a quality over one counts as not said", "text/turtle;q=1.5, text/html;q=0.1", HTML),
    Case("a quality below zero counts as not said", "text/turtle;q=-1, text/html;q=0.1", HTML),
    Case("four decimals count as not said", "text/turtle;q=0.9999, text/html;q=0.1", HTML),
    Case("an empty quality counts as not said", "text/turtle;q=, text/html;q=0.1", HTML),
    Case("a quality in an exponent counts as not said", "text/turtle;q=1e-1, text/html;q=0.1", HTML),
    Case("a quality in other digits counts as not said", "text/turtle;q=１, text/html;q=0.1", HTML),
    Case("nothing readable: as if there were no Accept", "text/turtle;q=high", TURTLE),
    Case("a quality inside quotes is none", 'text/html;p="a;q=0.1", text/turtle;q=0.5', HTML),
    Case("a quoted quotation mark", r'text/html;p="\",";q=0.9, text/turtle;q=0.5', HTML),
    Case("a quotation mark without end takes in the rest", 'text/html;p="a, text/turtle', HTML),
    Case("a name with a quotation mark is none", '"text/turtle", text/html;q=0.1', HTML),
    Case("a parameter named like the quality", "text/html;qs=0.1, text/turtle;q=0.5", HTML),
    Case("an element without a name is none", ";text/turtle, ;q=1, text/html;q=0.1", HTML),
    Case("a parameter without a value", "text/html;level, text/turtle;q=0.5", HTML),
    Case("a semicolon too many", "text/html;;q=0.9;, text/turtle;q=0.5", HTML),
    Case("no element, only commas", ", ,\t,", TURTLE),
    Case("said twice, the most counts", "text/html;q=0.1, text/turtle;q=0.5, text/html;q=0.9", HTML),
    Case("of two kinds the one wanted more", "*/*;q=0.9, application/*;q=0.1, text/*;q=0.2", TURTLE),
    Case("a kind refused, one of it wanted", "text/*;q=0, text/html, application/*;q=0.5", HTML),
    Case("an alias of a refused name", "text/plain, application/n-triples;q=0, text/html;q=0.1", HTML),
    Case("a subtype's wildcard is no range", "text/turtle*, text/html;q=0.1", HTML),
    Case("a suffix's wildcard is no range", "application/*+json, text/html;q=0.1", HTML),
    Case("a wildcard of the kind alone is no range", "*/turtle, text/html;q=0.1", HTML),
    Case("curl", "*/*", TURTLE),
    Case("Python's requests", "*/*", TURTLE),
    Case("Jena", "text/turtle,application/n-triples;q=0.9,application/rdf+xml;q=0.7,*/*;q=0.3", TURTLE),
    Case("RDF4J", "application/rdf+xml;q=0.8, application/ld+json, text/turtle;q=0.9", JSON_LD),
    Case("Safari", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", HTML),
    Case("a harvester of DCAT", "application/rdf+xml, text/turtle;q=0.9, application/ld+json;q=0.8", RDF_XML),
    Case("a link checker", "text/html, application/xhtml+xml, */*;q=0.1", HTML),
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
    "sign", [" ", ";", ",", '"', "\\", "a", "a;", 'a="', ';q="', "a,", "\t;", '"\\', "="]
)
def test_no_header_makes_the_parser_slow(sign: str) -> None:
    header = sign * (256 * 1024 // len(sign))
    begun = time.process_time()
    with suppress(NotAcceptable):
        choose(header, DOCUMENT_OFFERS)
    assert time.process_time() - begun < 10


@given(st.text(alphabet='ab/*+;,="\\ q01.texhml-turl\t\n災', max_size=200) | st.text(max_size=200))
def test_any_header_ends_in_a_format_or_in_a_refusal(header: str) -> None:
    with suppress(NotAcceptable):
        assert choose(header, DOCUMENT_OFFERS) in DOCUMENT_OFFERS
    assert choose_language(header) in LANGUAGES


@given(st.lists(st.tuples(st.sampled_from(DOCUMENT_OFFERS), st.integers(0, 1000)), min_size=1, max_size=8))
def test_the_format_wanted_most_is_chosen(wanted: list[tuple[Format, int]]) -> None:
    header = ", ".join(f"{form.media_type};q={weight / 1000:.3f}" for form, weight in wanted)
    most = max(weight for _, weight in wanted)
    if most:
        chosen = choose(header, DOCUMENT_OFFERS)
        assert most == max(weight for form, weight in wanted if form is chosen)
    else:
        with pytest.raises(NotAcceptable):
            choose(header, DOCUMENT_OFFERS)


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
