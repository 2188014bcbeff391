"""A vendor that does as little as a sandbox may, for what all sandboxes share."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

import httpx
import pytest
from flask import Flask, Response, request

from clm_bridge.sandbox import Clock, Deal, InProcess, Sandbox, start


class Paper(Sandbox):
    """Keeps contracts under their number, and lets the counterparty sign."""

    vendor: ClassVar[str] = "paper"
    origin: ClassVar[str] = "https://api.paper.example"
    assumptions: ClassVar[Mapping[str, str]] = {"ids": "a number is an id"}

    def __init__(
        self, deals: Sequence[Deal], clock: Clock, *, switches: Mapping[str, Any]
    ) -> None:
        if switches.keys() - {"strict"}:
            raise ValueError(f"unknown switch: {', '.join(switches)}")
        self.deals, self.clock, self.app = deals, clock, Flask("paper")
        self.signed: set[str] = set()
        self.app.add_url_rule("/contracts", view_func=self._contracts)
        self.app.before_request(self._refuse)

    def settings(self) -> Mapping[str, Any]:
        return {}

    def reset(self) -> None:
        self.signed.clear()

    def counts(self) -> Mapping[str, int]:
        return {"contracts": len(self.deals)}

    def sign(self, id: str) -> None:
        if id not in {deal.number for deal in self.deals}:
            raise KeyError(id)
        if id in self.signed:
            raise ValueError(f"{id} is signed already")
        self.signed.add(id)

    def _contracts(self) -> Any:
        return [deal.number for deal in self.deals]

    def _refuse(self) -> Any:
        if "Authorization" not in request.headers:
            return {"detail": "no credentials"}, 401
        return None


class Broken(Paper):
    """Raises a KeyError of its own making."""

    def hold(self, id: str) -> None:
        raise KeyError("stage")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def paper(clock: Clock) -> Paper:
    return start(Paper, clock=clock)


@pytest.fixture
def broken() -> Broken:
    return start(Broken)


@pytest.fixture
def world(paper: Paper) -> Iterator[httpx.Client]:
    """Talk to the control API, which asks for no credentials."""
    url = f"{paper.origin}/__sandbox__"
    with httpx.Client(base_url=url, transport=InProcess(paper.app)) as client:
        yield client


@pytest.fixture
def echo() -> Flask:
    """Say back what was received."""
    app = Flask("echo")

    @app.route("/echo/<path:rest>", methods=["GET", "POST", "HEAD"])
    def said(rest: str) -> dict[str, Any]:
        return {
            "path": rest,
            "query": request.args.to_dict(),
            "body": request.get_data().decode(),
            "host": request.host,
        }

    @app.get("/parts")
    def parts() -> Response:
        return Response(part for part in (b"one ", b"", b"two ", b"three"))

    @app.post("/deaf")
    def deaf() -> str:
        return "not read"

    @app.get("/nothing")
    def nothing() -> tuple[str, int]:
        return "", 204

    return app
