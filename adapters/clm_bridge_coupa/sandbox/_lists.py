"""One page of the records of a model that a query asks for."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

from ._answers import Answer
from ._errors import Refusal
from ._paging import ordered, page
from ._query import read_conditions
from ._schema import Model, Record
from ._world import World

_UNDOCUMENTED = ("custom-fields", "external-contract-id")
"""What no documentation shows as a condition."""


def listed(
    world: World, model: Model, records: Iterable[Record] | None = None
) -> Answer:
    """Filter, sort and cut as the query says."""
    switches = world.switches
    conditions = read_conditions(
        model,
        request.args.items(multi=True),
        fold_case=switches.fold_case,
        closed=() if switches.query_any_attribute else _UNDOCUMENTED,
    )
    if "filter" in request.args:
        raise Refusal(f"Unknown filter {request.args['filter']}.", model=model.name)
    everything = world.all(model.name).values() if records is None else records
    found = [r for r in everything if all(each.holds(r) for each in conditions)]
    found = ordered(model, found, request.args)
    return Answer(model, page(found, request.args, clamp=switches.clamp_limit))
