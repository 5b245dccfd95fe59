"""The public query library: questions with their SPARQL, one a file under `library/`.

A file is SPARQL that any tool can run. The lines that begin with `#+` are TOML, and say what it is: its
topic; the question, and a line about it; what each column means; its parameters. A parameter's default stands
in the query, as `VALUES ?year { "2021"^^xsd:gYear }`; another value takes its place there, as a term that
the engine writes.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Literal, get_args

import pyoxigraph as ox
from pydantic import BaseModel, ConfigDict, Field

from sakata_lod.serve.parameter_types import TYPES, ParameterType, Term

LIBRARY = Path(__file__).parent / "library"

_HEADER = "#+ "
_PREFIX = re.compile(r"^PREFIX (\w+): <([^>]*)>$", re.MULTILINE)

Topic = Literal["progress", "activities", "themes", "departments", "quality", "provenance", "data", "cities"]
TOPICS: tuple[str, ...] = get_args(Topic)
"""From what is asked most to what experts ask."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Words(_Strict):
    """The same said in both languages."""

    ja: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def of(self, language: str) -> str:
        """What is said in a language."""
        return self.ja if language == "ja" else self.en

    def said(self) -> dict[str, str]:
        """What is said, by language."""
        return {"ja": self.ja, "en": self.en}


class _Parameter(Words):
    type: Literal["year", "number", "text", "count", "language", "achievement", "theme"]


class _Header(Words):
    topic: Topic
    about: Words
    columns: dict[str, Words]
    parameters: dict[str, _Parameter] = {}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query can be asked with. default: what stands in the query itself."""

    name: str
    words: Words
    type: ParameterType
    default: Term


@dataclass(frozen=True, slots=True)
class LibraryQuery:
    """A question of the library. text: its SPARQL, with the defaults. columns: what each one means."""

    name: str
    topic: str
    question: Words
    about: Words
    columns: Mapping[str, Words]
    parameters: Mapping[str, Parameter]
    text: str

    @property
    def prefixes(self) -> Mapping[str, str]:
        """The prefixes that the query declares, and their namespaces."""
        return dict(_PREFIX.findall(self.text))

    def bound(self, values: Mapping[str, Term]) -> str:
        """The query, asked with these values."""
        text = self.text
        for name, value in values.items():
            before, after = _slot(name).split(text)
            # A term writes itself as N-Triples, which SPARQL reads alike: nothing in it can end it early.
            text = f"{before}VALUES ?{name} {{ {value} }}{after}"
        return text

    def in_language(self, language: str) -> dict[str, Term]:
        """The values that make the query answer in a language: none where it has no such parameter."""
        return {"language": ox.Literal(language)} if "language" in self.parameters else {}


@cache
def library() -> Mapping[str, LibraryQuery]:
    """All queries, by name: topic by topic, in each the shortest first: it is the easiest."""
    found = sorted((_read(path) for path in LIBRARY.glob("*.rq")), key=_place)
    return {each.name: each for each in found}


def by_topic() -> Mapping[str, Sequence[LibraryQuery]]:
    """The queries of each topic."""
    return {topic: list(group) for topic, group in groupby(library().values(), attrgetter("topic"))}


def _place(query: LibraryQuery) -> tuple[int, int, str]:
    return TOPICS.index(query.topic), len(query.text), query.name


def _read(path: Path) -> LibraryQuery:
    content = path.read_text(encoding="utf-8")
    lines = [each.removeprefix(_HEADER) for each in content.splitlines() if each.startswith(_HEADER)]
    header = _Header.model_validate(tomllib.loads("\n".join(lines)))
    text = "".join(each for each in content.splitlines(keepends=True) if not each.startswith(_HEADER))
    text = text.strip() + "\n"
    parameters = {
        name: Parameter(name, each, TYPES[each.type], _default(name, text))
        for name, each in header.parameters.items()
    }
    return LibraryQuery(path.stem, header.topic, header, header.about, header.columns, parameters, text)


def _default(name: str, text: str) -> Term:
    """The term that stands in a query's VALUES clause."""
    slots = _slot(name).findall(text)
    if len(slots) != 1:
        raise ValueError(f"?{name} needs one VALUES clause, and has {len(slots)}")
    prologue = "\n".join(found[0] for found in _PREFIX.finditer(text))
    rows = list(_solutions(f"{prologue} SELECT * {{ {slots[0]} }}"))
    if len(rows) != 1:
        raise ValueError(f"?{name} needs one default, and has {len(rows)}")
    value = rows[0][name]
    if not isinstance(value, Term):
        raise TypeError(f"?{name} has a default that is no term")
    return value


def _solutions(query: str) -> ox.QuerySolutions:
    found = ox.Store().query(query)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("a query of the library is a SELECT")
    return found


@cache
def _slot(name: str) -> re.Pattern[str]:
    return re.compile(rf"VALUES \?{name} \{{[^{{}}]*\}}")
