"""A plan's table held to all rules: those of reading, of form, and the shapes for what it says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sakata_lod.errors import Place, SourceError, Words
from sakata_lod.formats import XLSX
from sakata_lod.namespaces import DCTERMS, PLAN, SKOS
from sakata_lod.publish.cell_places import BlankCells, in_a_cell, printed
from sakata_lod.publish.cells import Table
from sakata_lod.publish.dataset import site_dataset
from sakata_lod.publish.departments import DepartmentRegister, register_of
from sakata_lod.publish.eras import fiscal_year
from sakata_lod.publish.findings import (
    CHECKED,
    CheckedTable,
    FileReport,
    Finding,
    of_results,
    sorted_findings,
)
from sakata_lod.publish.layout import lay_out
from sakata_lod.publish.open_register import OpenRegister
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.row_kinds import numbered
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.table import table_of
from sakata_lod.publish.table_form import TableForm, check_workbook
from sakata_lod.publish.table_reading import read_through
from sakata_lod.publish.template import make_template, template_plan
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import Severity, ValidationResult
from sakata_lod.site import (
    EditionSource,
    Licence,
    PlanSource,
    Publisher,
    Site,
    TableLayout,
    Text,
    ThemeRules,
    plan_for_a_table,
)
from sakata_lod.vocabulary import SITE_SHAPES

_PUBLISHER = Publisher(code="000000", name=Text(ja="（自治体）", en="(Municipality)"))
_LICENCE = Licence(iri="https://creativecommons.org/licenses/by/4.0/", title="CC BY 4.0")
_TEMPLATE, _REGISTER = Path("plan.toml"), Path("departments.ttl")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ANY_YEAR = 2024
_YEARS = range(1900, 2201)
_SAID_ELSEWHERE = tuple(f"<{each}>" for each in (DCTERMS.title, SKOS.prefLabel, PLAN.theme))
"""Paths of what a table does not say: English titles and themes are in files of their own."""

_NO_REGISTER = Words(
    "所管課の名前は、部署の一覧（departments.ttl）がないため照合していません。",
    "The names of departments were not looked up, for no register (departments.ttl) was given.",
)
_NOT_WHOLE = Words(
    "読み取れない箇所があり、その先は検査していません。直してからもう一度検査してください。",
    "What cannot be read stood in the way of the rest. Mend it, and check again.",
)
_NOT_READ = Words(
    "空欄や計画期間などの内容は、読み取れない箇所を直すと検査できます。",
    "What the table says (blanks, the plan's period …) is checked once all of it can be read.",
)


@dataclass(frozen=True, slots=True)
class TableToCheck:
    """A table's file, and what it is read by: see FileToCheck."""

    path: Path
    content: bytes
    plan: bytes | None = None
    departments: bytes | None = None
    years: tuple[int, int] | None = None


def check_table(file: TableToCheck) -> FileReport:
    """Check a table. Raises: ConfigurationError: of its plan or register."""
    return _Check(file).report()


