"""What a bridge offers to threads around contracts; each call is one operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from . import _adding as adding
from . import _changing as changing
from . import _operations as operations
from . import _steps as steps
from ._ahead import Walk
from ._creating import Creation, OnExisting, OnPlaceless
from ._flow import Op
from ._models import Approval, Comment, Contract, StatusReport
from ._operations import Detail
from ._paging import Cursor, Page, Repeats
from ._particulars import ContractChanges, NewContract
from ._problems import Problem
from ._queries import build
from ._rooms import Listing, Room
from ._values import ExternalLink, Person, Relation
from ._vocabulary import Status, Transition
from ._written import Written

T = TypeVar("T")


class Contracts(Room):
    """Contracts."""

    def list(
        self,
        *,
        status: Status | str | Iterable[Status | str] | None = None,
        updated_since: datetime | None = None,
        created_since: datetime | None = None,
        counterparty: str | None = None,
        name_contains: str | None = None,
        detail: Detail = "full",
        known: Iterable[Contract] = (),
        cursor: Cursor | None = None,
    ) -> Listing[Contract]:
        """
        List contracts; ``detail="summary"`` makes one call a page.

        ``detail="dates"`` adds to a row when it was executed and when it expires, in
        the fewest calls.  *known* are contracts that an earlier listing found: those
        that have not changed, as far as the vendor tells, are not read again.

        Raises `Unsupported`, before any call, for a filter that the vendor lacks and
        that a summary cannot answer.
        """
        query = build(
            status=status,
            updated_since=updated_since,
            created_since=created_since,
            counterparty=counterparty,
            name_contains=name_contains,
        )
        listing = operations.listing(
            self._adapter, self._desk.links, query, detail, known
        )

        def pages() -> Iterator[Page[Contract]]:
            repeats, walk = Repeats(), listing
            if walk.ahead is not None:
                walk = walk.after([*self._walked(walk.ahead, None)])
            for page in self._walked(walk, cursor):
                yield repeats.dropped(page)

        return Listing(pages)

    def _walked(self, walk: Walk[T], cursor: Cursor | None) -> Iterator[Page[T]]:
        extra = walk.pace(self._http.rate)
        return self._listed(
            "contracts.list", walk.page, cursor, window=walk.window, extra=extra
        )

    def get(self, id: str) -> Contract:
        """Return one contract with all facets, or raise `NotFound`."""
        found = self._desk.read(id)
        return self._do("contracts.get", found)

    def status(self, id: str) -> StatusReport:
        """Return the status alone, in as few bytes as the vendor allows."""
        return self._do("contracts.status", self._adapter.contract_status(id))

    def find_by_external_id(self, external_id: str) -> Sequence[Contract]:
        """
        Return the contracts that carry your own id; nothing makes it unique.

        Raises `NotIndexed` where the vendor cannot search and the link index does
        not know the id.
        """
        found = operations.find_contracts(self._adapter, self._desk.links, external_id)
        return self._do("contracts.find_by_external_id", found)

    def people(self, id: str) -> Sequence[Person]:
        """Return whoever has a part in a contract."""
        return self._do("contracts.people", self._adapter.list_people(id))

    def approvals(self, id: str) -> Sequence[Approval]:
        """Return a contract's approvals."""
        return self._do("contracts.approvals", self._adapter.list_approvals(id))

    def relations(self, id: str) -> Sequence[Relation]:
        """Return what other contracts are to this one."""
        return self._do("contracts.relations", self._adapter.list_relations(id))

    def comments(self, id: str) -> Sequence[Comment]:
        """Return a contract's comments, the oldest first."""
        return self._do("contracts.comments", self._adapter.list_comments(id))

    def comment(self, id: str, text: str, *, dry_run: bool = False) -> Written[None]:
        """Comment on a contract."""

        def write(dry: bool) -> Op[Written[None]]:
            return adding.comment(self._desk, id, text, dry=dry)

        return self._write("contracts.comment", write, dry_run=dry_run)

    def validate(self, told: NewContract | ContractChanges) -> Sequence[Problem]:
        """
        Return what this vendor cannot be told as it stands; nothing is written.

        The workspace's own fields are asked for if *told* needs them.
        """
        return self._do("contracts.validate", self._desk.validated(told))

    def create(
        self,
        new: NewContract,
        *,
        on_existing: OnExisting = "return",
        on_placeless: OnPlaceless = "refuse",
        dry_run: bool = False,
    ) -> Written[Contract]:
        """
        Create a contract, or return the one that carries its external id already.

        ``on_existing="error"`` raises `AlreadyExists` instead, ``"create"`` makes
        another all the same.  What the vendor has no place for is refused, or left out
        with ``on_placeless="drop"`` and listed in ``dropped``.

        Raises `InvalidInput` with every problem, before anything is written;
        `AmbiguousWrite` if nobody can say whether it was created; `Incomplete` if it
        was, and the vendor did not take all of it.
        """

        def write(dry: bool) -> Op[Written[Contract]]:
            return Creation(self._desk, new, on_existing, on_placeless, dry).run()

        return self._write("contracts.create", write, dry_run=dry_run)

    def update(
        self, id: str, changes: ContractChanges, *, dry_run: bool = False
    ) -> Written[Contract]:
        """
        Change what *changes* says, and read it back.

        Raises `Incomplete` if the vendor took the change and silently did not make it.
        """

        def write(dry: bool) -> Op[Written[Contract]]:
            return changing.update(self._desk, id, changes, dry=dry)

        return self._write("contracts.update", write, dry_run=dry_run)

    def link(
        self, id: str, link: ExternalLink, *, dry_run: bool = False
    ) -> Written[Contract]:
        """
        Let a contract carry your own id; where the vendor holds one, it is replaced.

        Where the vendor has no place for it, the link index keeps it.
        """

        def write(dry: bool) -> Op[Written[Contract]]:
            return changing.link(self._desk, id, link, dry=dry)

        return self._write("contracts.link", write, dry_run=dry_run)

    def unlink(self, id: str, *, dry_run: bool = False) -> Written[Contract]:
        """Take your own id off a contract."""

        def write(dry: bool) -> Op[Written[Contract]]:
            return changing.unlink(self._desk, id, dry=dry)

        return self._write("contracts.unlink", write, dry_run=dry_run)

    def _move(
        self, step: Transition, id: str, note: str | None, *, dry_run: bool
    ) -> Written[StatusReport]:
        def write(dry: bool) -> Op[Written[StatusReport]]:
            return steps.move(self._desk, id, step, note=note, dry=dry)

        return self._write(f"contracts.{step.value}", write, dry_run=dry_run)

    def submit_for_approval(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Send a draft to those who must approve it."""
        return self._move(Transition.SUBMIT_FOR_APPROVAL, id, note, dry_run=dry_run)

    def send_to_counterparty(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Send it to the other party for review."""
        return self._move(Transition.SEND_TO_COUNTERPARTY, id, note, dry_run=dry_run)

    def request_signature(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Send it to its signatories."""
        return self._move(Transition.REQUEST_SIGNATURE, id, note, dry_run=dry_run)

    def withdraw_signature(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Take it back from its signatories."""
        return self._move(Transition.WITHDRAW_SIGNATURE, id, note, dry_run=dry_run)

    def complete(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Say that all parties have signed."""
        return self._move(Transition.COMPLETE, id, note, dry_run=dry_run)

    def activate(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Let a contract take effect, where that is a step of its own."""
        return self._move(Transition.ACTIVATE, id, note, dry_run=dry_run)

    def cancel(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Give up a contract that is not executed."""
        return self._move(Transition.CANCEL, id, note, dry_run=dry_run)

    def deactivate(
        self, id: str, *, note: str | None = None, dry_run: bool = False
    ) -> Written[StatusReport]:
        """Take a contract that took effect out of use."""
        return self._move(Transition.DEACTIVATE, id, note, dry_run=dry_run)
