"""From Sakata's published table to served linked data, with real clients, as the README promises it."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import frictionless
import pyoxigraph as ox
import pytest
from csvw import CSVW
from rdflib import Graph, URIRef
from rdflib.compare import isomorphic
from SPARQLWrapper import CSV, JSON, POST, TURTLE, SPARQLWrapper

from sakata_lod.namespaces import CODE, DCTERMS, HYDRA, PLAN, RDF
from sakata_lod.publish.build import build
from sakata_lod.release import Release
from tests.conftest import ROOT, SAKATA
from tests.publish.conftest import unwatched

pytestmark = pytest.mark.outside

READY_WITHIN_S = 60
PREFIXES = "PREFIX plan: <https://w3id.org/municipal-plan#> PREFIX dct: <http://purl.org/dc/terms/>"


@dataclass(frozen=True, slots=True)
class Site:
    """Sakata's release, served where its IRIs say."""

    base: str
    release: Release


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Build the release for a free port and serve it there by `sakata-lod serve`."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    base = f"http://127.0.0.1:{port}/"
    releases = tmp_path_factory.mktemp("releases")
    built = build(SAKATA, releases, base, unwatched)
    assert built.release is not None
    environment = os.environ | {
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "RELEASE": str(releases),
        "BASE_IRI": base,
    }
    command = [sys.executable, "-m", "sakata_lod.cli", "serve"]
    with subprocess.Popen(command, env=environment, cwd=ROOT) as server:
        try:
            wait_until_ready(base)
            yield Site(base, built.release)
        finally:
            server.send_signal(signal.SIGTERM)
            assert server.wait(READY_WITHIN_S) in (0, -signal.SIGTERM)


def wait_until_ready(base: str) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{base}readyz") as response:  # noqa: S310 - loopback
                assert response.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError("the server did not become ready")


def get(url: str, accept: str, language: str = "ja") -> tuple[str, bytes]:
    """Get a document as `curl -L` does: its content type and its content."""
    request = urllib.request.Request(url, headers={"Accept": accept, "Accept-Language": language})  # noqa: S310
    with urllib.request.urlopen(request) as response:  # noqa: S310 - loopback
        return response.headers["Content-Type"], response.read()


def select(site: Site, query: str) -> list[dict[str, str]]:
    """Ask the endpoint through SPARQLWrapper."""
    client = SPARQLWrapper(f"{site.base}sparql", returnFormat=JSON)
    client.setQuery(query)
    found: Any = client.queryAndConvert()
    return [{name: each["value"] for name, each in row.items()} for row in found["results"]["bindings"]]


def test_the_wi_fi_measure_is_had_as_turtle_with_all_that_belongs_to_it(site: Site) -> None:
    iri = f"{site.base}id/measure/joho-keikaku/2-1-2"
    content_type, content = get(iri, "text/turtle")
    assert content_type.startswith("text/turtle")
    graph = Graph().parse(content, format="turtle")
    it = URIRef(iri)
    assert graph.value(it, PLAN.responsibleDepartment) == URIRef(f"{site.base}id/department/koryu-kanko")
    assert {str(each)[-5:] for each in graph.objects(it, PLAN.relatedMeasure)} == {"2-1-3", "2-1-4"}
    assert graph.value(it, PLAN.theme, any=True) is not None
    progress = graph.value(None, RDF.type, PLAN.Progress)
    assert graph.value(progress, PLAN.achievement) == CODE.partlyAchieved
    activities = set(graph.subjects(RDF.type, PLAN.Activity))
    assert {str(graph.value(each, PLAN.fiscalYear))[-4:] for each in activities} == {"2018", "2019"}
    assert all(graph.value(each, DCTERMS.description) for each in activities)


def test_sparqlwrapper_finds_thirty_three_measures(site: Site) -> None:
    assert len(select(site, f"{PREFIXES} SELECT ?m {{ ?m a plan:Measure }}")) == 33


def test_statuses_are_counted_as_in_the_published_table(site: Site) -> None:
    query = PREFIXES + "SELECT ?code (COUNT(?m) AS ?n) {{ ?m a plan:Measure ; plan:{} ?code }} GROUP BY ?code"
    for predicate, counts in (
        ("currentAchievement", {"achieved": "27", "partlyAchieved": "3", "discontinued": "3"}),
        ("currentResponse", {"continue": "18", "complete": "13", "suspend": "2"}),
    ):
        rows = select(site, query.format(predicate))
        assert {row["code"].partition("#")[2]: row["n"] for row in rows} == counts


