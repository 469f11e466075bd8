"""Answers and draws as frames: the same numbers in pandas, polars and pyarrow, and no copies of draws."""

import csv
import io
import json
import pickle
import subprocess
import sys

import pytest

import foretell
from conftest import HOME, command

pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
pyarrow = pytest.importorskip("pyarrow")

PATH = "scenarios/vladivostok-2023.toml"


@pytest.fixture
def run(article):
    return article.run(draws=8192)


def test_tables_are_sequences_and_know_their_records(run):
    listed = json.loads(run.json)["outcomes"]
    assert len(run.outcomes) == len(listed) == 3 and [one.id for one in run.outcomes] == run.outcomes.ids
    first = run.outcomes[0]
    assert first.probability == listed[0]["probability"] and first.variance.chance == listed[0]["variance"]["chance"]
    assert run.outcomes[first.id] == first == run.outcomes[first.label] and first.id in run.outcomes
    assert first in run.outcomes and "nobody" not in run.outcomes and len(run.outcomes[1:]) == 2
    assert run.outcomes.to_list() == listed and list(reversed(run.outcomes))[0] == run.outcomes[-1]
    with pytest.raises(KeyError, match="there are"):
        run.outcomes["nobody"]
    with pytest.raises(AttributeError, match="it has id"):
        first.probabilty
    assert type(first).probability.__doc__.startswith("The estimate") and "probability" in dir(first)
    assert repr(first).startswith("OutcomeFinding(id=") and first.percentiles is None
    assert set(run.tables) >= {"outcomes", "factors", "drivers"}


def test_frames_hold_the_numbers_of_the_json(run):
    listed = json.loads(run.json)["outcomes"]
    frames = [
        run.outcomes.to_pandas().to_dict("list"),
        run.outcomes.to_polars().to_dict(as_series=False),
        run.outcomes.to_arrow().to_pydict(),
    ]
    assert polars.DataFrame(run.outcomes).equals(run.outcomes.to_polars())
    for columns in frames:
        assert columns["probability"] == [one["probability"] for one in listed]
        assert columns["interval_low"] == [one["interval"][0] for one in listed]
        assert columns["variance_chance"] == [one["variance"]["chance"] for one in listed]
        assert columns["label"] == [one["label"] for one in listed] and columns["exact"] == [one["exact"] for one in listed]
    assert "<td>" in run.outcomes._repr_html_() and "<script" not in run.outcomes._repr_html_()


def test_columns_of_every_kind_survive():
    columns = [("n", "number", [1.5, None]), ("w", "whole", [None, 2**53 + 1]), ("t", "truth", [True, None]), ("s", "text", ["é", None])]
    table = foretell._foretell.Table(columns)
    assert polars.DataFrame(table).to_dict(as_series=False) == {name: values for name, _, values in columns}
    assert pyarrow.table(table).to_pydict() == {name: values for name, _, values in columns}
    assert {name: table.column(name) for name in table.columns} == {name: values for name, _, values in columns}
    with pytest.raises(TypeError, match="no column is of kind"):
        foretell._foretell.Table([("n", "odd", [1])])
    with pytest.raises(RuntimeError, match="length"):
        foretell._foretell.Table([("a", "number", [1]), ("b", "number", [1, 2])])


def digits(rows):
    """Numbers as what tells any two apart; what is no number is itself."""
    return [[repr(float(one)) for one in row] for row in rows]


def test_draws_are_those_that_the_command_line_writes(article, tmp_path):
    drawn = article.draws(4096, seed=7, given="trade_demand > 0.2")
    written = command("run", PATH, "-n", "4096", "--seed", "7", "--given", "trade_demand > 0.2", "--draws-out", "-", "-o", str(tmp_path / "out"), "--no-charts", cwd=HOME)
    rows = list(csv.reader(io.StringIO(written.stdout.decode())))
    assert drawn.columns == rows[0] and len(drawn) == len(rows) - 1 > 1_000
    frame = drawn.to_polars()
    assert digits(rows[1:]) == digits(frame.rows())
    assert digits(frame.rows()) == digits(polars.from_arrow(drawn.to_arrow()).rows()) and "weight" in drawn.columns
    assert not article.draws(10_000, seed=8).to_polars().equals(article.draws(10_000, seed=7).to_polars())
    assert article.draws(10_000, seed=7, threads=1).to_polars().equals(article.draws(10_000, seed=7, threads=2).to_polars())


def test_draws_are_not_copied(article):
    drawn = article.draws(8192)
    address = lambda: pyarrow.table(drawn).column("china_approval").chunk(0).buffers()[1].address
    assert address() == address() == drawn.to_arrow().column("china_approval").chunk(0).buffers()[1].address
    assert address() != pyarrow.table(article.draws(8192)).column("china_approval").chunk(0).buffers()[1].address
    assert drawn.to_polars()["china_approval"].to_numpy(allow_copy=False).__array_interface__["data"][0] == address()
    assert drawn.to_pandas()["china_approval"].to_numpy().__array_interface__["data"][0] == address()


def test_draws_of_exact_models_are_those_of_the_command_line(coin, tmp_path):
    (tmp_path / "coin.toml").write_text(coin.source)
    written = command("run", "coin.toml", "-n", "10", "--draws-out", "-", cwd=tmp_path).stdout.decode()
    frame = coin.draws(10).to_polars()
    assert digits(list(csv.reader(io.StringIO(written)))[1:]) == digits(frame.rows())


def test_draws_that_memory_can_not_hold_are_refused(article):
    with pytest.raises(foretell.ScenarioError, match="MB of memory") as raised:
        article.draws(1 << 20, memory="10MB")
    assert raised.value.messages[0].code == "memory"
    with pytest.raises(TypeError, match="joint"):
        article.draws(10, joint="a,b")


def test_frames_outlive_what_they_were_made_of(article):
    frame = article.draws(8192).to_polars()
    assert frame["china_approval"].mean() == article.draws(8192).to_polars()["china_approval"].mean()


def test_everything_is_pickled(article, run):
    again = lambda one: pickle.loads(pickle.dumps(one))
    assert again(article) == article and again(article).run(draws=8192).outcomes == run.outcomes
    assert again(article) != article.what_if(seed=3)
    assert (again(run).json, again(run).text, type(again(run))) == (run.json, run.text, type(run))
    assert again(run.outcomes) == run.outcomes and again(run.outcomes[0]) == run.outcomes[0]
    drawn = article.draws(4096)
    assert again(drawn).to_arrow().equals(drawn.to_arrow())
    assert list(again(article.check())) == list(article.check())


def test_without_pyarrow_pandas_has_the_same_numbers(article, monkeypatch):
    drawn = article.draws(4096)
    expected = drawn.to_pandas()
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert drawn.to_pandas().equals(expected.astype({"replicate": "int64", "draw": "int64"})) or (drawn.to_pandas() == expected).all().all()
    with pytest.raises(ImportError, match="needs pyarrow: pip install"):
        drawn.to_arrow()


def test_the_package_needs_no_library():
    code = "import sys, foretell; assert not {'pandas', 'polars', 'pyarrow', 'numpy'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
