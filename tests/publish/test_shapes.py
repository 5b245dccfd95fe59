"""The shapes themselves: well made, and each with an example that keeps to it and one that breaks it."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate as run_pyshacl
from pyshacl.entrypoints import meta_validate
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.formats import TURTLE
from sakata_lod.namespaces import CODE, DCTERMS, OWL, PLAN, RDF, SH, XSD
from sakata_lod.publish.queried_graph import QueriedGraph
from sakata_lod.publish.shape_lint import lint_shapes
from sakata_lod.publish.shape_paths import path_text
from sakata_lod.publish.shapes import load_shapes, make_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import ValidationResult
from sakata_lod.serialization import read_graph
from sakata_lod.vocabulary import PLAN_SHAPES, SHAPES, SHARED_GRAPHS, SharedFile, load

EXAMPLES = Path(__file__).parent.parent / "shapes"
SHAPE_IRIS = sorted(str(shape) for shape in load_shapes().sources())
PREFIXES = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <http://example.org/> ."


def shared() -> Graph:
    whole = Graph()
    for file in SHARED_GRAPHS:
        whole += load(file)
    return whole


def name(shape: str) -> str:
    return shape.partition("#")[2]


def example_of(kind: str, shape: str) -> Path:
    """The shape's own example, or else that of the node shape it belongs to."""
    own = EXAMPLES / kind / f"{name(shape)}.ttl"
    return own if own.exists() else EXAMPLES / kind / f"{name(shape).partition('-')[0]}.ttl"


def world(path: Path) -> str:
    """How the IRIs of an example begin, when it stands beside all others."""
    return f"https://data.example.jp/{path.stem}/"


@cache
def examples(kind: str) -> Graph:
    """All examples of a kind in one graph, each in a world of its own, so that one run does for all."""
    whole = Graph()
    for path in sorted((EXAMPLES / kind).glob("*.ttl")):
        text = path.read_text(encoding="utf-8").replace("https://data.example.jp/", world(path))
        whole.parse(data=text, format="turtle")
    return whole


@cache
def results(kind: str) -> tuple[ValidationResult, ...]:
    return validate((examples(kind), shared()), load_shapes()).results


def results_about(kind: str, shape: str) -> list[ValidationResult]:
    """What the shape finds in its own example. Blank nodes, and the codes all share, are in no world."""
    home = world(example_of(kind, shape))
    elsewhere = str(CODE) if name(shape).startswith("MarklessScheme") else home
    return [
        result
        for result in results(kind)
        if str(result.source_shape) == shape
        and (isinstance(result.focus_node, BNode) or str(result.focus_node).startswith((home, elsewhere)))
    ]


@pytest.mark.parametrize("shape", SHAPE_IRIS, ids=name)
def test_the_failing_example_breaks_its_shape(shape: str) -> None:
    assert (EXAMPLES / "failing" / f"{name(shape)}.ttl").exists()
    assert results_about("failing", shape)


@pytest.mark.parametrize("shape", SHAPE_IRIS, ids=name)
def test_the_passing_example_keeps_to_its_shape(shape: str) -> None:
    assert example_of("passing", shape).exists()
    assert not results_about("passing", shape)


def test_no_example_is_of_a_shape_that_is_not_there() -> None:
    known = {name(shape) for shape in SHAPE_IRIS} | {name(shape).partition("-")[0] for shape in SHAPE_IRIS}
    assert {path.stem for path in EXAMPLES.glob("*/*.ttl")} <= known


def test_a_shape_is_for_every_class_of_the_vocabulary() -> None:
    vocabulary = load(SHARED_GRAPHS[0])
    classes = {each for each in vocabulary.subjects(RDF.type, OWL.Class) if str(each).startswith(str(PLAN))}
    assert classes <= set(load(PLAN_SHAPES).objects(None, SH.targetClass))


def test_the_shapes_are_well_made() -> None:
    assert lint_shapes(load_shapes().authored, shared()) == ()


def test_the_shapes_keep_to_the_shapes_of_shapes() -> None:
    shapes = (
        Graph() + load_shapes().authored
    )  # pyshacl wants what it validates in a store that knows contexts
    conforms, _, text = meta_validate(shapes, inference=None, max_validation_depth=40)
    assert conforms, text


