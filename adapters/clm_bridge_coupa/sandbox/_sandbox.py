"""Coupa's sandbox: a tenant named acme, with one client that may use its API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from clm_bridge.sandbox import Clock, Deal, Sandbox

from ._agreements import sign_file
from ._app import build
from ._assumptions import ASSUMPTIONS
from ._expiry import expire_due
from ._lifecycle import finish
from ._oauth import CLIENT_ID, CLIENT_SECRET, SCOPES
from ._seed import seed
from ._switches import read_switches
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
        self.app = build(self._world)
        self.reset()

    def settings(self) -> Mapping[str, Any]:
        """Return the client's credentials and the company's zone."""
        return {
            "instance": INSTANCE,
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "scope": " ".join(sorted(SCOPES)),
            "token_settle": float(self._world.switches.token_delay),
            "timezone": self._world.switches.timezone,
        }

    def reset(self) -> None:
        """Put the tenant back to the portfolio; tokens stay good."""
        with self._world.lock:
            self._world.clear()
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
                    ("templates", "contract-template"),
                )
            }

    def sign(self, contract_id: str) -> None:
        """Let all parties sign in Contract Collaboration, which completes it."""
        world = self._world
        with world.lock:
            expire_due(world)
            contract = world.find("contract", lambda c: str(c["id"]) == contract_id)
            if contract is None:
                raise KeyError(contract_id)
            if contract["status"] != world.switches.pending_signature:
                raise ValueError(
                    f"contract {contract_id} is {contract['status']},"
                    " and parties sign what is pending signature"
                )
            finish(world, contract)
            world.touch(contract)
            sign_file(world, contract)
