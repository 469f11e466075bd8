"""Runs and questions on a Dask cluster, by the bytes that one process gives.

    import foretell, foretell.dask
    from distributed import Client

    client = Client("scheduler:8786")
    answer = foretell.dask.run(foretell.Scenario("budget.toml"), draws=1e10, client=client)

The workers need foretell of the same version. A share whose worker dies is made again on another.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, Optional, Sequence

from . import engine
from .engine import Progress

try:
    import distributed
except ImportError as error:  # pragma: no cover
    raise ImportError("foretell.dask needs Dask: pip install 'dask[distributed]'") from error

__all__ = ["Dask", "map", "run"]

#: A share is tried so often when its function fails; deaths of workers are the cluster's to count (`distributed.scheduler.allowed-failures`).
RETRIES = 2


class Dask:
    """A client's cluster as an engine."""

    def __init__(self, client: Optional[distributed.Client] = None) -> None:
        self.client = distributed.get_client() if client is None else client
        self.workers = max(1, sum(self.client.nthreads().values()))

    def share(self, value: Any) -> Any:
        # What is scattered is lost with its worker; what a function gave is made again.
        return self.client.submit(_same, value, pure=False, retries=RETRIES)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        return self.client.submit(function, *arguments, pure=False, retries=RETRIES)

    def wait(self, handles: Sequence[Any]) -> list[Any]:
        done = distributed.wait(handles, return_when="FIRST_COMPLETED").done
        for handle in done:
            if handle.status != "finished":
                handle.result()
        return [handle for handle in handles if handle in done]

    def result(self, handle: Any) -> Any:
        return handle.result()

    def cancel(self, handles: Iterable[Any]) -> None:
        self.client.cancel(list(handles), force=True)


def _same(value: Any) -> Any:
    return value


def run(
    scenario: Any,
    draws: float,
    *,
    client: Optional[distributed.Client] = None,
    shards: Optional[int] = None,
    progress: Progress = True,
    **how: Any,
) -> Any:
    """`scenario.run(draws=draws, **how)` on a Dask cluster: shares as tasks, merged on the workers.

    Args:
        scenario: A `foretell.Scenario`.
        draws: How many draws, in all.
        client: Whose cluster; the current client if there is none.
        shards: How many tasks; else enough for all workers.
        progress: A line on a terminal, nothing, or a function of the shares that are done and of all.
        how: Other keyword arguments of `Scenario.run`.
    """
    return engine.run(Dask(client), scenario, draws, shards=shards, progress=progress, **how)


def map(
    questions: Iterable[tuple[Any, str, dict[str, Any]]],
    *,
    client: Optional[distributed.Client] = None,
    progress: Progress = True,
) -> list[Any]:
    """Questions on a Dask cluster: `[(scenario, "sensitivity", {"seed": 7}), …]`, answered in their order, each as it is alone."""
    return engine.ask(Dask(client), questions, progress=progress)
