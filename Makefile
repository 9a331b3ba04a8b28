# One command each; `make help` lists them. Everything is installed in .venv, from hash-locked files.
# Needs make and a Python of 3.11 or later with venv; `make PYTHON=/path/to/python3 …` chooses one.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

# Settings of the machine that would send an install elsewhere, or argue with the locks.
unexport PYTHONPATH PYTHONHOME PYTHONDONTWRITEBYTECODE PIP_TARGET PIP_PREFIX PIP_ROOT
export PIP_USER := 0
export PIP_CONSTRAINT := /dev/null

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --no-input --quiet
FROM_LOCK := --no-deps --require-hashes -r
ITSELF := --no-deps --no-build-isolation --no-index -e .
CANDIDATES := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11
EXAMPLES := indre-et-loire-2018 un-etablissement-2018 essai-2026 parents-2027 hopital-2026
OUT := out
PYTEST_ARGS :=

# uv installs ten times as fast as pip, and resolves for `make lock`. pip installs where uv cannot, as behind an index
# that only pip is told of. Neither compiles: what is imported is compiled, then and by all cores.
UV := $(VENV)/bin/uv --no-config --quiet
INSTALL = { $(UV) pip install --python $(PY) $(1) 2>/dev/null || $(PIP) install --no-compile $(1); }
# UPGRADE=1 moves to the newest releases, else pins stay where they can.
COMPILE := $(UV) pip compile \
	--universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	$(if $(UPGRADE),--upgrade)
BACKEND := hatchling>=1.27\neditables>=0.5\n
RELEASE := $(VENV)/release/bin/python
EPOCH = $(shell git log -1 --format=%ct)# of the commit, in seconds since 1970
NODE := site/node_modules/.bin
PAGES := assets/studio/jsconfig.json site/page/jsconfig.json

.PHONY: help leaflets site documents ready test suite quick drills units lint format docs bench lock wheel folder sbom clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

leaflets: $(VENV)/.run ## build the example campaigns into out/
	@for example in $(EXAMPLES); do \
	  $(PY) -m leaflet build examples/$$example/campaign.toml -o $(OUT)/$$example || exit 1; \
	done
	@$(PY) -m leaflet build examples/essai-2026/projet.toml -o $(OUT)/projet-2026 --draft
	@echo "Leaflets are in $(abspath $(OUT))"

site: $(VENV)/.run ## write the browser edition into out/site; needs Node with npm
	@$(PY) site/make_site.py --out $(OUT)/site --parts $(OUT)/site-parts

documents: $(VENV)/.documents ## write the site of the documents, and of the browser edition if it is made
	@cd docs/mkdocs && NO_MKDOCS_2_WARNING=1 $(abspath $(PY)) -m mkdocs build --site-dir $(abspath $(OUT))/documents
	@echo "The documents are in $(abspath $(OUT))/documents: open index.html"

ready: $(VENV)/.test $(VENV)/.node ## install all that tests and linter use

test: $(VENV)/.test $(VENV)/.node ## linter, types and the test suite, with the drills of what changed
	@$(MAKE) --no-print-directory --jobs 2 lint units suite

quick: GROUP := quick
quick: suite ## the tests that take a moment, in about a minute

drills: GROUP := drills
drills: suite ## the tests that take long: killed processes, full disks, forgeries, damage, wheels

# What the tests of a file share is made once: a file belongs to one process. The order stays, long files come early.
# There is one process more than cores: many tests wait for a browser or a build.
GROUP := suite
suite: $(VENV)/.test
	@processes=$$($(PY) -c 'import os; print((os.cpu_count() or 1) + 1)') && \
	  $(PY) -m pytest --numprocesses $$processes --dist loadfile --no-loadscope-reorder --group $(GROUP) $(PYTEST_ARGS)

