# quotetracker. `make run` and `make test` need Python 3.11 or newer and a package index, nothing else.

PORT ?= 8000
QUEUES ?= fetch,extract
PROCESSES ?= 4
VENV := .venv
PY := $(VENV)/bin/python
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
MANAGE := $(PY) manage.py
INSTALL := $(PY) -m pip install -qq --disable-pip-version-check
# One lock for all Python versions from 3.11 on and all platforms. What is locked stays as it is while it fits.
LOCK := $(abspath $(VENV))/bin/uv pip compile --quiet --system-certs --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"
LOCK_ALL = $(LOCK) $(1) requirements.in -o requirements.txt >/dev/null && \
	$(LOCK) $(1) requirements-dev.in -c requirements.txt -o requirements-dev.txt >/dev/null && \
	$(LOCK) $(1) requirements-generator.in -o requirements-generator.txt >/dev/null

.DEFAULT_GOAL := help
.PHONY: help install run free-port worker beat test test-sqlite test-postgresql coverage eval bench model compare \
	lint check-lock format lock upgrade audit clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(VENV)/installed ## Make the virtual environment and install what running needs

run: free-port $(VENV)/installed ## Set up, load the demo articles, and serve on http://127.0.0.1:8000 (PORT=...)
	@$(MANAGE) demo --port $(PORT)
	@exec $(VENV)/bin/gunicorn quotetracker.wsgi --bind 127.0.0.1:$(PORT) --workers 2 --threads 4 --preload --log-level warning

free-port:
	@test -z "$(PYTHON)" || $(PYTHON) quotetracker/port.py '$(PORT)'

test: test-sqlite test-postgresql ## Run the whole test suite, on SQLite and on PostgreSQL

test-sqlite: $(VENV)/installed-dev ## Run the test suite on SQLite
	$(PY) -m tests.engines sqlite

coverage: $(VENV)/installed-dev ## Run the test suite on SQLite, and say how much of the code it runs (.venv/bin/coverage report)
	$(PY) -m tests.engines sqlite --cov --cov-report=

test-postgresql: $(VENV)/installed-dev ## Run the test suite on a PostgreSQL that is found or started
	$(PY) -m tests.engines postgresql

worker: $(VENV)/installed ## Do the work of the queue (CELERY_BROKER_URL=...; QUEUES=fetch,extract PROCESSES=4)
	@test -n "$$CELERY_BROKER_URL" || { echo "Say where the broker is: CELERY_BROKER_URL=redis://127.0.0.1:6379/0 make worker. Without a broker: manage.py follow"; exit 1; }
	@exec $(VENV)/bin/celery -A quotetracker worker --queues $(QUEUES) --concurrency $(PROCESSES) --loglevel info

beat: $(VENV)/installed ## Send what is due to the workers, every few seconds; one of it for all machines
	@test -n "$$CELERY_BROKER_URL" || { echo "Say where the broker is: CELERY_BROKER_URL=redis://127.0.0.1:6379/0 make beat. Without a broker: manage.py follow"; exit 1; }
	@exec $(VENV)/bin/celery -A quotetracker beat --loglevel info

eval: $(VENV)/installed ## Score extraction, who is who, copies and the same words against the gold in fixtures/gold (CORPORA=...: theirs, too)
	@$(MANAGE) evaluate $(if $(CORPORA),--corpora $(CORPORA)) $(filter-out fixtures/gold/identity% fixtures/gold/stories%,$(wildcard fixtures/gold/*.jsonl)) --texts fixtures/articles
	@$(MANAGE) evaluate --identity $(wildcard fixtures/gold/identity*.jsonl)
	@$(MANAGE) evaluate --copies $(wildcard fixtures/gold/stories*.jsonl)
	@$(MANAGE) evaluate --same-words

bench: $(VENV)/installed-dev ## Measure speed and memory beside spaCy, importing, linking among a million speakers, the API and the desk among a million quotes
	@$(MANAGE) bench
	@$(PY) -m tests.engines postgresql --command bench_import
	@$(PY) -m tests.engines postgresql --command bench_linking
	@$(PY) -m tests.engines postgresql --command bench_service
	@$(PY) -m tests.engines postgresql --command bench_same_words
	@$(PY) -m tests.engines postgresql tests/desk/replay.py -q -s

model: $(VENV)/installed ## Make the shipped weights again (CORPORA=folder of the corpora; docs/quality.md)
	@test -n "$(CORPORA)" || { echo "Say where the corpora are: make model CORPORA=..."; exit 1; }
	@OPENBLAS_NUM_THREADS=1 $(MANAGE) train_model $(CORPORA) $(addprefix --newsroom ,$(NEWSROOM))

compare: $(VENV)/installed-dev ## Train other kinds of model, and print what each gives (CORPORA=...; docs/quality.md)
	@test -n "$(CORPORA)" || { echo "Say where the corpora are: make compare CORPORA=..."; exit 1; }
	@OPENBLAS_NUM_THREADS=1 $(MANAGE) compare_models $(CORPORA)

lint: check-lock ## Check style, types, layers, that imports are declared and locked, and that no migration is missing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports --no-logo
	$(VENV)/bin/deptry .
	$(MANAGE) makemigrations --check --dry-run

# Compiled again beside the lock, from the lock: it comes out the same unless a requirements.in was changed by itself.
check-lock: $(VENV)/installed-dev
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && cp requirements*.in requirements*.txt "$$folder" && \
	(cd "$$folder" && $(call LOCK_ALL)) || { echo "The lock could not be checked. Without a package index: UV_OFFLINE=1, by what uv has kept"; exit 1; }; \
	for name in requirements.txt requirements-dev.txt requirements-generator.txt; do \
		diff "$$name" "$$folder/$$name" || { echo "$$name does not go with its .in: make lock"; exit 1; }; done

format: $(VENV)/installed-dev ## Put the code into the one format
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: $(VENV)/bin/uv ## Bring the lock (requirements*.txt) up to what requirements*.in ask for
	$(call LOCK_ALL)

upgrade: $(VENV)/bin/uv ## Lock the newest releases that requirements*.in allow (afterwards: make test eval)
	$(call LOCK_ALL,--upgrade)

audit: $(VENV)/bin/uv ## Ask the package index which flaws are known in what is locked (needs the internet)
	@$(VENV)/bin/uv --quiet tool run pip-audit@2.10.1 --strict --require-hashes --disable-pip -r requirements.txt -r requirements-dev.txt -r requirements-generator.txt || \
	{ echo "Either a flaw is known, or the service did not know a package or could not be reached: see above"; exit 1; }

clean: ## Remove the virtual environment and what tools left behind (never the database in var/)
	rm -rf $(VENV) .coverage .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found: install one, or name it: make PYTHON=/path/to/python"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "$(PYTHON) cannot make a virtual environment: install its venv module (Debian: python3-venv)"; exit 1; }

$(VENV)/installed: requirements.txt pyproject.toml | $(VENV)/bin/python
	@echo "Installing into $(VENV) ..."
	@$(INSTALL) --require-hashes -r requirements.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt requirements-generator.txt $(VENV)/installed
	@$(INSTALL) --require-hashes -r requirements-dev.txt
	@$(PY) -m venv --without-pip $(VENV)/generator
	@$(PY) -m pip --python $(VENV)/generator/bin/python install -qq --disable-pip-version-check --require-hashes -r requirements-generator.txt
	@touch $@

$(VENV)/bin/uv: | $(VENV)/installed-dev
