"""SHACL's constraints on values → functions that tell whether values surely keep to them.

Each follows what pyshacl does, and says no where it is not sure: pyshacl is then asked.
"""

import operator
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal

from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from sakata_lod.namespaces import RDF, SH, XSD
from sakata_lod.publish.proof.index import TripleIndex
from sakata_lod.publish.proof.paths import UnprovableError

Keeps = Callable[[TripleIndex, Node, Collection[Node]], bool]
"""Do a node's values surely keep to a constraint."""

_TYPES: Mapping[URIRef, type] = {
    XSD.string: str,
    XSD.integer: int,
    XSD.decimal: Decimal,
    XSD.boolean: bool,
    XSD.date: date,
}
_UNCHECKED = frozenset((XSD.gYear, XSD.nonNegativeInteger, XSD.anyURI))
"""Datatypes of which pyshacl asks no more than that the literal is well-formed."""

_KINDS: Mapping[Node, tuple[type, ...]] = {
    SH.IRI: (URIRef,),
    SH.Literal: (Literal,),
    SH.BlankNode: (BNode,),
    SH.BlankNodeOrIRI: (BNode, URIRef),
    SH.BlankNodeOrLiteral: (BNode, Literal),
    SH.IRIOrLiteral: (URIRef, Literal),
}


def each_value(holds: Callable[[TripleIndex, Node], bool]) -> Keeps:
    """A constraint that each value keeps by itself."""

    def keeps(index: TripleIndex, _: Node, values: Collection[Node]) -> bool:
        for each in values:  # noqa: SIM110 - a loop is a third faster than all(), and this is where time goes
            if not holds(index, each):
                return False
        return True

    return keeps


def _min_count(_: Graph, least: Node) -> Keeps:
    wanted = _whole(least)
    return lambda _index, _node, values: len(values) >= wanted


def _max_count(_: Graph, most: Node) -> Keeps:
    wanted = _whole(most)
    return lambda _index, _node, values: len(values) <= wanted


def _datatype(_: Graph, wanted: Node) -> Keeps:
    if wanted == RDF.langString:
        return each_value(lambda _, each: isinstance(each, Literal) and bool(each.language))
    type_ = _TYPES.get(wanted) if isinstance(wanted, URIRef) else None
    if type_ is None and wanted not in _UNCHECKED:
        raise UnprovableError(wanted)

    def holds(_: TripleIndex, value: Node) -> bool:
        if not isinstance(value, Literal) or value.ill_typed or value.language:
            return False
        has = value.datatype or XSD.string
        return has == wanted and (type_ is None or isinstance(value.value, type_))

    return each_value(holds)


def _node_kind(_: Graph, wanted: Node) -> Keeps:
    if wanted not in _KINDS:
        raise UnprovableError(wanted)
    kinds = _KINDS[wanted]
    return each_value(lambda _, each: isinstance(each, kinds))


def _of_class(_: Graph, wanted: Node) -> Keeps:
    return each_value(lambda index, each: not isinstance(each, Literal) and index.is_instance(each, wanted))


def _min_inclusive(_: Graph, least: Node) -> Keeps:
    limit = _number(least)
    if limit is None:
        raise UnprovableError(least)

    def holds(_: TripleIndex, value: Node) -> bool:
        number = _number(value)
        return number is not None and number >= limit

    return each_value(holds)


def _min_length(_: Graph, least: Node) -> Keeps:
    wanted = _whole(least)
    return each_value(lambda _, each: not isinstance(each, BNode) and len(_text(each)) >= wanted)


def _max_length(_: Graph, most: Node) -> Keeps:
    wanted = _whole(most)
    return each_value(lambda _, each: not isinstance(each, BNode) and len(_text(each)) <= wanted)


def _pattern(_: Graph, written: Node) -> Keeps:
    if not isinstance(written, Literal) or not isinstance(written.value, str):
        raise UnprovableError(written)
    try:
        found = re.compile(str(written)).search
    except re.error as error:
        raise UnprovableError(written) from error
    return each_value(lambda _, each: not isinstance(each, BNode) and found(_text(each)) is not None)


