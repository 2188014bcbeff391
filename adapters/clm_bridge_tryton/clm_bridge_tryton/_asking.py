"""What Tryton is asked for: domains, fields, and the range of a page."""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from clm_bridge.adapter import Cursor, InvalidInput, NotFound, Query, Request, get

AGREEMENT = "purchase.blanket_agreement"
PARTY = "party.party"

LARGEST = 2**31 - 1
"""The largest id that Tryton's databases hold; the server fails on a larger one."""

Domain = Sequence[Any]

_ID = re.compile(r"[0-9]{1,10}")


def records(model: str, fields: Sequence[str], domain: Domain) -> Request:
    """Ask for every record of *model* in *domain*."""
    return get("{model}", {"d": _packed(domain), "f": fields}, model=model)


def page(
    model: str, fields: Sequence[str], domain: Domain, cursor: Cursor | None, limit: int
) -> Request:
    """
    Ask for the records after *cursor*, in the order of ids.

    An id never changes, so that a record which changes during the walk is neither lost
    nor repeated; a range that began further on would not promise it.
    """
    if cursor is not None and not is_id(cursor):
        raise InvalidInput(f"{cursor!r} is not a cursor of this listing")
    params = {
        "d": _packed([["id", ">", int(cursor or 0)], *domain]),
        "o": _packed([["id", "ASC"]]),
        "f": fields,
    }
    asked = get("{model}", params, model=model)
    return asked.with_headers({"range": f"records=0-{limit}"})


def record(model: str, fields: Sequence[str], id: str) -> Request:
    """Ask for one record; what cannot be an id is the address of something else."""
    if not is_id(id):
        raise NotFound(f"there is no {id!r}: Tryton's ids are whole numbers")
    return get("{model}/{id}", {"f": fields}, model=model, id=id)


def follows(headers: Mapping[str, str], found: Sequence[Any], limit: int) -> bool:
    """Say whether more records follow: by the total, else by the length of a page."""
    total = headers.get("content-range", "").rpartition("/")[2]
    return int(total) > len(found) if total.isdecimal() else len(found) >= limit


def is_id(text: str) -> bool:
    """Say whether *text* can be an id."""
    return bool(_ID.fullmatch(text)) and int(text) <= LARGEST


def conditions(query: Query, words: Sequence[str]) -> list[Any]:
    """Return the conditions for *query*; Tryton joins them by AND."""
    found: list[Any] = []
    if words:
        found.append(["state", "in", words])
    if query.created_since:
        found.append(["create_date", ">=", _instant(query.created_since)])
    if query.updated_since:
        found.append(_changed(_instant(query.updated_since)))
    if query.counterparty:
        found.append(_supplied_by(query.counterparty))
    return found


def _changed(since: Mapping[str, Any]) -> list[Any]:
    """A record that was never changed has no write_date."""
    never = [["write_date", "=", None], ["create_date", ">=", since]]
    return ["OR", ["write_date", ">=", since], never]


def _supplied_by(counterparty: str) -> list[Any]:
    named = ["supplier.name", "=", counterparty]
    if not is_id(counterparty):
        return named
    return ["OR", named, ["supplier", "=", int(counterparty)]]


def _instant(when: datetime) -> Mapping[str, Any]:
    """Write the second of an instant as Tryton does: parts in UTC, under a tag."""
    names = ("year", "month", "day", "hour", "minute", "second")
    then = when.astimezone(UTC)
    parts = {name: getattr(then, name) for name in names}
    return {"__class__": "datetime", **parts, "microsecond": 0}


def _packed(value: Any) -> str:
    """Write JSON in base64url, padded: Tryton refuses it without."""
    return urlsafe_b64encode(json.dumps(value).encode()).decode()
