"""What is wrong is told where it stands, with what to write instead."""

import pickle

import pytest

import foretell
from conftest import COIN, HOME, command

WRONG = "[factors.china]\nvalue = 'beta(2, 5)'\n[outcomes.up]\nweights = { chian = 2 }\n[outcomes.down]\n"


def test_mistakes_are_messages_and_edits_mend_them():
    with pytest.raises(foretell.ScenarioError) as raised:
        foretell.Scenario(WRONG, name="x.toml").run()
    error = raised.value
    assert isinstance(error, foretell.ForetellError)
    (message,) = error.messages
    assert (message.level, message.line, message.places[0].file) == ("error", 4, "x.toml")
    assert "x.toml:4" in error.rendered and str(error) == error.rendered and message.text in error.rendered
    assert "china" in message.hint
    mended = message.edit.apply(WRONG)
    assert mended == WRONG.replace("chian", "china")
    assert foretell.Scenario(mended).run().outcomes["up"].probability > 0


def test_messages_are_those_of_the_command_line(tmp_path):
    path = tmp_path / "x.toml"
    path.write_text(WRONG)
    said = command("run", "x.toml", "--color", "never", cwd=tmp_path).stderr.decode()
    with pytest.raises(foretell.ScenarioError) as raised:
        foretell.Scenario(WRONG, name="x.toml").run()
    assert raised.value.rendered.strip() == said.strip()


def test_a_check_gives_what_is_wrong_and_raises_nothing(coin):
    found = foretell.Scenario(WRONG).check()
    assert not found and not found.is_sound and len(found) == 1
    assert [one.code for one in found] == [found[0].code] and found[0].level == "error"
    assert coin.check().is_sound and not len(coin.check())
    with pytest.raises(foretell.ScenarioError):
        coin.check(set="nothing=1", draws="many")


def test_what_flags_say_is_checked_by_the_command_line(coin):
    with pytest.raises(foretell.ScenarioError, match="percentile") as raised:
        coin.run(percentiles=[0, 50])
    assert raised.value.messages[0].code == "arguments"
    with pytest.raises(TypeError, match="did you mean 'seed'"):
        coin.run(sede=1)
    with pytest.raises(TypeError, match="by their places"):
        coin.run(1000)
    with pytest.raises(TypeError, match="unexpected keyword"):
        foretell.Scenario(COIN, vary="x=0:1")
    with pytest.raises(TypeError, match="needs kind"):
        coin.figure()


def test_files_that_are_not_there():
    with pytest.raises(foretell.ScenarioError, match="no such file") as raised:
        foretell.Scenario("no-such.toml")
    assert raised.value.messages[0].code == "file"
    with pytest.raises(ValueError, match="standard input"):
        foretell.Scenario("-")


def test_a_text_reads_no_file_unless_its_folder_is_named(tmp_path, monkeypatch):
    (tmp_path / "past.csv").write_text("oil\n" + "".join(f"{at}\n" for at in range(1, 60)))
    monkeypatch.chdir(tmp_path)
    text = "[factors.oil]\nrange = [0, 100]\nvalue = 'empirical(\"past.csv\", \"oil\")'\n[outcomes.a]\nweights = { oil = 0.1 }\n[outcomes.b]\n"
    with pytest.raises(foretell.ScenarioError, match="name its folder"):
        foretell.Scenario(text).run()
    read = foretell.Scenario(text, folder=tmp_path)
    before = read.run(draws=4096).outcomes
    # It was read once: what becomes of the file is no matter any more, here or elsewhere.
    (tmp_path / "past.csv").unlink()
    assert pickle.loads(pickle.dumps(read)).run(draws=4096).outcomes == before
    with pytest.raises(foretell.ScenarioError, match="no such file"):
        foretell.Scenario(text, folder=tmp_path).run(draws=4096)


def test_warnings_are_told(monkeypatch):
    monkeypatch.chdir(HOME)
    found = foretell.Scenario("scenarios/vladivostok-2023-defiant.toml").run(draws=4096)
    assert len(found.messages) == len(found.warnings)


def test_errors_are_pickled():
    with pytest.raises(foretell.ScenarioError) as raised:
        foretell.Scenario(WRONG).run()
    again = pickle.loads(pickle.dumps(raised.value))
    assert again.rendered == raised.value.rendered and again.messages == raised.value.messages
