# Two commands for a new user: `make demo` and `make test`. They need Rust, Python 3.10
# or later, make and a C compiler; all else is put into .venv and target.

PYTHON  ?= python3
CARGO   ?= cargo
# Published reports with their answer keys, where they are at hand.
REPORTS ?= ../shared/reports

# Tables compared with an independent solver.
CASES ?= 50
# Fuzzing: seconds a target, and which; nothing means all.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?=
# Mutation testing: which of the mutants.
MUTANTS ?=

# Carriers that an office program writes for test-office.
CARRIERS ?= csv doc odt ofd rtf xls xlsx

# Where `make install` puts the C library; DESTDIR goes before it, LIBDIR=lib64 below it.
PREFIX ?= /usr/local

VENV := .venv
CLUSTERS := .venv-clusters
PY   := $(VENV)/bin/python

# The wheel never links the interpreter; said here too, so that cargo and maturin agree
# and share what they build.
export PYO3_PYTHON := $(CURDIR)/$(PY)
export PYO3_BUILD_EXTENSION_MODULE := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export GONGKAI_REPORTS := $(abspath $(REPORTS))

SOURCES := Cargo.toml Cargo.lock README.md $(shell find core/src core/Cargo.toml bindings-c/shared bindings-py/src \
	bindings-py/python bindings-py/Cargo.toml bindings-py/pyproject.toml -type f -not -name '*.pyc')

C := target/c
C_SOURCES := Cargo.toml Cargo.lock bindings-c/README.md $(shell find core/src core/Cargo.toml bindings-c -type f \
	-not -path 'bindings-c/tests/*' -not -name '*.md')

