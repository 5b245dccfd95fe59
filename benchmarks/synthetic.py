"""Releases of so many synthetic cities, built once and kept, with what building them took.

They stand in build/benchmarks/{count}, and are built anew when the software that builds them has changed.
"""

import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.cities import write_federation
from benchmarks.servers import BIN, family
from sakata_lod.publish.report_key import software
from sakata_lod.release import Release, open_release

FOLDER = Path("build") / "benchmarks"
SEED = 1
WITHIN_S = 900
_LOOK_EVERY_S = 0.5


@dataclass(frozen=True, slots=True)
class Took:
    """What a command took. cpu_s: of all its processes. memory_mib: the most that they held together."""

    wall_s: float
    cpu_s: float
    memory_mib: float
    load_before: float


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A release of so many cities, and what building it took."""

    count: int
    release: Release
    took: Took


def synthetic(count: int) -> Synthetic:
    """Build the release of so many cities, unless it is at hand."""
    folder = FOLDER / str(count)
    record = folder / "built.json"
    key = f"{SEED} {software()}"
    if record.exists():
        kept = json.loads(record.read_text("utf-8"))
        if kept["key"] == key:
            return Synthetic(count, open_release(folder / "releases" / "cities"), Took(**kept["took"]))
    if not (folder / "cities").exists():
        write_federation(folder / "cities", count, SEED)
    return Synthetic(count, *_build(folder, key, record))


def kept(name: str, key: str, command: list[str]) -> dict[str, float] | None:
    """What a command prints as JSON, in this run or one for the same key; None if it takes too long."""
    record = FOLDER / f"{name}.json"
    if record.exists():
        found: dict[str, dict[str, float]] = json.loads(record.read_text("utf-8"))
        if key in found:
            return found[key]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=WITHIN_S)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
    said: dict[str, float] = json.loads(done.stdout)
    record.parent.mkdir(parents=True, exist_ok=True)
    record.write_text(json.dumps({key: said}), "utf-8")
    return said


def _build(folder: Path, key: str, record: Path) -> tuple[Release, Took]:
    releases = folder / "releases"
    subprocess.run(["rm", "-rf", str(releases)], check=True)  # noqa: S603, S607 - reports of earlier runs, too
    command = [str(BIN / "sakata-lod"), "build", str(folder / "cities"), "--releases", str(releases)]
    took = timed(command)
    release = open_release(releases / "cities")
    if release.manifest.counts["cities"] != int(folder.name):
        raise RuntimeError(f"{folder}: cities are missing")
    record.write_text(json.dumps({"key": key, "took": asdict(took)}), "utf-8")
    return release, took


def timed(command: list[str]) -> Took:
    """Run a command to its end, and tell what it took."""
    load, began = os.getloadavg()[0], time.monotonic()
    process = subprocess.Popen(command, stdout=sys.stderr)  # noqa: S603 - our own commands
    watch = _Watch(process.pid)
    watch.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.ended.set()
    if process.returncode:
        raise RuntimeError(f"{command}: {process.returncode}")
    return Took(time.monotonic() - began, usage.ru_utime + usage.ru_stime, watch.most_mib, load)


class _Watch(threading.Thread):
    """Looks again and again how much memory a process and those below it hold."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self.ended = threading.Event()
        self.most_mib = 0.0

    def run(self) -> None:
        while not self.ended.wait(_LOOK_EVERY_S):
            self.most_mib = max(self.most_mib, sum(map(_resident_mib, family(self._pid))))


def _resident_mib(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1])
    except (OSError, IndexError):  # it has ended meanwhile
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2
