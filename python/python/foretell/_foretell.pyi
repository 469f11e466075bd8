"""The native part: the command line as a function, draws as columns."""

from os import PathLike
from typing import Any, Optional, Union

VERSION: str

class Input:
    """A scenario's text and the texts of the files that it names, as they were when it was read."""

    @staticmethod
    def read(path: Union[str, PathLike[str]]) -> Input:
        """Reads a scenario file and the files that it names."""
    @staticmethod
    def text(name: str, text: str, folder: Optional[str]) -> Input:
        """Holds a text under a name, and reads the files that it names where it is said in which folder they are."""
    @property
    def name(self) -> str:
        """What messages call it."""
    @property
    def source(self) -> str:
        """The text itself."""
    def called(self, name: str) -> Input:
        """The same under another name."""

class Reply:
    """What a command gave, in every form."""

    @property
    def agrees(self) -> bool:
        """Whether every claim of the file holds that was tested."""
    @property
    def json(self) -> str:
        """The answer as JSON; empty where there is none."""
    @property
    def text(self) -> str:
        """The answer as text of 80 columns."""
    @property
    def markdown(self) -> str:
        """The answer as Markdown."""
    @property
    def csv(self) -> str:
        """The answer's main table as comma-separated values."""
    @property
    def output(self) -> bytes:
        """What was written to standard output besides."""
    @property
    def warnings(self) -> str:
        """Warnings as JSON; empty where there are none."""
    @property
    def said(self) -> str:
        """What was said on the way."""

class Table:
    """Columns of one length with names, in Arrow's layout."""

    def __init__(self, columns: list[tuple[str, str, list[Any]]]) -> None:
        """The table of columns, each a name, a kind (`number`, `whole`, `truth` or `text`) and its values, of which any may be None."""
    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
    def __len__(self) -> int: ...
    def column(self, name: str) -> list[Any]:
        """The values of a column."""
    def to_bytes(self) -> list[tuple[str, str, bytes]]:
        """Columns of numbers as names, types and bytes, from which they can be made again."""
    @staticmethod
    def from_bytes(columns: list[tuple[str, str, bytes]]) -> Table:
        """What `to_bytes` gave."""
    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any: ...
    def __arrow_c_schema__(self) -> Any: ...

def ask(arguments: list[str], inputs: list[tuple[str, Input]]) -> Reply:
    """Does a command; `inputs` are what is read in place of the files with these names."""

def merge(arguments: list[str], inputs: list[tuple[str, Input]], parts: list[bytes]) -> Reply:
    """Does a `merge` that reads `-`, which these parts stand for."""

def draws(arguments: list[str], inputs: list[tuple[str, Input]]) -> Table:
    """Every sound draw of a run of the command line, with the columns that `--draws-out` writes."""

def command(words: list[str]) -> int:
    """The command itself, with the files, the terminal and the signals of this process; gives its exit code."""

def verbs() -> str:
    """What can be written on the command line, as JSON."""
