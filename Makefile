# What you can ask for; `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin
WORKERS ?= auto
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test check format translations bench torture screenshots lock

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: setup ## the demonstration: web server and worker, with firms, gift books and codes to try
	@$(BIN)/python -m tools.demonstration

setup: ## everything that running needs: .venv, locked requirements, system libraries
	@$(PYTHON) -m tools.prepare

setup-dev: # what checks and tests need besides
	@$(PYTHON) -m tools.prepare --development

test: setup-dev ## all tests, on SQLite, PostgreSQL and in a browser; ARGS="tests/cards -k twice" for some
	@$(BIN)/python -m tools.browser
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: setup-dev ## style, types, import layers, templates
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint --lint --quiet templates

format: setup-dev ## put the code in its usual form
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

translations: setup-dev ## bring the catalogues in line with the code, and list what is left to translate
	@$(BIN)/python -m tools.translations

bench: setup-dev ## print how fast the main paths are; asserts nothing
	@$(BIN)/python -m benchmarks

torture: setup-dev ## the safety tests at their full figures; takes its time
	@TORTURE=1 $(BIN)/python -m pytest -m torture $(ARGS)

screenshots: setup-dev ## take the documentation's pictures anew, of a demonstration made for them
	@$(BIN)/python -m tools.browser
	@$(BIN)/python -m tools.screenshots

lock: setup-dev ## write requirements.txt and requirements-dev.txt anew from the .in files
	@$(BIN)/python -m tools.lock
