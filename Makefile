# make run and make test need Python 3.11 or later and make, and set up the rest.

HOST ?= $(or $(FACTCHECK_HOST),127.0.0.1)
PORT ?= $(or $(FACTCHECK_PORT),8000)
MINUTES ?= 0
SECONDS ?= 30

# Tests that run at once; each has PostgreSQL servers of its own.
JOBS ?= 2

VENV := .venv
BIN := $(VENV)/bin
# What is inside the environment counts, not what the caller's shell has set up.
unexport PYTHONHOME PYTHONPATH VIRTUAL_ENV
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_REQUIRE_VIRTUALENV := 0
export PIP_ROOT_USER_ACTION := ignore

# What only root can run is not run by others, and so not held to be covered.
COVERED := $(if $(filter 0,$(shell id -u)),,--fail-under=98)

# What make bench was asked for, as the program's options.
BENCH = $(if $(AGAINST),--against "$(AGAINST)") $(if $(ONLY),--only "$(ONLY)") \
	$(if $(JSON),--json "$(JSON)") $(if $(KEPT),--kept "$(KEPT)")

LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --no-config --universal --python-version 3.11 \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links

.PHONY: help run test soak overload fuzz bench bench-growth bench-match bench-scale format lock clean
.DELETE_ON_ERROR:

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1\t/p' Makefile | expand -t 18

run: $(VENV)/.installed ## start the service with the demo story (HOST=, PORT=)
	exec $(BIN)/factcheck serve --demo --host $(HOST) --port $(PORT)

test: $(VENV)/.tests ## run every check and test, with the coverage gate
	$(BIN)/coverage erase
	$(BIN)/coverage run --concurrency thread -m pytest --numprocesses $(JOBS) --dist loadfile \
		--no-loadscope-reorder
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report $(COVERED)

soak: $(VENV)/.tests ## kill -9 workers and database 30 times each, walk and mirror beside writers (MINUTES=)
	$(BIN)/python -m tests.soak --minutes $(MINUTES)
	MIRROR=10000 $(BIN)/python -m pytest tests/feed/test_mirror.py

overload: $(VENV)/.tests ## ask more than can be answered, and keep 13,000 clients idle or slow (SECONDS=)
	$(BIN)/python -m tests.load --seconds $(SECONDS)

fuzz: $(VENV)/.tests ## try 200 random requests of every operation of every kind (SEED=)
	FUZZ=200 $(BIN)/python -m pytest -rP tests/hostile/test_fuzzing.py

bench: $(VENV)/.tests ## CPU and time of all work at 100,000 claims (CLAIMS=, AGAINST=revision, ONLY=, JSON=)
	$(BIN)/python -m tests.bench --claims $(or $(CLAIMS),100000) $(BENCH)

bench-growth: $(VENV)/.tests ## the same work at ten thousand claims and more, in turn (CLAIMS=, ONLY=, JSON=)
	$(BIN)/python -m tests.bench --growth --claims $(or $(CLAIMS),100000) $(BENCH)

bench-match: $(VENV)/.tests ## match a judged set beside what else there is (JUDGED=folder)
	$(BIN)/python -m pip install --quiet --target $(VENV)/bench bm25s tantivy
	PYTHONPATH=$(VENV)/bench $(BIN)/python -m tests.search.judged $(JUDGED)

bench-scale: $(VENV)/.tests ## match at ten thousand to a million claims (CLAIMS=)
	$(BIN)/python -m tests.search.scale $(or $(CLAIMS),1000000)

format: $(VENV)/.tests ## put the Python code into the form that the tests ask for
	$(BIN)/ruff check --fix-only --quiet .
	$(BIN)/ruff format --quiet .

lock: $(VENV)/.tests ## pin the newest versions that pyproject.toml allows
	$(LOCK) --upgrade --output-file requirements.lock
	$(LOCK) --upgrade --extra test --constraint requirements.lock \
		--output-file requirements-test.lock
	$(BIN)/npm --prefix tests/node install --package-lock-only --ignore-scripts --loglevel=error \
		--omit-lockfile-registry-resolved

clean: ## remove everything that make has made
	rm -rf $(VENV) dist .coverage .coverage.* .hypothesis .import_linter_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	./.ci/venv $(VENV)

$(VENV)/.runtime: requirements.lock | $(BIN)/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.runtime
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	touch $@

$(VENV)/.tests: requirements-test.lock tests/node/package-lock.json $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-test.lock
	mkdir -p $(VENV)/node
	cp tests/node/package.json tests/node/package-lock.json $(VENV)/node
	PATH="$(CURDIR)/$(BIN):$$PATH" npm --prefix $(VENV)/node ci --ignore-scripts --no-audit \
		--no-fund --loglevel=error
	touch $@
