"""A site and its plans → RDF: who publishes, departments, fiscal years, plans, editions, and the graphs."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.formats import CSV, TSV, XLSX
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import (
    DCAT,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PLAN,
    PROV,
    QB,
    RDF,
    RDFS,
    SD,
    SKOS,
    SPDX,
    TIME,
    XSD,
)
from sakata_lod.publish import wording
from sakata_lod.publish.eras import FiscalYear
from sakata_lod.publish.graph import Triples
from sakata_lod.publish.plan import Edition
from sakata_lod.site import EditionFolder, PlanSource, Site, Text

_MEDIA_TYPES = {"tsv": TSV, "csv": CSV, "xlsx": XLSX}
_IANA = "https://www.iana.org/assignments/media-types/"


def site_graph(site: Site, register: Graph, editions: Iterable[Edition], iris: IriSpace) -> Graph:
    """Say who publishes what, from a site's files. register: the departments, as their file says them."""
    graph = new_graph()
    found = {(edition.plan, edition.as_of): edition for edition in editions}
    years = {year for edition in found.values() for year in edition.fiscal_years}
    graph += register
    for part in (
        _city(site, iris),
        _graph_names(site, iris),
        *(
            _plan(site, plan, [found[plan.slug, each.as_of] for each in plan.editions], iris)
            for plan in site.plans
        ),
        *(
            _edition(site, plan, edition, found[plan.slug, edition.as_of], iris)
            for plan in site.plans
            for edition in plan.editions
        ),
        *(_fiscal_year(year, iris) for year in sorted(years | _planned_years(site))),
    ):
        for triple in part:
            graph.add(triple)
    return graph


def _planned_years(site: Site) -> set[FiscalYear]:
    return {
        FiscalYear(year)
        for plan in site.plans
        for year in range(plan.first_fiscal_year, plan.last_fiscal_year + 1)
    }


def _city(site: Site, iris: IriSpace) -> Triples:
    publisher = site.publisher
    it = iris.organization(publisher.code)
    yield it, RDF.type, ORG.FormalOrganization
    yield it, RDF.type, FOAF.Agent
    yield from _texts(it, SKOS.prefLabel, publisher.name)
    yield from _texts(it, FOAF.name, publisher.name)
    yield it, DCTERMS.identifier, Literal(publisher.code)
    if publisher.corporate_number:
        yield it, ORG.identifier, Literal(publisher.corporate_number)
    if publisher.homepage:
        yield it, FOAF.homepage, URIRef(publisher.homepage)
    for same in publisher.same_as:
        yield it, OWL.sameAs, URIRef(same)
    for other in publisher.see_also:
        yield it, RDFS.seeAlso, URIRef(other)
    if publisher.part_of:
        yield it, DCTERMS.isPartOf, URIRef(publisher.part_of)
    licence = URIRef(site.licence.iri)
    yield licence, RDF.type, DCTERMS.LicenseDocument
    yield licence, DCTERMS.title, Literal(site.licence.title, lang="en")


def _graph_names(site: Site, iris: IriSpace) -> Triples:
    for name, words in wording.GRAPHS.items():
        yield from graph_name(iris.graph(name), words)
    for plan in site.plans:
        for edition in plan.editions:
            words = wording.edition_graph(plan, edition.as_of)
            yield from graph_name(iris.edition_graph(plan.slug, edition.as_of), words)


def graph_name(it: URIRef, words: wording.Wording) -> Triples:
    """Say what a named graph is called, and what is in it."""
    yield it, RDF.type, SD.NamedGraph
    yield it, SD.name, it
    yield from _texts(it, SKOS.prefLabel, words.title)
    yield from _texts(it, RDFS.comment, words.description)


def _plan(site: Site, plan: PlanSource, editions: Sequence[Edition], iris: IriSpace) -> Triples:
    it, period, series = iris.plan(plan.slug), iris.plan_period(plan.slug), iris.series(plan.slug)
    publisher = iris.organization(site.publisher.code)
    yield it, RDF.type, PLAN.Plan
    if editions[-1].divisions:
        yield it, RDF.type, SKOS.ConceptScheme
    yield from _texts(it, DCTERMS.title, plan.title)
    yield it, DCTERMS.publisher, publisher
    yield it, PLAN.period, period
    yield period, RDF.type, DCTERMS.PeriodOfTime
    yield period, DCAT.startDate, _date(FiscalYear(plan.first_fiscal_year).beginning)
    yield period, DCAT.endDate, _date(FiscalYear(plan.last_fiscal_year).last_day)
    yield series, RDF.type, DCAT.DatasetSeries
    words = wording.series(plan)
    yield from _texts(series, DCTERMS.title, words.title)
    yield from _texts(series, DCTERMS.description, words.description)
    yield series, DCTERMS.publisher, publisher
    divisions = {each.key for edition in editions for each in edition.divisions}
    yield from _translations(plan, divisions, iris)


