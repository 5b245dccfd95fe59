"""Validation: what it finds, how it tells it, and what it does not do twice."""

import importlib.util
import os
from functools import cache
from io import StringIO
from pathlib import Path

import pytest
from pyshacl.errors import ShapeLoadError
from rdflib import BNode, Graph, Literal, URIRef, Variable
from rich.console import Console

from sakata_lod.errors import Place
from sakata_lod.namespaces import CODE, DCTERMS, PLAN, RDF, SH, XSD
from sakata_lod.publish.queried_graph import QueriedGraph
from sakata_lod.publish.report_cache import ReportCache
from sakata_lod.publish.shapes import load_shapes, make_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import (
    Severity,
    ValidationReport,
    ValidationResult,
    report_graph,
    report_table,
)
from tests.publish.test_seeded_faults import AS_OF, IRIS, MEASURE, PLAN_SLUG, PROGRESS, SAMPLE
from tests.publish.test_shapes import examples, said, shared

EXAMPLE = "http://example.org/"
PREFIXES = f"@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <{EXAMPLE}> ."


def sample() -> Graph:
    return Graph().parse(SAMPLE)


@cache
def clean() -> ValidationReport:
    return validate((sample(), shared()), load_shapes())


@cache
def spoilt() -> ValidationReport:
    """One violation in a measure, one in a progress, and what the clean sample has."""
    graph = sample()
    graph.remove((MEASURE, DCTERMS.identifier, None))
    graph.add((PROGRESS, PLAN.achievement, CODE.complete))
    return validate((graph, shared()), load_shapes())


def result_of(report: ValidationReport, shape: str) -> ValidationResult:
    return next(each for each in report.results if each.source_shape.endswith(f"#{shape}"))


def test_each_anomaly_on_record_gives_one_warning_at_its_place() -> None:
    anomalies = set(sample().subjects(RDF.type, PLAN.SourceAnomaly))
    assert {each.focus_node for each in clean().results} == anomalies
    assert len(clean().results) == len(anomalies) == 2
    assert {each.severity for each in clean().results} == {Severity.WARNING}
    assert clean().results[0].place == Place(Path("source.tsv"), 6, 9, "目標達成")
    assert clean().results[0].source == IRIS.source_cell(PLAN_SLUG, AS_OF, 6, 9)
    assert clean().results[1].place == Place(Path("source.tsv"), 7)


def test_warnings_alone_let_the_data_be_published() -> None:
    assert clean().conforms
    assert clean().counts == {"Violation": 0, "Warning": 2, "Info": 0}


def test_a_violation_does_not() -> None:
    assert not spoilt().conforms
    assert spoilt().count(Severity.VIOLATION) >= 2


def test_the_worst_comes_first_then_the_order_of_the_table() -> None:
    order = [list(Severity).index(each.severity) for each in spoilt().results]
    assert order == sorted(order)
    rows = [each.place.row for each in clean().results if each.place]
    assert rows == sorted(rows, key=lambda row: row or 0)


def test_a_result_says_where_what_and_in_both_languages_why() -> None:
    result = result_of(spoilt(), "MeasureShape-identifier")
    assert result.severity is Severity.VIOLATION
    assert result.focus_node == MEASURE
    assert result.path == f"<{DCTERMS.identifier}>"
    assert result.component == SH.MinCountConstraintComponent
    assert result.place == Place(Path("source.tsv"), 6, 1, "項目")
    assert "番号が1つ必要" in result.message("ja")
    assert result.message("en").startswith("Exactly one number")
    assert result.message("fr") == result.message("en")


def test_a_rule_at_the_parent_is_placed_by_its_value() -> None:
    graph = sample()
    graph.set((PROGRESS, PLAN.responseText, Literal("終了", lang="ja")))
    result = result_of(validate((graph, shared()), load_shapes()), "EditionShape-wordsOfTheCells")
    assert result.focus_node == IRIS.edition(PLAN_SLUG, AS_OF)
    assert result.value == PROGRESS
    assert result.place == Place(Path("source.tsv"), 6, 9, "目標達成")


def test_without_the_shared_lists_every_code_is_unknown() -> None:
    report = validate((sample(), Graph()), load_shapes())
    assert result_of(report, "ProgressShape-achievement").value == CODE.partlyAchieved


def test_the_graphs_stay_as_they_were() -> None:
    data, lists, shapes = sample(), shared(), load_shapes()
    before = set(data), set(lists), set(shapes.authored)
    validate((data, lists), shapes)
    assert (set(data), set(lists), set(shapes.authored)) == before


def test_the_same_data_gives_the_same_report() -> None:
    assert validate((sample(), shared()), load_shapes()) == clean()


# The report in RDF


def test_the_report_in_rdf_has_no_blank_node_and_says_all_in_both_languages() -> None:
    graph = report_graph(spoilt(), IRIS)
    assert not [term for triple in graph for term in triple if isinstance(term, BNode)]
    results = set(graph.objects(IRIS.validation_report(), SH.result))
    assert len(results) == len(spoilt().results)
    for each in results:
        spoken = [text for text in graph.objects(each, SH.resultMessage) if isinstance(text, Literal)]
        assert {text.language for text in spoken} == {"ja", "en"}


