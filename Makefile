# The daily commands. Each is one line that can be typed without make; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup run demo dev console fast test check golden pictures docs clean build release
RUN := python3 -m uv run
DEMO := .demo/demo.db

help: ## this list
	@grep -E '^[a-z]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | expand -t 12

setup: ## uv, and everything the tests need
	python3 -m pip install uv && python3 -m uv sync

run: ## drill itself, over your own database
	$(RUN) drill

$(DEMO):
	mkdir -p .demo && $(RUN) drill demo --db $(DEMO)

demo: $(DEMO) ## drill over a made-up history (nothing of yours is touched)
	$(RUN) drill --db $(DEMO)

dev: $(DEMO) ## the same under Textual's development tools; `make console` in another terminal shows its log
	$(RUN) --group loop textual run --dev -c "drill --db $(DEMO)"

console: ## Textual's console, which `make dev` writes to
	$(RUN) --group loop textual console

fast: ## the inner loop: core, analytics and painters, in seconds
	HYPOTHESIS_PROFILE=brief $(RUN) pytest -q -m "not slow" tests/core tests/analytics tests/render

test: ## every test
	$(RUN) pytest

check: ## lint, types and the import contract
	$(RUN) ruff check . && $(RUN) ruff format --check . && $(RUN) mypy && $(RUN) lint-imports

golden: ## rewrite the golden screens and reports; read the difference before keeping it
	$(RUN) python -m tests.render.samples && $(RUN) python -m tests.render.report_samples && git diff --stat tests/render

pictures: ## make the pictures of docs/ anew (needs Chromium for PNG)
	$(RUN) python -m benchmarks.pictures

docs: ## the documentation site, in docs/_build; a broken link fails
	$(RUN) --group docs sphinx-build -W --keep-going -q -b html docs docs/_build

release: ## what must hold on the day of a release, beside .ci/run
	.ci/release-check

build: ## sdist and wheel in dist/
	python3 -m uv build

clean: ## what the commands above leave behind
	rm -rf .demo dist build docs/_build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
