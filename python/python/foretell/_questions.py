"""The verbs of the command line as functions: made from its own grammar, so that none can be missing."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from typing import Any

from . import _flags, _foretell
from ._answer import Answer, answer
from ._flags import Verb, Word

#: Verbs that are about no scenario.
FREE = ("new", "import", "schema")
#: Verbs that are functions too, as they can do without a scenario.
BOTH = ("discover",)
#: Methods of another name.
RENAMED = {"plot": "figure", "import": "import_"}


def _method(verb: Verb) -> Callable:
    words = words_of(verb)[1:]
    signature = _signature(words, has_self=True)

    def method(self: Any, *places: Any, **keywords: Any) -> Any:
        return self._ask(verb, _bound(verb, words, places, keywords))

    return _dressed(method, verb, words, signature)


def _function(verb: Verb) -> Callable:
    words = [one for one in words_of(verb) if not (verb.name in BOTH and one.has_place)]

    def function(*places: Any, **keywords: Any) -> Any:
        return told(verb, _bound(verb, words, places, keywords))

    return _dressed(function, verb, words, _signature(words, has_self=False))


def told(verb: Verb, keywords: dict) -> Any:
    """What a command about no scenario gives: an answer, a schema, or the text that would be a file."""
    if any(one.name == "format" for one in verb.words):
        keywords = {**keywords, "format": "json"}
    reply = _foretell.ask(_flags.arguments(verb, keywords), [])
    if reply.json:
        return answer(verb.name, reply)
    text = reply.output.decode()
    return json.loads(text) if verb.name == "schema" else text


def words_of(verb: Verb) -> list[Word]:
    """What can be said to a verb in Python."""
    return [one for one in verb.words if one.keyword not in _flags.OWN]


def _bound(verb: Verb, words: list[Word], places: tuple, keywords: dict) -> dict:
    """Keywords, and words by their places."""
    named = [one.keyword for one in words if one.has_place]
    repeated = [one for one in words if one.has_place and one.is_repeated]
    if len(places) > len(named) and not repeated:
        count = len(named) or "no"
        raise TypeError(f"{verb.name}() takes {count} words by their places, and {len(places)} were given: flags are keywords")
    bound = dict(zip(named, places))
    if repeated and len(places) > len(named):
        last = len(named) - 1
        bound[named[last]] = places[last:]
    for name in keywords:
        verb.word(name)
        if name in bound:
            raise TypeError(f"{verb.name}() got {name!r} twice")
    bound.update(keywords)
    missing = [one.keyword for one in words if one.is_required and bound.get(one.keyword) is None]
    if missing:
        raise TypeError(f"{verb.name}() needs {' and '.join(missing)}")
    return bound


def _signature(words: list[Word], has_self: bool) -> inspect.Signature:
    kinds = inspect.Parameter
    found = [kinds("self", kinds.POSITIONAL_OR_KEYWORD)] if has_self else []
    for word in sorted(words, key=lambda one: not one.has_place):
        kind = kinds.POSITIONAL_OR_KEYWORD if word.has_place else kinds.KEYWORD_ONLY
        default = kinds.empty if word.is_required else (None if word.has_value else False)
        found.append(kinds(word.keyword, kind, default=default))
    return inspect.Signature(found)


def _dressed(function: Any, verb: Verb, words: list[Word], signature: inspect.Signature) -> Callable:
    function.__name__ = RENAMED.get(verb.name, verb.name)
    function.__qualname__ = function.__name__
    function.__signature__ = signature
    function.__doc__ = "\n".join([verb.about, "", *(_line(one) for one in words)])
    return function


def _line(word: Word) -> str:
    choices = f" One of {', '.join(word.choices)}." if word.choices else ""
    default = f" [default: {word.default}]" if word.default else ""
    return f"{word.keyword}: {word.about}{choices}{default}"


class Questions:
    """What a scenario can be asked: the verbs of the command line as methods, their flags as keywords."""

    def _ask(self, verb: Verb, keywords: dict) -> Answer:
        raise NotImplementedError


for _verb in _flags.verbs().values():
    _name = RENAMED.get(_verb.name, _verb.name)
    if _verb.name not in FREE:
        setattr(Questions, _name, _method(_verb))
    if _verb.name in (*FREE, *BOTH):
        globals()[_name] = _function(_verb)
