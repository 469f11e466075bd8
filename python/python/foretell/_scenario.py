"""A scenario that can be asked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import Any, Optional, Union

from . import _flags, _foretell
from ._answer import answer, refused
from ._draws import Draws
from ._errors import ScenarioError
from ._figure import Figure
from ._flags import Verb
from ._questions import Questions

Path = Union[str, "os.PathLike[str]"]


class Scenario(Questions):
    """A scenario: a file, or a text that holds at least one line break.

    The file and the files that it names are read once, here: the object is what they were then, also on another machine that it is
    sent to. A text reads no file unless `folder` says where those lie that it names.

    Keywords are flags of the command line, with which every question is asked: ``set={"oil_price": 90}`` or ``set=["oil_price=90"]``
    replaces values, ``given="deficit > 4"`` learns something, ``variant="embargo"`` takes a what-if of the file, ``seed``, ``draws``
    and others say how draws are made. What a question itself is asked with comes on top.

    name: What messages call a text [default: <text>].
    folder: Where the files lie that a text names.
    """

    def __init__(
        self, source: Path, *, name: Optional[str] = None, folder: Optional[Path] = None, **flags: Any
    ) -> None:
        self._flags = _joined({}, {_shared(key): value for key, value in flags.items()})
        if isinstance(source, str) and "\n" in source:
            folder = None if folder is None else os.fspath(folder)
            self._input = _foretell.Input.text(name or "<text>", source, folder)
            return
        if name is not None or folder is not None:
            raise TypeError("name and folder are a text's, and a text has line breaks")
        if source == "-":
            raise ValueError("standard input is no scenario here: read it, and give the text")
        self._input = _foretell.Input.read(os.fspath(source))

    @property
    def name(self) -> str:
        """What messages call it: the path as it was given, or a text's name."""
        return self._input.name

    @property
    def source(self) -> str:
        """Its text."""
        return self._input.source

    @property
    def flags(self) -> dict[str, Any]:
        """What every question is asked with."""
        return dict(self._flags)

    def what_if(self, **flags: Any) -> "Scenario":
        """The same scenario with more said about it: what is set or given is added, everything else replaced.

        >>> text = "[factors.oil]\\nrange = [0, 9]\\nvalue = '1 to 5'\\n[outcomes.a]\\nweights = { oil = 1 }\\n[outcomes.b]\\n"
        >>> Scenario(text).what_if(set={"oil": 9}).flags
        {'set': ['oil=9']}
        """
        new = Scenario.__new__(Scenario)
        new._input = self._input
        new._flags = _joined(self._flags, {_shared(key): value for key, value in flags.items()})
        return new

    def draws(self, n: Any = None, seed: Optional[int] = None, **flags: Any) -> Draws:
        """Every draw of a run as columns of Arrow, with the numbers that ``run --draws-out`` writes.

        n: How many draws; scrambled nets need a power of two for each replicate, and are rounded up.
        seed: Which random numbers: the same seed gives the same draws [default: 1].

        Other keywords are those of :class:`Scenario`: ``set``, ``given``, ``variant``, ``precision`` and their like.
        """
        given = {"draws": n, "seed": seed, **{_shared(key, "draws"): value for key, value in flags.items()}}
        return Draws(_foretell.draws(self._arguments(_flags.verbs()["run"], given), self._inputs()))

    def plot(self, kind: Any, **flags: Any) -> Figure:
        """The same as :meth:`figure`, by the command line's own name."""
        return self.figure(kind, **flags)

    def _ask(self, verb: Verb, keywords: dict) -> Any:
        if verb.name == "plot":
            return _figure(self, verb, keywords)
        places: list[str] = []
        inputs = self._inputs()
        if verb.name == "compare":
            keywords, places, more = _compared(self, keywords)
            inputs += more
        if any(one.name == "format" for one in verb.words) and keywords.get("shard") is None:
            keywords = {**keywords, "format": "json"}
        try:
            reply = _foretell.ask(self._arguments(verb, keywords, *places), inputs)
        except ScenarioError as error:
            if verb.name == "check" and all(one.code != "arguments" for one in error.messages):
                return refused(*error.args)
            raise
        return answer(verb.name, reply) if reply.json else reply.output

    def _arguments(self, verb: Verb, keywords: Mapping[str, Any], *places: str) -> list[str]:
        """The arguments of a command about this scenario."""
        known = {one.keyword for one in verb.words}
        own = {key: value for key, value in self._flags.items() if key in known}
        return _flags.arguments(verb, _joined(own, keywords), (self.name, *places))

    def _inputs(self) -> list[tuple[str, _foretell.Input]]:
        return [(self.name, self._input)]

    def __reduce__(self) -> tuple:
        return (_restore, (self._input, self._flags))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Scenario) and (self._flags, self._input) == (other._flags, other._input)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        flags = "".join(f", {key}={value!r}" for key, value in self._flags.items())
        return f"Scenario({self.name!r}{flags})"


def _restore(held: _foretell.Input, flags: dict) -> Scenario:
    scenario = Scenario.__new__(Scenario)
    scenario._input, scenario._flags = held, dict(flags)
    return scenario


def _shared(name: str, asked: str = "Scenario") -> str:
    """A flag that every question takes, by its own name."""
    word = _flags.verbs()["update"].word(name, asked)
    if word.has_place or word.keyword in (*_flags.OWN, "output", "no_charts", "quiet", "verbose", "excel"):
        raise TypeError(f"{asked}() got an unexpected keyword argument {name!r}")
    return word.keyword


def _joined(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Flags with more flags: those that may be repeated are added, others replaced."""
    run = _flags.verbs()["run"]
    joined = dict(before)
    for key, value in after.items():
        if value is None:
            continue
        word = next((one for one in run.words if one.keyword == key), None)
        if word is not None and word.is_repeated and not word.has_place:
            values = [*(joined.get(key) or []), *_flags.values(word, value)]
            joined[key] = values
        else:
            joined[key] = value
    return joined


def _compared(scenario: Scenario, keywords: dict) -> tuple[dict, list[str], list]:
    """The other of two scenarios that are compared, which may be held as well."""
    other = keywords.get("other")
    rest = {key: value for key, value in keywords.items() if key != "other"}
    if other is None:
        return rest, [], []
    if not isinstance(other, Scenario):
        return rest, [os.fspath(other)], []
    if other._flags != scenario._flags:
        raise ValueError("both scenarios are compared with the same flags: give them to compare(), or name variants of one file")
    if other.name == scenario.name:
        word = f"{other.name} (2)"
        return rest, [word], [(word, other._input.called(word))]
    return rest, [other.name], other._inputs()


def _figure(scenario: Scenario, verb: Verb, keywords: dict) -> Figure:
    keywords = dict(keywords)
    kind, path = keywords.pop("kind"), keywords.pop("output", None)
    keywords.pop("form", None)
    figure = Figure(kind, partial(_drawn, scenario, kind, keywords))
    if path is not None:
        figure.save(path)
    return figure


def _drawn(scenario: Scenario, kind: str, keywords: dict, form: str) -> bytes:
    keywords = {**keywords, "form": form, "output": "-"}
    arguments = scenario._arguments(_flags.verbs()["plot"], keywords, kind)
    return _foretell.ask(arguments, scenario._inputs()).output