# Readers and checks are declared in tables, where cargo fmt does not find them.
TABLED := --edition 2024 $(wildcard core/src/format/*.rs core/src/format/*/mod.rs core/src/check/*/*.rs)

.DEFAULT_GOAL := help
.PHONY: help demo test test-rust test-python test-c test-many test-clusters test-office oracle lint fmt \
	accuracy docs site bench bench-instructions bench-peers bench-scale fuzz deny coverage mutants miri same \
	wheel sdist install c-release cargo-c clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

demo: $(VENV)/wheel-release ## build the wheel, read the sample reports, count against the answer keys
	$(PY) examples/demo.py

test: lint test-rust test-python test-c oracle ## everything

test-rust: $(VENV)/tools
	$(CARGO) test --workspace --quiet --no-fail-fast

test-python: $(VENV)/wheel-dev
	$(PY) -m mypy --config-file bindings-py/pyproject.toml bindings-py/python bindings-py/tests examples benches
	$(PY) -m mypy.stubtest gongkai --mypy-config-file bindings-py/pyproject.toml \
		--allowlist bindings-py/stubtest-allow.txt
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PY) -m pyright --verifytypes gongkai --ignoreexternal
	$(PY) -m pytest -c bindings-py/pyproject.toml bindings-py/tests

test-c: $(VENV)/wheel-dev $(C)/tools $(C)/release $(C)/dev/made $(C)/documents ## programs in C and C++ against the installed library
	MYPYPATH=bindings-c/tests $(PY) -m mypy --config-file bindings-py/pyproject.toml bindings-c/tests
	$(PY) -m pytest -c bindings-py/pyproject.toml --rootdir . bindings-c/tests

test-clusters: $(CLUSTERS)/wheel-dev ## the adapters on Spark, Ray and DuckDB themselves; needs Java 17, not part of test
	$(CLUSTERS)/bin/python -m pytest -c bindings-py/pyproject.toml -o pythonpath=tests \
		-W default::DeprecationWarning -W default::FutureWarning bindings-py/tests-clusters

test-office: ## reports that LibreOffice and ofdrw saved as CARRIERS, not part of test
	tests/office $(CARRIERS)

oracle: $(VENV)/tools ## wrong cells against an independent solver; CASES=3000 for many
	GONGKAI_CASES=$(CASES) $(CARGO) run --quiet --package gongkai-tests --bin localisation -- cases \
		> target/cases.jsonl
	$(PY) tests/oracle/localisation.py target/cases.jsonl --all $(shell expr $(CASES) / 8)

lint: $(VENV)/tools ## formatting and lints, nothing is changed
	$(CARGO) fmt --all --check
	rustfmt --check $(TABLED)
	$(CARGO) clippy --workspace --all-targets --quiet -- -D warnings
	$(PY) -m ruff format --quiet --check --config bindings-py/pyproject.toml bindings-py bindings-c examples benches
	$(PY) -m ruff check --quiet --config bindings-py/pyproject.toml bindings-py bindings-c examples benches

fmt: $(VENV)/tools ## format all code
	$(CARGO) fmt --all
	rustfmt $(TABLED)
	$(PY) -m ruff format --config bindings-py/pyproject.toml bindings-py bindings-c examples benches

accuracy: $(VENV)/tools ## figures of accuracy, written into README.md
	$(CARGO) run --release --package gongkai-tests --bin accuracy > target/accuracy.md
	$(PY) .ci/splice README.md accuracy < target/accuracy.md
	$(CARGO) run --release --package gongkai-tests --bin localisation > target/localisation.md
	$(PY) .ci/splice README.md localisation < target/localisation.md

# These five need tools of their own, outside of test: cargo install cargo-fuzz cargo-deny
# cargo-llvm-cov cargo-mutants; rustup +nightly component add miri llvm-tools.

fuzz: ## fuzz every target for FUZZ_SECONDS, figures into docs/reliability.md; needs nightly and cargo-fuzz
	$(PYTHON) .ci/fuzz $(FUZZ_SECONDS) $(FUZZ_TARGETS) > target/fuzz.md; found=$$?; \
	$(PYTHON) .ci/splice docs/reliability.md fuzz < target/fuzz.md; exit $$found

deny: ## licences, advisories and duplicates of the dependencies; needs cargo-deny
	$(CARGO) deny check

coverage: ## what the tests of the library reach, into docs/reliability.md; needs nightly and cargo-llvm-cov
	$(CARGO) +nightly llvm-cov --branch --package gongkai --package gongkai-tests --no-fail-fast \
		--ignore-filename-regex '(tests|benches|bindings-[a-z]+)/|tests\.rs$$' \
		--json --summary-only --output-path target/coverage.json
	$(PYTHON) .ci/coverage target/coverage.json > target/coverage.md
	$(PYTHON) .ci/splice docs/reliability.md coverage < target/coverage.md

# All changes are in one build, each behind a condition, so that one costs seconds. The tests
# that are run are those that tell most; the others are tried on what survives.
mutants: $(VENV)/tools ## changes in matching and checks that no test notices; needs cargo-mutants
	$(PY) -m pip install --quiet tree-sitter==0.26.1 tree-sitter-rust==0.24.2
	nice $(PY) .ci/mutants $(MUTANTS)

# Miri is slow: whole documents and properties of many cases are left to the other tests.
# Isolation forbids the files of fixtures. A machine whose bytes stand the other way round
# shows what rests on their order, and has no instructions that Miri does not know.
MIRI_TARGET ?= s390x-unknown-linux-gnu
miri: ## the core's own tests under Miri; needs nightly with miri
	MIRIFLAGS=-Zmiri-disable-isolation $(CARGO) +nightly miri test --target $(MIRI_TARGET) --package gongkai --lib -- \
		container:: document:: model:: format::word format::text format::rtf format::sheets \
		format::pdf format::doc html::style matching::label matching::cell --skip check:: --skip fixtures_ --skip docx::

same: ## all fixtures and hostile files give the same in a debug build as in a release build
	mkdir -p target
	$(CARGO) run --quiet --package gongkai-tests --bin digests > target/digests.debug
	$(CARGO) run --quiet --package gongkai-tests --bin digests --release > target/digests.release
	cmp target/digests.debug target/digests.release && wc -l < target/digests.release

site: $(VENV)/wheel-dev ## the documentation as web pages, target/site
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --quiet --strict --config-file bindings-py/mkdocs.yml

docs: $(VENV)/tools ## the manual of the checks, docs/checks.md
	$(CARGO) run --quiet --package gongkai-tests --bin manual

wheel: $(VENV)/packaging ## the wheel as released, for Linux with glibc 2.17 or later, checked
	rm -rf target/wheels/linux
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(PY) -m maturin build --quiet --profile release --strip --zig --compatibility manylinux2014 \
		--manifest-path bindings-py/Cargo.toml --interpreter $(PY) --out target/wheels/linux
	$(PY) .ci/check-wheel target/wheels/linux/*.whl

sdist: $(VENV)/packaging ## the source distribution, and a wheel built from it alone
	rm -rf target/sdist
	$(PY) -m maturin sdist --manifest-path bindings-py/Cargo.toml --out target/sdist
	$(PY) -m pip wheel --quiet --no-deps --wheel-dir target/sdist target/sdist/*.tar.gz
	$(PY) .ci/check-wheel --own-machine target/sdist/*.whl

install: ## the C library: headers, libraries, pkg-config and CMake files, below PREFIX
	$(CARGO) build --release --package gongkai-c
	bindings-c/package/install target/release $(PREFIX)

c-release: $(C)/release ## the C library as released, for Linux with glibc 2.17 or later, as a tarball

cargo-c: ## the C library by cargo-c, which must be installed; below target/c/cargo-c
	cd bindings-c && $(CARGO) cinstall --release --prefix=/usr --libdir=lib --destdir=$(CURDIR)/$(C)/cargo-c

bench: $(VENV)/wheel-release ## time and memory of each stage, written into docs/performance.md
	$(CARGO) bench --package gongkai-benches --bench stages > target/time.md
	$(PY) .ci/splice docs/performance.md time < target/time.md
	$(CARGO) bench --package gongkai-benches --bench memory > target/memory.md
	$(PY) .ci/splice docs/performance.md memory < target/memory.md
	$(CARGO) bench --package gongkai-benches --bench checks
	$(PY) -m pip install --quiet --requirement benches/requirements.txt
	$(PY) benches/batch.py

bench-instructions: $(VENV)/tools ## instructions of each stage, counted by valgrind, written into docs/performance.md
	$(CARGO) bench --package gongkai-benches --bench stages -- --instructions > target/instructions.md
	$(PY) .ci/splice docs/performance.md instructions < target/instructions.md

# Files of a national year in `bench-scale`.
N ?= 10000
PEERS := target/peers

bench-peers: $(VENV)/wheel-release ## the same files through other libraries, written into README.md and docs/performance.md
	$(CARGO) run --quiet --package gongkai-benches --bin peers_files -- $(PEERS)/files
	$(CARGO) build --release --manifest-path benches/peers/Cargo.toml --target-dir $(PEERS)
	$(PY) -m pip install --quiet --requirement benches/peers/requirements.txt
	$(PY) benches/peers/peers.py $(PEERS)/files $(PEERS)/release/gongkai-peers > target/peers.md
	$(PY) .ci/splice docs/performance.md peers < target/peers.md
	sed '/^$$/q' target/peers.md | $(PY) .ci/splice README.md peers

bench-scale: $(VENV)/wheel-release ## N generated files of a national year, written into docs/performance.md
	$(CARGO) build --quiet --package gongkai-benches --bin national_slice
	$(CARGO) build --quiet --release --package gongkai-c
	bindings-c/package/install target/release $(C)/bench
	$(CC) -std=c99 -O2 -Wall -Wextra -Werror -I $(C)/bench/include benches/scale/batch.c \
		$(C)/bench/lib/libgongkai.so -Wl,-rpath,'$$ORIGIN/lib' -o $(C)/bench/batch
	$(PY) benches/scale/scale.py --files $(N) --generator target/debug/national_slice \
		--batch $(C)/bench/batch > target/scale.md
	$(PY) .ci/splice docs/performance.md scale < target/scale.md

test-many: $(VENV)/wheel-release ## memory over ten thousand files
	GONGKAI_TEST_MANY=10000 $(PY) -m pytest -c bindings-py/pyproject.toml -s -k memory bindings-py/tests

clean: ## remove what was built
	rm -rf $(VENV) $(CLUSTERS) target

# Stamps: a step runs again only when what it rests on has changed.

$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		|| { echo "gongkai needs Python 3.10 or later; choose one: make PYTHON=/path/to/python3" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/tools: $(VENV)/made bindings-py/requirements-dev.txt
	$(PY) -m pip install --quiet --requirement bindings-py/requirements-dev.txt
	@touch $@

$(VENV)/packaging: $(VENV)/tools bindings-py/requirements-packaging.txt
	$(PY) -m pip install --quiet --requirement bindings-py/requirements-packaging.txt
	@touch $@

$(C)/tools: bindings-c/tests/tools
	bindings-c/tests/tools
	@mkdir -p $(C) && touch $@

$(C)/release: $(VENV)/packaging $(C_SOURCES)
	@mkdir -p $(C)
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" CARGO=$(CARGO) bindings-c/package/release $(C)
	@touch $@

$(C)/dev/made: $(C_SOURCES)
	$(CARGO) build --quiet --package gongkai-c
	bindings-c/package/install target/debug $(C)/dev
	@touch $@

# The fixtures as the readers get them: packed, and in their encodings.
$(C)/documents: $(C_SOURCES) $(shell find tests/src tests/fixtures -type f)
	rm -rf $@
	$(CARGO) run --quiet --package gongkai-tests --bin documents -- $@

$(CLUSTERS)/engines: $(VENV)/made bindings-py/requirements-clusters.txt
	$(PYTHON) -m venv --clear $(CLUSTERS)
	$(CLUSTERS)/bin/python -m pip install --quiet --requirement bindings-py/requirements-clusters.txt
	@touch $@

$(CLUSTERS)/wheel-dev: $(CLUSTERS)/engines $(VENV)/wheel-dev
	$(CLUSTERS)/bin/python -m pip install --quiet --force-reinstall --no-deps target/wheels/dev/*.whl
	@touch $@

# One wheel is installed at a time, so each kind forgets the other.
$(VENV)/wheel-%: $(VENV)/tools $(SOURCES)
	rm -rf target/wheels/$* $(VENV)/wheel-*
	$(PY) -m maturin build --quiet --profile $* --manifest-path bindings-py/Cargo.toml \
		--interpreter $(PY) --out target/wheels/$*
	$(PY) -m pip install --quiet --force-reinstall --no-deps target/wheels/$*/*.whl
	@touch $@
