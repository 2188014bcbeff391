"""What contracts are to each other."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue

from ._asked import paged
from ._bodies import Key, integer, one_of, read
from ._errors import Refusal, invalid
from ._records import Contract
from ._times import instant
from ._world import World

TYPES = ("CHILD", "ADDENDUM", "AMENDMENT", "PARENT")
RELATION = {
    "related_contract_id": Key(integer, required=True),
    "relation_type": Key(one_of(TYPES), required=True),
}


def index(world: World, number: int) -> ResponseReturnValue:
    """List related contracts: what each is to this one."""
    return paged(world.related(world.by_number(number)), _row)


def _row(found: tuple[int, str, Contract]) -> dict[str, Any]:
    own, kind, one = found
    return {
        "id": own,
        "contract": {
            "id": one.number,
            "name": one.name,
            "counter_party_list": [party.name for party in one.parties],
            "display_status": one.status,
        },
        "relation_type": kind,
    }


def relate(world: World, number: int) -> ResponseReturnValue:
    """Relate two contracts, where neither is above itself then."""
    own = world.by_number(number).number
    told = read(RELATION)
    other, kind = _other(world, told["related_contract_id"]), told["relation_type"]
    parent, child = (other, own) if kind == "PARENT" else (own, other)
    if world.is_beneath(parent, child):
        detail = "The relation would be circular."
        raise Refusal(400, {"detail": detail, "code": "SD_CONTRACTS_00093"})
    below = "CHILD" if kind == "PARENT" else kind
    kept = world.relate(parent=parent, child=child, type=below)
    answer = {
        "id": kept.id,
        "related_contract_id": other,
        "relation_type": kind,
        "created": instant(kept.created_at),
    }
    return answer, 201


def _other(world: World, told: Any) -> int:
    """Return the integer of the other contract, or refuse the key."""
    try:
        return world.by_number(int(told)).number
    except Refusal as error:
        raise invalid({"related_contract_id": ["Unknown contract"]}) from error


ROUTES = (
    ("GET", "/contracts/<int:number>/related_contracts/", index),
    ("POST", "/contracts/<int:number>/contract_relation/", relate),
)
