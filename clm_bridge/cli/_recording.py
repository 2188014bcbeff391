"""What ``verify --record`` keeps: one cassette for each operation that reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from .._errors import ClmError
from ..testing.cassettes import recording

if TYPE_CHECKING:
    from .._bridge import Bridge

READS: Mapping[str, Callable[[Bridge, str], object]] = {
    "contracts.list": lambda clm, _: clm.contracts.list(detail="summary").first(),
    "contracts.get": lambda clm, own: clm.contracts.get(own),
    "contracts.status": lambda clm, own: clm.contracts.status(own),
    "contracts.people": lambda clm, own: clm.contracts.people(own),
    "contracts.approvals": lambda clm, own: clm.contracts.approvals(own),
    "contracts.relations": lambda clm, own: clm.contracts.relations(own),
    "contracts.comments": lambda clm, own: clm.contracts.comments(own),
    "documents.list": lambda clm, own: clm.documents.list(own),
    "templates.list": lambda clm, _: clm.templates.list().first(),
    "counterparties.list": lambda clm, _: clm.counterparties.list().first(),
    "fields.list": lambda clm, _: clm.fields.list().first(),
}
"""Operation → a call of it that asks for little."""


def record(clm: Bridge, folder: str, suite_version: str) -> Iterator[str]:
    """Record each operation that the connection offers; yield what became of each."""
    first = clm.contracts.list(detail="summary").first()
    tape = recording(clm, folder, suite_version=suite_version)
    for name, ask in READS.items():
        if name not in clm.capabilities or first is None:
            continue
        case = name.replace(".", "_")
        try:
            with tape.case(case, name):
                ask(clm, first.id)
        except ClmError as error:
            yield f"{case} is left out: {error}"
    yield from (f"{case} is left out: {why}" for case, why in tape.left_out.items())
    yield f"{len(tape.written)} cassettes are in {folder}; read them before you share"
