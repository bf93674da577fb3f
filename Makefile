# Every command that the README names. The first one that is used makes .venv; the others find it there.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv

export PATH := $(CURDIR)/$(BIN):$(PATH)
# Bytecode makes TensorFlow start three times as fast; some machines switch it off.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test quick lab build slides html pictures wheel bench versions clean
.DEFAULT_GOAL := help

help:  ## show this list
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 10

demo: .venv/installed  ## build, release, grade the sample classes, feedback, reports, tables
	rnnshapes demo

test: .venv/installed  ## all tests, the audit of the grader among them
	pytest -n auto --maxprocesses 4 --dist loadscope --no-loadscope-reorder

quick: .venv/installed  ## what two minutes can test: no sandbox, no browser, no whole notebook
	pytest -n auto --maxprocesses 2 --dist loadscope --no-loadscope-reorder -q -m quick  # each more imports TensorFlow

lab: .venv/installed  ## JupyterLab on a page with the lessons; your copies of them are in my/
	rnnshapes lab

build: .venv/installed  ## lessons/ to notebooks/, source/, release/
	rnnshapes build

slides: .venv/installed  ## lectures as slides for the hall, without a network: slides/
	rnnshapes slides

html: .venv/installed  ## lectures as a site to read or print, without a network: site/
	rnnshapes html

pictures: .venv/installed  ## the README's two pictures, from the course as it is (needs chromium): docs/*.png
	python docs/make_pictures.py

wheel: .venv/installed  ## the package as students install it: dist/
	rm -rf dist
	uv build --quiet --wheel --out-dir dist
	@ls dist/*.whl

bench: .venv/installed  ## measurements: how fast a check answers, where the tolerance lies, how fast a class is graded
	python bench/checks.py
	python bench/tolerance.py
	python bench/explorer.py
	python bench/grading.py

versions: .venv/installed  ## try the oldest and the newest versions that pyproject.toml claims (about an hour)
	python tests/versions.py

# uv installs itself again from the lock, so the environment does not depend on this line's version.
.venv/installed: pyproject.toml uv.lock
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14) and "Python 3.11, 3.12 or 3.13 is needed (TensorFlow has no release for later ones): make PYTHON=python3.13 …")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	test -x $(UV) || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) sync --frozen --extra course --compile-bytecode --quiet
	touch $@

clean:  ## remove the environment and what demo and tests made
	rm -rf .venv .versions demo dist reports site slides .rnnshapes/executed .pytest_cache
