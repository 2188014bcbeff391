"""The workspace around the contracts: people, companies, types and templates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from attrs import field, frozen

from clm_bridge.sandbox import TYPES, Company, Deal, Human

from ._key_pointer_fields import KEY_POINTERS, KeyPointer, descriptors
from ._records import ContractType, Counterparty, Entity, Template, User

WORKSPACE_ID = 1
ENTITIES = (
    Entity(78, "Buyer Holding SE", "EU1", "Paris", "France", "FR", is_primary=True),
    Entity(79, "Buyer Digital GmbH", "EU2", "Berlin", "Germany", "DE"),
)
ORGANIZATION_TYPES = ("company", "Private Company", "Private Limited", "Public Company")
ROLES = {1: "Admin", 2: "Business user", 3: "Legal"}
SERVICE = Human("Contract Service", "clm-service@buyer.example")
"""Whom the credential is linked to."""
FORMER = Human("Former Member", "former@buyer.example")
"""A member who is not active any more."""

WITHOUT_UPLOADS = "Website terms"
"""A contract type that no upload workflow is published for."""
ONLY_PRIMARY = tuple(TYPES)[-1]
"""A contract type that only the primary company of ours may use."""
FIRST_TYPE, FIRST_TEMPLATE, FIRST_USER, FIRST_COUNTERPARTY = 101, 1201, 17258, 501

# Variables of every template, besides those that are named like a key pointer.
VARIABLES = (
    KeyPointer(1, "agreement_date", "Agreement date", "date"),
    KeyPointer(2, "customer_name", "Customer name", "string"),
    KeyPointer(3, "billing_currency", "Billing currency", "currency"),
    KeyPointer(4, "subscription_term", "Subscription term", "duration"),
    KeyPointer(5, "notice_period_days", "Notice period (days)", "number"),
    *KEY_POINTERS.values(),
)


@frozen
class Workspace:
    """What is there before any contract; each table is keyed by id."""

    users: dict[int, User] = field(factory=dict)
    types: dict[int, ContractType] = field(factory=dict)
    templates: dict[int, Template] = field(factory=dict)
    counterparties: dict[int, Counterparty] = field(factory=dict)

    @property
    def service(self) -> User:
        """Whom the credential is linked to."""
        return self.users[FIRST_USER]

    def user(self, email: str) -> User | None:
        """Return the member of that address, in any case."""
        folded = email.casefold()
        found = (one for one in self.users.values() if one.email.casefold() == folded)
        return next(found, None)

    def counterparty(self, name: str) -> Counterparty | None:
        """Return the entry of that name."""
        found = (one for one in self.counterparties.values() if one.name == name)
        return next(found, None)


def workspace(deals: Sequence[Deal]) -> Workspace:
    """Return the workspace in which *deals* were made."""
    types = {one.id: one for one in _types(deals)}
    return Workspace(
        users={one.id: one for one in _users(deals)},
        types=types,
        templates={one.id: one for one in _templates(deals, types.values())},
        counterparties={one.id: one for one in _counterparties(deals)},
    )


def variables() -> list[dict[str, Any]]:
    """Return the descriptors of a template's variables."""
    return [part for one in VARIABLES for part in descriptors(one)]


def _users(deals: Sequence[Deal]) -> Iterator[User]:
    owners = sorted({deal.owner for deal in deals}, key=lambda one: one.email)
    for place, human in enumerate((SERVICE, *owners, FORMER)):
        first, _, last = human.name.partition(" ")
        role = 1 if human is SERVICE else 2
        yield User(
            id=FIRST_USER + place,
            first_name=first,
            last_name=last,
            email=human.email,
            designation=ROLES[role],
            role_id=role,
            is_active=human is not FORMER,
        )


def _types(deals: Sequence[Deal]) -> Iterator[ContractType]:
    names = dict.fromkeys((*TYPES, *(deal.type for deal in deals), WITHOUT_UPLOADS))
    for place, name in enumerate(names):
        yield ContractType(
            FIRST_TYPE + place,
            name,
            takes_uploads=name != WITHOUT_UPLOADS,
            only_primary=name == ONLY_PRIMARY,
        )


def _templates(
    deals: Sequence[Deal], types: Iterable[ContractType]
) -> Iterator[Template]:
    ids = {one.name: one.id for one in types}
    named = {f"{name} (standard)": ids[name] for name in TYPES}
    used = {deal.template: ids[deal.type] for deal in deals if deal.template}
    for place, (name, type_id) in enumerate((named | used).items()):
        yield Template(FIRST_TEMPLATE + place, name, type_id)


def _counterparties(deals: Sequence[Deal]) -> Iterator[Counterparty]:
    companies = {
        one.index: one
        for deal in deals
        for one in (deal.counterparty, *deal.other_parties)
    }
    for _, company in sorted(companies.items()):
        yield _counterparty(company)


def _counterparty(company: Company) -> Counterparty:
    return Counterparty(
        id=FIRST_COUNTERPARTY - 1 + company.index,
        name=company.name,
        contact_name=company.contact.name,
        contact_email=company.contact.email,
        country=company.country,
        custom_fields={"registration_number": company.registration},
    )
