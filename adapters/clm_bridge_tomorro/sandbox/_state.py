"""The workspace's records, and how one finds another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime

from attrs import Factory, define

from ._ids import uuid
from ._records import (
    Contract,
    ContractType,
    Counterparty,
    Member,
    Signatory,
    Upload,
)
from ._smart_fields import SmartField

OPEN = ("draft", "negotiating")
"""Where a contract's document may still change."""


@define
class State:
    """Everything that a request may read or change."""

    smart_fields: Mapping[str, SmartField]
    members: dict[str, Member] = Factory(dict)
    counterparties: dict[str, Counterparty] = Factory(dict)
    types: dict[str, ContractType] = Factory(dict)
    contracts: dict[str, Contract] = Factory(dict)
    uploads: dict[str, Upload] = Factory(dict)
    keys: dict[str, str] = Factory(dict)
    numbers: Counter[str] = Factory(Counter)
    made: int = 0

    def new_id(self, kind: str) -> str:
        """Return an id that no record has."""
        self.made += 1
        return uuid("made", kind, self.made)

    def identifier(self, when: datetime) -> str:
        """Number a contract by year, month and its place in the month."""
        month = f"{when:%Y%m}"
        self.numbers[month] += 1
        return f"{month}{self.numbers[month]:04d}"

    def visible(self, member_id: str) -> dict[str, Contract]:
        """Return the contracts that a member's key reaches (A-12)."""
        if self.members[member_id].role == "ADMIN":
            return self.contracts
        return {
            own: one
            for own, one in self.contracts.items()
            if member_id in (one.author_id, *one.member_ids)
        }

    def active_named(self, name: str) -> Counterparty | None:
        """Find an active counterparty by its exact name, in any case (A-08)."""
        wanted = name.casefold()
        return next(
            (
                one
                for one in self.counterparties.values()
                if one.status == "active" and one.name.casefold() == wanted
            ),
            None,
        )

    def by_email(self, email: str) -> Member | None:
        """Find a member by address, in any case."""
        wanted = email.casefold()
        members = self.members.values()
        return next((one for one in members if one.email.casefold() == wanted), None)

    def internal(self, member: Member) -> Signatory:
        """Return a member as a new signatory."""
        own = self.new_id("signatory")
        return Signatory(own, member.email, "member", member.name)