# The page's modules that need no browser.
units:
	@if command -v node >/dev/null; then \
	  node --no-warnings --test --test-reporter=dot tests/studio/page/*.test.js; \
	else echo "Skipped: the unit tests of the page need Node."; fi

lint: $(VENV)/.test $(VENV)/.node ## linter, formatter, types and limits, of Python and of the page, changing nothing
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(PY) benchmarks/house.py --source
	@if [ -e $(VENV)/.node ]; then \
	  for page in $(PAGES); do $(NODE)/tsc -p $$page || exit 1; done; \
	  $(NODE)/eslint -c site/eslint.config.js assets/addresses assets/studio site tests/studio/page; \
	fi

format: $(VENV)/.test ## put the code in shape
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

docs: $(VENV)/.test ## write the generated documents anew
	@$(PY) -m docs.make_faults
	@$(PY) -m docs.make_checks
	@$(PY) -m docs.make_contract
	@$(PY) -m docs.make_extending
	@$(PY) -m docs.make_mailboxes
	@$(PY) -m docs.make_manual
	@$(PY) -m docs.make_images
	@$(PY) -m docs.make_notice
	@$(PY) -m docs.make_window_images

bench: $(VENV)/.bench ## time us beside Typst, WeasyPrint, reportlab and fullbleed (BENCH_ARGS="--write")
	@$(PY) benchmarks/peers.py $(BENCH_ARGS)

lock: $(VENV)/bin/uv ## write requirements/*.lock from pyproject.toml (UPGRADE=1 for newer releases)
	@printf '$(BACKEND)' | $(COMPILE) - pyproject.toml -o requirements/run.lock --extra check
	@printf '$(BACKEND)' | $(COMPILE) - pyproject.toml -o requirements/test.lock --extra check --extra test \
	  --constraint requirements/run.lock
	@$(COMPILE) --group documents -o requirements/documents.lock --constraint requirements/test.lock
	@printf '$(BACKEND)' | $(COMPILE) - pyproject.toml -o requirements/release.lock --extra check --extra release \
	  --constraint requirements/run.lock
	@echo 'uv>=0.13' | $(COMPILE) - -o requirements/uv.lock
	@echo "Wrote requirements/*.lock"
	@if command -v npm >/dev/null; then \
	  cd site && npm install --package-lock-only --ignore-scripts --no-audit --no-fund --silent && \
	  echo "Wrote site/package-lock.json"; \
	fi

wheel: $(VENV)/release/.ready ## write wheel and sdist into dist/, the same bytes from the same commit
	@rm -f dist/*.whl dist/*.tar.gz
	@SOURCE_DATE_EPOCH=$(EPOCH) $(RELEASE) -m hatchling build -d dist

folder: wheel ## write the folder for those who install nothing, and its ZIP, into dist/
	@SOURCE_DATE_EPOCH=$(EPOCH) $(RELEASE) release/make_folder.py dist/*.whl --out dist

sbom: $(VENV)/release/.ready ## write the list of all libraries into dist/, for CycloneDX
	@SOURCE_DATE_EPOCH=$(EPOCH) $(RELEASE) release/make_sbom.py --out dist

clean: ## remove .venv, out/ and caches
	@rm -rf $(VENV) $(OUT) dist site/node_modules .pytest_cache .mypy_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(PY):
	@for python in $(CANDIDATES); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$("$$python" --version)"; \
	    exec "$$python" -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "leaflet needs Python 3.11 or later with its venv module; found none among: $(CANDIDATES)." >&2; \
	echo "Install one (Debian, Ubuntu: apt-get install python3 python3-venv) or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1

# A stamp says which lock .venv holds. test.lock holds all of run.lock, in the same releases.
$(VENV)/.run: $(VENV)/bin/uv requirements/run.lock pyproject.toml
	@echo "Installing requirements/run.lock"
	@$(call INSTALL,$(FROM_LOCK) requirements/run.lock)
	@$(call INSTALL,$(ITSELF))
	@touch $@

$(VENV)/.test: $(VENV)/bin/uv requirements/test.lock pyproject.toml
	@echo "Installing requirements/test.lock"
	@$(call INSTALL,$(FROM_LOCK) requirements/test.lock)
	@$(call INSTALL,$(ITSELF))
	@touch $(VENV)/.run $@

# Without a stamp it is said each time what is not checked.
$(VENV)/.node: $(PY) site/package-lock.json
	@if command -v npm >/dev/null && echo "Installing site/package-lock.json" && \
	  (cd site && npm ci --ignore-scripts --no-audit --no-fund --silent); then touch $@; \
	else echo "Skipped: types and linter of the page need Node with npm, which is missing or cannot install."; fi

$(VENV)/.documents: $(VENV)/bin/uv requirements/documents.lock
	@echo "Installing requirements/documents.lock"
	@$(call INSTALL,$(FROM_LOCK) requirements/documents.lock)
	@touch $@

# The peers are no dependency of ours, so they are not locked; what is installed already stays as it is.
$(VENV)/.bench: $(VENV)/.test
	@echo "Installing the peers of the benchmark"
	@$(PIP) install --no-build-isolation -e '.[bench]'
	@touch $@

$(VENV)/bin/uv: $(PY) requirements/uv.lock
	@$(PIP) install $(FROM_LOCK) requirements/uv.lock
	@touch $@

# What makes releases has an environment of its own: a folder for PyInstaller must not hold the libraries of the tests.
$(VENV)/release/.ready: $(PY) requirements/release.lock
	@echo "Installing requirements/release.lock"
	@$(PY) -m venv --clear $(VENV)/release
	@$(RELEASE) -m pip --disable-pip-version-check --no-input --quiet install $(FROM_LOCK) requirements/release.lock
	@touch $@