def test_the_report_in_rdf_says_what_shacl_says() -> None:
    graph = report_graph(spoilt(), IRIS)
    it = IRIS.validation_result(result_of(spoilt(), "MeasureShape-identifier").key)
    assert (it, SH.focusNode, MEASURE) in graph
    assert (it, SH.resultPath, DCTERMS.identifier) in graph
    assert (it, SH.resultSeverity, SH.Violation) in graph
    assert (it, DCTERMS.source, IRIS.source_cell(PLAN_SLUG, AS_OF, 6, 1)) in graph


def test_any_result_at_all_makes_sh_conforms_false() -> None:
    said_of = {
        str(report_graph(report, IRIS).value(IRIS.validation_report(), SH.conforms)): report
        for report in (clean(), ValidationReport())
    }
    assert said_of == {"false": clean(), "true": ValidationReport()}


def test_a_path_of_several_steps_is_told_by_its_shape_alone() -> None:
    graph = sample()
    graph.remove((PROGRESS, None, None))
    report = validate((graph, shared()), load_shapes())
    result = result_of(report, "MeasureShape-progress")
    assert result.path == f"^<{PLAN.measure}>/<{PLAN.edition}>"
    it = IRIS.validation_result(result.key)
    assert (it, SH.resultPath, None) not in report_graph(report, IRIS)


def test_a_result_keeps_its_name_from_run_to_run() -> None:
    key = result_of(spoilt(), "MeasureShape-identifier").key
    graph = sample()
    graph.remove((MEASURE, DCTERMS.identifier, None))
    assert result_of(validate((graph, shared()), load_shapes()), "MeasureShape-identifier").key == key


# The report for people


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ["深刻度", "違反", "警告", "6行 1列 (項目)", "番号が1つ必要です", "dct:identifier"]),
        (
            "en",
            ["Severity", "Violation", "Warning", "row 6, column 1", "Exactly one number", "code:complete"],
        ),
    ],
)
def test_the_table_is_told_in_the_reader_s_language(language: str, words: list[str]) -> None:
    console = Console(width=400, record=True, file=StringIO())
    console.print(report_table(spoilt(), language))
    text = console.export_text()
    assert [word for word in words if word not in text] == []


# What is not done twice


@pytest.fixture
def cache_folder(tmp_path: Path) -> ReportCache:
    return ReportCache(tmp_path / "validated")


def no_run() -> ValidationReport:
    raise AssertionError("validated again")


def test_what_is_known_is_not_validated_again(cache_folder: ReportCache) -> None:
    assert cache_folder.report("key", clean) == clean()
    assert cache_folder.report("key", no_run) == clean()
    assert cache_folder.report("another", spoilt) == spoilt()


def test_a_report_comes_back_from_the_cache_as_it_went_in(cache_folder: ReportCache) -> None:
    odd = ValidationResult(
        severity=Severity.INFO,
        focus_node=BNode("b0"),
        path=None,
        value=Literal("01", datatype=XSD.integer, normalize=False),
        source_shape=URIRef(EXAMPLE),
        component=SH.ClassConstraintComponent,
        messages=(Literal("訳文", lang="ja"), Literal("plain")),
    )
    for number, report in enumerate((spoilt(), ValidationReport((odd,)), ValidationReport())):
        cache_folder.write(str(number), report)
        assert cache_folder.read(str(number)) == report


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"results": [{}]}', b"\xff\xfe", b"null"])
def test_a_damaged_cache_is_as_good_as_none(cache_folder: ReportCache, rubbish: bytes) -> None:
    cache_folder.report("key", clean)
    (kept,) = cache_folder.folder.iterdir()
    kept.write_bytes(rubbish)
    assert cache_folder.report("key", clean) == clean()
    assert cache_folder.read(kept.stem) == clean()


# Shapes of others


def test_a_shape_without_iri_or_words_is_told_by_the_shape_around_it_and_the_engine() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:minCount 1 ] .",
        format="turtle",
    )
    data = Graph().parse(data=f"{PREFIXES} ex:c a ex:C .", format="turtle")
    (result,) = validate((data, Graph()), make_shapes(authored)).results
    assert result.source_shape == URIRef(EXAMPLE + "S")
    assert result.severity is Severity.VIOLATION
    assert result.message("ja")
    assert result.place is None


def test_a_blank_node_in_other_people_s_data_is_told_but_not_published() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:nodeKind sh:IRI .", format="turtle"
    )
    data = Graph().parse(data=f"{PREFIXES} [] a ex:C .", format="turtle")
    report = validate((data, Graph()), make_shapes(authored))
    assert isinstance(report.results[0].focus_node, BNode)
    assert not [term for triple in report_graph(report, IRIS) for term in triple if isinstance(term, BNode)]


