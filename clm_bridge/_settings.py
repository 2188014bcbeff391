"""
Where settings come from: argument, environment, file, merged key by key.

A secret is written as a reference: ``{ env = "NAME" }``, ``{ cmd = ["op", "read",
"…"] }`` or ``{ keyring = "service", user = "name" }``; a literal works too.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ._errors import ConfigError

FILE = "clm.toml"
PREFIX = "CLM_BRIDGE__"


@frozen
class Origin:
    """A setting before it is checked, which may be a secret, and where it came from."""

    value: Any = field(repr=False)
    where: str


@frozen
class File:
    """A configuration file that was read."""

    path: Path
    default: str | None
    connections: Mapping[str, Mapping[str, Any]] = field(repr=False)

    def connection(self, name: str | None) -> tuple[str, Mapping[str, Any]]:
        """Return a connection by name, or the default one."""
        chosen = name or self.default or self._only()
        if chosen in self.connections:
            return chosen, self.connections[chosen]
        known = ", ".join(sorted(self.connections)) or "none"
        raise ConfigError(
            f"there is no connection {chosen!r} in {self.path}",
            hint=f"the connections are: {known}",
        )

    def _only(self) -> str:
        if len(self.connections) == 1:
            return next(iter(self.connections))
        if not self.connections:
            raise ConfigError(
                f"{self.path} holds no connection",
                hint='write [connections.<name>] and, below it, vendor = "<vendor>"',
            )
        known = ", ".join(sorted(self.connections))
        raise ConfigError(
            f"{self.path} names no default connection",
            hint='write default = "<name>" at its top, or ask for one by name; '
            f"the connections are: {known}",
        )


def candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield where a file may be: environment, working folder, user's folder."""
    if named := environ.get("CLM_BRIDGE_CONFIG"):
        yield Path(named)
        return
    yield Path(FILE)
    yield _user_folder(environ) / "clm-bridge" / FILE


def _user_folder(environ: Mapping[str, str]) -> Path:
    if sys.platform == "win32":
        return Path(environ.get("APPDATA", Path.home()))
    return Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")


def state_folder(environ: Mapping[str, str]) -> Path | None:
    """Return our folder among the user's for state; None where there is no home."""
    variable = "LOCALAPPDATA" if sys.platform == "win32" else "XDG_STATE_HOME"
    try:
        folder = environ.get(variable) or Path.home() / ".local" / "state"
    except RuntimeError:
        return None
    return Path(folder) / "clm-bridge"


def find_file(
    path: str | os.PathLike[str] | None, environ: Mapping[str, str]
) -> File | None:
    """Read the file that counts; one that was named must exist."""
    if path is not None:
        return read_file(Path(path))
    for candidate in candidates(environ):
        if candidate.is_file() or "CLM_BRIDGE_CONFIG" in environ:
            return read_file(candidate)
    return None


def read_file(path: Path) -> File:
    """Read one file; each fault is a `ConfigError` that names the file."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ConfigError(f"there is no file {path}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    _check_top(path, told)
    return File(path, told.get("default"), told.get("connections", {}))


def _check_top(path: Path, told: Mapping[str, Any]) -> None:
    unknown = set(told) - {"default", "connections"}
    if unknown:
        raise ConfigError(
            f"{path}: {', '.join(sorted(unknown))} is not known",
            hint="a file has default and [connections.<name>] tables",
        )
    tables = told.get("connections", {})
    if not isinstance(tables, dict) or not all(
        isinstance(table, dict) for table in tables.values()
    ):
        raise ConfigError(f"{path}: connections is not a table of tables")


def originating(table: Mapping[str, Any], where: str) -> dict[str, Origin]:
    """Note where each setting of a table comes from; ``None`` is not a setting."""
    return {
        key: Origin(value, where) for key, value in table.items() if value is not None
    }


def vendor_prefix(vendor: str) -> str:
    """Return what variables start with that count for any connection to a vendor."""
    return f"{vendor.upper().replace('-', '_')}_"


def connection_prefix(connection: str) -> str:
    """Return what variables start with that count for one connection."""
    return f"{PREFIX}{connection.upper().replace('-', '_')}__"


def from_environment(prefix: str, environ: Mapping[str, str]) -> dict[str, Origin]:
    """Return the settings in variables whose names start with *prefix*."""
    return {
        name.removeprefix(prefix).lower(): Origin(value, f"environment {name}")
        for name, value in environ.items()
        if name.startswith(prefix) and value
    }


def resolve(told: Any, key: str, environ: Mapping[str, str]) -> str:
    """Fetch what a reference points to; a literal is returned as it is."""
    if isinstance(told, str):
        return told
    if isinstance(told, Mapping):
        if set(told) == {"env"}:
            return _from_variable(str(told["env"]), key, environ)
        if set(told) == {"cmd"} and isinstance(told["cmd"], list):
            return _from_command([str(word) for word in told["cmd"]], key)
        if set(told) == {"keyring", "user"}:
            return _from_keyring(str(told["keyring"]), str(told["user"]), key)
    raise ConfigError(
        f"{key} is neither text nor a reference",
        hint='write { env = "NAME" }, { cmd = ["program", "argument"] } '
        'or { keyring = "service", user = "name" }',
    )


def _from_variable(name: str, key: str, environ: Mapping[str, str]) -> str:
    if value := environ.get(name):
        return value
    raise ConfigError(
        f"{key} refers to the environment variable {name}, which is not set",
        hint=f"set it: export {name}=…",
    )


def _from_command(words: list[str], key: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603  # the user's own file names the program
            words, capture_output=True, text=True, timeout=30, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ConfigError(
            f"{key}: the command {words[:1]} failed: {type(error).__name__}"
        ) from None
    return done.stdout.strip()


def _from_keyring(service: str, user: str, key: str) -> str:
    try:
        import keyring  # type: ignore[import-not-found, unused-ignore]  # optional
    except ImportError:
        raise ConfigError(
            f"{key} refers to a keyring, and the package keyring is not installed",
            hint="pip install keyring",
        ) from None
    if value := keyring.get_password(service, user):
        return str(value)
    raise ConfigError(f"{key}: the keyring has no {service!r} for {user!r}")
