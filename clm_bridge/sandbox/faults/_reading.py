"""Rules as they are written down: in a file, or in the body of a request."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ._rules import Rule, rule


def read(told: object) -> Sequence[Rule]:
    """Return the rules of a JSON value: one rule, or a list of them."""
    several = told if isinstance(told, list) else [told]
    return [_one(each) for each in several]


def _one(told: object) -> Rule:
    if not isinstance(told, Mapping) or not isinstance(told.get("fault"), str):
        raise ValueError("a rule is an object that names its fault")
    return rule(**told)


def load(path: Path) -> Mapping[str | None, Sequence[Rule]]:
    """
    Return the rules of a file, TOML or JSON, by the vendor that they are for.

    TOML has them in ``[[faults]]``, JSON in a list.  A rule without ``vendor`` is for
    every vendor, under None.
    """
    found: dict[str | None, list[Rule]] = {}
    for told in _written(path):
        each = dict(told) if isinstance(told, Mapping) else told
        vendor = each.pop("vendor", None) if isinstance(each, dict) else None
        found.setdefault(vendor, []).append(_one(each))
    return found


def _written(path: Path) -> Sequence[Any]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        told = json.loads(text)
        return told if isinstance(told, list) else [told]
    listed = tomllib.loads(text).get("faults")
    if not isinstance(listed, list):
        raise ValueError("there is no [[faults]] in it")
    return listed
