"""Loading an N-Quads file: CPU time and memory, of one library in a process of its own.

python -m benchmarks.loading pyoxigraph|database|rdflib FILE
"""

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset

from sakata_lod.serve.quads import load_quads


def main(library: str, file: Path) -> None:
    """Load, and print what it took, as JSON."""
    began = time.monotonic()
    quads = {"pyoxigraph": _pyoxigraph, "database": _database, "rdflib": _rdflib}[library](file)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    took = {
        "quads": quads,
        "cpu_s": usage.ru_utime + usage.ru_stime,
        "wall_s": time.monotonic() - began,
        "memory_mib": usage.ru_maxrss / 1024,
    }
    sys.stdout.write(json.dumps(took) + "\n")


def _pyoxigraph(file: Path) -> int:
    return len(load_quads(file))


def _database(file: Path) -> int:
    with tempfile.TemporaryDirectory(dir=file.parent) as folder:
        store = ox.Store(folder)
        store.bulk_load(path=file, format=ox.RdfFormat.N_QUADS)
        return len(store)


def _rdflib(file: Path) -> int:
    dataset = Dataset()
    dataset.parse(file, format="nquads")
    return sum(1 for _ in dataset.quads((None, None, None, None)))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
