"""Every draw of a run."""

from __future__ import annotations

from typing import Any

from . import _foretell
from ._table import Frame


class Draws(Frame):
    """Every sound draw of a run, a row each: ``replicate``, ``draw``, then a column for each factor, derived value, state, event and
    outcome. Probabilities are from 0 to 1; other columns are in the units of the file. What was learned gives each draw a ``weight``.

    It is a table of Arrow: pandas, polars, pyarrow and DuckDB read it without copies.
    """

    def __init__(self, table: _foretell.Table) -> None:
        self._table = table

    def _columns(self) -> _foretell.Table:
        return self._table

    def __len__(self) -> int:
        return len(self._table)

    def __repr__(self) -> str:
        return f"Draws({len(self)} × {len(self.columns)}: {', '.join(self.columns)})"

    def __reduce__(self) -> tuple:
        return (_restore, (self._table.to_bytes(),))


def _restore(columns: list[Any]) -> Draws:
    return Draws(_foretell.Table.from_bytes(columns))
