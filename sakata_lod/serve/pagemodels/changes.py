"""What changed between editions: as an edition's page tells it, and as a thing's own does."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from sakata_lod.iris import NUMBER
from sakata_lod.serve.pagemodels.naming import Names, code_rank, local_term
from sakata_lod.serve.store import Solution
from sakata_lod.serve.tables import Value, natural_key


@dataclass(frozen=True, slots=True)
class EditionOfChanges:
    """What changed with an edition. as_of: its day, like 2024-03-31."""

    edition: Value
    as_of: str
    changes: Sequence[Value]


def changes_in_order(rows: Iterable[Solution], names: Names) -> list[Value]:
    """Changes by kind, in the order of the shared list; those of a kind by the number in them."""
    kinds = {row.iri("change"): code_rank(local_term(row.iri("kind"))) for row in rows}

    def place(change: str) -> tuple[object, ...]:
        number = NUMBER.search(names.text(change).value)
        return kinds[change], natural_key(number[0]) if number else [], natural_key(change)

    return [names.value(each) for each in sorted(kinds, key=place)]


def changes_by_edition(rows: Iterable[Solution], names: Names) -> list[EditionOfChanges]:
    """What changed about a thing, the newest edition first."""

    def edition(row: Solution) -> tuple[str, str]:
        return row.text("day"), row.iri("edition")

    newest_first = sorted(rows, key=edition, reverse=True)
    return [
        EditionOfChanges(names.value(iri), day, changes_in_order(found, names))
        for (day, iri), found in groupby(newest_first, key=edition)
    ]
