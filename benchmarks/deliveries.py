"""A receiver against a bare Starlette route that verifies an HMAC and keeps nothing."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from clm_bridge.receiving import Receiver, asgi

SECRET = "test-secret"
ROUND = 100
"""Deliveries in one turn."""
TURNS = 15


def receiving() -> str:
    """Deliveries a second and the time to acknowledge, by ASGI without a socket."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route

    async def bare(request: Request) -> Response:
        body = await request.body()
        told = request.headers["leeway-signature"]
        stamp, _, shown = told.removeprefix("t=").partition(",sha256=")
        signed = stamp.encode() + b"." + body
        good = hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        fits = hmac.compare_digest(good, shown)
        return Response(status_code=200 if fits else 401)

    with tempfile.TemporaryDirectory() as folder:
        receiver = Receiver(
            vendor="tomorro",
            api_key="not-a-real-key",
            webhook_secrets=SECRET,
            events=Path(folder, "events.sqlite"),
        )
        apps = {
            "receiver": asgi(receiver),
            "bare": Starlette(routes=[Route("/tomorro", bare, methods=["POST"])]),
        }
        spent = asyncio.run(_turns(apps))
        receiver.close()
    return _told(spent)


async def _turns(apps: dict[str, Any]) -> dict[str, list[list[float]]]:
    numbers = count()
    spent: dict[str, list[list[float]]] = {name: [] for name in apps}
    for turn in range(TURNS):
        for name in sorted(apps, reverse=bool(turn % 2)):
            spent[name].append(
                [await _sent(apps[name], next(numbers)) for _ in range(ROUND)]
            )
    return spent


async def _sent(app: Callable[..., Awaitable[None]], number: int) -> float:
    """Deliver one event; return the seconds until it was acknowledged."""
    body = _body(number)
    stamp = str(int(time.time() * 1000)).encode()
    digest = hmac.new(SECRET.encode(), stamp + b"." + body, "sha256").hexdigest()
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/tomorro",
        "headers": [
            (b"leeway-signature", b"t=" + stamp + b",sha256=" + digest.encode())
        ],
        "query_string": b"",
    }
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body}

    async def send(message: Any) -> None:
        sent.append(message)

    begun = time.perf_counter()
    await app(scope, receive, send)
    spent = time.perf_counter() - begun
    assert sent[0]["status"] == 200
    return spent


def _body(number: int) -> bytes:
    contract = {"id": f"c{number % 50}", "name": "MSA", "status": "signed"}
    told = {
        "eventId": f"e{number}",
        "webhookId": "w1",
        "createdAt": "2026-01-15T10:30:02.280Z",
        "eventType": "contractSigned",
        "data": {"contract": contract},
    }
    return json.dumps(told).encode()


def _told(spent: dict[str, list[list[float]]]) -> str:
    pairs = zip(spent["receiver"], spent["bare"], strict=True)
    ratios = [sum(own) / sum(other) for own, other in pairs]
    low, median, high = statistics.quantiles(ratios, n=4)
    ours = sorted(_flat(spent["receiver"]))
    bare = sorted(_flat(spent["bare"]))
    return (
        f"{median:.1f}x the bare route's time (quartiles {low:.1f} to {high:.1f}); "
        f"acknowledged after {_ms(ours, 0.5)} (99 of 100 within {_ms(ours, 0.99)}), "
        f"{len(ours) / sum(ours):.0f} a second one after the other; "
        f"bare {_ms(bare, 0.5)}"
    )


def _flat(turns: list[list[float]]) -> Iterator[float]:
    return (one for turn in turns for one in turn)


def _ms(values: list[float], part: float) -> str:
    return f"{values[int(part * (len(values) - 1))] * 1000:.2f} ms"


if __name__ == "__main__":
    print(receiving())
