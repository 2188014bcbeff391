"""What SpotDraft's adapter is tested with: documented payloads, and an adapter."""

from __future__ import annotations

import json
from pathlib import Path

from clm_bridge.adapter import Query, Secret, Workspace
from clm_bridge.testing import play, reply
from clm_bridge_spotdraft import SpotDraft
from clm_bridge_spotdraft._config import Config

PAYLOADS = Path(__file__).parent / "payloads"


def payload(name):
    return json.loads((PAYLOADS / f"{name}.json").read_text())


def adapter(config=None, **workspace):
    chosen = config or Config("id", Secret("hush"))
    return SpotDraft(chosen, Workspace("acme", **workspace))


def details(metrics=None):
    """Key pointers, metrics and recipients, in the order they are asked for."""
    answered = reply(metrics if metrics else payload("process_metrics"))
    return reply(payload("key_pointers")), answered, reply(payload("recipients"))


def one_row(**changes):
    listed = payload("contracts")
    return {**listed["results"][0], **changes}


def listed(*rows, total=None):
    return reply(
        {"page": 1, "limit": 100, "total_results": total or len(rows), "results": rows}
    )


def first_row(adapter, row):
    return play(adapter.list_contracts(Query(), None), listed(row)).result.items[0]
