"""The sandbox's state, and how one finds a contract in it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from attrs import evolve

from clm_bridge.sandbox import Clock, Outbox

from ._beside import Link, Relation
from ._errors import not_found
from ._records import Contract
from ._switches import Switches
from ._workspace import Workspace

FIRST_NUMBER = 1001
"""Of one sequence of integers for the workspace, which T and H share (A6)."""
FIRST_PERSON, FIRST_ID = 25001, 900_001
LINK_LIFETIME = timedelta(minutes=15)
"""How long a download link works (A42)."""

_COMPOSITE = re.compile(r"(?:([HT])-)?(\d{1,18})", re.ASCII)

Notice = Callable[[Contract | None, Contract | None], None]


def _unnoticed(_old: Contract | None, _new: Contract | None) -> None:
    """Take no notice of a change, as while the portfolio is rendered."""


class World:
    """Everything in the workspace; whoever touches it holds the sandbox's lock."""

    def __init__(
        self, workspace: Workspace, clock: Clock, switches: Switches, outbox: Outbox
    ) -> None:
        self.workspace = workspace
        self.switches = switches
        self.notice: Notice = _unnoticed
        self.outbox = outbox
        self._clock = clock
        self._contracts: dict[int, Contract] = {}
        self._indexed: dict[int, list[tuple[datetime, Contract | None]]] = {}
        self._links: dict[str, Link] = {}
        self._people: dict[str, int] = {}
        self._last = FIRST_NUMBER - 1
        self._last_id = FIRST_ID - 1
        self._relations: list[Relation] = []

    def now(self) -> datetime:
        """Return the sandbox's instant, in whole seconds as the API writes it."""
        return self._clock.now().replace(microsecond=0)

    def next_number(self) -> int:
        """Return the integer of a new contract."""
        return self._last + 1

    def next_id(self) -> int:
        """Return the id of something small: a signatory, a comment, an approval."""
        self._last_id += 1
        return self._last_id

    def person(self, email: str) -> int:
        """Return the id of a signatory's address."""
        return self._people.setdefault(email, FIRST_PERSON + len(self._people))

    def add(self, contract: Contract, *, indexed_at: datetime | None = None) -> None:
        """Keep a new contract; the list knows it after the lag (A17)."""
        self._last = max(self._last, contract.number)
        self._keep(contract.number, contract, indexed_at or self._clock.now())

    def change(self, contract: Contract, **changes: Any) -> Contract:
        """Replace a contract by one with *changes*, updated now (A16)."""
        now = self._clock.now()
        changed = evolve(contract, updated_at=now, **changes)
        self._keep(contract.number, changed, now)
        return changed

    def delete(self, contract: Contract) -> None:
        """Let a contract vanish (A22)."""
        self._keep(contract.number, None, self._clock.now())

    def _keep(self, number: int, contract: Contract | None, at: datetime) -> None:
        before = self._contracts.get(number)
        if contract is None:
            del self._contracts[number]
        else:
            self._contracts[number] = contract
        self.notice(before, contract)
        if self.switches.index_lag:
            self._indexed.setdefault(number, []).append((at, contract))

    def contracts(self) -> Iterable[Contract]:
        """Return the contracts as they are."""
        return self._contracts.values()

    def listed(self) -> Iterable[Contract]:
        """Return the contracts as the search index knows them."""
        if not self.switches.index_lag:
            return self.contracts()
        known = self._clock.now() - timedelta(seconds=self.switches.index_lag)
        return self._known(known)

    def _known(self, at: datetime) -> Iterator[Contract]:
        for versions in self._indexed.values():
            seen = [contract for since, contract in versions if since <= at]
            if seen and seen[-1] is not None:
                yield seen[-1]

    def by_id(self, id: str) -> Contract:
        """Find by T-n or H-n; a bare integer stands for T-n (A5)."""
        told = _COMPOSITE.fullmatch(id)
        if told is None:
            raise not_found()
        contract = self.by_number(int(told[2]))
        if contract.prefix != (told[1] or "T"):
            raise not_found()
        return contract

    def by_number(self, number: int) -> Contract:
        """Find by the bare integer."""
        contract = self._contracts.get(number)
        if contract is None:
            raise not_found()
        return contract

    def by_external_id(self, id: str) -> list[Contract]:
        """Find by the id in the external metadata, read as text (A21)."""
        return [
            one
            for one in self._contracts.values()
            if one.metadata is not None and str(one.metadata.get("id")) == id
        ]

    def relate(self, *, parent: int, child: int, type: str) -> Relation:
        """Keep what one contract is to another; a pair is related once."""
        for known in self._relations:
            if (known.parent, known.child) == (parent, child):
                return known
        made = Relation(self.next_id(), parent, child, type, self.now())
        self._relations.append(made)
        return made

    def is_beneath(self, number: int, other: int) -> bool:
        """Say whether a contract is *other*, or is beneath it."""
        above, seen = {number}, set[int]()
        while above - seen:
            seen |= above
            above |= {one.parent for one in self._relations if one.child in seen}
        return other in seen

    def related(self, contract: Contract) -> list[tuple[int, str, Contract]]:
        """Return relations' ids, what each contract is to this one, and itself."""
        up = [
            (one.id, "PARENT", one.parent)
            for one in self._relations
            if one.child == contract.number
        ]
        down = [
            (one.id, one.type, one.child)
            for one in self._relations
            if one.parent == contract.number
        ]
        return [
            (own, kind, self._contracts[number])
            for own, kind, number in (*up, *down)
            if number in self._contracts
        ]

    def give_link(self, contract: Contract, file_name: str, format: str) -> str:
        """Remember a link to a contract's file, and return its token."""
        until = self._clock.now() + LINK_LIFETIME
        token = secrets.token_urlsafe(24)
        self._links[token] = Link(contract.number, file_name, format, until)
        return token

    def link(self, token: str) -> Link | None:
        """Return a link that still works."""
        found = self._links.get(token)
        return found if found and self._clock.now() < found.expires_at else None
