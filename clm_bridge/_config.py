"""From raw settings to everything a bridge is built from; each fault says its key."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, evolve, field, fields_dict, frozen, resolve_types
from pluggy import PluginManager

from ._adapter import Adapter
from ._errors import ConfigError
from ._fitting import check_built
from ._hooks import adapter_class, load, sandbox_class
from ._limits import Rate
from ._origin import check_origin
from ._secrets import Secret, Unseen, bare
from ._settings import (
    Origin,
    connection_prefix,
    find_file,
    from_environment,
    originating,
    vendor_prefix,
)
from ._typed import (
    check_present,
    figure,
    file_path,
    flag,
    own_setting,
    rate,
    rates_folder,
    secrets,
    zone,
)
from ._workspace import DAYS, TERM_KEYS, VALUE_KEYS, Workspace, pointers

if TYPE_CHECKING:
    from .sandbox import Sandbox

COMMON: Mapping[str, str] = {
    "vendor": "Which vendor stands behind this connection.",
    "sandbox": "true: read the vendor's sandbox in this process; no account needed.",
    "timezone": "The company's IANA time zone, in which instants are cut into days.",
    "rate_limit": "Calls a second, or { calls = 40, seconds = 60 }; 0 for none.",
    "deadline": "Seconds that one call may take, waits and retries included (60).",
    "max_attempts": "How often one request is tried (3).",
    "allow_private_downloads": "true: files may come from private addresses (false).",
    "keep_raw": "false: drop the vendor's payloads after mapping (true).",
    "links": "A file for the link index; without it, it lives in memory.",
    "events": "A file for the inbox of events; without it, it lives in memory.",
    "webhook_secrets": "What proves a delivery: a secret, or a list while it changes.",
    "rates": "A folder by which processes share the rate limit; false for none "
    "(one in the user's folder for state).",
    "key_dates": "Table: key date → id of the workspace's own field.",
    "term": "Table: part of the term → id of the workspace's own field.",
    "value": "Table: amount and currency → id of the workspace's own field.",
}
"""The settings that every connection has, and what each says."""
SECRETS = "webhook_secrets"


@frozen
class Options:
    """How long and how often to try; ``with_options`` changes them for a copy."""

    deadline: float = 60.0
    max_attempts: int = 3
    connect_timeout: float = 5.0
    read_timeout: float = 30.0
    download_deadline: float = 900.0
    max_body: int = 20_000_000
    max_download: int = 200_000_000
    max_upload: int = 100_000_000


@frozen
class Settings:
    """A connection's settings, checked, and where each came from."""

    vendor: str
    connection: str | None
    adapter: Adapter
    manager: PluginManager
    rate: Rate | None
    options: Options
    links: Path | None
    sandbox: Sandbox | None
    origins: Mapping[str, Origin]
    events: Path | None = None
    webhook_secrets: Sequence[Secret] = field(default=(), repr=False)
    rates: Path | None = None
    allow_private_downloads: bool = False


def load_settings(
    connection: str | None = None,
    *,
    config: str | os.PathLike[str] | None = None,
    plugins: Sequence[object] = (),
    environ: Mapping[str, str] | None = None,
    arguments: Mapping[str, Any],
) -> Settings:
    """Find, merge and check the settings of one connection."""
    known = Unseen(os.environ if environ is None else environ)
    try:
        name, told = _gathered(connection, config, known, arguments)
        return _named(name, told, plugins, known)
    except ConfigError as error:
        raise bare(error)  # noqa: B904  # it is the same error


def _named(
    name: str | None,
    told: dict[str, Origin],
    plugins: Sequence[object],
    environ: Mapping[str, str],
) -> Settings:
    """Check the settings; an error says which connection they are for."""
    try:
        return _checked(name, told, plugins, environ)
    except ConfigError as error:
        vendor = told["vendor"].value if "vendor" in told else None
        error.connection = name
        error.vendor = vendor if isinstance(vendor, str) else None
        raise


def _gathered(
    connection: str | None,
    config: str | os.PathLike[str] | None,
    environ: Mapping[str, str],
    arguments: Mapping[str, Any],
) -> tuple[str | None, dict[str, Origin]]:
    given = originating(arguments, "argument")
    if connection is None and "vendor" in given and config is None:
        return None, given
    file = find_file(config, environ)
    if file is None:
        raise ConfigError(
            "no configuration file was found",
            hint="write clm.toml in this folder, set CLM_BRIDGE_CONFIG, or name a "
            "vendor: connect(vendor=…); 'clm-bridge demo' needs neither",
        )
    name, table = file.connection(connection)
    told = originating(table, str(file.path))
    return name, told | from_environment(connection_prefix(name), environ) | given


