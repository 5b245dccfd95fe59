"""What each file of a site may say: frozen models, in which a key that is not named here is an error."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sakata_lod.site.fields import (
    AbsoluteIri,
    BaseIri,
    BelowPattern,
    Configuration,
    LocalName,
    MeasureName,
    Number,
    Slug,
)
from sakata_lod.site.table_layout import EditionSource, TableLayout


class Text(Configuration):
    """A text in Japanese, and in English where there is one."""

    ja: str
    en: str | None = None

    @property
    def by_language(self) -> dict[str, str]:
        """The texts there are, by language tag."""
        return {"ja": self.ja} | ({"en": self.en} if self.en else {})


class Publisher(Configuration):
    """The municipality. code: 全国地方公共団体コード with its check digit; corporate_number: 法人番号."""

    code: Annotated[str, Field(pattern=r"^[0-9]{6}$")]
    corporate_number: Annotated[str, Field(pattern=r"^[0-9]{13}$")] | None = None
    name: Text
    homepage: str | None = None
    same_as: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    part_of: str | None = None


class Licence(Configuration):
    """Under what terms the data may be used. confirmed: whether the publisher has said so for this table."""

    iri: str
    title: str
    confirmed: bool = False


class Contact(Configuration):
    """Whom to ask about the data. telephone: as RFC 3966 writes it, +81-234-…."""

    name: Text
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    telephone: Annotated[str, Field(pattern=r"^\+[0-9]+(-[0-9]+)*$")] | None = None
    url: str | None = None


Frequency = Literal["monthly", "quarterly", "semiannual", "annual", "biennial", "triennial", "irregular"]


class SiteFile(Configuration):
    """site.toml. contact: the publisher at its home page, where none is given."""

    base_iri: BaseIri
    languages: tuple[Literal["ja", "en"], ...] = ("ja", "en")
    publisher: Publisher
    licence: Licence
    contact: Contact | None = None


class FederationFile(Configuration):
    """federation.toml. sites: folders below its own, each with a site.toml; patterns such as `cities/*`.

    licence: of the collection; each city's own stays with what is the city's.
    """

    base_iri: BaseIri
    name: Text
    licence: Licence
    languages: tuple[Literal["ja", "en"], ...] = ("ja", "en")
    sites: Annotated[tuple[BelowPattern, ...], Field(min_length=1)]


class PlanFile(TableLayout):
    """plan.toml. frequency: how often an edition of the table is published."""

    slug: Slug
    title: Text
    first_fiscal_year: Annotated[int, Field(ge=1900, le=2200)]
    last_fiscal_year: Annotated[int, Field(ge=1900, le=2200)]
    frequency: Frequency = "annual"
    editions: Annotated[dict[date, EditionSource], Field(min_length=1)]

    @model_validator(mode="after")
    def _period_runs_forward(self) -> "PlanFile":
        if self.last_fiscal_year < self.first_fiscal_year:
            raise ValueError("last_fiscal_year is before first_fiscal_year")
        return self


class Translations(Configuration):
    """Titles of divisions and measures in English, by number. machine: made by a machine, not a person."""

    machine: bool = False
    en: dict[Number, str] = Field(default_factory=dict)


class ExpectedCell(Configuration):
    """A cell that a correction is about, as it expects to find it. column: its printed heading."""

    row: Annotated[int, Field(ge=1)]
    column: str
    expect: str


class Correction(Configuration):
    """Something doubtful in a table, what is expected to stand there, and how it is read.

    Either about `cells` (reading: what each is read as, if otherwise than printed), or about a whole `row`
    with all its cells in `expect` (columns: the heading under which each cell is read, "" for a surplus
    blank; continues: the row that it goes on). `as_read` and `alternatives` are for people.
    """

    slug: Slug
    type: str
    certain: bool
    as_read: str
    alternatives: tuple[str, ...] = ()
    comment: Text
    cells: tuple[ExpectedCell, ...] = ()
    reading: str | None = None
    row: Annotated[int, Field(ge=1)] | None = None
    expect: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None
    continues: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _about_cells_or_a_row(self) -> "Correction":
        if (self.row is None) == (not self.cells):
            raise ValueError("a correction is about either `cells` or a `row`")
        if self.row is None and (self.expect or self.columns or self.continues):
            raise ValueError("`expect`, `columns` and `continues` go with `row`")
        if self.row is not None and (not self.expect or self.reading is not None):
            raise ValueError("with `row` goes `expect`, all its cells, and no `reading`")
        if self.columns is not None and len(self.columns) != len(self.expect):
            raise ValueError(f"{len(self.columns)} `columns` for {len(self.expect)} cells in `expect`")
        return self


class CorrectionsFile(Configuration):
    """corrections.toml."""

    correction: tuple[Correction, ...] = ()


class ThemeRule(Configuration):
    """Which words make a theme. in_: where to look; relates: whether measures that share it are related."""

    theme: str
    words: Annotated[tuple[str, ...], Field(min_length=1)]
    in_: tuple[Literal["title", "activities", "reason"], ...] = Field(
        default=("title", "activities", "reason"), alias="in"
    )
    relates: bool = False


class ThemeDecision(Configuration):
    """A theme that people give to a measure (accept), or refuse it, whatever its words."""

    plan: Slug
    measure: Number
    theme: str
    accept: bool
    reason: Text


class ThemeRules(Configuration):
    """A site's rules and decisions."""

    rule: tuple[ThemeRule, ...] = ()
    link: tuple[ThemeDecision, ...] = ()


