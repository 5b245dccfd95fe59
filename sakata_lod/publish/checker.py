"""A process that checks one stranger's file, and can do nothing else.

Run as `python -m sakata_lod.publish.checker`. On standard input: a line of JSON (name, language, years,
limits, and the sizes in bytes of what follows), then the file, its plan.toml and its departments.ttl
after it. On standard output: JSON, with the report in all forms, or a sentence that says why there is none.
All is in memory: nothing is ever written to a disk.
"""

import csv
import io
import json
import os
import resource
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sakata_lod.conversion import ox_triples
from sakata_lod.errors import SakataLodError
from sakata_lod.formats import TURTLE, XLSX, format_of_suffix
from sakata_lod.publish.check import TABLE_FORMATS, FileToCheck, check_file
from sakata_lod.publish.template import make_template, template_workbook
from sakata_lod.serialization import serialize
from sakata_lod.system_calls import library, refuse_calls

MEBIBYTE = 1024 * 1024
_PRIORITY = 10
_SMALL_TABLE: Sequence[Sequence[str]] = (
    ("番号", "名称", "所管課", "令和6年度", "目標達成", "今後の対応", "達成できなかった理由"),
    ("第1章", "章", "", "", "", "", ""),
    ("第1節", " 節", "", "", "", "", ""),
    ("施策1", "施策", "課", "実施", "達成", "継続", "なし"),
    ("施策2", "施策", "", "", "☆", "", ""),
)


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: a file, the language of its CSV report, and the limits."""

    file: FileToCheck
    language: str


def main() -> None:
    """Read the order, give up all that is not needed for it, and carry it out."""
    os.nice(_PRIORITY)
    asked = json.loads(sys.stdin.buffer.readline())
    _do_all_once(Path(asked["name"]).suffix.removeprefix("."))
    _confine(asked["memory_mib"], asked["cpu_s"])
    try:
        answer = _answer(_order(asked, sys.stdin.buffer))
    except (MemoryError, RecursionError) as error:
        answer = {"exhausted": type(error).__name__}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    sys.stdout.buffer.flush()


def _order(asked: dict[str, Any], content: BinaryIO) -> Order:
    file = content.read(asked["size"])
    plan, departments = (
        None if asked[name] is None else content.read(asked[name])
        for name in ("plan_size", "departments_size")
    )
    years = asked["years"]
    told = FileToCheck(
        asked["name"], file, plan, departments, None if years is None else (years[0], years[1])
    )
    return Order(told, asked["language"])


def _answer(order: Order) -> dict[str, Any]:
    try:
        report = check_file(order.file)
    except SakataLodError as error:
        return {"refused": {language: error.sentence(language) for language in ("ja", "en")}}
    return {
        "report": report.record,
        "csv": report.csv(order.language).decode(),
        "turtle": serialize(ox_triples(report.graph()), TURTLE).decode(),
    }


def _do_all_once(suffix: str) -> None:
    """Check something harmless of that kind: whatever is read only when it is needed, is read by now."""
    "表".encode("cp932")
    library()
    for rows, register in ((_SMALL_TABLE, b""), (_SMALL_TABLE[:-1], None)):
        _answer(Order(FileToCheck("warm.csv", _csv(rows), departments=register), "ja"))
    if suffix.lower() == XLSX.suffix:
        workbook = template_workbook(make_template(2024, 2024))
        _answer(Order(FileToCheck("warm.xlsx", workbook), "ja"))
    elif format_of_suffix(suffix, TABLE_FORMATS) is None:
        _answer(Order(FileToCheck("warm.ttl", b"<a:a> a <https://w3id.org/municipal-plan#Measure> ."), "ja"))


def _csv(rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def _confine(memory_mib: int, cpu_s: int) -> None:
    """Leave this process its memory, its time, and its three standard streams."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + memory_mib * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    used = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (used + cpu_s, used + cpu_s))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.closerange(3, resource.getrlimit(resource.RLIMIT_NOFILE)[0])
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))
    refuse_calls()


if __name__ == "__main__":
    main()
