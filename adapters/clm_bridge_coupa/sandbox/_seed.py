"""The neutral portfolio as this tenant holds it: what Coupa cannot say is missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from clm_bridge import Period, Status, TermKind
from clm_bridge.sandbox import Company, Deal

from ._agreements import sign_file
from ._blank import blank
from ._company import EVERYONE, furnish, supplier_of, user_of
from ._models import MODELS
from ._schema import Record
from ._stages import set_stage
from ._world import World

FIRST_ID = 230
"""The id of a contract is its place in the portfolio, counted from here."""

PUBLISHED_AT = time(17, 30)
"""The hour, in the company's zone, at which somebody published what is published."""


_TERM_TYPES = {
    TermKind.FIXED: "fixed",
    TermKind.AUTO_RENEW: "auto_renew",
    TermKind.PERPETUAL: "perpetual",
}


def seed(world: World, deals: Sequence[Deal]) -> None:
    """Furnish the tenant and render every deal into it."""
    furnish(world)
    amended = {deal.amends for deal in deals} - {None}
    for deal in deals:
        _seed_contract(world, deal, is_amended=deal.index in amended)
    _seed_templates(world, deals)


def _seed_contract(world: World, deal: Deal, *, is_amended: bool) -> None:
    record = blank(world) | {
        "id": FIRST_ID + deal.index,
        "created-at": deal.created_at.replace(microsecond=0),
        "updated-at": deal.updated_at.replace(microsecond=0),
        "name": deal.name,
        "number": deal.number,
        "description": f"{deal.type} with {deal.counterparty.name}",
        "external-contract-id": deal.link.id if deal.link else None,
        "contract-owner": user_of(world, deal.owner),
        "contract-type": world.find("contract-type", lambda t: t["name"] == deal.type),
        "supplier": supplier_of(world, deal.counterparty),
        "contract-parties": _parties(world, deal),
        "payment-term": world.all("payment-term")[deal.index % 3 + 1],
        "whose-paper": "our_paper" if deal.template else "not_specified",
        **_hierarchy(world, deal, is_amended=is_amended),
        **_dates(world, deal),
        **_term(deal),
        **_worth(world, deal),
    }
    record["custom-fields"] |= _custom_fields(world, deal)
    contract = world.put("contract", record)
    set_stage(world, contract, deal)
    if deal.status is Status.EXECUTED:
        sign_file(world, contract, at=contract["updated-at"])


def _hierarchy(world: World, deal: Deal, *, is_amended: bool) -> Record:
    if deal.amends is None:
        return {"type": "MasterContract" if is_amended else "Contract"}
    parent = world.all("contract").get(FIRST_ID + deal.amends)
    return {"type": "AmendmentContract", "parent": parent}


def _dates(world: World, deal: Deal) -> Record:
    published = deal.published_on
    return {
        "start-date": world.midnight(deal.effective_on),
        "end-date": world.midnight(deal.expires_on),
        "execution-date": world.midnight(deal.executed_on),
        "published-date": _afternoon(world, published) if published else None,
    }


def _afternoon(world: World, day: date) -> datetime:
    return datetime.combine(day, PUBLISHED_AT, world.zone).astimezone(UTC)


def _term(deal: Deal) -> Record:
    term = deal.term
    renewal_unit, renewal = _length(term.renewal_length)
    unit, notice = _length(term.notice)
    return {
        "term-type": _TERM_TYPES.get(term.kind),
        "no-of-renewals": term.renewals_max,
        "renewal-length-unit": renewal_unit,
        "renewal-length-value": renewal,
        "termination-notice": "yes" if notice else "no",
        "termination-notice-length-unit": unit,
        "termination-notice-length-value": notice,
        "length-of-notice-unit": unit,
        "length-of-notice-value": str(notice) if notice else None,
        "consent": "notice" if notice else "",
    }


def _length(period: Period | None) -> tuple[str | None, int | None]:
    """Return a unit and a number, which cannot say months and days at once."""
    if not period or (period.days and (period.years or period.months)):
        return None, None
    if period.days:
        return "days", period.days
    if period.months:
        return "months", period.years * 12 + period.months
    return "years", period.years


def _worth(world: World, deal: Deal) -> Record:
    if deal.value is None:
        return {}
    code, amount = deal.value.currency, deal.value.amount
    return {
        "currency": world.find("currency", lambda c: c["code"] == code),
        "minimum-value": Decimal(0),
        "maximum-value": amount,
        "min-commit": Decimal(0),
        "max-commit": amount,
    }


def _custom_fields(world: World, deal: Deal) -> Mapping[str, Any]:
    label = deal.fields.get("Department")
    return {
        "department": world.find("lookup-value", lambda v: v["name"] == label),
        "cost-centre": deal.fields.get("Cost centre"),
        "risk-score": deal.fields.get("Risk score"),
        "personal-data": deal.fields.get("Personal data"),
        "review-date": deal.fields.get("Review date"),
    }


def _parties(world: World, deal: Deal) -> list[Record]:
    """Name the further parties; the supplier is not said twice."""
    return [_party(world, deal, company) for company in deal.other_parties]


def _party(world: World, deal: Deal, company: Company) -> Record:
    supplier_of(world, company)
    signs = company.contact in deal.signatories
    signed_on = deal.executed_on if signs else None
    contact = {
        "id": world.next_id("contract-party-contact"),
        "fullname": company.contact.name,
        "email": company.contact.email,
        "phone": None,
        "signatory-action": "signer" if signs else "no_action",
        "signatory-date": world.midnight(signed_on),
    }
    party = dict.fromkeys(MODELS["contract-party"].attributes)
    return party | {
        "id": world.next_id("contract-party"),
        "business-entity": {"id": 400 + company.index, "name": company.name},
        "entity-name": company.name,
        "business-name": company.name,
        "contact-name": company.contact.name,
        "email": company.contact.email,
        "contract-party-contacts": [contact],
    }


def _seed_templates(world: World, deals: Iterable[Deal]) -> None:
    named = {deal.template: deal for deal in deals if deal.template}
    for at, name in enumerate(sorted(named), start=1):
        first = named[name]
        template = dict.fromkeys(MODELS["contract-template"].attributes) | {
            "id": at,
            "created-at": world.all("content-group")[EVERYONE]["created-at"],
            "updated-at": world.all("content-group")[EVERYONE]["updated-at"],
            "name": name,
            "active": True,
            "authoring-method": "msword",
            "contract-types": [
                t
                for t in world.all("contract-type").values()
                if t["name"] == first.type
            ],
            "content-groups": [world.all("content-group")[EVERYONE]],
        }
        world.put("contract-template", template)
