"""The workspace that the portfolio's contracts live in: people, companies, types."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta

from clm_bridge.sandbox import TYPES, Company, Deal, Human

from . import _smart_fields as fields
from ._ids import uuid
from ._records import ContractType, Counterparty, Member, Template
from ._render import contract, counterparty_id, template_id, type_id
from ._smart_fields import defined
from ._state import State

API_KEY = "sandbox-admin-key"
USER_KEY = "sandbox-user-key"
"""The key of a member who sees only the contracts that they take part in."""

SERVICE = Human("Contract Service", "clm-service@buyer.example")
BUYER = "Buyer Holding SE"
OPENED = datetime(2019, 1, 7, 8, tzinfo=UTC)
UNPUBLISHED = "Lease agreement"
MANDATORY = {"Data processing agreement": (fields.PERSONAL_DATA.id,)}
"""What a creation form requires, in a workspace that is careful about one type."""


def workspace(deals: Sequence[Deal], notice: str) -> State:
    """Return the records of a workspace that holds *deals*."""
    state = State(defined(notice))
    state.members = {one.id: one for one in _members(deals)}
    state.counterparties = {one.id: one for one in _counterparties(deals)}
    state.types = {one.id: one for one in _types(deals)}
    members = list(state.members.values())
    service, user = members[0], members[-1]
    state.keys = {API_KEY: service.id, USER_KEY: user.id}
    for deal in sorted(deals, key=lambda one: (one.created_at, one.index)):
        record = contract(deal, state, service, notice)
        state.contracts[record.id] = record
    return state


def _members(deals: Iterable[Deal]) -> Iterator[Member]:
    humans = _humans(deals)
    for place, human in enumerate(humans):
        role = "ADMIN" if place == 0 else "MANAGER"
        if 0 < place == len(humans) - 1:
            role = "USER"
        yield _member(human, role, OPENED + timedelta(days=place))


def _humans(deals: Iterable[Deal]) -> list[Human]:
    """Return the key's owner, our signatories, and who owns contracts."""
    domain = SERVICE.email.partition("@")[2]
    owners = {deal.owner for deal in deals}
    signing = {one for deal in deals for one in deal.signatories}
    ours = {one for one in signing - owners if one.email.endswith(f"@{domain}")}
    return [SERVICE, *_sorted(ours), *_sorted(owners)]


def _sorted(humans: Iterable[Human]) -> list[Human]:
    return sorted(humans, key=lambda one: one.email)


def _member(human: Human, role: str, since: datetime) -> Member:
    first, _, last = human.name.partition(" ")
    own = uuid("member", human.email)
    return Member(own, human.email, first, last, role, "active", since, since)


def _counterparties(deals: Iterable[Deal]) -> Iterator[Counterparty]:
    companies = {
        one.index: one
        for deal in deals
        for one in (deal.counterparty, *deal.other_parties)
    }
    for index, company in sorted(companies.items()):
        yield _counterparty(company, OPENED + timedelta(days=index))


def _counterparty(company: Company, since: datetime) -> Counterparty:
    told = {
        fields.LEGAL_NAME.id: company.name,
        fields.OUR_NAME.id: BUYER,
        fields.REGISTRATION.id: company.registration,
    }
    own = counterparty_id(company.index)
    return Counterparty(own, company.name, "active", since, since, dict(told))


def _types(deals: Sequence[Deal]) -> Iterator[ContractType]:
    names = dict.fromkeys((*TYPES, UNPUBLISHED, *(deal.type for deal in deals)))
    for name in names:
        used = [deal.template for deal in deals if deal.type == name]
        english = dict.fromkeys((f"{name} (standard)", *filter(None, used)))
        templates = [*map(_english, english), _french(name)]
        published, required = name != UNPUBLISHED, MANDATORY.get(name, ())
        yield ContractType(type_id(name), name, published, templates, required)


def _english(name: str) -> Template:
    return Template(template_id(name), name, "GB")


def _french(type: str) -> Template:
    name = f"{type} (français)"
    return Template(template_id(name), name, "FR")
