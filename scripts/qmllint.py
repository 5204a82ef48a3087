"""Lints client/qml against the view-models of client/pages: a name misspelt in QML fails here, not on the ward."""

import os
import subprocess
import sys
from pathlib import Path

import PySide6

TOP = Path(__file__).parents[1]
QT = Path(PySide6.__file__).parent
MODULE = "Wardstock"  # QML_IMPORT_NAME of the view-models
TYPES = TOP / "build" / "qmllint" / MODULE
SCRIPTS = Path(sys.executable).parent


def main() -> int:
    describe_view_models()
    pages = sorted(str(path) for path in (TOP / "client" / "qml").rglob("*.qml"))
    lint = [str(QT / "qmllint"), "--max-warnings", "0", "-I", str(TYPES.parent), *pages]
    code = subprocess.run(lint, cwd=TOP, check=False).returncode
    print(f"qmllint: {len(pages)} files, " + ("clean" if code == 0 else "see above"))
    return min(code, 1)


def describe_view_models() -> None:
    """Write what Python offers to QML as a module that qmllint understands."""
    sources = sorted(path for path in (TOP / "client" / "pages").glob("*.py") if "@QmlElement" in path.read_text())
    TYPES.mkdir(parents=True, exist_ok=True)
    (TYPES / "qmldir").write_text(f"module {MODULE}\ntypeinfo types.qmltypes\n")
    facts = TYPES / "metatypes.json"
    run(SCRIPTS / "pyside6-metaobjectdump", "--quiet", "--out-file", facts, *sources)
    module = ["--import-name", MODULE, "--major-version", "1"]
    bases: list[str | Path] = ["--foreign-types", QT / "Qt" / "metatypes" / "qt6core_metatypes.json"]
    registrar = QT / "Qt" / "libexec" / "qmltyperegistrar"
    run(registrar, *module, *bases, "--generate-qmltypes", TYPES / "types.qmltypes", "-o", os.devnull, facts)


def run(*words: str | Path) -> None:
    subprocess.run([str(word) for word in words], cwd=TOP, check=True)


if __name__ == "__main__":
    sys.exit(main())
