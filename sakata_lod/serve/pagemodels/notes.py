"""What is doubtful in the published table, and how it was read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import CODE, DCTERMS, OA, PLAN, RDFS
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.naming import Names
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class Note:
    """A source anomaly. targets: the IRIs of the cells and rows that it is about.

    anchor: where it stands on the page about the quality of the data.
    """

    iri: str
    kind: Value
    page: Value
    comment: Text | None
    as_printed: Sequence[Text]
    as_read: Sequence[Text]
    alternatives: Sequence[Text]
    is_certain: bool
    targets: frozenset[str]
    anchor: str = ""

    def concerns(self, cells: Sequence[str], text: Text | None = None) -> bool:
        """Whether it is about any of these cells.

        text: what they say. Where a row has a cell too many, the note names all its cells, and those texts
        are doubtful that another reading puts into another year.
        """
        if self.targets.isdisjoint(cells):
            return False
        is_of_the_row = text is not None and self.kind.iri == str(CODE.surplusCell) and not self.is_certain
        return not is_of_the_row or any(text.value in each.value for each in self.alternatives if text)


def notes_of(facts: Facts, names: Names) -> list[Note]:
    """All the anomalies that are told of."""
    return [_note(each, facts, names) for each in facts.of_type(PLAN.SourceAnomaly)]


def beside(notes: Sequence[Note], cells: Sequence[str], text: Text | None = None) -> list[Note]:
    """The notes that are about any of these cells, which say that text."""
    return [each for each in notes if each.concerns(cells, text)]


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
        anchor=_anchor(iri, names),
    )


def _anchor(iri: str, names: Names) -> str:
    """What tells it from all other notes, those of other cities too."""
    return iri.removeprefix(names.iris.base).replace("id/anomaly/", "").replace("/", "-")
