"""Many questions on the cores of this machine, without another package.

    import foretell.local

    answers = foretell.local.map((scenario, "run", {"set": {"oil_price": price}}) for price in range(60, 120, 5))

A run alone is on all cores already; `run` is here to try what an engine does.
"""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Callable, Iterable, Optional, Sequence

from . import engine
from .engine import Progress

__all__ = ["Local", "map", "run"]


class Local:
    """Threads of this process as an engine: the computation holds no lock of Python's."""

    def __init__(self, workers: Optional[int] = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.pool = ThreadPoolExecutor(self.workers)

    def __enter__(self) -> Local:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(cancel_futures=True)

    def share(self, value: Any) -> Any:
        return value

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        # What is handed on is done already.
        values = [one.result() if isinstance(one, Future) else one for one in arguments]
        return self.pool.submit(function, *values)

    def wait(self, handles: Sequence[Any]) -> list[Any]:
        done = wait(handles, return_when=FIRST_COMPLETED).done
        for handle in done:
            handle.result()
        return [handle for handle in handles if handle in done]

    def result(self, handle: Any) -> Any:
        return handle.result()

    def cancel(self, handles: Iterable[Any]) -> None:
        for handle in handles:
            handle.cancel()


def run(
    scenario: Any,
    draws: float,
    *,
    workers: Optional[int] = None,
    shards: Optional[int] = None,
    progress: Progress = True,
    **how: Any,
) -> Any:
    """`scenario.run(draws=draws, **how)` in shares, on `workers` threads or one for each core."""
    with Local(workers) as local:
        return engine.run(local, scenario, draws, shards=shards, progress=progress, **how)


def map(
    questions: Iterable[tuple[Any, str, dict[str, Any]]],
    *,
    workers: Optional[int] = None,
    progress: Progress = True,
) -> list[Any]:
    """Questions on `workers` threads, or one for each core: answered in their order, each as it is alone."""
    with Local(workers) as local:
        return engine.ask(local, questions, progress=progress)
