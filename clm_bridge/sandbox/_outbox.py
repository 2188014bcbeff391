"""
What a sandbox has to tell, and to whom.

Deliveries wait in a queue by the sandbox's clock.  While the sandbox is served, a
thread posts those that are due; in process they are pulled, or posted by `deliver`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Condition, Lock, Thread

from attrs import evolve

from ._clock import Clock
from ._deliveries import Delivery, Manner, Render, State, Subscription, Try
from ._mishaps import Mishaps
from ._posting import ELSEWHERE, is_near, post, signed
from ._subscriptions import Subscriptions

OUTBOX = "clm_bridge.outbox"
"""Where an application keeps its own, so that it is at work while it is served."""
_LOOK = 0.05
"""Seconds until the thread looks again whether the clock was moved."""


class Outbox:
    """
    One sandbox's subscriptions, and the deliveries to them.

    A signature tells the machine's own time, which whoever receives it compares with;
    bodies and tries go by the sandbox's clock.
    """

    def __init__(self, manner: Manner, clock: Clock, told: Mishaps) -> None:
        self.manner = manner
        self.subscriptions = Subscriptions(manner)
        self._clock = clock
        self._changed = Condition()
        self._posting = Lock()
        self.mishaps = told
        self.clear()

    def clear(self) -> None:
        """Forget subscriptions and deliveries."""
        with self._changed:
            self.subscriptions.clear()
            self.deliveries: list[Delivery] = []
            self._events = self._numbers = 0
            self._dice = Random(self.mishaps.seed)  # noqa: S311 - repeatable

    def go_wrong(self, told: Mishaps) -> None:
        """Let other mishaps happen from now on."""
        with self._changed:
            self.mishaps, self._dice = told, Random(told.seed)  # noqa: S311

    def subscribe(
        self,
        url: str | None = None,
        words: Iterable[str] = (),
        *,
        secret: str | None = None,
        headers: Mapping[str, str] | None = None,
        owner: str | None = None,
    ) -> Subscription:
        """
        Let an address on this machine be told of the vendor's *words*, or of all.

        Without an address, deliveries wait until they are pulled.  ``secret`` is what
        proves them; it is made unless it is given.
        """
        wanted = tuple(words)
        self.subscriptions.check(url, wanted)
        with self._changed:
            return self.subscriptions.add(
                url, wanted, secret=secret, headers=headers, owner=owner
            )

    def unsubscribe(self, id: str) -> None:
        """Tell an address no more; `KeyError` if there is none."""
        with self._changed:
            self.subscriptions.remove(id)
            self.deliveries = [
                one
                for one in self.deliveries
                if one.to.id != id or one.state is not State.WAITING
            ]

    def tell(
        self,
        word: str,
        contract: str | None,
        render: Render,
        owners: Iterable[str] = (),
    ) -> None:
        """Queue an event for whoever wants it; *owners* are whose contract it is."""
        with self._changed:
            self._events += 1
            for one in self.subscriptions.wanting(word, owners):
                self._queue(word, contract, one, render(one))
            self._changed.notify_all()

    def _queue(
        self, word: str, contract: str | None, to: Subscription, body: bytes
    ) -> None:
        """Queue one delivery, with what goes wrong on its way."""
        wrong, dice = self.mishaps, self._dice
        dropped = dice.random() < wrong.drop
        copies = 2 if dice.random() < wrong.duplicate else 1
        for _ in range(copies):
            late = wrong.delay + dice.random() * wrong.shuffle
            due = self._clock.now() + timedelta(seconds=late)
            made = Delivery(self._number(), self._events, word, contract, to, body, due)
            made.state = State.DROPPED if dropped else State.WAITING
            self.deliveries.append(made)

    def _number(self) -> int:
        self._numbers += 1
        return self._numbers

    def again(self, told: Delivery) -> Delivery:
        """Queue a delivery once more, with the same body."""
        with self._changed:
            made = evolve(
                told,
                number=self._number(),
                due=self._clock.now(),
                state=State.WAITING,
                tries=[],
            )
            self.deliveries.append(made)
            self._changed.notify_all()
        return made

    def again_latest(self, contract: str) -> None:
        """Queue once more what was last told of a contract."""
        told = [one for one in self.deliveries if one.contract == contract]
        latest = max((one.event for one in told), default=0)
        last = {one.to.id: one for one in told if one.event == latest}
        for one in last.values():
            if one.to.id in self.subscriptions:
                self.again(one)

    def waiting(self, *, due: bool = False) -> Sequence[Delivery]:
        """Return what waits, the next one first; with *due* only what is to go now."""
        now = self._clock.now()
        found = [one for one in self.deliveries if one.state is State.WAITING]
        found = [one for one in found if not due or one.due <= now]
        return sorted(found, key=lambda one: (one.due, one.number))

    def pull(self) -> Iterator[tuple[dict[str, str], bytes]]:
        """Yield headers and body of all that waits, whatever its time; post nothing."""
        while (one := self._next()) is not None:
            yield signed(self.manner, one.to, one.body, datetime.now(UTC)), one.body

    def _next(self) -> Delivery | None:
        with self._changed:
            for one in self.waiting():
                one.state = State.PULLED
                return one
        return None

    def deliver(self) -> Sequence[Delivery]:
        """Post what is due, once each, and return it."""
        return self._post(self.waiting(due=True))

    def flush(self) -> Sequence[Delivery]:
        """Post all that waits, once each, whatever its time, and return it."""
        return self._post(self.waiting())

    def _post(self, found: Iterable[Delivery]) -> Sequence[Delivery]:
        """Post what has an address; nobody else may post the same meanwhile."""
        with self._posting:
            going = [one for one in found if one.to.url and one.state is State.WAITING]
            for one in going:
                self._try(one)
            return going

    def _try(self, one: Delivery) -> None:
        now = self._clock.now()
        if not is_near(one.to.url):
            one.tries.append(Try(now, None, 0.0, ELSEWHERE))
            one.state = State.REFUSED
            return
        made = post(self.manner, one, datetime.now(UTC), now)
        with self._changed:
            self._note(one, made)

    def _note(self, one: Delivery, made: Try) -> None:
        """Note a try; what failed waits for the next one, if there is one."""
        one.tries.append(made)
        waits = self.manner.waits
        if not made.worked and len(one.tries) <= len(waits):
            one.due = made.at + waits[len(one.tries) - 1]
            return
        one.state = State.DELIVERED if made.worked else State.FAILED
        self.subscriptions.note(one.to.id, worked=made.worked)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Post whatever comes due, from a thread, until the end of the block."""
        going = [True]
        thread = Thread(target=self._run, args=(going,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            with self._changed:
                going.clear()
                self._changed.notify_all()
            thread.join(self.manner.time_limit)

    def _run(self, going: list[bool]) -> None:
        while going:
            with self._changed:
                found = [one for one in self.waiting() if one.to.url]
                now = self._clock.now()
                if not any(one.due <= now for one in found):
                    self._changed.wait(_LOOK if found else None)
                    continue
            self.deliver()


@contextmanager
def delivering(app: object) -> Iterator[None]:
    """Let an application's outbox be at work, if it has one, while it is served."""
    outbox = getattr(app, "extensions", {}).get(OUTBOX)
    with outbox.running() if outbox is not None else nullcontext():
        yield
