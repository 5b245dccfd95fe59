"""A site: the folder in which a city writes all that it publishes. Read and checked here, never guessed.

{site}/site.toml            who publishes, under which base IRI and licence
{site}/departments.ttl      the register of departments
{site}/themes.toml          which words make which theme
{site}/withdrawn.toml       what is published no more, and what is instead (optional)
{site}/links.toml           which measures elsewhere are like the site's own (optional)
{site}/plans/{plan}/plan.toml               how the plan's tables are laid out
{site}/plans/{plan}/translations.toml       titles in other languages (optional)
{site}/plans/{plan}/{date}/                 an edition: the published table and corrections.toml (optional)
{federation}/federation.toml                the sites that are published together
"""

from sakata_lod.site.columns import STATUS_AXES, Columns, StatusAxis
from sakata_lod.site.corrections import Correction, ExpectedCell
from sakata_lod.site.federation import Federation, LeftOut, Member, read_federation, refused
from sakata_lod.site.fields import Text
from sakata_lod.site.identity import DivisionIdentity, Identity
from sakata_lod.site.links import LinksFile, MeasureLink
from sakata_lod.site.reading import FEDERATION, LINKS, plan_for_a_table, read_links, read_site
from sakata_lod.site.schema import (
    Contact,
    EditionFolder,
    Frequency,
    Licence,
    PlanSource,
    Publisher,
    Site,
    ThemeDecision,
    ThemeRule,
    ThemeRules,
    Withdrawal,
)
from sakata_lod.site.statuses import Statuses, folded_mark
from sakata_lod.site.table_layout import (
    Block,
    DepartmentWords,
    EditionSource,
    Rows,
    TableLayout,
)
from sakata_lod.site.years import Figures, FixedIndicator, YearContent, YearLabel, Years

__all__ = [
    "FEDERATION",
    "LINKS",
    "STATUS_AXES",
    "Block",
    "Columns",
    "Contact",
    "Correction",
    "DepartmentWords",
    "DivisionIdentity",
    "EditionFolder",
    "EditionSource",
    "ExpectedCell",
    "Federation",
    "Figures",
    "FixedIndicator",
    "Frequency",
    "Identity",
    "LeftOut",
    "Licence",
    "LinksFile",
    "MeasureLink",
    "Member",
    "PlanSource",
    "Publisher",
    "Rows",
    "Site",
    "StatusAxis",
    "Statuses",
    "TableLayout",
    "Text",
    "ThemeDecision",
    "ThemeRule",
    "ThemeRules",
    "Withdrawal",
    "YearContent",
    "YearLabel",
    "Years",
    "folded_mark",
    "plan_for_a_table",
    "read_federation",
    "read_links",
    "read_site",
    "refused",
]
