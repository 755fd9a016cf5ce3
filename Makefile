# The front door. Everything else is meson (C), npm (the pages) and tools/ (set-up, checks).
LIANPU_PORT ?= 8787
BUILD       ?= build
web_files   := $(shell find web -type f -not -path 'web/dist/*' -not -path 'web/node_modules/*' 2>/dev/null)

.PHONY: run build test check bench deb docs format fuzz clean

run: build var/jiangmen.db ## serve the sample city on http://127.0.0.1:8787
	@exec $(BUILD)/lianpu serve --db var/jiangmen.db --listen 127.0.0.1:$(LIANPU_PORT)

build: $(BUILD)/build.ninja web/dist/index.html ## build/lianpu, with the pages in it
	@ninja -C $(BUILD) --quiet lianpu

test: ## everything: both compilers, sanitizers, both databases, browser; under 20 minutes
	@tools/setup.sh test
	@python3 tools/test.py test

check: ## the quick part, under 60 s
	@tools/setup.sh test
	@python3 tools/test.py check

bench: build ## the measures of bench/README.md on 1,000,000 parcels
	@bench/run.sh $(BUILD)

deb: build ## build/deb/lianpu_VERSION_ARCH.deb, for Debian 12
	@python3 packaging/deb.py $(BUILD)

docs: build ## write docs/data-model.md, docs/api.md and docs/configuration.md anew from the program's own tables
	@tools/docs.sh $(BUILD)/lianpu

format: ## lay out C as clang-format 14 does
	@clang-format-14 -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]' 'bench/*.[ch]')

fuzz: ## run each fuzzer, or those in FUZZERS, for FUZZ_SECONDS (60)
	@tools/setup.sh test
	@tools/fuzz.sh $(FUZZERS)

clean:
	rm -rf build build-* web/dist

# meson knows which sources changed; this only sets the folder up, once.
$(BUILD)/build.ninja: meson.build
	@tools/setup.sh build
	@[ -f $@ ] && touch $@ || meson setup $(BUILD) >/dev/null

# Embedded in the binary: when the pages change, so does it.
web/dist/index.html: $(web_files) package.json package-lock.json
	@tools/setup.sh build
	@npm run --silent build

var/jiangmen.db:
	@mkdir -p var
	@$(BUILD)/lianpu init $@ --sample jiangmen
