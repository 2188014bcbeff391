"""What an outcome means: a good answer, or the one error that it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypeVar

from ._adapter import Adapter
from ._errors import StatusError, TransportError, status_error
from ._logs import log
from ._messages import Request, Response
from ._retry import retry_after
from ._secrets import masked

T = TypeVar("T")

COMPLAINTS = 20
WORDS = 500
"""Characters of one complaint; a page that is no sentence would fill a log."""


def refusal(
    adapter: Adapter, request: Request, answer: Response, *holders: Any
) -> StatusError:
    """Return the error for an answer that says no, with no secret of *holders*."""
    code = _read(adapter.error_code, answer, None)
    told: Sequence[str] = _read(adapter.complaints, answer, [])
    error = status_error(
        request.named,
        answer.status,
        _said(told, holders),
        retry_after(answer, datetime.now(UTC)),
        adapter.hints.get(code or "") or adapter.hints.get(answer.status),
        code=_line(code, holders) if code else None,
        cls=adapter.meanings.get(code or "") or adapter.meanings.get(answer.status),
    )
    error.request_id = answer.request_id
    return error


def judged(
    adapter: Adapter,
    request: Request,
    outcome: Response | TransportError,
    *holders: Any,
) -> Response:
    """Return a good answer; raise what else came."""
    if isinstance(outcome, TransportError):
        raise outcome
    if outcome.ok:
        return outcome
    raise refusal(adapter, request, outcome, *holders)


def _said(told: Iterable[str], holders: Iterable[Any]) -> list[str]:
    """Return the vendor's own words; some vendors quote the key they refuse."""
    lines = (_line(one, holders) for one in islice(told, COMPLAINTS))
    return [line for line in lines if line]


def _line(text: str, holders: Iterable[Any]) -> str:
    return " ".join(masked(text, *holders)[:WORDS].split())


def _read(read: Callable[[Response], T], answer: Response, unread: T) -> T:
    """Read an error's body; one that cannot be read must not hide the status."""
    try:
        return read(answer)
    except Exception:  # noqa: BLE001  # a plugin may fail in any way
        log.exception("the body of an error could not be read")
        return unread
