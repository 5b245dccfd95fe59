"""Marks and words of an unknown table's status columns → the codes that they may mean, and why."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from rdflib import URIRef

from sakata_lod.folding import fold
from sakata_lod.namespaces import CODE, SKOS
from sakata_lod.publish.proposal.words import known_words
from sakata_lod.vocabulary import CODES, concepts, load

_MET = {"achieved", "exceeded", "mostlyAchieved"}
_BETWEEN = re.compile(r"[\s_:.．：、,()（）【】\[\]]+")


@dataclass(frozen=True, slots=True)
class FoundMark:
    """A mark or word of a status. code: None where only people know. beside: the word that tells it.

    cells: how many hold it. against: words beside it in other cells that say another code, and how often.
    noted: what the table's notes say of it. says_none: it is dashes alone, which say no status.
    """

    text: str
    code: str | None
    cells: int
    beside: str | None = None
    against: tuple[tuple[str, int], ...] = ()
    noted: str | None = None
    says_none: bool = False


@cache
def _dashes() -> re.Pattern[str]:
    signs = (re.escape(unicodedata.normalize("NFKC", each)) for each in known_words().statuses.dashes)
    return re.compile(f"(?:{'|'.join(signs)})+")


def are_dashes(text: str) -> bool:
    """Whether a text is nothing but dashes, of any width, which say no status."""
    return _dashes().fullmatch(unicodedata.normalize("NFKC", text.strip())) is not None


@cache
def codes_by_word(scheme: URIRef) -> dict[str, str]:
    """The words of a shared list, folded → their code."""
    graph = load(CODES)
    found: dict[str, str] = {}
    for name, concept in concepts(CODES, scheme).items():
        for predicate in (SKOS.prefLabel, SKOS.altLabel):
            found |= {fold(str(label)): name for label in graph.objects(concept, predicate)}
    return found


def choices(scheme: URIRef) -> tuple[tuple[str, str], ...]:
    """Each code of a shared list, with its Japanese label."""
    graph = load(CODES)
    labels = {
        name: list(graph.objects(each, SKOS.prefLabel)) for name, each in concepts(CODES, scheme).items()
    }
    return tuple(
        (name, str(label))
        for name, some in labels.items()
        for label in some
        if getattr(label, "language", None) == "ja"
    )


def says_a_status(text: str, scheme: URIRef) -> bool:
    """Whether a cell holds a word of a shared list."""
    words = codes_by_word(scheme)
    return any(fold(part) in words for part in _parts(unicodedata.normalize("NFKC", text), words))


def says_a_shortfall(text: str) -> bool:
    """Whether a cell holds words of the shared list, and none that says that the target was met."""
    words = codes_by_word(CODE.achievement)
    codes = {words.get(fold(part)) for part in _parts(unicodedata.normalize("NFKC", text), words)} - {None}
    return bool(codes) and codes.isdisjoint(_MET)


def read_marks(texts: Sequence[str], scheme: URIRef) -> tuple[FoundMark, ...]:
    """Tell the marks and words in status cells, whatever their width, as they are first seen."""
    words = codes_by_word(scheme)
    cells = [_parts(unicodedata.normalize("NFKC", text), words) for text in texts]
    counts = Counter(part for parts in cells for part in dict.fromkeys(parts))
    return tuple(_mark(part, cells, words, count) for part, count in counts.items())


def _parts(text: str, words: dict[str, str]) -> tuple[str, ...]:
    """The mark and the word of a cell: whole, if it is a known word; else what signs keep apart."""
    text = text.strip()
    if fold(text) in words:
        return (text,)
    parts = tuple(part for part in _BETWEEN.split(text) if part)
    marks_first = all(len(part) <= 2 for part in parts[:1])
    return parts if len(parts) > 1 and (marks_first or any(fold(p) in words for p in parts)) else (text,)


def _mark(part: str, cells: Sequence[tuple[str, ...]], words: dict[str, str], count: int) -> FoundMark:
    if code := words.get(fold(part)):
        return FoundMark(part, code, count, part)
    beside = Counter(other for parts in cells if part in parts for other in parts if other != part)
    told = Counter[str]()
    for word, times in beside.items():
        if code := words.get(fold(word)):
            told[code] += times
    if not told:
        return FoundMark(part, None, count, says_none=not beside and are_dashes(part))
    (code, times), *others = told.most_common()
    if others and times < 2 * sum(other for _, other in others):
        return FoundMark(part, None, count, against=tuple(beside.most_common()))
    word = next(each for each in beside if words.get(fold(each)) == code)
    against = tuple((each, n) for each, n in beside.items() if words.get(fold(each)) not in (code, None))
    return FoundMark(part, code, count, word, against)
