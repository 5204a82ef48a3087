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
    return copied(tmp_path)


@pytest.fixture(scope="module")
def unspoilt(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing is broken before something is planted: asked once, of all contracts."""
    assert told(copied(tmp_path_factory.mktemp("unspoilt")))[1] == 0


def copied(folder: Path) -> Path:
    shutil.copy(TOP / "pyproject.toml", folder)
    for package in ("client", "sync"):
        shutil.copytree(TOP / package, folder / package, ignore=shutil.ignore_patterns("*.qml", "__pycache__"))
    return folder


def told(tree: Path, *words: str) -> tuple[int, int]:
    """How many contracts are kept, and how many broken."""
    done = subprocess.run([LINTER, "--no-cache", *words], cwd=tree, capture_output=True, text=True, check=False)
    summary = re.search(r"(\d+) kept, (\d+) broken", done.stdout)
    assert summary, done.stdout + done.stderr
    return int(summary[1]), int(summary[2])


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
def test_an_arrow_turned_round_is_seen(unspoilt: None, copy: Path, contract: str, module: str, planted: str) -> None:
    with (copy / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{planted}\n")

    assert told(copy, "--contract", contract) == (0, 1)
