"""What to write into the mapping, where that is all that is missing."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve

from .._leaving_out import stem
from .._models import Contract
from .._problems import Problem
from ._wanted import known

TABLES: Mapping[str, str] = {
    "type": "types",
    "template": "templates",
    "owner": "owners",
    "counterparty.contact.email": "contacts",
    "counterparty.contact.name": "contacts",
}


def advised(contract: Contract, problem: Problem) -> Problem:
    """Add to a problem what the mapping could say."""
    ref = {"type": contract.type, "template": contract.template}.get(problem.path)
    table = TABLES.get(stem(problem.path))
    if table is None:
        return problem
    name = next(filter(None, reversed(known(ref))), "*")
    if table == "contacts" and contract.counterparty is not None:
        name = contract.counterparty.name
    hint = f"map {name!r} under [{table}]"
    accepts = f"{problem.accepts}: {hint}" if problem.accepts else hint
    return evolve(problem, accepts=accepts)
