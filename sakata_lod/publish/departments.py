"""The site's register of departments: from a spelling to the department it names."""

import hashlib
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from rdflib import Graph, URIRef

from sakata_lod.conversion import new_graph
from sakata_lod.errors import InvalidConfiguration, Place, UnknownDepartment, Words, words_of
from sakata_lod.iris import IriSpace
from sakata_lod.namespaces import ORG, RDF, SKOS
from sakata_lod.site import DepartmentWords


@dataclass(frozen=True, slots=True)
class DepartmentRegister:
    """Departments, and every spelling by which tables name them.

    graph: the register as it is written. sha256: of the bytes that it was read from.
    units: a department and the one it is part of.
    """

    graph: Graph
    sha256: str
    slugs: dict[str, str]
    units: frozenset[tuple[str, str]] = frozenset()

    def slug(self, spelling: str) -> str | None:
        """Tell the department that a spelling names; None if the register does not hold it.

        spelling: a name; or the names of a department and of those around it, outermost first, with blanks
            between them, if the register says by org:subOrganizationOf that each lies in the one before.
        """
        names = spelling.split()
        known = self.slugs.get(spelling) or self.slugs.get(" ".join(names)) or self.slugs.get("".join(names))
        if known or len(names) < 2:
            return known
        levels = [self.slugs.get(name, "") for name in names]
        nested = all((inner, outer) in self.units for outer, inner in pairwise(levels))
        return levels[-1] if nested else None

    def slug_within(self, spelling: str, within: str) -> str | None:
        """Tell a department by its name and that of the one around it.

        The name alone does where the register says nothing of what is around it, or nothing is named.
        """
        known = self.slug(f"{within} {spelling}") if within else None
        alone = self.slug(spelling)
        lies_elsewhere = bool(within) and any(inner == alone for inner, _ in self.units)
        return known or (None if lies_elsewhere else alone)


@dataclass(frozen=True, slots=True)
class NamedDepartments:
    """The departments that a cell names. others: it says that there are more, without their names."""

    slugs: tuple[str, ...]
    others: bool


@dataclass(frozen=True, slots=True)
class DepartmentText:
    """What a cell prints of departments. within: the department around them, if another cell names it."""

    text: str
    within: str = ""


def named_departments(
    printed: DepartmentText, words: DepartmentWords, register: DepartmentRegister, place: Place
) -> NamedDepartments:
    """Tell the departments in a cell, whose names blanks keep apart, or the separators of the configuration.

    Raises: UnknownDepartment: a name that the register does not hold.
    """
    found: dict[str, None] = {}
    others = False
    for name in _names(printed.text, words):
        if name in words.others:
            others = True
            continue
        slug = register.slug_within(name, printed.within)
        if slug is None and words.others_suffix and name.endswith(words.others_suffix):
            others = True
            slug = register.slug_within(name.removesuffix(words.others_suffix), printed.within)
        if slug is None:
            raise UnknownDepartment(place, f"{printed.within} {name}".strip())
        found[slug] = None
    return NamedDepartments(tuple(found), others)


def _names(text: str, words: DepartmentWords) -> list[str]:
    if not words.separators:
        return text.split()
    parts = re.split("|".join(map(re.escape, words.separators)), text)
    return [" ".join(part.split()) for part in parts if part.strip()]


def read_register(file: Path, iris: IriSpace) -> DepartmentRegister:
    """Read `departments.ttl`; its relative IRIs are resolved against `{base}id/`.

    Raises: InvalidConfiguration: no Turtle, a department without a Japanese label, or a spelling given twice.
    """
    return register_of(file, file.read_bytes(), iris)


def register_of(file: Path, content: bytes, iris: IriSpace) -> DepartmentRegister:
    """Read a register from the bytes of its file. Raises: InvalidConfiguration."""
    graph = new_graph()
    try:
        graph.parse(data=content, format="turtle", publicID=str(iris.thing("")))
    except Exception as error:  # rdflib's parser raises its own and Python's errors alike
        raise InvalidConfiguration(file, "Turtle", words_of(error)) from error
    slugs: dict[str, str] = {}
    for department in sorted(graph.subjects(RDF.type, ORG.OrganizationalUnit), key=str):
        slug = _slug(file, department, iris)
        spellings = _japanese(graph, department, SKOS.prefLabel) + _japanese(graph, department, SKOS.altLabel)
        if not spellings:
            problem = Words(
                "この課に @ja の skos:prefLabel がありません", "the department has no skos:prefLabel with @ja"
            )
            raise InvalidConfiguration(file, slug, problem)
        for spelling in spellings:
            if slugs.setdefault(spelling, slug) != slug:
                problem = Words(
                    f"「{spelling}」はすでに {slugs[spelling]} の表記です。1つの表記は1つの課だけを指します",
                    f"“{spelling}” already names {slugs[spelling]}; a spelling names one department",
                )
                raise InvalidConfiguration(file, slug, problem)
    _check_events(file, graph, {iris.department(slug) for slug in slugs.values()})
    prefix = iris.thing("department/")
    units = frozenset(
        (str(one).removeprefix(prefix), str(other).removeprefix(prefix))
        for one, other in graph.subject_objects(ORG.subOrganizationOf)
    )
    return DepartmentRegister(graph, hashlib.sha256(content).hexdigest(), slugs, units)


def _check_events(file: Path, graph: Graph, departments: set[URIRef]) -> None:
    """Hold each change of departments to the register: it names what was and what is, and both are in it."""
    for event in sorted(graph.subjects(RDF.type, ORG.ChangeEvent), key=str):
        for predicate in (ORG.originalOrganization, ORG.resultingOrganization):
            named = set(graph.objects(event, predicate))
            if not named or not named <= departments:
                problem = Words(
                    f"org:{predicate.fragment} には、この台帳にある課を書いてください",
                    f"org:{predicate.fragment} must name departments of this register",
                )
                raise InvalidConfiguration(file, str(event), problem)


def _slug(file: Path, department: object, iris: IriSpace) -> str:
    prefix = iris.thing("department/")
    slug = str(department).removeprefix(prefix)
    try:
        minted = iris.department(slug)
    except ValueError as error:
        raise InvalidConfiguration(file, str(department), words_of(error)) from error
    if str(department) != str(minted):
        problem = Words(
            "課のIRIは <department/課のslug> のように書いてください",
            "write a department's IRI as <department/its-slug>",
        )
        raise InvalidConfiguration(file, str(department), problem)
    return slug


def _japanese(graph: Graph, subject: object, predicate: URIRef) -> list[str]:
    return sorted(
        str(label)
        for label in graph.objects(URIRef(str(subject)), predicate)
        if getattr(label, "language", None) == "ja"
    )
