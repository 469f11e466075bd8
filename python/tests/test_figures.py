"""Pictures: those of the command line, in every form."""

import pickle

import pytest

import foretell
from conftest import HOME, command


def test_figures_are_those_of_the_command_line(article, tmp_path):
    figure = article.figure("answer", draws=4096, theme="print")
    command("plot", "scenarios/vladivostok-2023.toml", "answer", "-n", "4096", "--theme", "print", "-o", str(tmp_path / "x.svg"), cwd=HOME)
    expected = (tmp_path / "x.svg").read_text()
    assert figure.svg == expected == figure._repr_svg_()
    assert article.figure("answer", draws=4096).svg != expected
    assert figure.png.startswith(b"\x89PNG") and figure._repr_png_() is figure.png and figure.pdf.startswith(b"%PDF")
    assert figure.save(tmp_path / "y.png").read_bytes() == figure.png
    assert figure == pickle.loads(pickle.dumps(figure)) and repr(figure) == "Figure('answer')"
    with pytest.raises(ValueError, match="end it in"):
        figure.save(tmp_path / "y.jpg")


def test_figures_of_questions(article):
    swept = article.plot("sweep", vary={"china_approval": (0, 1, 5)}, of="sanctioned", draws=4096)
    assert swept.svg.startswith("<svg") and swept.kind == "sweep"
    with pytest.raises(foretell.ScenarioError, match="possible values|invalid value"):
        article.figure("no-such-kind")
    with pytest.raises(foretell.ScenarioError, match="nothing to decide"):
        article.figure("decide", draws=4096)
