"""``sandbox serve``: the vendors' sandboxes, for any client in any language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from .. import _hooks as hooks
from .._errors import ClmError, ConfigError
from . import _toml as toml
from ._failures import refuse_none_of
from ._harmless import harmless
from ._plugins import installed
from ._trigger import trigger

if TYPE_CHECKING:
    from ..sandbox import Sandbox
    from ..sandbox.faults import Rule

Rules = Mapping[str | None, Sequence["Rule"]]
"""The rules for each vendor; those under None are for every vendor."""


@click.group()
def sandbox() -> None:
    """Serve the vendors' sandboxes on this machine."""


sandbox.add_command(trigger)


@sandbox.command()
@click.argument("vendors", nargs=-1, metavar="[VENDOR]...")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8101,
    show_default=True,
    help="Of the first; the others follow. 0 takes any free ones.",
)
@click.option("--seed", default=1, show_default=True, help="Of the portfolio.")
@click.option(
    "--faults",
    "file",
    type=click.Path(path_type=Path),
    help="TOML or JSON: what goes wrong, and when.",
)
@click.option("--quiet", is_flag=True, help="Do not print a line a request.")
def serve(
    *,
    vendors: tuple[str, ...],
    port: int,
    seed: int,
    file: Path | None,
    quiet: bool,
) -> None:
    """
    Serve one vendor's sandbox, or all, on loopback, until Ctrl-C.

    The clm.toml that reads them goes to stdout, everything else to stderr.
    """
    with ExitStack() as running:
        named = vendors or _working()
        rules = _rules(file, named)
        for place, vendor in enumerate(named):
            wanted = port + place if port else 0
            made, url = opened(running, vendor, wanted, seed, _say(vendor, quiet=quiet))
            for rule in (*rules.get(None, ()), *rules.get(vendor, ())):
                made.faults.stand(rule)
            click.echo(f"{vendor} listens on {url}", err=True)
            click.echo(block(vendor, made, url) + "\n")
        click.echo("Ctrl-C stops; contracts move by POST to /__sandbox__/", err=True)
        wait()


@sandbox.command()
def faults() -> None:
    """List what can go wrong, with the settings of each fault."""
    try:
        from ..sandbox.faults import CATALOGUE
    except ImportError as error:
        raise ConfigError(error.msg) from None
    from ._table import render

    heads = (("fault", False), ("what happens", True), ("settings", True))
    settings = {
        name: ", ".join(f"{key}={toml.value(told)}" for key, told in one.takes.items())
        for name, one in CATALOGUE.items()
    }
    rows = [(name, one.about, settings[name]) for name, one in CATALOGUE.items()]
    render(heads, rows)


def _rules(file: Path | None, vendors: Sequence[str]) -> Rules:
    """Read the rules; one for a vendor that is not served would never strike."""
    if file is None:
        return {}
    try:
        from ..sandbox.faults import load
    except ImportError as error:
        raise ConfigError(error.msg) from None
    try:
        found = load(file)
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else error
        raise ConfigError(
            f"{file}: {said}", hint="list the faults: clm-bridge sandbox faults"
        ) from None
    strange = sorted(name for name in found if name and name not in vendors)
    if strange:
        raise ConfigError(
            f"{file}: {strange[0]!r} is not served",
            hint=f"serve it, or name one of {', '.join(vendors)}",
        )
    return found


def opened(
    running: ExitStack,
    vendor: str,
    port: int,
    seed: int,
    log: Callable[[str], object] | None,
) -> tuple[Sandbox, str]:
    """Start one vendor's sandbox and serve it until *running* closes."""
    cls = hooks.sandbox_class(hooks.load(vendor), vendor)
    from ..sandbox import serve as listen
    from ..sandbox import start

    made = start(cls, seed=seed)
    return made, running.enter_context(listen(made.app, port=port, log=log))


def block(vendor: str, made: Sandbox, url: str) -> str:
    """Return the table of clm.toml with which a connection reads a sandbox."""
    settings = {"vendor": vendor, **made.settings(), "base_url": url}
    return toml.table(toml.dotted("connections", f"{vendor}-sandbox"), settings)


def wait() -> None:
    """Wait for Ctrl-C, which is the ordinary way to end a server."""
    try:
        Event().wait()
    except KeyboardInterrupt:
        click.echo("stopped", err=True)


def _working() -> Sequence[str]:
    """Return the vendors that have a sandbox; say which are left out, and why."""
    found: list[str] = []
    failed: dict[str, ClmError] = {}
    for name in (one.name for one in installed() if one.adapter is not None):
        try:
            hooks.sandbox_class(hooks.load(name), name)
        except ConfigError as error:
            failed[name] = error
        else:
            found.append(name)
    refuse_none_of(found, failed)
    for name, reason in failed.items():
        said = harmless(f"{name} is left out: {reason.message}")
        click.echo(said, err=True)
    return found


def _say(vendor: str, *, quiet: bool) -> Callable[[str], object] | None:
    if quiet:
        return None
    return lambda line: click.echo(harmless(f"{vendor} {line}"), err=True)