@dataclass(slots=True)
class _Check:
    """One table's check, and what it has found so far."""

    file: TableToCheck
    plan: PlanSource = field(init=False)
    source: EditionSource = field(init=False)
    checked: CheckedTable = field(init=False)
    register: DepartmentRegister = field(init=False)
    findings: list[Finding] = field(default_factory=list)
    notes: list[Words] = field(default_factory=list)
    is_whole: bool = True

    def __post_init__(self) -> None:
        # Which years the template's plan has is told by the table, which is read by its sheet's name before.
        self.plan = self._plan(self.file.years or (_ANY_YEAR, _ANY_YEAR))
        declared = self.plan.editions[0].source
        self.source = _source(self.file, declared)
        self.checked = CheckedTable(self.plan.slug, self.plan.editions[0].as_of)
        if self.file.departments is None:
            self.register = OpenRegister.of(self.plan.layout.departments)
            self.notes.append(_NO_REGISTER)
        else:
            self.register = register_of(_REGISTER, self.file.departments, CHECKED)

    def report(self) -> FileReport:
        """Do it all."""
        if table := self._read():
            self._look_at_the_form(table)
            self._look_at_what_it_says(table)
        findings = sorted_findings(self.findings)
        return FileReport(self.file.path.name, findings, self.is_whole, tuple(self.notes))

    def _plan(self, years: tuple[int, int]) -> PlanSource:
        given = self.file.plan
        content = template_plan(make_template(*years)).encode() if given is None else given
        return plan_for_a_table(_TEMPLATE, content, self.file.path.name)

    def _read(self) -> Table | None:
        """Read the cells; None where not even they can be read."""
        place, content = Place(self.file.path), self.file.content
        try:
            if self.source.format == XLSX.suffix and content:
                self.source, found = check_workbook(place, content, self.source, self.checked)
                self.findings += found
            return table_of(self.file.path, content, self.source)
        except SourceError as error:
            self._stopped_by(error)
            return None

    def _look_at_the_form(self, table: Table) -> None:
        try:
            laid = lay_out(table, self.plan.layout, ())
        except SourceError:  # told when the table is read
            heading_row = None
        else:
            heading_row = laid.rows[0].header.last_row if laid.rows and laid.rows[0].header else None
        self.findings += TableForm(table, self.checked).findings(heading_row)

    def _look_at_what_it_says(self, table: Table) -> None:
        plan = self._plan(self.file.years or _years(table))
        layout = plan.layout if self.file.plan is not None else _as_deep_as(table, plan.layout)
        about = {"source": self.source, "as_of": self.checked.as_of, "layout": layout}
        edition = plan.editions[0].model_copy(update=about)
        plan = plan.model_copy(update={"editions": (edition,), "layout": layout})
        reading = read_through(table, plan, self.register)
        for error in reading.errors:
            place = in_a_cell(table, error.place)
            self.findings.append(self.checked.of_error(error, place, printed(table, place)))
        if reading.edition is not None:
            self.findings += self._of_the_shapes(table, plan, reading.edition)
        else:
            self.notes.append(_NOT_READ if reading.is_whole else _NOT_WHOLE)
            self.is_whole = False

    def _of_the_shapes(self, table: Table, plan: PlanSource, edition: Edition) -> Iterator[Finding]:
        shapes = load_shapes(*SITE_SHAPES)
        register = self.register
        if isinstance(register, OpenRegister):
            register = register.filled(_PUBLISHER.code, CHECKED)
        dataset = site_dataset(_site(plan), register, [edition], CHECKED)
        results = validate(dataset.current, shapes).results
        blanks = BlankCells(lay_out(table, plan.layout, ()), plan.layout, self.checked)
        found = (blanks.place(each) for each in results if _is_of_the_table(each))
        for each in of_results(found, shapes):
            yield each.printing(printed(table, each.place)) if each.place else each

    def _stopped_by(self, error: SourceError) -> None:
        self.findings.append(self.checked.of_error(error, error.place, ""))
        self.notes.append(_NOT_WHOLE)
        self.is_whole = False


def _source(file: TableToCheck, declared: EditionSource) -> EditionSource:
    """How the bytes are read: as the plan declares a file of this format, else as they look."""
    suffix = file.path.suffix.removeprefix(".").lower()
    values = declared.model_dump(exclude={"layout"}) | {"source": file.path.name, "format": suffix}
    if suffix != declared.format:
        values |= {"encoding": _encoding(file.content)}
    if suffix != XLSX.suffix:
        values |= {"sheet": None, "sheets": ()}
    return EditionSource.model_validate(values)


def _encoding(content: bytes) -> str:
    if content.startswith(_BYTE_ORDER_MARK):
        return "utf-8-sig"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp932"
    return "utf-8"


def _years(table: Table) -> tuple[int, int]:
    """The first and last fiscal year that a cell names as a heading would."""
    named = {fiscal_year(cell.text) for row in table.rows for cell in row.cells if len(cell.text) < 20}
    years = sorted(each.start_year for each in named if each is not None and each.start_year in _YEARS)
    return (years[0], years[-1]) if years else (_ANY_YEAR, _ANY_YEAR)


def _as_deep_as(table: Table, layout: TableLayout) -> TableLayout:
    """The template's layout without the levels of divisions that a table has no row of."""
    try:
        rows = lay_out(table, layout, ()).rows
    except SourceError:  # told when the table is read
        return layout
    texts = {row.joined_text(*layout.columns.number_and_title) for row in rows}
    levels = layout.rows.divisions
    while levels and not any(numbered(levels[-1], text, layout.rows) for text in texts):
        levels = levels[:-1]
    return layout.model_copy(update={"rows": layout.rows.model_copy(update={"divisions": levels})})


def _is_of_the_table(result: ValidationResult) -> bool:
    """Whether it is about what the table says, or ought to say."""
    if result.severity is Severity.INFO and result.path in _SAID_ELSEWHERE:
        return False
    return result.place is not None or CHECKED.plan_of(str(result.focus_node)) is not None


def _site(plan: PlanSource) -> Site:
    """A site that publishes nothing but this plan."""
    return Site(
        folder=Path(),
        base_iri=CHECKED.base,
        languages=("ja", "en"),
        publisher=_PUBLISHER,
        licence=_LICENCE,
        departments=_REGISTER,
        themes=ThemeRules(),
        plans=(plan,),
    )
