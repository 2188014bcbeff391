"""
Members of the workspace.

https://alpha.developer.tomorro.com/api-reference/2025-01-15-init/members/list-members
"""

from __future__ import annotations

from typing import Any

from ._bodies import Body, body
from ._envelopes import paginated
from ._filters import Filter, check, word
from ._ids import path_id
from ._paging import NEWEST, Order, ordered, page
from ._records import Member
from ._refusals import Refusal, missing
from ._times import stamp
from ._world import World

ROLES = ("USER", "MANAGER", "ADMIN")
STATUSES = ("active", "disabled", "pending")
ORDER: Order = {
    "id": lambda one: one.id,
    "role": lambda one: one.role,
    "status": lambda one: one.status,
    "createdAt": lambda one: one.created_at,
    "updatedAt": lambda one: one.updated_at,
}
FILTERS = {
    "status": Filter(lambda one: one.status, word(*STATUSES), ("ne", "in")),
    "role": Filter(lambda one: one.role, word(*ROLES), ("ne", "in")),
}


def list_members(world: World) -> Any:
    """List the members."""
    records = world.state.members.values()
    return paginated(page(ordered(records, ORDER, NEWEST), check(FILTERS)), _body)


def get_member(world: World, id: str) -> Any:
    """Show one member."""
    return _body(_member(world, id))


def create_member(world: World) -> Any:
    """Add a member, who is pending unless invited."""
    told = body()
    user = told.object("user") or Body({}, "user.", told.problems)
    # The quickstart sends the address as username, with no user.
    email = told.email("username") or user.email("email") or user.need("email")
    first, last = user.text("firstName"), user.text("lastName")
    role, groups = told.word("role", ROLES) or "USER", told.texts("groupIds")
    status = "active" if told.flag("sendInvitation") else "pending"
    told.check()
    if world.state.by_email(email) is not None:
        raise Refusal(409, "Member already exists")
    own, now = world.state.new_id("member"), world.now()
    record = Member(own, email, first or "", last or "", role, status, now, now, groups)
    world.state.members[own] = record
    return _body(record)


def update_member(world: World, id: str) -> Any:
    """Change what the body holds; groupIds replace."""
    record, told = _member(world, id), body()
    role, status = told.word("role", ROLES), told.word("status", STATUSES)
    first, last = told.text("firstname"), told.text("lastname")
    email, groups = told.email("email"), told.texts("groupIds")
    told.texts("folderIds")
    told.flag("resendInvitation")
    told.id("substituteId")
    told.check()
    if email is not None and world.state.by_email(email) not in (None, record):
        raise Refusal(409, "Member already exists")
    record.role, record.status = role or record.role, status or record.status
    record.firstname, record.lastname = (
        first or record.firstname,
        last or record.lastname,
    )
    record.email = email or record.email
    record.groups = groups if "groupIds" in told.told else record.groups
    record.updated_at = world.now()
    return _body(record)


def _member(world: World, id: str) -> Member:
    found = world.state.members.get(path_id(id))
    if found is None:
        raise missing("Member")
    return found


def _body(record: Member) -> dict[str, Any]:
    return {
        "id": record.id,
        "role": record.role,
        "status": record.status,
        "user": {
            "email": record.email,
            "firstname": record.firstname,
            "lastname": record.lastname,
        },
        "groupIds": record.groups,
        "createdAt": stamp(record.created_at),
        "updatedAt": stamp(record.updated_at),
    }
