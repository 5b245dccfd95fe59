"""Under which conditions something was measured."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.servers import CONNECTIONS

_LIBRARIES = ("pyoxigraph", "oxigraph", "rdflib", "rdflib-endpoint", "granian", "flask", "pyshacl")


def conditions(rounds: int, seconds: int) -> dict[str, str]:
    """What a reader must know to judge the figures."""
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True, check=False).stdout.split("\n")[0]  # noqa: S607
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": _commit(),
        "machine": f"{_processor()}, {os.cpu_count()} cores, {_memory_gib():.0f} GiB, {platform.system()}",
        "load average": ", ".join(f"{each:.1f}" for each in os.getloadavg())
        + " (1, 5, 15 minutes, at the end)",
        "Python": platform.python_version(),
        "libraries": ", ".join(f"{each} {version(each)}" for each in _LIBRARIES),
        "client": f"{wrk.partition(' Copyright')[0].strip()}, {CONNECTIONS} connections, on the same machine",
        "rounds": f"{rounds}, interleaved, of {seconds} s each, after one to warm up",
    }


def _commit() -> str:
    def git(*arguments: str) -> str:
        command = ["git", "-C", str(Path(__file__).parent), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603

    changed = git("status", "--porcelain", "--", "sakata_lod", "benchmarks/*.py")
    return git("rev-parse", "--short=10", "HEAD") + (", with changes" if changed else "")


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine()
    )


def _memory_gib() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1024**3
