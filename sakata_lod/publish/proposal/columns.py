"""An unknown table's columns → their roles, by their headings and by what stands below."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sakata_lod.publish.cells import Cell, Row, Table
from sakata_lod.publish.headings import Heading
from sakata_lod.publish.proposal.fits import FITS, are_divisions, are_numbers_or_headings
from sakata_lod.publish.proposal.header import FoundHeader, heading_role, names_a_year
from sakata_lod.publish.proposal.words import all_year_words, known_words
from sakata_lod.publish.proposal.years import mostly_figures


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of an unknown table below its header, as each column's texts. rows: without header rows."""

    table: Table
    header: FoundHeader
    rows: tuple[Row, ...]

    def cell(self, row: Row, heading: str) -> Cell | None:
        """The cell that holds under a heading in a row, merged or its own."""
        if heading not in self.header.texts:
            return None
        return self.table.holding(row.number, self.header.texts.index(heading) + 1)

    def text(self, row: Row, heading: str) -> str:
        """What holds under a heading in a row."""
        cell = self.cell(row, heading)
        return cell.text.strip() if cell else ""

    def texts(self, heading: str, rows: Sequence[Row] | None = None) -> list[str]:
        """All that is printed under a heading, merged cells once."""
        cells = (self.cell(row, heading) for row in (self.rows if rows is None else rows))
        return [cell.text.strip() for cell in dict.fromkeys(cells) if cell and not cell.is_blank]


def sheet_of(table: Table, header: FoundHeader) -> Sheet:
    """The rows below a header, without those in which it returns."""
    last = header.first + header.count - 1
    again = [cell.heading for cell in table.rows[header.first - 1].cells if not cell.is_blank]
    rows: list[Row] = []
    skip = last
    for row in table.rows:
        if row.number > skip and [cell.heading for cell in row.cells if not cell.is_blank] == again:
            skip = row.number + header.count - 1
        elif row.number > skip:
            rows.append(row)
    return Sheet(table, header, tuple(row for row in rows if not row.is_blank))


@dataclass(slots=True)
class Roles:
    """The headings of each role. years: that name fiscal years; unknown: of no role that can be told.

    indicator_number: among those ignored, the column that numbers each indicator.
    """

    one: dict[str, str] = field(default_factory=dict)
    divisions: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)
    achievement: list[str] = field(default_factory=list)
    response: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    indicator_number: str | None = None

    @property
    def several(self) -> dict[str, list[str]]:
        """The roles that several columns may have."""
        return {
            "divisions": self.divisions,
            "departments": self.departments,
            "achievement": self.achievement,
            "response": self.response,
            "ignored": self.ignored,
        }

    @property
    def number_and_title(self) -> tuple[str, ...]:
        """The headings whose texts, read in one, tell what kind of row it is."""
        return tuple(self.one[key] for key in ("number", "title") if key in self.one)

    @property
    def has_several_rows_a_measure(self) -> bool:
        """Whether a measure takes a row for each year, indicator or kind."""
        return any(key in self.one for key in ("year", "kind", "indicator"))

    def take(self, key: str, heading: str) -> None:
        """Give a role that one column has; a second of the kind is not known."""
        if key in self.one:
            self.unknown.append(heading)
        else:
            self.one[key] = heading


def roles_of(headings: Sequence[Heading], texts: Callable[[str], list[str]]) -> Roles:
    """Tell the roles of all columns, or of a form's labels. texts: what is printed under a heading."""
    roles, titles, items = Roles(), list[tuple[int, str]](), list[str]()
    repeated = [text for text, times in Counter(each.text for each in headings).items() if times > 1]
    roles.unknown += [text for text in repeated if text]
    for heading in headings:
        if not heading.text or heading.text in repeated:
            continue
        if names_a_year(heading):
            roles.years.append(heading.text)
            continue
        key = heading_role(heading) or ""
        if key.startswith("title:"):
            titles.append((int(key.removeprefix("title:")), heading.text))
        elif key == "item":
            items.append(heading.text)
        else:
            _give(roles, key, heading.text, texts(heading.text))
    _give_titles(roles, sorted(titles), items, texts)
    for statuses in (roles.achievement, roles.response):
        statuses.sort(key=lambda heading: not any(word in heading for word in known_words().statuses.whole))
    _give_divisions(roles, [heading.text for heading in headings], texts)
    _give_work(roles, texts)
    _ask_about_lone_columns(roles)
    return roles


def _give(roles: Roles, key: str, heading: str, texts: list[str]) -> None:
    """Give a column its role, if what stands below bears it out."""
    fits = FITS.get(key)
    several = roles.several
    if not key or (fits is not None and not fits(texts)):
        roles.unknown.append(heading)
    elif key in several:
        several[key].append(heading)
    else:
        roles.take(key, heading)


def _give_titles(
    roles: Roles, titles: list[tuple[int, str]], items: list[str], texts: Callable[[str], list[str]]
) -> None:
    """The innermost of the titles is the measures'; those around it are divisions."""
    if len(titles) > 1 and "year" in roles.one and _is_work(titles[-1][1]):
        roles.take("activity", titles.pop()[1])
    if not titles and "year" not in roles.one and "activity" in roles.one:
        titles.append((0, roles.one.pop("activity")))
    if not titles and items:
        titles.append((0, items.pop()))
    for item in items:
        if "number" not in roles.one and are_numbers_or_headings(texts(item)):
            roles.one["number"] = item
        else:
            roles.divisions.append(item)
    if titles:
        roles.one["title"] = titles.pop()[1]
        roles.divisions.extend(heading for _, heading in titles)
    elif "indicator" in roles.one and "number" not in roles.one:
        roles.one["title"] = roles.one["indicator"]


def _give_divisions(roles: Roles, headings: Sequence[str], texts: Callable[[str], list[str]]) -> None:
    """Columns left of the titles are divisions, if they are numbered, or each text there is of several."""
    title = roles.one.get("title")
    if title is None:
        return
    left, titles = headings[: headings.index(title)], texts(title)
    around = [each for each in roles.unknown if each in left and are_divisions(texts(each), titles)]
    roles.unknown[:] = [each for each in roles.unknown if each not in around]
    roles.divisions[:] = sorted((*roles.divisions, *around), key=headings.index)


def _give_work(roles: Roles, texts: Callable[[str], list[str]]) -> None:
    """In a table with a row a year, 実績 above words is what was done."""
    if "year" in roles.one and "activity" not in roles.one:
        told = [each for each in roles.unknown if each in all_year_words().actual]
        words = [each for each in told if texts(each) and not mostly_figures(texts(each))]
        if len(words) == 1:
            roles.one["activity"] = words[0]
            roles.unknown.remove(words[0])


def _ask_about_lone_columns(roles: Roles) -> None:
    """Of a column of years beside headings of years, a unit without an indicator and the like, people say."""
    if roles.years:
        _unknown(roles, "year")
    if "title" not in roles.one:
        _unknown(roles, "description")
    if "year" not in roles.one:
        _unknown(roles, "activity")
    else:
        _unknown(roles, "kind")
    if "indicator" not in roles.one and {"unit", "title"} <= set(roles.one):
        # A column of units is of figures, which are those of what each row names.
        roles.one["indicator"] = roles.one["title"]
    if "indicator" not in roles.one:
        for key in ("unit", "indicator_achievement", "indicator_response"):
            _unknown(roles, key)


def _unknown(roles: Roles, key: str) -> None:
    if key in roles.one:
        roles.unknown.append(roles.one.pop(key))


def _is_work(heading: str) -> bool:
    return heading in known_words().titles.levels[3]
