"""
How a contract comes to be, changes, and moves from status to status.

https://compass.coupa.com/en-us/products/product-documentation/integration-technical-documentation/the-coupa-core-api/resources/transactional-resources/contracts-api-(contracts)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ._approvals import all_approved, raise_approvals
from ._blank import blank
from ._contract import CONTRACT
from ._errors import Refusal, human
from ._rules import check_contract
from ._schema import Record, hyphened
from ._world import API_USER, World
from ._write import changed

CREATABLE = ("draft", "inactive", "published")
"""What a new contract may be, by the published examples."""

IN_FORCE = ("completed", "published")
"""Where a plain update changes little, and `update_published` all."""

EDITABLE_IN_FORCE = frozenset(
    {
        "used-for-buying",
        "supplier-invoiceable",
        "is-default",
        "default-account",
        "content-groups",
        "custom-fields",
        "terminated",
        "reason-insight-events",
        "published-date",
    }
)
"""What a plain update may change there when hierarchy is on; the rest is ignored."""


def create(world: World, body: Mapping[str, Any], **given: Any) -> Record:
    """Make a new contract of *body*; what is *given* goes before it."""
    record = changed(world, CONTRACT, blank(world), body)
    record |= {"status": _sent_status(body)} | given
    check_contract(world, record)
    if record["status"] not in CREATABLE:
        words = ", ".join(CREATABLE)
        raise Refusal(f"Status must be one of {words}.", model="contract")
    _note_published(world, record)
    del record["id"]
    record["created-at"] = world.now()
    record["created-by"] = world.all("user")[API_USER]
    world.touch(record)
    made = world.put("contract", record)
    _note_reasons(world, made)
    return made


def update(
    world: World, contract: Record, body: Mapping[str, Any], *, freely: bool = False
) -> None:
    """Change what *body* names, by the rules of the status that it has."""
    _check_id(body)
    limited = world.switches.hierarchy and not freely
    only = EDITABLE_IN_FORCE if limited and contract["status"] in IN_FORCE else None
    after = changed(world, CONTRACT, contract, body, only=only)
    _move(world, contract, after, _sent_status(body))
    _terminate(contract, after)
    check_contract(world, after)
    if contract["status"] in IN_FORCE:
        after["version"] = (contract["version"] or 0) + 1
    contract.update(after)
    _note_reasons(world, contract)
    world.touch(contract)


def submit(world: World, contract: Record) -> None:
    """Send it for approval; without a chain it is approved at once."""
    switches = world.switches
    _must_be(
        contract, "submitted", ("draft", switches.in_negotiation, switches.rejected)
    )
    raise_approvals(world, contract, chain=switches.approvals)
    waits = contract["current-approval"] is not None
    contract["status"] = "pending_approval" if waits else all_approved(world)
    contract["submitter"] = world.all("user")[API_USER]


def complete(world: World, contract: Record) -> None:
    """Call it signed by all parties."""
    _must_be(contract, "completed", tuple(sorted(world.switches.complete_from)))
    finish(world, contract)


def finish(world: World, contract: Record) -> None:
    """Make it completed, today unless the execution date is known."""
    contract["status"] = "completed"
    contract["execution-date"] = contract["execution-date"] or world.midnight(
        world.today()
    )


def note_signature(world: World, contract: Record) -> None:
    """Take note that a party signed in Contract Collaboration."""
    switches = world.switches
    _must_be(contract, "signed", (switches.approved, switches.pending_signature))
    contract["status"] = switches.pending_signature


def withdraw_signatures(world: World, contract: Record) -> None:
    """Go back to where it was before anybody signed."""
    switches = world.switches
    _must_be(contract, "unsigned", (switches.pending_signature,))
    contract["status"] = switches.approved


def update_published(world: World, contract: Record, body: Mapping[str, Any]) -> None:
    """Change a completed or published contract with no draft in between."""
    if not world.switches.hierarchy:
        raise Refusal("Contract hierarchy is not enabled.", model="contract")
    _must_be(contract, "updated this way", IN_FORCE)
    status = {"status": contract["status"]}
    update(world, contract, dict(body) | status, freely=True)


def _sent_status(body: Mapping[str, Any]) -> str | None:
    """Return the status that a body asks for, which only text can."""
    sent = {hyphened(name): value for name, value in body.items()}.get("status")
    if sent is None or isinstance(sent, str):
        return sent
    raise Refusal("Status is invalid", model="contract")


def _move(world: World, contract: Record, after: Record, to: str | None) -> None:
    status = contract["status"]
    if to is None or to == status:
        return
    if (status, to) not in world.switches.transitions:
        sentence = f"Status cannot be changed from {status} to {to}"
        raise Refusal(sentence, model="contract")
    after["status"] = to
    _note_published(world, after)


def _note_published(world: World, contract: Record) -> None:
    if contract["status"] == "published" and contract["published-date"] is None:
        contract["published-date"] = world.now()


def _terminate(contract: Record, after: Record) -> None:
    """Make what is newly terminated inactive, for a reason that was given."""
    if contract["terminated"] or not after["terminated"]:
        return
    if not after["reason-insight-events"]:
        raise Refusal("Reason insight events can't be blank", model="contract")
    after["status"] = "inactive"


def _note_reasons(world: World, contract: Record) -> None:
    """Note of what each reason tells and who gave it; the last is the contract's."""
    for event in contract["reason-insight-events"]:
        if event["eventable-id"] is None:
            event |= {"eventable-id": contract["id"], "eventable-type": "Contract"}
            event["user-full-name"] = world.all("user")[API_USER]["fullname"]
        contract["reason-insight-code"] = event["reason-insight"]["name"]
        contract["reason-insight-comment"] = event["comment"]


def _check_id(body: Mapping[str, Any]) -> None:
    sent = body.get("id")
    if sent is not None and type(sent) is not int:
        raise Refusal(f"{human('id')} is not a number", model="contract")


def _must_be(contract: Record, what: str, statuses: tuple[str, ...]) -> None:
    if contract["status"] not in statuses:
        sentence = f"Contract cannot be {what} while it is {contract['status']}"
        raise Refusal(sentence, model="contract")
