"""A contract before anything is known of it."""

from __future__ import annotations

from ._company import EVERYONE
from ._models import MODELS
from ._schema import Many, Record
from ._world import World

_ANYTIME = {f"day{day}": "anytime" for day in range(7)}

_FLAGS = (
    "auto-extend-end-date-for-renewal terminated strict-invoicing-rules"
    " used-for-buying supplier-invoiceable is-default use-order-windows"
    " use-online-signing fill-with-counterparty"
)


def blank(world: World) -> Record:
    """Return a contract of which nothing is known; it has no author yet."""
    model = MODELS["contract"]
    record: Record = {
        name: [] if isinstance(attribute, Many) else None
        for name, attribute in model.attributes.items()
    }
    del record["created-by"], record["updated-by"]
    record |= dict.fromkeys(_FLAGS.split(), False)
    record |= {name: [] for name in ("contract-terms", "tags", "taggings")}
    record |= {"schedule": dict(_ANYTIME), "stop-spend-based-on-max-value": "no"}
    record["version"] = 1
    record["type"] = "Contract"
    record["content-groups"] = [world.all("content-group")[EVERYONE]]
    record["custom-fields"] = dict.fromkeys(MODELS["custom-field"].attributes)
    return record
