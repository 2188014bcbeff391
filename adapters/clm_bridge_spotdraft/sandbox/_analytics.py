"""
The analytics query: one SELECT over tables of the world, run by SQLite in memory.

What SQLite takes and GoogleSQL does not, and the other way round, is the sandbox's own.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any

from flask import g, request
from flask.typing import ResponseReturnValue

from ._bodies import Faults, Key, boolean, read, text
from ._errors import Refusal, coded
from ._records import Contract
from ._world import World

LENGTH, ROWS = 10_000, 5000
"""Characters of a query, and rows of an answer, at the most (documented)."""
STEPS = 50_000_000
"""How much SQLite may do for one query, in the place of the documented minute."""
BYTES = 1_000_000
"""The longest value, in the place of the documented 500 MB for the answer."""
ADMIN = 1

# The contract kinds of the document; who pairs them with these labels are we.
KINDS = {
    "TEMPLATE": "Template Contracts",
    "TEMPLATE_EDITABLE": "Template Contracts (Redlined)",
    "UPLOAD_EDITABLE": "Uploaded for review",
    "UPLOAD_SIGN": "Upload Sign Contracts",
    "UPLOAD_EXECUTED": "Externally Executed Contracts",
    "EXPRESS_TEMPLATE": "Express Template Contracts",
}
STATUSES = {
    "DRAFT": "Draft",
    "REDLINING": "Redlining",
    "SIGN": "Sign",
    "EXECUTED": "Executed",
    "ON_HOLD": "On Hold",
    "VOIDED": "Voided",
}

Column = Callable[[Contract, str], Any]


def _day(when: datetime | None) -> str | None:
    return None if when is None else when.date().isoformat()


def _expiry(one: Contract) -> str | None:
    told = one.values.get("expiration_date")
    return told[:10] if isinstance(told, str) else None


def _term(one: Contract) -> str | None:
    told = one.values.get("term_length")
    return f"{told['value']} {told['type']}" if isinstance(told, Mapping) else None


def _after_execution(one: Contract, today: str) -> str | None:
    until = _expiry(one)
    if one.executed_at is None:
        return None
    if until is None:
        return "Executed Contracts, no Expiry date"
    return "Active Contracts" if until >= today else "Expired Contracts"


def _unknown(_: Contract, __: str) -> None:
    """Say nothing: the sandbox does not keep it."""


CONTRACTS: Mapping[str, Column] = {
    "contract_id": lambda one, _: one.number,
    "contract_kind": lambda one, _: KINDS[one.kind],
    "contract_status": lambda one, _: STATUSES[one.status],
    "contract_type_id": lambda one, _: one.type.id,
    "contract_type": lambda one, _: one.type.name,
    "created_date": lambda one, _: _day(one.created_at),
    "execution_date": lambda one, _: _day(one.executed_at),
    "expiry_date": lambda one, _: _expiry(one),
    "term_length": lambda one, _: _term(one),
    "counterparty_name": lambda one, _: one.parties[0].name if one.parties else None,
    "entity_name": lambda one, _: one.entity.name,
    "redlining_starts": lambda one, _: _day(one.sent_at),
    "sign_starts": lambda one, _: _day(one.marked_at),
}
LIFECYCLE: Mapping[str, Column] = {
    **CONTRACTS,
    "contract_name": lambda one, _: one.name,
    "template_name": _unknown,
    "post_execution_status": _after_execution,
    "execution_status": lambda one, _: (
        "Executed" if one.executed_at else "Not Yet Executed"
    ),
    "legal_owner": _unknown,
    "business_owner": lambda one, _: one.owner.name,
    "business_owner_teams": _unknown,
}
TABLES = {"contracts": CONTRACTS, "contract_lifecycle": LIFECYCLE}

_OWN = "sqlite_"
"""How the names begin that SQLite gives to tables of its own."""
_READS = frozenset(
    {
        sqlite3.SQLITE_SELECT,
        sqlite3.SQLITE_READ,
        sqlite3.SQLITE_FUNCTION,
        sqlite3.SQLITE_RECURSIVE,
    }
)


_SELECT = re.compile(r"\s*(SELECT|WITH)\b", re.IGNORECASE)


def _query(value: Any) -> Faults:
    if isinstance(value, str) and len(value) > LENGTH:
        return (f"String should have at most {LENGTH} characters",)
    return text(value)


BODY = {"query": Key(_query, required=True), "user_scoped": Key(boolean)}


def query(world: World) -> ResponseReturnValue:
    """Answer a SELECT with at most 5,000 rows, and say whether there were more."""
    if not world.switches.analytics:
        raise coded(501, "SD_PUBLIC_00045", "Analytics query is not enabled.")
    told = read(BODY)
    if not told.get("user_scoped", _scoped()) and g.user.role_id != ADMIN:
        raise coded(403, "SD_PUBLIC_00044", "Workspace-wide analytics need an admin.")
    began = time.monotonic()
    with closing(sqlite3.connect(":memory:")) as tables:
        _fill(tables, world)
        columns, found = _asked(tables, told["query"])
    rows = found[:ROWS]
    named = [dict(zip(columns, row, strict=True)) for row in rows]
    return {
        "columns": columns,
        "rows": named if world.switches.analytics_objects else rows,
        "row_count": len(rows),
        "truncated": len(found) > ROWS,
        "execution_ms": int((time.monotonic() - began) * 1000),
    }


def _scoped() -> bool:
    told = request.headers.get("X-Spotdraft-Analytics-User-Scoped", "")
    return told.lower() in ("true", "1", "yes")


def _fill(tables: sqlite3.Connection, world: World) -> None:
    today = world.now().date().isoformat()
    for name, columns in TABLES.items():
        marks = ", ".join("?" * len(columns))
        tables.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        tables.executemany(
            f"INSERT INTO {name} VALUES ({marks})",  # noqa: S608 - a name of ours
            (
                [column(one, today) for column in columns.values()]
                for one in world.contracts()
            ),
        )


def _asked(tables: sqlite3.Connection, query: str) -> tuple[list[str], list[Any]]:
    """Run the query where nothing but reading is allowed."""
    others: list[int] = []

    def allow(action: int, table: str | None, *_: Any) -> int:
        if action not in _READS:
            others.append(action)
        own = action == sqlite3.SQLITE_READ and (table or "").startswith(_OWN)
        return sqlite3.SQLITE_DENY if own or others else sqlite3.SQLITE_OK

    tables.set_authorizer(allow)
    tables.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, BYTES)
    tables.set_progress_handler(lambda: 1, STEPS)
    if not _SELECT.match(query):
        raise _not_one_select()
    try:
        answer = tables.execute(query)
        return [one[0] for one in answer.description], answer.fetchmany(ROWS + 1)
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _refusal(str(error), wrote=bool(others)) from error


def _refusal(said: str, *, wrote: bool) -> Refusal:
    if wrote or "one statement" in said:
        return _not_one_select()
    if "no such table" in said or "prohibited" in said:
        return coded(400, "SD_PUBLIC_00041", "Table is not allowed.")
    if "interrupted" in said or "too big" in said:
        return coded(502, "SD_PUBLIC_00043", "Query execution failed.")
    return coded(400, "SD_PUBLIC_00042", "Query could not be parsed.")


def _not_one_select() -> Refusal:
    return coded(400, "SD_PUBLIC_00040", "Only a single SELECT statement is allowed.")


ROUTES = (("POST", "/analytics/query/", query),)