def _language_in(shapes: Graph, languages: Node) -> Keeps:
    members = list(shapes.items(languages))
    if not all(isinstance(each, Literal) and isinstance(each.value, str) for each in members):
        raise UnprovableError(languages)
    wanted = {str(each).lower() for each in members}

    def holds(_: TripleIndex, value: Node) -> bool:
        language = value.language if isinstance(value, Literal) else None
        return bool(language) and (
            str(language).lower() in wanted or str(language).partition("-")[0].lower() in wanted
        )

    return each_value(holds)


def _unique_language(_: Graph, switch: Node) -> Keeps:
    if switch != Literal("true", datatype=XSD.boolean):
        raise UnprovableError(switch)

    def keeps(_index: TripleIndex, _node: Node, values: Collection[Node]) -> bool:
        tagged = [each.language for each in values if isinstance(each, Literal) and each.language]
        return len({each.lower() for each in tagged}) == len(tagged)

    return keeps


def _equal_to(_: Graph, other: Node) -> Keeps:
    return lambda index, node, values: set(values) == set(index.objects(node, other))


def _disjoint_from(_: Graph, other: Node) -> Keeps:
    return lambda index, node, values: set(values).isdisjoint(index.objects(node, other))


def _before(_: Graph, other: Node) -> Keeps:
    return _compared(other, operator.lt)


def _not_after(_: Graph, other: Node) -> Keeps:
    return _compared(other, operator.le)


def _one_of(shapes: Graph, members: Node) -> Keeps:
    wanted = set(shapes.items(members))
    return each_value(lambda _, each: each in wanted)


def _has_value(_: Graph, wanted: Node) -> Keeps:
    return lambda _index, _node, values: wanted in values


def _compared(other: Node, in_order: Callable[[date, date], bool]) -> Keeps:
    """Values are days, as are those of another property, and each is in order with each of them."""

    def keeps(index: TripleIndex, node: Node, values: Collection[Node]) -> bool:
        these, those = map(_day, values), [_day(each) for each in index.objects(node, other)]
        return None not in those and all(
            this is not None and all(that is not None and in_order(this, that) for that in those)
            for this in these
        )

    return keeps


def _day(value: Node) -> date | None:
    if not isinstance(value, Literal) or value.datatype != XSD.date:
        return None
    day = value.value
    return day if isinstance(day, date) and not isinstance(day, datetime) else None


def _text(value: Node) -> str:
    """What pyshacl measures and matches of a value."""
    plain = isinstance(value, Literal) and value.datatype in (None, RDF.langString, XSD.string)
    inner = value.value if plain and isinstance(value, Literal) else None
    return str(value if inner is None else inner)


def _whole(value: Node) -> int:
    number = value.value if isinstance(value, Literal) and value.datatype == XSD.integer else None
    if not isinstance(number, int) or number < 0:
        raise UnprovableError(value)
    return number


def _number(value: Node) -> int | Decimal | None:
    """A number that is told exactly."""
    if isinstance(value, Literal) and value.datatype in (XSD.integer, XSD.decimal):
        number = value.value
        return number if isinstance(number, int | Decimal) else None
    return None


ON_VALUES: Mapping[Node, Callable[[Graph, Node], Keeps]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH["class"]: _of_class,
    SH.minInclusive: _min_inclusive,
    SH.minLength: _min_length,
    SH.maxLength: _max_length,
    SH.pattern: _pattern,
    SH.languageIn: _language_in,
    SH.uniqueLang: _unique_language,
    SH.equals: _equal_to,
    SH.disjoint: _disjoint_from,
    SH.lessThan: _before,
    SH.lessThanOrEquals: _not_after,
    SH["in"]: _one_of,
    SH.hasValue: _has_value,
}
"""The constraints that are known, by their parameter.

Given the shapes graph and what the parameter says, each makes the function that tells. Raises:
UnprovableError: what it says is not surely understood.
"""
