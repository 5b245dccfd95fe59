"""What the graph says of Sakata's table. `dataset` is all that a build makes, but for the validation report."""

import hashlib
import shutil
from collections import Counter
from datetime import date

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.errors import IdentityUnclear, InvalidConfiguration
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import (
    CODE,
    DCAT,
    DCTERMS,
    OA,
    ORG,
    OWL,
    PLAN,
    PROV,
    QB,
    RDF,
    RDFS,
    SKOS,
    SPDX,
    THEME,
    TIME,
    XSD,
)
from sakata_lod.publish.build import SiteData, read_data
from sakata_lod.publish.plan import Edition
from sakata_lod.vocabulary import CODES, ONTOLOGY, THEMES
from tests.conftest import SAKATA, SiteCopy
from tests.publish.conftest import unwatched

IRIS = IriSpace("http://localhost:8000/")
PLAN_SLUG = "joho-keikaku"
AS_OF = date(2023, 3, 31)


@pytest.fixture(scope="module")
def data() -> SiteData:
    return read_data(SAKATA, None, unwatched)


@pytest.fixture(scope="module")
def graph(data: SiteData) -> Graph:
    return data.dataset.default


def measure(number: str) -> URIRef:
    return IRIS.measure(PLAN_SLUG, number)


def languages(graph: Graph, subject: Node, predicate: URIRef) -> set[str | None]:
    return {each.language for each in graph.objects(subject, predicate) if isinstance(each, Literal)}


def test_there_are_thirty_three_measures(graph: Graph) -> None:
    assert len(set(graph.subjects(RDF.type, PLAN.Measure))) == 33


def test_current_statuses_are_counted_by_code(graph: Graph) -> None:
    achievements = Counter(graph.objects(None, PLAN.currentAchievement))
    assert achievements == {CODE.achieved: 27, CODE.partlyAchieved: 3, CODE.discontinued: 3}
    responses = Counter(graph.objects(None, PLAN.currentResponse))
    assert responses == {CODE["continue"]: 18, CODE.complete: 13, CODE.suspend: 2}


def test_the_wi_fi_measure_says_all_that_the_table_says(graph: Graph) -> None:
    it = measure("2-1-2")
    assert graph.value(it, DCTERMS.identifier) == Literal("2-1-2")
    assert Literal("フリーWi-Fiエリアの拡充", lang="ja") in set(graph.objects(it, DCTERMS.title))
    assert graph.value(it, PLAN.division) == IRIS.division(PLAN_SLUG, "2-1")
    department = graph.value(it, PLAN.responsibleDepartment)
    assert Literal("交流観光課", lang="ja") in set(graph.objects(department, SKOS.prefLabel))
    assert set(graph.objects(it, PLAN.relatedMeasure)) == {measure("2-1-3"), measure("2-1-4")}
    assert THEME["wi-fi"] in set(graph.objects(it, PLAN.theme))
    progress = IRIS.progress(PLAN_SLUG, "2-1-2", AS_OF)
    assert graph.value(progress, PLAN.achievement) == CODE.partlyAchieved
    assert graph.value(progress, PLAN.achievementText) == Literal("○ 一部達成", lang="ja")
    assert str(graph.value(progress, PLAN.reason)).startswith("コロナ禍の影響")


def test_titles_in_english_are_marked_as_translated_by_a_machine(graph: Graph) -> None:
    assert languages(graph, measure("2-1-2"), DCTERMS.title) == {"ja", "en-t-ja-t0-und"}


def test_there_are_no_blank_nodes(data: SiteData) -> None:
    for name, graph in data.dataset.named.items():
        assert not [triple for triple in graph if any(isinstance(term, BNode) for term in triple)], name


def test_every_text_for_people_has_its_language(graph: Graph) -> None:
    for predicate in (
        DCTERMS.title, DCTERMS.description, SKOS.prefLabel, SKOS.altLabel, RDFS.label, RDFS.comment,
        PLAN.reason, PLAN.task, PLAN.asPrinted, PLAN.asRead, PLAN.columnName, RDF.value,
    ):  # fmt: skip
        literals = [each for each in graph.objects(None, predicate) if isinstance(each, Literal)]
        assert literals
        assert all(each.language for each in literals), predicate


