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
URI = "ui.viewmodels"
OBJECT_CLASSES = "Section", "ViewModel"
VALUE_TYPES = {"list": "QVariantList", "dict": "QVariantMap"}
QMLDIR = f"module {URI}\ntypeinfo viewmodels.qmltypes\n"


def tool(name: str) -> str:
    """Return the path of one of Qt's tools in this environment."""
    return str(Path(sysconfig.get_path("scripts")) / name)


def run(*command: str, quiet: bool = False) -> int:
    """Run a tool and return its exit code; `quiet` drops what it prints."""
    return subprocess.run(command, check=False, capture_output=quiet).returncode  # noqa: S603


def describe(folder: Path) -> None:
    """Write a description of the view models for the linter into `folder`."""
    sources = sorted(str(path) for path in (UI_FOLDER / "viewmodels").glob("*.py"))
    types = folder / "types.json"
    run(tool("pyside6-metaobjectdump"), "--quiet", "--out-file", str(types), *sources)
    units = json.loads(types.read_text(encoding="utf-8"))
    for unit in units:
        for described in unit["classes"]:
            for entry in described.get("properties", ()):
                _refine(entry)
    types.write_text(json.dumps(units), encoding="utf-8")
    module = folder / "ui" / "viewmodels"
    module.mkdir(parents=True)
    (module / "qmldir").write_text(QMLDIR, encoding="utf-8")
    run(
        tool("pyside6-qmltyperegistrar"),
        "--generate-qmltypes",
        str(module / "viewmodels.qmltypes"),
        "--import-name",
        URI,
        "--major-version",
        "1",
        "-o",
        str(folder / "unused.cpp"),
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
        describe(folder)
        root = str(UI_FOLDER.parent)
        return run(tool("pyside6-qmllint"), "-W", "0", "-I", name, "-I", root, *files)


if __name__ == "__main__":
    sys.exit(main())
