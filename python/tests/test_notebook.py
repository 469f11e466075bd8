"""The notebook runs, and shows what is stored in it."""

import ast
import json
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).resolve().parents[1] / "notebooks" / "vladivostok.ipynb"
#: How each kind of output is made of a value.
SHOWN = {"image/svg+xml": "_repr_svg_", "text/markdown": "_repr_markdown_"}


def ran(source, names):
    """Runs a cell; gives the value of its last line, if that has one."""
    body = ast.parse(source).body
    last = body.pop() if isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, type_ignores=[]), str(NOTEBOOK), "exec"), names)
    return eval(compile(ast.Expression(last.value), str(NOTEBOOK), "eval"), names) if last else None


def test_the_notebook_shows_what_it_finds(monkeypatch):
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    pytest.importorskip("pyarrow")
    assert NOTEBOOK.stat().st_size < 200_000
    monkeypatch.chdir(NOTEBOOK.parent)
    names, held = {}, 0
    for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code":
            continue
        value = ran("".join(cell["source"]), names)
        for output in cell["outputs"]:
            for kind, stored in output["data"].items():
                if kind in SHOWN:
                    assert getattr(value, SHOWN[kind])().strip() == "".join(stored).strip()
                    held += 1
                elif kind == "text/plain" and isinstance(value, (bool, dict)):
                    assert value == ast.literal_eval("".join(stored))
                    held += 1
    # A picture, a page, and what can be read as it stands.
    assert held == 4


def test_the_readme_shows_what_runs(monkeypatch, tmp_path):
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    home = NOTEBOOK.parents[2]
    (tmp_path / "scenarios").symlink_to(home / "scenarios")
    monkeypatch.chdir(tmp_path)
    code = (home / "python" / "README.md").read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    names = {}
    exec(code, names)
    assert names["approved"].flags == {"set": ["china_approval=0.9"]} and (tmp_path / "drivers.svg").exists()
