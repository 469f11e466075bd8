"""Runs and questions on Ray, by the bytes that one process gives.

    import foretell, foretell.ray
    import ray

    ray.init("auto")
    answer = foretell.ray.run(foretell.Scenario("budget.toml"), draws=1e10)

The workers need foretell of the same version. A share whose worker dies is made again on another.
"""

from __future__ import annotations

from typing import Any, Callable, Iterable, NamedTuple, Optional, Sequence

from . import engine
from .engine import Progress

try:
    import ray
except ImportError as error:  # pragma: no cover
    raise ImportError("foretell.ray needs Ray: pip install ray") from error

__all__ = ["Ray", "map", "run"]

#: A share is made so often again when its worker dies.
RETRIES = 4


class Task(NamedTuple):
    """A function on its way."""

    #: Nothing, once it is done, or what it raised: small, so that a mistake is seen where nobody fetches what others gave.
    done: Any
    #: What it gave.
    value: Any


class Ray:
    """The Ray that this process is connected to, or a local one, as an engine."""

    def __init__(self) -> None:
        if not ray.is_initialized():
            ray.init()
        self.workers = max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._remote: dict[Any, Any] = {}

    def share(self, value: Any) -> Any:
        return ray.put(value)

    def submit(self, function: Callable[..., Any], *arguments: Any) -> Any:
        if function not in self._remote:
            self._remote[function] = ray.remote(num_cpus=1, max_retries=RETRIES, num_returns=2)(_done(function))
        values = [one.value if isinstance(one, Task) else one for one in arguments]
        return Task(*self._remote[function].remote(*values))

    def wait(self, handles: Sequence[Any]) -> list[Any]:
        pending = [handle.done for handle in handles]
        done, _ = ray.wait(pending, num_returns=1, fetch_local=False)
        # More may be done by now.
        more, _ = ray.wait(pending, num_returns=len(pending), timeout=0, fetch_local=False)
        found = {*done, *more}
        for one in found:
            self._get(one)
        return [handle for handle in handles if handle.done in found]

    def result(self, handle: Any) -> Any:
        return self._get(handle.value)

    def _get(self, reference: Any) -> Any:
        try:
            return ray.get(reference)
        except ray.exceptions.RayTaskError as error:
            # As the function raised it, as it would have alone; what it was handed on to failed by it too.
            cause: BaseException = error
            while isinstance(cause, ray.exceptions.RayTaskError) and isinstance(cause.cause, BaseException):
                cause = cause.cause
            raise cause from None

    def cancel(self, handles: Iterable[Any]) -> None:
        for handle in handles:
            ray.cancel(handle.done, force=True)


def _done(function: Callable[..., Any]) -> Callable[..., tuple[None, Any]]:
    """The same function, which says first that it is done."""

    def call(*arguments: Any) -> tuple[None, Any]:
        return None, function(*arguments)

    return call


def run(
    scenario: Any,
    draws: float,
    *,
    shards: Optional[int] = None,
    progress: Progress = True,
    **how: Any,
) -> Any:
    """`scenario.run(draws=draws, **how)` on Ray: shares as tasks, merged on the workers.

    Args:
        scenario: A `foretell.Scenario`.
        draws: How many draws, in all.
        shards: How many tasks; else enough for all workers.
        progress: A line on a terminal, nothing, or a function of the shares that are done and of all.
        how: Other keyword arguments of `Scenario.run`.
    """
    return engine.run(Ray(), scenario, draws, shards=shards, progress=progress, **how)


def map(questions: Iterable[tuple[Any, str, dict[str, Any]]], *, progress: Progress = True) -> list[Any]:
    """Questions on Ray: `[(scenario, "sensitivity", {"seed": 7}), …]`, answered in their order, each as it is alone."""
    return engine.ask(Ray(), questions, progress=progress)
