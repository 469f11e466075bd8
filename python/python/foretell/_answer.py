"""What a question found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from . import _foretell
from ._messages import Message, messages
from ._records import Kind, Record, record_class
from ._table import Table


class Answer(Record):
    """What a question found, with the facts of the run: the keys of its JSON as attributes.

    ``str(answer)`` is the page that the command line shows; ``answer.json``, ``answer.markdown`` and ``answer.csv`` are its other
    forms. Notebooks show the Markdown.
    """

    __slots__ = ("_forms",)
    _verb: str = ""

    def __init__(self, forms: dict[str, Any]) -> None:
        super().__init__(json.loads(forms["json"] or "{}"))
        self._forms = forms

    @property
    def json(self) -> str:
        """The answer as the command line prints it with ``--format json``."""
        return self._forms["json"]

    @property
    def text(self) -> str:
        """The answer for reading: a page of 80 columns."""
        return self._forms["text"]

    @property
    def markdown(self) -> str:
        """The answer for reports: a section of Markdown with a footnote."""
        return self._forms["markdown"]

    @property
    def csv(self) -> str:
        """The answer for spreadsheets: its main table as comma-separated values."""
        return self._forms["csv"]

    @property
    def output(self) -> bytes:
        """What was written to standard output besides, as by ``draws_out="-"``."""
        return self._forms["output"]

    @property
    def agrees(self) -> bool:
        """Whether every claim of the file holds that was tested."""
        return self._forms["agrees"]

    @property
    def messages(self) -> list[Message]:
        """What the reader should know, as objects: the warnings about the file and the draws."""
        return messages(self._forms["warnings"])

    @property
    def tables(self) -> dict[str, Table]:
        """The lists of the answer that are tables, by their keys."""
        found = {key: self[key] for key in self._data}
        return {key: value for key, value in found.items() if isinstance(value, Table)}

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return self.markdown

    def __reduce__(self) -> tuple:
        return (_restore, (self._verb, self._forms))


class Check(Answer):
    """Whether a file is sound and agrees with its source: a sequence of messages, errors among them."""

    __slots__ = ()

    @property
    def is_sound(self) -> bool:
        """Whether the file can be run."""
        return all(one.level != "error" for one in self.messages)

    @property
    def agrees(self) -> bool:
        """Whether the file can be run and every claim of it holds."""
        return self.is_sound and self._forms["agrees"]

    def __len__(self) -> int:
        return len(self.messages)

    def __bool__(self) -> bool:
        return self.agrees

    def __getitem__(self, key: Any) -> Any:
        return super().__getitem__(key) if isinstance(key, str) else self.messages[key]

    def __iter__(self) -> Iterator[Message]:
        return iter(self.messages)


def answer(verb: str, reply: _foretell.Reply) -> Answer:
    """The answer that a reply holds."""
    forms = {name: getattr(reply, name) for name in ("json", "text", "markdown", "csv", "output", "warnings", "agrees")}
    return _restore(verb, forms)


def refused(rendered: str, data: str) -> Answer:
    """The check of a file that can't be run."""
    forms = {"json": data, "text": rendered + "\n", "markdown": f"```text\n{rendered}\n```\n", "csv": "", "output": b""}
    return _restore("check", {**forms, "warnings": data, "agrees": False})


def _restore(verb: str, forms: dict) -> Answer:
    verb = {"merge": "run", "import": "new"}.get(verb, verb)
    kind = Kind("experiments" if verb == "discover" and "scenario" not in json.loads(forms["json"] or "{}") else verb)
    return _class(verb, kind)(forms)


_classes: dict[tuple, type] = {}


def _class(verb: str, kind: Kind) -> type:
    if (verb, kind) not in _classes:
        base = Check if verb == "check" else Answer
        _classes[verb, kind] = record_class(kind, base, verb.capitalize())
        setattr(_classes[verb, kind], "_verb", verb)
    return _classes[verb, kind]
