"""What a server does while 50 clients ask hostile queries without end: `make bench-hostile`.

Serves the release that RELEASE names (build/sakata), on loopback, with its usual limits. The good client asks
`ASK {}`, whose answer is kept, and the same made anew each time, which needs a worker.
"""

import os
import sys

from benchmarks.serving import serving
from benchmarks.siege import BESIEGERS, Record, besiege, descendants, descendants_memory, median_ms
from sakata_lod.serve.settings import MEBIBYTE, Settings

SECONDS = 60


def main() -> None:
    """Besiege a server, and print what happened."""
    with serving(Settings.read(os.environ), LOG_REQUESTS="0") as (base, pid):
        before, processes = descendants_memory(pid), len(descendants(pid))
        record = besiege(base, SECONDS)
        _print(record)
        after = descendants_memory(pid)
        sys.stdout.write(
            f"\nmemory: {before / MEBIBYTE:,.0f} MiB before, {after / MEBIBYTE:,.0f} MiB after;"
            f" processes: {processes} before, {len(descendants(pid))} after\n"
        )


def _print(record: Record) -> None:
    sys.stdout.write(f"{BESIEGERS} clients, {SECONDS} s\n\n| query | answers by status |\n|---|---|\n")
    for name, statuses in record.statuses.items():
        said = ", ".join(f"{status or 'none'}: {count}" for status, count in sorted(statuses.items()))
        sys.stdout.write(f"| {name} | {said} |\n")
    for what, seconds in (("kept", record.kept), ("made anew", record.anew)):
        times = f"median {median_ms(seconds):.1f} ms, worst {max(seconds, default=0) * 1000:.0f} ms"
        sys.stdout.write(f"\n`ASK {{}}`, {what}: {len(seconds)} answers, {times}")
    refused = ", ".join(f"{status}: {count}" for status, count in record.refused.items()) or "none"
    sys.stdout.write(f"\nrefused to the good client: {refused}\ncalls at the listener: {record.calls}\n")


if __name__ == "__main__":
    main()
