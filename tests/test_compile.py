"""The compiled reader and the explaining converter accept the same payloads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import frozen
from cattrs import BaseValidationError
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import PayloadError
from clm_bridge._convert import Reader, _detailed
from clm_bridge._scalars import Mismatch
from clm_bridge.adapter import Amount, Day, Id, wire


@frozen
class Inner:
    id: Id = wire()
    name: str | None = wire(default=None)


@frozen
class Outer:
    id: Id = wire()
    name: str = wire("the-name")
    count: int | None = wire(default=None)
    flag: bool | None = wire(default=None)
    amount: Amount | None = wire(default=None)
    exact: Decimal | None = wire(default=None)
    at: datetime | None = wire(default=None)
    on: Day | None = wire(default=None)
    inner: Inner | None = wire(part=Inner, default=None)
    inners: tuple[Inner, ...] = wire(part=Inner, default=())
    words: tuple[str, ...] | None = wire(default=None)
    mapping: Mapping[str, Any] | None = wire(default=None)
    anything: Any = wire(default=None)


KEYS = [
    "id",
    "the-name",
    "count",
    "flag",
    "amount",
    "exact",
    "at",
    "on",
    "inner",
    "inners",
    "words",
    "mapping",
    "anything",
    "new",
]
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "x", "12.50", "2026-01-31", "2026-01-31T10:00:00Z", "NaN"])
)
INNER = st.fixed_dictionaries({}, optional={"id": SCALARS, "name": SCALARS})
VALUES = SCALARS | INNER | st.lists(SCALARS | INNER, max_size=3)
PAYLOADS = st.fixed_dictionaries(
    {"id": st.integers() | VALUES, "the-name": st.text() | VALUES},
    optional=dict.fromkeys(KEYS[2:], VALUES),
)
READER = Reader()


@given(PAYLOADS)
def test_both_accept_the_same_and_read_it_alike(payload):
    """What the fast way refuses, the explaining one explains, and nothing else."""
    try:
        explained = _detailed(READER._hooks).structure(payload, Outer)
    except (BaseValidationError, Mismatch):
        with pytest.raises(PayloadError) as caught:
            READER.read(payload, Outer)
        assert caught.value.problems
        assert "$: not readable" not in caught.value.problems
        return

    assert READER.read(payload, Outer) == explained


@given(
    st.recursive(
        SCALARS, lambda below: st.lists(below) | st.dictionaries(st.text(), below)
    )
)
def test_anything_else_is_a_payload_error(payload):
    """A value that is no object has no keys to read."""
    if isinstance(payload, dict):
        return
    with pytest.raises(PayloadError, match="expected an object"):
        READER.read(payload, Outer)


def test_a_default_stands_for_a_missing_key():
    """Absent and optional is the default of the class."""
    read = READER.read({"id": 7, "the-name": "x"}, Outer)

    assert (read.id, read.inners, read.count) == ("7", (), None)


def test_a_missing_key_is_named_in_the_vendors_spelling():
    """The path says the-name, not name."""
    with pytest.raises(PayloadError) as caught:
        READER.read({"id": 7}, Outer)

    assert caught.value.problems == ("$.the-name: is missing",)


def test_a_mismatch_never_shows_the_value():
    """Both kinds are named."""
    assert str(Mismatch("text", ["hush"])) == "expected text, got a list"
