"""
The neutral portfolio: the same 240 contracts for every vendor's sandbox.

The seed decides everything; nothing is read from the machine or from its clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from attrs import evolve

from .._values import ExternalLink, FieldValue, Money
from .._vocabulary import Status, TermKind
from ._clock import TODAY
from ._deals import Company, Deal, Human
from ._names import COMPANIES, DEPARTMENTS, FIELDS, OWNERS, SIGNATORIES, TYPES
from ._schedule import Story, stories

NDA = "Non-disclosure agreement"
CURRENCIES = ("EUR", "EUR", "USD", "USD", "GBP", "JPY", "INR", "CHF")
COST_CENTRES = ("CC-4711", "CC-0042", "CC-9000/2", "Müşteri 12", "部門-7", "Köln (Süd)")
EXAMPLE = 42
"""Index of the contract that documentation shows: complete, and alone with its link."""

AMENDMENTS = 10
WITHOUT_LINK = 24
SHARED_LINKS = (3, 2, 2, 2, 2)
"""How many contracts share one external id."""

AMOUNTS = (
    Money(Decimal("1234.50"), "EUR"),
    Money(Decimal("98765432109876.54"), "INR"),  # more cents than a double can count
    Money(Decimal("0.00"), "GBP"),  # nothing to pay is not nothing said
)
"""Amounts that catch a float or a truth test, each on one contract."""


def portfolio(seed: int = 1, today: date = TODAY) -> tuple[Deal, ...]:
    """Return the portfolio of *seed* as it stands on *today*, the oldest deal first."""
    rng = Random(seed)  # noqa: S311 - repeatable, not secret
    told = stories(today, rng)
    deals = [_deal(index, story, rng) for index, story in enumerate(told, start=1)]
    example = _complete(deals.pop(EXAMPLE - 1))
    for change in (_amend, _price, _link):
        deals = change(deals, rng)
    deals.insert(EXAMPLE - 1, example)
    return tuple(evolve(deal, name=_name(deal)) for deal in deals)


def _deal(index: int, story: Story, rng: Random) -> Deal:
    kind = _type(story, rng)
    company, *others = rng.sample(COMPANIES, 3)
    owner = rng.choice(OWNERS)
    return Deal(
        index=index,
        number=f"CT-{index:04d}",
        name="",
        status=story.status,
        type=kind,
        counterparty=company,
        owner=owner,
        created_at=story.created_at,
        updated_at=story.updated_at,
        term=story.term,
        held_at=story.held_at,
        other_parties=_others(index, others),
        template=f"{kind} (standard)" if rng.random() < 0.8 else None,
        sent_at=story.sent_at,
        signed_at=story.signed_at,
        effective_on=story.effective_on,
        expires_on=story.expires_on,
        published_on=story.published_on,
        terminated_on=story.terminated_on,
        value=_value(kind, rng),
        signatories=_signatories(company, others[0], rng),
        fields=_fields(index, story, rng),
    )


def _name(deal: Deal) -> str:
    opening = TYPES[deal.type]
    if deal.amends is not None:
        opening = f"Amendment to {opening}"
    return f"{opening} \N{EN DASH} {deal.counterparty.name} ({deal.index:03d})"


def _type(story: Story, rng: Random) -> str:
    if story.term.kind is TermKind.PERPETUAL and rng.random() < 0.7:
        return NDA
    return rng.choice(tuple(TYPES))


def _others(index: int, companies: Sequence[Company]) -> tuple[Company, ...]:
    """Make every twelfth contract multi-party, with one or two more companies."""
    return tuple(companies[: 1 + index % 2]) if index % 12 in (5, 10) else ()


def _signatories(company: Company, other: Company, rng: Random) -> tuple[Human, ...]:
    people = (company.contact, rng.choice(SIGNATORIES), other.contact)
    return people[: rng.choice((1, 2, 2, 2, 3))]


def _value(type: str, rng: Random) -> Money | None:
    currency = rng.choice(CURRENCIES)
    cents = rng.randrange(100_000, 500_000_000)
    if type == NDA or rng.random() < 0.08:
        return None
    if currency == "JPY":
        return Money(Decimal(cents), currency)
    return Money(Decimal(cents).scaleb(-2), currency)


def _fields(index: int, story: Story, rng: Random) -> dict[str, FieldValue]:
    """Fill the workspace's own fields; a label that is missing was left empty."""
    review = story.updated_at.date() + timedelta(days=rng.randint(30, 365))
    values: Sequence[FieldValue] = (
        rng.choice(DEPARTMENTS),
        rng.choice(COST_CENTRES),
        rng.randint(1, 5),
        rng.random() < 0.4,
        review,
    )
    return {
        label: value
        for place, (label, value) in enumerate(zip(FIELDS, values, strict=True))
        if (index + place) % 7 and index % 30
    }


