"""From an unknown table to the configuration that reads it: proposed, and asked where only people know."""

import shutil
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sakata_lod.errors import NoHeadings, NoMeasures
from sakata_lod.iris import IriSpace
from sakata_lod.placing import appended, new_folder
from sakata_lod.publish.departments import read_register
from sakata_lod.publish.proposal.opening import OpenedTable, open_tables
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
    other_sheets: those that hold tables of measures, too.
    """

    plan_toml: str
    departments: str
    questions: int
    measures: int
    as_of: date | None
    sheet: str | None
    other_sheets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants of a proposal. slug, as_of: None where the file is to ask."""

    slug: str | None = None
    as_of: date | None = None
    sheet: str | None = None
    language: str = "ja"


def propose(file: Path, asked: Asked, register: SiteRegister | None = None) -> Proposal:
    """Propose how a table is to be read.

    Raises: SourceError: there is no table of measures in the file, or it cannot be read.
    """
    (opened, reading), *others = _readings(file, asked.sheet)
    units = read_units(reading.units)
    known = register or SiteRegister(_NO_MUNICIPALITY, {})
    name = file.name if register is None else source_name(opened)
    text = plan_toml(opened, reading, units, Wanted(asked.slug, asked.as_of, name, asked.language))
    departments, doubts = register_text(units.units, known.spellings, known.code, asked.language)
    return Proposal(
        str(text), departments, text.questions + doubts, reading.rows.measures,
        asked.as_of or printed_as_of(reading), opened.source.sheet,
        tuple(each.source.sheet or "" for each, _ in others),
    )  # fmt: skip


def source_name(opened: OpenedTable) -> str:
    """What the table is called in its edition's folder."""
    return opened.source.source


def _readings(file: Path, sheet: str | None) -> list[tuple[OpenedTable, TableReading]]:
    """Each sheet with a table of measures, that of the most measures first.

    Raises: SourceError: of the first sheet, if there is none.
    """
    found: list[tuple[OpenedTable, TableReading]] = []
    refused: list[tuple[OpenedTable, NoHeadings | NoMeasures]] = []
    wanted = open_tables(file, sheet)
    for opened in wanted if sheet is None else open_tables(file):
        try:
            found.append((opened, read_unknown(opened.table)))
        except (NoHeadings, NoMeasures) as error:
            refused.append((opened, error))
    beside = tuple(line for opened, _ in refused for line in lines_of(opened.table))
    names = {each.source.sheet for each in wanted}
    told = [(opened, replace(reading, notes_beside=beside)) for opened, reading in found]
    told = [each for each in told if each[0].source.sheet in names]
    if not told:
        raise next(error for opened, error in refused if opened.source.sheet in names)
    return sorted(told, key=lambda each: -each[1].rows.measures)


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
