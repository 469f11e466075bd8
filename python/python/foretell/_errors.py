"""What is raised."""

from __future__ import annotations

from ._messages import Message, messages


class ForetellError(Exception):
    """The base of everything that foretell raises of its own."""


class ScenarioError(ForetellError):
    """The scenario, what was said about it, or the machine said no. All that is wrong is told at once."""

    def __init__(self, rendered: str, data: str = "") -> None:
        super().__init__(rendered, data)

    @property
    def rendered(self) -> str:
        """The messages as text, each with its place in the file, as the command line shows them."""
        return self.args[0]

    @property
    def messages(self) -> list[Message]:
        """The messages as objects."""
        return messages(self.args[1])

    def __str__(self) -> str:
        return self.rendered