def _complete(deal: Deal) -> Deal:
    """Leave nothing out of what documentation shows, save what the story decides."""
    company = COMPANIES[0]
    review = deal.updated_at.date() + timedelta(days=90)
    values = (DEPARTMENTS[0], COST_CENTRES[0], 3, True, review)
    return evolve(
        deal,
        type="Master services agreement",
        template="Master services agreement (standard)",
        counterparty=company,
        other_parties=(),
        link=_opportunity(f"PR-{1000 + deal.index}"),
        value=Money(Decimal("1250000.75"), "EUR"),
        signatories=(company.contact, SIGNATORIES[0]),
        fields=dict(zip(FIELDS, values, strict=True)),
    )


def _amend(deals: Sequence[Deal], rng: Random) -> list[Deal]:
    """Turn some deals into amendments of one of the same type, executed before."""
    amendments: dict[int, Deal] = {}
    masters: set[int] = set()
    for deal in rng.sample(deals, len(deals)):
        if len(amendments) == AMENDMENTS or deal.index in masters:
            continue
        fitting = [
            master
            for master in deals
            if _is_master(master, deal) and master.index not in amendments
        ]
        if fitting:
            master = rng.choice(fitting)
            masters.add(master.index)
            amendments[deal.index] = _amendment(deal, master)
    return [amendments.get(deal.index, deal) for deal in deals]


def _is_master(master: Deal, deal: Deal) -> bool:
    return (
        master.type == deal.type
        and master.status is Status.EXECUTED
        and master.signed_at is not None
        and master.signed_at < deal.created_at
    )


def _amendment(deal: Deal, master: Deal) -> Deal:
    company = master.counterparty
    return evolve(
        deal,
        amends=master.index,
        counterparty=company,
        other_parties=master.other_parties,
        signatories=(company.contact, *deal.signatories[1:2]),
    )


def _price(deals: Sequence[Deal], rng: Random) -> list[Deal]:
    priced = [deal.index for deal in deals if deal.value is not None]
    amounts = dict(zip(rng.sample(priced, len(AMOUNTS)), AMOUNTS, strict=True))
    return [evolve(d, value=amounts.get(d.index, d.value)) for d in deals]


def _link(deals: Sequence[Deal], rng: Random) -> list[Deal]:
    """Link most deals to an opportunity, and several to the same one."""
    linked = rng.sample(deals, len(deals) - WITHOUT_LINK)
    ids = {deal.index: f"PR-{1000 + deal.index}" for deal in linked}
    indexes = iter(ids.copy())
    for size in SHARED_LINKS:
        first, *others = (next(indexes) for _ in range(size))
        ids.update(dict.fromkeys(others, ids[first]))
    return [
        evolve(deal, link=_opportunity(ids[deal.index])) if deal.index in ids else deal
        for deal in deals
    ]


def _opportunity(id: str) -> ExternalLink:
    url = f"https://buyer.example/lightning/r/Opportunity/{id}/view"
    return ExternalLink(system="salesforce", record_type="Opportunity", id=id, url=url)