def test_every_activity_progress_measure_and_division_is_derived_from_cells(graph: Graph) -> None:
    for kind in (PLAN.Activity, PLAN.Progress, PLAN.Measure, PLAN.Division):
        for it in graph.subjects(RDF.type, kind):
            cells = list(graph.objects(it, PROV.wasDerivedFrom))
            assert cells, it
            assert all((cell, RDF.type, PLAN.SourceCell) in graph for cell in cells)


def test_an_activity_says_what_its_cell_prints(graph: Graph) -> None:
    for it in graph.subjects(RDF.type, PLAN.Activity):
        cell = graph.value(it, PROV.wasDerivedFrom)
        assert graph.value(it, DCTERMS.description) == graph.value(cell, RDF.value)


def test_activities_are_observations_of_their_edition(graph: Graph) -> None:
    edition = URIRef("http://localhost:8000/id/edition/joho-keikaku/2023-03-31")
    assert {graph.value(it, QB.dataSet) for it in graph.subjects(RDF.type, PLAN.Activity)} == {edition}
    assert graph.value(edition, QB.structure) == PLAN.activityStructure
    keys = Counter(
        tuple(graph.value(it, each) for each in (PLAN.measure, PLAN.fiscalYear, PLAN.workLine))
        for it in graph.subjects(RDF.type, PLAN.Activity)
    )
    assert set(keys.values()) == {1}


def test_a_fiscal_year_runs_from_april_to_april(graph: Graph) -> None:
    year = IRIS.fiscal_year(2019)
    assert graph.value(year, PLAN.startYear) == Literal("2019", datatype=XSD.gYear)
    beginning, end = graph.value(year, TIME.hasBeginning), graph.value(year, TIME.hasEnd)
    assert graph.value(beginning, TIME.inXSDDate) == Literal("2019-04-01", datatype=XSD.date)
    assert graph.value(end, TIME.inXSDDate) == Literal("2020-04-01", datatype=XSD.date)
    assert Literal("令和元年度", lang="ja") in set(graph.objects(year, SKOS.prefLabel))


def test_the_city_is_told_by_its_codes_and_links(graph: Graph) -> None:
    city = IRIS.organization("062049")
    assert graph.value(city, DCTERMS.identifier) == Literal("062049")
    assert graph.value(city, ORG.identifier) == Literal("5000020062049")
    assert graph.value(city, OWL.sameAs) == URIRef("http://www.wikidata.org/entity/Q504690")


def test_the_source_table_is_told_with_its_checksum(graph: Graph) -> None:
    table = URIRef("http://localhost:8000/id/source/joho-keikaku/2023-03-31")
    source = SAKATA / "plans/joho-keikaku/2023-03-31/source.tsv"
    assert graph.value(table, PLAN.rowCount) == Literal(53)
    digest = graph.value(graph.value(table, SPDX.checksum), SPDX.checksumValue)
    assert str(digest) == hashlib.sha256(source.read_bytes()).hexdigest()


def test_a_cell_is_named_as_rfc_7111_names_it(graph: Graph) -> None:
    cell = URIRef("http://localhost:8000/id/source/joho-keikaku/2023-03-31#cell=44,9")
    assert graph.value(cell, RDF.value) == Literal("◎ 一部達成", lang="ja")
    assert graph.value(cell, PLAN.columnName) == Literal("目標達成", lang="ja")
    assert graph.value(cell, DCTERMS.isPartOf) == URIRef(str(cell).partition("#")[0] + "#row=44")


def test_every_anomaly_is_in_the_graph_with_its_targets(graph: Graph, data: SiteData) -> None:
    anomalies = set(graph.subjects(RDF.type, PLAN.SourceAnomaly))
    assert len(anomalies) == len(data.editions[0].anomalies) == 12
    for it in anomalies:
        for predicate in (
            OA.hasTarget,
            DCTERMS.type,
            PLAN.asPrinted,
            PLAN.asRead,
            PLAN.certain,
            PLAN.measure,
        ):
            assert graph.value(it, predicate, any=True) is not None, (it, predicate)
        assert languages(graph, it, RDFS.comment) == {"ja", "en"}


def test_what_is_doubtful_names_its_alternatives(graph: Graph) -> None:
    doubtful = set(graph.subjects(PLAN.certain, Literal(False)))  # noqa: FBT003
    slugs = {str(each).rpartition("/")[2] for each in doubtful}
    assert slugs == {
        "4-1-8-six-year-cells", "4-1-9-six-year-cells", "asuka-or-tobishima", "3-3-4-rounds-out-of-step",
    }  # fmt: skip
    asuka = IRIS.anomaly(PLAN_SLUG, AS_OF, "asuka-or-tobishima")
    assert graph.value(asuka, PLAN.alternative) == Literal("飛島", lang="ja")


