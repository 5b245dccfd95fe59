"""The types of entities that are reconciled, and the properties that are told of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import CODE, DCAT, DCTERMS, ORG, PLAN, PREFIXES, SKOS
from sakata_lod.vocabulary import THEMES

MEASURE, DEPARTMENT, PLANS, DIVISION, FISCAL_YEAR, MUNICIPALITY = (
    str(each)
    for each in (
        PLAN.Measure,
        ORG.OrganizationalUnit,
        PLAN.Plan,
        PLAN.Division,
        PLAN.FiscalYear,
        ORG.FormalOrganization,
    )
)
THEME, ACHIEVEMENT, RESPONSE = (str(each) for each in (THEMES.iri, CODE.achievement, CODE.response))

TYPES: Sequence[str] = (
    MEASURE, DEPARTMENT, THEME, ACHIEVEMENT, RESPONSE, PLANS, DIVISION, FISCAL_YEAR, MUNICIPALITY,
)  # fmt: skip
"""Classes; of codes and themes, which are all concepts, the scheme that they are of."""

_CONCEPTS = (THEME, ACHIEVEMENT, RESPONSE)

ENCLOSING = str(SKOS.broaderTransitive)
"""All divisions that hold an entity, but the one that it says itself."""

PUBLISHER = str(DCTERMS.publisher)
"""The municipality that publishes an entity; what all share has none."""


@dataclass(frozen=True, slots=True)
class Property:
    """A property: the types that have it, and the type of its values where they are entities."""

    iri: str
    of: Sequence[str]
    values: str = ""


PROPERTIES: Sequence[Property] = (
    Property(str(DCTERMS.identifier), (MEASURE, MUNICIPALITY)),
    Property(str(DCTERMS.title), (MEASURE, PLANS)),
    Property(str(DCTERMS.isPartOf), (MEASURE,), PLANS),
    Property(PUBLISHER, (MEASURE, DEPARTMENT, PLANS, DIVISION, FISCAL_YEAR), MUNICIPALITY),
    Property(str(PLAN.division), (MEASURE,), DIVISION),
    Property(str(PLAN.responsibleDepartment), (MEASURE,), DEPARTMENT),
    Property(str(PLAN.departmentText), (MEASURE,)),
    Property(str(PLAN.theme), (MEASURE,), THEME),
    Property(str(PLAN.currentAchievement), (MEASURE,), ACHIEVEMENT),
    Property(str(PLAN.currentResponse), (MEASURE,), RESPONSE),
    Property(str(PLAN.fiscalYear), (MEASURE,), FISCAL_YEAR),
    Property(str(PLAN.relatedMeasure), (MEASURE,), MEASURE),
    Property(ENCLOSING, (MEASURE, DIVISION), DIVISION),
    Property(str(SKOS.notation), (DIVISION,)),
    Property(str(SKOS.prefLabel), (DEPARTMENT, DIVISION, FISCAL_YEAR, MUNICIPALITY, *_CONCEPTS)),
    Property(str(SKOS.altLabel), (DEPARTMENT, FISCAL_YEAR, *_CONCEPTS)),
    Property(str(SKOS.definition), _CONCEPTS),
    Property(str(PLAN.startYear), (FISCAL_YEAR,)),
    Property(str(DCAT.startDate), (PLANS,)),
    Property(str(DCAT.endDate), (PLANS,)),
    Property(str(PLAN.asOf), (PLANS,)),
)

_BY_IRI = {each.iri: each for each in PROPERTIES}


def property_named(name: str) -> Property | None:
    """Find a property by its IRI, shortened (`plan:theme`) or whole, or by its last part (`theme`)."""
    found = _named(name, _BY_IRI)
    return _BY_IRI[found] if found else None


def type_named(name: str) -> str | None:
    """Find a type by its IRI, shortened (`plan:Measure`) or whole, or by its last part (`Measure`)."""
    return _named(name, TYPES)


def properties_of(types: Iterable[str]) -> Sequence[Property]:
    """The properties that entities of any of these types have; all where none of them is known."""
    known = {found for each in types if (found := type_named(each))}
    return [each for each in PROPERTIES if not known or known & set(each.of)]


def _named(name: str, iris: Iterable[str]) -> str | None:
    prefix, _, local = name.partition(":")
    whole = f"{PREFIXES[prefix]}{local}" if prefix in PREFIXES else name
    return next((each for each in iris if whole == each or name == local_name(each)), None)


def local_name(iri: str) -> str:
    """The last part of a term's IRI."""
    return iri.rpartition("#")[2].rpartition("/")[2]
