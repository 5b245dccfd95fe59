"""What plan.toml says of divisions and measures, where an edition's table does not tell which they are."""

from typing import ClassVar

from pydantic import Field, model_validator

from sakata_lod.errors import UnfitValue
from sakata_lod.site.fields import Configuration, Number


class Identity(Configuration):
    """Which measures an edition lists. What it leaves out is as in the edition before.

    On the left stand numbers as this edition prints them; a measure is named by the number in its address,
    which is the one under which it was first listed.
    renumbered: number → measure. renamed: number → the title that is printed now, of a measure that stays.
    new: number → the number that the new measure's address gets. ended: measures that are listed no more.
    made_from: number → the measures that this one was split off from, or that were merged into it.
    """

    noun: ClassVar[str] = "measure"
    noun_ja: ClassVar[str] = "施策"

    renumbered: dict[Number, Number] = Field(default_factory=dict)
    renamed: dict[Number, str] = Field(default_factory=dict)
    new: dict[Number, Number] = Field(default_factory=dict)
    ended: tuple[Number, ...] = ()
    made_from: dict[Number, tuple[Number, ...]] = Field(default_factory=dict)

    @property
    def numbers(self) -> dict[str, list[str]]:
        """The printed numbers that it speaks of, by key."""
        return {
            "renumbered": list(self.renumbered),
            "renamed": list(self.renamed),
            "new": list(self.new),
            "made_from": list(self.made_from),
        }

    @model_validator(mode="after")
    def _tells_measures_apart(self) -> "Identity":
        if both := sorted(self.renumbered.keys() & self.new.keys()):
            raise UnfitValue(
                f"{both[0]} が renumbered と new の両方にあります",
                f"{both[0]} is both in `renumbered` and in `new`",
            )
        named = [*self.renumbered.values(), *self.new.values(), *self.ended]
        if twice := sorted({each for each in named if named.count(each) > 1}):
            raise UnfitValue(
                f"{self.noun_ja} {twice[0]} が2か所にあります。番号は1つか、終了したかのどちらかです",
                f"the {self.noun} {twice[0]} is named twice: a {self.noun} has one number, or has ended",
            )
        for number, address in self.new.items():
            if address != number and not address.startswith(f"{number}-"):
                raise UnfitValue(
                    f"新しい{self.noun_ja}の番号は {number} か {number}-… です（今は {address}）",
                    f"a new {self.noun}'s address is {number} or begins with {number}-, not {address}",
                )
        return self


class DivisionIdentity(Identity):
    """Which divisions an edition lists, in the same words."""

    noun: ClassVar[str] = "division"
    noun_ja: ClassVar[str] = "章・節"
