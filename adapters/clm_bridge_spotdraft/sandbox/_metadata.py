"""External metadata: the record in somebody else's system (documented)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask.typing import ResponseReturnValue

from ._bodies import Key, read
from ._contract_bodies import METADATA, external_metadata
from ._errors import coded
from ._world import World

CONFIGURATIONS = {"2a2340fb-1af6-401e-a04c-c69a14c798b1": "Deal"}
"""The workspace's object configurations and the record type of each."""


def accepted(told: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return metadata as it is kept, or refuse its configuration."""
    configuration = told.get("object_configuration_id")
    if configuration is not None:
        _check_configuration(configuration, told.get("record_type"))
    return {name: told[name] for name in METADATA if name in told}


def _check_configuration(configuration: str, record_type: str | None) -> None:
    expected = CONFIGURATIONS.get(configuration)
    if expected is None:
        detail = "No entity was found for this object configuration id."
        raise coded(404, "SD_INTEGRATIONS_00021", detail)
    if record_type != expected:
        detail = "The record type does not match the object configuration."
        raise coded(400, "SD_INTEGRATIONS_00030", detail)


def show(world: World, id: str) -> ResponseReturnValue:
    """Show a contract's metadata, or null (A20)."""
    return {"external_metadata": world.by_id(id).metadata}


def replace(world: World, id: str) -> ResponseReturnValue:
    """Replace a contract's metadata as a whole (A19)."""
    contract = world.by_id(id)
    told = read({"external_metadata": Key(external_metadata, required=True)})
    metadata = accepted(told["external_metadata"])
    changed = world.change(contract, metadata=metadata)
    return {"external_metadata": changed.metadata}


ROUTES = (
    ("GET", "/contracts/<id>/external_metadata", show),
    ("POST", "/contracts/<id>/external_metadata", replace),
)
