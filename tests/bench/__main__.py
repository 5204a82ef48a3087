"""`make bench`: one line from each measure of this folder."""

import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Each module beside this one has a `line()` that measures and answers one line for people."""
    for file in sorted(Path(__file__).parent.glob("[!_]*.py")):
        sys.stdout.write(import_module(f"tests.bench.{file.stem}").line() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
