"""Rows and columns: for pandas, polars, and whatever reads Arrow."""

from __future__ import annotations

import html
import importlib
import json
from collections.abc import Iterator
from typing import Any, Generic, TypeVar, Union, overload

from . import _foretell


class Frame:
    """Columns that data frames are made of, through the Arrow PyCapsule interface."""

    def _columns(self) -> _foretell.Table:
        raise NotImplementedError

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self._columns().__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> Any:
        return self._columns().__arrow_c_schema__()

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return self._columns().columns

    def to_arrow(self) -> Any:
        """A ``pyarrow.Table``."""
        return needed("pyarrow").table(self)

    def to_polars(self) -> Any:
        """A ``polars.DataFrame``."""
        return needed("polars").DataFrame(self)

    def to_pandas(self) -> Any:
        """A ``pandas.DataFrame``; where there is no pyarrow, its columns are copies."""
        pandas = needed("pandas")
        try:
            arrow = importlib.import_module("pyarrow")
        except ImportError:
            table = self._columns()
            return pandas.DataFrame({name: table.column(name) for name in table.columns})
        return arrow.table(self).to_pandas(split_blocks=True)


def needed(name: str) -> Any:
    """A library that the package does without where it is not asked for it."""
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise ImportError(f"this needs {name}: pip install 'foretell[frames]'") from error


R = TypeVar("R")


class Table(Frame, Generic[R]):
    """A list of an answer: a sequence of records, found by their places or by their ids, and a frame.

    In frames a key of a key is a column of its own, as ``variance_chance``; the ends of an interval are ``interval_low`` and
    ``interval_high``; other lists are JSON.
    """

    def __init__(self, rows: list, kind: Any) -> None:
        self._rows = rows
        self._kind = kind

    def __len__(self) -> int:
        return len(self._rows)

    # No `Sequence` by its class: polars would take it for a list of objects.
    def __iter__(self) -> Iterator[R]:
        return (self._kind.of(row) for row in self._rows)

    @overload
    def __getitem__(self, key: Union[int, str]) -> R: ...
    @overload
    def __getitem__(self, key: slice) -> "Table[R]": ...
    def __getitem__(self, key: Union[int, slice, str]) -> Any:
        if isinstance(key, slice):
            return Table(self._rows[key], self._kind)
        if isinstance(key, str):
            return self._kind.of(self._named(key))
        return self._kind.of(self._rows[key])

    def _named(self, name: str) -> dict:
        for names in ("id", "label"):
            for row in self._rows:
                if row.get(names) == name:
                    return row
        ids = ", ".join(self.ids)
        raise KeyError(f"nothing here is called {name!r}" + (f": there are {ids}" if ids else ""))

    def __contains__(self, key: object) -> bool:
        if isinstance(key, str):
            return any(key in (row.get("id"), row.get("label")) for row in self._rows)
        return any(key == one for one in self)

    @property
    def ids(self) -> list[str]:
        """The names of the records, where they have any."""
        return [row["id"] for row in self._rows if isinstance(row.get("id"), str)]

    def to_list(self) -> list[dict]:
        """The records as plain data."""
        return json.loads(json.dumps(self._rows))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self._rows == other._rows

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple:
        return (Table, (self._rows, self._kind))

    def _columns(self) -> _foretell.Table:
        rows = [dict(_flat(row)) for row in self._rows]
        names = list(dict.fromkeys(name for row in rows for name in row))
        return _foretell.Table([(name, *_column([row.get(name) for row in rows])) for name in names])

    def __repr__(self) -> str:
        if not self._rows:
            return "Table of nothing"
        return "\n".join(repr(one) for one in self)

    def _repr_html_(self) -> str:
        rows = [dict(_flat(row)) for row in self._rows]
        names = [name for name in dict.fromkeys(name for row in rows for name in row) if not _is_long(rows, name)]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in names)
        body = "".join("<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in names) + "</tr>" for row in rows)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _is_long(rows: list[dict], name: str) -> bool:
    """Whether cells are lists, which a page has no room for."""
    return any(isinstance(row.get(name), list) for row in rows)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return html.escape(f"{value:.6g}" if isinstance(value, float) else str(value))


def _flat(data: dict, before: str = "") -> list[tuple[str, Any]]:
    """The columns of a record."""
    found: list[tuple[str, Any]] = []
    for key, value in data.items():
        name = before + key
        if isinstance(value, dict):
            found += _flat(value, f"{name}_")
        elif isinstance(value, list) and key.endswith("interval") and len(value) == 2:
            found += [(f"{name}_low", value[0]), (f"{name}_high", value[1])]
        else:
            found.append((name, value))
    return found


def _column(values: list) -> tuple[str, list]:
    """What a column is of, and its values."""
    kinds = {type(one) for one in values if one is not None}
    if kinds <= {bool} and kinds:
        return "truth", values
    if kinds <= {int} and kinds:
        return "whole", values
    if kinds <= {int, float}:
        return "number", values
    return "text", [one if one is None or isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in values]