class Withdrawal(Configuration):
    """A thing that was published under this path below `id/`, and is no more. successor: what is, instead."""

    path: LocalName
    since: date
    reason: Text
    successor: LocalName | None = None


class WithdrawnFile(Configuration):
    """withdrawn.toml."""

    withdrawn: tuple[Withdrawal, ...] = ()


class MeasureLink(Configuration):
    """A measure of this site and one elsewhere that people say are alike, or may say so.

    accept: "yes" and "no" are decisions, the empty text leaves it open. own_title, other_title, score, parts:
    what the proposal rested on, for whoever decides. by, on: who decided, and when; else as the file says.
    """

    accept: Literal["", "yes", "no"] = ""
    measure: MeasureName
    own_title: str = ""
    other: AbsoluteIri
    other_title: str = ""
    relation: Literal["closeMatch", "relatedMatch"]
    score: Annotated[float, Field(ge=0, le=1)] | None = None
    parts: dict[str, float] = Field(default_factory=dict)
    by: Text | None = None
    on: date | None = None

    @property
    def plan(self) -> str:
        """The slug of the plan that the measure belongs to."""
        return self.measure.split("/")[1]

    @property
    def number(self) -> str:
        """The measure's number."""
        return self.measure.split("/")[2]


class LinksFile(Configuration):
    """links.toml. method: how the links were found. by, on: who decided, and when, if a link does not say."""

    method: str = ""
    by: Text | None = None
    on: date | None = None
    link: tuple[MeasureLink, ...] = ()

    @model_validator(mode="after")
    def _decisions_say_whose(self) -> "LinksFile":
        for each in self.accepted:
            if each.by is None or each.on is None:
                raise ValueError(
                    f"{each.measure} is linked to {each.other}: say who accepted it (by.ja) and when (on)"
                )
        return self

    @property
    def accepted(self) -> tuple[MeasureLink, ...]:
        """The links to publish, each with who decided and when, as far as that is said."""
        return tuple(
            each.model_copy(update={"by": each.by or self.by, "on": each.on or self.on})
            for each in self.link
            if each.accept == "yes"
        )


class EditionFolder(Configuration):
    """One edition of a plan's table: where it is, how it is read, what is corrected."""

    folder: Path
    as_of: date
    source: EditionSource
    layout: TableLayout
    corrections: tuple[Correction, ...]

    @property
    def path(self) -> Path:
        """The published table's file."""
        return self.folder / self.source.source


class PlanSource(Configuration):
    """A plan: its names, period and layout, and its editions, oldest first."""

    folder: Path
    slug: str
    title: Text
    first_fiscal_year: int
    last_fiscal_year: int
    layout: TableLayout
    translations: Translations
    frequency: Frequency = "annual"
    editions: tuple[EditionFolder, ...]


class Site(Configuration):
    """All that one city publishes."""

    folder: Path
    base_iri: BaseIri
    languages: tuple[str, ...]
    publisher: Publisher
    licence: Licence
    contact: Contact | None = None
    departments: Path
    themes: ThemeRules
    plans: tuple[PlanSource, ...]
    withdrawn: tuple[Withdrawal, ...] = ()
    links: LinksFile = LinksFile()

    @property
    def name(self) -> str:
        """The folder's name, by which releases are kept apart."""
        return self.folder.resolve().name
