# The targets a person uses carry a description after two hashes; `make` alone lists them.
# FILE, SIZE and ARGS are optional: `make bench FILE=tickets.csv SIZE=full`,
# `make test ARGS="-k mapping"`.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup demo test check fix bench docs setup-browser lock clean

BIN := .venv/bin
LOCKS := pyproject.toml requirements.txt requirements-build.txt
FILE ?=
SIZE ?= quick
ARGS ?=

help:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/base.stamp ## create .venv with the headway command
	@echo "The command is ready: $(BIN)/headway"

demo: .venv/base.stamp ## simulate a service desk, scan it, write the report
	@$(BIN)/headway demo

test: check ## run all checks and all tests
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist loadgroup $(ARGS)

check: .venv/dev.stamp docs ## lint, format, types, import layers, docs
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: .venv/dev.stamp ## format the code and repair what can be repaired
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/dev.stamp ## time a scan against a bare read of the same file; print error rates
	@$(BIN)/python benchmarks/scan_against_read.py $(FILE)
	@$(BIN)/python benchmarks/error_rates.py --size $(SIZE)

docs: .venv/dev.stamp ## check the links and the commands in the docs
	@$(BIN)/python tools/check_docs.py

setup-browser: ## install the system's Chromium, for the journeys
	@tools/setup-browser

lock: ## resolve the dependencies again and write the locks (needs uv)
	@tools/lock

clean: ## remove .venv and the caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# The dev install holds the base install, so each stamp is written by one call of pip or uv.
.venv/base.stamp: $(LOCKS)
	@tools/setup base

.venv/dev.stamp: $(LOCKS) requirements-dev.txt
	@tools/setup dev
