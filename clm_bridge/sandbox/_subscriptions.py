"""Who is told of a sandbox's events, and who no longer is, for failing too often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ._deliveries import Manner, Subscription
from ._posting import ELSEWHERE, is_near


class Subscriptions:
    """The addresses of one sandbox, by their ids; whoever changes them holds a lock."""

    def __init__(self, manner: Manner) -> None:
        self._manner = manner
        self._made = 0
        self._all: dict[str, Subscription] = {}
        self._failed: dict[str, int] = {}

    def __iter__(self) -> Any:
        return iter([*self._all.values()])

    def __len__(self) -> int:
        return len(self._all)

    def __contains__(self, id: object) -> bool:
        return id in self._all

    def add(
        self,
        url: str | None,
        words: Iterable[str],
        *,
        secret: str | None = None,
        headers: Mapping[str, str] | None = None,
        title: str | None = None,
        owner: str | None = None,
    ) -> Subscription:
        """Keep an address, whichever it is, and make a secret unless there is one."""
        self._made += 1
        own = self._manner.new_id(self._made)
        key = self._manner.new_secret(own) if secret is None else secret
        made = Subscription(own, url, tuple(words), key, headers or {}, title, owner)
        self._all[own] = made
        return made

    def check(self, url: str | None, words: Iterable[str]) -> None:
        """Refuse an address that is elsewhere, and words that mean nothing here."""
        unknown = sorted(set(words) - set(self._manner.words))
        if unknown:
            raise ValueError(f"nothing is called {', '.join(unknown)} here")
        if url is not None and not is_near(url):
            raise ValueError(ELSEWHERE)

    def remove(self, id: str) -> None:
        """Forget one; `KeyError` if there is none."""
        del self._all[id]
        self._failed.pop(id, None)

    def clear(self) -> None:
        """Forget them all; their ids do not come again."""
        self._all.clear()
        self._failed.clear()

    def is_active(self, id: str) -> bool:
        """Say whether it is still told, however often it failed."""
        most = self._manner.failures
        return most is None or self._failed.get(id, 0) <= most

    def wanting(self, word: str, owners: Iterable[str]) -> list[Subscription]:
        """Return who is to be told of an event on a contract of *owners*."""
        whose = set(owners)
        return [
            one
            for one in self._all.values()
            if one.wants(word)
            and self.is_active(one.id)
            and (one.owner is None or one.owner in whose)
        ]

    def note(self, id: str, *, worked: bool) -> None:
        """Count the failures in a row."""
        self._failed[id] = 0 if worked else self._failed.get(id, 0) + 1

    def shown(self, one: Subscription) -> dict[str, Any]:
        """Return one as the control API shows it, without its secret."""
        return {
            "id": one.id,
            "url": one.url,
            "words": list(one.words),
            "title": one.title,
            "owner": one.owner,
            "active": self.is_active(one.id),
        }
