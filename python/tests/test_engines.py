"""Runs in shares give the bytes of one run, on every engine, also where workers die."""

import json
import os
import sys

import pytest

import foretell
import foretell.local
from foretell import engine
from foretell._parts import finish, merge_parts, part

from conftest import timeless

DRAWS = 1 << 19
HOW = {"seed": 7, "set": {"china_approval": 0.6}}


def data(answer):
    return timeless(json.loads(answer.json))


@pytest.fixture(scope="module")
def whole():
    """The run in one piece."""
    home = os.path.join(os.path.dirname(__file__), "..", "..")
    scenario = foretell.Scenario(os.path.join(home, "scenarios", "vladivostok-2023.toml"))
    return scenario, data(scenario.run(draws=DRAWS, **HOW))


def dying(marker):
    """Makes parts; the first worker that begins with the second share is killed in the middle of it."""

    def make(scenario, number, *rest):
        import os
        import signal
        import threading

        from foretell._parts import part

        if number == 2:
            try:
                os.close(os.open(marker, os.O_CREAT | os.O_EXCL))
            except FileExistsError:
                return part(scenario, number, *rest)
            threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGKILL)).start()
            while True:
                part(scenario, number, *rest)
        return part(scenario, number, *rest)

    return make


def wrong(folder):
    """Makes nothing, slowly, and leaves a file for each share; the second share is a mistake."""

    def make(scenario, number, *rest):
        import os
        import time

        if number == 2:
            raise ValueError("the second share")
        time.sleep(0.1)
        open(os.path.join(folder, str(number)), "w").close()
        return b""

    return make


def assert_a_mistake_ends_it_at_once(on, scenario, folder):
    with pytest.raises(ValueError, match="the second share"):
        engine.run(on, scenario, DRAWS, shards=80, progress=False, make=wrong(str(folder)))
    assert len(os.listdir(folder)) < 40


QUESTIONS = [("run", {"draws": 5000, "seed": 3}), ("sensitivity", {"draws": 4096}), ("run", {"draws": 5000, "seed": 4})]


def alone(scenario):
    return [data(getattr(scenario, verb)(**how)) for verb, how in QUESTIONS]


def asked(scenario):
    return [(scenario, verb, how) for verb, how in QUESTIONS]


def test_parts_are_bytes_that_merge_in_any_order(whole):
    scenario, run = whole
    parts = [part(scenario, number, 5, DRAWS, HOW) for number in range(1, 6)]
    some = merge_parts(scenario, parts[4], parts[1])
    assert data(finish(scenario, [some, parts[2], merge_parts(scenario, parts[3], parts[0])], HOW)) == run
    assert merge_parts(scenario, some, parts[0]) == merge_parts(scenario, parts[0], parts[1], parts[4])
    with pytest.raises(foretell.ScenarioError, match="shards 1, 3–4 of 5 are missing"):
        finish(scenario, [some], HOW)
    with pytest.raises(foretell.ScenarioError, match="draws in common"):
        merge_parts(scenario, some, parts[1])
    other = part(scenario, 1, 5, DRAWS, {**HOW, "seed": 8})
    with pytest.raises(foretell.ScenarioError, match="its seed differs"):
        merge_parts(scenario, some, other)


def test_what_is_told_of_a_run_is_told_at_its_end(whole):
    scenario, _ = whole
    for told in ({"percentiles": [1, 99]}, {"of": ["delivered", "inertia"]}):
        how = {**told, "draws": 10000}
        one = scenario.run(**how)
        parted = foretell.local.run(scenario, progress=False, shards=3, **how)
        assert data(parted) == data(one) and parted.text == one.text and parted.csv == one.csv


def test_threads_are_an_engine(whole, capsys):
    scenario, run = whole
    seen = []
    answer = foretell.local.run(scenario, DRAWS, workers=2, shards=9, progress=lambda *step: seen.append(step), **HOW)
    assert data(answer) == run
    assert seen == [(done, 9) for done in range(1, 10)]
    assert data(foretell.local.run(scenario, DRAWS, shards=1, **HOW)) == run
    # Nobody looks at a pipe.
    assert capsys.readouterr() == ("", "")
    # The control: another seed is another answer.
    assert data(foretell.local.run(scenario, DRAWS, shards=2, **{**HOW, "seed": 8})) != run


