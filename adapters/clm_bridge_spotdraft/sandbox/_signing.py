"""Signatories: who they are, inviting them again, and the links that they get."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve
from flask import request
from flask.typing import ResponseReturnValue

from ._bodies import Key, read, some_text
from ._errors import invalid, wrong_state
from ._records import SIGN, Contract, Counterparty, Recipient
from ._world import World

NOTHING = ("", 200)
REMINDER = {"email_id": Key(some_text, required=True)}
LINKS = "https://app.spotdraft.com/recipients"


def signatories(
    world: World, people: Sequence[Mapping[str, Any]]
) -> Iterator[Recipient]:
    """Yield the signatories that a creation names."""
    for place, told in enumerate(people, start=1):
        yield _recipient(
            world,
            told["name"],
            told["email"],
            order=told.get("sign_order") or place,
            is_ours=not told["is_counterparty_signatory"],
            title=told.get("title") or "",
            note=told.get("note"),
        )


def ours(world: World, people: Sequence[Mapping[str, Any]]) -> Iterator[Recipient]:
    """Yield our signatories of an upload, who are named by their address."""
    for place, told in enumerate(people, start=1):
        member = world.workspace.user(told["email"])
        yield _recipient(
            world,
            member.name if member else told["email"],
            told["email"],
            order=place,
            is_ours=True,
            title=told.get("title") or "",
            note=told.get("note"),
        )


def invited(
    world: World, recipients: Sequence[Recipient], parties: Sequence[Counterparty]
) -> tuple[Recipient, ...]:
    """Return who signs, each invited; without a counterparty's, its contacts do."""
    people = list(recipients)
    if all(one.is_ours for one in people):
        for party in parties:
            if party.contact_email:
                name = party.contact_name or party.name
                order = len(people) + 1
                people.append(
                    _recipient(
                        world, name, party.contact_email, order=order, is_ours=False
                    )
                )
    return tuple(evolve(one, sent_at=world.now()) for one in people)


def _recipient(world: World, name: str, email: str, **more: Any) -> Recipient:
    return Recipient(
        id=world.next_id(),
        user_id=world.person(email),
        name=name,
        email=email,
        created_at=world.now(),
        **more,
    )


def remind(world: World, id: str) -> ResponseReturnValue:
    """E-mail a signatory again; whoever has acted is not bothered."""
    contract = world.by_id(id)
    email = read(REMINDER)["email_id"]
    _known(contract, email, "email_id")
    if contract.status != SIGN:
        raise wrong_state(f"Nobody signs a contract in {contract.status}.")
    now = world.now()
    reminded = tuple(
        evolve(one, sent_at=now) if one.email == email and not one.acted_at else one
        for one in contract.recipients
    )
    world.change(contract, recipients=reminded)
    return NOTHING


def link(world: World, number: int) -> ResponseReturnValue:
    """Show the link of one recipient."""
    contract = world.by_number(number)
    return {"link": _link(contract, "recipient_email")}


def embedded(world: World, number: int) -> ResponseReturnValue:
    """Show the URL at which a counterparty signs inside somebody else's page."""
    contract = world.by_number(number)
    return {"url": _link(contract, "cp_email_id")}


def _link(contract: Contract, parameter: str) -> str:
    email = request.args.get(parameter)
    if not email:
        raise invalid({parameter: ["Field required"]})
    _known(contract, email, parameter)
    token = hashlib.sha256(f"{contract.id} {email}".encode()).hexdigest()[:32]
    return f"{LINKS}/{contract.number}/{token}"


def _known(contract: Contract, email: str, key: str) -> None:
    if all(one.email != email for one in contract.recipients):
        raise invalid({key: ["Not a recipient of this contract"]})


ROUTES = (
    ("POST", "/contracts/<id>/signatories/resend_email/", remind),
    ("GET", "/contracts/<int:number>/recipients/recipient_link/", link),
    ("GET", "/contracts/embedded/contracts/<int:number>/counter_party/", embedded),
)
