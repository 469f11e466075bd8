"""Pictures."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, Callable, Union


class Figure:
    """A picture of a scenario, which notebooks show. Each form is drawn when it is first asked for."""

    def __init__(self, kind: str, draw: Callable[[str], bytes]) -> None:
        self.kind = kind
        """Which picture it is, as ``foretell plot --help`` lists them."""
        self._draw = draw
        self._forms: dict[str, bytes] = {"svg": draw("svg")}

    def _form(self, form: str) -> bytes:
        if form not in self._forms:
            self._forms[form] = self._draw(form)
        return self._forms[form]

    @property
    def svg(self) -> str:
        """Lines and text, for pages and for changes by hand."""
        return self._form("svg").decode()

    @property
    def png(self) -> bytes:
        """Pixels, two for each unit of the picture."""
        return self._form("png")

    @property
    def pdf(self) -> bytes:
        """One page of lines and text, for printed matter."""
        return self._form("pdf")

    def save(self, path: Union[str, os.PathLike]) -> Path:
        """Writes the picture in the form of the path's ending: .svg, .png or .pdf."""
        path = Path(path)
        form = path.suffix.lower().lstrip(".")
        if form not in ("svg", "png", "pdf"):
            raise ValueError(f"the ending of {str(path)!r} is no form of a picture: end it in .svg, .png or .pdf")
        path.write_bytes(self._form(form))
        return path

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_png_(self) -> bytes:
        return self.png

    def __repr__(self) -> str:
        return f"Figure({self.kind!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Figure) and self.svg == other.svg

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple:
        return (_restore, (self.kind, self._draw, self._forms))


def _restore(kind: str, draw: Any, forms: dict[str, bytes]) -> Figure:
    figure = Figure.__new__(Figure)
    figure.kind, figure._draw, figure._forms = kind, draw, dict(forms)
    return figure
