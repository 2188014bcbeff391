# Two commands do all the set-up: `make demo` and `make test`.
# What must be there first: make, and Python 3.11 or newer with its venv module.

PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: demo test reliability tryton lint types docs build mutations bench clean

demo: $(VENV)/.demo
	@$(BIN)/clm-bridge demo

test: $(VENV)/.dev
	$(BIN)/pytest -n auto -q

# The reliability programme in full size, then RELIABILITY.md; about ten minutes.
reliability: $(VENV)/.dev
	rm -rf .reliability && mkdir .reliability
	@status=0; CLM_BRIDGE_RELIABILITY=full CLM_BRIDGE_RELIABILITY_REPORT=.reliability \
	  $(BIN)/pytest -n auto -q tests/reliability || status=$$?; \
	  $(BIN)/python -m tests.reliability.report .reliability && exit $$status

# The reference adapter against a real Tryton server, which lives in .venv-tryton.
tryton: $(VENV)/.dev
	CLM_BRIDGE_TRYTON=1 $(BIN)/pytest -q tests/tryton

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy
	$(BIN)/mypy tests/typing/api.py

docs: $(VENV)/.dev
	$(BIN)/sphinx-build -q -W --keep-going -b html docs docs/_build

build: $(VENV)/.dev
	rm -rf dist
	$(BIN)/python -m build --quiet --no-isolation

# Every mutation of every adapter's mapping; an hour.
mutations: $(VENV)/.dev
	$(BIN)/python -m tests.suite.mutations

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf $(VENV) .venv-tryton build dist docs/_build .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.demo: pyproject.toml | $(BIN)/python
	@echo "Installing clm-bridge with its command line and sandboxes into $(VENV) …" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[cli,sandbox]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	@echo "Installing clm-bridge with everything for its tests into $(VENV) …" >&2
	@$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@ $(VENV)/.demo

$(BIN)/python:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "clm-bridge needs Python 3.11 or newer, and there is no $(PYTHON)." >&2; \
	  echo "On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "clm-bridge needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) --version)." >&2; \
	  echo "Name a newer one: make demo PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make virtual environments." >&2; \
	  echo "On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