def _translations(plan: PlanSource, divisions: Collection[str], iris: IriSpace) -> Triples:
    """Titles in English, marked as translations from Japanese by the T extension of BCP 47 (RFC 6497)."""
    language = "en-t-ja-t0-und" if plan.translations.machine else "en-t-ja"
    for number, title in plan.translations.en.items():
        if number in divisions:
            yield iris.division(plan.slug, number), SKOS.prefLabel, Literal(title, lang=language)
        else:
            yield iris.measure(plan.slug, number), DCTERMS.title, Literal(title, lang=language)


def _edition(
    site: Site, plan: PlanSource, folder: EditionFolder, edition: Edition, iris: IriSpace
) -> Triples:
    it = iris.edition(plan.slug, folder.as_of)
    for type_ in (PLAN.Edition, DCAT.Dataset, QB.DataSet):
        yield it, RDF.type, type_
    words = wording.edition(plan, folder.as_of)
    yield from _texts(it, DCTERMS.title, words.title)
    yield from _texts(it, DCTERMS.description, words.description)
    yield it, PLAN.plan, iris.plan(plan.slug)
    yield it, PLAN.asOf, _date(folder.as_of)
    yield it, DCAT.version, Literal(folder.as_of.isoformat())
    yield it, DCAT.inSeries, iris.series(plan.slug)
    yield it, DCTERMS.publisher, iris.organization(site.publisher.code)
    yield it, DCTERMS.license, URIRef(site.licence.iri)
    yield it, DCTERMS.issued, _date(folder.as_of)
    yield it, DCTERMS.modified, _date(folder.as_of)
    yield it, DCTERMS.temporal, iris.plan_period(plan.slug)
    yield it, QB.structure, PLAN.activityStructure
    yield it, PROV.wasDerivedFrom, iris.source(plan.slug, folder.as_of)
    before = [each.as_of for each in plan.editions if each.as_of < folder.as_of]
    if before:
        yield it, DCAT.prev, iris.edition(plan.slug, max(before))
    yield from _source_table(plan, folder, edition, iris)


def _source_table(plan: PlanSource, folder: EditionFolder, edition: Edition, iris: IriSpace) -> Triples:
    it = iris.source(plan.slug, folder.as_of)
    checksum = iris.source_checksum(plan.slug, folder.as_of)
    media_type = _MEDIA_TYPES[folder.source.format].media_type
    yield it, RDF.type, PLAN.SourceTable
    yield from _texts(it, DCTERMS.title, wording.source_table_title(plan, folder.as_of))
    yield it, DCTERMS.identifier, Literal(folder.source.source)
    yield it, DCAT.mediaType, URIRef(_IANA + media_type)
    yield it, PLAN.encoding, Literal(folder.source.encoding)
    yield it, PLAN.rowCount, Literal(len(edition.rows))
    yield it, SPDX.checksum, checksum
    yield checksum, RDF.type, SPDX.Checksum
    yield checksum, SPDX.algorithm, SPDX.checksumAlgorithm_sha256
    yield checksum, SPDX.checksumValue, Literal(edition.source_sha256, datatype=XSD.hexBinary)


def _fiscal_year(year: FiscalYear, iris: IriSpace) -> Triples:
    it = iris.fiscal_year(year.start_year)
    yield it, RDF.type, PLAN.FiscalYear
    yield it, SKOS.prefLabel, Literal(year.era_name, lang="ja")
    yield it, SKOS.prefLabel, Literal(f"FY{year.start_year}", lang="en")
    for label in year.other_names:
        yield it, SKOS.altLabel, Literal(label, lang="ja")
    yield it, SKOS.altLabel, Literal(year.era_letter_name, lang="en")
    yield it, PLAN.startYear, Literal(str(year.start_year), datatype=XSD.gYear)
    for predicate, name, day in (
        (TIME.hasBeginning, "beginning", year.beginning),
        (TIME.hasEnd, "end", year.end),
    ):
        instant = iris.fiscal_year_instant(year.start_year, name)
        yield it, predicate, instant
        yield instant, RDF.type, TIME.Instant
        yield instant, TIME.inXSDDate, _date(day)


def _texts(it: URIRef, predicate: URIRef, text: Text) -> Triples:
    for language, words in text.by_language.items():
        yield it, predicate, Literal(words, lang=language)


def _date(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=XSD.date)
