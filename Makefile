# Two commands: `make demo` shows the main job, `make test` runs every check.
# On a fresh Debian or Ubuntu machine: apt-get install make python3 python3-venv

PYTHON ?= $(firstword $(shell for p in python3 python3.11 python3.12 python3.13 python3.14 python3.15; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p; done))
BIN := .venv/bin

# A number alone was once meant for the Python of another machine, and no program has such a name.
ifneq ($(filter 3 3.%,$(PYTHON)),)
$(error PYTHON names the program that makes .venv, such as python3.12. For an offline archive write TARGET_PYTHON=$(PYTHON))
endif

.PHONY: help demo quick test check check-full lint types contracts limits tests content reviewed catalogues confirmed golden docs \
  docs-update docs-gallery lock platforms dist version release bench fuzz mutants mutant-sample lowest offline clean

help:
	@echo "make demo       install into .venv, write the gap report of a fictional country, print where it is"
	@echo "make quick      lint, types, contracts, the tests of pure rules and of what changed, in two minutes on two processors"
	@echo "make test       install what the tests need and run every check, but for tests that are left for check-full"
	@echo "make check      the same, once installed: lint, types, contracts, limits, doctests and tests"
	@echo "make check-full every check, and those too slow for each change: registers of millions of rows, thousands of damaged"
	@echo "                workbooks, 200 random assessments rated by a second program, fuzzing, a sample of mutants; all of the"
	@echo "                demonstration judged by openxml-audit and the Nu Html Checker; LibreOffice, Chromium, poppler, Java and"
	@echo "                npm must be installed"
	@echo "make content    after a change of texts: record it, write templates/ and examples/ again"
	@echo "make reviewed   PAGES=\"fatf-2022/R.10\": its translations match the English again; without PAGES, list those that do not"
	@echo "make catalogues brings the message catalogues up to date with the code and lists translations older than their English"
	@echo "make confirmed  these translations match the English again; LANGUAGES=\"ar\" for one language"
	@echo "make golden     accept changed words and figures: write tests/golden/ again; read the diff before the commit"
	@echo "make docs       build the docs site into site/"
	@echo "make docs-update  run the blocks of docs/ again and write what no longer holds; PAGES=docs/start.md for one"
	@echo "make docs-gallery draw the pictures of docs/ again"
	@echo "make lock       resolve the dependencies for all systems, write requirements.lock and the bill of materials; UPGRADE=1"
	@echo "                takes the newest versions"
	@echo "make platforms  resolve the installation for every system and version of Python, measure sizes, write docs/platforms.md"
	@echo "make dist       build the wheel and the source archive, and write their hashes into dist/SHA256SUMS"
	@echo "make version    VERSION=1.0.0: write the version into every file that repeats it"
	@echo "make release    VERSION=1.0.0: the same, with the heading of the changelog, templates, examples, catalogues and the kept"
	@echo "                workbooks of this version; it prints what RELEASING.md still lacks, and commits nothing"
	@echo "make bench      measure everything beside its peers, write docs/benchmarks.md; QUICK=1: small inputs, no page"
	@echo "make fuzz       give damaged inputs to every reader, SECONDS=180 in all"
	@echo "make mutants    change the rules of scoring, outlook and evidence one token at a time with mutmut and list the changes"
	@echo "                that no test notices; MUTANTS=\"fatf_kit.scoring.margin*\" for one module; all of them take hours, a"
	@echo "                later run tries only what changed"
	@echo "make mutant-sample  try the same few of these changes each time; fails when the tests notice fewer than before"
	@echo "make lowest     the unit tests with the oldest versions that pyproject.toml allows"
	@echo "make offline    one archive that installs without a network; TARGET=win_amd64 TARGET_PYTHON=3.12 for another system,"
	@echo "                EMBED=FILE with the embeddable Python of python.org for Windows"

demo: .venv/installed
	$(BIN)/fatf-kit demo -o demo

quick: .venv/dev
	$(BIN)/python -m tools.quick

test: .venv/dev check

check: lint types contracts limits tests

check-full: .venv/vnu
	FATF_KIT_FULL=1 FATF_KIT_EXAMPLES=10 FATF_KIT_ASSESSMENTS=200 FATF_KIT_REQUIRE_OFFICE=1 FATF_KIT_REQUIRE_BROWSER=1 \
	  FATF_KIT_REQUIRE_VNU=1 $(MAKE) check
	FATF_KIT_FULL=1 $(BIN)/pytest -n0 -rs tests/office/test_verapdf.py
	$(BIN)/python -m tests.property.kinds
	$(MAKE) fuzz
	$(MAKE) mutant-sample

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

