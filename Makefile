# Everything a person or CI does with this repository. A bare Debian with python3, python3-venv, make and git is enough.
# A target's sentence for `make help` stands behind its `##`.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Narrow the tests: `make test T=tests/unit` or `make test T="-k token"`.
T ?=
# Narrow the benchmark: `make bench B=talk` or `make bench B="login growth"`.
B ?=

.PHONY: help run demo dev cluster test check cover bench lock clean

help: ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)$$/  make \1|\2/p' Makefile | while IFS='|' read -r what why; do printf '%-14s %s\n' "$$what" "$$why"; done

run: .venv/.runs ## start everything on this machine with a demo organ, set up on first use; data in var/, keys in keys/
	@exec $(BIN)/madoguchi run --demo

dev: .venv/.tests ## the same, started anew whenever a file of the product changes
	@exec $(BIN)/watchfiles --target-type command '$(BIN)/madoguchi run --demo' bot backend madoguchi

demo: .venv/.runs ## play a year of 1,000 made-up cases and serve it; data in var/year
	@exec $(BIN)/madoguchi demo

cluster: .venv/.tests ## start the split deployment of compose.yaml as plain processes; data in var/cluster
	@exec $(BIN)/python -m tests.support.cluster_command

test: .venv/.tests tests/support/node_modules/.installed ## run the tests, real servers and browser included (T=... narrows)
	@bash tests/support/needs.sh
	@$(BIN)/python -m pytest $(if $(T),$(T),--numprocesses 2 --dist worksteal)

check: .venv/.tests ## lint, format, types, import contracts, and the rules of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@COLUMNS=200 $(BIN)/lint-imports --no-logo
	@$(BIN)/python -m pytest -q tests/house

cover: .venv/.tests ## measure branch coverage: all of the talk, the sealing and the rules, nine tenths of the rest
	@$(BIN)/python -m pytest -q --cov --cov-report= $(T)
	@$(BIN)/coverage report --fail-under=100 --include='bot/conversation/*,bot/anonymity/*,backend/domain/*'
	@$(BIN)/coverage report --fail-under=90

bench: .venv/.tests ## measure; the last line is JSON (B=... narrows)
	@$(BIN)/python -m tests.bench $(B)

lock: ## choose the newest versions that fit pyproject.toml, and pin them by hash (needs uv)
	@lock() { uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  --no-emit-index-url --no-emit-find-links --group "$$1" --output-file "$$2" pyproject.toml; }; \
	  lock build requirements.lock; lock dev requirements-dev.lock
	@cd tests/support && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund

clean: ## remove what was installed and cached; var/ and keys/ stay
	@rm -rf .venv tests/support/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- set-up; each step leaves a stamp, so that it is done once a lock file -----------------------------------------------

.venv/bin/python:
	@$(PYTHON) -m venv .venv || { echo "make: the Debian package python3-venv is needed" >&2; exit 1; }

.venv/.runs: requirements.lock pyproject.toml | .venv/bin/python
	@echo "Setting up .venv (once) ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.tests: requirements-dev.lock .venv/.runs
	@echo "Setting up .venv for tests (once) ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

# The accessibility checker runs in the browser, so it comes from npm; its lock file pins it by hash.
tests/support/node_modules/.installed: tests/support/package-lock.json
	@bash tests/support/needs.sh npm
	@if command -v npm >/dev/null; then cd tests/support && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && touch node_modules/.installed; fi
