"""Finding what a create made whose answer was lost: Tomorro cannot be asked by link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

from clm_bridge.adapter import Contract, NewContract, NotFound, Reader, get

from . import _lists, _mapping, _wire

Read = Callable[[str], Awaitable[Contract]]


async def created(
    new: NewContract, since: datetime, read: Read, reader: Reader
) -> Sequence[Contract]:
    """Read what was created since, the newest first, and return what is alike."""
    params = {
        "sort": "-createdAt",
        "createdAt": _mapping.since(since),
        "counterpartyId": _counterparty_id(new),
    }
    found: list[Contract] = []

    async def look(row: Any) -> bool:
        told = reader.read(row, _wire.Row)
        if new.name not in (None, told.name):
            return True
        with suppress(NotFound):  # deleted meanwhile
            one = await read(told.id)
            if not _is_from(one, since):
                return False
            found.extend([one] if _is_alike(one, new) else [])
        return True

    await _lists.walk("contracts", params, look)
    return found


async def by_its_clock(since: datetime, now: datetime) -> datetime:
    """Return when that was by Tomorro's clock, which its answers tell."""
    answer = await get("contracts", {"limit": 1})
    theirs = answer.sent_at
    return since if theirs is None else since + (theirs - now)


def _is_from(one: Contract, since: datetime) -> bool:
    created = one.key_dates.created_at
    return created is None or created >= since


def _is_alike(one: Contract, new: NewContract) -> bool:
    """Say whether a contract carries the link, or else names the counterparty."""
    own, party, found = new.external_link, new.counterparty, one.counterparty
    if own is not None:
        return any(link.id == own.id for link in one.external_links)
    if party is None or found is None:
        return False
    own_id = _counterparty_id(new)
    return found.id == own_id if own_id else found.name == party.name


def _counterparty_id(new: NewContract) -> str | None:
    told = new.counterparty.id if new.counterparty else None
    return told and _mapping.plain(told)
