"""Run an adapter's operation: send what it awaits, hand back what comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, TypeAlias, TypeVar

from ._errors import ClmError, PayloadError
from ._messages import Request, Response, Together

T = TypeVar("T")
Op: TypeAlias = Coroutine[Any, Any, T]
Send: TypeAlias = Callable[[Request], Awaitable[Response]]
Gather: TypeAlias = Callable[[Sequence[Awaitable[Any]]], Awaitable[list[Any]]]


async def run(operation: Op[T], send: Send, gather: Gather) -> T:
    """Drive *operation* to its end; an error is raised at its own ``await``."""
    step: Callable[[], Any] = partial(operation.send, None)
    asked: str | None = None
    try:
        while True:
            try:
                awaited = step()
            except StopIteration as stop:
                result: T = stop.value
                return result
            except PayloadError as error:
                error.asked = error.asked or asked
                raise
            if not isinstance(awaited, Request | Together):
                told = f"an operation may only await requests, not {awaited!r}"
                step = partial(operation.throw, TypeError(told))
                continue
            asked = awaited.named if isinstance(awaited, Request) else None
            try:
                step = partial(operation.send, await _answer(awaited, send, gather))
            except ClmError as error:
                step = partial(operation.throw, error)
    finally:
        operation.close()


async def _answer(awaited: Request | Together, send: Send, gather: Gather) -> Any:
    if isinstance(awaited, Request):
        return await send(awaited)
    try:
        return await gather(awaited.parts)
    finally:
        _drop(awaited.parts)


def _drop(parts: Sequence[Awaitable[Any]]) -> None:
    """Close the operations that an earlier error kept from starting."""
    for part in parts:
        if isinstance(part, Coroutine):
            part.close()


async def as_operation(part: Awaitable[T]) -> T:
    """Wrap an awaitable, so that a bare request can be driven like an operation."""
    return await part


def blocking(work: Op[T]) -> T:
    """Finish *work*, which never suspends because everything under it blocks."""
    try:
        work.send(None)
    except StopIteration as stop:
        result: T = stop.value
        return result
    work.close()
    raise RuntimeError("a blocking driver was made to wait")
