"""The vocabularies used, each closed: a term that is not in it raises AttributeError.

rdflib has most of them. Here are our own, and those of which rdflib's copy is older than the standard:
DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/), DCAT-AP (https://semiceu.github.io/DCAT-AP/), ADMS
(https://www.w3.org/TR/vocab-adms/), vCard (https://www.w3.org/TR/vcard-rdf/), Hydra
(http://www.w3.org/ns/hydra/core), DQV (https://www.w3.org/TR/vocab-dqv/), Web Annotation
(https://www.w3.org/TR/annotation-vocab/), SPDX (https://spdx.org/rdf/terms/), SPARQL Service Description.
"""

from rdflib import Graph, URIRef
from rdflib.namespace import (
    CSVW,
    DCTERMS,
    FOAF,
    ORG,
    OWL,
    PROV,
    QB,
    RDF,
    RDFS,
    SH,
    SKOS,
    TIME,
    VANN,
    VOID,
    XSD,
    DefinedNamespace,
    Namespace,
)

__all__ = [
    "ADMS", "CODE", "CSVW", "DCAT", "DCATAP", "DCTERMS", "DQV", "FILE_FORMAT", "FOAF", "HYDRA", "OA", "ORG",
    "OWL", "PLAN", "PREFIXES", "PROV", "QB", "RDF", "RDFS", "SD", "SH", "SHAPE", "SKOS", "SPDX", "THEME",
    "TIME", "VANN", "VCARD", "VOID", "XSD", "bind_prefixes", "term",
]  # fmt: skip


class PLAN(DefinedNamespace):
    """The municipal plan vocabulary, defined in `ontology/plan.ttl`."""

    _fail = True
    _NS = Namespace("https://w3id.org/municipal-plan#")

    # Classes
    Activity: URIRef
    AnyMeasure: URIRef
    Change: URIRef
    Division: URIRef
    Edition: URIRef
    EndedDivision: URIRef
    EndedMeasure: URIRef
    FiscalYear: URIRef
    Indicator: URIRef
    IndicatorValue: URIRef
    Measure: URIRef
    MeasureRelation: URIRef
    Plan: URIRef
    Progress: URIRef
    SourceAnomaly: URIRef
    SourceCell: URIRef
    SourceRow: URIRef
    SourceTable: URIRef
    ThemeAssignment: URIRef

    # Properties
    achievement: URIRef
    achievementText: URIRef
    actual: URIRef
    actualText: URIRef
    alternative: URIRef
    asOf: URIRef
    asPrinted: URIRef
    asRead: URIRef
    cellCount: URIRef
    certain: URIRef
    column: URIRef
    columnName: URIRef
    columnSpan: URIRef
    currentAchievement: URIRef
    currentResponse: URIRef
    departmentText: URIRef
    division: URIRef
    edition: URIRef
    encoding: URIRef
    fiscalYear: URIRef
    fromEdition: URIRef
    indicator: URIRef
    lastEdition: URIRef
    matchedText: URIRef
    measure: URIRef
    otherDepartments: URIRef
    period: URIRef
    plan: URIRef
    reason: URIRef
    relatedMeasure: URIRef
    response: URIRef
    responseText: URIRef
    responsibleDepartment: URIRef
    row: URIRef
    rowCount: URIRef
    rowSpan: URIRef
    sharedTheme: URIRef
    sheet: URIRef
    sheetRow: URIRef
    startYear: URIRef
    target: URIRef
    targetText: URIRef
    task: URIRef
    theme: URIRef
    toEdition: URIRef
    unit: URIRef
    valueText: URIRef
    workLine: URIRef

    # The structure of the activities as a data cube
    activityStructure: URIRef


class SHAPE(DefinedNamespace):
    """What our shapes say beside SHACL, defined in `shapes/plan.ttl`."""

    _fail = True
    _NS = Namespace("https://w3id.org/municipal-plan/shapes#")

    remedy: URIRef


class DCAT(DefinedNamespace):
    """Data Catalog Vocabulary, version 3: the terms used here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dcat#")

    Catalog: URIRef
    DataService: URIRef
    Dataset: URIRef
    DatasetSeries: URIRef
    Distribution: URIRef

    accessURL: URIRef
    byteSize: URIRef
    contactPoint: URIRef
    catalog: URIRef
    dataset: URIRef
    distribution: URIRef
    downloadURL: URIRef
    endDate: URIRef
    endpointDescription: URIRef
    endpointURL: URIRef
    inSeries: URIRef
    keyword: URIRef
    landingPage: URIRef
    mediaType: URIRef
    prev: URIRef
    servesDataset: URIRef
    service: URIRef
    startDate: URIRef
    theme: URIRef
    themeTaxonomy: URIRef
    version: URIRef


class DCATAP(DefinedNamespace):
    """DCAT Application Profile for data portals in Europe: the terms used here."""

    _fail = True
    _NS = Namespace("http://data.europa.eu/r5r/")

    availability: URIRef


class ADMS(DefinedNamespace):
    """Asset Description Metadata Schema: the terms used here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/adms#")

    status: URIRef


