# Simpul: `make run` uses it, `make test` checks it, `make help` lists the rest.
#
# One virtual environment, .venv. A stamp in it says which lock it was made from, so that a
# second `make run` calls no installer at all.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet
RUN_STAMP := $(VENV)/.installed-run
DEV_STAMP := $(VENV)/.installed-dev
UPGRADE ?=
PYTEST_ARGS ?=
TESTS = $(PY) -m pytest -n auto --dist loadfile --no-loadscope-reorder

export PYTHONUTF8 := 1
# because tests start hundreds of processes, and each would compile Simpul anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help
help: ## this list
	@grep -hE '^[a-z0-9]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9]+):.*## /\1\t/' \
		| while IFS=$$'\t' read -r name what; do printf '  make %-12s %s\n' "$$name" "$$what"; done

.PHONY: run
run: $(RUN_STAMP) ## load the shipped agreements if the store is empty, then serve
	@exec $(VENV)/bin/simpul serve --load-if-empty

.PHONY: test
test: ## lint, types and every test (what continuous integration runs)
	@$(MAKE) --no-print-directory -j2 $(DEV_STAMP) java
	@$(MAKE) --no-print-directory -j2 -O style warm
	@$(MAKE) --no-print-directory -j2 types tests

.PHONY: tests
tests: $(DEV_STAMP)
	$(TESTS) $(PYTEST_ARGS)

.PHONY: lint
lint: style types ## style, formatting and types

.PHONY: style
style: $(DEV_STAMP)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .

.PHONY: types
types: $(DEV_STAMP)
	$(PY) -m mypy

.PHONY: format
format: $(DEV_STAMP) ## put every file into the one format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: bench
bench: $(DEV_STAMP) ## measure, and print the figures as a table
	$(PY) -m tests.bench

# Apart, because tracing makes the tests of pages and of loads take twice as long.
.PHONY: coverage
coverage: $(DEV_STAMP) java ## every test, and which lines they run
	$(TESTS) --cov --cov-report=term $(PYTEST_ARGS)

.PHONY: soak
soak: coverage ## what takes long: which lines are tested, all kill points, every page in every way
	$(PY) -m pytest -m soak $(PYTEST_ARGS)

.PHONY: screenshots
screenshots: $(DEV_STAMP) chromium ## take the pictures that README and docs show
	$(PY) -m tests.browser.screenshots

.PHONY: vendor
vendor: $(DEV_STAMP) ## remake the front-end files that are shipped with their licences
	$(PY) explorer/static/vendor/rebuild.py
	$(PY) -m explorer.documents.fonts.rebuild
	$(PY) -m tests.browser.vendor.rebuild

.PHONY: chromium
chromium:
	@tests/tooling/install_chromium.sh

# Without it the tests of the Neo4j store are skipped, which continuous integration does not allow.
# After Chromium, because a system installs one package at a time.
.PHONY: java
java: chromium
	@tests/tooling/install_java.sh || [[ "$${CI:-}" != true ]]

# What the first server of a checkout waits for, so that no test does: jars, and classes parsed once.
.PHONY: classes
classes: $(DEV_STAMP)
	@$(PY) -m tests.neo4j.archive || [[ "$${CI:-}" != true ]]

# What each worker would do first for itself: compile what it imports. What is wrong is told there.
.PHONY: warm
warm: classes
	@$(PY) -m pytest --collect-only -qq >/dev/null || true

.PHONY: neo4j
neo4j: $(DEV_STAMP) ## a Neo4j server on this machine, without Docker (PORT=7688 for another port)
	@tests/tooling/install_java.sh
	@exec $(PY) -m tests.neo4j $(if $(PORT),--port $(PORT))

# Universal (any platform, Python 3.11 and up), with hashes, and without the address of any index.
COMPILE = $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-strip-extras \
	--custom-compile-command "make lock" $(UPGRADE)

.PHONY: lock
lock: $(DEV_STAMP) ## remake both locks (UPGRADE=--upgrade takes newer versions)
	$(COMPILE) --extra dev pyproject.toml -o requirements-dev.lock
	printf 'hatchling\neditables\n' \
		| $(COMPILE) --constraint requirements-dev.lock pyproject.toml - -o requirements.lock

.PHONY: clean
clean: ## remove everything that is made (the stores in var/ stay)
	rm -rf $(VENV) .neo4j build dist htmlcov .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Simpul needs Python 3.11 or newer; say which one: make PYTHON=python3.11 ..." >&2; exit 1; }
	@echo "Making a virtual environment in $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUN_STAMP): requirements.lock pyproject.toml | $(PY)
	@echo "Installing what Simpul runs on (once; a minute or two) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

# By uv, in a quarter of pip's time. It reads no pip.conf; where that is needed, pip does it.
$(DEV_STAMP): requirements-dev.lock pyproject.toml | $(PY)
	@echo "Installing what Simpul and its tests need (once; a minute or two) ..."
	@$(PIP) install --require-hashes -r <(awk '/^[a-z]/ { uv = /^uv==/ } uv' requirements-dev.lock)
	@$(VENV)/bin/uv pip install --quiet --python $(PY) --require-hashes -r requirements-dev.lock \
		2>/dev/null || $(PIP) install --no-compile --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $(RUN_STAMP) $@
