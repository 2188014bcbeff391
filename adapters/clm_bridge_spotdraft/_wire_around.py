"""What stands around contracts, key for key, and what answers to writing them."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

from clm_bridge.adapter import Id

from . import _wire


# https://api.spotdraft.com/api/docs/ : POST /contracts/ and the three uploads
@frozen
class Created:
    id: Id


@frozen
class Entity:
    id: Id
    reference_id: str | None = None
    is_primary: bool | None = None


@frozen
class Member:
    id: Id
    email: str | None = None
    is_active: bool | None = None


@frozen
class ApprovalAction:
    status: str | None = None
    notes: str | None = None
    action_notes: str | None = None  # the same, in the document of 2024
    created: datetime | None = None
    latest: bool | None = None


# https://api.spotdraft.com/api/docs/ : GET /contracts/approvals/{id}/
@frozen
class ApprovalTold:
    id: Id
    approval_name: str | None = None
    notes: str | None = None
    status: str | None = None
    org_user: _wire.User | None = None
    # The same two in the document of 2024.
    current_status: str | None = None
    approver: _wire.User | None = None


@frozen
class ApprovalItem:
    approval: ApprovalTold
    approval_actions: tuple[ApprovalAction, ...] | None = None


@frozen
class Approvals:
    results: tuple[ApprovalItem, ...]


@frozen
class RelatedContract:
    id: Id
    name: str | None = None


# https://api.spotdraft.com/api/docs/ : GET /contracts/{id}/related_contracts/
@frozen
class Related:
    contract: RelatedContract
    relation_type: str | None = None


@frozen
class Reply:
    id: Id
    comment: str


# https://api.spotdraft.com/api/docs/ : GET /contracts/{id}/comments/
@frozen
class CommentRow:
    id: Id
    comment: str
    replies: tuple[Reply, ...] | None = None
