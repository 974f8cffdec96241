# Two commands: `make demo` shows the main job, `make test` runs every check.
# On a fresh Debian or Ubuntu machine: apt-get install make python3 python3-venv

PYTHON ?= $(firstword $(shell for p in python3.13 python3.12 python3.11 python3; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p; done))
BIN := .venv/bin

.PHONY: help demo test check lint types contracts limits tests templates examples dist clean

help:
	@echo "make demo       install into .venv, run the main job on the made-up country, say where the report lies"
	@echo "make test       install what the tests need and run every check"
	@echo "make check      every check, once installed: lint, types, contracts, limits, doctests and tests"
	@echo "make templates  write the blank workbooks in templates/ again"
	@echo "make examples   write the made-up country's workbooks again"
	@echo "make dist       build the wheel and the source archive"

demo: .venv/installed
	$(BIN)/fatf-kit demo -o demo

test: .venv/dev check

check: lint types contracts limits tests

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

limits:
	$(BIN)/python tests/architecture/limits.py

tests:
	$(BIN)/pytest -n auto --dist loadfile

templates: .venv/installed
	$(BIN)/python -m fatf_kit.cli.blanks templates

examples: .venv/installed
	$(BIN)/python examples/ruritania/build.py

dist: .venv/dev
	$(BIN)/python -m build

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install python3 and python3-venv."; exit 1; }
	$(PYTHON) -m venv .venv || { echo "Creating .venv failed; install python3-venv."; exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/dev: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	@touch $@

clean:
	rm -rf .venv demo dist build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
