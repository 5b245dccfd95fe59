"""One file held to the rules: a plan's table, before there is a site for it, or RDF.

Writes nothing and opens nothing: what is needed is handed in.
"""

from dataclasses import dataclass
from pathlib import Path

from rdflib import Graph

from sakata_lod.errors import InvalidData, Words, words_of
from sakata_lod.formats import CSV, GRAPH_FORMATS, TSV, XLSX, Format, format_of_suffix
from sakata_lod.publish.findings import CHECKED, FileReport, of_results
from sakata_lod.publish.shapes import load_shapes
from sakata_lod.publish.table_check import TableToCheck, check_table
from sakata_lod.publish.validation import validate
from sakata_lod.serialization import read_graph
from sakata_lod.vocabulary import SHARED_GRAPHS, load

TABLE_FORMATS = (CSV, TSV, XLSX)
CHECKED_FORMATS: tuple[Format, ...] = (*TABLE_FORMATS, *GRAPH_FORMATS)
"""What can be checked, told by the suffix of the file's name."""


@dataclass(frozen=True, slots=True)
class FileToCheck:
    """A file, and what it is to be read by.

    plan: a plan.toml; without it, the template's. departments: a departments.ttl; without it, any name does.
    years: the first and last fiscal year of the plan, where no plan is given; else those of the headings.
    """

    name: str
    content: bytes
    plan: bytes | None = None
    departments: bytes | None = None
    years: tuple[int, int] | None = None

    @property
    def path(self) -> Path:
        """The name as errors tell it."""
        return Path(Path(self.name).name or "table")


def check_file(file: FileToCheck) -> FileReport:
    """Check a table or an RDF file, by its suffix.

    Raises: InvalidData: no such kind of file, or broken RDF. ConfigurationError: of plan or departments.
    """
    suffix = file.path.suffix.removeprefix(".")
    if format_of_suffix(suffix, TABLE_FORMATS) is not None:
        parts = (file.path, file.content, file.plan, file.departments, file.years)
        return check_table(TableToCheck(*parts))
    return check_graph(file.path.name, graph_in(file))


def check_graph(name: str, graph: Graph) -> FileReport:
    """Check a graph by itself, with the shared vocabulary."""
    shapes = load_shapes()
    report = validate([graph, *map(load, SHARED_GRAPHS)], shapes)
    return FileReport(name, of_results(report.results, shapes))


def graph_in(file: FileToCheck) -> Graph:
    """Read an RDF file. Raises: InvalidData."""
    format_ = format_of_suffix(file.path.suffix.removeprefix("."), GRAPH_FORMATS)
    if format_ is None:
        known = ", ".join(f".{each.suffix}" for each in CHECKED_FORMATS)
        problem = Words(
            f"検査できる種類のファイルではありません。{known} か、サイトのフォルダーを指定してください。"
            "ほかの表計算のファイルは、XLSXかCSVで保存し直してください",
            f"not a kind of file that is checked here: name it {known}, or give a site's folder. "
            "Save a spreadsheet of another kind as XLSX or CSV",
        )
        raise InvalidData(file.path, problem)
    try:
        return read_graph(file.content, format_, base=f"{CHECKED.base}{file.path.stem}")
    except (SyntaxError, ValueError) as error:
        problem = words_of(error)
        told = Words(f"{format_.name} として読めません: {problem.ja}", f"{format_.name}: {problem.en}")
        raise InvalidData(file.path, told) from error
