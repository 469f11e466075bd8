"""The types that are written down are those that there are."""

import ast
import importlib.util
import inspect
from pathlib import Path

import foretell
from foretell import _foretell

HOME = Path(__file__).resolve().parents[1]


def generator():
    spec = importlib.util.spec_from_file_location("stubs", HOME / "stubs.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_stubs_are_as_the_grammar_and_the_schemas_have_them():
    module = generator()
    written = module.TARGET.read_text(encoding="utf-8")
    assert written == module.stubs(), "write them anew: python python/stubs.py"
    names = {node.name for node in ast.parse(written).body if isinstance(node, ast.ClassDef)}
    assert {"Questions", "Run", "Sensitivity", "OutcomeFinding", "Experiments"} <= names


def test_the_native_part_is_described():
    stub = ast.parse((HOME / "python" / "foretell" / "_foretell.pyi").read_text(encoding="utf-8"))
    told = {node.name for node in stub.body if isinstance(node, (ast.ClassDef, ast.FunctionDef))}
    there = {name for name, one in vars(_foretell).items() if not name.startswith("_") and (inspect.isclass(one) or callable(one))}
    assert there <= told, f"not in _foretell.pyi: {there - told}"


def test_no_key_of_an_answer_hides_what_answers_have():
    own = {"json", "text", "markdown", "csv", "output", "messages", "tables"}
    for verb in ("run", "check", "update", "sensitivity", "influence", "flip", "voi", "decide", "explain", "worlds", "discover", "sweep", "compare"):
        keys = set(foretell.schema(verb)["properties"])
        assert not keys & own, f"{verb}: {keys & own}"


def test_what_is_public_says_what_it_is():
    for name in foretell.__all__:
        if not name.startswith("__"):
            assert inspect.getdoc(getattr(foretell, name)), name
    assert foretell.__version__ == _foretell.VERSION and (Path(foretell.__file__).parent / "py.typed").exists()