def test_activities_are_counted_by_fiscal_year_as_in_the_published_table(site: Site) -> None:
    rows = select(
        site,
        PREFIXES
        + "SELECT DISTINCT ?m ?y { ?a a plan:Activity ; plan:measure ?m ; plan:fiscalYear/plan:startYear ?y }",
    )
    assert len(rows) == 101
    assert Counter(row["y"] for row in rows) == {"2018": 21, "2019": 25, "2020": 22, "2021": 17, "2022": 16}


def test_sparqlwrapper_posts_and_gets_other_formats(site: Site) -> None:
    client = SPARQLWrapper(f"{site.base}sparql", returnFormat=CSV)
    client.setMethod(POST)
    client.setQuery(f"{PREFIXES} SELECT (COUNT(*) AS ?n) {{ ?m a plan:Measure }}")
    assert client.queryAndConvert() == b"n\r\n33\r\n"
    client.setReturnFormat(TURTLE)
    client.setQuery(f"{PREFIXES} CONSTRUCT WHERE {{ ?m a plan:Plan }}")
    answer: Any = client.queryAndConvert()
    assert len(Graph().parse(answer, format="turtle")) == 1


def test_the_first_query_of_the_readme_gives_the_answer_it_shows(site: Site) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    query = re.search(r"--format table '\n(.*?)'\n", readme, re.DOTALL)
    assert query is not None
    shown = re.findall(r"^\| (\d-\d-\d+) \| (.+?) \| (.+?) \| (.+?) \|$", readme, re.MULTILINE)
    rows = select(site, query[1])
    found = [tuple(row[name] for name in ("number", "title", "achievement", "response")) for row in rows]
    assert found == shown
    assert len(shown) == 6


def iris_of(site: Site) -> list[str]:
    """Every IRI of a thing in the release."""
    found = set()
    for quad in ox.parse(path=site.release.dataset, format=ox.RdfFormat.N_QUADS):
        for term in (quad.subject, quad.predicate, quad.object, quad.graph_name):
            if isinstance(term, ox.NamedNode) and term.value.startswith(f"{site.base}id/"):
                found.add(term.value)
    return sorted(found)


def test_every_iri_of_the_release_resolves_in_every_rdf_format_to_the_same_graph(site: Site) -> None:
    iris = iris_of(site)
    documents: dict[str, set[str]] = {}
    for iri in iris:
        documents.setdefault(iri.partition("#")[0], set()).add(iri)
    assert len(documents) > 300
    for document, things in documents.items():
        graphs = []
        for media_type, form in (
            ("text/turtle", ox.RdfFormat.TURTLE),
            ("application/ld+json", ox.RdfFormat.JSON_LD),
            ("application/n-triples", ox.RdfFormat.N_TRIPLES),
            ("application/rdf+xml", ox.RdfFormat.RDF_XML),
        ):
            content_type, content = get(document, media_type)
            assert content_type.partition(";")[0] == media_type
            graphs.append({quad.triple for quad in ox.parse(content, format=form)})
        assert graphs[0] == graphs[1] == graphs[2] == graphs[3], document
        told = {each.subject.value for each in graphs[0] if isinstance(each.subject, ox.NamedNode)}
        told |= {each.object.value for each in graphs[0] if isinstance(each.object, ox.NamedNode)}
        assert things <= told, document


def test_a_document_says_of_its_thing_what_the_release_says_to_the_letter(site: Site) -> None:
    said: dict[str, set[ox.Triple]] = {}
    for quad in ox.parse(path=site.release.dataset, format=ox.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, ox.DefaultGraph) and isinstance(quad.subject, ox.NamedNode):
            said.setdefault(quad.subject.value, set()).add(quad.triple)
    things = [each for each in said if each.startswith(f"{site.base}id/") and "#" not in each]
    assert len(things) > 250
    for thing in things:
        _, content = get(thing, "application/n-triples")
        triples = {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}
        assert {each for each in triples if each.subject == ox.NamedNode(thing)} == said[thing], thing


def test_the_catalogue_says_what_the_release_says_to_the_letter(site: Site) -> None:
    quads = ox.parse(path=site.release.dataset, format=ox.RdfFormat.N_QUADS)
    said = {quad.triple for quad in quads}
    _, content = get(f"{site.base}catalog", "application/n-triples")
    told = {quad.triple for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES)}
    of_the_page = {each for each in told if str(HYDRA) in f"{each.predicate} {each.object}"}
    assert len(told - of_the_page) > 1000
    assert told - of_the_page <= said


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_iri_of_the_release_has_a_page_in_both_languages(site: Site, language: str) -> None:
    for document in sorted({iri.partition("#")[0] for iri in iris_of(site)}):
        content_type, content = get(document, "text/html", language)
        assert content_type.startswith("text/html")
        assert f'<html lang="{language}">'.encode() in content
        assert b"<h1>" in content


