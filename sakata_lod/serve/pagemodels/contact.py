"""Whom to ask about the data: at the foot of each page."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.errors import QueryError
from sakata_lod.serve.labels import Text, language_rank
from sakata_lod.serve.pagemodels.lines import printed
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.store import Solution


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask. email, telephone, page: without their schemes, and empty where not told."""

    name: Text
    email: str
    telephone: str
    page: str


def contact(iri: str, asker: Asker) -> Contact | None:
    """Whom to ask, in the language of the page; None where the data do not say, or the store is down."""
    asked = Question("contact", {"contact": iri})
    rows = [(name, row) for row in _told(asked, asker) if (name := printed(row, "name"))]
    if not rows:
        return None
    name, row = min(rows, key=lambda each: language_rank(each[0].language, asker.language))
    return Contact(
        name,
        row.iri("email").removeprefix("mailto:"),
        row.iri("telephone").removeprefix("tel:"),
        row.iri("page"),
    )


def _told(question: Question, asker: Asker) -> Sequence[Solution]:
    # A page that tells of a store that is down has a foot, too.
    try:
        return question.ask(asker)
    except QueryError:
        return ()
