"""
The business groups of a contract, which the contract itself calls content groups.

https://compass.coupa.com/_dita_/en-us/documentation/plat/integ/core_api_and_csv_download_formats/misc/R39/R39_Core_Platform_API.json
"""

from __future__ import annotations

from ._answers import Answer, Route, body
from ._contract import CONTRACT
from ._errors import Refusal
from ._lists import listed
from ._models import GROUP
from ._schema import Record
from ._world import World
from ._write import referenced


def _index(world: World, id: int) -> Answer:
    return listed(world, GROUP, world.get("contract", id)["content-groups"])


def _show(world: World, id: int, gid: int) -> Answer:
    held = {group["id"] for group in world.get("contract", id)["content-groups"]}
    return Answer(GROUP, world.get("content-group", gid if gid in held else -1))


def _add(world: World, id: int, gid: int | None = None) -> Answer:
    group = _named(world, gid)
    groups = world.get("contract", id)["content-groups"]
    return _set(world, id, groups if group in groups else [*groups, group])


def _remove(world: World, id: int, gid: int | None = None) -> Answer:
    group = _named(world, gid)
    groups = world.get("contract", id)["content-groups"]
    return _set(world, id, [each for each in groups if each is not group])


def _remove_all(world: World, id: int) -> Answer:
    return _set(world, id, [])


def _named(world: World, gid: int | None) -> Record:
    """Find the group of the path, or else of the body."""
    if gid is not None:
        return world.get("content-group", gid)
    try:
        group = referenced(world, "business-group", "content-group", body())
    except ValueError as error:
        raise Refusal("Business group can't be blank", model="contract") from error
    if group is None:
        raise Refusal("Business group is invalid", model="contract")
    return group


def _set(world: World, id: int, groups: list[Record]) -> Answer:
    contract = world.get("contract", id)
    contract["content-groups"] = groups
    world.touch(contract)
    return Answer(CONTRACT, contract)


_ALL = "/api/contracts/<int:id>/business_groups"
_READ, _WRITE = "core.contract.read", "core.contract.write"

ROUTES = (
    Route("GET", _ALL, _READ, _index),
    Route("GET", f"{_ALL}/<int:gid>", _READ, _show),
    Route("PUT", f"{_ALL}/add", _WRITE, _add),
    Route("PUT", f"{_ALL}/remove", _WRITE, _remove),
    Route("PUT", f"{_ALL}/remove_all", _WRITE, _remove_all),
    Route("PUT", f"{_ALL}/<int:gid>/add", _WRITE, _add),
    Route("PUT", f"{_ALL}/<int:gid>/remove", _WRITE, _remove),
)
