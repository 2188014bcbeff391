"""``doctor``: one screen that says what works, what does not, and what to do."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click
from attrs import frozen

from .._config import Settings
from .._errors import AuthenticationFailed, ClmError, ConfigError, PermissionDenied
from .._origin import LOOPBACK
from .._settings import find_file
from ._failures import FAILED, code_of
from ._harmless import harmless
from ._next_steps import Step, next_step
from ._output import Column, View, emit, format_option
from ._plugins import installed
from ._where import Where, where_options

if TYPE_CHECKING:
    import httpx

SKEW = 120.0
"""Seconds by which clocks may differ before tokens and signed links suffer."""


@frozen
class Finding:
    """One thing that was looked at; *code* is the exit code of one that fails."""

    about: str
    looked_at: str
    state: str
    said: str
    next: str | None = None
    code: int = 0


FINDINGS: View[Finding] = View(
    [
        Column("state", lambda one: one.state),
        Column("about", lambda one: one.about),
        Column("check", lambda one: one.looked_at),
        Column("result", lambda one: one.said),
        Column("next", lambda one: one.next),
    ],
    lambda one: {
        "about": one.about,
        "check": one.looked_at,
        "state": one.state,
        "result": one.said,
        "next": one.next,
    },
)

_COLOURS = {"ok": "green", "warn": "yellow", "fail": "red"}


@click.command()
@format_option
@where_options
@click.pass_context
def doctor(ctx: click.Context, *, where: Where, form: str) -> None:
    """Check configuration, plugins and credentials."""
    findings: list[Finding] = []
    for finding in examine(where):
        findings.append(finding)
        if form == "table":
            _print(finding)
    if form != "table":
        emit(form, FINDINGS, findings)
    codes = {finding.code for finding in findings if finding.state == "fail"}
    if codes:
        ctx.exit(codes.pop() if len(codes) == 1 else FAILED)


def _print(finding: Finding) -> None:
    state = click.style(f"{finding.state:<4}", fg=_COLOURS[finding.state], bold=True)
    what = f"{finding.about:<18} {finding.looked_at:<12}"
    click.echo(f"{state}  {what}  {harmless(finding.said)}")
    if finding.next:
        click.echo(f"      {click.style('next:', fg='cyan')} {harmless(finding.next)}")


def examine(where: Where) -> Iterator[Finding]:
    """Look at everything, or at the one connection that was named."""
    yield from _plugins()
    if where.sandbox is not None:
        yield from _connection(where)
        return
    try:
        file = find_file(where.config, os.environ)
    except ConfigError as error:
        step = "correct the file, then type: clm-bridge doctor"
        yield _failed("configuration", "file", error, step)
        return
    if file is None:
        yield Finding(
            "configuration",
            "file",
            "warn",
            "no clm.toml in this folder or the user's, and no CLM_BRIDGE_CONFIG",
            "clm-bridge demo",
        )
        return
    yield Finding("configuration", "file", "ok", str(file.path))
    for name in [where.connection] if where.connection else file.connections:
        yield from _connection(Where(name, where.config))


def _plugins() -> Iterator[Finding]:
    for plugin in installed():
        if plugin.error is None:
            yield Finding(plugin.name, "plugin", "ok", plugin.package)
        else:
            said = f"{plugin.package} is broken: {plugin.cause}"
            step = "reinstall or remove it; the other vendors do not mind"
            yield Finding(plugin.name, "plugin", "warn", said, step)


def _connection(where: Where) -> Iterator[Finding]:
    about = where.connection or f"{where.sandbox} sandbox"
    try:
        settings = where.settings()
    except ConfigError as error:
        typed = ("contracts", "list", *shlex.split(where.options))
        step = next_step(Step(error, typed, where.options))
        yield _failed(about, "settings", error, step)
        return
    yield Finding(about, "settings", "ok", f"{settings.vendor}, valid")
    yield from _reached(about, settings, where)


def _reached(about: str, settings: Settings, where: Where) -> Iterator[Finding]:
    """Ask the vendor who we are; that shows the network, TLS and the credentials."""
    dates: list[str] = []
    try:
        check = _checked(settings, dates)
    except (AuthenticationFailed, PermissionDenied) as error:
        yield Finding(about, "network", "ok", "the vendor answers")
        step = f"clm-bridge config explain{where.options}"
        yield _failed(about, "credentials", error, step)
    except ClmError as error:
        step = f"clm-bridge config explain{where.options}"
        yield _failed(about, "network", error, step)
    else:
        yield Finding(about, "network", "ok", _answering(settings))
        told = [check.identity, *check.notes]
        if check.scopes is not None:
            told.append(f"scopes: {' '.join(check.scopes) or 'none'}")
        yield Finding(about, "credentials", "ok", "; ".join(filter(None, told)))
    here = urlsplit(settings.adapter.base_url).hostname in LOOPBACK
    yield from _skew(about, dates, is_here=here)
    yield Finding(about, "rate", "ok", _pace(settings))


def _checked(settings: Settings, dates: list[str]) -> Any:
    """Make the check, and note the time that the vendor's answers carry."""
    from .._bridge import Bridge

    if settings.sandbox is not None:
        with Bridge(settings) as clm:
            return clm.check()
    import httpx

    def note(answer: httpx.Response) -> None:
        dates.append(answer.headers.get("date", ""))

    hooks = {"response": [note]}
    with (
        httpx.Client(verify=httpx.create_ssl_context(), event_hooks=hooks) as client,
        Bridge(settings, client=client) as clm,
    ):
        return clm.check()


def _answering(settings: Settings) -> str:
    if settings.sandbox is not None:
        return "a sandbox in this process"
    return f"{settings.adapter.base_url} answers"


def _pace(settings: Settings) -> str:
    if settings.rate is None:
        return "no limit kept"
    return f"kept to {settings.rate.calls} calls in {settings.rate.seconds:g} s"


def _skew(
    about: str, dates: Sequence[str], *, is_here: bool = False
) -> Iterator[Finding]:
    """Compare this machine's clock with the vendor's; a sandbox has its own time."""
    try:
        told = parsedate_to_datetime(dates[-1])
    except (IndexError, ValueError):
        return
    off = abs((datetime.now(UTC) - told).total_seconds())
    if off <= SKEW:
        yield Finding(about, "clock", "ok", f"within {off:.0f} s of the vendor's")
        return
    if is_here:
        yield Finding(
            about, "clock", "ok", f"a sandbox's own, at {told:%Y-%m-%d %H:%M}"
        )
        return
    said = f"{off:.0f} s off the vendor's; tokens and signed links may fail"
    yield Finding(about, "clock", "warn", said, "set this machine's clock")


def _failed(about: str, looked_at: str, error: ClmError, step: str) -> Finding:
    return Finding(about, looked_at, "fail", str(error), step, code_of(error))
