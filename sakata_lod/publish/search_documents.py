"""A release's graph → the documents of its search index, in the order of the published tables."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pyoxigraph as ox

from sakata_lod.publish.tables import QUERIES
from sakata_lod.search_index import NOT_STATED, Choice, Document, Passage

_Row = Mapping[str, str]
"""A row of a query's result: texts and IRIs by column; what is not bound is not there."""

_NOT_STATED = {"ja": "記載なし", "en": "Not stated"}
_LAST = 1 << 40


@dataclass(slots=True)
class _Names:
    """What a thing is called. preferred: by language tag. notation: the number that goes before its name."""

    preferred: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    spellings: list[str] = field(default_factory=list)
    notation: str = ""

    def say(self, language: str) -> str:
        """The name in a language, a translation into it, else any there is."""
        ranked = sorted(self.preferred, key=lambda tag: (tag != language, not tag.startswith(language), tag))
        name = self.preferred[ranked[0]] if ranked else ""
        return f"{self.notation} {name}".strip()


@dataclass(frozen=True, slots=True)
class _Findings:
    """What the queries found. links: things by measure and facet; passages: by measure."""

    names: Mapping[str, _Names]
    links: Mapping[tuple[str, str], Sequence[str]]
    passages: Mapping[str, Sequence[Passage]]
    within: str

    def linked(self, measure: str) -> Iterator[str]:
        """The things by whose names a measure is found."""
        for facet in ("theme", "department", "division"):
            yield from self.links.get((measure, facet), ())

    def choice(self, facet: str, thing: str, value: str) -> Choice:
        """A value of a facet, by the thing that it stands for."""
        names = self.names.get(thing, _Names({"": value}))
        return Choice(facet, value, names.say("ja"), names.say("en"))

    def local(self, thing: str) -> str:
        """What follows the kind of a thing in its IRI: what it is called in addresses."""
        return self.within + thing.partition("/id/")[2].partition("/")[2]


def search_documents(store: ox.Store, within: str = "") -> Iterator[Document]:
    """Make the documents of the measures that a store's default graph has, with the vocabularies they use.

    within: begins the values of what each city has for itself, where several are in one index: "062049/".
    """
    links: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in _select(store, "search-links"):
        links[row["measure"], row["facet"]].append(row["thing"])
    found = _Findings(_names(store), links, _passages(store), within)
    measures = {row["measure"]: row for row in _select(store, "search-measures")}
    for row in sorted(measures.values(), key=_place):
        yield _document(row, found)


def _document(row: _Row, found: _Findings) -> Document:
    measure = row["measure"]
    linked = (found.names.get(each, _Names()) for each in found.linked(measure))
    names = [text for each in linked for text in (*each.preferred.values(), *each.spellings)]
    reason = [Passage(row["reason"])] if "reason" in row else []
    return Document(
        iri=measure,
        number=row["number"],
        titles=found.names[measure].titles,
        names=tuple(dict.fromkeys([*names, *([row["departments"]] if "departments" in row else [])])),
        passages=(*found.passages.get(measure, ()), *reason),
        choices=tuple(_choices(row, found)),
        description=row.get("description"),
    )


def _choices(row: _Row, found: _Findings) -> Iterator[Choice]:
    measure = row["measure"]
    yield found.choice("city", row["city"], row["code"])
    yield found.choice("plan", row["plan"], found.local(row["plan"]))
    if "chapter" in row:
        yield found.choice("chapter", row["chapter"], found.local(row["chapter"]))
    for thing in found.links.get((measure, "department"), ()):
        yield found.choice("department", thing, found.local(thing))
    for thing in found.links.get((measure, "theme"), ()):
        yield found.choice("theme", thing, _fragment(thing))
    for facet in ("achievement", "response"):
        if facet in row:
            yield found.choice(facet, row[facet], _fragment(row[facet]))
        else:
            yield Choice(facet, NOT_STATED, **_NOT_STATED)
    for thing in found.links.get((measure, "year"), ()):
        yield found.choice("year", thing, thing.rpartition("/")[2])


def _passages(store: ox.Store) -> Mapping[str, Sequence[Passage]]:
    found: dict[str, list[Passage]] = defaultdict(list)
    for row in _select(store, "search-activities"):
        found[row["measure"]].append(Passage(row["text"], row["year"]))
    return found


def _names(store: ox.Store) -> dict[str, _Names]:
    found: dict[str, _Names] = defaultdict(_Names)
    for row in _select(store, "search-names"):
        names = found[row["thing"]]
        names.notation = row.get("notation", "")
        match row["kind"]:
            case "title":
                names.titles[row["language"]] = row["name"]
            case "preferred":
                names.preferred[row["language"]] = row["name"]
            case _:
                names.spellings.append(row["name"])
    return dict(found)


def _select(store: ox.Store, name: str) -> Iterator[_Row]:
    solutions = store.query((QUERIES / f"{name}.rq").read_text(encoding="utf-8"))
    if not isinstance(solutions, ox.QuerySolutions):
        raise TypeError(f"{name}.rq is no SELECT query")
    columns = [each.value for each in solutions.variables]
    for solution in solutions:
        terms = ((column, solution[column]) for column in columns)
        yield {column: term.value for column, term in terms if isinstance(term, ox.Literal | ox.NamedNode)}


def _place(row: _Row) -> tuple[str, int, list[int]]:
    """Where a measure stands: its plan, the row of its table, its number."""
    number = [int(each) for each in re.findall("[0-9]+", row["number"])]
    return row["plan"], int(row.get("row", _LAST)), number


def _fragment(iri: str) -> str:
    return iri.rpartition("#")[2]
