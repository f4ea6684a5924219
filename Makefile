# make run    the dashboards, on http://127.0.0.1:8866 (make run PORT=9000 ADDRESS=127.0.0.1)
# make test   everything: unit tests, notebooks, browser tests
# Both make .venv first if it is missing; make help lists the rest.

PYTHON  ?= python3
PORT    ?= 8866
ADDRESS ?= 127.0.0.1
SERVE   ?=
VENV    := .venv
BIN     := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test install lab lint types lock data bench bench-peers clean

help:
	@sed -n 's/^#: //p' $(MAKEFILE_LIST)

#: make run      serve the dashboards (PORT=8866, ADDRESS=127.0.0.1; others in the network: ADDRESS=0.0.0.0 and a token in WORKBENCH_TOKEN)
run: $(VENV)/.run-ready
	@$(BIN)/workbench serve --port $(PORT) --address $(ADDRESS) --no-browser $(SERVE)

#: make test     unit tests, notebooks under nbval, browser tests where a Chromium is found
test: $(VENV)/.test-ready
	$(BIN)/pytest -n auto --dist loadgroup tests
	$(BIN)/pytest --nbval-lax -p no:cacheprovider -o filterwarnings=default notebooks

#: make install  only make the environment .venv, with the test extras
install: $(VENV)/.test-ready

#: make lab      open JupyterLab on notebooks/
lab: $(VENV)/.run-ready
	$(BIN)/jupyter lab notebooks

#: make lint     ruff, notebooks without output, floors of the house
lint: $(VENV)/.test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/nbstripout --verify notebooks/*.ipynb dashboards/*.ipynb
	$(BIN)/lint-imports

#: make types    mypy, strict
types: $(VENV)/.test-ready
	$(BIN)/mypy

#: make data     build data/ again from data/sources/
data: $(VENV)/.test-ready
	$(BIN)/python -m tools.build_data

#: make bench    speed, side by side with what a user would use instead
bench: $(VENV)/.test-ready
	for file in benchmarks/bench_*.py; do $(BIN)/python $$file || exit 1; done

#: make bench-peers  Panel and Streamlit into .venv-peers, for benchmarks/dashboards.py alone
bench-peers: .venv-peers/.ready

.venv-peers/.ready: requirements/peers.txt
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/peers.txt
	@touch $@

#: make lock     resolve the locked dependencies anew (needs uv)
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --upgrade --extra test pyproject.toml --output-file requirements/test.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    --constraint requirements/test.txt pyproject.toml requirements/build.in --output-file requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header \
	    requirements/peers.in --output-file requirements/peers.txt

#: make clean    throw the environment away
clean:
	rm -rf $(VENV)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	    { echo "Python 3.11 or newer is needed; name yours: make PYTHON=python3.12 ..." >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run-ready: requirements/run.txt pyproject.toml | $(BIN)/python
	@echo "Installing the workbench into $(VENV): some minutes the first time, never again until the lock changes."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.test-ready: requirements/test.txt pyproject.toml | $(BIN)/python
	@echo "Installing the workbench and its test tools into $(VENV): some minutes the first time."
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@ $(VENV)/.run-ready
