"""Walking Tomorro's lists, whichever envelope they come in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from clm_bridge.adapter import Cursor, PayloadError, Rejected, Response, get

from . import _envelopes

SIZE = 50
"""The most rows of a page in every state of the reference."""
BACK = "the vendor's paging leads back to an earlier page"
TRAIL = 3
"""How many cursors are kept: the one that goes on, and those before it."""

BAD_REQUEST = 400


async def page(
    path: str, params: Mapping[str, Any], plural: str | None = None, **ids: str
) -> tuple[list[Any], list[Cursor]]:
    """Return one page's rows and the cursor that follows, if one does."""
    answer = await get(path, params, **ids)
    found, after = _envelopes.listed(answer.json(), plural or path)
    return found, [] if after is None else [after]


async def resumed(
    path: str, params: Mapping[str, Any], trail: Sequence[Cursor]
) -> tuple[Response, list[Any], Sequence[Cursor]]:
    """
    Return the page after the first good cursor of *trail*, its rows and its trail.

    A cursor names a row, and is refused once that row is gone: an earlier one shows
    some rows again, and hides none; before the earliest is the beginning.
    """
    ways = [*trail, None][:TRAIL]
    for place, after in enumerate(ways):
        try:
            answer = await get(path, {**params, "after": after})
            break
        except Rejected as error:
            if error.status != BAD_REQUEST or place == len(ways) - 1:
                raise
    found, then = _envelopes.listed(answer.json(), path)
    if then is not None and then in trail:
        raise PayloadError(BACK)
    return answer, found, [] if then is None else [then, *trail[place:]][:TRAIL]


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
            raise PayloadError(BACK)
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
