"""What stands around one contract: approvals, relations, comments, and who is who."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from clm_bridge.adapter import (
    Approval,
    ApprovalStatus,
    Comment,
    InvalidInput,
    Person,
    PersonRole,
    Problem,
    Reader,
    Ref,
    Relation,
    RelationKind,
    get,
    together,
)

from . import _mapping, _paging, _wire, _wire_around

PAGE = 100

# A suggestion is no decision, and no word of ours.
DECISIONS: Mapping[str, ApprovalStatus] = {
    "NOT_STARTED": ApprovalStatus.NOT_STARTED,
    "PENDING": ApprovalStatus.PENDING,
    "APPROVED": ApprovalStatus.APPROVED,
    "REJECTED": ApprovalStatus.REJECTED,
    "SKIPPED": ApprovalStatus.SKIPPED,
}
# What the other contract is to this one, and so what this one is to it.
RELATIONS: Mapping[str, RelationKind] = {
    "PARENT": RelationKind.PARENT,
    "CHILD": RelationKind.CHILD,
    "AMENDMENT": RelationKind.AMENDED_BY,
    "ADDENDUM": RelationKind.AMENDED_BY,
}


async def every(
    reader: Reader, path: str, params: Mapping[str, Any] | None = None, /, **ids: str
) -> list[Any]:
    """Return the rows of all pages of a list."""
    first = {**(params or {}), "page": 1, "limit": PAGE}
    listed = reader.read((await get(path, first, **ids)).json(), _wire.Listed)
    others = await together(
        *(
            get(path, {**first, "page": int(page)}, **ids)
            for page in _paging.following(1, listed, PAGE)
        )
    )
    later = [reader.read(one.json(), _wire.Listed) for one in others]
    return [row for one in (listed, *later) for row in one.results]


async def approvals(reader: Reader, id: str) -> Sequence[Approval]:
    """Return approvals, by the keys of the document of either year."""
    answer = await get("contracts/approvals/{id}/", id=id)
    told = reader.read(answer.json(), _wire_around.Approvals)
    return [_approval(one) for one in told.results]


def _approval(item: _wire_around.ApprovalItem) -> Approval:
    told = item.approval
    word = told.status or told.current_status
    who = told.org_user or told.approver
    action = _latest(item.approval_actions or ())
    status = DECISIONS.get(word or "", ApprovalStatus.UNKNOWN)
    decided = status in (ApprovalStatus.APPROVED, ApprovalStatus.REJECTED)
    said = (action.notes or action.action_notes) if action else None
    return Approval(
        id=told.id,
        status=status,
        word=word,
        name=told.approval_name,
        approver=_person(who) if who else None,
        note=said or told.notes,
        decided_at=action.created if action and decided else None,
    )


def _latest(
    actions: Sequence[_wire_around.ApprovalAction],
) -> _wire_around.ApprovalAction | None:
    marked = [one for one in actions if one.latest]
    return next(iter(marked or actions), None)


def _person(user: _wire.User) -> Person:
    name = _mapping.full_name(user)
    return Person(PersonRole.APPROVER, name, user.email, user.id)


async def relations(reader: Reader, number: str) -> Sequence[Relation]:
    """Return what other contracts are to this one; their ids are bare numbers."""
    found = await every(reader, "contracts/{number}/related_contracts/", number=number)
    return [_relation(reader.read(row, _wire_around.Related)) for row in found]


def _relation(told: _wire_around.Related) -> Relation:
    kind = RELATIONS.get(told.relation_type or "", RelationKind.OTHER)
    return Relation(kind, Ref(told.contract.id, told.contract.name), told.relation_type)


async def comments(reader: Reader, number: str) -> Sequence[Comment]:
    """Return comments, the oldest first, each before its replies."""
    found = await every(reader, "contracts/{number}/comments/", number=number)
    told = [reader.read(row, _wire_around.CommentRow) for row in reversed(found)]
    return [one for row in told for one in _said(row)]


def _said(row: _wire_around.CommentRow) -> Iterator[Comment]:
    yield Comment(row.id, row.comment)
    for reply in row.replies or ():
        yield Comment(reply.id, reply.comment)


async def member(reader: Reader, told: str) -> str:
    """Return the id of the active member that an e-mail address or an id names."""
    if "@" not in told:
        return told
    params = {"page": 1, "limit": PAGE, "user_email": told}
    answer = await get("auth/users/", params)
    rows = reader.read(answer.json(), _wire.Listed).results
    for row in rows:
        one = reader.read(row, _wire_around.Member)
        same = (one.email or "").casefold() == told.casefold()
        if same and one.is_active is not False:
            return one.id
    raise refusal("owner", "is no active member of the workspace", "a member's e-mail")


async def entity(reader: Reader, own: str | None) -> _wire_around.Entity:
    """Return the company of ours that has an id, or the primary one."""
    answer = await get("organizations/entities/")
    for row in _paging.items(answer.json()):
        one = reader.read(row, _wire_around.Entity)
        if one.id == own or (own is None and one.is_primary):
            return one
    raise InvalidInput(
        f"the setting entity is {own}, which is no company of the workspace"
        if own
        else "the workspace has no primary company",
        hint="set entity to an id of organizations/entities/",
    )


def refusal(path: str, why: str, accepts: str) -> InvalidInput:
    """Return the error of one problem that took a question to see."""
    problem = Problem(path, why, accepts)
    return InvalidInput(
        f"SpotDraft cannot be told this: {problem}",
        hint="nothing was written",
        problems=[problem],
    )
