"""What Coupa is asked for: the query language's side of our filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from clm_bridge.adapter import (
    Contract,
    Cursor,
    NewContract,
    Page,
    Query,
    Unsupported,
)

from ._config import CUSTOM

PARTIES = "parties:"
"""
Marks a cursor of the second walk, over the contracts with a company as a further party.

Coupa joins conditions by AND alone, so that a company's contracts take two walks.
"""


SKEW = timedelta(minutes=5)
"""How far Coupa's clock may be from ours."""


def place(cursor: Cursor | None) -> tuple[bool, Cursor | None]:
    """Return whether this is the second walk, and the id after which it goes on."""
    if cursor is None or not cursor.startswith(PARTIES):
        return False, cursor
    return True, cursor.removeprefix(PARTIES) or None


def joined(page: Page[Contract], query: Query, *, second: bool) -> Page[Contract]:
    """Let the second walk follow the first one, without what that one found."""
    if second:
        fresh = [one for one in page.items if not _supplied_by(one, query.counterparty)]
        return Page(fresh, [PARTIES + cursor for cursor in page.more])
    if page.more or query.counterparty is None or query.counterparty.isdecimal():
        return page
    return Page(page.items, (PARTIES,))


def _supplied_by(contract: Contract, name: str | None) -> bool:
    """Only the supplier has an id of its own."""
    wanted = (name or "").casefold()
    return any(
        party.id and party.name.casefold() == wanted for party in contract.parties
    )


def filters(
    query: Query, words: Sequence[str], *, second: bool = False
) -> Mapping[str, str | None]:
    """Return the conditions for *query*; Coupa joins them by AND."""
    return {
        "status" if len(words) == 1 else "status[in]": ",".join(words) or None,
        "updated-at[gt_or_eq]": _instant(query.updated_since),
        "created-at[gt_or_eq]": _instant(query.created_since),
        _company_key(query.counterparty, second=second): query.counterparty,
        "name[contains]": query.name_contains,
    }


def own_id(where: str) -> str:
    """Return the attribute to query for the own id."""
    if where.startswith(CUSTOM):
        return f"custom-fields[{where.removeprefix(CUSTOM)}]"
    return where


def carrying(page: Page[Contract], external_id: str, where: str) -> Sequence[Contract]:
    """Keep the contracts that carry the id; refuse if the filter did nothing."""
    ids = [(one.external_link.id if one.external_link else "") for one in page.items]
    found = [
        contract
        for contract, own in zip(page.items, ids, strict=True)
        if own == external_id
    ]
    # Databases compare without case: such a row is no stranger, nor is it a match.
    strange = any(own.casefold() != external_id.casefold() for own in ids)
    if strange and (page.more or not found):
        raise Unsupported(
            f"this instance ignores the filter on {where}",
            hint="set external_id to what it can query, such as number",
        )
    return found


def is_made_of(contract: Contract, new: NewContract) -> bool:
    """Say whether a contract has the own id and the supplier that it was to have."""
    own, link = new.external_link, contract.external_link
    if own is not None and (link is None or link.id != own.id):
        return False
    told, supplier = new.counterparty, contract.counterparty
    if told is None or supplier is None:
        return False
    number = told.identifiers.get("number", "")
    pairs = (
        (told.id, supplier.id),
        (told.name, supplier.name),
        (number or None, supplier.identifiers.get("number")),
    )
    return all(said in (None, read) for said, read in pairs)


def since(began: datetime) -> str | None:
    """Write an instant before which nothing began, whichever clock is slow."""
    return _instant(began - SKEW)


def _instant(when: datetime | None) -> str | None:
    """Write an instant; Coupa takes ISO 8601 with an offset and no fraction."""
    return when.astimezone(UTC).isoformat(timespec="seconds") if when else None


def _company_key(counterparty: str | None, *, second: bool) -> str:
    if second:
        return "contract-parties[entity-name]"
    digits = counterparty is not None and counterparty.isdecimal()
    return "supplier[id]" if digits else "supplier[name]"