def test_a_literal_can_be_the_focus_node() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetObjectsOf ex:p ; sh:minLength 3 .", format="turtle"
    )
    data = Graph().parse(data=f'{PREFIXES} ex:c ex:p "<a"@en .', format="turtle")
    report = validate([data], make_shapes(authored))
    assert report.results[0].focus_node == Literal("<a", lang="en")
    graph = report_graph(report, IRIS)
    assert (IRIS.validation_result(report.results[0].key), SH.focusNode, Literal("<a", lang="en")) in graph


def test_a_severity_that_is_not_shacl_s_forbids_publishing_and_is_told_as_it_is() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:S a sh:NodeShape ; sh:targetClass ex:C ; sh:severity ex:Grave ; sh:nodeKind sh:Literal .",
        format="turtle",
    )
    data = Graph().parse(data=f"{PREFIXES} ex:c a ex:C .", format="turtle")
    report = validate([data], make_shapes(authored))
    assert not report.conforms
    assert (None, SH.resultSeverity, URIRef(EXAMPLE + "Grave")) in report_graph(report, IRIS)


def test_results_that_say_the_same_are_each_in_the_report() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:P a sh:PropertyShape ; sh:targetClass ex:C ; sh:path ex:p ; sh:uniqueLang true .",
        format="turtle",
    )
    data = Graph().parse(
        data=f'{PREFIXES} ex:c a ex:C ; ex:p "a"@en, "b"@en, "c"@ja, "d"@ja .', format="turtle"
    )
    report = validate([data], make_shapes(authored))
    assert [each.occurrence for each in report.results] == [1, 2]
    assert len(list(report_graph(report, IRIS).objects(None, SH.result))) == 2


def test_a_shape_that_cannot_be_run_is_not_passed_over() -> None:
    authored = Graph().parse(
        data=f"{PREFIXES} ex:P a sh:PropertyShape ; sh:targetClass ex:C .", format="turtle"
    )
    with pytest.raises(ShapeLoadError, match="must include one `sh:path`"):
        validate((Graph(), Graph()), make_shapes(authored))


# SPARQL


@pytest.mark.parametrize(
    "pattern",
    [
        "{ FILTER (bound($this)) }",
        "BIND ($this AS ?same) FILTER (?same = ex:s)",
        "{ FILTER (?this = ex:s) } FILTER (true)",
        "$this ex:p ?o FILTER (?this = ex:s)",
        "{ $this ex:p ?o } UNION { $this ex:q ?o }",
        "?s ex:p ?o FILTER NOT EXISTS { $this ex:q ?o }",
        "$this ex:p ?o # ($this",
        "$this ex:p ?o FILTER (?o != '($this)')",
    ],
)
def test_what_is_bound_is_bound_everywhere_in_a_query(pattern: str) -> None:
    graph = QueriedGraph()
    graph.add((URIRef(EXAMPLE + "s"), URIRef(EXAMPLE + "p"), Literal("語", lang="ja")))
    answer = graph.query(
        f"SELECT $this WHERE {{ {pattern}\n}}",
        initNs={"ex": EXAMPLE},
        initBindings={"this": URIRef(EXAMPLE + "s")},
    )
    assert answer.bindings == [{Variable("this"): URIRef(EXAMPLE + "s")}]


def test_a_queried_graph_answers_as_rdflib_takes_it() -> None:
    graph = QueriedGraph()
    graph.add((URIRef(EXAMPLE + "s"), URIRef(EXAMPLE + "p"), Literal("語", lang="ja")))
    answer = graph.query(
        "SELECT $this ?o ?none WHERE { $this ex:p ?o }",
        initNs={"ex": EXAMPLE},
        initBindings={"this": URIRef(EXAMPLE + "s")},
    )
    assert answer.bindings == [
        {Variable("this"): URIRef(EXAMPLE + "s"), Variable("o"): Literal("語", lang="ja")}
    ]
    assert graph.query("ASK { ?s ?p '語'@ja }").askAnswer
    with pytest.raises(TypeError, match="SELECT or ASK"):
        graph.query("CONSTRUCT WHERE { ?s ?p ?o }")


# Another engine

SHIFTY = importlib.util.find_spec("shifty") is not None or os.environ.get("CI") == "true"


@pytest.mark.skipif(not SHIFTY, reason="pyshifty is not installed: uv sync --group dev")
@pytest.mark.parametrize("kind", ["passing", "failing", "sample"])
def test_another_engine_finds_the_same_key_for_key(kind: str) -> None:
    import shifty

    data = sample() if kind == "sample" else examples(kind)
    whole = shared()
    whole += data
    _, theirs, _ = shifty.validate(whole, load_shapes().authored, graph_mode="data", infer=False)
    ours = {
        (
            each.focus_node.n3(),
            None if each.value is None else each.value.n3(),
            each.source_shape.n3(),
            each.component.n3(),
            each.severity.iri.n3(),
        )
        for each in validate((data, shared()), load_shapes()).results
        if isinstance(each.focus_node, URIRef)
    }
    assert {each for each in said(theirs) if each[0] and each[0].startswith("<")} == ours
