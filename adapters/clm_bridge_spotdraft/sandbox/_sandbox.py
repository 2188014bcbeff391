"""SpotDraft's public API, version 2.1, over the neutral portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from threading import RLock
from typing import Any, ClassVar

from clm_bridge.sandbox import Clock, Deal, Outbox, Sandbox

from . import _other_side
from ._app import CLIENT_ID, CLIENT_SECRET, build
from ._assumptions import ASSUMPTIONS
from ._errors import Refusal
from ._records import Contract
from ._render import contract, number
from ._switches import read_switches
from ._telling import Telling, manner
from ._workspace import workspace
from ._world import World

TIMEZONE = "Europe/Paris"


class SpotDraftSandbox(Sandbox):
    """A workspace in the European region."""

    vendor: ClassVar[str] = "spotdraft"
    origin: ClassVar[str] = "https://api.eu.spotdraft.com"
    assumptions: ClassVar[Mapping[str, str]] = ASSUMPTIONS

    def __init__(
        self, deals: Sequence[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        self._deals = tuple(deals)
        self._clock = clock
        self._switches = read_switches(switches)
        self.lock = RLock()
        self.webhooks = Outbox(manner(self._switches), clock, self._switches.webhooks)
        self._telling = Telling(self.webhooks, clock)
        self.reset()
        self.app = build(self)

    def settings(self) -> Mapping[str, Any]:
        """Return the credential, and which key pointer holds which date and value."""
        return {
            "vendor": self.vendor,
            "region": "eu",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "timezone": TIMEZONE,
            "key_dates": {
                "effective_on": "effective_date",
                "expires_on": "expiration_date",
                "renews_on": "renewal_date",
                "terminated_on": "termination_date",
            },
            "term": {
                "length": "term_length",
                "renewal_length": "renewal_term",
                "renewals_max": "max_renewals",
                "notice": "notice_period",
                "auto_renews": "auto_renewal",
                "perpetual": "perpetual",
            },
            "value": {"amount": "contract_value"},
        }

    def reset(self) -> None:
        """Render the portfolio again."""
        with self.lock:
            self.webhooks.clear()
            space = workspace(self._deals)
            world = World(space, self._clock, self._switches, self.webhooks)
            for deal in self._deals:
                made = contract(deal, world)
                world.add(made, indexed_at=made.created_at)
                if deal.amends is not None:
                    above = number(deal.amends)
                    world.relate(parent=above, child=made.number, type="AMENDMENT")
            world.notice = self._telling.notice
            self.world = world

    def tell(self, word: str, contract_id: str | None = None) -> None:
        """Tell of an activity, although nothing happened."""
        with self.lock:
            found = None if contract_id is None else self._contract(contract_id)
            self._telling.tell(self.world, word, found)

    def counts(self) -> Mapping[str, int]:
        """Say how many records of each kind there are."""
        with self.lock:
            space = self.world.workspace
            return {
                "contracts": len(list(self.world.contracts())),
                "templates": len(space.templates),
                "contract_types": len(space.types),
                "counter_parties": len(space.counterparties),
                "users": len(space.users),
                "webhooks": len(self.webhooks.subscriptions),
            }

    def open(self, contract_id: str) -> None:
        """Let the counterparty open the e-mail that asks for its review."""
        with self.lock:
            _other_side.open_review(self.world, self._contract(contract_id))

    def comment(self, contract_id: str) -> None:
        """Let the counterparty comment on a contract."""
        with self.lock:
            _other_side.comment(self.world, self._contract(contract_id))

    def sign(self, contract_id: str) -> None:
        """Let everybody sign a contract that is out for signature."""
        with self.lock:
            _other_side.sign(self.world, self._contract(contract_id))

    def decline(self, contract_id: str) -> None:
        """Let a signatory of the counterparty refuse."""
        with self.lock:
            _other_side.decline(self.world, self._contract(contract_id))

    def hold(self, contract_id: str) -> None:
        """Put a contract on hold."""
        with self.lock:
            _other_side.hold(self.world, self._contract(contract_id))

    def resume(self, contract_id: str) -> None:
        """Let a contract go on where it was held."""
        with self.lock:
            _other_side.resume(self.world, self._contract(contract_id))

    def delete(self, contract_id: str) -> None:
        """Delete a contract, as people can and the API cannot."""
        with self.lock:
            self.world.delete(self._contract(contract_id))

    def _contract(self, id: str) -> Contract:
        """Find by T-n, H-n or the bare integer, as each of the API's answers has it."""
        try:
            if id.isdecimal():
                return self.world.by_number(int(id))
            return self.world.by_id(id)
        except Refusal as error:
            raise KeyError(id) from error
