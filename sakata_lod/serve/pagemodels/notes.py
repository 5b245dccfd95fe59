"""What is doubtful in the published table, and how it was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCTERMS, OA, PLAN, RDFS
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class Note:
    """A source anomaly. targets: the IRIs of the cells and rows that it is about."""

    iri: str
    kind: Value
    page: Value
    comment: Text | None
    as_printed: Sequence[Text]
    as_read: Sequence[Text]
    alternatives: Sequence[Text]
    is_certain: bool
    targets: frozenset[str]

    def concerns(self, cells: Sequence[str]) -> bool:
        """Whether it is about any of these cells."""
        return not self.targets.isdisjoint(cells)


def notes_of(facts: Facts, names: Names) -> list[Note]:
    """All the anomalies that are told of."""
    return [_note(each, facts, names) for each in facts.of_type(PLAN.SourceAnomaly)]


def beside(notes: Sequence[Note], cells: Sequence[str]) -> list[Note]:
    """The notes that are about any of these cells."""
    return [each for each in notes if each.concerns(cells)]


def _note(iri: str, facts: Facts, names: Names) -> Note:
    return Note(
        iri,
        kind=names.value(facts.iri(iri, DCTERMS.type)),
        page=names.value(iri),
        comment=facts.text(iri, RDFS.comment, names.language),
        as_printed=facts.texts(iri, PLAN.asPrinted),
        as_read=facts.texts(iri, PLAN.asRead),
        alternatives=facts.texts(iri, PLAN.alternative),
        is_certain=facts.is_true(iri, PLAN.certain),
        targets=frozenset(facts.iris(iri, OA.hasTarget)),
    )
