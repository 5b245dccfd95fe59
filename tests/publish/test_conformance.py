"""The W3C's test suite for SHACL, run through our own shapes and validation.

The suite is in pyshacl's source distribution, not here: it is fetched once, into build/.
"""

import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyshacl.errors import ValidationFailure
from rdflib import BNode, Graph, Namespace
from rdflib.term import Node

from sakata_lod.formats import TURTLE
from sakata_lod.namespaces import RDF, SH
from sakata_lod.publish.shape_paths import path_text
from sakata_lod.publish.shapes import make_shapes
from sakata_lod.publish.validation import validate
from sakata_lod.publish.validation_report import ValidationReport
from sakata_lod.serialization import read_graph
from tests.conftest import ROOT

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")

SOURCE = f"pyshacl-{version('pyshacl')}"
CACHE = ROOT / "build" / "w3c-shacl-tests"

NOT_SUPPORTED = {
    "sparql/node/prefixes-001": "pyshacl does not follow owl:imports from a sh:prefixes",
    "sparql/pre-binding/shapesGraph-001": "pyshacl does not let queries look into the shapes, which SHACL leaves open",
}

Said = tuple[str | None, ...]


@pytest.fixture(scope="module")
def suite() -> Path:
    """The folder of the suite, fetched if it is not there. Without it, CI fails and others are told."""
    folder = CACHE / SOURCE
    if not folder.exists():
        try:
            fetch(folder)
        except subprocess.CalledProcessError as error:
            told = f"the W3C's SHACL tests could not be fetched: {error.stderr.strip()[-400:]}"
            pytest.fail(told) if os.environ.get("CI") == "true" else pytest.skip(told)
    return folder / SOURCE / "test" / "resources" / "sht_tests"


def fetch(folder: Path) -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        wanted = ("--no-deps", "--no-binary", "pyshacl", SOURCE.replace("-", "=="), "--dest", scratch)
        command = (sys.executable, "-m", "pip", "download", "--quiet", *wanted)
        subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        unpacked = Path(scratch) / "unpacked"
        with tarfile.open(Path(scratch) / f"{SOURCE}.tar.gz") as archive:
            members = [each for each in archive if f"{SOURCE}/test/resources/sht_tests/" in each.name]
            archive.extractall(unpacked, members, filter="data")
        unpacked.rename(folder)


def read(iri: str) -> Graph:
    return read_graph(Path(urlsplit(iri).path).read_bytes(), TURTLE, base=iri)


def entries(folder: Path) -> Iterator[tuple[Graph, Node]]:
    for file in sorted(folder.rglob("*.ttl")):
        manifest = read(file.as_uri())
        yield from ((manifest, each) for each in manifest.subjects(RDF.type, SHT.Validate))


def run(manifest: Graph, action: Node | None) -> ValidationReport:
    data, shapes = (read(str(manifest.value(action, each))) for each in (SHT.dataGraph, SHT.shapesGraph))
    return validate([data], make_shapes(shapes))


def label(term: Node | None) -> str | None:
    """A term as it can be compared: the labels of blank nodes differ from run to run."""
    return None if term is None else "_" if isinstance(term, BNode) else term.n3()


def expected(manifest: Graph, report: Node) -> Counter[Said]:
    parts = (SH.focusNode, SH.value, SH.sourceConstraintComponent, SH.resultSeverity)
    return Counter(
        (
            *(label(manifest.value(each, part)) for part in parts),
            None if (path := manifest.value(each, SH.resultPath)) is None else path_text(manifest, path),
        )
        for each in manifest.objects(report, SH.result)
    )


def found(report: ValidationReport) -> Counter[Said]:
    return Counter(
        (
            *(label(term) for term in (each.focus_node, each.value, each.component, each.severity_iri)),
            each.path,
        )
        for each in report.results
    )


def difference(manifest: Graph, entry: Node) -> str:
    """What our validation finds otherwise than the suite expects."""
    result = manifest.value(entry, MF.result)
    assert result is not None
    if result == SHT.Failure:
        with pytest.raises(ValidationFailure):
            run(manifest, manifest.value(entry, MF.action))
        return ""
    report = run(manifest, manifest.value(entry, MF.action))
    missing = expected(manifest, result) - found(report)
    surplus = found(report) - expected(manifest, result)
    conforms = str(manifest.value(result, SH.conforms)) == str(not report.results).lower()
    return "" if conforms and not missing and not surplus else f"missing {missing}, surplus {surplus}"


def test_every_core_test_of_the_w3c_passes(suite: Path) -> None:
    outcomes = {str(entry): difference(manifest, entry) for manifest, entry in entries(suite / "core")}
    assert len(outcomes) == 98
    assert {name: outcome for name, outcome in outcomes.items() if outcome} == {}


def test_every_sparql_test_of_the_w3c_passes_but_those_that_pyshacl_does_not_know(suite: Path) -> None:
    every = {
        str(entry).partition("/sht_tests/")[2]: (manifest, entry)
        for manifest, entry in entries(suite / "sparql")
    }
    assert len(every) == 23
    outcomes = {name: difference(*each) for name, each in every.items() if name not in NOT_SUPPORTED}
    assert len(outcomes) == 21
    assert {name: outcome for name, outcome in outcomes.items() if outcome} == {}
