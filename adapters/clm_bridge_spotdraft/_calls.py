"""The calls that answer for one part of one contract, and what a wrong id does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clm_bridge.adapter import NotFound, Reader, get

from . import _wire
from ._mapping import bare_number, candidates


async def resolved(reader: Reader, id: str) -> tuple[str, _wire.StatusAnswer]:
    """Return T-n or H-n and its status; for a bare number ask which exists."""
    first, *others = candidates(id)
    try:
        return first, await status(reader, first)
    except NotFound:
        if not others:
            raise
    return others[0], await status(reader, others[0])


async def status(reader: Reader, id: str) -> _wire.StatusAnswer:
    """Ask for display status and name, which no search index delays."""
    answer = await get("contracts/{id}/status", id=id)
    return reader.read(answer.json(), _wire.StatusAnswer)


async def metrics(id: str) -> Any:
    """Ask for what happened when, or return None if nothing is known."""
    path = "contracts/{number}/process_metrics/"
    try:
        answer = await get(path, number=bare_number(id))
    except NotFound:
        return None  # the calls beside this one say whether the contract is there
    return answer.json()


async def metadata(id: str) -> Any:
    """Ask for the external metadata; null where there is none."""
    told = (await get("contracts/{id}/external_metadata", id=id)).json()
    return told.get("external_metadata") if isinstance(told, Mapping) else None
