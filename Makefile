# cnp: `make demo` and `make test` do all their own set-up on a fresh Debian or Ubuntu machine with Swift.
SHELL := /bin/bash

# The machine whose instructions the build may use: `native`, or a name that clang knows, such as x86-64-v3.
ARCH ?= native
ifeq ($(shell uname -m),x86_64)
  MACHINE := -Xcc -march=$(ARCH)
else
  MACHINE := -Xcc -mcpu=$(ARCH)
endif
# Numerics need optimisation, so there is no debug configuration; build and tests share their objects.
FLAGS := -c release $(MACHINE)
# Whether the toolchain has the Swift runtime as archives, to be linked into the program (Package.swift).
export CNP_STATIC_RUNTIME := $(wildcard $(dir $(realpath $(shell command -v swift)))../lib/swift_static/linux/libswiftCore.a)
# `make build MPI=1` links Open MPI: `mpirun -n 4 cnp run book.cnpbook` then runs one book on four ranks.
MPI ?=
export CNP_MPI := $(MPI)
CNP := .build/release/cnp
BOOKS := $(wildcard notebooks/*.cnpbook)

# `make bench` measures beside PyTorch, ONNX Runtime, OpenVINO and scikit-image; QUICK=1 leaves out the largest rows, ROWS="predict
# start" all but those that begin so.
QUICK ?=
ROWS ?=
PEERS := Sources/Benchmarks/peers
BENCH_VENV := .build/bench-venv

# `make fuzz` tries random inputs: KIND=language (or commands, books, files), INPUTS of them from number FROM of SEED, JOBS at a
# time, for SECONDS at most. `make fuzz-coverage` lets libFuzzer look for programs that reach new code, for SECONDS.
KIND ?= language
INPUTS ?= 1000000
SEED ?= 1
FROM ?= 0
JOBS ?= $(shell nproc)
SECONDS ?= 86400

# `make install` puts the program, its manual and the completions of shells below PREFIX, in DESTDIR where a package is
# made; `make uninstall` takes them away.
PREFIX ?= /usr/local
DESTDIR ?=
SHARE = $(DESTDIR)$(PREFIX)/share
BASH_COMPLETION = $(SHARE)/bash-completion/completions/cnp
ZSH_COMPLETION = $(SHARE)/zsh/site-functions/_cnp
FISH_COMPLETION = $(SHARE)/fish/vendor_completions.d/cnp.fish
# Books with what is on record of them, models that are trained, and scripts: found by their name alone wherever the program is started.
SHIPPED = $(patsubst %,$(SHARE)/cnp/%,$(wildcard notebooks/*.cnpbook notebooks/*.lock notebooks/models/* examples/*.cnp))
INSTALLED = $(DESTDIR)$(PREFIX)/bin/cnp $(SHARE)/man/man1/cnp.1 $(SHARE)/doc/cnp/cnp.html $(BASH_COMPLETION) \
  $(ZSH_COMPLETION) $(FISH_COMPLETION) $(SHIPPED)

# `make deb` puts builds for several processors into one Debian package, of which it starts the best that the machine can run;
# `make check-deb` tries that choice, installs it into a bare system without Swift and runs a book there, where there are tools for
# that.
DEB := .build/deb
DEB_BUILDS ?= x86-64-v3 x86-64-v4
DEB_PROGRAMS = $(foreach arch,$(DEB_BUILDS),$(DEB)/cnp-$(arch))

.PHONY: all demo test test-mpi bench fuzz fuzz-coverage same-bits build install uninstall deb check-deb flat-memory lint check-books models \
  check-records clean setup

all: build

demo: build
	$(CNP) run notebooks/quickstart.cnpbook
	@echo "Report: notebooks/quickstart.out/report.html"

test: setup
	swift build $(FLAGS) --build-tests
	@mkdir -p .build; set -o pipefail; swift test $(FLAGS) --skip-build 2>&1 | tee .build/test.log \
	  || { echo; echo "What failed:"; grep -a '✘' .build/test.log | grep -av 'Suite\|Test run' | cut -c1-400; exit 1; }

# Small books on several ranks; leaves the program as a build with MPI, which is the same without mpirun.
test-mpi:
	@$(MAKE) build MPI=1
	@Tests/MPI/test-mpi $(CNP)

bench: build
	@$(PEERS)/setup $(BENCH_VENV)
	PYTHONDONTWRITEBYTECODE=1 $(BENCH_VENV)/bin/python $(PEERS)/bench.py $(CNP) $(if $(QUICK),--quick) $(if $(ROWS),--rows $(ROWS))

fuzz: setup
	swift build $(FLAGS) --product fuzz
	.build/release/fuzz run --kind $(KIND) --inputs $(INPUTS) --seed $(SEED) --from $(FROM) --jobs $(JOBS) --seconds $(SECONDS)

fuzz-coverage: setup
	CNP_FUZZ_COVERAGE=1 swift build -c release --sanitize fuzzer --scratch-path .build/coverage --product fuzz-coverage
	@mkdir -p .build/fuzz/coverage .build/fuzz/seeds
	@for file in Tests/LanguageTests/Corpus/*/*.cnp; do cp $$file .build/fuzz/seeds/$$(echo $$file | tr / -); done
	cd .build/fuzz && SWIFT_BACKTRACE=enable=no ../coverage/release/fuzz-coverage coverage seeds -max_len=1000 -timeout=10 \
	  -max_total_time=$(SECONDS) -seed=$(SEED) -print_final_stats=1

# Trains a few steps in a build for AVX2, in one for this machine and, where it can run, in one for AVX-512, on one thread and
# two, and on two ranks: the digests of the weights must be one and the same.
same-bits: export CNP_MPI := 1
same-bits: RANKS := env OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 mpirun --oversubscribe --bind-to none -n 2
same-bits:
	@$(MAKE) setup MPI=1
	@mkdir -p .build; rm -f .build/same-bits.txt
	@set -o pipefail; builds="x86-64-v3 native $$(grep -qw avx512bw /proc/cpuinfo && echo x86-64-v4)"; \
	for arch in $$builds; do \
	  swift build -c release -Xcc -march=$$arch --scratch-path .build/$$arch --product cnp >&2 || exit 1; \
	  for start in "env" "$(RANKS)"; do for threads in 1 2; do \
	    echo "$$($$start .build/$$arch/release/cnp bench --digest --threads $$threads) $$arch, threads: $$threads," \
	      "ranks: $$(test "$$start" = env && echo 1 || echo 2)"; done; done; \
	done | tee .build/same-bits.txt && \
	test $$(wc -l < .build/same-bits.txt) = $$((4 * $$(echo $$builds | wc -w))) && \
	test $$(cut -d' ' -f1 .build/same-bits.txt | sort -u | wc -l) = 1 && echo "All builds give the same bits."

build: setup
	swift build $(FLAGS) --product cnp

# What was built is taken as it is, so that it may be installed by another user than the one who builds.
install:
	@test -x $(CNP) || $(MAKE) build
	install -d $(sort $(dir $(INSTALLED)))
	install -m 755 $(CNP) $(DESTDIR)$(PREFIX)/bin/cnp
	$(CNP) manual --man > $(SHARE)/man/man1/cnp.1
	$(CNP) manual --html $(SHARE)/doc/cnp/cnp.html
	$(CNP) --generate-completion-script bash > $(BASH_COMPLETION)
	$(CNP) --generate-completion-script zsh > $(ZSH_COMPLETION)
	$(CNP) --generate-completion-script fish > $(FISH_COMPLETION)
	@for file in $(SHIPPED); do cp $${file#$(SHARE)/cnp/} $$file || exit; done
	@chmod 644 $(filter-out %/bin/cnp,$(INSTALLED))

uninstall:
	rm -f $(INSTALLED)
	-@rmdir $(SHARE)/doc/cnp $(SHARE)/cnp/notebooks/models $(SHARE)/cnp/notebooks $(SHARE)/cnp/examples $(SHARE)/cnp 2>/dev/null || true

# The folders are those of `same-bits`, so that what is packaged is what was compared.
deb: setup
	@mkdir -p $(DEB)
	@for arch in $(DEB_BUILDS); do \
	  swift build -c release -Xcc -march=$$arch --scratch-path .build/$$arch --product cnp || exit 1; \
	  cp .build/$$arch/release/cnp $(DEB)/cnp-$$arch || exit 1; done
	Sources/cnp/packaging/build $(DEB) $(DEB_PROGRAMS)

check-deb:
	@package=$$(ls -t $(DEB)/cnp_*.deb 2>/dev/null | head -n 1); \
	test -n "$$package" || { echo "check-deb: there is no package yet: make deb" >&2; exit 1; }; \
	Sources/cnp/packaging/check "$$package"

# Whether memory stays flat over 10,000 steps of training and 10,000 inputs at the prompt.
flat-memory: build
	.ci/flat-memory $(CNP)

lint: setup
	swift format lint --strict --recursive Sources Tests Package.swift

check-books: build
	for book in $(BOOKS); do $(CNP) check $$book || exit; done

# Runs the books that have a record, and compares what comes out with it.
check-records: build
	for lock in notebooks/*.lock; do $(CNP) run -q --check --no-cache $${lock%.lock}.cnpbook || exit; done

# Makes the models in the box anew, from DATA, the folder of the collection, and compares them with those that there are; a
# model that is not there yet is put there.
models: build
	@test -d "$(DATA)/ffa-np/images" || { echo "models: DATA names no folder with ffa-np/images: make models DATA=FOLDER" >&2; exit 1; }
	$(CNP) run -q --no-cache -P data="$(realpath $(DATA))" notebooks/models.cnpbook
	@mkdir -p notebooks/models
	@for file in stacked.json unet.safetensors pixel-gan.safetensors; do \
	  test -e notebooks/models/$$file || cp notebooks/models.out/$$file notebooks/models/$$file || exit 1; \
	  cmp notebooks/models.out/$$file notebooks/models/$$file || exit 1; done; echo "The models are the same to the bit."

setup:
	@.ci/setup $(if $(MPI),mpi)

clean:
	swift package clean
	rm -rf notebooks/*.out examples/*.out
