# Everything a developer or an operator does, one word each. `make help` lists them.
# The work itself is in backend/serve/ (Python, standard library until the environment exists).

PYTHON ?= python3
# (exec: a SIGTERM to make reaches Recto, and not a shell between the two.)
SERVE = @cd backend && exec $(PYTHON) -m serve

.DEFAULT_GOAL := help
.PHONY: help run test test-hosted lint audit hostile load faults bench evaluate requirements clean

help: ## list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: ## set everything up, load data/raw/ or the sample collection, and serve on http://127.0.0.1:8000
	$(SERVE) run

test: ## every test: Python, page, and the real processes with a browser where there is one
	$(SERVE) test

test-hosted: ## the backend's tests on PostgreSQL and Redis, which it starts; TESTS="tests/core -x" for a few
	$(SERVE) test-hosted $(TESTS)

lint: ## ruff, mypy, import-linter, eslint, vue-tsc
	$(SERVE) lint

audit: ## known holes in the pinned packages; where the advisories cannot be reached, it says so
	$(SERVE) audit

hostile: ## damaged pictures and requests against a Recto that really runs; N=10000 for the full proof
	$(SERVE) hostile

load: ## 50 visitors and a curator at the same time, on a Recto of its own; PRINTS=20000, MINUTES=60 for the soak
	$(SERVE) load

faults: ## every part dies or is cut off under load, and nothing is lost; TIMES=20, HOSTED=1: PostgreSQL and Redis
	$(SERVE) faults

bench: ## the benchmarks, as one table of figures and ratios
	$(SERVE) bench

evaluate: ## recall@1, @10 and @50 of the photographs in ../shared/data/phone
	$(SERVE) evaluate

requirements: ## pin every requirements.in again (needs the package registry)
	$(SERVE) requirements

clean: ## remove the environment and everything built; data/ stays
	$(SERVE) clean
