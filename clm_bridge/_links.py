"""The link index: which contract carries which external id, as far as was read."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Protocol

from ._models import Contract
from ._values import ExternalLink
from ._vocabulary import Facet


class LinkIndex(Protocol):
    """Remembers external ids of contracts that were read; one for a connection."""

    def remember(self, contracts: Iterable[Contract]) -> None:
        """Replace what is known about these contracts' links."""

    def find(self, external_id: str) -> Sequence[str]:
        """Return the ids of the contracts that carried this external id."""

    def forget(self, contract_id: str) -> None:
        """Drop a contract that is no longer there."""

    def state(self, contract_id: str, link: ExternalLink) -> None:
        """Keep a link that the vendor has no place for, whatever is read later."""

    def unstate(self, contract_id: str) -> bool:
        """Drop the links that were kept for a contract; say whether there were any."""

    def stated(self, contract_id: str) -> Sequence[ExternalLink]:
        """Return the links that were kept for a contract."""

    def begin(self, external_id: str, at: datetime) -> datetime | None:
        """
        Note that a contract is about to be created for an external id.

        Return ``None``, or when an earlier attempt began that has not ended; then
        nothing is noted.  Of several processes that ask at once, one gets ``None``.
        """

    def take_over(self, external_id: str, began: datetime, at: datetime) -> bool:
        """Put *at* in the place of an attempt that began at *began*, if it is there."""

    def end(self, external_id: str) -> None:
        """Note that what was begun is decided, one way or the other."""

    def built_at(self) -> datetime | None:
        """Return when all contracts were last read into the index, if ever."""

    def mark_built(self, at: datetime) -> None:
        """Note that all contracts were read by then."""


class MemoryLinks:
    """An index that lives as long as the bridge."""

    def __init__(self) -> None:
        self._contracts: dict[str, tuple[str, ...]] = {}
        self._stated: dict[str, ExternalLink] = {}
        self._begun: dict[str, datetime] = {}
        self._lock = threading.Lock()
        self._built_at: datetime | None = None

    def remember(self, contracts: Iterable[Contract]) -> None:
        """Replace what is known about these contracts' links."""
        for contract in known(contracts):
            self._contracts[contract.id] = external_ids(contract)

    def find(self, external_id: str) -> Sequence[str]:
        """Return the ids of the contracts that carried this external id."""
        read = list(self._contracts.items())
        told = list(self._stated.items())
        found = [contract for contract, links in read if external_id in links]
        found += [contract for contract, link in told if link.id == external_id]
        return list(dict.fromkeys(found))

    def forget(self, contract_id: str) -> None:
        """Drop a contract that is no longer there."""
        self._contracts.pop(contract_id, None)
        self._stated.pop(contract_id, None)

    def state(self, contract_id: str, link: ExternalLink) -> None:
        """Keep a link that the vendor has no place for, whatever is read later."""
        self._stated[contract_id] = link

    def unstate(self, contract_id: str) -> bool:
        """Drop the links that were kept for a contract; say whether there were any."""
        return self._stated.pop(contract_id, None) is not None

    def stated(self, contract_id: str) -> Sequence[ExternalLink]:
        """Return the links that were kept for a contract."""
        link = self._stated.get(contract_id)
        return () if link is None else (link,)

    def begin(self, external_id: str, at: datetime) -> datetime | None:
        """Note a beginning, or return when an earlier one was noted."""
        with self._lock:
            earlier = self._begun.get(external_id)
            if earlier is None:
                self._begun[external_id] = at
            return earlier

    def take_over(self, external_id: str, began: datetime, at: datetime) -> bool:
        """Put *at* in the place of an attempt that began at *began*, if it is there."""
        with self._lock:
            if self._begun.get(external_id) != began:
                return False
            self._begun[external_id] = at
            return True

    def end(self, external_id: str) -> None:
        """Note that what was begun is decided, one way or the other."""
        with self._lock:
            self._begun.pop(external_id, None)

    def built_at(self) -> datetime | None:
        """Return when all contracts were last read into the index, if ever."""
        return self._built_at

    def mark_built(self, at: datetime) -> None:
        """Note that all contracts were read by then."""
        self._built_at = at


def known(contracts: Iterable[Contract]) -> Iterator[Contract]:
    """Yield the contracts whose links were fetched; the others say nothing."""
    return (c for c in contracts if Facet.EXTERNAL_LINKS in c.loaded)


def external_ids(contract: Contract) -> tuple[str, ...]:
    return tuple(dict.fromkeys(link.id for link in contract.external_links))
