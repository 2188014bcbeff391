"""Walking Tomorro's lists, whichever envelope they come in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from clm_bridge.adapter import Cursor, PayloadError, get

from . import _envelopes

SIZE = 50
"""The most rows of a page in every state of the reference."""


async def page(
    path: str, params: Mapping[str, Any], plural: str | None = None, **ids: str
) -> tuple[list[Any], list[Cursor]]:
    """Return one page's rows and the cursor that follows, if one does."""
    answer = await get(path, params, **ids)
    found, after = _envelopes.listed(answer.json(), plural or path)
    return found, [] if after is None else [after]


async def walk(
    path: str,
    params: Mapping[str, Any],
    goes_on: Callable[[Any], Awaitable[bool]],
    plural: str | None = None,
    **ids: str,
) -> None:
    """Show each row of a list to *goes_on*, until it says no."""
    seen: list[Cursor] = []
    while True:
        after = {"limit": SIZE, "after": seen[-1] if seen else None}
        found, more = await page(path, {**params, **after}, plural, **ids)
        for row in found:
            if not await goes_on(row):
                return
        if not more:
            return
        if more[0] in seen:
            raise PayloadError("the vendor's paging leads back to an earlier page")
        seen += more


async def every(
    path: str, params: Mapping[str, Any], plural: str | None = None, **ids: str
) -> list[Any]:
    """Read a short list to its end, for an answer that needs the whole of it."""
    rows: list[Any] = []

    async def keep(row: Any) -> bool:
        rows.append(row)
        return True

    await walk(path, params, keep, plural, **ids)
    return rows
