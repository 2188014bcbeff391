"""
Creating and updating contracts.

https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/create-a-contract
https://alpha.developer.tomorro.com/api-reference/2025-01-29-alpha/contracts/update-a-contract
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from attrs import frozen

from . import _contract_parts as parts
from . import _smart_fields as fields
from ._bodies import Body, body
from ._field_writes import Written
from ._records import (
    Contract,
    ContractType,
    Counterparty,
    Signatory,
    Template,
    Version,
)
from ._render import DOCX
from ._signing import sign, withdraw
from ._times import moment
from ._world import World

MOVES = {
    "draft": ("negotiating", "canceled"),
    "negotiating": ("draft", "canceled"),
    "signing": ("canceled",),
    "signed": (),
    "canceled": ("negotiating",),
}
"""Where a PATCH may move a contract (A-16)."""

HIDDEN = ("folderId", "referentId", "supervisorId")


def created(world: World) -> Contract:
    """Read a body and return the contract that it asks for."""
    told = body()
    kind, template = _origin(told, world)
    company = parts.counterparty(told, world)
    if company is None:
        told.refuse("counterparty", "must be one that exists, or have a name")
    written = parts.smart_fields(told, world)
    if kind is not None and world.switches.mandatory_fields:
        _require(told, kind, written, world)
    draft = _Draft(
        name=told.text("name"),
        signatories=parts.signatories(told, world) or [],
        members=list(_participants(told, world)),
        link=parts.link(told),
        hidden={key: told.id(key) for key in HIDDEN},
    )
    told.check()
    assert kind is not None
    assert template is not None
    assert company is not None
    world.state.counterparties.setdefault(company.id, company)
    record = _made(draft, kind, template, company.id, world)
    parts.write(record, written)
    return record


@frozen
class _Draft:
    """What a body says of a contract that is yet to be made."""

    name: str | None
    signatories: list[Signatory]
    members: Sequence[str]
    link: Mapping[str, str | None] | None
    hidden: dict[str, str | None]


def _origin(told: Body, world: World) -> tuple[ContractType | None, Template | None]:
    """Return the contract type and the template, which must be one of its own."""
    type_id, template_id = told.need_id("contractTypeId"), told.need_id("templateId")
    kind = world.state.types.get(type_id)
    if type_id and kind is None:
        told.refuse("contractTypeId", "is not a contract type")
    templates = kind.templates if kind is not None else ()
    template = next((one for one in templates if one.id == template_id), None)
    if kind is not None and template_id and template is None:
        told.refuse("templateId", f"is not a template of {kind.name}")
    return kind, template


def _require(told: Body, kind: ContractType, written: Written, world: World) -> None:
    """Refuse what lacks a field that the creation form requires (A-09)."""
    for own in kind.mandatory:
        if written.get(own) is None:
            name = world.state.smart_fields[own].name
            told.refuse("fields", f"must have {name} ({own})")


def _participants(told: Body, world: World) -> Iterator[str]:
    """Yield the participants' ids, which POST takes as objects."""
    for one in told.objects("contractMembersIds"):
        wanted = filter(None, [one.need_id("memberId")])
        yield from parts.known_members(one, "memberId", wanted, world)


def _made(
    draft: _Draft, kind: ContractType, template: Template, company: str, world: World
) -> Contract:
    state, now = world.state, world.now()
    name, author = draft.name or template.name, world.caller().id
    return Contract(
        id=state.new_id("contract"),
        name=name,
        status="draft",
        counterparty_id=company,
        type_id=kind.id,
        template_id=template.id,
        author_id=author,
        created_at=now,
        updated_at=now,
        values={
            fields.IDENTIFIER.id: state.identifier(now),
            fields.TEMPLATE.id: template.name,
        },
        signatories=draft.signatories,
        link=draft.link,
        member_ids=list(dict.fromkeys([author, *draft.members])),
        versions=[Version(state.new_id("document"), 1, f"{name}.docx", DOCX, now)],
        hidden=draft.hidden,
    )


@frozen
class _Change:
    """What a body changes; None stays as it is."""

    name: str | None
    folder: str | None
    company: Counterparty | None
    signatories: list[Signatory] | None
    members: Sequence[str]
    status: str | None
    written: Written


def update(record: Contract, world: World) -> None:
    """Read a body and change what it holds, all of it or nothing (A-25)."""
    told = body()
    members = told.texts("contractMembersIds")
    written = parts.smart_fields(told, world) | _signature_date(told)
    change = _Change(
        name=told.text("name"),
        folder=told.id("folderId"),
        company=parts.counterparty(told, world),
        signatories=parts.signatories(told, world),
        members=list(parts.known_members(told, "contractMembersIds", members, world)),
        status=_status(told, record, world),
        written=written,
    )
    _check_link(told)
    told.check()
    _apply(change, record, world)


def _apply(change: _Change, record: Contract, world: World) -> None:
    now = world.now()
    record.name = change.name or record.name
    record.member_ids = list(dict.fromkeys([*record.member_ids, *change.members]))
    if change.folder is not None:
        record.hidden["folderId"] = change.folder
    if change.company is not None:
        world.state.counterparties.setdefault(change.company.id, change.company)
        record.counterparty_id = change.company.id
    if change.signatories is not None:
        record.signatories = change.signatories
    if change.status is not None:
        _move(record, change.status, now)
    parts.write(record, change.written)
    record.updated_at = now


def _status(told: Body, record: Contract, world: World) -> str | None:
    """Return the status to move to, or None if it stays."""
    status = told.word("status", tuple(MOVES))
    if status is None or status == record.status:
        return None
    signs = status == "signed" and "signatureDate" in told.told
    if signs and world.switches.patch_signs and record.status != "canceled":
        return status
    if status in MOVES[record.status]:
        return status
    told.refuse("status", f"cannot go from {record.status} to {status}")
    return None


def _signature_date(told: Body) -> Written:
    """Read when the contract was signed, for the native field (A-19)."""
    text = told.text("signatureDate")
    if text is None:
        return {}
    try:
        return {fields.SIGNATURE_DATE.id: moment(text).date().isoformat()}
    except ValueError:
        told.refuse("signatureDate", "must be a valid ISO 8601 date string")
        return {}


def _check_link(told: Body) -> None:
    """Check the type that resolves select values; the link stays (A-26)."""
    link = told.object("integration")
    if link is not None:
        link.word("type", parts.LINKS)


def _move(record: Contract, status: str, now: datetime) -> None:
    if status == "signed":
        sign(record, now)
    if status == "canceled":
        withdraw(record)
    record.status = status
