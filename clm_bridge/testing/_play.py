"""Play an operation of an adapter against a script, with no network."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Coroutine, Mapping, Sequence
from typing import Any, TypeVar

from attrs import field, frozen

from .._errors import ClmError, status_error
from .._flow import Op, as_operation, blocking, run
from .._messages import Request, Response

T = TypeVar("T")


def reply(
    payload: Any = None,
    status: int = 200,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build an answer from a JSON value, or from bytes."""
    named = {"content-type": "application/json", **(headers or {})}
    content = json.dumps(payload).encode() if body is None else body
    return Response(status, named, content)


@frozen
class Played:
    """What the operation returned, and what it asked for on the way."""

    result: Any
    asked: Sequence[Request] = field(factory=list)


def play(operation: Op[T], *replies: Response | ClmError) -> Played:
    """
    Run *operation*, answering each request with the next of *replies*.

    Requests that are awaited together are answered in their order.  A status that
    says no, or an error in the place of a reply, is raised at the operation's own
    line.  Nobody waits.
    """
    script = iter(replies)
    asked: list[Request] = []

    async def send(request: Request) -> Response:
        asked.append(request)
        answer = next(script, None)
        if answer is None:
            raise AssertionError(f"no reply is left for {request.asked}")
        if isinstance(answer, ClmError):
            raise answer
        if not answer.ok:
            raise status_error(request.asked, answer.status, (), None)
        return answer

    async def sleep(seconds: float) -> None:
        """Pass by."""

    async def gather(parts: Sequence[Awaitable[Any]]) -> list[Any]:
        try:
            return [
                await run(as_operation(part), send, gather, sleep) for part in parts
            ]
        finally:  # those after one that failed never began
            for part in parts:
                if isinstance(part, Coroutine):
                    part.close()

    result = blocking(run(operation, send, gather, sleep))
    assert next(script, None) is None, "a reply was not asked for"
    return Played(result, asked)
