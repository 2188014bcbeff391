"""
Answers that are lost, at random: never two contracts for one own id.

The sandbox commits, or does so later, or not at all, and no answer comes.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, TypeVar

import pytest

from clm_bridge import (
    AmbiguousWrite,
    ConnectionFailed,
    ExternalLink,
    Incomplete,
    NewContract,
    NewCounterparty,
    Outcome,
    Upload,
)
from clm_bridge._creating import Creation
from clm_bridge._desk import Desk
from clm_bridge._errors import status_error
from clm_bridge._flow import Op, as_operation, blocking, run
from clm_bridge._links import MemoryLinks
from clm_bridge.adapter import Request, Response, Workspace
from clm_bridge.sandbox import portfolio
from clm_bridge_coupa import Coupa
from clm_bridge_coupa._config import Config

from .reading import LOS_ANGELES, Secret
from .tenant import Tenant

pytestmark = pytest.mark.heavy
FATES = ("answered", "lost", "gateway", "delayed", "never", "unsent")
WEIGHTS = (4, 2, 1, 1, 1, 1)
DEALS = portfolio()[:4]
T = TypeVar("T")


class Line:
    """
    A connection to a tenant on which answers are lost.

    *fate* says what becomes of a write: it is ``answered``; its answer is ``lost``, or
    is the ``gateway``'s; it takes effect ``delayed``, after a later call; it ``never``
    does, or stays ``unsent``.
    """

    def __init__(self, tenant: Tenant, fate: Callable[[], str]) -> None:
        self.tenant, self._fate = tenant, fate
        self._delayed: list[Request] = []

    def do(self, operation: Op[T]) -> T:
        """Carry an operation out; nobody waits."""

        async def gather(parts: Sequence[Awaitable[Any]]) -> list[Any]:
            return [
                await run(as_operation(one), self.send, gather, self.sleep)
                for one in parts
            ]

        return blocking(run(operation, self.send, gather, self.sleep))

    async def sleep(self, seconds: float) -> None:
        """Let time pass, and with it whatever was delayed."""
        self.tenant.clock.advance(timedelta(seconds=seconds))
        for request in self._delayed:
            self._call(request)
        self._delayed.clear()

    async def send(self, request: Request) -> Response:
        """Answer, or lose the answer."""
        fate = "answered" if request.safe else self._fate()
        if fate == "unsent":
            error = ConnectionFailed("refused")
            error.sent = False
            raise error
        if fate == "delayed":
            self._delayed.append(request)
        if fate in ("delayed", "never"):
            raise ConnectionFailed("reset")
        answer = self._call(request)
        if fate == "lost":
            raise ConnectionFailed("reset")
        if fate == "gateway":
            raise status_error(request.asked, 504, (), None)
        if not answer.ok:
            raise status_error(request.asked, answer.status, (), None)
        return answer

    def _call(self, request: Request) -> Response:
        files = {
            part: (BytesIO(file.content), file.name)
            for part, file in request.files.items()
        }
        body = {"data": {**(request.form or {}), **files}} if files else {}
        if request.json is not None:
            body = {"json": json.loads(json.dumps(request.json, default=str))}
        answer = self.tenant.client.open(
            f"/api/{request.target}",
            method=request.method,
            query_string=dict(request.params),
            headers=self.tenant.headers(),
            **body,
        )
        return Response(answer.status_code, {}, answer.data)


def desk(now: Callable[[], datetime], where: str) -> Desk:
    config = Config(
        client_id="app", client_secret=Secret("s3"), instance="acme", external_id=where
    )
    adapter = Coupa(config, Workspace(zone=LOS_ANGELES, now=now))
    return Desk(adapter, MemoryLinks(), 1 << 20)


def deal(own: str) -> NewContract:
    return NewContract(
        name=f"Deal {own}",
        counterparty=NewCounterparty(DEALS[0].counterparty.name),
        external_link=ExternalLink(None, None, own),
        document=Upload("a.pdf", b"%PDF-1.7"),
    )


def attempts(dice: random.Random, line: Line, told: NewContract, where: str) -> bool:
    """Create until it is known to be there; say whether it is."""
    place = desk(line.tenant.clock.now, where)
    for _ in range(6):
        if dice.random() < 0.3:  # another process, which shares no index
            place = desk(line.tenant.clock.now, where)
        try:
            written = line.do(Creation(place, told).run())
        except (AmbiguousWrite, Incomplete):
            line.tenant.clock.advance(timedelta(seconds=dice.choice((1, 40))))
            continue
        except ConnectionFailed:  # it never left
            continue
        assert written.result.external_link is not None
        assert written.result.external_link.id == told.external_link.id  # type: ignore[union-attr]  # it has one
        assert written.outcome in (
            Outcome.CREATED,
            Outcome.EXISTED,
            Outcome.RECONCILED,
        )
        return True
    return False


@pytest.mark.parametrize(
    "where", ["external-contract-id", "number", "source-id", "custom-field:cost-centre"]
)
def test_there_are_never_two_contracts_for_one_own_id(where: str) -> None:
    """In fifty histories for each place of the own id, whatever was lost."""
    dice = random.Random(where)
    tenant = Tenant(some=DEALS)
    line = Line(tenant, lambda: dice.choices(FATES, WEIGHTS)[0])
    known = sum(attempts(dice, line, deal(f"PR-{at}"), where) for at in range(50))
    rows = tenant.all(["number"], **{"id[gt_or_eq]": 10_000})
    made = Counter(row["number"] for row in rows)

    assert set(made.values()) == {1}
    assert known > 40
