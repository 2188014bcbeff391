"""What Coupa's adapter is tested with: payloads, and an adapter that reads them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from clm_bridge import Contract, Secret
from clm_bridge.adapter import Workspace
from clm_bridge.testing import play, reply
from clm_bridge_coupa import Coupa
from clm_bridge_coupa._config import Config

LOS_ANGELES = ZoneInfo("America/Los_Angeles")
PAYLOADS = Path(__file__).parent / "payloads"


def payload(name: str) -> Any:
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def row(**changes: Any) -> dict[str, Any]:
    """Return the documented contract with some keys changed; `_` stands for `-`."""
    told = {key.replace("_", "-"): value for key, value in changes.items()}
    return {**payload("contract"), **told}


def adapter(*, zone: Any = LOS_ANGELES, **settings: Any) -> Coupa:
    given = {"client_id": "app", "client_secret": Secret("s3"), "instance": "acme"}
    workspace = {
        name: settings.pop(name)
        for name in ("key_dates", "term", "value", "keep_raw")
        if name in settings
    }
    return Coupa(Config(**given | settings), Workspace(zone=zone, **workspace))


def read(told: Any, **settings: Any) -> Contract:
    """Read one contract as `contracts.get` does."""
    contract: Contract = play(
        adapter(**settings).get_contract("232"), reply(told)
    ).result
    return contract
