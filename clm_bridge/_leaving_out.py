"""Taking a path out of what is to be said: what is left is said without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from attrs import NOTHING, evolve, fields_dict, has

from ._particulars import NewContract, NewCounterparty
from ._saying import NOT_SAID
from ._values import Term

WITH_IT = re.compile(r"external_link(\.(id|system))?")
"""Parts of a link without which the rest of it says nothing."""


def stem(path: str) -> str:
    """Return a path without the place in a list, or the key, that ends it."""
    return path.partition("[")[0]


def without(new: NewContract, paths: Iterable[str]) -> NewContract:
    """Return *new* without what is said at these paths."""
    told = list(paths)
    for path in told:
        known = _LISTED.get(stem(path))
        if known is None:
            new = _emptied(new, path.split("."))
    for name, drop in _LISTED.items():
        own = [path for path in told if stem(path) == name]
        if own:
            new = drop(new, own)
    return _tidied(new)


def _emptied(record: Any, steps: list[str]) -> Any:
    """Put an attribute, or one below it, back to what says nothing."""
    name, *below = steps
    cls = type(record)
    if WITH_IT.fullmatch(".".join(steps)):
        return evolve(record, external_link=None)
    if not has(cls) or name not in fields_dict(cls):
        return record
    value = getattr(record, name)
    if below and has(type(value)) and below[0] in fields_dict(type(value)):
        return evolve(record, **{name: _emptied(value, below)})
    return evolve(record, **{name: _nothing(cls, name)})


def _nothing(cls: type, name: str) -> Any:
    """Return what an attribute holds when nothing is said."""
    default: Any = fields_dict(cls)[name].default
    if default is NOTHING:
        return None
    return default.factory() if hasattr(default, "factory") else default


def _signatories(new: NewContract, paths: list[str]) -> NewContract:
    places = {int(at) for path in paths for at in re.findall(r"\[(\d+)\]", path)[:1]}
    every = any(path == "signatories" for path in paths)
    kept = [
        one
        for place, one in enumerate(new.signatories)
        if not every and place not in places
    ]
    return evolve(new, signatories=kept)


def _fields(new: NewContract, paths: list[str]) -> NewContract:
    every = "fields" in paths
    kept = {
        key: value
        for key, value in new.fields.items()
        if not every and not any(path.startswith(f"fields[{key!r}]") for path in paths)
    }
    return evolve(new, fields=kept)


_LISTED: Mapping[str, Callable[[NewContract, list[str]], NewContract]] = {
    "signatories": _signatories,
    "fields": _fields,
}


def _tidied(new: NewContract) -> NewContract:
    """Drop the parts in which nothing is left."""
    party = new.counterparty
    if party is not None and party.contact is not None:
        contact = party.contact
        if contact.email in NOT_SAID and contact.name in NOT_SAID:
            party = evolve(party, contact=None)
    if party == NewCounterparty():
        party = None
    term = None if new.term == Term() else new.term
    return evolve(new, counterparty=party, term=term)
