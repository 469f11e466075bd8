"""Writes the types of what is made from the command line's own grammar and schemas: ``python python/stubs.py``."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from foretell import _flags, _questions, _records
from foretell._flags import Verb, Word

HEAD = '''"""Types of the questions and their answers, written by ``python/stubs.py`` from the grammar and the schemas."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from os import PathLike
from typing import Any, Literal, Optional, Union

from ._answer import Answer, Check as _Check
from ._figure import Figure
from ._records import Record
from ._scenario import Scenario
from ._table import Table

_Value = Union[str, float, bool, date, PathLike[str]]
_Values = Union[_Value, Iterable[Any], Mapping[str, Any]]
_Time = Union[str, float, timedelta]

FREE: tuple[str, ...]
BOTH: tuple[str, ...]
RENAMED: dict[str, str]
'''

TARGET = Path(__file__).parent / "python" / "foretell" / "_questions.pyi"


def stubs() -> str:
    """All of it."""
    verbs = list(_flags.verbs().values())
    asked = [one for one in verbs if one.name not in _questions.FREE]
    kinds = [one.name for one in asked if one.name not in ("plot", "merge")] + ["new", "experiments"]
    classes: dict[str, str] = {}
    for kind in kinds:
        for name, text in answers(kind, renamed(kinds)).items():
            if classes.setdefault(name, text) != text:
                raise ValueError(f"two answers have a different {name}")
    parts = [HEAD, *classes.values()]
    parts.append("class Questions:\n" + "\n".join(method(one) for one in asked))
    names = [*_questions.FREE, *_questions.BOTH]
    parts.append("\n".join(function(one) for one in verbs if one.name in names))
    return "\n".join(parts) + "\n"


def method(verb: Verb) -> str:
    words = [one for one in _questions.words_of(verb)][1:]
    result = {"plot": "Figure", "merge": "Run", "compare": "Compare"}.get(verb.name, verb.name.capitalize())
    name = _questions.RENAMED.get(verb.name, verb.name)
    return f"    def {name}({', '.join(['self', *parameters(verb, words)])}) -> {result}: ..."


def function(verb: Verb) -> str:
    words = [one for one in _questions.words_of(verb) if not (verb.name in _questions.BOTH and one.has_place)]
    result = {"schema": "dict[str, Any]", "discover": "Experiments"}.get(verb.name, "Union[New, str]")
    return f"def {_questions.RENAMED.get(verb.name, verb.name)}({', '.join(parameters(verb, words))}) -> {result}: ..."


def parameters(verb: Verb, words: list[Word]) -> list[str]:
    placed = [one for one in words if one.has_place]
    flags = [one for one in words if not one.has_place]
    found = [parameter(verb, one) for one in placed]
    return found + (["*"] if flags else []) + [parameter(verb, one) for one in flags]


def parameter(verb: Verb, word: Word) -> str:
    if not word.has_value:
        return f"{word.keyword}: bool = False"
    kind = "_Values" if word.is_repeated else "_Time" if word.value == "TIME" else "_Value"
    if word.choices:
        kind = f"Literal[{', '.join(map(repr, word.choices))}]"
    elif word.value in ("LIST", "WxH", "NAME[=V,V,…]"):
        kind = "_Values"
    elif verb.name == "compare" and word.keyword == "other":
        kind = "Union[Scenario, str, PathLike[str]]"
    return f"{word.keyword}: {kind}" if word.is_required else f"{word.keyword}: Optional[{kind}] = None"


def renamed(kinds: list[str]) -> set[str]:
    """The names that two answers have for different things, or that are taken: they go by the answer's name too."""
    found: dict[str, set[str]] = {name: {"taken"} for name in re.findall(r"import (.*)", HEAD) for name in name.split(", ")}
    for kind in kinds:
        found.setdefault(kind.capitalize(), set()).add("root")
        for name, part in _records.schema(kind).get("$defs", {}).items():
            found.setdefault(name, set()).add(json.dumps(part, sort_keys=True))
    clashes = {name for name, texts in found.items() if len(texts) > 1}
    # What is made of parts that differ differs too.
    while True:
        more = {name for name, texts in found.items() if any(f'"#/$defs/{one}"' in text for text in texts for one in clashes)}
        if more <= clashes:
            return clashes
        clashes |= more


def answers(kind: str, clashes: set[str]) -> dict[str, str]:
    """The classes of an answer and of its parts, by their names."""
    schema = _records.schema(kind)
    names = {name: f"{kind.capitalize()}{name}" if name in clashes else name for name in schema.get("$defs", {})}
    schema = json.loads(re.sub(r"#/\$defs/(\w+)", lambda found: f"#/$defs/{names[found[1]]}", json.dumps(schema)))
    schema["$defs"] = {names[name]: part for name, part in schema.get("$defs", {}).items()}
    parts = {name: record(name, _records._followed(part, schema), schema, "Record") for name, part in schema["$defs"].items()}
    name, base = kind.capitalize(), "_Check" if kind == "check" else "Answer"
    parts[name] = record(name, _records._followed(schema, schema), schema, base)
    return {name: text for name, text in parts.items() if text}


def record(name: str, part: dict, root: dict, base: str) -> str:
    if not part.get("properties"):
        return ""
    required = set(part.get("required", ()))
    own = {"json", "text", "markdown", "csv", "output", "messages", "tables", "agrees"} if base != "Record" else set()
    lines = [f"class {name}({base}):"]
    for key, one in part["properties"].items():
        if key in own:
            continue
        told = typed(one, root)
        if key not in required and not told.startswith("Optional"):
            told = f"Optional[{told}]"
        about = one.get("description", "").replace('"""', "'''")
        lines.append(f"    @property\n    def {_records._attribute(key)}(self) -> {told}:\n        \"\"\"{about}\"\"\"")
    return "\n".join(lines) + "\n"


def typed(node: dict, root: dict) -> str:
    """The type of a value."""
    kinds = node.get("type")
    if isinstance(kinds, list):
        inner = typed({**node, "type": next(one for one in kinds if one != "null")}, root)
        return f"Optional[{inner}]" if "null" in kinds else inner
    choices = node.get("anyOf", node.get("oneOf"))
    if choices and any(one.get("type") == "null" for one in choices):
        rest = [one for one in choices if one.get("type") != "null"]
        return f"Optional[{typed(rest[0] if len(rest) == 1 else {'oneOf': rest}, root)}]"
    if "$ref" in node:
        name = node["$ref"].rsplit("/", 1)[-1]
        there = _records._followed(node, root)
        return f'"{name}"' if there.get("properties") else typed(root["$defs"][name], root)
    if choices:
        return "Any" if any("$ref" in one or one.get("type") == "object" for one in choices) else "str"
    if kinds == "array":
        inner = node.get("items", {})
        return f"Table[{typed(inner, root)}]" if _records._followed(inner, root).get("properties") else f"list[{typed(inner, root) if inner else 'Any'}]"
    if kinds == "object" and "additionalProperties" in node:
        return f"dict[str, {typed(node['additionalProperties'], root)}]"
    return {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}.get(kinds, "Any")


if __name__ == "__main__":
    TARGET.write_text(stubs(), encoding="utf-8")
    sys.stdout.write(f"{TARGET} written\n")
