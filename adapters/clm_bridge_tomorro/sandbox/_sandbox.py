"""The sandbox: Tomorro's API over the neutral portfolio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from clm_bridge.sandbox import Clock, Deal, Outbox, Sandbox

from . import _smart_fields as fields
from ._app import application
from ._ids import plain
from ._records import Contract
from ._signing import decline, sign
from ._switches import ASSUMPTIONS, switched
from ._telling import Telling, manner
from ._workspace import API_KEY, workspace
from ._world import World


class TomorroSandbox(Sandbox):
    """Tomorro as its public pages describe it."""

    vendor: ClassVar[str] = "tomorro"
    origin: ClassVar[str] = "https://api.tomorro.com"
    assumptions: ClassVar[Mapping[str, str]] = ASSUMPTIONS

    def __init__(
        self, deals: Sequence[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        told = switched(switches)
        self._deals = tuple(deals)
        self._world = World(told, clock, workspace(self._deals, told.notice))
        self.webhooks = Outbox(manner(), clock, told.webhooks)
        self._telling = Telling(self.webhooks, clock, self._world)
        self.app = self._app = application(self._world, self._telling.noticing)

    def settings(self) -> Mapping[str, Any]:
        """Return the settings that read this workspace."""
        return {
            "vendor": self.vendor,
            "api_key": API_KEY,
            "key_dates": {
                "effective_on": fields.START_DATE.id,
                "expires_on": fields.INITIAL_END.id,
                "executed_on": fields.SIGNATURE_DATE.id,
                "signed_on": fields.SIGNATURE_DATE.id,
                "renews_on": fields.NEXT_RENEWAL.id,
                "terminated_on": fields.TERMINATION_DATE.id,
            },
            "term": self._term(),
            "value": {"amount": fields.VALUE.id, "currency": fields.CURRENCY.id},
        }

    def _term(self) -> Mapping[str, Any]:
        notice: Any = fields.NOTICE.id
        if self._world.switches.notice == "number":
            notice = {"field": fields.NOTICE_DAYS.id, "unit": "days"}
        return {
            "length": {"field": fields.INITIAL_DURATION.id, "unit": "months"},
            "renewal_length": {"field": fields.RENEWAL_DURATION.id, "unit": "months"},
            "renewals_max": fields.RENEWALS_MAX.id,
            "notice": notice,
            "auto_renews": {"field": fields.RENEWAL_TYPE.id, "is": fields.TACIT},
            "perpetual": {
                "field": fields.DURATION_TYPE.id,
                "is": fields.OPEN,
                "not": fields.FIXED,
            },
        }

    def reset(self) -> None:
        """Render the portfolio again."""
        with self._app.lock:
            state = workspace(self._deals, self._world.switches.notice)
            self._world.state = state
            self.webhooks.clear()

    def tell(self, word: str, contract_id: str | None = None) -> None:
        """Tell of an event, although nothing happened."""
        with self._app.lock:
            found = None if contract_id is None else self._contract(contract_id)
            self._telling.tell(word, found)

    def counts(self) -> Mapping[str, int]:
        """Count the records by the API's words."""
        state = self._world.state
        return {
            "contracts": len(state.contracts),
            "contract-types": len(state.types),
            "counterparties": len(state.counterparties),
            "members": len(state.members),
            "smart-fields": len(state.smart_fields),
        }

    def sign(self, id: str) -> None:
        """Let all signatories sign a contract that was sent to them."""
        with self._app.lock, self._telling.noticing():
            sign(self._signing(id), self._world.now())

    def decline(self, id: str) -> None:
        """Let a signatory refuse, which cancels the signature and reopens the talks."""
        with self._app.lock, self._telling.noticing():
            decline(self._signing(id), self._world.now())

    def delete(self, id: str) -> None:
        """Delete a contract, as only the app can."""
        with self._app.lock, self._telling.noticing():
            del self._world.state.contracts[self._contract(id).id]

    def _signing(self, id: str) -> Contract:
        record = self._contract(id)
        if record.status != "signing":
            raise ValueError(
                "only a contract in signing can be signed or declined:"
                f" it is {record.status}"
            )
        return record

    def _contract(self, id: str) -> Contract:
        found = self._world.state.contracts.get(plain(id))
        if found is None:
            raise KeyError(id)
        return found
