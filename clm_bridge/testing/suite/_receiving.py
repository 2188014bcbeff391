"""What a vendor tells by itself: EVENTS."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..._errors import ClmError, PayloadError, WebhookVerificationError
from ..._events import Event
from ..._parsing import parse
from ..._secrets import Secret
from ..._vocabulary import EventKind
from ..._webhook import Webhook
from ._outcomes import demand, must, prove
from ._subject import Subject

UNHEARD = "unheard-of"
OURS = "c2VjcmV0IG9mIHRoZSBzdWl0ZQ=="


class Receivings:
    """Checks of deliveries."""

    @must("MUST-EVENTS-1")
    def test_what_is_not_proven_is_refused(self, subject: Subject) -> str:
        hook = Webhook(subject.settings().adapter, [Secret(OURS)])
        tries: list[tuple[Any, bytes, str | None]] = [
            ({}, b"{}", None),
            ({}, b"", ""),
            ({}, b"{}", "wrong"),
            ([(b"x-signature", b"\xff")], b"\xff", None),
        ]
        tries += [(headers, body, "wrong") for headers, body in _others(subject)]
        for headers, body, token in tries:
            demand(_refused(hook, headers, body, token), f"it took {body[:60]!r}")
        return f"{len(tries)} deliveries"

    @must("MUST-EVENTS-2")
    def test_an_empty_secret_proves_nothing(self, subject: Subject) -> str:
        hook = Webhook(subject.settings().adapter, [Secret("")])
        told = [*_told(subject, secret="")]
        for _, headers, body in told:
            demand(_refused(hook, headers, body, ""), f"it took {body[:60]!r}")
        return f"{len(told)} deliveries"

    @must("MUST-EVENTS-3")
    def test_each_word_is_its_kind(self, subject: Subject) -> str:
        adapter = subject.settings().adapter
        hook, words = Webhook(adapter, [Secret(OURS)]), []
        for word, headers, body in _told(subject, secret=OURS):
            event = hook.verify_and_parse(headers, body, token=OURS)
            same = (event.source.name, event.kind) == (word, adapter.events[word])
            demand(same, f"{word} is {event.kind.value}")
            words.append(word)
        demand(not adapter.unknown_words, f"{[*adapter.unknown_words]} are not known")
        return ", ".join(words)

    @must("MUST-EVENTS-4")
    def test_an_unknown_word_is_other(self, subject: Subject) -> str:
        adapter = subject.settings().adapter
        demand(adapter.event_kind(UNHEARD) is EventKind.OTHER, "it has a kind")
        demand(adapter.unknown_words[UNHEARD] == 1, "it is not counted")
        for word, _, body in _told(subject, secret=OURS):
            if word.encode() in body:
                event = _read(adapter, body.replace(word.encode(), UNHEARD.encode()))
                demand(event.kind is EventKind.OTHER, f"it is {event.kind.value}")
                demand(event.source.name == UNHEARD, "the word is lost")
        return UNHEARD

    @must("MUST-EVENTS-5")
    def test_an_event_keeps_its_id(self, subject: Subject) -> str:
        found: dict[str, bytes] = {}
        adapter = subject.settings().adapter
        for _, _, body in _told(subject, secret=OURS):
            ids = {_read(adapter, body).id for _ in range(2)}
            demand(len(ids) == 1 and all(ids), f"it goes by {sorted(ids)}")
            demand(found.setdefault(ids.pop(), body) == body, "two events have one id")
        return f"{len(found)} events"

    @must("MUST-EVENTS-6")
    def test_an_events_contract_can_be_read(self, subject: Subject) -> str:
        read = set()
        adapter = subject.settings().adapter
        for _, _, body in _told(subject, secret=OURS):
            event = _read(adapter, body)
            demand(event.occurred_at.tzinfo is not None, "when it happened is naive")
            if event.contract_id is not None:
                read.add(event.contract_id)
        prove(read, "no event names a contract")
        for own in sorted(read):
            found = subject.clm.contracts.get(own)
            same = adapter.contract_key(found.id) == adapter.contract_key(own)
            demand(same, f"{own} reads {found.id}")
        return ", ".join(sorted(read))

    @must("MUST-EVENTS-7")
    def test_what_is_proven_and_odd_is_refused(self, subject: Subject) -> str:
        adapter = subject.settings().adapter
        odd: list[Any] = [None, [], {}, "text", 7, {"contract": None}]
        for told in odd:
            try:
                adapter.read_event(told)
            except PayloadError:
                continue
            except Exception as error:
                said = f"{told!r} raises {type(error).__name__}"
                raise AssertionError(said) from error
            raise AssertionError(f"{told!r} is an event")
        return f"{len(odd)} payloads"


def _told(subject: Subject, *, secret: str) -> Iterator[tuple[str, Any, bytes]]:
    """Yield each word that the sandbox can tell, with headers and body."""
    sandbox: Any = subject.settings().sandbox
    outbox: Any = getattr(sandbox, "webhooks", None)
    prove(outbox is not None, "nothing tells of events here")
    outbox.subscribe(secret=secret)
    for word in outbox.manner.words:
        sandbox.tell(word)
        for headers, body in outbox.pull():
            yield word, headers, body


def _others(subject: Subject) -> Iterator[tuple[Any, bytes]]:
    """Yield what somebody else signed, where a sandbox can be that."""
    sandbox: Any = subject.settings().sandbox
    if getattr(sandbox, "webhooks", None) is not None:
        for _, headers, body in _told(subject, secret=OURS[::-1].strip("=") + "=="):
            yield headers, body


def _refused(hook: Webhook, headers: Any, body: bytes, token: str | None) -> bool:
    try:
        hook.verify_and_parse(headers, body, token=token)
    except WebhookVerificationError:
        return True
    except ClmError as error:
        raise AssertionError(f"it raised {type(error).__name__}") from error
    return False


def _read(adapter: Any, body: bytes) -> Event:
    event: Event = adapter.read_event(parse(body))
    return event