def test_every_address_that_the_release_names_is_answered(site: Site) -> None:
    named = {
        quad.object.value
        for quad in ox.parse(path=site.release.dataset, format=ox.RdfFormat.N_QUADS)
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith(site.base)
    }
    addresses = {each for each in named if not each.startswith(f"{site.base}id/")}
    assert len(addresses) > 20
    for each in sorted(addresses):
        assert get(each, "*/*")[1], each


@pytest.mark.parametrize("page", ["ontology", "codes", "themes", "shapes"])
def test_the_shared_files_are_served_and_each_term_has_its_anchor(site: Site, page: str) -> None:
    content = get(f"{site.base}{page}", "text/turtle")[1]
    graph = Graph().parse(content, format="turtle")
    html = get(f"{site.base}{page}", "text/html")[1].decode()
    named = {str(each) for each in graph.subjects() if isinstance(each, URIRef)}
    terms = {each.partition("#")[2] for each in named if each.startswith("https://w3id.org/municipal-plan")}
    for term in filter(None, terms):
        assert f'id="{term}"' in html or f'id="codes-{term}"' in html, term


def test_every_address_that_w3id_will_point_to_is_answered(site: Site) -> None:
    rules = (ROOT / "ontology/w3id/.htaccess").read_text(encoding="utf-8")
    targets = set(re.findall(r"%\{ENV:BASE\}/([a-z.-]+) ", rules)) | {"codes", "themes", "shapes"}
    assert {"ontology", "shapes", "context.jsonld"} <= targets
    for target in targets:
        assert get(f"{site.base}{target}", "application/ld+json")[0] == "application/ld+json"


def test_the_downloads_are_the_files_of_the_release(site: Site) -> None:
    for file in site.release.manifest.files:
        content_type, content = get(f"{site.base}dump/{file.path}", "*/*")
        assert content_type.partition(";")[0] == file.media_type
        assert content == (site.release.folder / file.path).read_bytes()


@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).* is deprecated:DeprecationWarning")
def test_rdflib_reads_the_downloaded_graph_from_every_format(site: Site) -> None:
    turtle = Graph().parse(f"{site.base}dump/graph.ttl", format="turtle")
    other = Graph().parse(f"{site.base}dump/graph.jsonld", format="json-ld")
    assert isomorphic(turtle, other)


def test_csvw_finds_the_metadata_of_a_table_by_its_link_and_the_table_keeps_to_it(site: Site) -> None:
    # The plain file: over HTTP, PyPI's csvw takes a byte-order mark for a part of the first heading.
    found = CSVW(f"{site.base}dump/measures.plain.csv", validate=True)
    assert found.is_valid, found.warnings
    assert found.common_props["dc:license"] == {"@id": site.release.manifest.licence}
    rows = found.to_json(minimal=True)
    assert len(rows) == 33
    assert rows[0]["@id"] == f"{site.base}id/measure/joho-keikaku/2-1-1"


def test_frictionless_reads_the_served_data_package(site: Site) -> None:
    report = frictionless.validate(f"{site.base}dump/datapackage.json")
    assert report.valid, report.flatten(["type", "note"])
    assert [task.stats["rows"] for task in report.tasks] == [33, 105, 17, 12]


def test_a_thing_that_is_not_there_is_404(site: Site) -> None:
    for path in (
        "id/measure/joho-keikaku/9-9-9",
        "doc/measure/joho-keikaku/9-9-9",
        "dump/../manifest.json",
        "x",
    ):
        with pytest.raises(urllib.error.HTTPError) as caught:
            get(f"{site.base}{path}", "text/turtle")
        assert caught.value.code == 404
        caught.value.close()


def test_server_py_serves_the_same_as_the_command(site: Site, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    environment = os.environ | {"HOST": "127.0.0.1", "PORT": str(port), "RELEASE": str(site.release.folder)}
    environment.pop("BASE_IRI", None)
    command = [sys.executable, str(ROOT / "server.py")]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, stderr=subprocess.PIPE, text=True
    ) as server:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/")
            path = "doc/measure/joho-keikaku/2-1-2.ttl"
            assert get(f"http://127.0.0.1:{port}/{path}", "*/*") == get(f"{site.base}{path}", "*/*")
            assert server.stderr is not None
            assert server.stderr.readline() == f"Serving at http://127.0.0.1:{port}/ (Ctrl-C ends it)\n"
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(READY_WITHIN_S)
