"""From keywords to the words of the command line."""

from __future__ import annotations

import datetime
import difflib
import functools
import json
import keyword
import numbers
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Optional

from . import _foretell


@dataclass(frozen=True)
class Word:
    """A flag of a verb, or a word that has its place."""

    name: str
    aliases: tuple[str, ...]
    has_place: bool
    is_required: bool
    has_value: bool
    is_repeated: bool
    value: str
    choices: tuple[str, ...]
    default: Optional[str]
    about: str

    @property
    def keyword(self) -> str:
        """What it is called in Python."""
        name = self.name.replace("-", "_")
        return f"{name}_" if keyword.iskeyword(name) else name


@dataclass(frozen=True)
class Verb:
    """A verb of the command line."""

    name: str
    aliases: tuple[str, ...]
    about: str
    words: tuple[Word, ...]

    def word(self, name: str, asked: Optional[str] = None) -> Word:
        """The word that a keyword means; `asked` is the function that it was given to, if that has another name."""
        known = {one.keyword: one for one in self.words}
        known.update({alias.replace("-", "_"): one for one in self.words for alias in one.aliases})
        if name in known:
            return known[name]
        near = difflib.get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {', '.join(known)}"
        raise TypeError(f"{asked or self.name}() got an unexpected keyword argument {name!r}: {hint}")


@functools.lru_cache(maxsize=None)
def verbs() -> dict[str, Verb]:
    """The verbs of the command line, in the order of its help."""
    return {one["name"]: Verb(**{**_frozen(one), "words": tuple(Word(**_frozen(word)) for word in one["words"])}) for one in json.loads(_foretell.verbs())}


def _frozen(data: dict) -> dict:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in data.items()}


#: How an answer is printed and how colours are is no matter of Python's.
OWN = frozenset({"format", "color"})


def arguments(verb: Verb, keywords: Mapping[str, Any], places: Iterable[str] = ()) -> list[str]:
    """The arguments of a command: its verb, its flags, then what has a place."""
    flags: list[str] = []
    placed: list[str] = list(places)
    for name, value in keywords.items():
        word = verb.word(name)
        if value is None or value is False and not word.has_value:
            continue
        written = values(word, value)
        if word.has_place:
            placed += written
        elif not word.has_value:
            flags.append(f"--{word.name}")
        else:
            flags += [f"--{word.name}={one}" for one in written]
    return [verb.name, *flags, "--", *placed]


def values(word: Word, value: Any) -> list[str]:
    """The values of a word, as they are written."""
    if not word.has_value:
        if value is not True:
            raise TypeError(f"{word.keyword} is True or False, not {value!r}")
        return []
    if isinstance(value, Mapping):
        listed = [f"{key}={_listed(word, one)}" for key, one in value.items()]
    elif word.is_repeated and _is_list(value):
        listed = [_listed(word, one) for one in value]
    else:
        listed = [_listed(word, value)]
    if len(listed) > 1 and not word.is_repeated:
        raise TypeError(f"{word.keyword} takes one value, not {len(listed)}")
    return listed


def _is_list(value: Any) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, (str, bytes, Mapping))


def _listed(word: Word, value: Any) -> str:
    """A value, or several that stand in one: with the sign between them that the value's own name has."""
    if _is_list(value):
        return _between(word.value).join(_text(word, one) for one in value)
    return _text(word, value)


def _between(name: str) -> str:
    if ":" in name:
        return ":"
    return "x" if name == "WxH" else ","


def _text(word: Word, value: Any) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return str(bool(value)).lower()
    if isinstance(value, datetime.timedelta):
        return f"{value.total_seconds()!r}s"
    if isinstance(value, numbers.Integral):
        value = int(value)
    elif isinstance(value, numbers.Real):
        value = float(value)
    if isinstance(value, (int, float)):
        return f"{value!r}s" if word.value == "TIME" else repr(value)
    if isinstance(value, (datetime.date, str)):
        return str(value)
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    raise TypeError(f"{word.keyword} takes texts and numbers, not {value!r}")
