"""From an unknown table to the configuration that reads it: proposed, and asked where only people know."""

import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path

from sakata_lod.errors import MalformedTable, NoHeadings, NoMeasures
from sakata_lod.iris import IriSpace
from sakata_lod.placing import appended, new_folder
from sakata_lod.publish.departments import read_register
from sakata_lod.publish.proposal.opening import OpenedTable, open_tables, together
from sakata_lod.publish.proposal.outside import printed_as_of
from sakata_lod.publish.proposal.reading import TableReading, lines_of, read_unknown
from sakata_lod.publish.proposal.register import register_text
from sakata_lod.publish.proposal.units import read_units
from sakata_lod.publish.proposal.writing import Wanted, plan_toml
from sakata_lod.site.reading import read_new_site_file

_NO_MUNICIPALITY = "000000"
"""Stands for the municipality in a proposal for no site."""


@dataclass(frozen=True, slots=True)
class SiteRegister:
    """What a site knows of departments already. spellings: → slug."""

    code: str
    spellings: Mapping[str, str]

    @classmethod
    def of(cls, site: Path) -> "SiteRegister":
        """Read a site's publisher and register. Raises: MissingFile, InvalidConfiguration."""
        said = read_new_site_file(site)
        register = read_register(site / "departments.ttl", IriSpace(said.base_iri))
        return cls(said.publisher.code, register.slugs)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposed configuration. departments: what the register lacks, as Turtle; blank if nothing.

    questions: how many only people can answer. measures: read so far. as_of: None if it must be asked.
    sheets: those that were read; other_sheets: those that hold tables of measures, too;
    unread: why others cannot be read.
    """

    plan_toml: str
    departments: str
    questions: int
    measures: int
    as_of: date | None
    sheets: tuple[str, ...]
    other_sheets: tuple[str, ...]
    unread: tuple[MalformedTable, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants of a proposal. slug, as_of: None where the file is to ask.

    sheets: of a workbook; several make one table. The proposal chooses, where there are none.
    """

    slug: str | None = None
    as_of: date | None = None
    sheets: tuple[str, ...] = ()
    language: str = "ja"


def propose(file: Path, asked: Asked, register: SiteRegister | None = None) -> Proposal:
    """Propose how a table is to be read.

    Raises: SourceError: there is no table of measures in the file, or it cannot be read.
    """
    (opened, reading), *others = _readings(file, asked.sheets)
    units = read_units(reading.units)
    known = register or SiteRegister(_NO_MUNICIPALITY, {})
    name = file.name if register is None else source_name(opened)
    text = plan_toml(opened, reading, units, Wanted(asked.slug, asked.as_of, name, asked.language))
    departments, doubts = register_text(units.units, known.spellings, known.code, asked.language)
    return Proposal(
        str(text), departments, text.questions + doubts, reading.rows.measures,
        asked.as_of or printed_as_of(reading), opened.names,
        tuple(chain.from_iterable(each.names for each, _ in others)), opened.unread,
    )  # fmt: skip


def source_name(opened: OpenedTable) -> str:
    """What the table is called in its edition's folder."""
    return opened.source.source


def _readings(file: Path, sheets: Sequence[str]) -> list[tuple[OpenedTable, TableReading]]:
    """Each sheet with a table of measures, and sheets of one form each as one; the most measures first.

    Raises: SourceError: of the first sheet, if there is none.
    """
    found: list[tuple[OpenedTable, TableReading]] = []
    refused: list[tuple[OpenedTable, NoHeadings | NoMeasures]] = []
    wanted = open_tables(file, sheets)
    names = {each.names for each in wanted}
    for opened in open_tables(file) if len(sheets) == 1 else wanted:
        try:
            found.append((opened, read_unknown(opened.table)))
        except (NoHeadings, NoMeasures) as error:
            refused.append((opened, error))
    told = _with_forms_together([each for each in found if each[0].names in names])
    if not told:
        raise next(error for opened, error in refused if opened.names in names)
    # A sheet without measures may hold the legend.
    beside = tuple(line for opened, _ in refused for line in lines_of(opened.table))
    told = [(opened, replace(reading, notes_beside=beside)) for opened, reading in told]
    # Of as many, the forms say more: a list beside them sums them up.
    return sorted(told, key=lambda each: (-each[1].rows.measures, each[1].block is None))


def _with_forms_together(
    found: Sequence[tuple[OpenedTable, TableReading]],
) -> list[tuple[OpenedTable, TableReading]]:
    """Read sheets that hold one form each, and begin it alike, as one table."""
    alike: dict[str, list[OpenedTable]] = {}
    for opened, reading in found:
        if reading.block is not None and reading.rows.measures == 1:
            alike.setdefault(reading.block[0], []).append(opened)
    of_several = [some for some in alike.values() if len(some) > 1]
    taken = [each for some in of_several for each in some]
    joined = [together(some) for some in of_several]
    return [
        *((each, read_unknown(each.table)) for each in joined),
        *(each for each in found if each[0] not in taken),
    ]


def write_proposal(site: Path, slug: str, file: Path, proposal: Proposal, as_of: date) -> Path:
    """Write a proposal into a site: the plan's folder and the departments, all of it or none.

    Returns the plan's folder. Raises: FileExistsError: it is there already.
    """
    folder = site / "plans" / slug
    with ExitStack() as stack:
        if proposal.departments:
            stack.enter_context(appended(site / "departments.ttl", proposal.departments))
        begun = stack.enter_context(new_folder(folder))
        edition = begun / as_of.isoformat()
        edition.mkdir()
        suffix = next(kind for kind in ("xlsx", "csv", "tsv") if f'"source.{kind}"' in proposal.plan_toml)
        shutil.copyfile(file, edition / f"source.{suffix}")
        (begun / "plan.toml").write_text(proposal.plan_toml, encoding="utf-8")
    return folder
