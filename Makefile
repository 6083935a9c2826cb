# make demo       the example site at http://localhost:8000, on a machine with nothing but Python, make and git
# make test       the tests on SQLite
# make help       the rest

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
SOURCES := setup.cfg setup.py pyproject.toml $(wildcard wagtail_prosjektnett/locale/*/LC_MESSAGES/*.po)
INSTALLED := $(VENV)/.installed
INSTALLED_EXAMPLE := $(VENV)/.installed-example

.PHONY: help demo test test-browser test-wheel lint types migrations-check migrations messages clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile
	@echo "make test-browser the editor's walk, and every page of the example site, in Chromium"
	@echo "make test-wheel  the wheel, installed in a bare Wagtail site"
	@echo "make lint        ruff and the import contracts"
	@echo "make types       mypy"
	@echo "make migrations  new migrations, with the oldest supported Wagtail"
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
	PORT=$(PORT) $(BIN)/python example_site/manage.py runserver $(PORT)

test: $(INSTALLED)
	$(BIN)/python -m pytest -m "not browser and not wheel"

test-browser: $(INSTALLED)
	$(BIN)/python -m pytest -m browser

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

clean:
	rm -rf $(VENV) $(VENV)-oldest build dist *.egg-info example_site/db.sqlite3 example_site/media example_site/static
