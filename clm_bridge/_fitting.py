"""
Whether what a plugin hands over is what was asked for.

A plugin that does not fit is refused when it is loaded, with its name and what it
lacks, before its mistake shows as a stranger's traceback.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import has, resolve_types

from ._adapter import Adapter
from ._errors import ConfigError
from ._queries import FILTERS

if TYPE_CHECKING:
    from .sandbox import Sandbox

_OF_ADAPTERS = ("name", "title", "Config", "rate", "statuses")
_OF_SANDBOXES = ("vendor", "origin", "assumptions")


def named(error: BaseException) -> str:
    """Name an error by its class and place; its text may hold anything."""
    kind = type(error).__name__
    if isinstance(error, ImportError):
        return f"{kind}: {error.msg}"
    if isinstance(error, SyntaxError):
        return f"{kind} at {Path(error.filename or '').name}:{error.lineno}"
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{kind} at {Path(frame.filename).name}:{frame.lineno}"


def fitting_adapter(found: object, vendor: str) -> type[Adapter]:
    """Return *found* if it is the class of an adapter for *vendor*."""
    if not isinstance(found, type) or not issubclass(found, Adapter):
        raise _no_class("adapter", vendor, found)
    _refuse_lacks(found, _OF_ADAPTERS, "adapter", vendor)
    _check_config(found.Config, vendor)
    if found.name != vendor:
        raise ConfigError(
            f"the adapter of plugin {vendor!r} calls itself {found.name!r}",
            hint="its name and the name of its entry point must be one",
        )
    odd = {*found.filters, *found.coarse, *found.row_answers} - FILTERS
    if odd:
        raise ConfigError(
            f"the adapter of plugin {vendor!r} declares {_listed(odd)} as filters",
            hint=f"there are {_listed(FILTERS)}",
        )
    return found


def fitting_sandbox(found: object, vendor: str) -> type[Sandbox]:
    """Return *found* if it is the class of a sandbox that can be started."""
    from .sandbox import Sandbox

    if not isinstance(found, type) or not issubclass(found, Sandbox):
        raise _no_class("sandbox", vendor, found)
    needed = (*_OF_SANDBOXES, *sorted(found.__abstractmethods__))
    _refuse_lacks(found, needed, "sandbox", vendor)
    return found


def check_built(adapter: Adapter) -> Adapter:
    """Return *adapter* if its ``__init__`` said whom to call, and how to sign."""
    _refuse_lacks(adapter, ("base_url", "auth"), "adapter", adapter.name)
    return adapter


def _check_config(config: type, vendor: str) -> None:
    if not has(config):
        raise ConfigError(
            f"the Config of plugin {vendor!r} is not a class of attrs",
            hint="decorate it with attrs.frozen",
        )
    try:
        resolve_types(config)
    except NameError as error:
        raise ConfigError(
            f"the Config of plugin {vendor!r} has a type that cannot be found: "
            f"{error.name}",
            hint="import it where it is read at run time, not for type checkers alone",
        ) from error


def _no_class(role: str, vendor: str, found: object) -> ConfigError:
    kind = found.__name__ if isinstance(found, type) else type(found).__name__
    needed = role.capitalize()
    return ConfigError(
        f"the plugin {vendor!r} has no {role}: clm_bridge_{role} returned {kind}",
        hint=f"it must return a subclass of {needed}, the class and not an instance",
    )


def _refuse_lacks(found: object, names: Iterable[str], role: str, vendor: str) -> None:
    absent = frozenset(getattr(found, "__abstractmethods__", ()))
    lacks = [one for one in names if one in absent or not hasattr(found, one)]
    if lacks:
        raise ConfigError(
            f"the {role} of plugin {vendor!r} lacks {_listed(lacks)}",
            hint="see 'Writing an adapter' in the documentation",
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
