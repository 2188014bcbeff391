"""Whose a contract is in the workspace, and who may see it."""

from __future__ import annotations

from flask.typing import ResponseReturnValue

from ._asked import paged
from ._bodies import Key, boolean, integer, read
from ._errors import invalid
from ._world import World

OWNER = {
    "user_id": Key(integer, required=True),
    "update_user_task_on_bu_update": Key(boolean),
}


def change_owner(world: World, number: int) -> ResponseReturnValue:
    """Make an active member the business user."""
    contract = world.by_number(number)
    user = world.workspace.users.get(int(read(OWNER)["user_id"]))
    if user is None or not user.is_active:
        raise invalid({"user_id": ["Unknown user"]})
    world.change(contract, business_user=user)
    return {"user_id": user.id, "type": "BUSINESS", "contract_id": number}


def authorized(world: World, number: int) -> ResponseReturnValue:
    """List who has access: the creator, the owner and whoever approves."""
    contract = world.by_number(number)
    approvers = (one.user for one in contract.approvals if one.user)
    people = {one.id: one for one in (contract.created_by, contract.owner, *approvers)}
    return paged(
        list(people.values()),
        lambda one: {
            "id": one.id,
            "first_name": one.first_name,
            "last_name": one.last_name,
            "email": one.email,
            "designation": one.designation,
        },
    )


ROUTES = (
    ("PATCH", "/contracts/<int:number>/business_user/", change_owner),
    ("GET", "/contracts/<int:number>/authorized_users/", authorized),
)
