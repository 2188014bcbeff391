"""How Coupa's payloads become ours: tables, and functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from attrs import asdict, evolve

from clm_bridge.adapter import (
    ExternalLink,
    KeyDates,
    Money,
    Party,
    PartyRole,
    Period,
    Person,
    PersonRole,
    Ref,
    Relation,
    RelationKind,
    Status,
    Term,
    TermKind,
    TermState,
)

from . import _wire
from ._config import CUSTOM
from ._fields import called

INACTIVE = "inactive"
# Coupa publishes no list: a word comes from its pages, its clients, or is inferred.
STATUSES = {
    "draft": Status.DRAFT,
    "in_negotiation": Status.NEGOTIATION,  # inferred
    "pending_approval": Status.APPROVAL,
    "approved": Status.APPROVAL,  # inferred
    "pending_signature": Status.SIGNATURE,  # inferred
    "pending_signatures": Status.SIGNATURE,  # inferred
    "completed": Status.EXECUTED,
    "published": Status.EXECUTED,
    "expired": Status.EXECUTED,
    "rejected": Status.DECLINED,  # inferred
    INACTIVE: Status.CANCELLED,  # unless it was published
}
KINDS = {
    "fixed": TermKind.FIXED,
    "auto_renew": TermKind.AUTO_RENEW,
    "perpetual": TermKind.PERPETUAL,
}
LONGEST = 10_000
"""A term, notice or count beyond this is no such thing, and would overflow dates."""
UNITS = frozenset({"days", "months", "years"})

OwnId = Callable[[_wire.Row], str | None]


def own_id(where: str) -> OwnId:
    """Return what reads the own id, from *where* the settings say that it lives."""
    if not where.startswith(CUSTOM):
        return attrgetter(where.replace("-", "_"))
    name = where.removeprefix(CUSTOM)
    return lambda row: _own_text((row.custom_fields or {}).get(name))


def _own_text(value: Any) -> str | None:
    """Return an id that a custom field holds: text, a number, or a lookup's name."""
    return str(value) if type(value) in (int, Decimal) else called(value)


def external_links(row: _wire.Row, own_id: OwnId) -> Sequence[ExternalLink]:
    """Return the own id; source-type is the system that source-id belongs to."""
    own = own_id(row)
    if not own:
        return ()
    system = row.source_type if own == row.source_id else None
    return (ExternalLink(system or None, None, own),)


def reported_state(word: str, terminated: bool | None) -> TermState | None:
    """Return what Coupa itself says about the term."""
    if terminated:
        return TermState.TERMINATED
    return TermState.EXPIRED if word == "expired" else None


def key_dates(row: _wire.Row) -> KeyDates:
    """Return the dates that Coupa itself keeps."""
    return KeyDates(
        created_at=row.created_at,
        updated_at=row.updated_at,
        executed_on=row.execution_date,
        effective_on=row.start_date,
        expires_on=row.end_date,
        published_on=row.published_date,
    )


def term(row: _wire.Row) -> Term | None:
    """Return the term, or None if Coupa says nothing about it."""
    kind = KINDS.get(row.term_type or "", TermKind.UNKNOWN)
    renewal = period(row.renewal_length_unit, row.renewal_length_value)
    # 1 to 100 in Coupa's pages; its clients send 0 where nothing renews.
    renewals = _count(row.no_of_renewals)
    notice = _notice(row)
    if kind is TermKind.UNKNOWN and not (renewal or renewals or notice):
        return None
    return Term(kind, None, renewal, renewals, notice)


def _notice(row: _wire.Row) -> Period | None:
    if row.termination_notice == "no":
        return None
    unit, value = (
        row.termination_notice_length_unit,
        row.termination_notice_length_value,
    )
    stated = period(unit, value)
    return stated or period(row.length_of_notice_unit, row.length_of_notice_value)


def period(unit: str | None, value: Any) -> Period | None:
    """Return a length; none for 0, for half a month, or for a unit not known."""
    if unit is None or unit not in UNITS:
        return None
    count = _count(value)
    return _period(unit, count) if count is not None else None


@lru_cache(maxsize=1024)  # most contracts run and end alike
def _period(unit: str, count: int) -> Period:
    return Period(**{unit: count})


