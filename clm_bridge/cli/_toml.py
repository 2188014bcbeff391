"""TOML as far as a configuration file needs it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from .._secrets import Secret

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def table(name: str, settings: Mapping[str, Any]) -> str:
    """Return a table; mappings in it become tables of their own, below."""
    flat = {k: v for k, v in settings.items() if not isinstance(v, Mapping)}
    lines = [f"[{name}]", *(f"{_key(k)} = {value(v)}" for k, v in flat.items())]
    below = [
        table(f"{name}.{_key(key)}", told)
        for key, told in settings.items()
        if isinstance(told, Mapping)
    ]
    return "\n".join([*lines, *below])


def value(told: Any) -> str:
    """Return a value as TOML spells it; the caller may show a `Secret`."""
    if isinstance(told, Secret):
        return value(told.reveal())
    if isinstance(told, list | tuple):
        return f"[{', '.join(value(one) for one in told)}]"
    if isinstance(told, Mapping):
        inside = ", ".join(f"{_key(k)} = {value(v)}" for k, v in told.items())
        return f"{{ {inside} }}"
    return json.dumps(told, ensure_ascii=False).replace("\x7f", "\\u007f")


def dotted(*names: str) -> str:
    """Return a table's name from its parts."""
    return ".".join(_key(name) for name in names)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
