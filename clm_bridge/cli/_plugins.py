"""The installed vendors, each imported on its own, so that a broken one is named."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint

from attrs import frozen

from .. import _hooks as hooks
from .._adapter import Adapter
from .._errors import ConfigError
from .._fitting import named


@frozen
class Plugin:
    """An installed vendor: its adapter, or what is wrong with it."""

    name: str
    package: str
    adapter: type[Adapter] | None = None
    error: ConfigError | None = None
    cause: str | None = None


def installed() -> list[Plugin]:
    """Return every installed vendor."""
    return [plugin(name) for name in hooks.vendors()]


def plugin(name: str) -> Plugin:
    """Import one vendor; what is wrong with it is part of the answer."""
    package = ", ".join(_package(point) for point in hooks.vendors().get(name, []))
    try:
        adapter = hooks.adapter_class(hooks.load(name), name)
    except ConfigError as error:
        return Plugin(name, package, error=error, cause=_cause(error))
    return Plugin(name, package, adapter)


def adapters(names: Sequence[str]) -> list[type[Adapter]]:
    """Return the adapters of *names*, or raise `ConfigError` for the first broken."""
    found = []
    for name in names:
        found.append(hooks.adapter_class(hooks.load(name), name))
    return found


def _package(point: EntryPoint) -> str:
    if point.dist is None:
        return point.value
    return f"{point.dist.name} {point.dist.version}"


def _cause(error: ConfigError) -> str:
    """Name what the plugin died of, or what it lacks."""
    return named(error.__cause__) if error.__cause__ else error.message
