"""
What a call-out posts: the contract as the API shows it, to an address with a token.

Coupa documents no webhooks.  An administrator can configure call-outs and actions of
the Process Automator; this is one that calls after every change of a contract.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from clm_bridge.sandbox import Manner, Outbox

from ._contract import CONTRACT
from ._schema import Record
from ._shape import Shape
from ._world import World

CALL_OUT = "call-out"
TIME_LIMIT = 10.0


def manner() -> Manner:
    """Return how call-outs go: once, and unsigned."""
    return Manner(
        words=(CALL_OUT,),
        sign=lambda *_: {},
        new_secret=lambda own: hashlib.sha256(f"token {own}".encode()).hexdigest(),
        time_limit=TIME_LIMIT,
        path_token=True,
    )


class Telling:
    """What happens in the tenant, put into its outbox."""

    def __init__(self, outbox: Outbox, world: World) -> None:
        self._outbox = outbox
        self._world = world

    @contextmanager
    def noticing(self) -> Iterator[None]:
        """Call out once for each contract that changes within the block."""
        contracts = self._world.all("contract")
        before = {own: one["status"] for own, one in contracts.items()}
        self._world.touched.clear()
        yield
        for own, one in list(self._world.all("contract").items()):
            if own in self._world.touched or before.get(own) != one["status"]:
                self._tell(one)

    def tell(self, word: str, contract: Record | None) -> None:
        """Call out although nothing happened."""
        if word != CALL_OUT:
            raise ValueError(f"Coupa tells nothing called {word!r}")
        found = contract or next(iter(self._world.all("contract").values()))
        self._tell(found)

    def _tell(self, contract: Record) -> None:
        later = not self._world.switches.new_fields_only_if_named
        told = Shape(later=later).of(CONTRACT, contract)
        written = self._world.writer.json(told)
        self._outbox.tell(CALL_OUT, str(contract["id"]), lambda _: written)
