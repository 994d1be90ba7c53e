# The commands of this project; the README says what each is for.
# ARGS goes to pytest or the benchmarks: make test ARGS="tests/test_headers.py -x"
VENV := .venv
ARGS ?=
PORT ?= 5000
export PORT

.PHONY: run test check bench test-long format translations lock

# The demo region is loaded into an empty database; DEMO=0 starts without it.
run: export DEMO ?= 1
run:
	@scripts/environment.sh runtime
	@exec $(VENV)/bin/flask --app wsgi start

# Every process that the tests start begins in a third of the time when Python keeps what it compiled.
test test-long: export PYTHONDONTWRITEBYTECODE =
test:
	@scripts/environment.sh dev
	@$(VENV)/bin/pytest -n 3 --dist loadscope -m "not long and not again" $(ARGS)

check:
	@scripts/environment.sh dev
	@scripts/check.sh

bench:
	@scripts/environment.sh dev
	@$(VENV)/bin/python -m bench $(ARGS)

test-long:
	@scripts/environment.sh dev
	@$(VENV)/bin/pytest -m long $(ARGS)

# Puts the code in the form that `make check` asks for.
format:
	@scripts/environment.sh dev
	@$(VENV)/bin/ruff check --fix --quiet . ; $(VENV)/bin/ruff format .

# Writes the Dutch sentences of code and templates to kwartaal/translations/messages.pot.
translations:
	@scripts/environment.sh dev
	@scripts/translations.sh kwartaal/translations/messages.pot

# Recreates requirements/*.txt; LOCK=--upgrade moves every pin to the newest release.
lock:
	@scripts/environment.sh dev
	@scripts/lock.sh $(LOCK)
