# make demo   compare the strategies of the baseline and draw the answer
# make test   every check: style, types, layers, tests
# Only Python 3.11 or newer, make and git are needed; everything else goes into .venv.

PYTHON ?= $(firstword $(foreach p,python3.13 python3.12 python3.11 python3.14 python3 python,\
	$(if $(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo yes),$(p))))
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

# Tests marked "alone" measure how quick something is and need both processors; others share them. Files of long tests
# come first (no reordering by number of tests), so that no processor waits at the end.
SHARED := -n 2 --dist loadfile --no-loadscope-reorder -m not(alone)

.DEFAULT_GOAL := help
.PHONY: help demo test newest quick lint bench soak figures site app screenshots baseline clean

help:
	@sed -n '1,3s/^# //p' Makefile
	@echo "make quick  style, types, and the tests that take seconds or are about what changed: an inner loop of a minute"
	@echo "make lint   style, types and layers only"
	@echo "make bench  how fast it is, as ratios measured in one run"
	@echo "make soak   a full disk, jumping clocks, two hundred jobs, twenty visitors; one part: make soak PART=jobs"
	@echo "make figures make the gallery anew: twelve figures in two languages, some minutes"
	@echo "make site   build the documents as a site into results/site"
	@echo "make app    open the app in a browser"
	@echo "make screenshots  take pictures of every page of the app anew, into results/screenshots and docs/images"
	@echo "make newest try today's newest versions of all libraries apart, in .venv-newest, and tell which they are"
	@echo "make clean  remove what was built, and .venv"

demo: $(VENV)/installed
	@mkdir -p results
	@$(BIN)/siyu compare scenarios/baseline.yaml --chart results/baseline.png

# Every check runs even if one before it fails, so that all that is wrong is known at once.
define run_all
@$(2) status=0; for check in $(1); do echo "== $$check"; $(BIN)/$$check || status=1; done; exit $$status
endef

lint: $(VENV)/installed-test
	$(call run_all,"ruff check ." mypy lint-imports)

# The second processor tests while the first one checks types.
quick: $(VENV)/installed-test
	@$(BIN)/ruff check . && { $(BIN)/mypy & types=$$!; \
		$(BIN)/python -m pytest -q --quick -m 'not alone'; tests=$$?; wait $$types && exit $$tests; }

# While mypy reads, the model is compiled once, instead of later in every process that meets it first.
test: $(VENV)/installed-test
	$(call run_all,"ruff check ." mypy lint-imports "python -m pytest $(SHARED)" "python -m pytest -m alone tests/app",\
		$(BIN)/python -m sim.simulation.compiling &)

bench: $(VENV)/installed-test
	$(BIN)/python tests/benchmarks/speed.py

# The visitors stay five minutes unless it says otherwise: make soak PART=visitors MINUTES=1
soak: $(VENV)/installed-test
	$(BIN)/python tests/hostile/soak.py $(PART) --minutes $(or $(MINUTES),5)

# Each figure asks its question of a shipped scenario anew; a Chinese font must be installed (Debian: fonts-noto-cjk).
figures: $(VENV)/installed
	PYTHONPATH=. $(BIN)/python docs/write_figures.py

site: $(VENV)/installed-test
	$(BIN)/python -m mkdocs build --strict --config-file docs/mkdocs.yml --site-dir "$(CURDIR)/results/site"

app: $(VENV)/installed-app
	$(BIN)/siyu app

# Needs a Chromium on the PATH.
screenshots: $(VENV)/installed-test
	PYTHONPATH=.:tests $(BIN)/python docs/take_screenshots.py

# Write scenarios/baseline.yaml anew after a default in sim/assumptions/scenario.py has changed; any Python with pydantic will do:
# make baseline VENV=/path/to/a/venv
baseline:
	PYTHONPATH=. $(BIN)/python -c "from sim.assumptions.writing import write_baseline; write_baseline()"

# The checks of a day's newest versions instead of those of constraints.txt; nothing else uses what is installed.
newest:
	@test -x .venv-newest/bin/python || $(PYTHON) -m venv .venv-newest
	@.venv-newest/bin/python -m pip --disable-pip-version-check --quiet install --upgrade --editable '.[app,docs,test]'
	@.venv-newest/bin/python -m pip --disable-pip-version-check freeze --exclude-editable > .venv-newest/versions.txt
	@diff constraints.txt .venv-newest/versions.txt | grep '^[<>] [^#]' || echo "The newest versions are those of constraints.txt."
	@.venv-newest/bin/python -m pytest $(SHARED)

clean:
	rm -rf .venv .venv-newest build dist results .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Siyu needs Python 3.11 or newer, and none is on the PATH; install one and try again."; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "$(PYTHON) cannot make a virtual environment; on Debian or Ubuntu install python3-venv and try again."; exit 2; }

# The sources are used where they stand, so that only a changed pyproject.toml asks for a new installation.
$(VENV)/installed: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) once; this takes a minute or two…"
	@$(PIP) install --constraint constraints.txt --editable .
	@touch $@

$(VENV)/installed-app: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) once; this takes a minute or two…"
	@$(PIP) install --constraint constraints.txt --editable '.[app]'
	@touch $@ $(VENV)/installed

$(VENV)/installed-test: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing into $(VENV) once; this takes a minute or two…"
	@$(PIP) install --constraint constraints.txt --editable '.[app,docs,test]'
	@touch $@ $(VENV)/installed $(VENV)/installed-app
