"""What the tests share: the article's scenario, and the command line to hold answers against."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import foretell

HOME = Path(__file__).resolve().parents[2]
ARTICLE = HOME / "scenarios" / "vladivostok-2023.toml"

COIN = "[outcomes.up]\nbase = 0.7\n[outcomes.down]\nbase = 0.3\n"


@pytest.fixture
def article(monkeypatch):
    """The article's scenario by the path that the command line is given too."""
    monkeypatch.chdir(HOME)
    return foretell.Scenario("scenarios/vladivostok-2023.toml")


@pytest.fixture
def coin():
    return foretell.Scenario(COIN)


def command(*words, **options):
    """Runs the command line in a process of its own."""
    return subprocess.run([sys.executable, "-m", "foretell", *words], capture_output=True, check=False, **options)


def printed(*words):
    """The JSON that the command line prints, and its exit code."""
    done = command(*words, "--format", "json", "--quiet", cwd=HOME)
    return json.loads(done.stdout), done.returncode


def timeless(data):
    """An answer without what depends on the clock."""
    return {**data, "run": {**data["run"], "elapsed_seconds": None}} if "run" in data else data
