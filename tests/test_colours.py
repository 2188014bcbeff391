"""The bridge for threads and the one for asyncio are one interface."""

from __future__ import annotations

import inspect

import pytest

import clm_bridge
from clm_bridge import _async_rooms as async_rooms
from clm_bridge import _rooms as rooms_of_threads
from clm_bridge._async_contracts import AsyncContracts
from clm_bridge._contracts import Contracts


def public(cls):
    """The public names of a class, with their signatures made comparable."""
    members = inspect.getmembers(
        cls, lambda one: callable(one) or type(one) is property
    )
    shown = {}
    for name, one in members:
        if name.startswith("_"):
            continue
        told = one.fget if isinstance(one, property) else one
        signature = inspect.signature(told)
        text = str(signature.replace(return_annotation=inspect.Signature.empty))
        shown[name] = text.replace("Async", "").replace("AsyncIterator", "Iterator")
    return shown


PAIRS = [
    (clm_bridge.Bridge, clm_bridge.AsyncBridge),
    (Contracts, AsyncContracts),
    *(
        (getattr(rooms_of_threads, name), getattr(async_rooms, f"Async{name}"))
        for name in (
            "Listing",
            "Counterparties",
            "Documents",
            "Fields",
            "Links",
            "Templates",
            "Vendor",
            "Webhooks",
        )
    ),
]


@pytest.mark.parametrize(("blocking", "asynchronous"), PAIRS)
def test_both_colours_offer_the_same(blocking, asynchronous):
    """Names, parameters, defaults and docstrings agree."""
    assert public(blocking) == public(asynchronous)
    for name in public(blocking):
        assert inspect.getdoc(getattr(blocking, name)) == inspect.getdoc(
            getattr(asynchronous, name)
        )


def test_both_ways_to_connect_take_the_same():
    """connect and connect_async differ in their transport's type alone."""
    blocking, asynchronous = (
        inspect.signature(one).parameters
        for one in (clm_bridge.connect, clm_bridge.connect_async)
    )

    assert list(blocking) == list(asynchronous)
    assert [one.kind for one in blocking.values()] == [
        one.kind for one in asynchronous.values()
    ]
