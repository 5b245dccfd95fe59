import os
import subprocess
import sys
from collections.abc import Iterable

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from sakata_lod.formats import GRAPH_FORMATS, JSON_LD, N_QUADS, N_TRIPLES, TRIG, TURTLE, Format
from sakata_lod.serialization import serialize
from sakata_lod.serve.context import Service
from sakata_lod.serve.vocabularies import PAGES, load_vocabulary

from .conftest import ROOT
from .small_release import BASE

PARSERS = {each.name: each.media_type for each in GRAPH_FORMATS}
THINGS = [
    "measure/joho/2-1-2",
    "measure/joho/3-1",
    "source/joho/2023-03-31",
    "source/joho/2022-03-31",
    "fiscal-year/2021",
    "edition/joho/2023-03-31",
    "organization/999999",
    "graph/site",
]


def parsed(content: bytes, form: Format) -> Graph:
    if form in (N_QUADS, TRIG):
        dataset = Dataset(default_union=True)
        dataset.parse(content, format=form.media_type)
        graph = Graph()
        graph += dataset.triples((None, None, None))
        return graph
    return Graph().parse(content, format=PARSERS[form.name])


# rdflib's own parsers use what rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset).* is deprecated:DeprecationWarning")
@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("thing", THINGS)
def test_any_format_of_a_thing_is_the_same_graph(service: Service, thing: str, form: Format) -> None:
    triples = service.store.describe(f"{BASE}id/{thing}").triples
    expected = Graph().parse(ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    assert isomorphic(parsed(serialize(triples, form), form), expected)


@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("name", PAGES)
def test_any_format_of_a_vocabulary_is_the_same_graph(name: str, form: Format) -> None:
    vocabulary = load_vocabulary(name)
    reread = [quad.triple for quad in ox.parse(vocabulary.write(form), form.rdf)]
    assert fingerprint(reread) == fingerprint(vocabulary.triples)


def fingerprint(triples: Iterable[ox.Triple]) -> set[str]:
    dataset = ox.Dataset(ox.Quad(each.subject, each.predicate, each.object) for each in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return {str(each) for each in dataset}


def test_a_literal_is_written_as_it_is() -> None:
    integer = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    said = ox.Triple(ox.NamedNode("a:a"), ox.NamedNode("a:b"), ox.Literal("007", datatype=integer))
    for form in GRAPH_FORMATS:
        assert [quad.triple for quad in ox.parse(serialize([said], form), form.rdf)] == [said], form.name


def test_the_thing_comes_first(service: Service) -> None:
    thing = f"{BASE}id/measure/joho/2-1-2"
    turtle = serialize(service.store.describe(thing).triples, TURTLE, thing).decode()
    subjects = [line for line in turtle.splitlines() if line.startswith("<")]
    assert subjects[0].startswith(f"<{thing}> a plan:Measure")


def test_another_process_writes_the_same_bytes(service: Service) -> None:
    thing = f"{BASE}id/measure/joho/2-1-2"
    triples = service.store.describe(thing).triples
    code = (
        "import sys, hashlib, pyoxigraph as ox\n"
        "from sakata_lod.formats import GRAPH_FORMATS\n"
        "from sakata_lod.serialization import serialize\n"
        "triples = [q.triple for q in ox.parse(sys.stdin.buffer.read(), ox.RdfFormat.N_TRIPLES)]\n"
        "for form in GRAPH_FORMATS: print(hashlib.sha256(serialize(triples, form)).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            input=serialize(triples, N_TRIPLES),
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(digests) == 1


def test_json_ld_needs_no_other_file(service: Service) -> None:
    content = serialize(service.store.describe(f"{BASE}id/measure/joho/2-1-2").triples, JSON_LD)
    assert b'"@context": {' in content
    assert b'"type": "Measure"' in content
