"""A newer table read as the edition before was: what still fits, and what only people can say."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sakata_lod.errors import CorrectionDoesNotFit, IdentityUnclear, SourceError
from sakata_lod.publish.assembly import assemble, read_edition
from sakata_lod.publish.corrections import counted
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.identity import identified
from sakata_lod.publish.laid_rows import LaidRow, LaidTable
from sakata_lod.publish.layout import lay_out
from sakata_lod.publish.marks import StatusMarks, is_status, says_no_status
from sakata_lod.publish.next_edition.carrying import Carried, Tables
from sakata_lod.publish.next_edition.fitting import FittedHeadings, fit
from sakata_lod.publish.next_edition.naming import AskingRegister
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.proposal.legends import explained
from sakata_lod.publish.proposal.marks_and_units import SCHEMES
from sakata_lod.publish.proposal.opening import OpenedTable
from sakata_lod.publish.proposal.reading import lines_of
from sakata_lod.publish.proposal.statuses import FoundMark, choices, read_marks, says_a_status
from sakata_lod.publish.status_cells import status_headings
from sakata_lod.publish.table import read_table
from sakata_lod.site import EditionFolder, EditionSource, PlanSource, StatusAxis, TableLayout


@dataclass(frozen=True, slots=True)
class Wanted:
    """The plan, its edition before, and the day of which the newer table tells."""

    plan: PlanSource
    before: EditionFolder
    as_of: date


@dataclass(slots=True)
class NextReading:
    """What a newer table says.

    marks: those without a code yet, by status. without: new ones that say no status.
    edition: what it says, if it can be read to its end.
    stopped: what the build would stop at. earlier: the edition before, if both can be read.
    identity: TOML that settles which division or measure is which, for a person to confirm; blank if none is.
    """

    fitted: FittedHeadings
    carried: Carried
    register: AskingRegister
    marks: dict[StatusAxis, tuple[FoundMark, ...]] = field(default_factory=dict)
    without: dict[StatusAxis, tuple[FoundMark, ...]] = field(default_factory=dict)
    edition: Edition | None = None
    earlier: Edition | None = None
    stopped: SourceError | None = None
    identity: str = ""


def read_next(opened: OpenedTable, wanted: Wanted, register: DepartmentRegister) -> NextReading:
    """Read a newer table with the layout, corrections and register of the edition before.

    Raises: HeaderNotFound: it is of another shape; SourceError, IdentityUnclear: of the editions before.
    """
    before = wanted.before
    fitted = fit(opened.table, before.layout)
    tables = Tables(read_table(before.path, before.source), opened.table, fitted.taken)
    asking = AskingRegister.over(register, before.layout.departments.others_suffix)
    reading = NextReading(fitted, tables.carried(before.corrections), asking)
    _read(reading, opened, wanted)
    if reading.edition is not None:
        _identify(reading, wanted, reading.edition, register)
    return reading


def _read(reading: NextReading, opened: OpenedTable, wanted: Wanted) -> None:
    """Read it all, without the corrections that do not fit after all."""
    while True:
        try:
            found = _new_marks(opened, reading)
            reading.marks = _those(found, says_none=False)
            reading.without = _those(found, says_none=True)
            folder = _folder(wanted, opened.source, _with_marks(reading), reading.carried)
            reading.edition = assemble(opened.table, wanted.plan, folder, reading.register)
        except CorrectionDoesNotFit as error:
            reading.carried = reading.carried.without(error.correction)
        except SourceError as error:
            reading.stopped = error
            return
        else:
            return


def _folder(wanted: Wanted, source: EditionSource, layout: TableLayout, carried: Carried) -> EditionFolder:
    return EditionFolder(
        folder=wanted.plan.folder / wanted.as_of.isoformat(),
        as_of=wanted.as_of,
        source=source,
        layout=layout,
        corrections=carried.corrections,
    )


def _new_marks(opened: OpenedTable, reading: NextReading) -> dict[StatusAxis, tuple[FoundMark, ...]]:
    """The marks and words in status cells that plan.toml does not know."""
    layout, found = reading.fitted.layout, dict[StatusAxis, tuple[FoundMark, ...]]()
    laid = lay_out(opened.table, layout, counted(opened.table, reading.carried.corrections))
    # A chapter's cell may be merged over the columns of statuses, and says none.
    named = layout.columns.number_and_title
    rows = [row for row in laid.rows if not row.is_alone(*named) and not _is_shifted(row, layout)]
    notes = _notes(laid)
    for axis, scheme in SCHEMES.items():
        known = StatusMarks.of(layout, axis)
        texts = [row.text(each) for row in rows for each in status_headings(row, layout, axis)]
        unread = [each for each in texts if each and not _is_known(each, known)]
        new = [each for each in read_marks(unread, scheme) if not _is_known(each.text, known)]
        if new:
            found[axis] = explained(new, notes, scheme)
    return found


def _notes(laid: LaidTable) -> tuple[str, ...]:
    """The lines of a table that say nothing of a measure, such as what its marks mean."""
    told = {cell.row for row in laid.rows if not row.is_ignored for cell in row.row.cells}
    return lines_of(replace(laid.table, rows=tuple(row for row in laid.table.rows if row.number not in told)))


def _is_known(text: str, marks: StatusMarks) -> bool:
    return is_status(text, marks) or says_no_status(text, marks)


def _those(
    found: Mapping[StatusAxis, tuple[FoundMark, ...]], *, says_none: bool
) -> dict[StatusAxis, tuple[FoundMark, ...]]:
    """The marks that say no status, or the others, by status; of a status without any, nothing."""
    told = {axis: tuple(each for each in some if each.says_none is says_none) for axis, some in found.items()}
    return {axis: some for axis, some in told.items() if some}


def _is_shifted(row: LaidRow, layout: TableLayout) -> bool:
    """Whether a status stands under the heading of the other one: what is there beside it is no mark."""

    def says(text: str, axis: StatusAxis) -> bool:
        return is_status(text, StatusMarks.of(layout, axis)) or says_a_status(text, SCHEMES[axis])

    other: dict[StatusAxis, StatusAxis] = {"achievement": "response", "response": "achievement"}
    return any(
        says(text, other[axis]) and not says(text, axis)
        for axis in SCHEMES
        for heading in getattr(layout.columns, axis)
        if (text := row.text(heading))
    )


def _with_marks(reading: NextReading) -> TableLayout:
    """The layout that knows each new mark. Where only people know its code, it is given any."""
    layout = reading.fitted.layout
    added: dict[str, object] = {}
    for axis, marks in reading.marks.items():
        any_code = choices(SCHEMES[axis])[0][0]
        codes = {each.text: each.code or any_code for each in marks}
        added[axis] = getattr(layout, axis) | codes
    silent = {
        f"without_{axis}": (*layout.statuses.without(axis), *(each.text for each in marks))
        for axis, marks in reading.without.items()
    }
    added["statuses"] = layout.statuses.model_copy(update=silent)
    return layout.model_copy(update=added)


def _identify(reading: NextReading, wanted: Wanted, edition: Edition, register: DepartmentRegister) -> None:
    """Tell what stays open of which measure is which."""
    plan = wanted.plan
    earlier = tuple(read_edition(plan, each, register) for each in plan.editions)
    named = identified(plan, earlier)
    reading.earlier = named[-1]
    if wanted.as_of < plan.editions[-1].as_of:
        return  # what is said of one edition holds in those after it: the build asks about all
    source = EditionSource.model_validate({"source": "source", "format": wanted.before.source.format})
    folder = _folder(wanted, source, reading.fitted.layout, reading.carried)
    both = plan.model_copy(update={"editions": (*plan.editions, folder)})
    try:
        identified(both, (*earlier, edition))
    except IdentityUnclear as error:
        reading.identity = error.proposal