class VCARD(DefinedNamespace):
    """vCard: the terms used here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/2006/vcard/ns#")

    Organization: URIRef
    fn: URIRef
    hasEmail: URIRef
    hasTelephone: URIRef
    hasURL: URIRef


class HYDRA(DefinedNamespace):
    """Hydra Core Vocabulary: the terms by which pages of a catalogue are told."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/hydra/core#")

    Collection: URIRef
    PartialCollectionView: URIRef
    first: URIRef
    last: URIRef
    next: URIRef
    previous: URIRef
    totalItems: URIRef
    view: URIRef


class DQV(DefinedNamespace):
    """Data Quality Vocabulary: the terms used here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/dqv#")

    QualityAnnotation: URIRef
    QualityMetadata: URIRef
    hasQualityMetadata: URIRef
    qualityAssessment: URIRef


class OA(DefinedNamespace):
    """Web Annotation Vocabulary: the terms used here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/oa#")

    Annotation: URIRef
    hasTarget: URIRef
    motivatedBy: URIRef


class SPDX(DefinedNamespace):
    """Software Package Data Exchange: checksums."""

    _fail = True
    _NS = Namespace("http://spdx.org/rdf/terms#")

    Checksum: URIRef
    algorithm: URIRef
    checksum: URIRef
    checksumAlgorithm_sha256: URIRef
    checksumValue: URIRef


class SD(DefinedNamespace):
    """SPARQL 1.1 Service Description: the terms used here."""

    _fail = True
    _NS = Namespace("http://www.w3.org/ns/sparql-service-description#")

    BasicFederatedQuery: URIRef
    Dataset: URIRef
    Graph: URIRef
    NamedGraph: URIRef
    SPARQL11Query: URIRef
    Service: URIRef
    defaultDataset: URIRef
    defaultGraph: URIRef
    endpoint: URIRef
    feature: URIRef
    graph: URIRef
    name: URIRef
    namedGraph: URIRef
    resultFormat: URIRef
    supportedLanguage: URIRef


FILE_FORMAT = Namespace("http://www.w3.org/ns/formats/")
"""W3C's unique IRIs for file formats; `formats` tells the names."""

CODE = Namespace("https://w3id.org/municipal-plan/codes#")
"""The shared code lists; `vocabulary.concepts` tells which concepts they hold."""

THEME = Namespace("https://w3id.org/municipal-plan/themes#")
"""The shared themes; `vocabulary.concepts` likewise."""


_TERMS: dict[str, URIRef] = {}


def term(iri: str) -> URIRef:
    """A term by its IRI: of a vocabulary used here, the same object every time."""
    return _TERMS.get(iri) or URIRef(iri)


def _made_once(vocabulary: type[DefinedNamespace]) -> None:
    """Put a vocabulary's terms into its class.

    rdflib makes a term anew each time it is named, which costs a twentieth of a release; and two that are one
    object are far faster told to be equal. What is no term still raises.
    """
    for name in vocabulary.__annotations__:
        if not name.startswith("_"):
            it = vocabulary[name]
            setattr(vocabulary, name, it)
            _TERMS[str(it)] = it


_VOCABULARIES: tuple[type[DefinedNamespace], ...] = (
    *(ADMS, DCAT, DCATAP, DCTERMS, DQV, FOAF, HYDRA, OA, ORG, OWL, PLAN, PROV, QB, RDF, RDFS, SD, SH, SHAPE),
    *(SKOS, SPDX, TIME, VANN, VCARD, VOID, XSD),
)
for _vocabulary in _VOCABULARIES:
    _made_once(_vocabulary)

PREFIXES: dict[str, str] = {
    "adms": str(ADMS._NS),
    "code": str(CODE),
    "csvw": str(CSVW._NS),
    "dcat": str(DCAT._NS),
    "dcatap": str(DCATAP._NS),
    "dct": str(DCTERMS._NS),
    "dqv": str(DQV._NS),
    "foaf": str(FOAF._NS),
    "hydra": str(HYDRA._NS),
    "oa": str(OA._NS),
    "org": str(ORG._NS),
    "owl": str(OWL._NS),
    "plan": str(PLAN._NS),
    "prov": str(PROV._NS),
    "qb": str(QB._NS),
    "rdf": str(RDF._NS),
    "rdfs": str(RDFS._NS),
    "sd": str(SD._NS),
    "sh": str(SH._NS),
    "skos": str(SKOS._NS),
    "spdx": str(SPDX._NS),
    "theme": str(THEME),
    "time": str(TIME._NS),
    "vann": str(VANN._NS),
    "vcard": str(VCARD._NS),
    "void": str(VOID._NS),
    "xsd": str(XSD._NS),
}
"""Prefix → namespace, as every Turtle file, query and page here writes them."""


def bind_prefixes(graph: Graph) -> Graph:
    """Make the graph write IRIs with PREFIXES. Answers the same graph."""
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace, override=True, replace=True)
    return graph
