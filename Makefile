# make demo       the example site at http://localhost:8000, on a machine with nothing but Python, make and git
# make test       the tests on SQLite; TESTS=tests/api for some of them
# make help       the rest

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
SOURCES := setup.cfg setup.py pyproject.toml $(wildcard wagtail_prosjektnett/locale/*/LC_MESSAGES/*.po)
INSTALLED := $(VENV)/.installed
INSTALLED_EXAMPLE := $(VENV)/.installed-example

.PHONY: help demo frontend test test-own-page fuzz seats races benchmarks openapi lint-openapi test-short test-browser test-wheel matrix lint types migrations-check migrations messages schema docs clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile
	@echo "make test-own-page the tests of a site with a base page of its own (Wagtail 8)"
	@echo "make fuzz        the API of the example site, asked at random; CASES=500 for some of it"
	@echo "make seats       random steps of those who sign up and of editors; STEPS=500 for some of them"
	@echo "make races       hundreds who sign up at once at a real server, 20 times; RUNS=1 for once"
	@echo "make benchmarks  what the API and a large experience base cost; SIZES=20 ROUNDS=1 to see that they run"
	@echo "make test-short the short run, on the database in DATABASE_URL"
	@echo "make frontend    the example of an external frontend at http://localhost:4173, beside make demo; needs Node.js"
	@echo "make test-browser the editor's walk, every page of the example site and its frontend, in Chromium"
	@echo "make test-wheel  the wheel, installed in a bare Wagtail site"
	@echo "make matrix      all supported versions and databases; ENVIRONMENTS=py313-django61-wagtail80 for some"
	@echo "make lint        ruff and the import contracts"
	@echo "make openapi     the OpenAPI document, its examples and its reference, when the API has changed"
	@echo "make lint-openapi the OpenAPI document, by Redocly (needs Node.js)"
	@echo "make types       mypy"
	@echo "make migrations  new migrations, with the oldest supported Wagtail"
	@echo "make schema      the JSON Schema of content files, when their format has changed"
	@echo "make docs        the documentation, in build/docs"
	@echo "make messages    collect texts to translate (needs gettext)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(INSTALLED): $(BIN)/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --editable ".[example,test,browser,dev]"
	@touch $@ $(INSTALLED_EXAMPLE)

$(INSTALLED_EXAMPLE): $(BIN)/python $(SOURCES)
	$(BIN)/python -m pip install --quiet --editable ".[example]"
	@touch $@

demo: $(INSTALLED_EXAMPLE)
	PORT=$(PORT) $(BIN)/python example_site/manage.py migrate --verbosity 0
	PORT=$(PORT) $(BIN)/python example_site/manage.py load_example
	@PORT=$(PORT) $(BIN)/python example_site/manage.py publish_due_changes --every 5 & publisher=$$!; \
	trap 'kill $$publisher' EXIT; trap 'exit' INT TERM; \
	PORT=$(PORT) $(BIN)/python example_site/manage.py runserver $(PORT)

frontend:
	cd example_site/frontend && npm ci && VITE_SITE=http://localhost:$(PORT) npm run build && npm run preview

TESTS ?=
test: $(INSTALLED)
	$(BIN)/python -m pytest -m "not browser and not wheel" $(TESTS)
	$(if $(TESTS),,$(MAKE) test-own-page)

# WAGTAIL_PAGE_MODEL decides every table of pages, so these run in a process and a database of their own.
test-own-page: $(INSTALLED)
	@if $(BIN)/python -c 'import sys, wagtail; sys.exit(wagtail.VERSION < (8, 0))'; then \
	    $(BIN)/python -m pytest --ds=config.settings_own_page tests/own_page; \
	else \
	    echo "NOT RUN: tests/own_page, since a base page of one's own needs Wagtail 8.0"; \
	fi

# On the database in DATABASE_URL, as the other tests.
CASES ?= 10000
fuzz: $(INSTALLED)
	FUZZ_CASES=$(CASES) $(BIN)/python -m pytest --ds=config.settings -m fuzz tests/example

# Both on the database in DATABASE_URL, as the other tests.
STEPS ?= 10000
seats: $(INSTALLED)
	SEAT_STEPS=$(STEPS) $(BIN)/python -m pytest tests/registration/test_model.py -s

RUNS ?= 20
races: $(INSTALLED)
	RACE_RUNS=$(RUNS) $(BIN)/python -m pytest --ds=tests.load.settings -m races tests/load

# What answers wrongly fails, what is slow does not.
ROUNDS ?= 5
SIZES ?= 1000,10000
benchmarks: $(INSTALLED)
	$(BIN)/python -m benchmarks.headless --rounds $(ROUNDS) --sizes $(SIZES)
	$(BIN)/python -m benchmarks.experience_base --rounds $(ROUNDS) --sizes $(SIZES)

openapi: $(INSTALLED)
	$(BIN)/python scripts/write_examples.py
	$(BIN)/python scripts/write_openapi.py

lint-openapi:
	REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true npx --yes @redocly/cli@2 lint tests/api/openapi.json

test-short: $(INSTALLED)
	$(BIN)/python -m pytest -m short

matrix: $(INSTALLED)
	TOX=$(BIN)/tox .ci/matrix $(if $(ENVIRONMENTS),-e $(ENVIRONMENTS)) $(if $(TESTS),-- $(TESTS))

test-browser: $(INSTALLED)
	$(BIN)/python -m pytest -m browser $(TESTS)

test-wheel: $(INSTALLED)
	$(BIN)/python -m pytest -m wheel

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --config setup.cfg
	$(MAKE) migrations-check

migrations-check: $(INSTALLED)
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python example_site/manage.py makemigrations --check --dry-run

types: $(INSTALLED)
	$(BIN)/mypy

migrations:
	$(PYTHON) -m venv $(VENV)-oldest
	PIP_CONSTRAINT=.ci/oldest.txt $(VENV)-oldest/bin/python -m pip install --quiet --editable ".[example]"
	$(VENV)-oldest/bin/python scripts/make_migrations.py

messages: $(INSTALLED)
	cd wagtail_prosjektnett && ../$(BIN)/python -m django makemessages -l nb -l nn --no-wrap --no-location --no-obsolete

schema: $(INSTALLED)
	$(BIN)/python -m wagtail_prosjektnett.content.schema > network.schema.json
	mv network.schema.json wagtail_prosjektnett/content/network.schema.json

docs: $(INSTALLED)
	$(BIN)/python -m mkdocs build --strict

clean:
	rm -rf $(VENV) $(VENV)-oldest build dist *.egg-info example_site/db*.sqlite3 example_site/media example_site/static \
	    example_site/frontend/node_modules example_site/frontend/dist
