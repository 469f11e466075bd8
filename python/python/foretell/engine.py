"""Runs in shares and many questions at once, on whatever runs functions elsewhere.

An engine is a class with the five short methods of `Engine`: above all, `submit` sends a function with its arguments away and gives a
handle, and `wait` gives handles that are done. `foretell.dask`, `foretell.ray` and `foretell.local` have one each; another costs as little.

A run becomes shares. Each leaves a part, some kilobytes of bytes; parts are merged where they are made, a few at a time and in the
order in which they come, which changes no byte; and one part comes back, with the answer of the run on one machine.
"""

from __future__ import annotations

import math
import sys
import time
from collections import deque
from typing import Any, Callable, Iterable, Optional, Protocol, Sequence, Union

from ._parts import finish, merge_parts, part

__all__ = ["Engine", "Progress", "ask", "plan", "run"]

#: Shares are made so large that a task has about so many draws, unless there are too few for all workers.
DRAWS_A_SHARE = 20_000_000
#: The fewest draws of a share: less than that is computed sooner than it is sent.
FEWEST_A_SHARE = 1 << 16
#: The most shares of a run.
MOST_SHARES = 10_000
#: Shares for each worker, so that none waits for the slowest.
SHARES_A_WORKER = 4
#: As many parts are merged in one task.
MERGED_AT_ONCE = 8

#: What is told while it runs: `True` for a line on a terminal, `False` for nothing, or a function of the shares (or questions) that
#: are done and of all.
Progress = Union[bool, Callable[[int, int], None]]


class Engine(Protocol):
    """Something that runs functions elsewhere."""

    #: How many functions run at a time.
    workers: int

    def share(self, value: Any) -> Any:
        """Gives what stands for a value that many functions get."""
        ...

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        """Sends a function away, with values or handles as its arguments, and gives a handle. It runs again if its worker dies."""
        ...

    def wait(self, handles: Sequence[Any]) -> list[Any]:
        """Waits until some of the handles are done, and gives these. Raises what their functions raised."""
        ...

    def result(self, handle: Any) -> Any:
        """What a function gave, or raised."""
        ...

    def cancel(self, handles: Iterable[Any]) -> None:
        """Drops what is not done yet."""
        ...


def plan(draws: float, workers: int, shards: Optional[int] = None) -> int:
    """How many shares a run is cut into: as many as are wanted, or enough for all workers, of a size that is worth a task."""
    if shards is not None:
        if not 1 <= shards <= MOST_SHARES:
            raise ValueError(f"a run has 1 to {MOST_SHARES} shares, not {shards}")
        return shards
    wanted = max(SHARES_A_WORKER * workers, math.ceil(draws / DRAWS_A_SHARE))
    return max(1, min(wanted, math.ceil(draws / FEWEST_A_SHARE), MOST_SHARES))


def run(
    engine: Engine,
    scenario: Any,
    draws: float,
    *,
    shards: Optional[int] = None,
    progress: Progress = True,
    make: Callable[..., bytes] = part,
    **how: Any,
) -> Any:
    """Makes a run of so many draws on an engine: the `Run` of `scenario.run(draws=draws, **how)`, to the last bit.

    `how` are keyword arguments of `Scenario.run`. `make` stands in for what makes a part.
    """
    count = plan(draws, engine.workers, shards)
    shared = engine.share(scenario)
    how = {"threads": 1, **how}
    pending = [engine.submit(make, shared, number, count, draws, how) for number in range(1, count + 1)]
    making = set(map(id, pending))
    made: deque[Any] = deque()
    with _Line(progress, "shares", count) as line:
        try:
            while pending or len(made) > 1:
                for handle in engine.wait(pending) if pending else ():
                    _remove(pending, handle)
                    made.append(handle)
                    if id(handle) in making:
                        making.remove(id(handle))
                        line.step()
                # As many at a time as come while others are made, and at the end whatever is left.
                least = MERGED_AT_ONCE if pending else 2
                while len(made) >= least:
                    some = [made.popleft() for _ in range(min(MERGED_AT_ONCE, len(made)))]
                    pending.append(engine.submit(merge_parts, shared, *some))
            whole = engine.result(made.popleft())
        except BaseException:
            engine.cancel(pending)
            raise
    return finish(scenario, [whole], how)


def ask(
    engine: Engine,
    questions: Iterable[tuple[Any, str, dict[str, Any]]],
    *,
    progress: Progress = True,
) -> list[Any]:
    """Puts questions on an engine and gives the answers in their order, each as it is alone.

    A question is a scenario, the name of one of its methods, and that method's keyword arguments.
    """
    questions = list(questions)
    scenarios: dict[int, Any] = {}
    pending = []
    for scenario, verb, how in questions:
        if id(scenario) not in scenarios:
            scenarios[id(scenario)] = engine.share(scenario)
        pending.append(engine.submit(_answer, scenarios[id(scenario)], verb, how))
    order = list(pending)
    with _Line(progress, "questions", len(order)) as line:
        try:
            while pending:
                for handle in engine.wait(pending):
                    _remove(pending, handle)
                    line.step()
            return [engine.result(handle) for handle in order]
        except BaseException:
            engine.cancel(pending)
            raise


def _answer(scenario: Any, verb: str, how: dict[str, Any]) -> Any:
    return getattr(scenario, verb)(**how)


def _remove(handles: list[Any], one: Any) -> None:
    """Takes a handle out by what it is: handles of some engines compare in ways of their own."""
    at = next(at for at, other in enumerate(handles) if other is one)
    del handles[at]


class _Line:
    """A line on a terminal that says how far things are; nothing where nobody looks."""

    #: Seconds between two changes of the line.
    STEP = 0.1

    def __init__(self, progress: Progress, noun: str, count: int) -> None:
        self.call = progress if callable(progress) else None
        self.is_seen = progress is True and sys.stderr is not None and sys.stderr.isatty()
        self.noun, self.count, self.done = noun, count, 0
        self.started = time.monotonic()
        self.said = 0.0

    def __enter__(self) -> _Line:
        self.say()
        return self

    def __exit__(self, *_: object) -> None:
        if self.is_seen:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self) -> None:
        self.done += 1
        if self.call is not None:
            self.call(self.done, self.count)
        self.say()

    def say(self) -> None:
        now = time.monotonic()
        if not self.is_seen or now - self.said < self.STEP:
            return
        self.said = now
        seconds = now - self.started
        left = f", {seconds / self.done * (self.count - self.done):.0f} s left" if self.done else ""
        sys.stderr.write(f"\r\x1b[K{self.done} of {self.count} {self.noun}{left}")
        sys.stderr.flush()
