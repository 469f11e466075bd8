"""Messages about a scenario: what is wrong or doubtful, where, and what to write instead."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Optional


@dataclass(frozen=True)
class Place:
    """A range of characters in a text. Lines and columns count from 1, and columns count characters."""

    file: str
    """The file as it was named, or the flag that the text came from."""
    line: int
    """The line of the first character."""
    column: int
    """The column of the first character."""
    end_line: int
    """The line of the end."""
    end_column: int
    """The column behind the last character."""
    label: str = ""
    """What is said of it."""


@dataclass(frozen=True)
class Change:
    """Text in place of other text."""

    place: Place
    """What goes; where something is put in, it begins where it ends."""
    text: str
    """What comes in its place."""


@dataclass(frozen=True)
class Edit:
    """Changes that are made together, and mend what a message is about."""

    hint: str
    """The hint that says the same in words."""
    changes: tuple[Change, ...]
    """The changes, each with its place in the text as it is."""

    def apply(self, text: str) -> str:
        """The text with the changes made.

        >>> change = Change(Place("x.toml", 1, 8, 1, 11), "0.2")
        >>> Edit("write `0.2`", (change,)).apply("base = two")
        'base = 0.2'
        """
        starts = [0]
        for line in text.splitlines(keepends=True):
            starts.append(starts[-1] + len(line))
        at = [
            (starts[one.place.line - 1] + one.place.column - 1, starts[one.place.end_line - 1] + one.place.end_column - 1, one.text)
            for one in self.changes
        ]
        for start, end, new in sorted(at, reverse=True):
            text = text[:start] + new + text[end:]
        return text


@dataclass(frozen=True)
class Message:
    """One message."""

    code: str
    """A stable kebab-case name of the kind of mistake."""
    level: str
    """``error`` if nothing can be run before it is mended, else ``warning``."""
    text: str
    """What is wrong, in one sentence without a full stop."""
    places: tuple[Place, ...]
    """Places; the first is the one that the message is about."""
    hints: tuple[str, ...]
    """What to write instead, in words."""
    edits: tuple[Edit, ...]
    """Those of the hints that can be followed by a program. Each mends the mistake by itself."""

    @property
    def line(self) -> Optional[int]:
        """The line that it is about, from 1; None if it is about none."""
        return self.places[0].line if self.places else None

    @property
    def column(self) -> Optional[int]:
        """The column that it is about, from 1; None if it is about none."""
        return self.places[0].column if self.places else None

    @property
    def hint(self) -> Optional[str]:
        """The first hint, if there is any."""
        return self.hints[0] if self.hints else None

    @property
    def edit(self) -> Optional[Edit]:
        """The first edit, if there is any."""
        return self.edits[0] if self.edits else None

    def __str__(self) -> str:
        at = f"{self.places[0].file}:{self.line}:{self.column}: " if self.places else ""
        return f"{at}{self.level}[{self.code}]: {self.text}"


def messages(data: str) -> list[Message]:
    """The messages of the JSON of mistakes; none of an empty text."""
    return [_message(one) for one in json.loads(data)["mistakes"]] if data else []


def _message(data: dict) -> Message:
    return Message(
        code=data["code"],
        level=data["severity"],
        text=data["message"],
        places=tuple(_place(one) for one in data["spans"]),
        hints=tuple(data["hints"]),
        edits=tuple(
            Edit(one["hint"], tuple(Change(_place(change), change["text"]) for change in one["changes"]))
            for one in data["edits"]
        ),
    )


def _place(data: dict) -> Place:
    ends = (data["file"], data["line"], data["column"], data["end_line"], data["end_column"])
    return Place(*ends, label=data.get("label") or "")
