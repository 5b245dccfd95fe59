"""What holds of the shared vocabulary, codes and themes, and of the JSON-LD context."""

import json
import re
from collections import Counter
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCAT as DCAT_2
from rdflib.namespace import DefinedNamespaceMeta
from rdflib.term import Node

from sakata_lod import namespaces
from sakata_lod.iris import SLUG
from sakata_lod.namespaces import CODE, DCTERMS, OWL, PLAN, PREFIXES, QB, RDF, RDFS, SKOS, THEME, VANN, XSD
from sakata_lod.vocabulary import (
    CODES,
    CONTEXT,
    ONTOLOGY,
    SHARED_GRAPHS,
    THEMES,
    SharedFile,
    concepts,
    load,
    version,
)

LANGUAGES = {"en", "ja"}
SCHEMES = (
    (CODES, CODE.achievement),
    (CODES, CODE.response),
    (CODES, CODE.anomaly),
    (CODES, CODE.change),
    (THEMES, THEMES.iri),
    (THEMES, THEME["dx-promotion-plan"]),
)
LOOKED_UP = {
    "http://metadata.un.org/sdg/9",
    "http://www.wikidata.org/entity/Q170519",
    "http://www.wikidata.org/entity/Q251212",
    "http://www.wikidata.org/entity/Q309901",
    "https://creativecommons.org/licenses/by/4.0/",
}
"""The only things outside that the files may name: each was looked up."""

every_file = pytest.mark.parametrize("shared", SHARED_GRAPHS, ids=lambda shared: shared.name)
every_scheme = pytest.mark.parametrize(("shared", "scheme"), SCHEMES)


def closed_vocabularies() -> dict[str, tuple[DefinedNamespaceMeta, ...]]:
    """Namespace → the vocabularies that say which terms it has."""
    named = [vars(namespaces)[name] for name in namespaces.__all__]
    closed = {str(each._NS): (each,) for each in named if isinstance(each, DefinedNamespaceMeta)}
    # Our DCAT has the terms of DCAT 3 used here; rdflib's has all of DCAT 2.
    return closed | {str(DCAT_2._NS): (*closed[str(DCAT_2._NS)], DCAT_2)}


def is_known(iri: str) -> bool:
    """Whether the namespace of an IRI is one of ours, or a closed one that has the term."""
    namespace = re.sub(r"[^#/]*$", "", iri)
    if namespace in {str(CODE), str(THEME)}:
        return (URIRef(iri), None, None) in load(CODES) + load(THEMES)
    return any(iri in closed for closed in closed_vocabularies().get(namespace, ()))


def terms() -> set[URIRef]:
    """The terms of the vocabulary: what says that it is defined by it."""
    defined = load(ONTOLOGY).subjects(RDFS.isDefinedBy, ONTOLOGY.iri)
    return {each for each in defined if isinstance(each, URIRef)}


def languages(graph: Graph, subject: Node, predicate: URIRef) -> list[str | None]:
    """The languages of a thing's texts, sorted."""
    texts = (each for each in graph.objects(subject, predicate) if isinstance(each, Literal))
    return sorted((each.language for each in texts), key=str)


# The three files


@every_file
def test_rdflib_and_pyoxigraph_read_the_same_triples(shared: SharedFile) -> None:
    by_pyoxigraph = {quad.triple for quad in ox.parse(path=shared.path, format=ox.RdfFormat.TURTLE)}
    assert triples(load(shared).serialize(format="nt"), ox.RdfFormat.N_TRIPLES) == by_pyoxigraph


@every_file
def test_no_node_is_blank(shared: SharedFile) -> None:
    assert not [triple for triple in load(shared) if any(isinstance(node, BNode) for node in triple)]


@every_file
def test_every_text_says_its_language(shared: SharedFile) -> None:
    no_text = {OWL.versionInfo, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri}
    untagged = {
        predicate
        for _, predicate, text in load(shared)
        if isinstance(text, Literal) and text.datatype is None and text.language not in LANGUAGES
    }
    assert untagged <= no_text


@every_file
def test_every_iri_is_a_term_of_its_vocabulary_or_was_looked_up(shared: SharedFile) -> None:
    files = {str(each.iri) for each in SHARED_GRAPHS} | {f"{ONTOLOGY.iri}/{version()}"}
    named = {str(node) for triple in load(shared) for node in triple if isinstance(node, URIRef)}
    components = {str(each) for each in load(ONTOLOGY).objects(PLAN.activityStructure, QB.component)}
    assert {iri for iri in named - files - components if not is_known(iri)} <= LOOKED_UP


