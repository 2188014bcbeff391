"""Which connection a command speaks to."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from .._config import Settings, load_settings
from ._failures import WHERE

if TYPE_CHECKING:
    from .._bridge import Bridge


@frozen
class Where:
    """A connection by name, or a vendor's sandbox in this process."""

    connection: str | None = None
    config: str | None = None
    sandbox: str | None = None

    @property
    def options(self) -> str:
        """Return the options that name it, as they are typed."""
        named = {"-c": self.connection, "--config": self.config}
        named["--sandbox"] = self.sandbox
        words = [w for option, told in named.items() if told for w in (option, told)]
        return f" {shlex.join(words)}" if words else ""

    def settings(self, plugins: Sequence[object] = ()) -> Settings:
        """Load and check its settings."""
        return load_settings(
            self.connection, config=self.config, plugins=plugins, arguments=self._given
        )

    def open(self) -> Bridge:
        """Connect."""
        from .._bridge import connect

        return connect(self.connection, config=self.config, **self._given)

    @property
    def _given(self) -> dict[str, Any]:
        if self.sandbox is None:
            return {}
        return {"vendor": self.sandbox, "sandbox": True}


def where_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name a connection; pass them on as ``where``."""

    @click.option(
        "--connection", "-c", metavar="NAME", help="A connection of the configuration."
    )
    @click.option("--config", metavar="PATH", help="The configuration file.")
    @click.option(
        "--sandbox",
        metavar="VENDOR",
        help="Instead: a vendor's sandbox, in this process; no account needed.",
    )
    @wraps(function)
    def located(
        *,
        connection: str | None,
        config: str | None,
        sandbox: str | None,
        **options: Any,
    ) -> Any:
        if sandbox and (connection or config):
            raise click.UsageError("--sandbox goes with neither -c nor --config")
        where = Where(connection, config, sandbox)
        click.get_current_context().meta[WHERE] = where.options
        return function(where=where, **options)

    return located
