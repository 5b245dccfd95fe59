"""Small tables and what plan.toml says of them, read as an edition."""

from pathlib import Path

from sakata_lod.publish.plan import Edition
from sakata_lod.site import EditionFolder, PlanSource, TableLayout, Text
from sakata_lod.site.schema import Translations
from tests.publish.conftest import read_plan
from tests.sites import SITES, write_workbook

DEPARTMENTS = (SITES / "utsutsu" / "departments.ttl").read_text(encoding="utf-8")

COLUMNS = """
[columns]
number = "番号"
title = "施策"
"""
ROWS = """
[rows]
divisions = ['第(?P<number>\\S+)章 (?P<title>.+)']
measure = '(?P<number>\\S+) (?P<title>.+)'
"""


def read_small(
    folder: Path, layout: str, table: str, format_: str = "csv", *, counted: int | None = None, said: str = ""
) -> Edition:
    """Read a table of a plan.

    layout: the tables of plan.toml. table: as CSV or TSV text, or of a workbook as `tests.sites` writes it.
    counted: how many measures plan.toml says there are. said: what it says more of the edition.
    """
    plan = folder / "site" / "plans" / "p"
    (plan / "2024-03-31").mkdir(parents=True)
    (folder / "site" / "departments.ttl").write_text(DEPARTMENTS, encoding="utf-8")
    for name in ("site.toml", "themes.toml"):
        text = (SITES / "utsutsu" / name).read_text(encoding="utf-8")
        (folder / "site" / name).write_text(text, encoding="utf-8")
    head = 'slug = "p"\ntitle.ja = "計画"\nfirst_fiscal_year = 2018\nlast_fiscal_year = 2025\n'
    edition = f'\n[editions.2024-03-31]\nsource = "t.{format_}"\nformat = "{format_}"\n'
    edition += f"measures = {counted}\n" if counted else ""
    edition += said
    (plan / "plan.toml").write_text(head + layout + edition, encoding="utf-8")
    path = plan / "2024-03-31" / f"t.{format_}"
    if format_ == "xlsx":
        write_workbook(table, path)
    else:
        path.write_text(table, encoding="utf-8")
    return read_plan(folder / "site", "p")


def plan_with(layout: TableLayout, editions: tuple[EditionFolder, ...]) -> PlanSource:
    """A plan of some editions, as it is read from plan.toml."""
    return PlanSource(
        folder=Path("plans/p"),
        slug="p",
        title=Text(ja="計画"),
        first_fiscal_year=2020,
        last_fiscal_year=2024,
        layout=layout,
        translations=Translations(),
        editions=editions,
    )