@every_file
def test_file_says_its_title_licence_and_version(shared: SharedFile) -> None:
    graph = load(shared)
    assert set(languages(graph, shared.iri, DCTERMS.title)) == LANGUAGES
    assert set(languages(graph, shared.iri, DCTERMS.description)) == LANGUAGES
    assert graph.value(shared.iri, DCTERMS.license) == URIRef("https://creativecommons.org/licenses/by/4.0/")
    assert str(graph.value(shared.iri, OWL.versionInfo)) == version()
    assert str(graph.value(shared.iri, VANN.preferredNamespaceUri)) == f"{shared.iri}#"


# The vocabulary


def test_terms_are_those_of_the_closed_namespace() -> None:
    assert terms() == {URIRef(PLAN._NS + name) for name in PLAN.__annotations__}


def test_nothing_in_the_namespace_is_described_but_terms_and_components() -> None:
    described = {each for each in load(ONTOLOGY).subjects() if str(each).startswith(str(PLAN._NS))}
    rest = described - terms()
    assert rest == set(load(ONTOLOGY).objects(PLAN.activityStructure, QB.component))


@pytest.mark.parametrize("predicate", [RDFS.label, SKOS.definition])
def test_every_term_has_one_label_and_definition_in_each_language(predicate: URIRef) -> None:
    graph = load(ONTOLOGY)
    assert [each for each in terms() if languages(graph, each, predicate) != sorted(LANGUAGES)] == []


def test_scope_notes_come_in_both_languages() -> None:
    graph = load(ONTOLOGY)
    assert {
        tuple(languages(graph, each, SKOS.scopeNote)) for each in graph.subjects(SKOS.scopeNote, None)
    } == {tuple(sorted(LANGUAGES))}


def test_every_property_is_of_objects_or_of_data_and_has_a_range() -> None:
    graph = load(ONTOLOGY)
    objects = set(graph.subjects(RDF.type, OWL.ObjectProperty))
    data = set(graph.subjects(RDF.type, OWL.DatatypeProperty))
    assert not objects & data
    assert objects | data == {each for each in terms() if each.fragment[0].islower()} - {
        PLAN.activityStructure
    }
    assert all(len(list(graph.objects(each, RDFS.range))) == 1 for each in objects | data)
    datatypes = {graph.value(each, RDFS.range) for each in data}
    assert datatypes <= {
        RDF.langString,
        XSD.boolean,
        XSD.date,
        XSD.decimal,
        XSD.gYear,
        XSD.integer,
        XSD.string,
    }


def test_related_measures_are_related_both_ways() -> None:
    assert (PLAN.relatedMeasure, RDF.type, OWL.SymmetricProperty) in load(ONTOLOGY)


@pytest.mark.parametrize(
    "term",
    [
        PLAN.Indicator,
        PLAN.IndicatorValue,
        PLAN.actual,
        PLAN.indicator,
        PLAN.target,
        PLAN.unit,
        PLAN.valueText,
    ],
)
def test_term_that_sakata_does_not_use_says_whom_it_is_for(term: URIRef) -> None:
    notes = [str(each) for each in load(ONTOLOGY).objects(term, SKOS.scopeNote)]
    assert any("酒田市" in note for note in notes)
    assert any("Sakata" in note for note in notes)


# The activities as a data cube (https://www.w3.org/TR/vocab-data-cube/#wf)


def test_structure_has_three_dimensions_and_observes_the_description() -> None:
    graph = load(ONTOLOGY)
    parts = set(graph.objects(PLAN.activityStructure, QB.component))
    dimensions = {each for part in parts for each in graph.objects(part, QB.dimension)}
    observed = {each for part in parts for each in graph.objects(part, QB.measure)}
    assert dimensions == {PLAN.measure, PLAN.fiscalYear, PLAN.workLine}
    assert observed == {DCTERMS.description}
    assert len(parts) == len(dimensions | observed)


def test_components_are_typed_named_and_in_order() -> None:
    graph = load(ONTOLOGY)
    parts = list(graph.objects(PLAN.activityStructure, QB.component))
    assert all((part, RDF.type, QB.ComponentSpecification) in graph for part in parts)
    assert all(languages(graph, part, RDFS.label) == sorted(LANGUAGES) for part in parts)
    assert sorted(int(str(graph.value(part, QB.order))) for part in parts) == [1, 2, 3, 4]


def test_every_dimension_has_a_range_and_what_is_observed_is_a_measure_property() -> None:
    graph = load(ONTOLOGY)
    dimensions = set(graph.objects(None, QB.dimension))
    assert dimensions == set(graph.subjects(RDF.type, QB.DimensionProperty))
    assert all(graph.value(each, RDFS.range) for each in dimensions)
    assert set(graph.objects(None, QB.measure)) == set(graph.subjects(RDF.type, QB.MeasureProperty))