@pytest.mark.parametrize("file", SHAPES, ids=lambda file: file.name)
def test_the_shapes_say_their_title_version_and_licence(file: SharedFile) -> None:
    shapes = load(file)
    titles = [each for each in shapes.objects(file.iri, DCTERMS.title) if isinstance(each, Literal)]
    assert {each.language for each in titles} == {"ja", "en"}
    assert str(shapes.value(file.iri, OWL.versionInfo)) == "1.0.0"
    assert (file.iri, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in shapes


def said(graph: Graph) -> set[tuple[str | None, ...]]:
    """The results of a SHACL report, without what tells one run from another."""
    parts = (SH.focusNode, SH.value, SH.sourceShape, SH.sourceConstraintComponent, SH.resultSeverity)
    return {
        tuple(None if value is None else value.n3() for value in (graph.value(each, part) for part in parts))
        for each in graph.objects(None, SH.result)
    }


def ours(kind: str, shapes: set[Node] | None = None) -> set[tuple[str | None, ...]]:
    """Our results, told as `said` tells those of a report."""
    return {
        (
            each.focus_node.n3(),
            None if each.value is None else each.value.n3(),
            each.source_shape.n3(),
            each.component.n3(),
            each.severity.iri.n3(),
        )
        for each in results(kind)
        if shapes is None or each.source_shape in shapes
    }


def test_flat_shapes_find_what_nested_ones_find() -> None:
    whole = QueriedGraph()
    whole += examples("failing")
    whole += shared()
    _, nested, _ = run_pyshacl(whole, shacl_graph=load_shapes().authored)
    assert ours("failing") == said(nested)
    assert len(said(nested)) > len(SHAPE_IRIS)


def test_rules_find_the_same_whoever_answers_their_queries() -> None:
    shapes = load_shapes()
    rules = set(shapes.flat.subjects(SH.sparql))
    homes = tuple(world(EXAMPLES / f"{name(str(rule))}.ttl") for rule in rules)
    whole = shared()
    whole += (triple for triple in examples("failing") if str(triple[0]).startswith(homes))
    _, by_rdflib, _ = run_pyshacl(whole, shacl_graph=shapes.flat)
    theirs = {each for each in said(by_rdflib) if each[2] in {rule.n3() for rule in rules}}
    elsewhere = {
        each
        for each in ours("failing", rules)
        if any(term and term.startswith("<http") and not term[1:].startswith(homes) for term in each[:2])
    }
    assert theirs == ours("failing", rules) - elsewhere
    assert len(theirs) >= len(rules)


def test_making_shapes_leaves_the_authored_graph_as_it_was() -> None:
    authored = Graph()
    for file in SHAPES:
        authored += load(file)
    before = set(authored)
    make_shapes(authored)
    assert set(authored) == before


def test_a_property_of_a_deactivated_shape_gets_no_target() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:deactivated true ; sh:property ex:P ."
        "ex:P a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 .",
        format="turtle",
    )
    assert not make_shapes(authored).sources()


def test_a_shape_that_others_refer_to_stays_whole() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property ex:P ."
        "ex:P a sh:PropertyShape ; sh:path ex:p ; sh:minCount 1 ."
        "ex:T a sh:NodeShape ; sh:targetClass ex:D ; sh:node ex:S .",
        format="turtle",
    )
    example = URIRef("http://example.org/")
    flat = make_shapes(authored).flat
    assert (example + "S", SH.property, example + "P") in flat
    assert (example + "P", SH.targetClass, example + "C") not in flat


DATA = """ex:c a ex:C, ex:D ; ex:p "a"@en, "b"@en, "c"@ja, "d"@ja ; ex:q ex:v ; ex:r ex:v . ex:v a ex:V ."""


@pytest.mark.parametrize(
    "authored",
    [
        "ex:S sh:targetClass ex:C ; sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] .",
        "ex:S sh:targetClass ex:C ; sh:path ex:q ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:T sh:targetClass ex:D ; sh:property ex:P ."
        "ex:P sh:path ex:p ; sh:maxCount 1 .",
        "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:P sh:targetClass ex:D ; sh:path ex:p ; sh:maxCount 1 .",
        "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:T sh:targetClass ex:D ; sh:not ex:P ."
        "ex:P sh:path ex:p ; sh:maxCount 1 .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:qualifiedMinCount 1 ;"
        "sh:qualifiedValueShapesDisjoint true ; sh:qualifiedValueShape [ sh:class ex:V ] ] , [ sh:path ex:q ;"
        "sh:qualifiedMaxCount 0 ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ] .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:uniqueLang true ] .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:class ex:X ] , [ sh:path ex:q ; sh:class ex:X ] .",
        "ex:S sh:targetClass ex:C ; sh:property [ sh:path ex:q ; sh:property [ sh:path ex:p ; sh:minCount 1 ] ] .",
        "ex:S sh:targetClass ex:C ; sh:property ex:P . ex:P sh:path ex:q ; sh:sparql ex:Q ."
        "ex:T sh:targetClass ex:D ; sh:node ex:S ."
        'ex:Q sh:select "SELECT $this ?value { $this <http://example.org/q> ?value }" .',
    ],
)
def test_flat_shapes_find_what_nested_ones_find_and_as_often(authored: str) -> None:
    rdf = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    shapes = Graph().parse(data=f"{PREFIXES} {rdf} {authored}", format="turtle")
    data = Graph().parse(data=f"{PREFIXES} {DATA}", format="turtle")
    _, nested, _ = run_pyshacl(data, shacl_graph=shapes)
    expected = Counter(
        (
            nested.value(each, SH.focusNode),
            nested.value(each, SH.value),
            nested.value(each, SH.sourceConstraintComponent),
        )
        for each in nested.objects(None, SH.result)
    )
    report = validate([data], make_shapes(shapes))
    assert Counter((each.focus_node, each.value, each.component) for each in report.results) == expected
    assert len({each.key for each in report.results}) == len(report.results) > 0