def test_a_terminal_sees_how_far_it_is(whole, monkeypatch, capsys):
    scenario, _ = whole
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(engine._Line, "STEP", 0.0)
    foretell.local.run(scenario, 1 << 17, workers=1, shards=2)
    assert "1 of 2 shares, " in capsys.readouterr().err


def test_questions_are_answered_in_their_order(whole):
    scenario, _ = whole
    assert [data(answer) for answer in foretell.local.map(asked(scenario), workers=2)] == alone(scenario)
    with pytest.raises(foretell.ScenarioError):
        foretell.local.map([*asked(scenario), (scenario, "run", {"set": {"nobody": 1}})])


def test_a_mistake_ends_a_run(whole):
    scenario, _ = whole
    with pytest.raises(foretell.ScenarioError, match="nobody"):
        foretell.local.run(scenario, DRAWS, set={"nobody": 1})
    with pytest.raises(ValueError, match="1 to 10000 shares, not 0"):
        foretell.local.run(scenario, DRAWS, shards=0)


def test_a_mistake_in_a_share_ends_the_others(whole, tmp_path):
    with foretell.local.Local(2) as on:
        assert_a_mistake_ends_it_at_once(on, whole[0], tmp_path)


def test_shares_are_worth_their_tasks():
    assert engine.plan(1e10, 8) == 500
    assert engine.plan(1e8, 8) == 32
    assert engine.plan(1e5, 8) == 2
    assert engine.plan(10, 8) == 1
    assert engine.plan(1e15, 8) == 10_000


# Dask.


@pytest.fixture(scope="module")
def client():
    pytest.importorskip("distributed", reason="Dask is not installed: pip install 'dask[distributed]'")
    import dask
    from distributed import Client, LocalCluster

    quick = {"distributed.comm.timeouts.connect": "20s", "distributed.admin.tick.limit": "60s"}
    with dask.config.set(quick):
        with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as one:
            yield one


def test_dask_gives_the_run_also_when_a_worker_is_killed(whole, client, tmp_path):
    import foretell.dask

    scenario, run = whole
    assert data(foretell.dask.run(scenario, DRAWS, client=client, shards=3, progress=False, **HOW)) == run
    marker, before = str(tmp_path / "killed"), set(client.run(os.getpid).values())
    on = foretell.dask.Dask(client)
    answer = engine.run(on, scenario, DRAWS, shards=6, progress=False, make=dying(marker), **HOW)
    assert data(answer) == run
    assert os.path.exists(marker)
    client.wait_for_workers(2, timeout=30)
    assert set(client.run(os.getpid).values()) != before


def test_dask_answers_questions(whole, client):
    import foretell.dask

    scenario, _ = whole
    assert [data(answer) for answer in foretell.dask.map(asked(scenario), client=client)] == alone(scenario)
    with pytest.raises(foretell.ScenarioError, match="nobody"):
        foretell.dask.map([(scenario, "run", {"set": {"nobody": 1}})], client=client)


def test_dask_ends_at_the_first_mistake(whole, client, tmp_path):
    import foretell.dask

    assert_a_mistake_ends_it_at_once(foretell.dask.Dask(client), whole[0], tmp_path)


# Ray.


@pytest.fixture(scope="module")
def local_ray():
    ray = pytest.importorskip("ray", reason="Ray is not installed: pip install ray")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR")
    yield ray
    ray.shutdown()


def test_ray_gives_the_run_also_when_a_worker_is_killed(whole, local_ray, tmp_path):
    import foretell.ray

    scenario, run = whole
    marker = str(tmp_path / "killed")
    answer = engine.run(foretell.ray.Ray(), scenario, DRAWS, shards=6, progress=False, make=dying(marker), **HOW)
    assert data(answer) == run
    assert os.path.exists(marker)


def test_ray_answers_questions(whole, local_ray):
    import foretell.ray

    scenario, _ = whole
    assert [data(answer) for answer in foretell.ray.map(asked(scenario))] == alone(scenario)
    # A mistake comes through shares and merges as it is.
    with pytest.raises(foretell.ScenarioError, match="nobody"):
        foretell.ray.run(scenario, DRAWS, shards=3, set={"nobody": 1})


def test_ray_ends_at_the_first_mistake(whole, local_ray, tmp_path):
    import foretell.ray

    assert_a_mistake_ends_it_at_once(foretell.ray.Ray(), whole[0], tmp_path)
