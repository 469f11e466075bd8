"""Parts of runs as bytes: what engines send from one machine to another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from . import _flags, _foretell
from ._answer import Answer, answer
from ._scenario import Scenario


def part(scenario: Scenario, number: int, count: int, draws: float, how: Mapping[str, Any]) -> bytes:
    """The part of the `number`-th of `count` shares of a run of so many draws, in all.

    how: Other keywords of `Scenario.run`; those about the answer are told at the end, by `finish`. What it is `of` is told now too: a
        part holds no more than that.
    """
    late = _late() - {"of"}
    bare = scenario.what_if()
    bare._flags = {key: value for key, value in bare._flags.items() if key not in late}
    how = {key: value for key, value in how.items() if key not in late}
    return bare.run(**how, draws=int(draws), shard=f"{number}/{count}", part="-")


def merge_parts(scenario: Scenario, *parts: bytes) -> bytes:
    """The part that some parts of a run are together, in whatever order they come.

    Raises `ScenarioError` if they are of several runs, or have draws in common.
    """
    return _merged(scenario, parts, {"part": "-"}).output


def finish(scenario: Scenario, parts: Iterable[bytes], how: Mapping[str, Any]) -> Answer:
    """The run of which these are all parts.

    Raises `ScenarioError` if some are missing, with which.
    """
    late = _late()
    told = {key: value for key, value in how.items() if key in late}
    return answer("run", _merged(scenario, tuple(parts), {**told, "format": "json"}))


def _merged(scenario: Scenario, parts: tuple[bytes, ...], keywords: Mapping[str, Any]) -> _foretell.Reply:
    arguments = scenario._arguments(_flags.verbs()["merge"], keywords, "-")
    return _foretell.merge(arguments, scenario._inputs(), list(parts))


def _late() -> set[str]:
    """The keywords of a run that are about its answer, and not about its draws."""
    return {one.keyword for one in _flags.verbs()["merge"].words if not one.has_place} - {"part"}
