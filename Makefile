# Nhịp Cầu. `make demo` opens a working site; `make test` runs the tests. Both set everything up by themselves.
SHELL := /bin/sh
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
export DJANGO_SETTINGS_MODULE := nhipcau.settings
# Compiled modules are kept, whatever the machine says: sixty processes of the tests would compile Django and us anew.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help setup setup-dev packages assets demo serve test test-postgres check format lock bench clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-14s %s\n", $$1, $$2}'

setup: .venv/.ready assets ## virtual environment, locked dependencies, fonts, catalogues, static files

.venv/.pip:
	@sh scripts/make_venv.sh $(PYTHON)
	@touch $@

.venv/.ready: .venv/.pip requirements/base.lock pyproject.toml
	@test -e .venv/.dev || $(BIN)/uv pip sync --quiet --require-hashes requirements/base.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

setup-dev: .venv/.dev assets ## the same with the tools for tests and checks

.venv/.dev: .venv/.pip requirements/dev.lock pyproject.toml
	@$(BIN)/uv pip sync --quiet --require-hashes requirements/dev.lock
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@ .venv/.ready

assets:
	@$(BIN)/python manage.py build_assets
	@$(BIN)/pybabel --quiet compile --domain=django --directory=locale
	@$(BIN)/python manage.py collectstatic --noinput --verbosity 0

# What reads scans; without them every other source still works, and a message says what to install.
OCR_PACKAGES := tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd
# The metric twin of Times New Roman that PDFs embed.
FONT_PACKAGES := fonts-croscore
TEST_PACKAGES := chromium libatomic1 $(OCR_PACKAGES) libreoffice-writer-nogui $(FONT_PACKAGES)

packages: ## the system packages of tests and checks at once, where this user may install them
	@sh scripts/system_packages.sh gettext postgresql $(TEST_PACKAGES)

demo: setup ## a working site with the two seed plans [PORT=8000] [EMPTY=1: with nothing in it]
	@sh scripts/system_packages.sh $(OCR_PACKAGES) $(FONT_PACKAGES) || true
	@SITE_URL=http://localhost:$(PORT) DATA_DIR=$(CURDIR)/var/$(if $(EMPTY),empty,demo) $(BIN)/python manage.py demo --port $(PORT) $(if $(EMPTY),--empty)

serve: setup ## the site on the data under var/ [PORT=8000]
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py serve --port $(PORT)

test: setup-dev ## every test, on SQLite or on $$DATABASE_URL
	@sh scripts/system_packages.sh $(TEST_PACKAGES)
	@$(BIN)/python -m pytest -n 4

# These ask no database, or always SQLite: `make test` has run them.
ANY_DATABASE := tests/vanban tests/browser/test_accessibility.py tests/browser/test_scripts.py tests/core/test_sandbox.py tests/core/test_serve.py

test-postgres: setup-dev ## every test of the database, on a PostgreSQL that this installs and starts
	@sh scripts/system_packages.sh $(TEST_PACKAGES)
	@sh scripts/with_postgres.sh $(BIN)/python -m pytest -n 4 $(addprefix --ignore ,$(ANY_DATABASE))

check: setup-dev ## style, types, layers, migrations, translations, templates
	@sh scripts/system_packages.sh gettext
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python scripts/check_translations.py
	$(BIN)/python scripts/lint_templates.py

format: setup-dev ## put the code into its one form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/.pip ## resolve the dependencies anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate pyproject.toml -o requirements/base.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --extra dev pyproject.toml -o requirements/dev.lock

bench: setup-dev ## the figures of bench/RESULTS.md
	@sh bench/run.sh

clean: ## throw away what the set-up made (never var/)
	rm -rf .venv staticfiles build src/*.egg-info src/nhipcau/core/static/core/fonts src/nhipcau/core/static/core/vendor
