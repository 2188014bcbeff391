"""What Tomorro wraps its records in: four envelopes, and cursors in three spellings."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from clm_bridge.adapter import PayloadError, rows

from ._mapping import plain


def single(payload: Any) -> Any:
    """Take an object out of the ``data`` wrapper that one page of the docs shows."""
    if isinstance(payload, Mapping) and not {"id", "key"} & set(payload):
        return payload.get("data", payload)
    return payload


def listed(payload: Any, plural: str) -> tuple[list[Any], str | None]:
    """Take the rows out of whichever envelope, and the cursor that follows."""
    if not isinstance(payload, Mapping):
        return rows(payload), None
    found = payload.get("data", payload.get(plural))
    if not isinstance(found, list):
        where = f"$.{'data' if 'data' in payload else plural}"
        raise PayloadError(
            "the answer is not what the vendor promises",
            problems=[f"{where}: expected a list"],
        )
    return found, cursor(payload, found)


def cursor(payload: Mapping[str, Any], found: Sequence[Any]) -> str | None:
    """Find the next cursor in its several spellings; build it where none is told."""
    places = [payload.get("pagination"), payload, payload.get("links")]
    told = [place for place in places if isinstance(place, Mapping)]
    follows = _first(told, "has_next", "hasNext")
    if follows is False:
        return None
    words = _first(told, "next_cursor", "nextCursor", "next")
    after = _after(words) if isinstance(words, str) else None
    return after or (_from_last(found) if follows else None)


def _first(places: Iterable[Mapping[str, Any]], *keys: str) -> Any:
    values = (place.get(key) for place in places for key in keys)
    return next((value for value in values if value is not None), None)


def _after(words: str) -> str | None:
    """Return the cursor, taken out of the link if it came in one."""
    if "?" not in words:
        return words
    found = parse_qs(urlsplit(words).query).get("after")
    return found[0].replace(" ", "+") if found else None


def _from_last(found: Sequence[Any]) -> str:
    """Build the cursor as the vendor's examples decode: the last id, in base64."""
    last = found[-1].get("id") if found and isinstance(found[-1], Mapping) else None
    if last is None:
        raise PayloadError("the answer says that more follows, and not where")
    return b64encode(f'{{"id":"{plain(str(last))}"}}'.encode()).decode()


def address(payload: Any) -> str:
    """Find where to put a file by its form, since its key is not documented."""
    told = single(payload)
    values = told.values() if isinstance(told, Mapping) else ()
    texts = (one for one in values if isinstance(one, str))
    found = next((one for one in texts if one.startswith(("https:", "http:"))), None)
    if found is None:
        raise PayloadError(
            "the answer does not tell where to put the file",
            problems=["$: expected a URL"],
        )
    return found


def link(payload: Any) -> Mapping[str, Any] | None:
    """Find the external link by its shape, since its key is not documented."""
    values = payload.values() if isinstance(payload, Mapping) else ()
    links = (one for one in values if isinstance(one, Mapping) and "type" in one)
    return next((one for one in links if one.get("externalId")), None)
