"""What a site's validation report depends on, in one digest: change any of it, and the key is another.

The graphs are made of what was read, by this package's code, and of nothing else. To tell them by that costs
a small part of what telling them by their triples does.
"""

import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import openpyxl
import pydantic
import pyoxigraph
import pyshacl
import rdflib

from sakata_lod.publish.departments import DepartmentRegister
from sakata_lod.publish.plan import Edition
from sakata_lod.site import Site
from sakata_lod.vocabulary import SHAPES, SHARED_GRAPHS, content

_LIBRARIES = (pyshacl, rdflib, pyoxigraph, openpyxl, pydantic)
_NO_PART = ("cli", "serve")
_PACKAGE = Path(__file__).parent.parent


def report_key(site: Site, register: DepartmentRegister, editions: Iterable[Edition]) -> str:
    """Tell what was read, the vocabulary, the shapes and the software from all others.

    What was read tells itself: a file that changes meanwhile is not mistaken for what was read of it.
    """
    read = (repr(site), register.sha256, *(each.source_sha256 for each in editions))
    shared = (hashlib.sha256(content(each)).hexdigest() for each in (*SHARED_GRAPHS, *SHAPES))
    return hashlib.sha256("\n".join((*read, *shared, software())).encode()).hexdigest()


@cache
def software() -> str:
    """The versions of Python and of the libraries that read and validate, and a digest of our own source."""
    versions = [f"{each.__name__} {each.__version__}" for each in _LIBRARIES]
    return f"{sys.version} {versions} {source_digest(_PACKAGE)}"


def source_digest(package: Path) -> str:
    """Tell the source of a package: the names of its files and what is in them.

    What makes no graph, since the import rules keep it from those that do, is left out.
    """
    parts = (each for each in package.iterdir() if each.name not in _NO_PART)
    files = (file for each in parts for file in (each.rglob("*") if each.is_dir() else [each]))
    digest = hashlib.sha256()
    for file in sorted(each for each in files if each.suffix != ".pyc" and each.is_file()):
        content_digest = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"{file.relative_to(package)}\n{content_digest}\n".encode())
    return digest.hexdigest()
