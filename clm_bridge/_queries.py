"""What a listing is asked for, and whether a contract answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any

from attrs import evolve, fields_dict, frozen

from ._errors import InvalidInput
from ._models import Contract
from ._vocabulary import Status


@frozen
class Query:
    """
    What a listing is asked for.

    An adapter sees only the filters that it declares; ``limit`` is the page size.
    ``counterparty`` is a name as the vendor spells it, or the vendor's id.
    """

    status: frozenset[Status] = frozenset()
    updated_since: datetime | None = None
    created_since: datetime | None = None
    counterparty: str | None = None
    name_contains: str | None = None
    limit: int = 50

    def asked(self) -> frozenset[str]:
        """Return the names of the filters that are set."""
        return frozenset(name for name in FILTERS if getattr(self, name))

    def only(self, names: Iterable[str]) -> Query:
        """Return the query with just these filters, for a vendor that knows them."""
        unset: dict[str, Any] = {
            name: _UNSET[name] for name in FILTERS.difference(names)
        }
        return evolve(self, **unset)

    def matches(
        self, contract: Contract, names: Iterable[str], trusted: frozenset[str]
    ) -> bool:
        """
        Say whether *contract* passes these filters.

        Where the contract does not carry the fact, a filter that the vendor applied
        itself is *trusted*; any other does not pass.
        """
        return all(
            (name in trusted)
            if (told := _TESTS[name](self, contract)) is None
            else told
            for name in names
        )


_UNSET = {
    name: attribute.default
    for name, attribute in fields_dict(Query).items()
    if name != "limit"
}
FILTERS = frozenset(_UNSET)


def _status(query: Query, contract: Contract) -> bool | None:
    return contract.status in query.status


def _updated_since(query: Query, contract: Contract) -> bool | None:
    return _since(query.updated_since, contract.key_dates.updated_at)


def _created_since(query: Query, contract: Contract) -> bool | None:
    return _since(query.created_since, contract.key_dates.created_at)


def _since(asked: datetime | None, told: datetime | None) -> bool | None:
    """Compare by the second: vendors cut off what is below it."""
    if asked is None or told is None:
        return None
    return told >= asked.replace(microsecond=0)


def _counterparty(query: Query, contract: Contract) -> bool | None:
    if not contract.parties:
        return None
    return any(
        query.counterparty in (party.name, party.id) for party in contract.parties
    )


def _name_contains(query: Query, contract: Contract) -> bool | None:
    wanted = (query.name_contains or "").casefold()
    return wanted in contract.name.casefold()


_TESTS: Mapping[str, Callable[[Query, Contract], bool | None]] = {
    "status": _status,
    "updated_since": _updated_since,
    "created_since": _created_since,
    "counterparty": _counterparty,
    "name_contains": _name_contains,
}


def build(
    *,
    status: Status | str | Iterable[Status | str] | None = None,
    updated_since: datetime | None = None,
    created_since: datetime | None = None,
    counterparty: str | None = None,
    name_contains: str | None = None,
) -> Query:
    """Check a user's filters and put them into a query."""
    return Query(
        status=_statuses(status),
        updated_since=_aware("updated_since", updated_since),
        created_since=_aware("created_since", created_since),
        counterparty=counterparty,
        name_contains=name_contains,
    )


def _statuses(asked: Status | str | Iterable[Status | str] | None) -> frozenset[Status]:
    if asked is None:
        return frozenset()
    several = (asked,) if isinstance(asked, Status | str) else asked
    try:
        return frozenset(Status(word) for word in several)
    except ValueError as error:
        known = ", ".join(status.value for status in Status)
        raise InvalidInput(f"status: {error}", hint=f"it is one of {known}") from None


def _aware(name: str, instant: datetime | None) -> datetime | None:
    if instant is None:
        return None
    hint = "write datetime(2026, 1, 31, tzinfo=UTC)"
    if not isinstance(instant, datetime):
        raise InvalidInput(f"{name} is not a datetime", hint=hint)
    if instant.tzinfo is None:
        raise InvalidInput(f"{name} has no time zone", hint=hint)
    return instant
