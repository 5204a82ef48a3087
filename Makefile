# Everything starts with `make setup`; it is quick when nothing changed.
BIN := .venv/bin
# Hundreds of processes are started by the tests: each would compile all it imports anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo pictures words test lint bench bundle bundle-check lock clean

setup:  ## .venv in the checkout, with the locked packages and what the system lacks
	@bash scripts/setup.sh

demo: setup  ## a whole shift on the practice ward: in a window, or without a screen into build/demo
	$(BIN)/wardstock demo --shots build/demo

pictures: setup  ## every page, light and dark, handheld and desktop, into build/pictures: to look at
	$(BIN)/python -m tests.pages.gallery build/pictures

words: setup  ## the catalogues of translations as the sources are now; says what is not translated
	$(BIN)/python -m scripts.words

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/qmllint.py

# One process more than there are cores: a hand at a window mostly waits.
PYTEST = $(BIN)/pytest -n $$(($$(nproc) + 1)) --dist worksteal

test: lint
	$(PYTEST) -m whole
	$(PYTEST) -m "not whole" --cov --cov-report=term

bench: setup  ## one line a measure
	$(BIN)/python -m tests.bench

bundle:  ## dist/wardstock, from an environment with nothing but what it needs
	@bash scripts/bundle.sh

bundle-check: bundle
	QT_QPA_PLATFORM=offscreen QT_QUICK_BACKEND=software dist/wardstock/wardstock selftest

lock:  ## after a change of the dependencies in pyproject.toml; needs uv
	@bash scripts/lock.sh

clean:
	rm -rf .venv build dist .coverage .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
