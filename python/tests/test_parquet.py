"""Draws as Parquet: what pandas, polars and DuckDB read is what the CSV of the same run holds, to the last bit.

    python -m pytest python/tests/test_parquet.py

Asks the command: `$FORETELL`, else the newest of `target/release/foretell` and `target/debug/foretell`, else the one on the path. Readers
that are not installed are skipped, each with its reason.
"""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SCENARIO = r"""
[scenario]
title = "Ships, \"quoted\" \\ and 日本"
[factors.draw]
label = "A \"draw\", \\ \n 日本"
unit = "10^6 €"
value = 'normal(0, 1e-9)'
source = { where = "§ 1", kind = "stated" }
[factors.ships]
value = 'poisson(4.2)'
[factors.held]
value = 2
[factors.sky]
states = ["clear", "grey"]
state_labels = { clear = "Clear: blue" }
probabilities = { clear = '0.2 + 0.1 / (1 + ships)', grey = '0.8 - 0.1 / (1 + ships)' }
[events.storm]
probability = '0.2 + 0.3 / (1 + ships)'
[outcomes.a]
base = 0.5
weights = { storm = -1.0 }
[outcomes.b]
base = 0.5
"""

COUNTS = {"replicate", "draw", "ships"}

# More than one row group.
DRAWS = 140_000


def command():
    """The command, or a reason why there is none."""
    built = [ROOT / "target" / profile / "foretell" for profile in ("release", "debug")]
    newest = sorted((one for one in built if one.exists()), key=lambda one: one.stat().st_mtime)
    found = os.environ.get("FORETELL") or (str(newest[-1]) if newest else shutil.which("foretell"))
    return found or pytest.skip("there is no foretell: cargo build --release")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """One run's draws in both forms."""
    folder = tmp_path_factory.mktemp("draws")
    (folder / "x.toml").write_text(SCENARIO, encoding="utf-8")
    for name in ("draws.parquet", "draws.csv"):
        run = [command(), "run", "x.toml", "-n", str(DRAWS), "--design", "independent", "--no-charts", "--format", "csv"]
        done = subprocess.run([*run, "--draws-out", name], cwd=folder, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def expected(files):
    """The columns of the CSV, by Python's own reader."""
    with open(files / "draws.csv", newline="") as file:
        names, *rows = csv.reader(file)
    return {name: [float(cell) for cell in column] for name, column in zip(names, zip(*rows))}


def assert_same(columns, kinds, expected):
    """Equal, number for number; floats that are written with the fewest digits are read back as the same bits."""
    assert list(columns) == list(expected)
    for name, values in columns.items():
        assert list(values) == expected[name], name
        assert kinds[name] == ("int" if name in COUNTS else "float"), name


def kind(name):
    return "int" if str(name).lower() in ("int32", "int64", "integer", "bigint") else "float"


def test_pandas(files, expected):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    frame = pandas.read_parquet(files / "draws.parquet")
    assert_same({name: frame[name].tolist() for name in frame}, {name: kind(frame[name].dtype) for name in frame}, expected)
    # What the file says of itself stands where pandas keeps such things.
    columns = frame.attrs["columns"]
    assert columns["draw_"]["label"] == 'A "draw", \\ \n 日本' and columns["draw_"]["unit"] == "10^6 €"
    assert columns["draw_"]["source"]["place"] == "§ 1"
    assert columns["sky.clear"] == {"label": "sky: Clear: blue", "kind": "state", "factor": "sky", "state": "clear"}
    assert frame.attrs["run"]["draws"] == DRAWS and frame.attrs["scenario"]["title"] == 'Ships, "quoted" \\ and 日本'


def test_polars(files, expected):
    polars = pytest.importorskip("polars")
    frame = polars.read_parquet(files / "draws.parquet")
    assert_same({name: frame[name].to_list() for name in frame.columns}, {name: kind(t) for name, t in frame.schema.items()}, expected)
    about = json.loads(polars.read_parquet_metadata(files / "draws.parquet")["foretell"])
    assert about["columns"]["a"]["kind"] == "outcome"


def test_duckdb(files, expected):
    duckdb = pytest.importorskip("duckdb")
    path = str(files / "draws.parquet")
    found = duckdb.execute("select * from read_parquet(?)", [path])
    kinds = {name: kind(t) for name, t, *_ in found.description}
    columns = dict(zip(kinds, zip(*found.fetchall())))
    assert_same(columns, kinds, expected)
    [(about,)] = duckdb.execute("select decode(value) from parquet_kv_metadata(?) where key = 'foretell'", [path]).fetchall()
    assert json.loads(about)["columns"]["storm"]["kind"] == "event"
    # Row groups say their least and greatest values, which a reader skips by.
    [(low, high)] = duckdb.execute(
        "select min(stats_min_value::bigint), max(stats_max_value::bigint) from parquet_metadata(?) where path_in_schema = 'draw'", [path]
    ).fetchall()
    assert (low, high) == (0, DRAWS - 1)
