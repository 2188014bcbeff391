"""What Tryton's adapter is tested with: recorded answers, and what reads them."""

from __future__ import annotations

import json
import sys
from base64 import urlsafe_b64decode
from copy import deepcopy
from pathlib import Path

import pytest

from clm_bridge import Secret
from clm_bridge.adapter import Response, Workspace
from clm_bridge.testing import play, reply

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "adapters" / "clm_bridge_tryton"
PAYLOADS = Path(__file__).parent / "payloads"

if not PACKAGE.is_dir():
    pytest.skip("the wheel has no adapter for Tryton", allow_module_level=True)

sys.path.insert(0, str(PACKAGE))

from clm_bridge_tryton import Tryton  # noqa: E402  # found by the line above
from clm_bridge_tryton._config import Config  # noqa: E402  # the same


def recorded(name):
    """What the real server answered: status, headers, and body."""
    return json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))


def body(name):
    """The JSON of a recorded answer, to be changed at will."""
    return deepcopy(recorded(name)["body"])


def answered(name):
    """A recorded answer as it came."""
    told = recorded(name)
    if isinstance(told["body"], str):
        return Response(told["status"], told["headers"], told["body"].encode())
    return reply(told["body"], told["status"], headers=told["headers"])


def row(**changes):
    """The recorded agreement that runs, with some keys changed."""
    return {**body("running"), **changes}


def adapter(**settings):
    """An adapter with these settings; those of the workspace are told apart."""
    known = ("keep_raw", "key_dates", "term", "value", "zone")
    workspace = {name: settings.pop(name) for name in known if name in settings}
    given = {
        "base_url": "https://tryton.example.com",
        "database": "clm",
        "key": Secret("k3y"),
    }
    return Tryton(Config(**given | settings), Workspace(**workspace))


def read(told, **settings):
    """Read one agreement as `contracts.get` does."""
    return play(adapter(**settings).get_contract("1"), reply(told)).result


def unpacked(request, name="d"):
    """What a request says in base64url."""
    return json.loads(urlsafe_b64decode(request.params[name]))
