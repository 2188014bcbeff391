"""Letting a vendor tell of events by itself: registering, resending, the key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from ._adapter import Adapter
from ._desk import Desk, offered
from ._errors import AmbiguousWrite, ClmError, InvalidInput
from ._events import Registration
from ._flow import alone, doubt
from ._origin import LOOPBACK
from ._vocabulary import EventKind, Outcome
from ._written import Written

TITLE = "clm-bridge"


async def register(
    desk: Desk,
    url: str,
    kinds: Iterable[EventKind | str] | None,
    title: str,
    *,
    dry: bool = False,
) -> Written[Registration]:
    """Let the vendor tell *url* of what *kinds* name."""
    adapter = desk.adapter
    offered(adapter, "webhooks.register")
    check_address(url)
    words = vendor_words(adapter, kinds)
    try:
        made = await alone(adapter.register_webhook(url, words, title))
    except ClmError as error:
        if not error.in_doubt:
            raise
        raise AmbiguousWrite(
            f"{error.message}; the address may be registered",
            hint=adapter.instead.get("webhooks.list", "look at webhooks.list"),
        ) from error
    if dry:
        return Written(Outcome.DRY_RUN)
    return Written(Outcome.CREATED, result=made)


async def unregister(desk: Desk, id: str, *, dry: bool = False) -> Written[None]:
    """Let the vendor tell an address no more."""
    offered(desk.adapter, "webhooks.unregister")
    lost = await doubt(desk.adapter.unregister_webhook(id))
    if lost is not None:
        raise AmbiguousWrite(
            f"{lost.message}; {id} may be gone",
            hint="do it again: NotFound says that it is gone",
        ) from lost
    return Written(Outcome.DRY_RUN if dry else Outcome.CHANGED)


async def resend(
    desk: Desk, contract_ids: Iterable[str], *, dry: bool = False
) -> Written[None]:
    """Let the vendor tell once more what it last told of each contract."""
    offered(desk.adapter, "webhooks.resend")
    ids = [contract_ids] if isinstance(contract_ids, str) else list(contract_ids)
    if not ids:
        raise InvalidInput("no contract is named", hint="say whose events to resend")
    lost = await doubt(desk.adapter.resend_events(ids))
    if lost is not None:
        raise AmbiguousWrite(
            f"{lost.message}; the events may come",
            contract_ids=ids,
            hint="do it again: an event that comes twice has the same id",
        ) from lost
    return Written(Outcome.DRY_RUN if dry else Outcome.CHANGED)


def check_address(url: str) -> None:
    """Refuse an address that a vendor cannot call, or where anybody can listen in."""
    try:
        parts = urlsplit(url)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        host = None
    if not host or parts.scheme not in ("http", "https"):
        raise InvalidInput(
            "the address of a webhook is a URL, with its scheme and host",
            hint="such as https://hooks.example.com/clm",
        )
    if parts.scheme == "http" and host not in LOOPBACK:
        raise InvalidInput(
            "the address of a webhook is not https",
            hint="plain http is for a sandbox that calls loopback",
        )
    if "@" in parts.netloc or parts.fragment:
        raise InvalidInput(
            "the address of a webhook holds more than an address",
            hint="leave out the user, the password and what follows '#'",
        )


def vendor_words(
    adapter: Adapter, kinds: Iterable[EventKind | str] | None
) -> Sequence[str]:
    """
    Return the vendor's words for *kinds*, each of which is one of ours or a word.

    Without any, all that have a meaning here.
    """
    if kinds is None:
        return [
            word for word, kind in adapter.events.items() if kind is not EventKind.OTHER
        ]
    told = [kinds] if isinstance(kinds, str | EventKind) else list(kinds)
    found = [word for one in told for word in _words(adapter, one)]
    if not found:
        raise InvalidInput("no kind of event is named", hint="leave it out for all")
    return list(dict.fromkeys(found))


def _words(adapter: Adapter, told: EventKind | str) -> Sequence[str]:
    """Return the vendor's words for one kind, its value, or one such word."""
    if not isinstance(told, EventKind) and told in adapter.events:
        return [told]
    wanted = told.value if isinstance(told, EventKind) else told
    found = [word for word, kind in adapter.events.items() if kind.value == wanted]
    if not found:
        known = ", ".join(sorted({kind.value for kind in adapter.events.values()}))
        raise InvalidInput(
            f"{adapter.title} tells of no event {wanted!r}",
            hint=f"it tells of {known}; or use one of its own words",
        )
    return found
