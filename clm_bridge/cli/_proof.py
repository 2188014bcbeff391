"""What proves each operation of each vendor, and how old the proof is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from .._adapter import Adapter
from ._output import Column, View


@frozen
class Proof:
    """The best proof of one operation of one vendor."""

    vendor: str
    operation: str
    provenance: str
    since: str
    age: int | None
    cassettes: int


PROOFS: View[Proof] = View(
    [
        Column("operation", lambda one: one.operation),
        Column("vendor", lambda one: one.vendor),
        Column("proven_by", lambda one: one.provenance),
        Column("since", lambda one: one.since),
        Column("days", lambda one: one.age),
        Column("cassettes", lambda one: one.cassettes or None),
    ],
    lambda one: {
        "vendor": one.vendor,
        "operation": one.operation,
        "proven_by": one.provenance,
        "since": one.since or None,
        "days": one.age,
        "cassettes": one.cassettes,
    },
)


def proofs(adapters: Sequence[type[Adapter]]) -> Iterator[Proof]:
    """Read the cassettes of some vendors, and yield what they prove."""
    from ..testing.cassettes import _evidence

    today = date.today()  # noqa: DTZ011  # days where the user sits
    for adapter in adapters:
        tapes = _evidence.tapes(_evidence.home(adapter))
        for name, one in _evidence.evidence(adapter, tapes).items():
            yield Proof(
                adapter.name, name, one.provenance, one.since, one.age(today), one.count
            )
