"""How many calls each operation makes, counted against the sandbox in this process."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import clm_bridge
from clm_bridge import Bridge, Contract, Exchange, Status, hookimpl
from clm_bridge._operations import FULL_PAGE

from .markdown import code, table
from .vendors import adapter

EXAMPLE = "PR-1042"
"""The external id of the portfolio's example, a contract with nothing left out."""


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
    with clm_bridge.connect(
        vendor=vendor, sandbox=True, timezone="Europe/Paris", plugins=[observer]
    ) as clm:
        clm.check()  # fetches the token, where there is one
        clm.links.build()
        rows = [
            [code(name), *_counted(observer, ask)]
            for name, ask in _asked(clm).items()
            if name in clm.capabilities
        ]
    return table(["Call", "Calls to the vendor", "Which"], [*_listing(vendor), *rows])


def _listing(vendor: str) -> list[list[str]]:
    cls = adapter(vendor)
    each, rows = cls.calls_per_contract, min(cls.page_size, FULL_PAGE)
    whole = f"1 a page of {rows} rows, and at most {each} a contract"
    if not each:
        whole = f"1 a page of {cls.page_size} rows"
    return [
        ["`contracts.list()`", whole, 'all facets, as `detail="full"`'],
        [
            '`contracts.list(detail="summary")`',
            f"1 a page of {cls.page_size} rows",
            "what a row carries",
        ],
    ]


def _asked(clm: Bridge) -> dict[str, Callable[[], object]]:
    example = _example(clm)
    [document] = clm.documents.list(example.id)[:1]
    return {
        "check": clm.check,
        "contracts.get": lambda: clm.contracts.get(example.id),
        "contracts.status": lambda: clm.contracts.status(example.id),
        "contracts.find_by_external_id": lambda: clm.contracts.find_by_external_id(
            EXAMPLE
        ),
        "documents.list": lambda: clm.documents.list(example.id),
        "documents.download": lambda: _download(clm, document),
        "templates.list": lambda: list(clm.templates.list()),
        "counterparties.list": lambda: list(clm.counterparties.list()),
        "fields.list": lambda: list(clm.fields.list()),
    }


def _example(clm: Bridge) -> Contract:
    [example] = clm.contracts.find_by_external_id(EXAMPLE)
    if example.status is Status.EXECUTED:
        return example
    raise LookupError("the portfolio's example is not executed")


def _download(clm: Bridge, document: clm_bridge.Document) -> None:
    with TemporaryDirectory() as folder:
        clm.documents.download(document, Path(folder))


def _counted(observer: Observer, ask: Callable[[], object]) -> tuple[str, str]:
    observer.asked.clear()
    ask()
    asked = sorted(observer.asked)
    which = (_times(what, asked.count(what)) for what in dict.fromkeys(asked))
    return str(len(asked)), ", ".join(which)


def _times(what: str, count: int) -> str:
    return f"{code(what)} ({count} times)" if count > 1 else code(what)
