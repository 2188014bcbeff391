"""
Creating contracts: no duplicate, and nothing lost.

Vendors have no idempotency keys.  So an own id is looked up before it is written, a
beginning is noted in the link index, and where an answer never came the contract is
looked for before anybody says what became of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, get_args

from attrs import define, evolve, field

from ._claims import Claim
from ._desk import Desk, offered
from ._errors import (
    AlreadyExists,
    AmbiguousWrite,
    ClmError,
    Incomplete,
    InvalidInput,
    Rejected,
)
from ._flow import alone
from ._messages import Pause
from ._models import Contract
from ._particulars import NewContract
from ._problems import Problem
from ._reading_back import unapplied
from ._values import Field
from ._vocabulary import FULL, Outcome
from ._written import Written

OnExisting: TypeAlias = Literal["return", "error", "create"]

OnPlaceless: TypeAlias = Literal["refuse", "drop"]

LATE = timedelta(seconds=30)
"""After so long a request that was never answered is over at the vendor's too."""
PAUSES = (0.0, 1 / 30, 1 / 10)
"""Parts of that time before each look for what a lost creation made."""


@define
class Creation:
    """One contract on its way to a vendor."""

    desk: Desk
    new: NewContract
    on_existing: OnExisting = "return"
    on_placeless: OnPlaceless = "refuse"
    dry: bool = False
    begun: datetime | None = None
    """When an earlier attempt at this very contract began, whose end is not known."""
    alive: datetime | None = None
    """Until when that attempt may have sent something, where that is later."""
    late: timedelta = LATE
    taken: frozenset[str] = frozenset()
    """Contracts that are known to be another's."""
    by_name: bool = False
    """Whether one that carries the external id is this one only if named alike."""
    fields: Sequence[Field] = ()
    _claim: Claim = field(init=False)

    @_claim.default
    def _unclaimed(self) -> Claim:
        return Claim(self.desk, None)

    async def run(self) -> Written[Contract]:
        """Say what can be said, and tell what was dropped for want of a place."""
        if self.on_placeless not in get_args(OnPlaceless):
            raise InvalidInput(
                f"on_placeless is {self.on_placeless!r}",
                hint='it is "refuse" or "drop"',
            )
        dropped: Sequence[Problem] = ()
        if self.on_placeless == "drop":
            self.new, dropped = self.desk.kept(self.new)
        return evolve(await self._made(), dropped=dropped)

    async def _made(self) -> Written[Contract]:
        """Find it, or create it, and read it back."""
        if self.on_existing not in get_args(OnExisting):
            raise InvalidInput(
                f"on_existing is {self.on_existing!r}",
                hint='it is "return", "error" or "create"',
            )
        offered(self.desk.adapter, "contracts.create")
        self.fields = await self.desk.prepared(self.new)
        if self.dry:
            return await self._rehearsed()
        self._claim = Claim(self.desk, self._own_id)
        self._claim.make()
        known_to_begin = filter(None, (self.begun, self._claim.began))
        began = min(known_to_begin, default=None)
        if began is not None:
            found = await self._resumed(began)
            if found is not None:
                return await self._finished(found, Outcome.RECONCILED)
        try:
            known = await self._known()
        except ClmError:
            self._claim.decided()  # nothing was sent
            raise
        if known and self.on_existing != "create":
            self._claim.decided()
            return await self._existing(known)
        self.taken |= {one.id for one in known}
        return await self._created()

    async def finish(self, id: str) -> Written[Contract]:
        """Write to a contract that an earlier attempt made what it still lacks."""
        self.fields = await self.desk.prepared(self.new)
        return await self._finished(id, Outcome.RECONCILED)

    def _under_way(self, since: datetime, wait: timedelta) -> AmbiguousWrite:
        seconds = wait.total_seconds()
        return AmbiguousWrite(
            f"another creation for external id {self._own_id!r} has begun, and how it "
            "ended is not known",
            since=since,
            hint=f"call again in {seconds:.0f} seconds: it is looked for first",
        )

    @property
    def _own_id(self) -> str | None:
        """The external id that is to be carried once, if there is one."""
        link = self.new.external_link
        return None if link is None or self.on_existing == "create" else link.id

    async def _known(self) -> Sequence[Contract]:
        link = self.new.external_link
        if link is None:
            return ()
        found = await self.desk.carriers(link.id)
        if self.by_name:
            return self._alike(found)
        return [one for one in found if one.id not in self.taken]

    async def _existing(self, known: Sequence[Contract]) -> Written[Contract]:
        ids = [one.id for one in known]
        if self.on_existing == "return" and len(known) == 1:
            is_whole = known[0].loaded >= FULL
            found = known[0] if is_whole else await self.desk.read(ids[0])
            return Written(Outcome.EXISTED, result=found)
        raise AlreadyExists(
            f"external id {self._own_id!r} is on {', '.join(ids)}",
            contract_ids=ids,
            hint='update that, or create another with on_existing="create"',
        )

    async def _rehearsed(self) -> Written[Contract]:
        """Say the requests to a driver that does not send them."""
        known = await self._known()
        if known and self.on_existing != "create":
            return await self._existing(known)
        adapter = self.desk.adapter
        made = await adapter.create_contract(self.new, self.fields)
        await adapter.furnish_contract(made, self.new, self.fields)
        return Written(Outcome.DRY_RUN)

    async def _resumed(self, began: datetime) -> str | None:
        """Look for what an attempt made that began then and never ended."""
        found = await self._sought(began)
        if found is not None:
            return found
        own = max(began, self.alive or began)  # ours is dead; another may still send
        sent = own if self.begun is not None else self._claim.noted or began
        wait = sent + self.late - self.desk.now()
        if wait > timedelta():
            if self.begun is None:
                raise self._under_way(began, wait)
            await Pause(wait.total_seconds())
            found = await self._sought(began)
        if found is None and not self._claim.take_over():
            raise self._under_way(began, self.desk.longest + self.late)
        return found

    async def _created(self) -> Written[Contract]:
        since = self.desk.now()
        outcome = Outcome.CREATED
        try:
            made = await self._asked()
        except ClmError as error:
            if not error.in_doubt:
                self._claim.decided()
                raise
            made, outcome = await self._reconciled(error, since)
        return await self._finished(made, outcome)

    async def _asked(self) -> str:
        return await alone(self.desk.adapter.create_contract(self.new, self.fields))

    async def _reconciled(
        self, error: ClmError, since: datetime
    ) -> tuple[str, Outcome]:
        """Find what a create made whose answer was lost, or say that nobody knows."""
        found = await self._sought(since, error)
        if found is None and self.desk.adapter.refuses_twins:
            found = await self._repeated(since, error)
        if found is None:
            self._claim.let_go()
            own = self.new.external_link
            where = f" with external id {own.id!r}" if own else ""
            raise AmbiguousWrite(
                f"{error.message}, and no new contract{where} is found since",
                since=since,
                hint=_advice(self._own_id),
            ) from error
        return found, Outcome.RECONCILED

    async def _repeated(self, since: datetime, error: ClmError) -> str | None:
        """Ask once more, of a vendor that would refuse a second one."""
        try:
            return await self._asked()
        except Rejected:
            found = await self._sought(since, error)
            if found is None:
                self._claim.decided()  # it is refused, and so was the first
                raise
            return found
        except ClmError:
            return await self._sought(since, error)

    async def _sought(
        self, since: datetime, error: ClmError | None = None
    ) -> str | None:
        """Look several times, since a vendor may be slow to show what it did."""
        for part in PAUSES:
            if part:
                await Pause(part * self.late.total_seconds())
            try:
                found = await self.desk.adapter.find_created(self.new, since)
            except ClmError as failed:
                raise _unknown(failed, since) from (error or failed)
            if found is None:
                return None
            ids = [one.id for one in self._alike(found)]
            if len(ids) == 1:
                return ids[0]
            if ids:
                raise AmbiguousWrite(
                    f"{len(ids)} contracts may be the one: {', '.join(ids)}",
                    since=since,
                    contract_ids=ids,
                ) from error
        return None

    def _alike(self, found: Iterable[Contract]) -> list[Contract]:
        return [
            one
            for one in found
            if one.id not in self.taken and self.new.name in (None, one.name)
        ]

    async def _finished(self, id: str, outcome: Outcome) -> Written[Contract]:
        """Add what the creating request does not take, and read it all back."""
        try:
            await self.desk.adapter.furnish_contract(id, self.new, self.fields)
            contract = await self.desk.read(id)
        except ClmError as error:
            raise Incomplete(
                f"the contract {id} was created, and then: {error.message}",
                contract_id=id,
                hint=_AGAIN if self._own_id else None,
            ) from error
        self._claim.decided()
        missing = unapplied(self.desk.adapter, self.new, self.fields, contract)
        if missing:
            raise Incomplete(
                f"the contract {id} was created, and {self.desk.adapter.title} did "
                f"not take {', '.join(missing)}",
                contract_id=id,
                missing=missing,
            )
        return Written(outcome, result=contract)


_AGAIN = "call again: it is looked for, and what is missing is written"


def _advice(own_id: str | None) -> str | None:
    if own_id is None:
        return None
    seconds = LATE.total_seconds()
    return f"call again in {seconds:.0f} seconds: it is looked for before it is created"


def _unknown(error: ClmError, since: datetime) -> AmbiguousWrite:
    return AmbiguousWrite(
        f"whether the contract was created cannot be found out: {error.message}",
        since=since,
    )
