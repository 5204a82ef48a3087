"""qmllint knows the view-models: a member misspelt in QML fails the gate."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "qmllint.py"
HOME = """
from PySide6.QtCore import QObject, Slot
from PySide6.QtQml import QmlElement

QML_IMPORT_NAME = "Wardstock"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class HomePage(QObject):
    @Slot(str)
    def scan(self, text: str) -> None: ...
"""


@pytest.mark.parametrize(("word", "code"), [("scan", 0), ("scam", 1)])
def test_a_member_that_the_view_model_lacks_is_found(tmp_path: Path, word: str, code: int) -> None:
    for folder in ("scripts", "client/pages", "client/qml"):
        (tmp_path / folder).mkdir(parents=True)
    shutil.copy(SCRIPT, tmp_path / "scripts")
    (tmp_path / "client/pages/home.py").write_text(HOME)
    (tmp_path / "client/qml/Home.qml").write_text(
        "import QtQuick\nimport Wardstock\nItem {\n    required property HomePage page\n"
        f'    Component.onCompleted: page.{word}("A1")\n}}\n'
    )

    told = subprocess.run(
        [sys.executable, tmp_path / "scripts/qmllint.py"], capture_output=True, text=True, check=False
    )

    assert told.returncode == code, told.stderr
    assert ("Did you mean" in told.stderr) == bool(code)
