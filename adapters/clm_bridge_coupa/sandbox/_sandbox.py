"""Coupa's sandbox: a tenant named acme, with one client that may use its API."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from clm_bridge.sandbox import Clock, Deal, Outbox, Sandbox

from . import _other_side
from ._app import build
from ._assumptions import ASSUMPTIONS
from ._expiry import expire_due
from ._oauth import CLIENT_ID, CLIENT_SECRET, SCOPES
from ._schema import Record
from ._seed import seed
from ._switches import read_switches
from ._telling import Telling, manner
from ._world import World

INSTANCE = "acme"


class CoupaSandbox(Sandbox):
    """
    Coupa's Core API, as far as contracts need it.

    ``switches`` are the attributes of `Switches`.
    """

    vendor: ClassVar[str] = "coupa"
    origin: ClassVar[str] = f"https://{INSTANCE}.coupahost.com"
    assumptions: ClassVar[Mapping[str, str]] = ASSUMPTIONS

    def __init__(
        self, deals: Sequence[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        self._deals = deals
        self._world = World(clock, read_switches(switches))
        self.webhooks = Outbox(manner(), clock, self._world.switches.webhooks)
        self._telling = Telling(self.webhooks, self._world)
        self.app = build(self._world, self._telling.noticing)
        self.reset()

    def settings(self) -> Mapping[str, Any]:
        """Return the client's credentials and the company's zone."""
        return {
            "instance": INSTANCE,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scope": " ".join(sorted(SCOPES)),
            "token_settle": float(self._world.switches.token_delay),
            "hierarchy": self._world.switches.hierarchy,
            "timezone": self._world.switches.timezone,
        }

    def reset(self) -> None:
        """Put the tenant back to the portfolio; tokens stay good."""
        with self._world.lock:
            self._world.clear()
            self.webhooks.clear()
            seed(self._world, self._deals)

    def counts(self) -> Mapping[str, int]:
        """Count what a client can list."""
        with self._world.lock:
            return {
                plural: len(self._world.all(name))
                for plural, name in (
                    ("contracts", "contract"),
                    ("suppliers", "supplier"),
                    ("approvals", "approval"),
                    ("attachments", "attachment"),
                    ("comments", "comment"),
                    ("templates", "contract-template"),
                )
            }

    def sign(self, contract_id: str) -> None:
        """Let everybody sign who has not: approvers approve it, then parties sign."""
        self._happen(_other_side.sign, contract_id)

    def decline(self, contract_id: str) -> None:
        """Let the next approver reject it, or a party refuse to sign."""
        self._happen(_other_side.decline, contract_id)

    def comment(self, contract_id: str) -> None:
        """Let a user of the supplier comment."""
        self._happen(_other_side.comment, contract_id)

    def delete(self, contract_id: str) -> None:
        """Let somebody delete it in Coupa, which no call can."""
        self._happen(_other_side.delete, contract_id)

    def _happen(self, event: Callable[[World, Record], None], contract_id: str) -> None:
        world = self._world
        with world.lock, self._telling.noticing():
            expire_due(world)
            event(world, self._contract(contract_id))

    def tell(self, word: str, contract_id: str | None = None) -> None:
        """Call out, although nothing happened."""
        with self._world.lock:
            found = None if contract_id is None else self._contract(contract_id)
            self._telling.tell(word, found)

    def _contract(self, id: str) -> Record:
        found = self._world.find("contract", lambda one: str(one["id"]) == id)
        if found is None:
            raise KeyError(id)
        return found
