"""Parts of an answer: its keys as attributes, documented by the schema of what the command line prints."""

from __future__ import annotations

import functools
import json
import keyword
from typing import Any, Optional

from . import _foretell
from ._table import Table


class Record:
    """One thing that an answer tells. Its keys are attributes, and are found by name too: ``record.label``, ``record["label"]``."""

    __slots__ = ("_data",)
    _kind: "Kind"

    def __init__(self, data: dict) -> None:
        self._data = data

    def __getitem__(self, key: str) -> Any:
        return self._kind.value(key, self._data[key])

    def __getattr__(self, name: str) -> Any:
        # A key that the schema does not tell of.
        data = object.__getattribute__(self, "_data")
        if name in data:
            return data[name]
        raise AttributeError(f"{type(self).__name__} has no {name!r}: it has {', '.join(data)}")

    def __contains__(self, key: object) -> bool:
        return key in self._data

    def __dir__(self) -> list[str]:
        return sorted({*object.__dir__(self), *self._data})

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._data == other._data

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(f"{key}={_brief(value)}" for key, value in self._data.items())
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> tuple:
        return (_restore, (self._kind, self._data))

    def to_dict(self) -> dict:
        """The record as plain data."""
        return json.loads(json.dumps(self._data))


def _restore(kind: "Kind", data: dict) -> Record:
    return kind.of(data)


def _brief(value: Any) -> str:
    if isinstance(value, dict):
        return "{…}" if value else "{}"
    if isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        return f"[{len(value)} …]"
    return repr(value)


class Kind:
    """What a part of an answer is, as the schema of a verb has it: the words lead to it."""

    def __init__(self, verb: str, path: tuple = ()) -> None:
        self.verb = verb
        self.path = path

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kind) and (self.verb, self.path) == (other.verb, other.path)

    def __hash__(self) -> int:
        return hash((self.verb, self.path))

    def __reduce__(self) -> tuple:
        return (Kind, (self.verb, self.path))

    def of(self, data: Any) -> Any:
        """Plain data as what it is."""
        shape = self._shape()
        if isinstance(data, dict):
            if shape.get("properties"):
                return record_class(self)(data)
            return {key: self._within("additionalProperties").of(value) for key, value in data.items()}
        if isinstance(data, list):
            inner = self._within("items")
            if inner._shape().get("properties"):
                return Table(data, inner)
            return [inner.of(one) for one in data]
        return data

    def value(self, key: str, data: Any) -> Any:
        """What stands under a key."""
        return self._within("properties", key).of(data)

    def _within(self, *path: str) -> "Kind":
        return Kind(self.verb, self.path + path)

    def _shape(self) -> dict:
        return _shape(self.verb, self.path)

    @property
    def title(self) -> str:
        """What it is called."""
        return self._shape().get("title", "Record")

    @property
    def about(self) -> str:
        """What it is, in a sentence."""
        return self._shape().get("description", "")

    @property
    def keys(self) -> dict[str, str]:
        """Its keys, with what they mean."""
        properties = self._shape().get("properties", {})
        return {key: one.get("description", "") for key, one in properties.items()}


@functools.lru_cache(maxsize=None)
def schema(verb: str) -> dict:
    """The JSON Schema of what a verb prints."""
    return json.loads(_foretell.ask(["schema", verb], []).output)


@functools.lru_cache(maxsize=None)
def _shape(verb: str, path: tuple) -> dict:
    """What the schema says at the end of a path; nothing if it says nothing."""
    root = schema(verb)
    here = _followed(root, root)
    for step in path:
        there = here.get(step)
        if not isinstance(there, dict):
            return {}
        here = _followed(there, root)
    return here


def _followed(node: dict, root: dict) -> dict:
    """A node without references; of alternatives the keys of all."""
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        there = _followed(root["$defs"][name], root)
        return {"title": name, **there, **{key: node[key] for key in ("description",) if key in node}}
    choices = [_followed(one, root) for one in node.get("anyOf", node.get("oneOf", []))]
    found = dict(node)
    for one in choices:
        for key in ("items", "additionalProperties", "title", "type"):
            if key in one and one[key] != "null":
                found.setdefault(key, one[key])
        if "properties" in one:
            found["properties"] = {**one["properties"], **found.get("properties", {})}
    return found


@functools.lru_cache(maxsize=None)
def record_class(kind: Kind, base: type = Record, title: Optional[str] = None) -> type:
    """The class of records of a kind, whose attributes say what they mean."""
    keys = {_attribute(key): property(_getter(key), doc=about) for key, about in kind.keys.items()}
    own = {name: value for name, value in keys.items() if name not in dir(base)}
    return type(title or kind.title, (base,), {"__slots__": (), "__doc__": kind.about, "_kind": kind, **own})


def _attribute(key: str) -> str:
    return f"{key}_" if keyword.iskeyword(key) else key


def _getter(key: str) -> Any:
    def get(self: Record) -> Any:
        # A key that is there only where it has something to say.
        return self[key] if key in self._data else None

    return get
