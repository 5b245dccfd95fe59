"""An environment with CKAN's harvester in it, beside our own: what they pin, we do not, and the other way round."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
CACHE = HERE.parents[2] / "build" / "test-environments"
"""Kept between runs, by the digest of the requirements."""


def ckan_python() -> Path:
    """The Python of the environment, which is made where it is not there yet.

    Skips the test where it cannot be made, for packages cannot be had; but never in CI.
    """
    key = hashlib.sha256(REQUIREMENTS.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = CACHE / f"ckan-{key}"
    CACHE.mkdir(parents=True, exist_ok=True)
    with (CACHE / f"ckan-{key}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may want it at once
        if not (folder / "whole").exists():
            _make(folder)
    return folder / "bin" / "python"


def _make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    command = [
        str(folder / "bin" / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--no-deps",
        "-r",
    ]
    installed = subprocess.run([*command, str(REQUIREMENTS)], capture_output=True, text=True, check=False)
    if installed.returncode:
        if os.environ.get("CI") == "true":
            pytest.fail(f"CKAN cannot be installed:\n{installed.stderr}")
        pytest.skip(f"CKAN cannot be installed, so it harvests nothing: {installed.stderr.strip()[-200:]}")
    (folder / "whole").touch()
