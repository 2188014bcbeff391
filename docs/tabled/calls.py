"""How many calls each operation makes, counted against the sandbox in this process."""

from __future__ import annotations

import clm_bridge
from clm_bridge import Exchange, hookimpl
from clm_bridge._operations import FULL_PAGE, Detail, calls_a_contract
from clm_bridge.adapter import Adapter

from . import acts
from .markdown import code, table
from .vendors import adapter


class Observer:
    """Notes what was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @hookimpl
    def clm_bridge_exchange(self, exchange: Exchange) -> None:
        """Note the method and the path's template."""
        self.asked.append(f"{exchange.method} {exchange.path}")


def calls(vendor: str) -> str:
    """Return operation → calls."""
    observer = Observer()
    rows = []
    with clm_bridge.connect(
        vendor=vendor, sandbox=True, timezone="Europe/Paris", plugins=[observer]
    ) as clm:
        clm.check()  # fetches the token, where there is one
        for name, attempts in acts.acts(clm):
            acts.first(attempts, observer.asked.clear)
            rows.append([code(name), *_counted(observer)])
    return table(["Call", "Calls to the vendor", "Which"], [*_listing(vendor), *rows])


def _listing(vendor: str) -> list[list[str]]:
    cls = adapter(vendor)
    return [
        ["`contracts.list()`", _walked(cls, "full"), 'all facets, as `detail="full"`'],
        ["`contracts.list(known=…)`", _known(cls), "the same, after an earlier run"],
        [
            '`contracts.list(detail="dates")`',
            _walked(cls, "dates"),
            "a row, and when it was executed and expires",
        ],
        [
            '`contracts.list(detail="summary")`',
            _walked(cls, "summary"),
            "what a row carries",
        ],
    ]


def _walked(cls: type[Adapter], detail: Detail) -> str:
    each = calls_a_contract(cls, detail)
    if not each:
        return f"1 a page of {cls.page_size} rows"
    rows = min(cls.page_size, FULL_PAGE)
    return f"1 a page of {rows} rows, and at most {each} a contract"


def _known(cls: type[Adapter]) -> str:
    each = calls_a_contract(cls, "full")
    if not each:
        return _walked(cls, "full")
    changed = f"at most {each} a contract that has changed or is new"
    return f"1 a page of {cls.page_size} rows, 1 a page of what has changed, {changed}"


def _counted(observer: Observer) -> tuple[str, str]:
    asked = sorted(observer.asked)
    which = (_times(what, asked.count(what)) for what in dict.fromkeys(asked))
    return str(len(asked)), ", ".join(which)


def _times(what: str, count: int) -> str:
    return f"{code(what)} ({count} times)" if count > 1 else code(what)
