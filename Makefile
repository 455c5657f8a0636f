# Everything a checkout needs, set-up included. PYTHON is any Python from 3.11 on.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test servers lint types docs bench curate wheel clean

demo: $(STAMP)  ## an example treatment: descriptor, graph, store, answers, picture
	$(BIN)/ontomedirad demo demo

test: $(STAMP)  ## all tests
	$(BIN)/python -m pytest -n auto

servers: $(STAMP)  ## the same on real servers, Oxigraph and Fuseki (Java, Maven)
	$(BIN)/python -m pip install -q -e '.[servers]'
	$(BIN)/python scripts/with_servers.py $(BIN)/python -m pytest tests/servers

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

docs: $(STAMP)  ## the documentation, in site/
	$(BIN)/python -m pip install -q -e '.[docs]'
	$(BIN)/mkdocs build --strict

bench: $(STAMP)  ## ratios to the floor, written to benchmarks/results/
	$(BIN)/python -m benchmarks

curate: $(STAMP)  ## what curators run before a release: report, consistency (Java), mapping tables
	$(BIN)/python -m pip install -q -e '.[owl,mappings]'
	$(BIN)/ontomedirad ontology report
	$(BIN)/ontomedirad ontology classify
	$(BIN)/python -m pytest tests/ontology -k 'sssom or mapping'

wheel: $(STAMP)  ## dist/*.whl, tried in an environment of its own
	sh scripts/try-wheel $(BIN)/python

$(STAMP): pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --upgrade pip
	$(BIN)/python -m pip install -q -e '.[test,lint]' build
	touch $(STAMP)

clean:
	rm -rf $(VENV) dist build site demo .mypy_cache .ruff_cache .pytest_cache .hypothesis
