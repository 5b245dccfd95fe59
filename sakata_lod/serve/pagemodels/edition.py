"""An edition: a plan's table as of a day, and the file it was published as."""

from collections.abc import Sequence
from dataclasses import dataclass

from sakata_lod.namespaces import DCAT, DCTERMS, PLAN, PROV
from sakata_lod.serve.description import Description
from sakata_lod.serve.labels import Text
from sakata_lod.serve.pagemodels.changes import changes_in_order
from sakata_lod.serve.pagemodels.facts import Facts
from sakata_lod.serve.pagemodels.lines import measure_lines
from sakata_lod.serve.pagemodels.naming import Names, iris_in
from sakata_lod.serve.pagemodels.overview import whole_chart
from sakata_lod.serve.pagemodels.parts import BarChart, MeasureLine
from sakata_lod.serve.pagemodels.questions import Asker, Question
from sakata_lod.serve.tables import Value


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that an edition was read from. sha256: hexadecimal; rows: with headings and blank lines."""

    table: Value
    name: str
    rows: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class EditionPage:
    """The page of an edition. as_of: the day, like 2023-03-31. changes: since the edition before."""

    as_of: str
    description: Text | None
    plan: Value
    previous: Value | None
    source: SourceFile | None
    chart: BarChart
    lines: Sequence[MeasureLine]
    progress: Question
    changes: Sequence[Value]
    changed: Question


def edition_page(description: Description, asker: Asker) -> EditionPage:
    """Ask the store for what the page of an edition shows."""
    iri = description.thing.value
    facts = Facts(description.outgoing)
    counting, listing, changing = (
        Question(each, {"edition": iri})
        for each in ("edition-achievements", "edition-progress", "edition-changes")
    )
    counted, listed, changed = counting.ask(asker), listing.ask(asker), changing.ask(asker)
    names = Names(asker, {iri, *facts.named, *iris_in(counted, listed, changed)})
    before = facts.iri(iri, DCAT.prev)
    as_of = facts.text(iri, PLAN.asOf)
    return EditionPage(
        as_of=as_of.value if as_of else "",
        description=facts.text(iri, DCTERMS.description, asker.language),
        plan=names.value(facts.iri(iri, PLAN.plan)),
        previous=names.value(before) if before else None,
        source=_source(facts.iri(iri, PROV.wasDerivedFrom), asker, names),
        chart=whole_chart(names.value(iri), names.counts(counted), counting),
        lines=measure_lines(listed, names),
        progress=listing,
        changes=changes_in_order(changed, names),
        changed=changing,
    )


def _source(table: str, asker: Asker, names: Names) -> SourceFile | None:
    if not table:
        return None
    row = next(iter(Question("source-file", {"table": table}).ask(asker)), None)
    if row is None:
        return None
    return SourceFile(
        names.value(table),
        row.text("name"),
        row.text("rows"),
        row.text("encoding"),
        row.text("sha256").lower(),
    )
