"""Approvals and comments: as they come, and as ours."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import define

from clm_bridge.adapter import (
    Approval,
    ApprovalStatus,
    Comment,
    Id,
    Person,
    PersonRole,
    Reader,
    wire,
)

from . import _paging

# Coupa names some words in passing; that of an approval that waits is inferred.
_STATUSES = {
    "approved": ApprovalStatus.APPROVED,
    "rejected": ApprovalStatus.REJECTED,
    "skipped": ApprovalStatus.SKIPPED,
    "pending_approval": ApprovalStatus.PENDING,
    "pending": ApprovalStatus.PENDING,
}


@define
class _Approver:
    """A user, who has a full name, or a group, which has a name."""

    id: Id | None = None
    fullname: str | None = None
    name: str | None = None
    email: str | None = None


# resources/transactional-resources/approvals-api-(approvals)
@define
class _Approval:
    id: Id
    status: str | None = None
    position: int | None = None
    approver: _Approver | None = None
    note: str | None = None
    approval_date: datetime | None = wire("approval-date", default=None)
    type: str | None = None


_APPROVAL_FIELDS = (
    '["id","status","position","note","approval_date","type",'
    '{"approver":["id","fullname","name","email"]}]'
)


# R39_Core_Platform_API.json, from R38 on
@define
class _Comment:
    id: Id
    comments: str | None = None
    created_at: datetime | None = wire("created-at", default=None)
    created_by: _Approver | None = wire("created-by", default=None)


async def approvals(reader: Reader, contract_id: str) -> Sequence[Approval]:
    """Query the approvals of a contract, in the order of their positions."""
    asked = {
        "approvable-type": "Contract",
        "approvable-id": contract_id,
        "fields": _APPROVAL_FIELDS,
    }
    found = await _paging.walk(reader, _Approval, "approvals", asked)
    return [_approval(one) for one in sorted(found, key=_place)]


async def comments(reader: Reader, contract_id: str) -> Sequence[Comment]:
    """Walk the comments of a contract by id, which is by age."""
    path = "contracts/{id}/comments"
    found = await _paging.walk(reader, _Comment, path, {}, id=contract_id)
    return [_comment(one) for one in found]


def _place(row: _Approval) -> tuple[int, int]:
    """Return where an approval stands in its chain."""
    return (0 if row.position is None else row.position, int(row.id))


def _approval(row: _Approval) -> Approval:
    """Return an approval; a word that is not known is kept."""
    return Approval(
        id=row.id,
        status=_STATUSES.get(row.status or "", ApprovalStatus.UNKNOWN),
        word=row.status,
        name=row.type or None,
        approver=_person(PersonRole.APPROVER, row.approver),
        note=row.note or None,
        decided_at=row.approval_date,
    )


def _comment(row: _Comment) -> Comment:
    """Return what somebody said."""
    author = _person(PersonRole.AUTHOR, row.created_by)
    return Comment(row.id, row.comments or "", author, row.created_at)


def _person(role: PersonRole, told: _Approver | None) -> Person | None:
    if told is None:
        return None
    name = told.fullname or told.name or None
    return Person(role, name, told.email or None, told.id)
