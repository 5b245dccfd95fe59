"""What a check found, laid out for a terminal."""

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from sakata_lod.publish.findings import Finding
from sakata_lod.publish.validation_report import COLOURS, shown

_HEADINGS = {
    "ja": ("深刻度", "場所", "値", "問題と直し方", "規則"),
    "en": ("Severity", "Place", "Value", "Problem and remedy", "Rule"),
}
_RATIOS = (None, 3, 3, 7, 3)


def findings_table(findings: Iterable[Finding], language: str) -> Table:
    """Lay findings out, in "ja" or "en": each with its cell, what stands there, and what to do."""
    table = Table(show_lines=True, expand=True)
    for heading, ratio in zip(_HEADINGS[language], _RATIOS, strict=True):
        table.add_column(heading, overflow="fold", ratio=ratio)
    for each in findings:
        severity = each.result.severity
        table.add_row(
            Text(severity.sentence(language), style=COLOURS[severity]),
            Text(_place(each, language)),
            Text(each.printed if each.place else "\n".join(shown(each.result))),
            Text(f"{each.problem.sentence(language)}\n→ {each.remedy.sentence(language)}"),
            Text(each.rule.sentence(language)),
        )
    return table


def _place(finding: Finding, language: str) -> str:
    place = finding.place.sentence(language) if finding.place else ""
    return "\n".join(filter(None, (finding.cell, place)))
