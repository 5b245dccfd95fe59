"""The formats that releases and answers come in. The only place that names media types."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write something down.

    rdf: set for the formats that hold a graph. results: for those that hold a SELECT's or ASK's result.
    unique_name: its name in W3C's list of unique IRIs for file formats; service descriptions use it.
    parameters: what its media type is qualified by, in files that we write.
    """

    name: str
    media_type: str
    suffix: str
    rdf: ox.RdfFormat | None = None
    results: ox.QueryResultsFormat | None = None
    unique_name: str = ""
    parameters: str = ""

    @property
    def content_type(self) -> str:
        """The value of `Content-Type`: text is UTF-8, and says so."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


HTML = Format("HTML", "text/html", "html")
TURTLE = Format("Turtle", "text/turtle", "ttl", rdf=ox.RdfFormat.TURTLE, unique_name="Turtle")
JSON_LD = Format("JSON-LD", "application/ld+json", "jsonld", rdf=ox.RdfFormat.JSON_LD, unique_name="JSON-LD")
N_TRIPLES = Format(
    "N-Triples", "application/n-triples", "nt", rdf=ox.RdfFormat.N_TRIPLES, unique_name="N-Triples"
)
RDF_XML = Format("RDF/XML", "application/rdf+xml", "rdf", rdf=ox.RdfFormat.RDF_XML, unique_name="RDF_XML")
N_QUADS = Format("N-Quads", "application/n-quads", "nq", rdf=ox.RdfFormat.N_QUADS, unique_name="N-Quads")
TRIG = Format("TriG", "application/trig", "trig", rdf=ox.RdfFormat.TRIG, unique_name="TriG")
N3 = Format("N3", "text/n3", "n3", rdf=ox.RdfFormat.N3, unique_name="N3")

CSV = Format("CSV", "text/csv", "csv", results=ox.QueryResultsFormat.CSV, unique_name="SPARQL_Results_CSV")
TSV = Format(
    "TSV",
    "text/tab-separated-values",
    "tsv",
    results=ox.QueryResultsFormat.TSV,
    unique_name="SPARQL_Results_TSV",
)
RESULTS_JSON = Format(
    "SPARQL JSON",
    "application/sparql-results+json",
    "srj",
    results=ox.QueryResultsFormat.JSON,
    unique_name="SPARQL_Results_JSON",
)
RESULTS_XML = Format(
    "SPARQL XML",
    "application/sparql-results+xml",
    "srx",
    results=ox.QueryResultsFormat.XML,
    unique_name="SPARQL_Results_XML",
)

CSV_TABLE = Format("CSV", "text/csv", "csv", parameters="charset=utf-8; header=present")
"""CSV as tables are written, with headings; the parameters are RFC 4180's and RFC 7111's."""
PARQUET = Format("Parquet", "application/vnd.apache.parquet", "parquet")
CSVW = Format("CSVW", "application/csvm+json", "json")
TOML = Format("TOML", "application/toml", "toml")
XLSX = Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")
SQLITE = Format("SQLite", "application/vnd.sqlite3", "sqlite")
OPENSEARCH = Format("OpenSearch", "application/opensearchdescription+xml", "xml")
JSON = Format("JSON", "application/json", "json")
JAVASCRIPT = Format("JavaScript", "text/javascript", "js")
XML = "application/xml"
"""What sitemaps are; not a format that anything here is asked for in."""
PROBLEM_JSON = Format("Problem", "application/problem+json", "json")

GRAPH_FORMATS: Sequence[Format] = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML, N_QUADS, TRIG, N3)
RESULT_FORMATS: Sequence[Format] = (RESULTS_JSON, RESULTS_XML, CSV, TSV)
DOCUMENT_FORMATS: Sequence[Format] = (HTML, *GRAPH_FORMATS)

FILE_TYPES = {
    CSV.media_type: ("CSV", "CSV"),
    JSON_LD.media_type: ("JSON_LD", "JSON-LD"),
    N_TRIPLES.media_type: ("RDF_N_TRIPLES", "N-Triples"),
    RDF_XML.media_type: ("RDF_XML", "RDF/XML"),
    TSV.media_type: ("TSV", "TSV"),
    TURTLE.media_type: ("RDF_TURTLE", "Turtle"),
    XLSX.media_type: ("XLSX", "XLSX"),
    PARQUET.media_type: ("PARQUET", "Parquet"),
}
"""The media types of files that a catalogue lists: their names in the EU's list of file types, and labels."""

ALIASES = {
    "application/json": RESULTS_JSON,
    "application/xml": RESULTS_XML,
    "text/xml": RESULTS_XML,
    "text/plain": N_TRIPLES,
}
"""Older or looser names by which clients ask for a format; answered with its own name."""


def format_of_suffix(suffix: str, among: Sequence[Format]) -> Format | None:
    """Find the format that files ending in `.suffix` have, among those at hand."""
    return next((each for each in among if each.suffix == suffix.lower()), None)
