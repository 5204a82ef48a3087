"""The line to Odoo, and an Odoo that fails by a fault of its own: what only those who run it can mend."""

import json

from sync.practice.faults import Reply
from tests.contract.conftest import Before

BUG = {"name": "builtins.TypeError", "message": "Not today.", "debug": "", "arguments": [], "context": {}}
"""As Odoo says that it has a fault: in the envelope of its web routes, or as the body itself (contract 1)."""


class Line(Before):
    """While `broken`, no document can be finished, and Odoo says so in its own words."""

    broken = False

    def work(self, verb: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """Odoo's answer, or its fault."""
        if not self.broken or b"button_validate" not in path.encode() + body:
            return super().work(verb, path, headers, body)
        if path != "/jsonrpc":
            return Reply(500, json.dumps(BUG).encode())
        error = {"code": 200, "message": "Odoo Server Error", "data": BUG}
        return Reply(200, json.dumps({"jsonrpc": "2.0", "id": 1, "error": error}).encode())
