"""``connections`` and ``config explain``: what is configured, and where."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from typing import Any

import click
from attrs import NOTHING, fields_dict, frozen

from .. import _hooks as hooks
from .._config import COMMON
from .._errors import ConfigError
from .._secrets import MASK
from .._settings import (
    Origin,
    connection_prefix,
    find_file,
    from_environment,
    originating,
    vendor_prefix,
)
from ._output import Column, View, emit, format_option
from ._text import shown
from ._where import Where, where_options


def file_or_refuse(path: str | None) -> Any:
    """Return the configuration file, or raise `ConfigError`."""
    file = find_file(path, os.environ)
    if file is None:
        raise ConfigError(
            "no configuration file was found",
            hint="write clm.toml in this folder, or set CLM_BRIDGE_CONFIG",
        )
    return file


@frozen
class Connection:
    """One connection as the file has it."""

    name: str
    vendor: str | None
    sandbox: bool
    is_default: bool
    file: str


CONNECTIONS: View[Connection] = View(
    [
        Column("name", lambda one: one.name),
        Column("vendor", lambda one: one.vendor),
        Column("default", lambda one: one.is_default),
        Column("sandbox", lambda one: one.sandbox),
        Column("file", lambda one: one.file),
    ],
    lambda one: {
        "name": one.name,
        "vendor": one.vendor,
        "default": one.is_default,
        "sandbox": one.sandbox,
        "file": one.file,
    },
)


@click.command()
@click.option("--config", metavar="PATH", help="The configuration file.")
@format_option
def connections(*, config: str | None, form: str) -> None:
    """List the configured connections."""
    file = file_or_refuse(config)
    default = file.default or (
        next(iter(file.connections)) if len(file.connections) == 1 else None
    )
    found = [
        Connection(
            name=name,
            vendor=told.get("vendor"),
            sandbox=told.get("sandbox") is True,
            is_default=name == default,
            file=str(file.path),
        )
        for name, told in file.connections.items()
    ]
    emit(form, CONNECTIONS, found)


@frozen
class Setting:
    """One setting: what it is, where it comes from, and what it is for."""

    key: str
    value: str
    where: str
    says: str


SETTINGS: View[Setting] = View(
    [
        Column("setting", lambda one: one.key),
        Column("value", lambda one: one.value, shrinks=True),
        Column("from", lambda one: one.where),
        Column("says", lambda one: one.says, shrinks=True),
    ],
    lambda one: {
        "setting": one.key,
        "value": one.value,
        "from": one.where,
        "says": one.says,
    },
)


@click.group()
def config() -> None:
    """Explain where each setting comes from."""


@config.command("explain")
@format_option
@where_options
def explain(*, where: Where, form: str) -> None:
    """Print each setting and where it comes from; secrets are masked."""
    told = gathered(where)
    try:
        told = {**where.settings().origins, **told}
    finally:
        emit(form, SETTINGS, explained(told))
    click.echo("these settings are valid", err=True)


def gathered(where: Where) -> Mapping[str, Origin]:
    """Return a connection's settings, each with its origin, before any is checked."""
    if where.sandbox is not None:
        return originating({"vendor": where.sandbox, "sandbox": True}, "--sandbox")
    file = file_or_refuse(where.config)
    name, table = file.connection(where.connection)
    told = originating(table, str(file.path))
    told |= from_environment(connection_prefix(name), os.environ)
    vendor = told["vendor"].value if "vendor" in told else ""
    wide = from_environment(vendor_prefix(str(vendor)), os.environ) if vendor else {}
    own = own_settings(told)
    return {key: one for key, one in wide.items() if key in own} | told


def own_settings(told: Mapping[str, Origin]) -> Mapping[str, Any]:
    """Return the fields of the vendor's ``Config``; none if it cannot be loaded."""
    vendor = told["vendor"].value if "vendor" in told else None
    try:
        manager = hooks.load(str(vendor))
        return fields_dict(hooks.adapter_class(manager, str(vendor)).Config)
    except ConfigError:
        return {}


def explained(told: Mapping[str, Origin]) -> Iterator[Setting]:
    """Yield what is set, then what is left at its default."""
    own = own_settings(told)
    says = {key: one.metadata.get("says", "") for key, one in own.items()}
    says |= COMMON
    for key, origin in told.items():
        open_ = key in COMMON or (key in own and not own[key].metadata.get("secret"))
        value = spelled(origin.value, is_open=open_)
        yield Setting(key, value, origin.where, says.get(key, "not a known setting"))
    for key in (key for key in says if key not in told):
        default = own[key].default if key in own else None
        missing = default is NOTHING
        value = "" if missing or default is None else spelled(default, is_open=True)
        yield Setting(key, value, "missing" if missing else "default", says[key])


def spelled(value: Any, *, is_open: bool) -> str:
    """Return a setting's value, or its reference; a literal secret is masked."""
    if isinstance(value, Mapping) and set(value) == {"env"}:
        return f"environment variable {value['env']}"
    if isinstance(value, Mapping) and set(value) == {"cmd"}:
        return "output of a command"
    if isinstance(value, Mapping) and set(value) == {"keyring", "user"}:
        return f"keyring {value['keyring']}"
    if not is_open:
        return MASK
    if isinstance(value, Mapping):
        return ", ".join(f"{key} = {told}" for key, told in value.items())
    named = re.sub(r"//.*@", f"//{MASK}@", shown(value))
    return re.sub(r"(://[^?#]*[?#]).*", rf"\1{MASK}", named)
