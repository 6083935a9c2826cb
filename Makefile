# make demo       the example site at http://localhost:8000, on a machine with nothing but Python, make and git
# make test       the tests on SQLite
# make help       the rest

PYTHON ?= python3
VENV ?= .venv
PORT ?= 8000
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed

.PHONY: help demo test test-browser test-wheel lint types contracts migrations messages clean

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile
	@echo "make test-browser the editor's walk in Chromium"
	@echo "make test-wheel  the wheel, installed in a bare Wagtail site"
	@echo "make lint        ruff and the import contracts"
	@echo "make types       mypy"
	@echo "make migrations  new migrations, with the oldest supported Wagtail"
	@echo "make messages    collect texts to translate (needs gettext)"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip

$(INSTALLED): $(BIN)/python setup.cfg setup.py pyproject.toml $(wildcard wagtail_prosjektnett/locale/*/LC_MESSAGES/*.po)
	$(BIN)/python -m pip install --quiet --editable ".[example,test,browser,dev]"
	@touch $@

demo: $(INSTALLED)
	PORT=$(PORT) $(BIN)/python example_site/manage.py migrate --verbosity 0
	PORT=$(PORT) $(BIN)/python example_site/manage.py load_example
	PORT=$(PORT) $(BIN)/python example_site/manage.py runserver $(PORT)

test: $(INSTALLED)
	$(BIN)/python -m pytest -m "not browser and not wheel"