def _checked(
    name: str | None,
    told: dict[str, Origin],
    plugins: Sequence[object],
    environ: Mapping[str, str],
) -> Settings:
    vendor = _vendor(told)
    manager = load(vendor, plugins)
    cls = adapter_class(manager, vendor)
    own = fields_dict(resolve_types(cls.Config))
    wide = from_environment(vendor_prefix(vendor), environ)
    told = {key: origin for key, origin in wide.items() if key in own} | told
    sandbox = _sandbox(told.pop("sandbox", None), manager, vendor)
    if sandbox is not None:
        told = originating(sandbox.settings(), "sandbox") | told
    _refuse_unknown(vendor, told, own)
    check_present(own, told, vendor)
    told = {key: _kept(key, origin, own.get(key)) for key, origin in told.items()}
    present = {
        key: own_setting(attribute, told[key], environ)
        for key, attribute in own.items()
        if key in told
    }
    adapter = _adapter(cls, cls.Config(**present), _workspace(name, cls, told))
    return Settings(
        vendor=vendor,
        connection=name,
        adapter=adapter,
        manager=manager,
        rate=rate(told.get("rate_limit"), None if sandbox is not None else cls.rate),
        options=_options(told),
        links=file_path(told.get("links")),
        sandbox=sandbox,
        origins=told,
        events=file_path(told.get("events")),
        webhook_secrets=secrets(SECRETS, told.get(SECRETS), environ),
        rates=rates_folder(told.get("rates"), environ),
        allow_private_downloads=_flag("allow_private_downloads", told, default=False),
    )


def _adapter(cls: type[Adapter], config: Any, workspace: Workspace) -> Adapter:
    build: Callable[[Any, Workspace], Adapter] = cls
    adapter = check_built(build(config, workspace))
    check_origin(adapter.base_url)
    return adapter


def _kept(key: str, origin: Origin, attribute: Attribute[Any] | None) -> Origin:
    """Keep a literal secret as one, so that the settings do not hold it in the open."""
    is_secret = attribute is not None and attribute.metadata.get("secret")
    if not is_secret and key != SECRETS:
        return origin
    value = origin.value
    if isinstance(value, list | tuple):
        return evolve(origin, value=[_hidden(one) for one in value])
    return evolve(origin, value=_hidden(value))


def _hidden(value: Any) -> Any:
    return Secret(value) if isinstance(value, str) and value else value


def _vendor(told: Mapping[str, Origin]) -> str:
    vendor = told["vendor"].value if "vendor" in told else None
    if not isinstance(vendor, str) or not vendor:
        raise ConfigError(
            "vendor is missing", hint='write vendor = "<name>"; see clm-bridge vendors'
        )
    return vendor


def _sandbox(
    told: Origin | None, manager: PluginManager, vendor: str
) -> Sandbox | None:
    if told is None or told.value is False:
        return None
    if told.value is True or told.value == "true":
        cls = sandbox_class(manager, vendor)
        from .sandbox import start

        return start(cls, switches={"rate_limit": False})
    if isinstance(told.value, str | int):
        raise ConfigError("sandbox is neither true nor false")
    running: Sandbox = told.value
    return running


def _refuse_unknown(
    vendor: str, told: Mapping[str, Origin], own: Mapping[str, Any]
) -> None:
    for key, origin in told.items():
        if key not in own and key not in COMMON:
            known = ", ".join(sorted({*own, *COMMON}))
            raise ConfigError(
                f"{key} ({origin.where}) is not a setting of {vendor}",
                hint=f"the settings are {known}",
            )


def _workspace(
    name: str | None, cls: type[Adapter], told: Mapping[str, Origin]
) -> Workspace:
    def table(key: str, known: frozenset[str]) -> Any:
        return pointers(told[key].value, key, known) if key in told else {}

    if cls.needs_timezone and "timezone" not in told:
        raise ConfigError(
            "timezone is missing",
            hint=f"{cls.title} stores days as instants: write the company's zone, "
            'such as timezone = "Europe/Paris"',
        )
    return Workspace(
        connection=name,
        zone=zone(told.get("timezone")),
        key_dates=table("key_dates", DAYS),
        term=table("term", TERM_KEYS),
        value=table("value", VALUE_KEYS),
        keep_raw=_flag("keep_raw", told, default=True),
    )


def _flag(key: str, told: Mapping[str, Origin], *, default: bool) -> bool:
    return flag(key, told[key].value) if key in told else default


def _options(told: Mapping[str, Origin]) -> Options:
    found: dict[str, Any] = {}
    if "deadline" in told:
        found["deadline"] = figure("deadline", float, told["deadline"].value)
    if "max_attempts" in told:
        found["max_attempts"] = figure("max_attempts", int, told["max_attempts"].value)
    return Options(**found)
