"""Every question of the command line, held against the command line itself."""

import inspect
import json

import pytest

import foretell
from conftest import ARTICLE, HOME, printed, timeless
from foretell import _flags, _foretell, _questions

PATH = "scenarios/vladivostok-2023.toml"
FEW = {"draws": 1024, "seed": 7}

#: Each question with keywords, and the same in the words of the command line.
ASKED = {
    "run": ({"set": {"china_approval": 0.9}, "joint": [("trade_demand > 0.6", "outcome")]}, ["--set", "china_approval=0.9", "--joint", "trade_demand > 0.6,outcome"]),
    "check": ({"second_opinion": True}, ["--second-opinion"]),
    "update": ({"until": "2023-09-30"}, ["--until", "2023-09-30"]),
    "sensitivity": ({"of": "sanctioned", "at": "median"}, ["--of", "sanctioned", "--at", "median"]),
    "influence": ({}, []),
    "flip": ({"to": "perfunctory", "draws": 1024}, ["--to", "perfunctory", "-n", "1024"]),
    "voi": ({"given": ["trade_demand > 0.4"]}, ["--given", "trade_demand > 0.4"]),
    "explain": ({"draw": 3}, ["--draw", "3"]),
    "worlds": ({"draws": 20}, ["-n", "20"]),
    "discover": ({"boxes": 2, "support": 0.1}, ["--boxes", "2", "--support", "0.1"]),
    "sweep": ({"vary": {"china_approval": (0, 1, 5)}}, ["--vary", "china_approval=0:1:5"]),
    "compare": ({"other": "scenarios/vladivostok-2023-stages.toml"}, ["scenarios/vladivostok-2023-stages.toml"]),
    "decide": ({}, []),
}
#: What is asked of another file, as the article has no decision.
FILES = {"decide": "scenarios/oil-wildcatter.toml"}


def test_every_verb_is_a_method_or_a_function():
    verbs = _flags.verbs()
    assert len(verbs) > 15
    for name, verb in verbs.items():
        python = _questions.RENAMED.get(name, name)
        home = foretell if name in _questions.FREE else foretell.Scenario
        asked = getattr(home, python)
        assert verb.about in inspect.getdoc(asked), name
        told = inspect.signature(asked).parameters
        for word in verb.words:
            if word.keyword not in _flags.OWN and not (word.has_place and word.keyword == "file" and home is foretell.Scenario):
                assert word.keyword in told, f"{name} lacks {word.keyword}"
    with pytest.raises(AttributeError):
        foretell.Scenario.no_such_question


def test_every_question_is_held_against_the_command_line():
    asked = {name for name in _flags.verbs() if name not in (*_questions.FREE, "plot", "merge")}
    assert set(ASKED) == asked


@pytest.mark.parametrize("name", ASKED)
def test_answers_are_those_of_the_command_line_bit_for_bit(article, name):
    keywords, words = ASKED[name]
    path = FILES.get(name, PATH)
    scenario = foretell.Scenario(path)
    few = {key: value for key, value in FEW.items() if key not in keywords}
    if name == "worlds":
        few = {"seed": 7}
    answer = getattr(scenario, name)(**keywords, **few)
    flags = [f"--{key}={value}" for key, value in few.items()]
    expected, code = printed(name, path, *words, *flags)
    assert timeless(json.loads(answer.json)) == timeless(expected)
    assert answer.agrees == (code == 0)
    # The same at another seed is another answer, where draws enter.
    if not expected["run"]["exact"]:
        assert timeless(json.loads(getattr(scenario, name)(**keywords, **{**few, "seed": 8}).json)) != timeless(expected)


def test_a_file_without_claims_held_is_told_by_both():
    path = "scenarios/vladivostok-2023-defiant.toml"
    found = foretell.Scenario(HOME / path).check()
    assert not found.agrees and not found and found.is_sound
    assert printed("check", path)[1] == 1
    assert foretell.Scenario(ARTICLE).check().agrees


def test_flags_of_a_scenario_and_of_a_question_add_up(article):
    both = article.what_if(set={"china_approval": 0.9}).run(set={"trade_demand": 0.6})
    once = article.run(set=["china_approval=0.9", "trade_demand=0.6"])
    assert timeless(json.loads(both.json)) == timeless(json.loads(once.json))
    assert both.run.overrides == ["china_approval=0.9", "trade_demand=0.6"]
    assert article.flags == {} and article.run().run.overrides == []


def test_keywords_become_words():
    words = lambda verb, **keywords: _flags.arguments(_flags.verbs()[verb], keywords)
    assert words("sweep", vary={"x": (0, 1)}, also={"y": [1, 2]}) == ["sweep", "--vary=x=0:1", "--also=y=1,2", "--"]
    assert words("run", percentiles=[1, 99], max_time=2.5, quiet=False, no_charts=True) == [
        "run", "--percentiles=1,99", "--max-time=2.5s", "--no-charts", "--",
    ]
    assert words("plot", size=(640, 480)) == ["plot", "--size=640x480", "--"]
    assert words("discover", box=2, samples=10) == ["discover", "--box=2", "--draws=10", "--"]
    with pytest.raises(TypeError, match="one value"):
        words("run", seed={"a": 1, "b": 2})
    with pytest.raises(TypeError, match="did you mean 'percentiles'"):
        words("run", percentile=5)
    with pytest.raises(TypeError, match="texts and numbers"):
        words("run", set={"x": object()})


def test_scenarios_that_are_held_are_compared(coin):
    other = foretell.Scenario("[outcomes.up]\nbase = 0.6\n[outcomes.down]\nbase = 0.4\n")
    found = coin.compare(other)
    assert type(found).__name__ == "Compare" and "<text> (2)" in found.json
    assert coin.compare(coin).text != found.text
    with pytest.raises(ValueError, match="same flags"):
        coin.compare(other.what_if(seed=2))


def test_what_is_about_no_scenario(tmp_path):
    assert foretell.schema("run")["title"] == "RunAnswer"
    template = foretell.new("-")
    assert foretell.Scenario(template).check().is_sound
    written = foretell.new(tmp_path / "budget")
    assert (tmp_path / "budget.toml").read_text() == template and "budget.toml" in written.text
    table = tmp_path / "table.csv"
    table.write_text("x,y\n" + "".join(f"{at},{int(at > 70)}\n" for at in range(100)))
    found = foretell.discover(data=table, of="y")
    assert found.text and type(found).__name__ == "Discover"


def test_a_part_and_a_merge_are_the_whole(coin, tmp_path):
    text = "[factors.oil]\nvalue = 'beta(2, 5)'\n[outcomes.up]\nweights = { oil = 2 }\n[outcomes.down]\n"
    scenario = foretell.Scenario(text).what_if(exact="never")
    parts = []
    for at in (1, 2):
        part = scenario.run(draws=8192, shard=f"{at}/2", part="-")
        parts.append(tmp_path / f"{at}.part")
        parts[-1].write_bytes(part)
    merged = scenario.merge(parts)
    assert timeless(json.loads(merged.json)) == timeless(json.loads(scenario.run(draws=8192).json))
    with pytest.raises(foretell.ScenarioError, match="missing"):
        scenario.merge(parts[:1])


def test_the_grammar_is_the_commands_own():
    words = {one["name"] for one in json.loads(_foretell.verbs())}
    assert "help" not in words and {"run", "import"} <= words
