# The commands of `.ci/run`, one by one. `just` lists them.

default:
    @just --list

# Everything that has to hold before a change lands.
ci:
    .ci/run

# Layout of the code.
fmt:
    cargo fmt --all --check

# Lints, warnings as errors.
lint:
    cargo clippy --release --workspace --all-targets --quiet -- -D warnings

# The documentation of the crate, without warnings.
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --release --no-deps --quiet

# The library without command line and charts.
core:
    cargo check --release --lib --no-default-features --quiet

# Each set of features by itself, without warnings: the library bare, with pictures, with Parquet, with the command, with all.
features:
    for features in "" charts parquet cli cli,parquet; do \
        cargo clippy --quiet --lib --bins --no-default-features --features "$features" -- -D warnings || exit 1; done
    cargo clippy --quiet --all-targets --all-features -- -D warnings

# The oldest compiler that is promised, which `rustup toolchain install` brings.
msrv:
    cargo +$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml) check --quiet --target-dir target/msrv --lib --bins --all-features

# The library for WebAssembly, which `rustup target add wasm32-unknown-unknown` brings: without command, one thread.
wasm:
    cargo build --quiet --target wasm32-unknown-unknown --lib --no-default-features

# What would be published, built from what the package holds.
package:
    cargo publish --dry-run --allow-dirty

# Licences, sources and advisories of all dependencies (`cargo install cargo-deny`).
deny:
    cargo deny check

# Whether the public API breaks who builds on it, against a commit (`cargo install cargo-semver-checks`).
semver since="HEAD~1":
    cargo semver-checks --baseline-rev {{since}} --default-features

# All tests.
test:
    cargo test --release

# The tests of one subject or one file of it, such as `just test-of models` and `just test-of models worlds`.
test-of subject file="":
    cargo test --release --test {{subject}} {{file}}

# Walks on for so many seconds through scenarios, flags, networks and parts that are changed by chance, such as `just fuzz 3600`.
fuzz seconds="600":
    FORETELL_FUZZ={{seconds}} cargo test --release --test fuzz -- --exact scenarios::scenarios flags::flags networks::networks parts::parts --nocapture

# One case of a walk again, such as `just fuzz-case scenarios 17`.
fuzz-case walk number:
    FORETELL_FUZZ_CASE={{number}} cargo test --release --test fuzz -- --exact {{walk}}::{{walk}} --nocapture

# The wheel of `python/` in a virtual environment, and its tests.
wheel venv="target/venv":
    python3 -m venv {{venv}}
    {{venv}}/bin/pip install --quiet './python[test]'
    {{venv}}/bin/python -m pytest -q python

# The types of the Python package's questions, from the grammar of the command line.
stubs venv="target/venv":
    {{venv}}/bin/python python/stubs.py

# The article's scenario, with its committed pictures.
run:
    cargo run --release -- run scenarios/vladivostok-2023.toml

# Whether the article's scenario agrees with its source.
check:
    cargo run --release -- check scenarios/vladivostok-2023.toml

# The benchmarks of one file, such as `just bench models`.
bench file:
    cargo bench --bench {{file}}

# Writes the tables of docs/output-format.md anew.
bless:
    BLESS=1 cargo test --release --test documents output_format::document::the_document

# Asks every question of docs/questions.md and docs/tutorial.md anew, and writes the answers and pictures.
questions:
    BLESS=1 cargo test --release --test documents questions::the_documents

# Draws every picture of docs/gallery.md anew.
gallery:
    BLESS=1 cargo test --release --test documents gallery::the_document
