"""``events``: what happens to contracts, as it comes, and what was not handled."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from itertools import islice
from typing import TYPE_CHECKING

import click

from .._errors import ConfigError
from .._event_desk import EventDesk
from .._events import Event
from .._json import to_dict
from .._secrets import Secret
from ._output import Column, View, emit, format_option
from ._sandbox import wait
from ._where import Where, where_options

if TYPE_CHECKING:
    from ..receiving import Buried, Queue

EVENTS: View[Event] = View(
    [
        Column("at", lambda one: one.occurred_at),
        Column("kind", lambda one: one.kind),
        Column("contract", lambda one: one.contract_id),
        Column("status", lambda one: one.status),
        Column("name", lambda one: one.contract and one.contract.name, shrinks=True),
        Column("told", lambda one: one.source.name, shrinks=True),
        Column("id", lambda one: one.id, shrinks=True),
    ],
    to_dict,
)

BURIED: View[Buried] = View(
    [
        Column("id", lambda one: one.event.id),
        Column("kind", lambda one: one.event.kind),
        Column("contract", lambda one: one.event.contract_id),
        Column("tries", lambda one: one.attempts),
        Column("error", lambda one: one.error, shrinks=True),
    ],
    lambda one: {
        "event": to_dict(one.event),
        "attempts": one.attempts,
        "error": one.error,
    },
)


@click.group()
def events() -> None:
    """Follow what happens to contracts, and hand it on."""


@events.command("poll")
@format_option
@where_options
def poll(*, where: Where, form: str) -> None:
    """
    Print what changed since the last poll.

    The first poll only takes note of what is there; the setting 'events' names the
    file in which that is kept.
    """
    with where.open() as clm:
        if clm.settings.events is None:
            raise nowhere_to_keep(clm.settings.connection)
        found = clm.events.poll()
    emit(form, EVENTS, found)


@events.command("stream")
@click.option("--since", metavar="CURSOR", help="Go on after this place.")
@click.option("--limit", type=click.IntRange(1), help="End after so many events.")
@click.option(
    "--interval",
    type=float,
    nargs=2,
    metavar="SECONDS SECONDS",
    help="The shortest and the longest wait between polls.",
)
@where_options
def stream(
    *,
    where: Where,
    since: str | None,
    limit: int | None,
    interval: tuple[float, float] | None,
) -> None:
    """
    Print events as NDJSON, as they come, until Ctrl-C.

    Those in the inbox are printed first; then it polls.  On leaving, the cursor to go
    on from is printed to stderr.
    """
    with where.open() as clm:
        found = clm.events.stream(since, interval=interval or None)
        with suppress(KeyboardInterrupt):  # the ordinary way to end it
            emit("ndjson", EVENTS, islice(found, limit))
        click.echo(f"go on with: --since {found.cursor}", err=True)


@events.command("forward")
@click.option("--to", "url", required=True, metavar="URL", help="Your own address.")
@click.option(
    "--secret-env",
    default="CLM_BRIDGE_FORWARD_SECRET",
    show_default=True,
    metavar="NAME",
    help="The variable that holds the secret to sign with, whsec_…",
)
@click.option("--once", is_flag=True, help="Hand on what is due now, and end.")
@where_options
def forward(*, where: Where, url: str, secret_env: str, once: bool) -> None:
    """
    Post the events of the inbox to your own address, signed by the Standard Webhooks.

    An event that your address does not take is tried again, less and less often, and
    buried after twelve tries.
    """
    from ..receiving import Forward, Worker

    with ExitStack() as open_:
        forwarding = open_.enter_context(Forward(url, _secret(secret_env)))
        worker = Worker(queues(where, open_), forwarding)
        if once:
            click.echo(f"{worker.work()} handed on", err=True)
            return
        with worker:
            click.echo("events are handed on as they come; Ctrl-C stops", err=True)
            wait()


@events.command("buried")
@format_option
@where_options
def buried(*, where: Where, form: str) -> None:
    """List the events that no more tries are made for."""
    with ExitStack() as open_:
        found = [
            one for queue in queues(where, open_).values() for one in queue.buried()
        ]
    emit(form, BURIED, found)


@events.command("replay")
@click.argument("ids", nargs=-1, metavar="[EVENT]...")
@where_options
def replay(*, where: Where, ids: tuple[str, ...]) -> None:
    """Let events be handled again: those named, or all that are buried."""
    with ExitStack() as open_:
        for queue in queues(where, open_).values():
            again = queue.replay(list(ids) or None)
            click.echo(f"{again} will be handled again", err=True)


def queues(where: Where, open_: ExitStack) -> Mapping[str, Queue]:
    """Open the connection's inbox, which must be in a file, until *open_* closes."""
    from ..receiving import Queue

    settings = where.settings()
    if settings.events is None:
        raise nowhere_to_keep(settings.connection)
    desk = open_.enter_context(closing(EventDesk(settings)))
    return {settings.connection or settings.vendor: Queue(desk.inbox.file)}


def nowhere_to_keep(connection: str | None) -> ConfigError:
    """Say that no inbox outlives this command."""
    return ConfigError(
        f"{connection or 'this connection'}: events is not set, so nothing that comes "
        "would outlive this command",
        hint='write events = "events.sqlite" into the connection\'s settings',
    )


def _secret(name: str) -> Secret:
    told = os.environ.get(name)
    if not told:
        raise ConfigError(
            f"the variable {name} is not set",
            hint=f"make one, whsec_ and 32 random bytes as base64: export {name}=…",
        )
    return Secret(told)
