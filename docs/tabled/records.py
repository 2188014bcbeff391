"""What is written to each vendor's sandbox, so that the calls of it can be counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from clm_bridge import (
    Bridge,
    Contact,
    ExternalLink,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Upload,
)
from clm_bridge.sandbox import portfolio

DEAL = portfolio()[41]
"""The complete deal, whose company and owner every workspace knows."""
PDF = Upload("agreement.pdf", b"%PDF-1.7\n% ours, byte for byte\n%%EOF\n")


def link(own_id: str) -> ExternalLink:
    """Return an id of our own."""
    return ExternalLink("salesforce", "Opportunity", own_id)


def contract(clm: Bridge, own_id: str) -> NewContract:
    """Return a new contract with a counterparty, an own id, dates, value and owner."""
    company = DEAL.counterparty
    return NewContract(
        name=f"Managed hosting {own_id}",
        counterparty=NewCounterparty(
            company.name, contact=Contact(company.contact.email, company.contact.name)
        ),
        external_link=link(own_id),
        key_dates=KeyDates(
            effective_on=date(2027, 1, 1), expires_on=date(2027, 12, 31)
        ),
        value=Money(Decimal("125000.50"), "EUR"),
        owner=DEAL.owner.email,
        **_OWN[clm.settings.vendor](clm),
    )


def _template(name: str) -> Callable[[Bridge], Mapping[str, Any]]:
    def told(clm: Bridge) -> Mapping[str, Any]:
        return {"template": next(t.id for t in clm.templates.list() if t.name == name)}

    return told


def _typed(clm: Bridge) -> Mapping[str, Any]:
    found = next(
        one
        for one in clm.templates.list()
        if one.type and one.type.name == "Supply agreement"
    )
    return {"template": found.id, "type": found.type and found.type.id, "document": PDF}


def _paper(_: Bridge) -> Mapping[str, Any]:
    return {"type": "1", "document": PDF}


_OWN: Mapping[str, Callable[[Bridge], Mapping[str, Any]]] = {
    "coupa": _paper,
    "spotdraft": _template("Master services agreement (standard)"),
    "tomorro": _typed,
}