limits:
	$(BIN)/python -m tools.module_limits
	$(BIN)/python -m tools.style_lint

tests:
	$(BIN)/pytest -n auto --dist loadfile

content: .venv/dev
	$(BIN)/python -m tools.framework_content record
	$(BIN)/python -m tools.framework_content blanks
	$(BIN)/fatf-kit demo --examples -o examples --force

reviewed: .venv/dev
	$(BIN)/python -m tools.framework_content reviewed $(PAGES)

catalogues: .venv/dev
	$(BIN)/python -m tools.message_catalogues
	$(BIN)/python -m tools.compile_catalogues

golden: .venv/dev
	$(BIN)/python -m tools.compile_catalogues
	$(BIN)/python -m tools.outputs golden

confirmed: .venv/dev
	$(BIN)/python -m tools.message_catalogues --confirm $(LANGUAGES)
	$(BIN)/python -m tools.compile_catalogues

docs: .venv/dev
	$(BIN)/python -m zensical build --strict --clean

docs-update: .venv/dev
	$(BIN)/python -m tools.docs_reference
	$(BIN)/python -m tools.docs_pages $(PAGES)

docs-gallery: .venv/dev
	$(BIN)/python -m tools.docs_pictures

lock: .venv/dev
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tools.dependency_lock $(if $(UPGRADE),--upgrade)

platforms: .venv/dev
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m tools.platforms
	$(BIN)/python -m tools.sizes

dist: .venv/dev
	$(BIN)/python -m build
	$(BIN)/python -m tools.dist_hashes dist

version: .venv/dev
	$(BIN)/python -m tools.release_version $(VERSION)

release: .venv/dev
	@test -n "$(VERSION)" || { echo "Give the version of the release: make release VERSION=1.0.0"; exit 1; }
	$(BIN)/python -m tools.release_version $(VERSION) --changelog
	$(MAKE) content
	$(MAKE) catalogues
	$(BIN)/python -m tools.written_inputs write --anew
	@grep -n '^- .*(?)' RELEASING.md || true

bench: .venv/dev
	$(BIN)/python -m benchmarks $(if $(QUICK),--quick,-o docs/benchmarks.md)

offline: .venv/offline
	$(BIN)/python -m tools.offline_bundle $(if $(TARGET),--target $(TARGET)) \
	  $(if $(TARGET_PYTHON),--target-python $(TARGET_PYTHON)) $(if $(EMBED),--embed $(EMBED))

mutants: .venv/dev
	$(BIN)/python -m mutmut run --max-children 2 $(foreach name,$(MUTANTS),"$(name)")
	$(BIN)/python -m mutmut results

mutant-sample: .venv/dev
	$(BIN)/python -m tools.mutant_sample

lowest: .venv/dev
	$(BIN)/python -m tools.lowest_versions

SECONDS ?= 180

fuzz: .venv/dev
	$(BIN)/python -m tools.fuzz.run --seconds $(SECONDS)

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed; install python3 and python3-venv."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Creating .venv failed; install python3-venv."; exit 1; }

# Python compiles a file when it is first used: that is less work than compiling all of them. The lock has every library, so
# that nothing is left to resolve. Only groups need a newer pip.
PIP := --quiet --disable-pip-version-check

.venv/installed: .venv/bin/python pyproject.toml requirements.lock $(wildcard frameworks/locale/*.po)
	@$(BIN)/python -m pip install $(PIP) --no-compile --no-deps --editable . & own=$$!; \
	$(BIN)/python -m pip install $(PIP) --no-compile --no-deps --require-hashes --requirement requirements.lock && wait $$own
	@touch $@

# What builds an archive for machines without a network; `dev` has it too.
.venv/offline: .venv/installed
	@$(BIN)/python -m pip install $(PIP) --upgrade pip
	@$(BIN)/python -m pip install $(PIP) --group offline
	@touch $@

.venv/dev: .venv/installed
	@$(BIN)/python -m pip install $(PIP) --upgrade pip
	@$(BIN)/python -m pip install $(PIP) --group dev
	@touch $@

# A Nu Html Checker of today is published for npm only. Its version is fixed, because each finds something else: after another
# number, `rm -rf .venv/vnu`, and tests/office/test_vnu.py has to pass.
VNU := 26.9.27

.venv/vnu: | .venv/bin/python
	@rm -rf $@
	@npm install --silent --no-audit --no-fund --no-save --ignore-scripts --fetch-retries 1 --prefix $@ vnu-jar@$(VNU) \
	  || { echo "The Nu Html Checker was not installed; it needs npm."; rm -rf $@; exit 1; }

clean:
	rm -rf .venv demo site dist build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .cache mutants