def _count(value: Any) -> int | None:
    """Return a count from 1, which one key holds as an integer and another as text."""
    if type(value) is not int:
        value = _whole(value)
    return value if value is not None and 0 < value < LONGEST else None


def _whole(value: Any) -> int | None:
    if type(value) not in (str, Decimal):
        return None
    try:
        count = Decimal(value)
        whole = 0 < count < LONGEST and count == int(count)
    except ArithmeticError:
        return None
    return int(count) if whole else None


def merged(stated: Term | None, own: Term | None) -> Term | None:
    """Return the stated term with what the workspace's own fields say put over it."""
    if stated is None or own is None:
        return own or stated
    told = asdict(own, recurse=False).items()
    unsaid = (None, TermKind.UNKNOWN)
    return evolve(stated, **{name: part for name, part in told if part not in unsaid})


def value(row: _wire.Row) -> Money | None:
    """Return what the contract is worth at most."""
    amount = row.max_commit if row.maximum_value is None else row.maximum_value
    code = row.currency.code if row.currency is not None else None
    return Money(amount, code) if amount is not None and code else None


def parties(row: _wire.Row) -> Sequence[Party]:
    """Return the supplier, then the other companies."""
    first = () if row.supplier is None else (_supplier(row.supplier),)
    if not row.contract_parties:
        return first
    known = {party.name.casefold() for party in first}
    further = (_party(one) for one in row.contract_parties)
    return (*first, *(p for p in further if p and p.name.casefold() not in known))


def _supplier(told: _wire.Supplier) -> Party:
    return Party(
        role=PartyRole.COUNTERPARTY,
        name=told.name,
        id=told.id,
        identifiers={"number": told.number} if told.number else {},
        contact=contact(told.primary_contact),
    )


def _party(told: _wire.ContractParty) -> Party | None:
    name = told.entity_name or told.business_name
    if not name:
        return None
    known = told.contact_name or told.email
    person = Person(PersonRole.CONTACT, told.contact_name or None, told.email or None)
    return Party(PartyRole.COUNTERPARTY, name, contact=person if known else None)


def contact(told: _wire.Contact | None) -> Person | None:
    """Return a supplier's first contact."""
    if told is None:
        return None
    name = f"{told.name_given or ''} {told.name_family or ''}".strip()
    return Person(PersonRole.CONTACT, name or None, told.email or None)


def people(row: _wire.Row) -> Sequence[Person]:
    """Return the contacts of the contract's parties, signers among them."""
    return [
        Person(
            PersonRole.SIGNATORY
            if one.signatory_action == "signer"
            else PersonRole.CONTACT,
            one.fullname or None,
            one.email or None,
        )
        for party in row.contract_parties or ()
        for one in party.contacts or ()
    ]


def owner(told: _wire.Owner | None) -> Person | None:
    """Return the contract's owner."""
    if told is None:
        return None
    return Person(PersonRole.OWNER, told.fullname or None, told.email or None, told.id)


def contract_type(told: _wire.Named | None) -> Ref | None:
    """Return the contract's type."""
    return Ref(told.id, told.name) if told is not None else None


def relations(row: _wire.Row) -> Sequence[Relation]:
    """Return what an amendment amends, and the master above."""
    parent, master = row.parent, row.master_contract
    found = []
    if parent is not None:
        kind = _parent_kind(row, parent)
        found.append(Relation(kind, Ref(parent.id, parent.name), "parent"))
    if master is not None and (parent is None or master.id != parent.id):
        above = Ref(master.id, master.name)
        found.append(Relation(RelationKind.MASTER, above, "master-contract"))
    return found


def _parent_kind(row: _wire.Row, parent: _wire.Related) -> RelationKind:
    # An enum until R29, and free text since: what comes before "Contract" counts.
    kind, master = row.type or "Contract", row.master_contract
    if kind.startswith("Amendment"):
        return RelationKind.AMENDS
    # A plain contract hangs under its master, unless that one says what it is.
    above = parent.type or ("Master" if kind == "Contract" else "")
    is_master = master is not None and master.id == parent.id
    found = is_master or above.startswith("Master")
    return RelationKind.MASTER if found else RelationKind.PARENT
