"""The catalogue of a release: what DCAT-AP asks for, and each trap that harvesters set."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.conversion import rdflib_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import (
    DCAT,
    DCTERMS,
    DQV,
    FOAF,
    OWL,
    PROV,
    RDF,
    RDFS,
    SKOS,
    SPDX,
    VCARD,
    VOID,
    XSD,
)
from sakata_lod.publish.build import Built, build
from sakata_lod.publish.keywords import keyword
from sakata_lod.release import VOID_FILE, Release
from tests.conftest import SiteCopy
from tests.publish.conftest import unwatched
from tests.publish.test_graph import second_edition

IRIS = IriSpace("http://localhost:8000/")
EDITION = IRIS.edition("joho-keikaku", date(2023, 3, 31))
CKAN_TAG = re.compile(r"[\w \-.]{2,100}")
"""What CKAN takes for a tag: ckan.logic.validators.tag_name_validator and tag_length_validator."""
EU = "http://publications.europa.eu/resource/authority/"


@pytest.fixture(scope="module")
def graph(release: Release) -> Graph:
    return graph_of(release, "catalogue")


def released(built: Built) -> Release:
    assert built.release is not None
    return built.release


def graph_of(release: Release, name: str) -> Graph:
    wanted = ox.NamedNode(IRIS.graph(name))
    quads = ox.parse(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    return rdflib_graph(quad.triple for quad in quads if quad.graph_name == wanted)


def of_type(graph: Graph, type_: URIRef) -> list[Node]:
    return sorted(graph.subjects(RDF.type, type_), key=str)


def test_the_catalogue_lists_the_editions_the_tables_and_the_vocabulary(graph: Graph) -> None:
    listed = set(graph.objects(IRIS.catalogue(), DCAT.dataset))
    assert listed == {EDITION, *(IRIS.dataset(each) for each in ("tables", "ontology", "codes", "themes"))}


def test_every_node_of_type_dataset_is_one_of_the_site_and_titled(graph: Graph) -> None:
    for it in of_type(graph, DCAT.Dataset):
        assert str(it).startswith(IRIS.base)
        assert {each.language for each in graph.objects(it, DCTERMS.title) if isinstance(each, Literal)} == {
            "ja",
            "en",
        }
    assert not set(of_type(graph, DCAT.DatasetSeries)) & set(of_type(graph, DCAT.Dataset))


def test_no_node_is_blank_and_every_label_is_tagged(graph: Graph) -> None:
    assert not [each for triple in graph for each in triple if isinstance(each, BNode)]
    for predicate in (
        DCTERMS.title, DCTERMS.description, SKOS.prefLabel, RDFS.label, FOAF.name, VCARD.fn, DCAT.keyword,
    ):  # fmt: skip
        labels = list(graph.objects(None, predicate))
        assert labels
        assert all(isinstance(each, Literal) and each.language in {"ja", "en"} for each in labels), predicate


def test_keywords_are_tags_that_ckan_takes(graph: Graph) -> None:
    words = {str(each) for each in graph.objects(None, DCAT.keyword)}
    assert "酒田市情報化計画" in words
    assert all(CKAN_TAG.fullmatch(each) for each in words)


@pytest.mark.parametrize(
    ("wording", "cleaned"),
    [
        ("AI・RPA", "AI RPA"),
        ("VR（仮想現実）", "VR 仮想現実"),
        ("フリーWi-Fi", "フリーWi-Fi"),
        ("Schools, ICT", "Schools ICT"),
        ("ＤＸ", "DX"),
        ("・", None),
        ("水", None),
        ("長" * 120, "長" * 100),
    ],
)
def test_a_keyword_is_cleaned_and_no_more(wording: str, cleaned: str | None) -> None:
    assert keyword(wording) == cleaned


@given(st.text())
def test_no_wording_makes_a_keyword_that_ckan_refuses(text: str) -> None:
    found = keyword(text)
    assert found is None or CKAN_TAG.fullmatch(found)


def test_the_licence_is_known_by_its_title_and_has_no_label(graph: Graph, release: Release) -> None:
    licence = URIRef(release.manifest.licence)
    assert graph.value(licence, DCTERMS.title) == Literal("Creative Commons Attribution", lang="en")
    assert (licence, RDF.type, DCTERMS.LicenseDocument) in graph
    assert (licence, RDFS.label, None) not in graph
    for each in of_type(graph, DCAT.Distribution):
        assert graph.value(each, DCTERMS.license) == licence


def test_a_licence_that_is_not_confirmed_says_so_of_the_citys_data_alone(graph: Graph) -> None:
    note = IRIS.rights("licence-unconfirmed")
    assert (IRIS.catalogue(), DCTERMS.rights, note) in graph
    assert (EDITION, DCTERMS.rights, note) in graph
    assert (IRIS.dataset("codes"), DCTERMS.rights, None) not in graph
    assert "確認" in str(graph.value(note, RDFS.label))


def test_a_confirmed_licence_has_no_note(site: SiteCopy, tmp_path: Path) -> None:
    site.replace(site.folder / "site.toml", "confirmed = false", "confirmed = true")
    graph = graph_of(released(build(site.folder, tmp_path / "releases", None, unwatched)), "catalogue")
    assert (None, DCTERMS.rights, None) not in graph
    assert (IRIS.rights("licence-unconfirmed"), None, None) not in graph


def test_the_frequency_keeps_its_iri(graph: Graph) -> None:
    frequency = graph.value(EDITION, DCTERMS.accrualPeriodicity)
    assert frequency == URIRef(f"{EU}frequency/ANNUAL")
    assert (frequency, RDFS.label, None) not in graph
    assert (frequency, SKOS.prefLabel, Literal("年1回", lang="ja")) in graph


def test_a_plan_may_be_told_in_another_frequency(site: SiteCopy, tmp_path: Path) -> None:
    site.replace(site.plan, "first_fiscal_year", 'frequency = "semiannual"\nfirst_fiscal_year')
    graph = graph_of(released(build(site.folder, tmp_path / "releases", None, unwatched)), "catalogue")
    assert graph.value(EDITION, DCTERMS.accrualPeriodicity) == URIRef(f"{EU}frequency/ANNUAL_2")


def test_a_format_has_one_type_and_one_label(graph: Graph) -> None:
    formats = set(graph.objects(None, DCTERMS["format"]))
    assert {str(each).removeprefix(f"{EU}file-type/") for each in formats} >= {
        "CSV", "RDF_TURTLE", "RDF_XML", "JSON_LD", "RDF_N_TRIPLES", "TSV",
    }  # fmt: skip
    for each in formats:
        assert list(graph.objects(each, RDF.type)) == [DCTERMS.IMT]
        assert len(list(graph.objects(each, RDFS.label))) == 1
        assert graph.value(each, SKOS.inScheme) == URIRef(f"{EU}file-type")
    assert (DCTERMS.IMT, RDFS.subClassOf, DCTERMS.MediaTypeOrExtent) in graph


def test_a_media_type_is_ianas_and_labelled_by_its_name(graph: Graph) -> None:
    csv = URIRef("https://www.iana.org/assignments/media-types/text/csv")
    assert list(graph.objects(csv, RDFS.label)) == [Literal("text/csv", lang="en")]
    assert (csv, RDF.type, DCTERMS.MediaType) in graph


def test_a_version_is_told_in_both_words(graph: Graph) -> None:
    assert (
        graph.value(EDITION, DCAT.version) == graph.value(EDITION, OWL.versionInfo) == Literal("2023-03-31")
    )


def test_time_place_and_publisher_are_told_as_ckan_reads_them(graph: Graph) -> None:
    period, place = graph.value(EDITION, DCTERMS.temporal), graph.value(EDITION, DCTERMS.spatial)
    publisher = graph.value(EDITION, DCTERMS.publisher)
    assert graph.value(period, DCAT.startDate) == Literal("2018-04-01", datatype=XSD.date)
    assert graph.value(period, DCAT.endDate) == Literal("2023-03-31", datatype=XSD.date)
    assert (place, RDF.type, DCTERMS.Location) in graph
    assert (place, SKOS.prefLabel, Literal("酒田市", lang="ja")) in graph
    assert set(graph.objects(publisher, FOAF.name)) == {
        Literal("酒田市", lang="ja"),
        Literal("Sakata City", lang="en"),
    }
    assert graph.value(publisher, DCTERMS.identifier) == Literal("062049")


def test_each_file_is_told_as_it_was_written(graph: Graph, release: Release) -> None:
    files = of_type(graph, DCAT.Distribution)
    assert len(files) > 15
    for it in files:
        path = str(graph.value(it, DCAT.downloadURL)).removeprefix(f"{IRIS.base}dump/")
        content = (release.folder / path).read_bytes()
        size = Literal(str(len(content)), datatype=XSD.nonNegativeInteger)
        assert graph.value(it, DCAT.byteSize) == size
        checksum = graph.value(it, SPDX.checksum)
        assert str(graph.value(checksum, SPDX.checksumValue)) == hashlib.sha256(content).hexdigest()
        assert graph.value(checksum, SPDX.algorithm) == SPDX.checksumAlgorithm_sha256


def test_no_file_that_holds_the_catalogue_is_listed_in_it(graph: Graph, release: Release) -> None:
    listed = {str(each).removeprefix(f"{IRIS.base}dump/") for each in graph.objects(None, DCAT.downloadURL)}
    for each in release.manifest.files:
        holds = str(IRIS.catalogue()).encode() in (release.folder / each.path).read_bytes()
        assert not (holds and each.path in listed), each.path


def test_the_graph_of_an_edition_is_its_distribution(release: Release) -> None:
    quads = ox.parse(path=release.dataset, format=ox.RdfFormat.N_QUADS)
    name = ox.NamedNode(IRIS.edition_graph("joho-keikaku", date(2023, 3, 31)))
    wanted = {quad.triple for quad in quads if quad.graph_name == name}
    for suffix, form in (
        ("ttl", ox.RdfFormat.TURTLE),
        ("rdf", ox.RdfFormat.RDF_XML),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ):
        path = release.folder / f"edition/joho-keikaku/2023-03-31.{suffix}"
        assert {quad.triple for quad in ox.parse(path=path, format=form)} == wanted


def test_an_edition_tells_its_source_quality_and_vocabulary(graph: Graph) -> None:
    assert graph.value(EDITION, PROV.wasDerivedFrom) == IRIS.source("joho-keikaku", date(2023, 3, 31))
    assert graph.value(EDITION, DQV.hasQualityMetadata) == IRIS.graph("validation")
    assert graph.value(EDITION, DCTERMS.conformsTo) == URIRef("https://w3id.org/municipal-plan")


def test_without_a_contact_the_publisher_is_it(graph: Graph) -> None:
    it = graph.value(EDITION, DCAT.contactPoint)
    assert (it, VCARD.fn, Literal("酒田市", lang="ja")) in graph
    assert graph.value(it, VCARD.hasURL) == URIRef("https://www.city.sakata.lg.jp/")


def test_a_contact_of_the_site_is_told(site: SiteCopy, tmp_path: Path) -> None:
    path = site.folder / "site.toml"
    contact = '[contact]\nname.ja = "窓口"\nemail = "opendata@example.jp"\ntelephone = "+81-234-00-0000"\n\n[licence]'
    site.replace(path, "[licence]", contact)
    graph = graph_of(released(build(site.folder, tmp_path / "releases", None, unwatched)), "catalogue")
    assert graph.value(IRIS.contact(), VCARD.hasEmail) == URIRef("mailto:opendata@example.jp")
    assert graph.value(IRIS.contact(), VCARD.hasTelephone) == URIRef("tel:+81-234-00-0000")
    assert list(graph.objects(IRIS.contact(), VCARD.fn)) == [Literal("窓口", lang="ja")]


def test_a_catalogue_that_breaks_its_shapes_is_not_published(site: SiteCopy, tmp_path: Path) -> None:
    site.replace(site.folder / "site.toml", 'homepage = "https://www.city.sakata.lg.jp/"\n', "")
    built = build(site.folder, tmp_path / "releases", None, unwatched)
    assert built.release is None
    assert [str(each.source_shape).partition("#")[2] for each in built.report.violations] == [
        "ContactShape-reach"
    ]
    assert not (tmp_path / "releases" / "current").exists()


def test_an_older_edition_is_a_dataset_that_the_next_one_names(site: SiteCopy, tmp_path: Path) -> None:
    second_edition(site)
    graph = graph_of(released(build(site.folder, tmp_path / "releases", None, unwatched)), "catalogue")
    editions = [each for each in of_type(graph, DCAT.Dataset) if "/edition/" in str(each)]
    assert len(editions) == 2
    assert graph.value(editions[1], DCAT.prev) == editions[0]
    assert (editions[0], DCAT.prev, None) not in graph
    series = IRIS.series("joho-keikaku")
    assert set(graph.subjects(DCAT.inSeries, series)) == set(editions)


# VoID


@pytest.fixture(scope="module")
def void(release: Release) -> Graph:
    path = release.folder / VOID_FILE
    return rdflib_graph(quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE))


WHOLE = URIRef(f"{IRIS.base}.well-known/void#dataset")


def number(graph: Graph, subject: Node, predicate: URIRef) -> int:
    value = graph.value(subject, predicate)
    assert isinstance(value, Literal)
    return int(value)


def test_void_counts_what_the_dataset_holds(void: Graph, release: Release) -> None:
    graphs: dict[object, list[ox.Triple]] = {}
    for quad in ox.parse(path=release.dataset, format=ox.RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name, []).append(quad.triple)
    default = graphs.pop(ox.DefaultGraph())
    assert number(void, WHOLE, VOID.triples) == len(default) == release.manifest.counts["triples"]
    assert number(void, WHOLE, VOID.distinctSubjects) == len({each.subject for each in default})
    subsets = {
        number(void, each, VOID.triples)
        for each in void.objects(WHOLE, VOID.subset)
        if (each, RDF.type, VOID.Linkset) not in void
    }
    assert subsets == {len(each) for each in graphs.values()}


def test_void_counts_classes_and_properties(void: Graph) -> None:
    measures = [
        each
        for each in void.objects(WHOLE, VOID.classPartition)
        if void.value(each, VOID["class"]) == URIRef("https://w3id.org/municipal-plan#Measure")
    ]
    assert [number(void, each, VOID.entities) for each in measures] == [33]
    of_properties = sum(
        number(void, each, VOID.triples) for each in void.objects(WHOLE, VOID.propertyPartition)
    )
    assert of_properties == number(void, WHOLE, VOID.triples)


def test_void_tells_of_links_to_wikidata(void: Graph) -> None:
    spaces = {str(each) for each in void.objects(None, VOID.uriSpace)}
    assert {f"{IRIS.base}id/", "http://www.wikidata.org/entity/"} <= spaces
    assert all(number(void, each, VOID.triples) > 0 for each in of_type(void, VOID.Linkset))


def test_void_has_no_blank_node_and_names_dumps_and_examples_that_there_are(
    void: Graph, release: Release
) -> None:
    assert not [each for triple in void for each in triple if isinstance(each, BNode)]
    for dump in void.objects(WHOLE, VOID.dataDump):
        assert release.file(str(dump).removeprefix(f"{IRIS.base}dump/"))
    assert len(list(void.objects(WHOLE, VOID.exampleResource))) == 4
