# Everything a newcomer or a build server needs. `make` alone lists the targets.
#   PYTHON=python3.12   another interpreter        VENV=/tmp/venv   another place for the environment
#   SERVE=0             `make demo` ends after printing

PYTHON ?= python3
VENV ?= .venv
SERVE ?= 1
PYTEST_ARGS ?=

BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check
INSTALL := $(PIP) install --require-hashes
COMPILE := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

.DEFAULT_GOAL := help
.PHONY: help demo test lint test-containers docs bench lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

demo: $(VENV)/.runtime ## Import a sample estate from its sources, show an impact analysis, serve the API (SERVE=0: do not serve)
	$(BIN)/cmdb demo $(if $(filter 0,$(SERVE)),--no-serve,--serve)

test: lint ## Linters, types, architecture and all tests, on a real Neo4j
	$(BIN)/pytest $(PYTEST_ARGS)

lint: $(VENV)/.dev ## Linters, types and architecture only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

test-containers: $(VENV)/.dev ## Prove docker-compose.yml, Dockerfile and testcontainers (needs a container engine)
	PATH="$(abspath $(BIN)):$$PATH" tests/containers/prove $(STAND_INS)

docs: $(VENV)/.docs ## Build the documentation into site/
	$(BIN)/mkdocs build --strict

bench: $(VENV)/.dev ## Measure, and print a table
	$(BIN)/python -m benchmarks

lock: $(VENV)/.lock ## Renew the hash-pinned lock files in requirements/
	$(COMPILE) pyproject.toml --output-file requirements/runtime.txt
	for group in build dev docs lock; do \
		$(COMPILE) --group $$group --constraints requirements/runtime.txt \
			--output-file requirements/$$group.txt || exit 1; \
	done

clean: ## Remove the environment, caches and built files (not your data)
	rm -rf $(VENV) site dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find cmdb importers impact api tests benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

# Stamps: each says that the lock file of the same name is installed.

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Linchpin needs Python 3.11 or newer with its venv module." >&2; \
		echo "Name another one: make PYTHON=python3.12 … (Debian, Ubuntu: apt install python3-venv)" >&2; \
		exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) -r requirements/runtime.txt -r requirements/build.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.%: requirements/%.txt $(VENV)/.runtime
	$(INSTALL) -r $<
	@touch $@