# Themes and relations


def test_every_measure_has_a_theme(graph: Graph) -> None:
    for it in graph.subjects(RDF.type, PLAN.Measure):
        assert graph.value(it, PLAN.theme, any=True) is not None, it


def test_every_theme_of_a_measure_is_explained(graph: Graph) -> None:
    pairs = set(graph.subject_objects(PLAN.theme)) & {
        (it, theme)
        for it in graph.subjects(RDF.type, PLAN.Measure)
        for theme in graph.objects(it, PLAN.theme)
    }
    explained = {
        (graph.value(it, PLAN.measure), graph.value(it, PLAN.theme))
        for it in graph.subjects(RDF.type, PLAN.ThemeAssignment)
        if graph.value(it, PLAN.matchedText, any=True) and graph.value(it, PROV.wasDerivedFrom, any=True)
    }
    assert pairs == explained


@pytest.mark.parametrize(
    ("theme", "numbers"),
    [
        ("wi-fi", {"2-1-2", "2-1-3", "2-1-4"}),
        ("dx", {"3-3-8", "3-3-9", "4-1-8", "4-1-9", "4-1-10"}),
        ("my-number", {"3-3-9"}),
        ("online-procedures", {"3-3-8"}),
        ("library-and-archive", {"3-2-2", "3-3-4", "4-1-1"}),
        ("open-data", {"3-2-3"}),
        ("vr", {"3-3-2"}),
    ],
)
def test_a_theme_is_given_to_the_measures_whose_words_it_fits(
    graph: Graph, theme: str, numbers: set[str]
) -> None:
    found = {
        str(graph.value(it, DCTERMS.identifier))
        for it in graph.subjects(PLAN.theme, THEME[theme])
        if (it, RDF.type, PLAN.Measure) in graph
    }
    assert found == numbers


def test_measures_that_share_a_narrow_theme_are_related_both_ways_and_it_is_explained(graph: Graph) -> None:
    assert set(graph.objects(measure("3-3-9"), PLAN.relatedMeasure)) == {
        measure(number) for number in ("3-3-8", "4-1-8", "4-1-9", "4-1-10")
    }
    for one, other in graph.subject_objects(PLAN.relatedMeasure):
        assert (other, PLAN.relatedMeasure, one) in graph
        assert one != other
    relations = {
        frozenset(graph.objects(it, PLAN.measure)) for it in graph.subjects(RDF.type, PLAN.MeasureRelation)
    }
    assert relations == {frozenset(pair) for pair in graph.subject_objects(PLAN.relatedMeasure)}


def test_a_measure_that_shares_only_a_broad_theme_is_not_related(graph: Graph) -> None:
    assert not set(graph.objects(measure("3-3-11"), PLAN.relatedMeasure))


def test_people_may_add_a_theme_and_refuse_one(site: SiteCopy) -> None:
    themes = site.folder / "themes.toml"
    decision = (
        '\n[[link]]\nplan = "joho-keikaku"\nmeasure = "{}"\ntheme = "{}"\naccept = {}\n'
        'reason.ja = "職員の判断"\nreason.en = "As staff see it"\n'
    )
    themes.write_text(
        themes.read_text(encoding="utf-8")
        + decision.format("3-1-1", "tourism", "true")
        + decision.format("2-1-2", "tourism", "false"),
        encoding="utf-8",
    )
    graph = read_data(site.folder, None, unwatched).dataset.default
    assert THEME.tourism in set(graph.objects(measure("3-1-1"), PLAN.theme))
    assert THEME.tourism not in set(graph.objects(measure("2-1-2"), PLAN.theme))
    assignment = IRIS.theme_assignment(PLAN_SLUG, "3-1-1", "tourism")
    assert Literal("As staff see it", lang="en") in set(graph.objects(assignment, RDFS.comment))


def test_a_decision_about_a_measure_that_is_not_there_is_refused(site: SiteCopy) -> None:
    themes = site.folder / "themes.toml"
    decision = '\n[[link]]\nplan = "joho-keikaku"\nmeasure = "9-9-9"\ntheme = "tourism"\naccept = true\nreason.ja = "誤"\n'
    themes.write_text(themes.read_text(encoding="utf-8") + decision, encoding="utf-8")
    with pytest.raises(InvalidConfiguration, match="no measure 9-9-9"):
        read_data(site.folder, None, unwatched)


