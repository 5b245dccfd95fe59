"""What links.toml may say: which measures elsewhere are like the site's own, and who says so."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.fields import AbsoluteIri, Configuration, MeasureName, Text


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
                raise UnfitValue(
                    f"{each.measure} から {each.other} へ: 認めた人（by.ja）と日付（on）がありません",
                    f"{each.measure} is linked to {each.other}: say who accepted it (by.ja) and when (on)",
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
