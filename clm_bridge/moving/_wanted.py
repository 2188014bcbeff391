"""All of a contract that could be said of a new one, whoever it is said to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from attrs import evolve

from .._models import Contract
from .._particulars import Contact, NewContract, NewCounterparty, Signatory
from .._uploads import Upload
from .._values import ExternalLink, Person, Ref
from .._vocabulary import PartyRole, PersonRole, Status
from ._losing import Remark
from ._mapping import Names


def wanted(
    contract: Contract, vendor: str, names: Names, status: Status, paper: Upload | None
) -> NewContract:
    """Return what is said of a contract if nothing is lost; its fields apart."""
    return NewContract(
        name=contract.name,
        number=contract.number or None,
        type=names.type(*known(contract.type)),
        template=names.template(*known(contract.template)),
        status=status,
        counterparty=_counterparty(contract, names),
        external_link=_link(contract, vendor),
        key_dates=evolve(contract.key_dates, created_at=None, updated_at=None),
        term=contract.term,
        value=contract.value,
        owner=names.owner(_address(contract.owner)),
        signatories=_signatories(contract),
        document=paper,
    )


def unsaid(contract: Contract, names: Names) -> Iterator[Remark]:
    """Yield what of a contract a new one has no place for, whoever it is said to."""
    if contract.type is not None and not names.type(*known(contract.type)):
        yield Remark("type", "no type is named for it under [types]")
    for path, why, is_there in _UNSAYABLE:
        if is_there(contract):
            yield Remark(path, why)


def known(ref: Ref | None) -> tuple[str | None, str | None]:
    """Return the id and the name of what is referred to."""
    return (None, None) if ref is None else (ref.id, ref.name)


def _counterparty(contract: Contract, names: Names) -> NewCounterparty | None:
    party = contract.counterparty
    if party is None or not party.name:
        return None
    email = _address(party.contact)
    name = (party.contact.name or None) if party.contact else None
    contact = names.contact(party.name)
    if email or (name and contact is None):
        contact = Contact(email, name)
    return NewCounterparty(name=party.name, contact=contact)


def _link(contract: Contract, vendor: str) -> ExternalLink:
    """Return the contract's own link, or one to what it was; both tell the old id."""
    own = contract.external_link
    if own is None:
        return ExternalLink(vendor, "contract", contract.id)
    moved_from = {"vendor": vendor, "id": contract.id}
    return evolve(own, data={**own.data, "moved_from": moved_from})


def _address(person: Person | None) -> str | None:
    email = person.email if person is not None else None
    return email if email and "@" in email else None


def _signatories(contract: Contract) -> list[Signatory]:
    """Return who signs, each once; on whose side they are, vendors do not tell."""
    found: dict[str, Signatory] = {}
    for one in contract.people:
        email = _address(one)
        if one.role is PersonRole.SIGNATORY and email is not None:
            found.setdefault(email.casefold(), Signatory(email, one.name or None))
    return [*found.values()]


def _others(contract: Contract) -> bool:
    first = contract.counterparty
    parties = (one for one in contract.parties if one is not first)
    return any(one.role is not PartyRole.OURSELVES for one in parties)


def _ownerless(contract: Contract) -> bool:
    return contract.owner is not None and _address(contract.owner) is None


def _unreachable(contract: Contract) -> bool:
    signing = (one for one in contract.people if one.role is PersonRole.SIGNATORY)
    return any(_address(one) is None for one in signing)


def _bystanders(contract: Contract) -> bool:
    told = (PersonRole.OWNER, PersonRole.SIGNATORY)
    return any(one.role not in told for one in contract.people)


_UNSAYABLE: Sequence[tuple[str, str, Callable[[Contract], bool]]] = (
    ("owner", "has no e-mail address", _ownerless),
    ("parties", "a new contract takes one counterparty", _others),
    ("people", "a new contract takes an owner and signatories", _bystanders),
    ("signatories", "one has no e-mail address", _unreachable),
    ("relations", "a new contract takes none", lambda one: bool(one.relations)),
    (
        "external_links",
        "a new contract takes one",
        lambda one: len(one.external_links) > 1,
    ),
)
"""Path, why it is lost, and whether a contract has it."""
