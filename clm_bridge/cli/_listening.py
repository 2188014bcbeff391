"""``events listen``: deliveries on this machine, printed as they come."""

from __future__ import annotations

from collections.abc import Callable
from wsgiref.simple_server import WSGIRequestHandler, make_server

import click
from attrs import define

from .._errors import WebhookVerificationError
from .._events import Event, Headers
from .._webhook import Webhook, webhook_of
from ..receiving import Answer, wsgi
from ._events import EVENTS, events
from ._harmless import harmless
from ._output import emit
from ._text import shown
from ._where import Where, where_options


@events.command("listen")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8200,
    show_default=True,
    help="On loopback; 0 takes a free one.",
)
@click.option("--limit", type=click.IntRange(1), help="End after so many deliveries.")
@click.option("--json", "as_json", is_flag=True, help="Print events as NDJSON.")
@where_options
def listen(*, where: Where, port: int, limit: int | None, as_json: bool) -> None:
    """
    Receive deliveries on this machine, and print each as it comes.

    For trying out: what is refused is told too, and nothing is kept.
    """
    settings = where.settings()
    webhook = webhook_of(settings.adapter, settings.webhook_secrets)
    say = _say_json if as_json else _say_line
    listener = Listener(webhook, say)
    with make_server("127.0.0.1", port, wsgi(listener), handler_class=_Quiet) as server:
        click.echo(
            f"listens on http://127.0.0.1:{server.server_port}/; Ctrl-C stops", err=True
        )
        while limit is None or listener.came < limit:
            server.handle_request()


@define
class Listener:
    """Answers as a receiver does, and keeps nothing."""

    webhook: Webhook
    say: Callable[[Event], None]
    came: int = 0

    def answer(self, method: str, path: str, headers: Headers, body: bytes) -> Answer:
        """Print what came; a path is the token of a vendor that does not sign."""
        if method != "POST":
            return Answer(405, "deliveries come by POST")
        self.came += 1
        token = path.strip("/").rpartition("/")[2] or None
        try:
            event = self.webhook.verify_and_parse(headers, body, token=token)
        except WebhookVerificationError as error:
            click.secho(harmless(f"refused: {error}"), err=True, fg="red")
            return Answer(401, "this delivery is not accepted")
        self.say(event)
        return Answer(200, "seen")


def _say_line(event: Event) -> None:
    name = event.contract.name if event.contract else None
    told = (
        event.occurred_at,
        event.kind,
        event.contract_id,
        event.status,
        name,
        f"({event.source.name})",
    )
    click.echo("  ".join(shown(one) for one in told if one is not None))


def _say_json(event: Event) -> None:
    emit("ndjson", EVENTS, [event])


class _Quiet(WSGIRequestHandler):
    """Says nothing of its own: a path may hold a token."""

    def log_message(self, format: str, *args: object) -> None:
        """Leave it to the listener."""
