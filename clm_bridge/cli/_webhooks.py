"""``webhooks``: let a vendor tell an address of events, and the key it signs with."""

from __future__ import annotations

import click

from .._events import Registration
from .._registering import TITLE
from .._secrets import MASK
from .._vocabulary import Outcome
from ._failures import about
from ._outcome import LINES, dry_option, say, say_outcome, show, there
from ._output import Column, View, emit, emit_json, format_option
from ._where import Where, where_options

REGISTERED: View[Registration] = View(
    [
        Column("id", lambda one: one.id),
        Column("url", lambda one: one.url, shrinks=True),
        Column("active", lambda one: one.active),
        Column("words", lambda one: ", ".join(one.words), shrinks=True),
    ],
    lambda one: {
        "id": one.id,
        "url": one.url,
        "words": list(one.words),
        "kinds": sorted(kind.value for kind in one.kinds),
        "title": one.title,
        "active": one.active,
    },
)
GONE = {**LINES, Outcome.CHANGED: "unregistered {it}"}
RESENT = {**LINES, Outcome.CHANGED: "asked for the last events of {it}"}
NAMED: View[str] = View([Column("id", str)], lambda one: {"id": one})


@click.group()
def webhooks() -> None:
    """Let a vendor tell your address of events."""


@webhooks.command()
@click.argument("url")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    help="Such as executed, or the vendor's own word; may be given several times.",
)
@click.option("--title", default=TITLE, show_default=True, help="As the vendor shows.")
@dry_option
@format_option
@where_options
def register(
    *, where: Where, form: str, dry: bool, url: str, kinds: tuple[str, ...], title: str
) -> None:
    """
    Register an https address; without --kind, for all events that mean something.

    Keep the id: not every vendor lists what is registered.
    """
    with where.open() as clm:
        made = clm.webhooks.register(url, kinds=kinds or None, title=title, dry_run=dry)
    found = there(made)
    say_outcome(made, f"webhook {found.id}" if found else url, dry=dry)
    show(form, made, found, REGISTERED)


@webhooks.command()
@click.argument("id")
@dry_option
@format_option
@where_options
def unregister(*, where: Where, form: str, dry: bool, id: str) -> None:
    """Let the vendor tell an address no more."""
    about(id)
    with where.open() as clm:
        gone = clm.webhooks.unregister(id, dry_run=dry)
    say_outcome(gone, f"webhook {id}", dry=dry, lines=GONE)
    if form != "table" or dry:
        show(form, gone, None if dry else id, NAMED)


@webhooks.command("list")
@format_option
@where_options
def list_webhooks(*, where: Where, form: str) -> None:
    """List the addresses that are registered, where the vendor can."""
    with where.open() as clm:
        found = clm.webhooks.list()
    emit(form, REGISTERED, found)


@webhooks.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@dry_option
@format_option
@where_options
def resend(*, where: Where, form: str, dry: bool, ids: tuple[str, ...]) -> None:
    """Ask for the last event of each contract once more."""
    with where.open() as clm:
        asked = clm.webhooks.resend(ids, dry_run=dry)
    say_outcome(asked, ", ".join(ids), dry=dry, lines=RESENT)
    if form != "table" or dry:
        show(form, asked, None if dry else ", ".join(ids), NAMED)


@webhooks.command()
@click.option("--reveal", is_flag=True, help="Print the key itself, to put it away.")
@format_option
@where_options
def secret(*, where: Where, form: str, reveal: bool) -> None:
    """
    Fetch the key with which the vendor signs, and show it only with --reveal.

    It belongs into the setting webhook_secrets, best by the environment or a keyring.
    """
    with where.open() as clm:
        found = clm.webhooks.secret()
    told = found.reveal() if reveal else MASK
    if not reveal:
        say("there is a key; --reveal prints it")
    if form == "json":
        emit_json({"secret": told})
    else:
        click.echo(told)
