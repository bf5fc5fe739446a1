# The commands of the house. `make` alone lists them.
# Every target that needs .venv sets it up first, and at once returns when it is up to date (tools/setup.sh).

SHELL := /bin/bash
.DEFAULT_GOAL := help
.NOTPARALLEL:

# An active environment, or settings for another project, must not reach ours.
unexport VIRTUAL_ENV CONDA_PREFIX PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONUSERBASE PYTHONWARNINGS

.PHONY: help demo test setup check docs images new-check wheel-check bench lock clean run-setup dev-setup

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

demo: run-setup ## Audit the sample exports and say where the pack lies (ARGS="--out DIR")
	@.venv/bin/caseaudit demo $(ARGS)

test: dev-setup ## Run the tests (ARGS=tests/checks/test_review_overdue.py for some of them)
	@.venv/bin/python -m pytest $(or $(ARGS),-n 2)

setup: dev-setup ## Set up .venv with the program, the tests and the tools (PYTHON=python3.12 to choose)
	@echo "Ready: .venv/bin/caseaudit"

check: dev-setup ## All that is checked without running: style, types, layers, docs, hygiene
	@bash tools/check.sh

docs: dev-setup ## Write the generated pages of docs/ anew
	@.venv/bin/python tools/docs.py

images: dev-setup ## Draw the page images of docs/images anew
	@.venv/bin/python tools/pictures.py

new-check: dev-setup ## Start a check and its test (CODE=XYZ01 NAME=fault_in_words)
	@: $(if $(and $(CODE),$(NAME)),,$(error Say which check to start: make new-check CODE=XYZ01 NAME=fault_in_words))
	@.venv/bin/caseaudit new-check $(CODE) $(NAME)

wheel-check: dev-setup ## Build and install as users do, and run the demo from each
	@.venv/bin/python tools/wheel_check.py

bench: dev-setup ## Measure time and memory (ARGS for its options)
	@.venv/bin/python -m bench $(ARGS)

lock: ## Write requirements/*.lock anew from pyproject.toml (ARGS=--upgrade for newer versions)
	@bash tools/lock.sh $(ARGS)

clean: ## Remove caches and build leftovers, not .venv and not the packs
	@rm -rf build dist .benchmarks .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

run-setup:
	@bash tools/setup.sh run

dev-setup:
	@bash tools/setup.sh dev
