# make run     install, build the release of SITE, serve it      make test    install, run all tests
# make release install, build the release of SITE
# make check   style, types, import rules, and how much of the code the tests run; with `make test`, the gate
# make bench-search    how fast measures are found, and how large their index is
# make bench           size and speed beside others, at CITIES=1,100,1788 (needs wrk)
# make bench-serving   how fast answers come (needs wrk)
# make bench-reconciliation   how fast a name is found among 60,000
# make screenshots     the pictures of pages in docs/images (needs chromium)
# make bench-pages     how soon pages are seen (needs chromium)
# make bench-hostile   what hostile queries do            make bench-swaps   20 releases under load
#
# Everything is installed into .venv, from the versions that uv.lock pins.
#   SITE      the site's folder                        HOST, PORT   where to listen
#   BASE_IRI  how the IRIs begin; by default as site.toml says, or http://localhost:PORT/ for another PORT

PYTHON ?= python3
SITE ?= data/sakata
HOST ?= 127.0.0.1
PORT ?= 8000
BASE_IRI ?= $(if $(filter-out 8000,$(PORT)),http://localhost:$(PORT)/)

CITIES ?= 1,100,1788

UV_VERSION := 0.13.9
BIN := .venv/bin
CATALOGUES := $(wildcard sakata_lod/serve/translations/*/LC_MESSAGES/*.po)
VENDOR := $(wildcard vendor/*.json vendor/*.toml)

export SITE HOST PORT BASE_IRI

.PHONY: run test check release install clean bench bench-search bench-searching bench-serving bench-hostile bench-swaps bench-validation bench-reconciliation bench-pages screenshots

run: release
	exec env RELEASE=build/$(notdir $(SITE:/=)) $(BIN)/sakata-lod serve

release: install
	$(BIN)/sakata-lod build

test: install
	rm -f .coverage
	$(BIN)/pytest -m "not outside" --cov --cov-report= || { rm -f .coverage; exit 1; }
	$(BIN)/pytest -m outside || { rm -f .coverage; exit 1; }

check: install .coverage
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coverage report

# What the tests have run of the code: they run again where a file has changed since.
.coverage: $(wildcard $(shell git ls-files))
	$(MAKE) test

bench: install
	$(BIN)/python -m benchmarks.engine --cities $(CITIES)

bench-serving: release
	env RELEASE=build/$(notdir $(SITE:/=)) $(BIN)/python -m benchmarks.serving

bench-search: install
	$(BIN)/python -m benchmarks.search

bench-hostile: release
	env RELEASE=build/$(notdir $(SITE:/=)) $(BIN)/python -m benchmarks.hostile

bench-swaps: install
	$(BIN)/python -m benchmarks.swaps

bench-pages: release
	env RELEASE=build/$(notdir $(SITE:/=)) $(BIN)/python -m benchmarks.pages

bench-searching: install
	$(BIN)/python -m benchmarks.searching

bench-validation: install
	$(BIN)/python benchmarks/validation.py

bench-reconciliation: install
	$(BIN)/python -m benchmarks.reconciliation

screenshots: install
	$(BIN)/python docs/images/screenshots.py

install: .venv/installed

# pip installs what uv.lock pins, so that a machine's own package index settings are heeded.
.venv/installed: pyproject.toml uv.lock hatch_build.py $(CATALOGUES) $(VENDOR)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=…")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	$(BIN)/uv export --quiet --frozen --no-emit-project --output-file .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

clean:
	rm -rf .venv build dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