def test_a_translation_for_a_number_that_is_not_there_is_refused(site: SiteCopy) -> None:
    translations = site.plan.parent / "translations.toml"
    site.replace(translations, '"2-1-2" =', '"2-1-9" =')
    with pytest.raises(InvalidConfiguration, match=r"translations\.toml: en\.2-1-9"):
        read_data(site.folder, None, unwatched)


def test_a_measure_whose_title_changed_between_editions_stops_the_build(site: SiteCopy) -> None:
    second_edition(site)
    later = site.source.parent.parent / "2024-03-31" / "source.tsv"
    site.replace(later, "フリーWi-Fiエリアの拡充", "公衆無線LANの拡充")
    with pytest.raises(IdentityUnclear, match="2-1-2"):
        read_data(site.folder, None, unwatched)


# Graphs and editions


def test_each_named_graph_describes_itself(data: SiteData) -> None:
    site_graph = data.dataset.named[IRIS.graph("site")]
    for name in (*data.dataset.named, IRIS.graph("validation")):
        assert languages(site_graph, name, SKOS.prefLabel) == {"ja", "en"}


def test_the_edition_graph_alone_says_all_that_its_table_says(data: SiteData, edition: Edition) -> None:
    graph = data.dataset.named[IRIS.edition_graph(PLAN_SLUG, edition.as_of)]
    for kind, count in (
        (PLAN.Measure, 33), (PLAN.Progress, 33), (PLAN.Division, 10), (PLAN.Activity, 105),
        (PLAN.SourceRow, 53), (PLAN.SourceAnomaly, 12),
    ):  # fmt: skip
        assert len(set(graph.subjects(RDF.type, kind))) == count
    assert not list(graph.subject_objects(PLAN.theme))


def test_every_term_that_is_used_is_defined(graph: Graph) -> None:
    own = [str(each.iri) for each in (ONTOLOGY, CODES, THEMES)]
    used = {
        term
        for triple in graph
        for term in triple
        if isinstance(term, URIRef) and any(str(term).startswith(f"{iri}#") for iri in own)
    }
    assert not [term for term in used if (term, RDF.type, None) not in graph]


def test_every_term_that_is_defined_is_used_or_explained(data: SiteData, graph: Graph) -> None:
    ontology = data.dataset.named[IRIS.graph("ontology")]
    used = {term for triple in set(graph) - set(ontology) for term in triple}
    terms = {term for term in ontology.subjects(RDFS.isDefinedBy, ONTOLOGY.iri) if isinstance(term, URIRef)}
    assert len(terms) > 50
    explained = {*ontology.subjects(SKOS.scopeNote), *ontology.subjects(SKOS.editorialNote)}
    assert not terms - used - explained


def test_a_second_edition_revises_the_first_and_is_the_current_one(site: SiteCopy) -> None:
    second_edition(site)
    data = read_data(site.folder, None, unwatched)
    later = URIRef("http://localhost:8000/id/edition/joho-keikaku/2024-03-31")
    graph = data.dataset.default
    assert graph.value(later, DCAT.prev) == URIRef("http://localhost:8000/id/edition/joho-keikaku/2023-03-31")
    progress = IRIS.progress(PLAN_SLUG, "2-1-2", data.editions[1].as_of)
    assert graph.value(progress, PROV.wasRevisionOf) == IRIS.progress(
        PLAN_SLUG, "2-1-2", data.editions[0].as_of
    )
    assert graph.value(measure("2-1-2"), PLAN.currentAchievement) == CODE.achieved
    assert data.dataset.superseded == {IRIS.edition_graph(PLAN_SLUG, data.editions[0].as_of)}


def second_edition(site: SiteCopy) -> None:
    """Add the same table as of a year later, in which 2-1-2 is achieved."""
    later = site.source.parent.parent / "2024-03-31"
    shutil.copytree(site.source.parent, later)
    site.replace(
        later / "source.tsv",
        "○ 一部達成\t継続\tコロナ禍の影響でR4年度",
        "◎ 達成\t継続\tコロナ禍の影響でR4年度",
    )
    with site.plan.open("a", encoding="utf-8") as plan:
        plan.write('\n[editions.2024-03-31]\nsource = "source.tsv"\nformat = "tsv"\n')
