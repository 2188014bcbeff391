"""
What copies of a bridge share, and bridges with them.

The vendor counts the calls of a workspace, whichever of its bridges makes them, and
some vendors end a token when they grant another.  So all bridges of a workspace in
this process keep to one window, and all of a credential use one token.
"""

from __future__ import annotations

import threading
import time
import weakref
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from attrs import define, field, fields, has

from ._config import Settings
from ._file_rates import FileRates
from ._limits import Rate, Window
from ._pace import Pace
from ._rates import CommonWindow, RateStore
from ._retry import Quota
from ._secrets import Secret, secrets_in
from ._tokens import Tokens

_paces: weakref.WeakValueDictionary[str, Pace] = weakref.WeakValueDictionary()
_tokens: weakref.WeakValueDictionary[str, Tokens] = weakref.WeakValueDictionary()
_lock = threading.Lock()
_left: dict[str, Window] = {}
"""The windows of workspaces whose bridges are gone; their calls still count."""


@define
class Shared:
    """What all copies of one bridge share; the pace and the token, also with others."""

    settings: Settings
    pace: Pace | None
    tokens: Tokens
    quota: Quota = field(factory=Quota)


def share(
    settings: Settings, network: object | None = None, store: RateStore | None = None
) -> Shared:
    """
    Return what all copies of one bridge share.

    *network* is the client or the transport that a bridge was given: only bridges
    that were given the same one are sure to talk to the same workspace.
    """
    own = network or settings.sandbox
    where = "" if own is None else f"{type(own).__name__} {id(own)}"
    auth = settings.adapter.auth
    with _lock:
        tokens = _tokens.setdefault(_key(settings, where, *_told(auth)), Tokens())
        pace = None
        if settings.rate is not None:
            common = _common(settings, settings.rate, own is None, store)
            pace = _pace(settings, settings.rate, where, common)
    return Shared(settings, pace, tokens)


def _pace(
    settings: Settings, rate: Rate, where: str, common: CommonWindow | None
) -> Pace:
    key = _key(settings, f"{where} {rate} {common}", *_account(settings))
    pace = _paces.get(key)
    if pace is None:
        _drop_rested()
        pace = _paces[key] = Pace(rate, common, _left.pop(key, None))
        if not where:  # another client may stand at the same place later
            weakref.finalize(pace, _left.__setitem__, key, pace.window).atexit = False
    return pace


def _drop_rested() -> None:
    now = time.monotonic()
    for key, window in [*_left.items()]:
        if all(one + window.rate.span < now for one in window.left):
            _left.pop(key, None)


def _common(
    settings: Settings, rate: Rate, is_usual: bool, store: RateStore | None
) -> CommonWindow | None:
    """Return the window that processes share; by default on the usual network alone."""
    told = is_usual or "rates" in settings.origins
    if store is None and told and settings.rates is not None:
        store = FileRates(settings.rates)
    if store is None:
        return None
    limit = f"{rate.calls}/{rate.seconds:g}"
    key = _key(settings, limit, *_account(settings))
    return CommonWindow(store, f"clm-bridge:{settings.vendor}:{limit}:{key}", rate)


def _key(settings: Settings, *told: str) -> str:
    """Return a digest that stands for a workspace, and shows no credential."""
    words = (settings.vendor, settings.adapter.base_url, *told)
    return blake2b("\0".join(words).encode(), digest_size=16).hexdigest()


def _account(settings: Settings) -> Iterator[str]:
    """Yield what the vendor tells one account from another by."""
    auth = settings.adapter.auth
    client = getattr(auth, "client_id", None)
    yield from [client] if isinstance(client, str) else secrets_in(auth)


def _told(value: Any) -> Iterator[str]:
    """Yield all that a credential says."""
    if isinstance(value, Secret):
        yield value.reveal()
    elif isinstance(value, Mapping):
        for name in sorted(value):
            yield name
            yield from _told(value[name])
    elif has(type(value)):
        for attribute in fields(type(value)):
            yield from _told(getattr(value, attribute.name))
    else:
        yield repr(value)
