"""``sandbox trigger``: one signed delivery to an address of your own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from .. import _hooks as hooks
from .._errors import InvalidInput
from .._origin import LOOPBACK
from .._secrets import MASK
from ._failures import FAILED, Failure
from ._harmless import harmless
from ._outcome import say
from ._output import Column, View, emit

if TYPE_CHECKING:
    from ..sandbox import Delivery, Sandbox
    from ..sandbox._deliveries import Try

TOLD: View[tuple[str, str]] = View(
    [Column("event", lambda one: one[0]), Column("vendor_word", lambda one: one[1])],
    lambda one: {"event": one[0], "vendor_word": one[1]},
)


@click.command()
@click.argument("event", required=False)
@click.option("--vendor", required=True, help="Whose event it is.")
@click.option("--to", "url", help="Where to post it, such as your own receiver.")
@click.option("--secret", help="What proves it; the sandbox's own unless given.")
@click.option("--contract", help="An id of the sandbox's; any that fits unless given.")
def trigger(
    *,
    event: str | None,
    vendor: str,
    url: str | None,
    secret: str | None,
    contract: str | None,
) -> None:
    """
    Send one event as the vendor would, and show what was answered.

    EVENT is contract.executed and the like, or the vendor's own word; without it, the
    events that there are are listed.
    """
    plugin = hooks.load(vendor)
    events = hooks.adapter_class(plugin, vendor).events
    cls = hooks.sandbox_class(plugin, vendor)
    from ..sandbox import _triggers as triggers
    from ..sandbox import start

    names = triggers.triggers(events)
    if event is None:
        emit("table", TOLD, [*names.items(), *((word, word) for word in events)])
        return
    made = start(cls)
    to, word = _address(url), _word(event, names, made)
    try:
        one = triggers.prepared(made, word, to, secret, contract)
    except KeyError:
        raise InvalidInput(
            f"the sandbox has no contract {contract!r}", hint="leave --contract out"
        ) from None
    headers = triggers.headers(made, one)
    _show(made, one, headers, ours=secret is None)
    _judge(triggers.sent(made, one, headers))


def _word(event: str, names: Mapping[str, str], made: Sandbox) -> str:
    known = made.webhooks.manner.words if hasattr(made, "webhooks") else ()
    word = names.get(event, event)
    if word in known:
        return word
    raise InvalidInput(
        f"the {made.vendor} sandbox tells of no event {event!r}",
        hint=f"clm-bridge sandbox trigger --vendor {made.vendor} lists them",
    )


def _address(url: str | None) -> str:
    try:
        parts = urlsplit(url or "")
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        host = None
    if url is None or host is None:
        raise InvalidInput(
            "it is not said where to post it",
            hint="add --to with a URL, such as http://127.0.0.1:8000/hooks",
        )
    if host not in LOOPBACK:
        say(f"note: this leaves your machine, for {host}")
    return url


def _show(
    made: Sandbox, one: Delivery, headers: Mapping[str, str], *, ours: bool
) -> None:
    """Print what is sent, as it goes over the wire; a token in the address is not."""
    manner = made.webhooks.manner
    url = one.to.url or ""
    if manner.path_token:
        url = f"{url.rstrip('/')}/{MASK}"
    lines = [f"POST {url}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    told = json.dumps(json.loads(one.body), indent=2, ensure_ascii=False)
    for line in [*lines, "", *told.split("\n")]:
        click.echo(harmless(line))
    if ours:
        say(
            f"proven by the sandbox's own secret, {one.to.secret}; --secret takes yours"
        )


def _judge(answer: Try) -> None:
    taken = f"after {answer.seconds:.2f} s"
    if not answer.worked:
        raise Failure(f"the event was not taken: {answer.said}, {taken}", FAILED)
    say(f"answered {answer.status} {taken}")
