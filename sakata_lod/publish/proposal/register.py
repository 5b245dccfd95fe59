"""Departments found in a table → entries of departments.ttl, and questions where two may be one."""

import re
from collections.abc import Iterable, Mapping, Sequence

from sakata_lod.publish.proposal.sentences import sentence
from sakata_lod.publish.proposal.toml_text import quoted
from sakata_lod.publish.proposal.units import FoundUnit

_PREFIXES = """\
@prefix org:  <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
_SLUG = re.compile(r"d(\d+)")


def register_text(
    units: Sequence[FoundUnit], known: Mapping[str, str], organization: str, language: str
) -> tuple[str, int]:
    """Write the entries that a register lacks, and count the questions.

    known: spelling → slug, of what the register holds. organization: the municipality's code.
    A name that may be another's spelling is left out: the build stops at it until somebody decides.
    """
    new = [unit for unit in units if unit.name not in known]
    if not new:
        return "", 0
    slugs = dict(known) | free_slugs([unit.name for unit in new], known)
    lines = [_PREFIXES.rstrip(), f"# {sentence('register', language)}"]
    for unit in new:
        lines += ["", *_entry(unit, slugs, organization, language)]
    return "\n".join(lines) + "\n", sum(unit.like is not None for unit in new)


def free_slugs(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """What new departments are called in IRIs, by their names: d01, d02 … behind those that are taken."""
    taken = [int(matched[1]) for slug in known.values() if (matched := _SLUG.fullmatch(slug))]
    first = max(taken, default=0) + 1
    return {name: f"d{number:02}" for number, name in enumerate(names, start=first)}


def _entry(unit: FoundUnit, slugs: Mapping[str, str], organization: str, language: str) -> list[str]:
    lines = [
        f"<department/{slugs[unit.name]}>",
        "    a org:OrganizationalUnit ;",
        f"    skos:prefLabel {quoted(unit.name)}@ja ;",
    ]
    if unit.within and unit.within in slugs and unit.within != unit.name:
        lines.append(f"    org:subOrganizationOf <department/{slugs[unit.within]}> ;")
    lines.append(f"    org:unitOf <organization/{organization}> .")
    return lines if unit.like is None else _asked(unit, slugs, lines, language)


def _asked(unit: FoundUnit, slugs: Mapping[str, str], lines: list[str], language: str) -> list[str]:
    asked = sentence("alike", language, name=unit.name, like=unit.like)
    spelling = f"# <department/{slugs[unit.like or '']}> skos:altLabel {quoted(unit.name)}@ja ."
    entry = f"# {' '.join(' '.join(lines).split())}"
    said = [f"# {sentence(each, language)}" for each in ("spelling", "department")]
    return [f"# ? {asked}", said[0], spelling, said[1], entry]
