"""The plugin contract, and how the one plugin that is asked for is found."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING

import pluggy
from attrs import frozen

from ._adapter import Adapter
from ._errors import ConfigError
from ._fitting import fitting_adapter, fitting_sandbox, named

if TYPE_CHECKING:
    from .sandbox import Sandbox

GROUP = "clm_bridge"

hookspec = pluggy.HookspecMarker(GROUP)
hookimpl = pluggy.HookimplMarker(GROUP)


@frozen
class Exchange:
    """
    One request and its outcome, as observers see it: no header, body or query.

    ``path`` is a template, ``server`` the vendor's host and port, or None for a link
    that the vendor handed out.  ``seconds`` are those of the exchange; before it,
    ``paced`` were spent to keep the rate limit, and ``backed_off`` after the attempt
    that failed.  ``status`` is None if no answer could be read, and ``error`` is the
    name of the class of what went wrong, or "Cancelled".
    """

    vendor: str
    connection: str | None
    operation: str
    method: str
    path: str
    status: int | None
    seconds: float
    attempt: int
    server: str | None = None
    error: str | None = None
    request_id: str | None = None
    paced: float = 0.0
    backed_off: float = 0.0


@frozen
class Unknown:
    """
    A word or a field of the vendor's that the model does not know.

    ``kind`` is "status", "event" or "field"; ``word`` the vendor's word, or the
    field's path in ``source.raw``.  No value of a field is told.
    """

    vendor: str
    connection: str | None
    kind: str
    word: str


class Specs:
    """The hooks."""

    @hookspec(firstresult=True)
    def clm_bridge_adapter(self) -> type[Adapter] | None:
        """Return the class of this vendor's adapter."""

    @hookspec(firstresult=True)
    def clm_bridge_sandbox(self) -> type[Sandbox] | None:
        """Return the class of this vendor's sandbox; import it here, not before."""

    @hookspec
    def clm_bridge_exchange(self, exchange: Exchange) -> None:
        """Observe one exchange after it ended, from whichever thread made it."""

    @hookspec
    def clm_bridge_unknown(self, unknown: Unknown) -> None:
        """Observe a word, or a field of the first contract of a page, nobody knows."""


def vendors() -> dict[str, list[EntryPoint]]:
    """Return the installed vendors by name, without importing any."""
    found: dict[str, list[EntryPoint]] = {}
    for point in entry_points(group=GROUP):
        known = found.setdefault(point.name, [])
        if all(_owner(point) != _owner(other) for other in known):
            known.append(point)
    return dict(sorted(found.items()))


def load(vendor: str, plugins: Sequence[object] = ()) -> pluggy.PluginManager:
    """
    Import the one plugin called *vendor*; a broken neighbour cannot hurt it.

    One of *plugins* that has an adapter stands in for the installed one.
    """
    manager = pluggy.PluginManager(GROUP)
    manager.add_hookspecs(Specs)
    try:
        if not any(hasattr(one, "clm_bridge_adapter") for one in plugins):
            manager.register(_import(_only(vendor)), name=vendor)
        for plugin in plugins:
            manager.register(plugin)
        manager.check_pending()
    except pluggy.PluginValidationError as error:
        raise ConfigError(
            f"a plugin does not fit: {error}",
            hint="its hooks must be those of this version of clm-bridge",
        ) from None
    return manager


def adapter_class(manager: pluggy.PluginManager, vendor: str) -> type[Adapter]:
    """Ask the plugin for its adapter, and look whether it is one."""
    try:
        found: object = manager.hook.clm_bridge_adapter()
    except Exception as error:  # a plugin may fail in any way
        raise _failed("clm_bridge_adapter", vendor, error) from error
    if found is None:
        raise ConfigError(
            f"the plugin {vendor!r} has no adapter",
            hint="it must implement the hook clm_bridge_adapter, marked with @hookimpl",
        )
    return fitting_adapter(found, vendor)


def sandbox_class(manager: pluggy.PluginManager, vendor: str) -> type[Sandbox]:
    """Ask the plugin for its sandbox, and look whether it is one."""
    try:
        found: object = manager.hook.clm_bridge_sandbox()
    except ImportError as error:
        raise ConfigError(
            f"the sandbox of {vendor!r} cannot be imported: {error.msg}",
            hint="sandboxes need flask at least: pip install 'clm-bridge[sandbox]'",
        ) from error
    except Exception as error:  # a plugin may fail in any way
        raise _failed("clm_bridge_sandbox", vendor, error) from error
    if found is None:
        raise ConfigError(
            f"the plugin {vendor!r} has no sandbox",
            hint="leave out sandbox, and set the credentials of an account",
        )
    return fitting_sandbox(found, vendor)


def _only(vendor: str) -> EntryPoint:
    known = vendors()
    points = known.get(vendor, [])
    if not points:
        names = ", ".join(known) or "none"
        raise ConfigError(
            f"vendor {vendor!r} is not installed",
            hint=f"the installed vendors are: {names}",
        )
    if len(points) > 1:
        owners = " and ".join(sorted(_owner(point) for point in points))
        raise ConfigError(
            f"vendor {vendor!r} is claimed by {owners}", hint="uninstall one of them"
        )
    return points[0]


def _import(point: EntryPoint) -> object:
    try:
        return point.load()
    except (Exception, SystemExit) as error:  # a plugin may fail in any way
        raise ConfigError(
            f"the plugin {point.name!r} of {_owner(point)} cannot be imported: "
            f"{named(error)}",
            hint=f"reinstall or remove {_owner(point)}",
        ) from error


def _failed(hook: str, vendor: str, error: Exception) -> ConfigError:
    return ConfigError(
        f"the hook {hook} of plugin {vendor!r} failed: {named(error)}",
        hint="please report it to its author",
    )


def _owner(point: EntryPoint) -> str:
    return point.dist.name if point.dist else point.value
