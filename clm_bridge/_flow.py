"""Run an adapter's operation: send what it awaits, hand back what comes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine, Sequence
from functools import partial
from typing import Any, TypeAlias, TypeVar, cast

from ._errors import ClmError, DownloadError, PayloadError, note_doubt
from ._messages import Pause, Request, Response, Together, together

T = TypeVar("T")
Op: TypeAlias = Coroutine[Any, Any, T]
Send: TypeAlias = Callable[[Request], Awaitable[Response]]
Sleep: TypeAlias = Callable[[float], Awaitable[None]]
Gather: TypeAlias = Callable[[Sequence[Awaitable[Any]]], Awaitable[list[Any]]]


async def run(operation: Op[T], send: Send, gather: Gather, sleep: Sleep) -> T:
    """Drive *operation* to its end; an error is raised at its own ``await``."""
    step: Callable[[], Any] = partial(operation.send, None)
    asked: str | None = None
    answer: Any = None
    safe = True
    try:
        while True:
            try:
                awaited = step()
            except StopIteration as stop:
                result: T = stop.value
                return result
            except (PayloadError, DownloadError) as error:
                if isinstance(error, PayloadError):
                    error.asked = error.asked or asked
                if isinstance(answer, Response):
                    error.belong(answer.request_id, answer.attempts)
                note_doubt(error, safe=safe)
                raise
            if not isinstance(awaited, Request | Together | Pause):
                told = f"an operation may only await requests, not {awaited!r}"
                step = partial(operation.throw, TypeError(told))
                continue
            asked, safe, answer = None, True, None
            if isinstance(awaited, Request):
                asked, safe = awaited.named, awaited.safe
            try:
                answer = await _answer(awaited, send, gather, sleep)
                step = partial(operation.send, answer)
            except ClmError as error:
                note_doubt(error, safe=safe)
                step = partial(operation.throw, error)
    finally:
        operation.close()


async def _answer(
    awaited: Request | Together | Pause, send: Send, gather: Gather, sleep: Sleep
) -> Any:
    if isinstance(awaited, Request):
        return await send(awaited)
    if isinstance(awaited, Pause):
        return await sleep(awaited.seconds)
    try:
        return await gather(awaited.parts)
    finally:
        _drop(awaited.parts)


def _drop(parts: Sequence[Awaitable[Any]]) -> None:
    """Close the operations that an earlier error kept from starting."""
    for part in parts:
        if isinstance(part, Coroutine):
            part.close()


async def overheard(operation: Op[T], hear: Callable[[Response], None]) -> T:
    """Await an operation, and hear every answer that it awaits by itself."""
    step: Callable[[], Any] = partial(operation.send, None)
    try:
        while True:
            try:
                awaited = step()
            except StopIteration as stop:
                result: T = stop.value
                return result
            try:
                answer = await awaited
            except ClmError as error:
                step = partial(operation.throw, error)
                continue
            if isinstance(answer, Response):
                hear(answer)
            step = partial(operation.send, answer)
    finally:
        operation.close()


async def alone(operation: Op[T]) -> T:
    """
    Await an operation as a driver of its own, for the bridge's own operations.

    So an error of its own making, such as an answer that cannot be read, is judged by
    the request that it answers before it is caught.
    """
    [result] = await together(operation)
    return cast("T", result)


async def doubt(write: Op[Any]) -> ClmError | None:
    """Carry out a write; return the error after which nobody knows if it was made."""
    try:
        await alone(write)
    except ClmError as error:
        if not error.in_doubt:
            raise
        return error
    return None


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