def test_a_switch_is_on_by_true_alone() -> None:
    shapes = read_graph(
        f"{PREFIXES} ex:P sh:targetClass ex:C ; sh:path ex:p ; sh:uniqueLang '1'^^<{XSD.boolean}> .".encode(),
        TURTLE,
        base="http://example.org/",
    )
    data = Graph().parse(data=f"{PREFIXES} {DATA}", format="turtle")
    assert not validate([data], make_shapes(shapes)).results


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("ex:p", "<http://example.org/p>"),
        ("[ sh:inversePath ex:p ]", "^<http://example.org/p>"),
        ("( ex:p ex:q )", "<http://example.org/p>/<http://example.org/q>"),
        ("[ sh:alternativePath ( ex:p ex:q ) ]", "<http://example.org/p>|<http://example.org/q>"),
        ("( [ sh:zeroOrOnePath ex:p ] ex:q )", "<http://example.org/p>?/<http://example.org/q>"),
        ("[ sh:zeroOrMorePath ( ex:p ex:q ) ]", "(<http://example.org/p>/<http://example.org/q>)*"),
        ("[ sh:oneOrMorePath [ sh:inversePath ex:p ] ]", "^<http://example.org/p>+"),
    ],
)
def test_a_path_is_written_as_sparql_writes_it(path: str, text: str) -> None:
    graph = Graph().parse(data=f"{PREFIXES} ex:s sh:path {path} .", format="turtle")
    node = graph.value(URIRef("http://example.org/s"), SH.path)
    assert node is not None
    assert path_text(graph, node) == text


def test_what_is_no_path_is_refused() -> None:
    graph = Graph().parse(data=f"{PREFIXES} ex:s sh:path [ sh:invertedPath ex:p ] .", format="turtle")
    node = graph.value(URIRef("http://example.org/s"), SH.path)
    assert node is not None
    with pytest.raises(ValueError, match="no SHACL property path"):
        path_text(graph, node)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("sh:minCount 1", "sh:minCuont 1", "minCuont is no term of SHACL"),
        ("sh:path dct:title", "sh:path dct:titel", "titel is in no vocabulary"),
        ("sh:targetClass plan:Measure", "sh:targetClass plan:Mesure", "Mesure is in no vocabulary"),
        ("sh:hasValue code:response", "sh:hasValue code:respones", "respones is in no vocabulary"),
        ('"Plan"@en', '"Plan"@de', "name is needed once in each of"),
        ('"Links"@en', '"Links"', "label is needed once in each of"),
        ("sh:group shapes:identity", "sh:group shapes:identitty", "no sh:PropertyGroup"),
        ("sh:severity sh:Info ;", ";", "severity is needed once"),
        ("SELECT DISTINCT", "SELECT DISTINKT", "its query is no SPARQL"),
        ("        shapes:prefix-rdf,\n", "", "its query is no SPARQL"),
        ('"http://purl.org/linked-data/cube#"', '"http://purl.org/cube#"', "declares a prefix otherwise"),
        ("sh:property shapes:PlanShape-title,", "sh:property [ sh:path dct:type ] ,", "has no IRI"),
    ],
)
def test_the_lint_finds_a_seeded_fault(old: str, new: str, problem: str) -> None:
    text = PLAN_SHAPES.path.read_text(encoding="utf-8")
    assert old in text
    broken = Graph().parse(data=text.replace(old, new, 1), format="turtle")
    assert any(problem in fault.problem for fault in lint_shapes(broken, shared()))
