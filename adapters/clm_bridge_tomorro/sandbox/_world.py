"""What every route gets: the records, the switches, the time, and who asks."""

from __future__ import annotations

from datetime import datetime

from attrs import define
from flask import g

from clm_bridge.sandbox import Clock

from ._ids import path_id
from ._records import Contract, Member
from ._refusals import missing
from ._state import State
from ._switches import Switches


@define
class World:
    """A sandbox's state with everything that stands around it."""

    switches: Switches
    clock: Clock
    state: State

    def now(self) -> datetime:
        """Return the sandbox's instant."""
        return self.clock.now()

    def caller(self) -> Member:
        """Return the owner of the request's key."""
        return self.state.members[g.member]

    def contract(self, id: str) -> Contract:
        """Return a contract that the caller may see, by the id of a path."""
        found = self.state.visible(g.member).get(path_id(id))
        if found is None:
            raise missing("Contract")
        return found
