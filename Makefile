# Each target sets itself up: Python 3.11 or newer and make are all that is needed.
# The newest Python of the machine is used; `make PYTHON=/path/to/python3.12 lab` chooses another.

.DEFAULT_GOAL := help
.PHONY: help lab test test-pythons bench lessons lock clean
MAKEFLAGS += --no-print-directory

PYTHON ?= $(lastword $(shell sh .ci/pythons | head -n 1))
run := .venv/bin
pytest = python -m pytest -q tests -n 2 --dist loadfile

# A stamp is named after what was installed: a changed lock sets up anew, a touched one does not.
sum = $(firstword $(shell cat $(1) pyproject.toml | cksum))
lab_ready := .venv/.lab-$(call sum,requirements.lock)
test_sum := $(call sum,requirements-test.lock)
test_ready := .venv/.test-$(test_sum)

help:
	@echo "make lab           open the lessons in JupyterLab (FOLDER=where to lay them out, PORT=where it listens)"
	@echo "make test          every test: style, types, lessons, browser"
	@echo "make test-pythons  the unit tests on each further Python of this machine"
	@echo "make bench         how long things take, as ratios within one run"
	@echo "make lessons       run the notebooks and store their outputs"
	@echo "make lock          choose the exact versions anew (needs uv)"
	@echo "make clean         remove environments and caches; learners' folders stay"

lab: $(lab_ready)
	@$(run)/cadres-edu lab $(if $(FOLDER),"$(FOLDER)") $(if $(PORT),--port $(PORT))

test: $(test_ready)
	@echo "Style, types and imports"
	@$(run)/ruff check --quiet .
	@$(run)/ruff format --check --quiet . || { echo "Not in the house format: run $(run)/ruff format"; exit 1; }
	@$(run)/mypy
	@$(run)/lint-imports
	@echo "Claims, shapes and sizes of the lessons"
	@$(run)/cadres-edu check notebooks
	@echo "Units, notebooks and browser"
	@$(run)/$(pytest)

test-pythons: $(test_ready)
	@mine=$$($(run)/python -c 'import sys; print("%d.%d" % sys.version_info[:2])'); \
	sh .ci/pythons | while read -r version python; do \
	    test "$$version" != "$$mine" || continue; \
	    $(MAKE) PYTHON="$$python" ".venvs/$$version/.test-$(test_sum)" </dev/null || exit 1; \
	    echo "Units on Python $$version"; \
	    ".venvs/$$version/bin/"$(pytest) -m "not kernel and not browser" </dev/null || exit 1; \
	done

bench: $(test_ready)
	@$(run)/python bench/report.py 1000 10000

lessons: $(lab_ready)
	@$(run)/cadres-edu lessons

compile = uv pip compile --quiet --upgrade pyproject.toml --extra build --universal --python-version 3.11 \
    --generate-hashes --no-header --no-annotate
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv, a package installer; see CONTRIBUTING.md"; exit 1; }
	$(compile) --output-file requirements.lock >/dev/null
	$(compile) --extra test --output-file requirements-test.lock >/dev/null

clean:
	rm -rf .venv .venvs dist .*_cache .hypothesis .import_linter_cache
	find cadres_edu tests -name __pycache__ -prune -exec rm -rf {} +

# One environment serves both: what the tests need comes on top of what the lessons need.
$(lab_ready):
	$(call set_up,.venv,requirements.lock,the lessons)
$(test_ready):
	$(call set_up,.venv,requirements-test.lock,the tests)
	@touch $(lab_ready)
.venvs/%/.test-$(test_sum):
	$(call set_up,.venvs/$*,requirements-test.lock,the tests on Python $*)

# $(1) environment, $(2) lock, $(3) what for
define set_up
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or newer was found. Install one, or name it: make PYTHON=/path/to/python"; exit 1; }
	@$(1)/bin/python -c "" 2>/dev/null || { echo "Making the environment $(1) with $(PYTHON)"; "$(PYTHON)" -m venv --clear $(1); }
	@$(1)/bin/python -m pip --version >/dev/null 2>&1 || $(1)/bin/python -m ensurepip >/dev/null
	@echo "Installing what $(3) need, exact versions from $(2); the first time takes a minute or two"
	@$(1)/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r $(2)
	@$(1)/bin/python -m pip --disable-pip-version-check -qq install --no-deps --no-build-isolation --editable .
	@rm -f $(1)/.lab-* $(1)/.test-*; touch $@
endef
