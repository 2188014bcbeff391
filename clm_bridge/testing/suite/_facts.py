"""
What contracts are, beside what was read or written: the differences are losses.

The neutral portfolio says what the contracts of a sandbox *are*.  What differs must be
a `Loss` that the adapter declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import fields_dict

from ..._declared import Loss
from ..._models import Contract
from ..._particulars import NewContract
from ..._placing import covered
from ..._values import ExternalLink, KeyDates, Term
from ..._vocabulary import PartyRole, PersonRole, RelationKind

if TYPE_CHECKING:
    from ...sandbox import Deal

Difference = tuple[str, Any, Any]
"""A path, what the contract is, and what was read."""

DAYS = [*fields_dict(KeyDates)]
TERM = [*fields_dict(Term)]
LINK = [name for name in fields_dict(ExternalLink) if name != "data"]


def compared(
    deal: Deal, contract: Contract, names: Mapping[str, str], deals: Sequence[Deal]
) -> Iterator[Difference]:
    """Yield every path, with what the deal says and what the contract says."""
    yield "status", deal.status, contract.status
    yield "number", deal.number, contract.number
    first = contract.counterparty
    yield "parties.name", deal.counterparty.name, first.name if first else None
    yield "parties.others", {one.name for one in deal.other_parties}, _others(contract)
    yield "type.name", deal.type, contract.type.name if contract.type else None
    template = contract.template.name if contract.template else None
    yield "template.name", deal.template, template
    yield "owner.email", deal.owner.email, contract.owner and contract.owner.email
    signatories = {human.email for human in deal.signatories}
    yield "people.signatories", signatories, signatories_of(contract)
    amended = {deals[deal.amends - 1].name} if deal.amends else set()
    wanted = {(RelationKind.AMENDS, name) for name in amended}
    read = {(one.kind, names.get(one.ref.id)) for one in contract.relations}
    yield "relations", wanted, read
    yield "value", deal.value, contract.value
    yield from _parts("external_link", LINK, deal.link, contract.external_link)
    for name in DAYS:
        said = deal.executed_on if name == "signed_on" else getattr(deal, name, None)
        yield f"key_dates.{name}", said, getattr(contract.key_dates, name)
    yield from _parts("term", TERM, deal.term, contract.term)
    fields = {field.label: field.value for field in contract.fields.values()}
    for label, value in deal.fields.items():
        yield "fields.value", value, fields.get(label)


def _parts(
    path: str, names: Iterable[str], said: Any, read: Any
) -> Iterator[Difference]:
    for name in names:
        yield f"{path}.{name}", getattr(said, name, None), getattr(read, name, None)


def _others(contract: Contract) -> set[str]:
    sides = [p.name for p in contract.parties if p.role is PartyRole.COUNTERPARTY]
    return set(sides[1:])


def signatories_of(contract: Contract) -> set[str | None]:
    """Return the addresses of those who sign."""
    return {p.email for p in contract.people if p.role is PersonRole.SIGNATORY}


def spelled(value: Any) -> str:
    """Spell a value as JSON does."""
    if isinstance(value, Enum):
        return str(value.value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def covers(loss: Loss, path: str, said: Any, read: Any) -> bool:
    """Say whether a declared loss explains that *said* came back as *read*."""
    if path != loss.attribute and not path.startswith(f"{loss.attribute}."):
        return False
    if loss.value is None:
        return loss.becomes is not None or not read
    return (spelled(said), spelled(read)) == (loss.value, loss.becomes)


def undeclared(
    differences: Iterable[Difference], losses: Sequence[Loss], *paths: str
) -> list[str]:
    """Return what differs below *paths* and is not declared, a few of them."""
    found = sorted(
        {
            f"{path} is {spelled(said)} and was read as {spelled(read)}"
            for path, said, read in differences
            if said != read
            and path.startswith(paths)
            and not any(covers(one, path, said, read) for one in losses)
        }
    )
    return found[:5]


def differing(
    new: NewContract, contract: Contract, losses: Sequence[Loss]
) -> dict[str, tuple[Any, Any]]:
    """Return what was written and is not read back, unless a loss says so."""
    lost = frozenset(one.attribute for one in losses if one.value is None)
    put, read = _put(new), _read(contract)
    return {
        path: (put[path], read[path])
        for path in put
        if put[path] not in (None, set())
        and put[path] != read[path]
        and not covered(path, lost)
    }


def _put(new: NewContract) -> dict[str, Any]:
    company, link, term = new.counterparty, new.external_link, new.term
    return {
        "name": new.name,
        "counterparty.name": company and company.name,
        **{f"external_link.{one}": getattr(link, one, None) for one in LINK},
        "key_dates.effective_on": new.key_dates.effective_on,
        "key_dates.expires_on": new.key_dates.expires_on,
        "term.kind": term and term.kind,
        "term.length": term and term.length,
        "value": new.value,
        "owner": new.owner if new.owner and "@" in new.owner else None,
        "people": {one.email for one in new.signatories},
    }


def _read(contract: Contract) -> dict[str, Any]:
    company, link = contract.counterparty, contract.external_link
    term, owner = contract.term, contract.owner
    return {
        "name": contract.name,
        "counterparty.name": company and company.name,
        **{f"external_link.{one}": getattr(link, one, None) for one in LINK},
        "key_dates.effective_on": contract.key_dates.effective_on,
        "key_dates.expires_on": contract.key_dates.expires_on,
        "term.kind": term and term.kind,
        "term.length": term and term.length,
        "value": contract.value,
        "owner": owner and owner.email,
        "people": signatories_of(contract),
    }
