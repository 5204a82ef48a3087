"""Each contract of import-linter breaks when its arrow is turned round: planted in a copy of the real tree."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
LINTER = Path(sys.executable).with_name("lint-imports")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The tree, free to be spoilt."""
    shutil.copy(TOP / "pyproject.toml", tmp_path)
    for package in ("client", "sync"):
        shutil.copytree(TOP / package, tmp_path / package, ignore=shutil.ignore_patterns("*.qml", "__pycache__"))
    return tmp_path


def broken(tree: Path, contract: str) -> bool:
    told = subprocess.run(
        [LINTER, "--no-cache", "--contract", contract], cwd=tree, capture_output=True, text=True, check=False
    )
    summary = re.search(r"(\d) kept, (\d) broken", told.stdout)
    assert summary, told.stdout + told.stderr
    return summary.groups() == ("0", "1")


@pytest.mark.parametrize(
    ("contract", "module", "planted"),
    [
        ("client-layers", "client/work/rules.py", "import client.pages.home"),
        ("client-layers", "client/barcode/gs1.py", "from client.work import rules"),
        ("client-layers", "client/newcomer.py", ""),
        ("sync-alone", "sync/push.py", "import client.messages"),
        ("sync-alone", "sync/store/outbox.py", "from PySide6.QtCore import QObject"),
        ("sync-layers", "sync/store/outbox.py", "import sync.odoo.wire.session"),
        ("sync-layers", "sync/odoo/wire/session.py", "import sync.store"),
        ("sync-layers", "sync/stock.py", "import sync.transaction"),
        ("sync-layers", "sync/push.py", "import sync.worker"),
        ("odoo-layers", "sync/odoo/reading/pulls.py", "import sync.odoo.posting.slip"),
        ("odoo-layers", "sync/odoo/free/posting.py", "import sync.odoo.planned.turn"),
        ("practice-apart", "sync/practice/server.py", "import sync.odoo.wire.json2"),
        ("qt-in-pages", "client/work/receiving/receipt.py", "from PySide6.QtCore import QTimer"),
        ("qt-in-pages", "client/cli.py", "def late():\n    import PySide6.QtQml"),
        ("http-in-odoo", "sync/push.py", "import httpx2"),
        ("sql-in-store", "client/pages/home.py", "import sqlite3"),
        ("sql-in-store", "sync/pull.py", "from sqlcipher3 import dbapi2"),
        ("pictures-of-codes", "client/pages/home.py", "import zxingcpp"),
    ],
)
def test_an_arrow_turned_round_is_seen(copy: Path, contract: str, module: str, planted: str) -> None:
    assert not broken(copy, contract)

    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")

    assert broken(copy, contract)
