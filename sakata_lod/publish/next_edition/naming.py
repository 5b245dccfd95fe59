"""Departments that a newer table names and the register does not hold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from sakata_lod.folding import fold
from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.plan import Edition
from sakata_lod.publish.proposal.register import free_slugs
from sakata_lod.publish.proposal.sentences import sentence
from sakata_lod.publish.proposal.units import FoundUnit, are_alike


@dataclass(frozen=True, slots=True)
class AskingRegister(DepartmentRegister):
    """A register that takes every name. found: those that are new → the one around each, or blank."""

    others_suffix: str | None = None
    found: dict[str, str] = field(default_factory=dict)

    @classmethod
    def over(cls, register: DepartmentRegister, others_suffix: str | None) -> "AskingRegister":
        """One that knows what a register holds."""
        return cls(register.graph, register.sha256, register.slugs, register.units, others_suffix)

    def slug_within(self, spelling: str, within: str) -> str | None:
        """The department of that name: a new one, if the register knows none."""
        # Not super(): a dataclass with slots is made anew, and loses what it would begin from.
        known = DepartmentRegister.slug_within(self, spelling, within)
        if known or (self.others_suffix and spelling.endswith(self.others_suffix)):
            return known
        if within and DepartmentRegister.slug(self, within) is None:
            self.found.setdefault(within, "")
        self.found.setdefault(spelling, within)
        return free_slugs(self.found, self.slugs)[spelling]

    def units_found(self) -> Sequence[FoundUnit]:
        """The new ones, each with a name that may be of the same department."""
        units: list[FoundUnit] = []
        for name, within in self.found.items():
            others = (*self.slugs, *(each.name for each in units))
            like = next((each for each in others if are_alike(name, each)), None)
            units.append(FoundUnit(name, within or None, like))
        return units


def renamings(
    found: Iterable[FoundUnit], editions: tuple[Edition, Edition], register: AskingRegister, language: str
) -> list[str]:
    """Comments that ask whether a new department is one that the table names no more, with what would say so.

    editions: the one before, and the newer one.
    """
    before, now = map(_titles_of_departments, editions)
    names = {slug: name for name, slug in reversed(register.slugs.items())}
    gone = {slug: names[slug] for slug in sorted(before.keys() - now.keys()) if slug in names}
    slugs = free_slugs(register.found, register.slugs)
    lines: list[str] = []
    for each in found:
        if each.like is None and gone:
            titles = now.get(slugs[each.name], set())
            # Measures that the one had and the other has now tell more than how like the names are.
            rank = {
                slug: (len(before[slug] & titles), fuzz.ratio(fold(name), fold(each.name)))
                for slug, name in gone.items()
            }
            old = max(gone, key=rank.__getitem__)
            lines += [
                f"# {sentence('renamed_department', language, name=each.name, old=gone[old])}",
                f"# <department-change/{editions[1].as_of}> a org:ChangeEvent ;",
                f"#     org:originalOrganization <department/{old}> ;",
                f"#     org:resultingOrganization <department/{slugs[each.name]}> .",
            ]
    return lines


def _titles_of_departments(edition: Edition) -> dict[str, set[str]]:
    """The titles, folded, of the measures of each department."""
    titles: dict[str, set[str]] = {}
    for measure in edition.measures:
        for slug in measure.departments:
            titles.setdefault(slug, set()).add(fold(measure.title))
    return titles
