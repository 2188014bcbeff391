"""Raw settings, as text or TOML has them, read as the types that are declared."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import UTC, tzinfo
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from attrs import NOTHING, Attribute, fields_dict

from ._errors import ConfigError
from ._limits import Rate
from ._secrets import Secret
from ._settings import Origin, resolve, state_folder, vendor_prefix

_RATE = frozenset(fields_dict(Rate))


def own_setting(
    attribute: Attribute[Any], origin: Origin, environ: Mapping[str, str]
) -> Any:
    """Read one of the adapter's own settings as its ``Config`` types it."""
    key, kind = attribute.name, _kind(attribute.type)
    value = _typed(key, kind, origin.value, environ)
    choices = attribute.metadata.get("choices")
    if choices and value not in choices:
        known = ", ".join(map(str, choices))
        raise ConfigError(f"{key} is {value!r}", hint=f"it is one of {known}")
    return value


def check_present(
    own: Mapping[str, Attribute[Any]], told: Container[str], vendor: str
) -> None:
    """Refuse settings of which some are missing, and name them all."""
    missing = [
        attribute
        for key, attribute in own.items()
        if attribute.default is NOTHING and key not in told
    ]
    if not missing:
        return
    names = _listed([attribute.name for attribute in missing])
    prefix = vendor_prefix(vendor)
    variables = _listed([f"{prefix}{one.name.upper()}" for one in missing])
    raise ConfigError(
        f"{names} {'is' if len(missing) == 1 else 'are'} missing",
        hint=f"set {_listed([_meant(one) for one in missing])} in the file or as an "
        f"argument, or {variables} in the environment",
    )


def _meant(attribute: Attribute[Any]) -> str:
    says = str(attribute.metadata.get("says", "")).rstrip(".")
    meant = f" ({says[:1].lower()}{says[1:]})" if says else ""
    return f"{attribute.name}{meant}"


def _listed(words: Sequence[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last


def _kind(annotated: Any) -> Any:
    if get_origin(annotated) not in (Union, UnionType):
        return annotated
    return next(one for one in get_args(annotated) if one is not type(None))


def _typed(key: str, kind: Any, value: Any, environ: Mapping[str, str]) -> Any:
    if kind is Secret:
        return _secret(key, value, environ)
    if kind is str:
        return _line(key, value, environ)
    if kind is bool:
        return flag(key, value)
    if kind in (int, float):
        return figure(key, kind, value)
    if (get_origin(kind) or kind) is not tuple:
        raise ConfigError(
            f"{key} is declared as {kind}, which a setting cannot be",
            hint="it can be Secret, str, bool, int, float or tuple[str, ...]",
        )
    if isinstance(value, list | tuple):
        return tuple(value)
    raise ConfigError(f"{key} is not a list")


def _secret(key: str, value: Any, environ: Mapping[str, str]) -> Secret:
    secret = value if isinstance(value, Secret) else Secret(_text(key, value, environ))
    shown = secret.reveal()
    if not shown.isascii() or not shown.isprintable():
        raise ConfigError(
            f"{key} holds a character that cannot be sent in a header",
            hint="copy it again; quotation marks and line ends do not belong to it",
        )
    return secret


def secrets(
    key: str, told: Origin | None, environ: Mapping[str, str]
) -> tuple[Secret, ...]:
    """Read one secret or a list of them; each may be a reference."""
    if told is None:
        return ()
    listed = told.value if isinstance(told.value, list | tuple) else [told.value]
    return tuple(_secret(key, one, environ) for one in listed)


def _line(key: str, value: Any, environ: Mapping[str, str]) -> str:
    text = _text(key, value, environ)
    if not text.isprintable():
        raise ConfigError(
            f"{key} holds a line end or another control character",
            hint="copy it again",
        )
    return text


def _text(key: str, value: Any, environ: Mapping[str, str]) -> str:
    text = resolve(value, key, environ)
    if not text:
        raise ConfigError(f"{key} is empty")
    return text


def flag(key: str, value: Any) -> bool:
    """Read true or false."""
    told = {"true": True, "false": False}.get(str(value).lower())
    if told is None:
        raise ConfigError(f"{key} is neither true nor false")
    return told


def figure(key: str, kind: Callable[[Any], Any], value: Any) -> Any:
    """Read a number as *kind*."""
    words = "a whole number" if kind is int else "a number"
    if isinstance(value, bool) or (kind is int and isinstance(value, float)):
        raise ConfigError(f"{key} is not {words}")
    try:
        found = kind(value)
    except (TypeError, ValueError):
        raise ConfigError(f"{key} is not {words}") from None
    if isinstance(found, float) and not math.isfinite(found):
        raise ConfigError(f"{key} is not {words}")
    return found


def zone(told: Origin | None) -> tzinfo:
    """Return the company's time zone; UTC if none is set."""
    if told is None:
        return UTC
    try:
        return ZoneInfo(str(told.value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigError(
            f"timezone {told.value!r} is not known here",
            hint="write an IANA name such as Europe/Paris; if it is one, install the "
            "package tzdata",
        ) from None


def rate(told: Origin | None, default: Rate | None) -> Rate | None:
    """Return the rate to keep to, or None for no limit of our own."""
    if told is None:
        return default
    value = told.value
    if isinstance(value, Mapping) and {"calls", "seconds"} <= set(value) <= _RATE:
        kinds = {"calls": int, "burst": int}
        found = {
            key: figure(f"rate_limit.{key}", kinds.get(key, float), one)
            for key, one in value.items()
        }
        if min(found["calls"], found.get("burst", 1)) < 1 or found["seconds"] <= 0:
            raise ConfigError("rate_limit allows no call", hint="write 0 for no limit")
        if found.get("margin", 0) < 0:
            raise ConfigError("rate_limit.margin is less than nothing")
        return Rate(**found)
    calls = figure("rate_limit", int, value)
    return Rate(calls) if calls > 0 else None


def rates_folder(told: Origin | None, environ: Mapping[str, str]) -> Path | None:
    """Return the folder in which processes share a rate, or None for no sharing."""
    words = "true" if told is None else str(told.value).lower()
    if words == "true":
        folder = state_folder(environ)
        return folder and folder / "rates"
    return None if words == "false" else file_path(told)


def file_path(told: Origin | None) -> Path | None:
    """Return a path, with the home folder filled in."""
    return Path(str(told.value)).expanduser() if told else None
