"""What each file of a site may say: frozen models, in which a key that is not named here is an error."""

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.corrections import Correction
from sakata_lod.site.fields import (
    BaseIri,
    BelowPattern,
    Configuration,
    LocalName,
    Number,
    Slug,
    Text,
)
from sakata_lod.site.links import LinksFile
from sakata_lod.site.table_layout import EditionSource, TableLayout


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
            raise UnfitValue(
                "last_fiscal_year が first_fiscal_year より前です",
                "last_fiscal_year is before first_fiscal_year",
            )
        return self


class Translations(Configuration):
    """Titles of divisions and measures in English, by number. machine: made by a machine, not a person."""

    machine: bool = False
    en: dict[Number, str] = Field(default_factory=dict)


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
