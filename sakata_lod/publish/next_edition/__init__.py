"""From a newer table of a plan to its edition: read as the one before, and asked where that does not do."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sakata_lod.errors import NoHeadings, NoMeasures, SourceError
from sakata_lod.iris import IriSpace
from sakata_lod.placing import appended, new_folder, there_already
from sakata_lod.publish.departments import read_register
from sakata_lod.publish.next_edition.carrying import corrections_toml
from sakata_lod.publish.next_edition.fitting import fit, is_laid_alike
from sakata_lod.publish.next_edition.naming import renamings
from sakata_lod.publish.next_edition.reading import NextReading, Wanted, read_next
from sakata_lod.publish.next_edition.section import section
from sakata_lod.publish.proposal import Asked
from sakata_lod.publish.proposal.opening import OpenedTable, open_tables, together
from sakata_lod.publish.proposal.outside import printed_as_of
from sakata_lod.publish.proposal.reading import read_unknown
from sakata_lod.publish.proposal.register import register_text
from sakata_lod.publish.proposal.sentences import sentence
from sakata_lod.site import EditionFolder, PlanSource, Site


@dataclass(frozen=True, slots=True)
class NextEdition:
    """A proposed edition. section: what plan.toml needs at its end. corrections, departments: blank if none.

    before: the day of the edition that it goes by. carried, left: the corrections that fit, and that do not.
    measures: None where the table cannot be read to its end yet. source: what its file is called there.
    """

    as_of: date
    before: date
    section: str
    corrections: str
    departments: str
    questions: int
    measures: int | None
    carried: int
    left: tuple[str, ...]
    source: str


def printed_day(file: Path, sheets: Sequence[str]) -> date | None:
    """The day of which a table says that it tells; None where it does not. Raises: SourceError."""
    for opened in open_tables(file, sheets):
        try:
            day = printed_as_of(read_unknown(opened.table))
        except (NoHeadings, NoMeasures):
            continue
        if day is not None:
            return day
    return None


def propose_next(site: Site, plan: PlanSource, as_of: date, file: Path, asked: Asked) -> NextEdition:
    """Propose how a plan's table of another day is to be read.

    Raises: FileExistsError: there is an edition of that day. SourceError: the table is of another shape, or
        cannot be read at all. IdentityUnclear: of the editions before.
    """
    if any(each.as_of == as_of for each in plan.editions):
        raise there_already(plan.folder / as_of.isoformat())
    opened = _opened(file, plan.editions[-1], asked.sheets)
    wanted = Wanted(plan, _before(plan, as_of), as_of)
    reading = read_next(opened, wanted, read_register(site.departments, IriSpace(site.base_iri)))
    text = section(opened, reading, wanted, asked.language)
    departments, doubts = _departments(site, reading, asked.language)
    return NextEdition(
        as_of=as_of,
        before=wanted.before.as_of,
        section=str(text),
        corrections=_corrections(reading, wanted, asked.language),
        departments=departments,
        questions=text.questions + doubts,
        measures=len(reading.edition.measures) if reading.edition else None,
        carried=len(reading.carried.corrections),
        left=reading.carried.left,
        source=opened.source.source,
    )


def write_next(site: Site, plan: PlanSource, file: Path, proposal: NextEdition) -> Path:
    """Write a proposal: the edition's folder and what plan.toml and the register lack, all of it or none.

    Returns the folder. Raises: FileExistsError: it is there already.
    """
    folder = plan.folder / proposal.as_of.isoformat()
    with ExitStack() as stack:
        stack.enter_context(appended(plan.folder / "plan.toml", proposal.section))
        if proposal.departments:
            stack.enter_context(appended(site.departments, proposal.departments))
        begun = stack.enter_context(new_folder(folder))
        shutil.copyfile(file, begun / proposal.source)
        if proposal.corrections:
            (begun / "corrections.toml").write_text(proposal.corrections, encoding="utf-8")
    return folder


def _opened(file: Path, before: EditionFolder, sheets: Sequence[str]) -> OpenedTable:
    """The table: of a workbook the sheets asked for, else as of the edition before, else the likest one.

    Raises: SourceError: there is none, or the only one is of another shape.
    """
    tables = open_tables(file, sheets)
    if before.source.sheets and not sheets:
        alike = [each for each in tables if is_laid_alike(each.table, before.layout)]
        return together(alike) if len(alike) > 1 else (alike or tables)[0]
    named = [each for each in tables if each.source.sheet == before.source.sheet]
    if len(tables) == 1 or named:
        return (named or tables)[0]

    def likeness(opened: OpenedTable) -> int:
        try:
            return -len(fit(opened.table, before.layout).gone)
        except SourceError:
            return -len(before.layout.read_headings) - 1

    return max(tables, key=likeness)


def _before(plan: PlanSource, as_of: date) -> EditionFolder:
    """The last edition before a day; the first of all, where there is none."""
    earlier = [each for each in plan.editions if each.as_of < as_of]
    return earlier[-1] if earlier else plan.editions[0]


def _corrections(reading: NextReading, wanted: Wanted, language: str) -> str:
    carried = reading.carried
    if not (carried.corrections or carried.left):
        return ""
    lines = [f"# {sentence('corrections_carried', language, before=wanted.before.as_of)}"]
    if carried.left:
        lines.append(f"# {sentence('corrections_left', language, slugs='、'.join(carried.left))}")
    return "\n".join([*lines, "", corrections_toml(carried.corrections)])


def _departments(site: Site, reading: NextReading, language: str) -> tuple[str, int]:
    """What the register lacks, and how many of its names may be spellings of others."""
    register, code = reading.register, site.publisher.code
    units = register.units_found()
    text, doubts = register_text(units, register.slugs, code, language)
    if text and reading.edition is not None and reading.earlier is not None:
        asked = renamings(units, (reading.earlier, reading.edition), register, language)
        text += "\n".join(["", *asked, ""]) if asked else ""
    return text, doubts
