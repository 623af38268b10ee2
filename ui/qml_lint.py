"""Checks the QML against the Python classes it uses: `python -m ui.qml_lint`, exit code 0 when clean.

It describes the view models to the QML linter in a temporary folder and stops at the first warning.
It must never be imported by the running terminal.
"""

import json
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

UI_FOLDER = Path(__file__).parent
MODULES = {"ui.viewmodels": UI_FOLDER / "viewmodels", "ui.panel": UI_FOLDER / "panel"}
"""QML modules made of Python classes, and the folders of those classes."""

OBJECT_CLASSES = "Section", "ViewModel"
VALUE_TYPES = {"list": "QVariantList", "dict": "QVariantMap"}


def tool(name: str) -> str:
    """Return the path of one of Qt's tools in this environment."""
    return str(Path(sysconfig.get_path("scripts")) / name)


def run(*command: str, quiet: bool = False) -> int:
    """Run a tool and return its exit code; `quiet` drops what it prints."""
    return subprocess.run(command, check=False, capture_output=quiet).returncode  # noqa: S603


def describe(uri: str, classes: Path, folder: Path) -> None:
    """Write a description of a module's Python classes for the linter into `folder`."""
    sources = sorted(str(path) for path in classes.glob("*.py"))
    types = folder / f"{uri}.json"
    run(tool("pyside6-metaobjectdump"), "--quiet", "--out-file", str(types), *sources)
    units = json.loads(types.read_text(encoding="utf-8"))
    for unit in units:
        for described in unit["classes"]:
            for entry in described.get("properties", ()):
                _refine(entry)
    types.write_text(json.dumps(units), encoding="utf-8")
    module = folder.joinpath(*uri.split("."))
    module.mkdir(parents=True)
    (module / "qmldir").write_text(f"module {uri}\ntypeinfo types.qmltypes\n", encoding="utf-8")
    _register(uri, types, module)


def _register(uri: str, types: Path, module: Path) -> None:
    run(
        tool("pyside6-qmltyperegistrar"),
        "--generate-qmltypes",
        str(module / "types.qmltypes"),
        "--import-name",
        uri,
        "--major-version",
        "1",
        "-o",
        str(types.with_suffix(".cpp")),
        str(types),
        quiet=True,
    )


def _refine(entry: dict[str, Any]) -> None:
    kind = entry["type"]
    entry.setdefault("constant", "notify" not in entry)
    entry["type"] = VALUE_TYPES.get(kind, f"{kind}*" if kind.endswith(OBJECT_CLASSES) else kind)


def main() -> int:
    """Lint every QML file; return the linter's exit code."""
    files = sorted(str(path) for path in UI_FOLDER.rglob("*.qml"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for uri, classes in MODULES.items():
            describe(uri, classes, folder)
        root = str(UI_FOLDER.parent)
        return run(tool("pyside6-qmllint"), "-W", "0", "-I", name, "-I", root, *files)


if __name__ == "__main__":
    sys.exit(main())
