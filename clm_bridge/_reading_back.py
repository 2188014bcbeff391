"""What a contract does not hold as it was written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ._adapter import Adapter
from ._models import Contract
from ._particulars import ContractChanges, NewContract, Particulars
from ._placing import covered
from ._saying import said
from ._values import Field, Period
from ._vocabulary import Facet


def unapplied(
    adapter: Adapter, told: Particulars, fields: Sequence[Field], contract: Contract
) -> list[str]:
    """Return the paths that a contract does not hold as they were written."""
    places = adapter.writes if isinstance(told, NewContract) else adapter.changes
    found = [
        path
        for path, value in said(told)
        if path in _READ_BACK
        and covered(path, places)
        and _tells(contract, path)
        and not _same(value, _READ_BACK[path](contract))
    ]
    if covered("owner", places) and _is_disowned(adapter, told.owner, contract):
        found.append("owner")
    for one in fields:
        held = contract.fields.get(one.id)
        if not _same(one.value, held.value if held is not None else None):
            found.append(f"fields[{one.id!r}]")
    if isinstance(told, ContractChanges):
        found += [
            path
            for path in told.clear
            if path in _READ_BACK and _READ_BACK[path](contract) is not None
        ]
    return found


def _is_disowned(adapter: Adapter, owner: str | None, contract: Contract) -> bool:
    """Say whether an owner that was told by address is not the one that is read."""
    if owner is None or "@" not in owner:
        return False
    if any(loss.attribute == "owner" for loss in adapter.losses):
        return False
    read = contract.owner.email if contract.owner else None
    return (read or "").casefold() != owner.casefold()


def _tells(contract: Contract, path: str) -> bool:
    """Say whether a contract tells of a path: not all are read with each, nor ids."""
    facet = _FACETS.get(path.partition(".")[0])
    if facet is not None and facet not in contract.loaded:
        return False
    return path != "counterparty.id" or _counterparty("id")(contract) is not None


def _same(written: Any, read: Any) -> bool:
    if isinstance(written, Period) and isinstance(read, Period):
        return _length(written) == _length(read)
    if isinstance(written, tuple | list) and isinstance(read, tuple | list):
        return sorted(map(str, written)) == sorted(map(str, read))
    return bool(written == read) or (not written and read is None and written != 0)


def _length(period: Period) -> tuple[int, int]:
    return period.years * 12 + period.months, period.days


def _counterparty(name: str) -> Any:
    return lambda contract: getattr(contract.counterparty, name, None)


def _of_term(name: str) -> Any:
    return lambda contract: getattr(contract.term, name, None)


def _day(name: str) -> Any:
    return lambda contract: getattr(contract.key_dates, name)


_FACETS: Mapping[str, Facet] = {
    "counterparty": Facet.PARTIES,
    "external_link": Facet.EXTERNAL_LINKS,
    "key_dates": Facet.KEY_DATES,
    "term": Facet.TERM,
    "value": Facet.VALUE,
}

_READ_BACK: Mapping[str, Any] = {
    "name": lambda contract: contract.name,
    "number": lambda contract: contract.number,
    "value": lambda contract: contract.value,
    "type": lambda contract: getattr(contract.type, "id", None),
    "counterparty.name": _counterparty("name"),
    "counterparty.id": _counterparty("id"),
    "external_link.id": lambda contract: getattr(contract.external_link, "id", None),
    **{
        f"term.{name}": _of_term(name)
        for name in ("kind", "renewal_length", "renewals_max", "notice")
    },
    **{
        f"key_dates.{name}": _day(name)
        for name in ("effective_on", "expires_on", "executed_on", "signed_on")
    },
}
"""Path → what a contract that was read says there; the rest is not read back."""
