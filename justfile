# recipes; `just` lists them

_list:
    @just --list --unsorted

# all that must hold before a change lands
ci:
    .ci/run

# every test
test *args:
    cargo test --workspace {{args}}

# a million numbers in words and figures, read and held against their values
numbers:
    METAMORPHIC_NUMBERS=1000000 cargo test --profile quick --test metamorphic numbers

# the Python package: its wheel, its tests, Spark
python:
    .ci/python

# lines of src/ that the tests reach
coverage:
    .ci/coverage

# the archive of a release, with its list of components and sha256
release:
    .ci/release

# format and lints
lint:
    cargo fmt --all
    cargo clippy --workspace --all-targets --all-features -- -D warnings

# MB/s by room, beside Unicode word boundaries
bench *args:
    cargo bench --bench stages -- {{args}}

# instructions and branches foretold wrongly a byte of the corpus, by room, counted by valgrind
instructions:
    benches/instructions

# the lines of a room that cost most, by instructions and branches foretold wrongly
branches room lines="60":
    benches/branches {{room}} {{lines}}

# instructions a byte of articles from 1 KB to 1 MB and of hostile texts
growth *args:
    benches/growth {{args}}

# every fuzz target for a share of these seconds, from its seeds
fuzz seconds="300":
    .ci/fuzz {{seconds}}

# one fuzz target until it is stopped; what it finds stands in fuzz/artifacts
fuzz-one target *args:
    mkdir -p fuzz/corpus/{{target}}
    cargo fuzz run -s none --target-dir target/fuzz {{target}} fuzz/corpus/{{target}} fuzz/seeds/{{target}} -- -rss_limit_mb=2048 -timeout=10 {{args}}

# mutated articles with faults among them at full load; fails where memory grows, a file stays open, an article is lost
soak seconds="3600" *args:
    cargo bench --profile quick --bench soak -- --seconds {{seconds}} {{args}}

# flame graph of the whole pipeline (perf, and inferno from cargo)
flame:
    CARGO_PROFILE_RELEASE_DEBUG=line-tables-only cargo build --release
    perf record --call-graph dwarf -o target/perf.data target/release/onrecord extract corpus --threads 1 --quiet -o target/records.jsonl
    perf script -i target/perf.data | inferno-collapse-perf | inferno-flamegraph > flame.svg

# the record of an article, in colour
explain article:
    cargo run --quiet --profile quick -- explain {{article}}