def test_no_dimension_ranges_over_concepts_for_that_would_need_a_code_list() -> None:
    graph = load(ONTOLOGY)
    assert SKOS.Concept not in {graph.value(each, RDFS.range) for each in graph.objects(None, QB.dimension)}


# Codes and themes


def test_codes_are_those_of_the_vocabulary_page() -> None:
    assert set(concepts(CODES, CODE.achievement)) == {
        "exceeded", "achieved", "mostlyAchieved", "partlyAchieved", "inProgress", "notStarted", "late",
        "notAchieved", "discontinued", "redirected", "notEvaluable", "pending",
    }  # fmt: skip
    assert set(concepts(CODES, CODE.response)) == {
        "expand", "continue", "improve", "reduce", "merge", "extend", "suspend", "abolish", "complete",
        "carryOn", "revise", "end",
    }  # fmt: skip
    assert set(concepts(CODES, CODE.anomaly)) == {
        "markAndWordsDisagree", "surplusCell", "continuationRow", "misprint", "spellingVariant",
        "departmentsNotNamed", "doubtfulName", "unusualCombination", "brokenSequence",
    }  # fmt: skip
    assert set(concepts(CODES, CODE.change)) == {
        "divisionAdded", "divisionEnded", "divisionRenumbered", "divisionRenamed",
        "measureAdded", "measureEnded", "measureRenumbered", "measureRenamed", "measureFinished",
        "achievementImproved", "achievementWorsened", "achievementChanged", "responseChanged", "reasonChanged",
        "departmentsChanged", "departmentRenamed", "activityAdded", "activityChanged", "activityRemoved",
        "figureAdded", "figureChanged", "figureRemoved", "anomalyFound", "anomalySolved",
    }  # fmt: skip


def test_no_code_has_a_notation_for_marks_differ_from_plan_to_plan() -> None:
    assert (None, SKOS.notation, None) not in load(CODES)


def test_every_response_is_a_bundle_or_in_one() -> None:
    graph = load(CODES)
    bundles = set(graph.subjects(SKOS.topConceptOf, CODE.response))
    assert bundles == {CODE.carryOn, CODE.revise, CODE.end}
    assert all(
        each in bundles or graph.value(each, SKOS.broader) in bundles
        for each in graph.subjects(SKOS.inScheme, CODE.response)
    )


def test_every_concept_is_in_one_scheme_and_defined_by_its_file() -> None:
    for shared in (CODES, THEMES):
        graph = load(shared)
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            assert len(list(graph.objects(concept, SKOS.inScheme))) == 1
            assert graph.value(concept, RDFS.isDefinedBy) == shared.iri


@every_scheme
def test_every_concept_has_one_label_and_definition_in_each_language(
    shared: SharedFile, scheme: URIRef
) -> None:
    graph = load(shared)
    for concept in (scheme, *concepts(shared, scheme).values()):
        assert languages(graph, concept, SKOS.prefLabel) == sorted(LANGUAGES), concept
        assert languages(graph, concept, SKOS.definition) == sorted(LANGUAGES), concept


@every_scheme
def test_no_two_concepts_of_a_scheme_share_a_label(shared: SharedFile, scheme: URIRef) -> None:
    graph = load(shared)
    labels = Counter(
        label
        for concept in concepts(shared, scheme).values()
        for label in graph.objects(concept, SKOS.prefLabel)
    )
    assert [label for label, count in labels.items() if count > 1] == []


