"""What rules and people add to the tables: themes of measures, and relations between measures."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from rdflib import Graph, Literal, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import PLAN, PROV, RDF, RDFS, SKOS, THEME
from sakata_lod.publish.plan import Edition, Measure, SourceCell
from sakata_lod.site import Text, ThemeDecision, ThemeRule, ThemeRules
from sakata_lod.vocabulary import THEMES, load


@dataclass(frozen=True, slots=True)
class ThemeAssignment:
    """A theme of a measure. words: those of the rule that were found, in `cells`; else `reason` says why."""

    measure: str
    theme: str
    words: tuple[str, ...]
    cells: tuple[SourceCell, ...]
    reason: Text | None


@dataclass(frozen=True, slots=True)
class MeasureRelation:
    """Two measures, the one that comes first in the plan named first, and the narrow themes they share."""

    measure: str
    other: str
    themes: tuple[str, ...]


def theme_assignments(edition: Edition, rules: ThemeRules) -> tuple[ThemeAssignment, ...]:
    """Find the themes of an edition's measures, by its rules' words and people's decisions."""
    decided = {(each.measure, each.theme): each for each in rules.link if each.plan == edition.plan}
    found: list[ThemeAssignment] = []
    for measure in edition.measures:
        texts = _texts(edition, measure)
        for rule in rules.rule:
            decision = decided.get((measure.key, rule.theme))
            matched = _match(rule, texts)
            if matched.words and (decision is None or decision.accept):
                found.append(ThemeAssignment(measure.key, rule.theme, matched.words, matched.cells, None))
        known = {each.theme for each in found if each.measure == measure.key}
        found.extend(
            ThemeAssignment(measure.key, each.theme, (), (), each.reason)
            for each in decided.values()
            if each.measure == measure.key and each.accept and each.theme not in known
        )
    return tuple(found)


def unmatched_decisions(
    plan: str, editions: Iterable[Edition], rules: ThemeRules
) -> tuple[ThemeDecision, ...]:
    """Decisions about measures that no edition of their plan has."""
    keys = {measure.key for edition in editions for measure in edition.measures}
    return tuple(each for each in rules.link if each.plan == plan and each.measure not in keys)


def measure_relations(
    edition: Edition, assignments: Sequence[ThemeAssignment], rules: ThemeRules
) -> tuple[MeasureRelation, ...]:
    """Relate each two measures that share a theme whose rule says that it relates."""
    narrow = {rule.theme for rule in rules.rule if rule.relates}
    themes: dict[str, list[str]] = defaultdict(list)
    for each in assignments:
        if each.theme in narrow:
            themes[each.measure].append(each.theme)
    pairs = combinations((measure.key for measure in edition.measures), 2)
    shared = (
        (one, other, tuple(theme for theme in themes[one] if theme in themes[other])) for one, other in pairs
    )
    return tuple(MeasureRelation(one, other, both) for one, other, both in shared if both)


def links_graph(
    edition: Edition,
    assignments: Sequence[ThemeAssignment],
    relations: Sequence[MeasureRelation],
    iris: IriSpace,
) -> Graph:
    """Say the themes and relations in RDF, each with what explains it."""
    graph = new_graph()
    for assignment in assignments:
        _add_assignment(graph, edition, assignment, iris)
    for relation in relations:
        _add_relation(graph, edition, relation, iris)
    return graph


@dataclass(frozen=True, slots=True)
class _Match:
    words: tuple[str, ...]
    cells: tuple[SourceCell, ...]


def _texts(edition: Edition, measure: Measure) -> dict[str, list[tuple[str, SourceCell]]]:
    """A measure's texts by where they stand, each with its cell."""
    titles = [(measure.title, cell) for cell in measure.cells if measure.title in cell.text]
    progress = next(each for each in edition.progress if each.measure == measure.key)
    reason = [
        (progress.reason, cell) for cell in progress.cells if progress.reason and cell.text == progress.reason
    ]
    activities = [(each.text, each.cell) for each in edition.activities if each.measure == measure.key]
    return {"title": titles[:1], "activities": activities, "reason": reason}


def _match(rule: ThemeRule, texts: dict[str, list[tuple[str, SourceCell]]]) -> _Match:
    places = [(_folded(text), cell) for where in rule.in_ for text, cell in texts[where]]
    words = tuple(word for word in rule.words if any(_folded(word) in text for text, _ in places))
    cells = (cell for text, cell in places if any(_folded(word) in text for word in words))
    return _Match(words, tuple(dict.fromkeys(cells)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _add_assignment(graph: Graph, edition: Edition, assignment: ThemeAssignment, iris: IriSpace) -> None:
    measure = iris.measure(edition.plan, assignment.measure)
    theme = THEME[assignment.theme]
    it = iris.theme_assignment(edition.plan, assignment.measure, assignment.theme)
    graph.add((measure, PLAN.theme, theme))
    graph.add((it, RDF.type, PLAN.ThemeAssignment))
    graph.add((it, PLAN.measure, measure))
    graph.add((it, PLAN.theme, theme))
    for word in assignment.words:
        graph.add((it, PLAN.matchedText, Literal(word, lang="ja")))
    for cell in assignment.cells:
        source = iris.source_cell(edition.plan, edition.as_of, cell.row, cell.column)
        graph.add((it, PROV.wasDerivedFrom, source))
    _add_comment(graph, it, assignment.reason or _why_assigned(assignment))


def _why_assigned(assignment: ThemeAssignment) -> Text:
    label = _labels([assignment.theme])
    words_ja = "".join(f"「{word}」" for word in assignment.words)
    words_en = ", ".join(f"“{word}”" for word in assignment.words)
    return Text(
        ja=f"{words_ja}の語があるので、テーマ「{label.ja}」を付けた。",
        en=f"It has the theme “{label.en}” for its words {words_en}.",
    )


def _add_relation(graph: Graph, edition: Edition, relation: MeasureRelation, iris: IriSpace) -> None:
    plan, printed = edition.plan, {measure.key: measure.number for measure in edition.measures}
    one, other = iris.measure(plan, relation.measure), iris.measure(plan, relation.other)
    it = iris.measure_relation(plan, relation.measure, relation.other)
    graph.add((one, PLAN.relatedMeasure, other))
    graph.add((other, PLAN.relatedMeasure, one))
    graph.add((it, RDF.type, PLAN.MeasureRelation))
    for measure in (one, other):
        graph.add((it, PLAN.measure, measure))
    for theme in relation.themes:
        graph.add((it, PLAN.sharedTheme, THEME[theme]))
    label = _labels(relation.themes)
    first, second = printed[relation.measure], printed[relation.other]
    _add_comment(
        graph,
        it,
        Text(
            ja=f"{first} と {second} は、テーマ「{label.ja}」を共にするので関連する。",
            en=f"{first} and {second} are related: they share the theme “{label.en}”.",
        ),
    )


def _add_comment(graph: Graph, it: URIRef, text: Text) -> None:
    for language, words in text.by_language.items():
        graph.add((it, RDFS.comment, Literal(words, lang=language)))


def _labels(themes: Iterable[str]) -> Text:
    graph = load(THEMES)
    words = {
        language: [
            str(label)
            for theme in themes
            for label in graph.objects(THEME[theme], SKOS.prefLabel)
            if isinstance(label, Literal) and label.language == language
        ]
        for language in ("ja", "en")
    }
    return Text(ja="」「".join(words["ja"]), en="”, “".join(words["en"]))
