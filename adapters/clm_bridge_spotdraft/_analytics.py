"""SpotDraft's analytics: dates of execution and expiry, thousands in a call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from clm_bridge import (
    InvalidInput,
    PayloadError,
    PermissionDenied,
    Unsupported,
    VendorDown,
)
from clm_bridge.adapter import Cursor, Dated, KeyDates, Reader, post, rows

from . import _wire
from ._mapping import bare_number

ROWS = 5000
"""How many rows an answer has at the most."""
QUERY = (
    "SELECT contract_id, execution_date, expiry_date FROM contracts "
    "WHERE contract_id > {after} ORDER BY contract_id"
)
NOT_ENABLED = (
    "leave 'analytics' out of the settings, or ask SpotDraft to enable "
    "PUBLIC_ANALYTICS_QUERY_API for the workspace"
)
NOT_ALLOWED = (
    "leave 'analytics' out of the settings, or give the credential's user "
    "INSIGHTS_VIEW and an admin's role; 'user_email' asks for what that user may see"
)


async def page(
    reader: Reader, cursor: Cursor | None, *, scoped: bool
) -> tuple[Sequence[Mapping[str, Any]], Sequence[Cursor]]:
    """Return the rows after a contract's number, and the number to go on from."""
    told = reader.read(await _answer(cursor, scoped=scoped), _wire.Analytics)
    found = _named(told)
    if not (told.truncated or len(found) >= ROWS):
        return found, ()
    if not found:
        raise PayloadError("analytics were cut off before the first row")
    return found, (str(max(int(_number(row)) for row in found)),)


async def _answer(cursor: Cursor | None, *, scoped: bool) -> Any:
    after = cursor or "0"
    if not (after.isascii() and after.isdecimal()):
        raise InvalidInput(f"{cursor!r} is not a cursor of the analytics")
    query = {"query": QUERY.format(after=int(after)), "user_scoped": scoped}
    try:
        return (await post("analytics/query/", query, reads=True)).json()
    except PermissionDenied as error:
        error.hint = NOT_ALLOWED
        raise
    except VendorDown as error:
        if error.status != 501:
            raise
        raise Unsupported(error.message, hint=NOT_ENABLED) from error


def _named(told: _wire.Analytics) -> list[Mapping[str, Any]]:
    """Return rows by the names of their columns, however the answer puts them."""
    names = [
        str(one.get("name") if isinstance(one, Mapping) else one)
        for one in told.columns
    ]
    return [
        row if isinstance(row, Mapping) else dict(zip(names, rows(row), strict=False))
        for row in told.rows
    ]


def _number(row: Mapping[str, Any]) -> str:
    number = bare_number(str(row.get("contract_id")))
    if not number.isdecimal():
        raise PayloadError(
            "analytics name a contract by something else than its number"
        )
    return number


def dated(reader: Reader, row: Mapping[str, Any]) -> Dated:
    """Return the dates of one contract, by its number."""
    told = reader.read(row, _wire.AnalyticsRow)
    dates = KeyDates(executed_on=told.execution_date, expires_on=told.expiry_date)
    return Dated(_number(row), dates, {"analytics": row})
