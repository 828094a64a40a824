# Two commands are enough: `make run` and `make test`. Both do all set-up on a fresh machine with
# Python 3.11+ and make. Written for GNU Make 3.81.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# `.venv/bin/wegwijzer` works from any folder.
LAUNCHER = printf '\#!/bin/sh\nPYTHONPATH="%s" exec "%s/python" -m bot "$$@"\n' "$(CURDIR)" "$(CURDIR)/$(BIN)" \
	> $(BIN)/wegwijzer && chmod +x $(BIN)/wegwijzer

# An interrupted set-up may leave a Python without pip.
COMPLETED = $(BIN)/python -m pip --version > /dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)

# The search learns from the answers once (some seconds); a start finds it ready.
TAUGHT = $(BIN)/python -m bot answers index > /dev/null

.PHONY: help run test check lint types floors catalogues fuzz bench evaluate migration lock clean

help: ## list the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.ready ## start the demonstration, or the live bot when a token is set
	@$(BIN)/python -m bot run

test: $(VENV)/.ready-dev ## set up and pass the tests
	@$(BIN)/python -m pytest -n logical --maxprocesses 4 -m "not slow"

check: lint types floors catalogues ## everything that reads the code without running it

lint: $(VENV)/.ready-dev ## ruff, and the catalogues
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m bot.language check
	@$(BIN)/python -m bot answers check

types: $(VENV)/.ready-dev ## mypy, strict
	@$(BIN)/mypy

floors: $(VENV)/.ready-dev ## who may import whom
	@$(BIN)/lint-imports

catalogues: $(VENV)/.ready-dev ## missing, fuzzy or broken translations
	@$(BIN)/python -m bot.language check

bench: $(VENV)/.ready-dev ## measure against a bare bot, side by side
	@$(BIN)/python -m benchmarks $(ARGS)

evaluate: $(VENV)/.ready-dev ## how well the search understands: make evaluate ARGS="--wrong nl"
	@$(BIN)/python -m evaluation $(ARGS)

migration: $(VENV)/.ready-dev ## write the next migration: make migration m="people: Keep the day"
	@$(BIN)/python -m migrations.write "$(m)"

lock: ## write the lock files anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --group dev pyproject.toml -o requirements-dev.lock

clean: ## remove what can be made again (never data/)
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis locales/search.index \
		locales/*/LC_MESSAGES/bot.compiled

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Wegwijzer needs Python 3.11 or newer ($(PYTHON) is missing or older): make PYTHON=python3.12 run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) \
		|| { rm -rf $(VENV); echo "Python's venv is missing. On Debian or Ubuntu: sudo apt install python3-venv"; exit 1; }

$(VENV)/.ready: requirements.lock | $(VENV)/bin/python
	@echo "Setting up (once, about a minute) ..."
	@$(COMPLETED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(LAUNCHER)
	@$(TAUGHT)
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock | $(VENV)/bin/python
	@echo "Setting up (once, about a minute) ..."
	@$(COMPLETED)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(LAUNCHER)
	@$(TAUGHT)
	@touch $@ $(VENV)/.ready