@every_scheme
def test_no_wording_is_two_kinds_of_label_of_one_concept(shared: SharedFile, scheme: URIRef) -> None:
    graph = load(shared)
    for concept in concepts(shared, scheme).values():
        wordings = [
            label
            for kind in (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
            for label in graph.objects(concept, kind)
        ]
        assert len(wordings) == len(set(wordings)), concept


@every_scheme
def test_scheme_and_its_top_concepts_name_each_other(shared: SharedFile, scheme: URIRef) -> None:
    graph = load(shared)
    top = {each for each in concepts(shared, scheme).values() if graph.value(each, SKOS.broader) is None}
    assert top == set(graph.objects(scheme, SKOS.hasTopConcept))
    assert top == set(graph.subjects(SKOS.topConceptOf, scheme))


@pytest.mark.parametrize("shared", [CODES, THEMES])
def test_broader_and_narrower_agree(shared: SharedFile) -> None:
    graph = load(shared)
    assert set(graph.subject_objects(SKOS.broader)) == {
        (narrow, broad) for broad, narrow in graph.subject_objects(SKOS.narrower)
    }


@pytest.mark.parametrize("shared", [CODES, THEMES])
def test_broader_stays_in_its_scheme_and_never_comes_back(shared: SharedFile) -> None:
    graph = load(shared)
    for narrow, broad in graph.subject_objects(SKOS.broader):
        assert graph.value(narrow, SKOS.inScheme) == graph.value(broad, SKOS.inScheme)
        assert narrow not in graph.transitive_objects(broad, SKOS.broader)


def test_related_themes_name_each_other_and_are_not_above_one_another() -> None:
    graph = load(THEMES)
    for one, other in graph.subject_objects(SKOS.related):
        assert (other, SKOS.related, one) in graph
        assert other not in graph.transitive_objects(one, SKOS.broader)


def test_every_theme_can_stand_in_an_iri() -> None:
    assert all(SLUG.fullmatch(name) for name in concepts(THEMES, THEMES.iri))


def test_every_priority_item_of_national_policy_is_matched_by_one_theme() -> None:
    graph = load(THEMES)
    items = concepts(THEMES, THEME["dx-promotion-plan"]).values()
    themes = set(concepts(THEMES, THEMES.iri).values())
    matches = list(graph.subject_objects(SKOS.closeMatch))
    assert Counter(item for _, item in matches) == Counter(items)
    assert {theme for theme, _ in matches} <= themes


def test_digital_transformation_has_its_narrower_themes() -> None:
    narrower = set(load(THEMES).objects(THEME.dx, SKOS.narrower))
    names = ("ai-rpa", "my-number", "online-procedures", "paperless", "standardised-systems")
    assert {THEME[name] for name in names} <= narrower


# The JSON-LD context

SAMPLE = """
@base <http://localhost:8000/id/> .
<measure/p/2-1-2> a plan:Measure ;
    dct:title "フリーWi-Fiエリアの拡充"@ja , "Free Wi-Fi"@en-t-ja-t0-und , "Wi-Fi for all"@en-t-ja-t0-und ;
    dct:identifier "2-1-2" ; plan:otherDepartments false ; plan:departmentText "交流観光課"@ja ;
    plan:responsibleDepartment <department/a> , <department/b> ; plan:theme theme:wi-fi , theme:connectivity ;
    plan:currentAchievement code:partlyAchieved ; prov:wasDerivedFrom <source/p/2023-03-31#cell=11,2> .
<activity/p/2-1-2/2020> a plan:Activity , qb:Observation ; qb:dataSet <edition/p/2023-03-31> ;
    plan:fiscalYear <fiscal-year/2020> ; plan:workLine 1 ;
    dct:description "設置 \\"検討\\"\\n整備"@ja ; plan:task "設置"@ja , "検討"@ja , "整備"@ja .
<edition/p/2023-03-31> a plan:Edition , dcat:Dataset , qb:DataSet ; qb:structure plan:activityStructure ;
    plan:asOf "2023-03-31"^^xsd:date ; dcat:version "2023-03-31" ; dcat:theme <theme> ;
    dct:issued "2023-03-31T09:00:00+09:00"^^xsd:dateTime .
<fiscal-year/2020> a plan:FiscalYear ; plan:startYear "2020"^^xsd:gYear ;
    skos:prefLabel "令和2年度"@ja , "FY2020"@en ;
    skos:altLabel "令和２年度"@ja , "2020年度"@ja , "R2"@ja , "R2"@en .
<source/p/2023-03-31> a plan:SourceTable ; dct:title "source.tsv" ; plan:encoding "utf-8" ;
    spdx:checksum <source/p/2023-03-31#sha256> .
<source/p/2023-03-31#sha256> a spdx:Checksum ; spdx:checksumValue "00ff"^^xsd:hexBinary .
<source/p/2023-03-31#cell=11,2> a plan:SourceCell ; plan:row 11 ; plan:column 2 ; rdf:value "フリーWi-Fi"@ja .
<anomaly/p/2023-03-31/a> a plan:SourceAnomaly ; dct:type code:surplusCell ; plan:certain true ;
    plan:alternative "R2"@ja , "R3"@ja ; oa:hasTarget <source/p/2023-03-31#row=47> .
<indicator-value/a> a plan:IndicatorValue ; plan:target 12.50 ; plan:actual 0.0 .
<graph/site> a sd:NamedGraph ; sd:name <graph/site> .
<validation/a> a sh:ValidationResult ; sh:value "a" , theme:wi-fi ; sh:resultPath plan:theme .
"""
"""Each kind of value that published data have, and some that the context does not expect."""


def context() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(CONTEXT.path.read_bytes())["@context"]
    return content


def expanded(word: str) -> str:
    """What a word of the context stands for: "dct:title" → "http://purl.org/dc/terms/title"."""
    prefix, colon, local = word.partition(":")
    return f"{context()[prefix]}{local}" if colon and not local.startswith("//") else word


def keys() -> dict[str, dict[str, str]]:
    """The keys that are no prefixes, each with its definition written in full."""
    found = context()
    definitions = {key: each if isinstance(each, dict) else {"@id": each} for key, each in found.items()}
    return {
        key: {name: expanded(word) for name, word in each.items()}
        for key, each in definitions.items()
        if not key.startswith("@") and not str(each["@id"]).endswith(("#", "/")) and each["@id"][0] != "@"
    }


def sample() -> Graph:
    prefixes = "\n".join(f"@prefix {prefix}: <{iri}> ." for prefix, iri in PREFIXES.items())
    return Graph().parse(data=prefixes + SAMPLE, format="turtle")


def triples(text: str, format_: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(text, format=format_)}


# rdflib's own JSON-LD parser still makes the graph that rdflib has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_what_the_context_compacts_means_the_same_when_read_again() -> None:
    graph = sample()
    compact = graph.serialize(format="json-ld", context=context(), auto_compact=False)
    before = triples(graph.serialize(format="nt"), ox.RdfFormat.N_TRIPLES)
    again = Graph().parse(data=compact, format="json-ld")
    assert triples(compact, ox.RdfFormat.JSON_LD) == before
    assert triples(again.serialize(format="nt"), ox.RdfFormat.N_TRIPLES) == before


def test_what_the_context_compacts_is_short() -> None:
    compact = sample().serialize(format="json-ld", context=context(), auto_compact=False)
    nodes = {node["id"]: node for node in json.loads(compact)["@graph"]}
    measure = nodes["http://localhost:8000/id/measure/p/2-1-2"]
    assert measure["type"] == "Measure"
    assert measure["title"]["ja"] == "フリーWi-Fiエリアの拡充"
    assert measure["currentAchievement"] == "codes:partlyAchieved"
    assert measure["otherDepartments"] is False
    assert nodes["http://localhost:8000/id/fiscal-year/2020"]["startYear"] == "2020"


def test_context_maps_only_to_known_terms() -> None:
    assert [key for key, each in keys().items() if not is_known(each["@id"])] == []
    datatypes = {each["@type"] for each in keys().values() if each.get("@type", "@id") != "@id"}
    assert all(is_known(each) for each in datatypes)


def test_context_names_every_term_of_the_vocabulary_that_data_use() -> None:
    named = {each["@id"]: key for key, each in keys().items()}
    used = terms() - {PLAN.activityStructure}
    assert {str(term): term.fragment for term in used}.items() <= named.items()


def test_context_reads_each_property_as_the_vocabulary_defines_it() -> None:
    graph = load(ONTOLOGY)
    native = {XSD.boolean, XSD.integer, XSD.string}
    for name in (each.fragment for each in terms() if graph.value(each, RDFS.range)):
        range_ = graph.value(URIRef(PLAN._NS + name), RDFS.range)
        if (URIRef(PLAN._NS + name), RDF.type, OWL.ObjectProperty) in graph:
            expected = {"@type": "@id"}
        elif range_ == RDF.langString:
            expected = {"@container": "@language"}
        else:
            # JSON has booleans, integers and strings of its own.
            expected = {} if range_ in native else {"@type": str(range_)}
        assert keys()[name] == {"@id": str(PLAN._NS + name)} | expected


def test_no_two_keys_mean_the_same() -> None:
    meanings = Counter(each["@id"] for each in keys().values())
    assert [iri for iri, count in meanings.items() if count > 1] == []


def test_no_two_properties_differ_in_case_alone() -> None:
    properties = Counter(key.casefold() for key in keys() if key[0].islower())
    assert [key for key, count in properties.items() if count > 1] == []


def test_no_key_hides_a_prefix() -> None:
    prefixes = {key for key, each in context().items() if isinstance(each, str) and each.endswith(("#", "/"))}
    namespaces_ = {context()[prefix] for prefix in prefixes}
    assert not prefixes & set(keys())
    assert namespaces_ == set(PREFIXES.values())


def test_no_theme_is_more_than_two_steps_below_another() -> None:
    themes = load(THEMES)
    paths = SKOS.broader / SKOS.broader / SKOS.broader
    assert list(themes.subject_objects(paths)) == []
