"""Reading payloads: strict about types, exact about places, silent about values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from clm_bridge import PayloadError
from clm_bridge._convert import _detailed
from clm_bridge._parsing import parse
from clm_bridge.adapter import (
    Amount,
    Day,
    Id,
    Reader,
    day,
    each,
    instant,
    rows,
    wire,
)

from .drawn import JSON

READER = Reader(ZoneInfo("Europe/Paris"))


@frozen
class Company:
    name: str = wire("legal-name")
    id: Id | None = wire(default=None)


@frozen
class Row:
    id: Id = wire()
    name: str = wire("display-name")
    size: int | None = wire(default=None)
    open: bool | None = wire(default=None)
    ends: Day | None = wire("end-date", default=None)
    signed: date | None = wire(default=None)
    made: datetime | None = wire("created-at", default=None)
    price: Amount | None = wire(default=None)
    share: Decimal | None = wire(default=None)
    company: Company | None = wire(part=Company, default=None)
    others: tuple[Company, ...] = wire(part=Company, default=())
    tags: tuple[str, ...] | None = wire(default=None)
    grid: tuple[tuple[int, ...], ...] = wire(default=())
    custom: Mapping[str, Any] | None = wire(default=None)
    anything: Any = wire(default=None)
    kind: str = wire(default="plain")


def read(**told):
    return READER.read({"id": "7", "display-name": "Deal", **told}, Row)


def problems(**told):
    with pytest.raises(PayloadError) as caught:
        read(**told)
    assert "canary" not in str(caught.value)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    ("key", "told", "attribute", "value"),
    [
        ("id", 7, "id", "7"),
        ("id", "abc", "id", "abc"),
        ("size", 3, "size", 3),
        ("open", False, "open", False),
        ("end-date", "2026-01-31", "ends", date(2026, 1, 31)),
        ("end-date", "2026-01-30T23:30:00+00:00", "ends", date(2026, 1, 31)),
        ("end-date", "2026-01-30T23:30:00Z", "ends", date(2026, 1, 31)),
        ("end-date", "2026-01-30T23:30:00", "ends", date(2026, 1, 30)),
        ("signed", "2026-01-31", "signed", date(2026, 1, 31)),
        ("signed", "2026-01-30T23:30:00+00:00", "signed", date(2026, 1, 30)),
        (
            "created-at",
            "2026-01-31T12:00:00+02:00",
            "made",
            datetime(2026, 1, 31, 10, tzinfo=UTC),
        ),
        (
            "created-at",
            "2026-01-31T12:00:00",
            "made",
            datetime(2026, 1, 31, 12, tzinfo=UTC),
        ),
        ("price", "1.10", "price", Decimal("1.10")),
        ("price", Decimal("1.10"), "price", Decimal("1.10")),
        ("price", 2, "price", Decimal(2)),
        ("share", Decimal("0.5"), "share", Decimal("0.5")),
        ("share", 1, "share", Decimal(1)),
        (
            "company",
            {"legal-name": "Globex", "id": 1},
            "company",
            Company("Globex", "1"),
        ),
        ("others", [{"legal-name": "Globex"}], "others", (Company("Globex"),)),
        ("tags", ["a", "b"], "tags", ("a", "b")),
        ("grid", [[1, 2], []], "grid", ((1, 2), ())),
        ("custom", {"a": [1]}, "custom", {"a": [1]}),
        ("anything", [None], "anything", [None]),
        ("kind", "odd", "kind", "odd"),
    ],
)
def test_each_type_is_read(key, told, attribute, value):
    """What the vendor sends becomes what the attribute's type says."""
    found = getattr(read(**{key: told}), attribute)

    assert found == value
    assert type(found) is type(value)


def test_null_is_absent():
    """A key that is null and a key that is not there are the same."""
    nulls = dict.fromkeys(
        ["size", "open", "end-date", "price", "company", "tags", "custom"]
    )

    assert read(**nulls) == read()
    assert read().kind == "plain"


def test_unknown_keys_are_not_read():
    """A vendor may add keys."""
    assert read(colour="red") == read()


@pytest.mark.parametrize(
    ("key", "told", "problem"),
    [
        ("id", None, "$.id: expected an id, got null"),
        ("id", "", "$.id: expected an id, got text"),
        ("id", True, "$.id: expected an id, got true or false"),
        ("display-name", 7, "$.display-name: expected text, got a whole number"),
        ("size", "canary", "$.size: expected a whole number, got text"),
        ("size", True, "$.size: expected a whole number, got true or false"),
        ("size", Decimal(1), "$.size: expected a whole number, got a fraction"),
        ("open", 1, "$.open: expected true or false, got a whole number"),
        ("end-date", "canary", "$.end-date: expected an ISO 8601 date, got text"),
        ("end-date", "2026-02-30", "$.end-date: expected an ISO 8601 date, got text"),
        (
            "end-date",
            "0001-01-01T00:00:00+14:00",
            "$.end-date: expected an ISO 8601 date, got text",
        ),
        ("signed", 7, "$.signed: expected an ISO 8601 date, got a whole number"),
        (
            "created-at",
            "canary",
            "$.created-at: expected an ISO 8601 instant, got text",
        ),
        (
            "created-at",
            "9999-12-31T23:59:59-14:00",
            "$.created-at: expected an ISO 8601 instant, got text",
        ),
        ("created-at", {}, "$.created-at: expected an ISO 8601 instant, got an object"),
        ("price", "canary", "$.price: expected a number, got text"),
        ("price", "NaN", "$.price: expected a number, got text"),
        ("price", [], "$.price: expected a number, got a list"),
        ("share", "1", "$.share: expected a number, got text"),
        ("company", "canary", "$.company: expected an object, got text"),
        ("company", {}, "$.company.legal-name: is missing"),
        (
            "others",
            {"legal-name": "canary"},
            "$.others: expected a list, got an object",
        ),
        ("others", ["canary"], "$.others[0]: expected an object, got text"),
        (
            "others",
            [{"legal-name": "a"}, {"legal-name": 1}],
            "$.others[1].legal-name: expected text, got a whole number",
        ),
        ("tags", "canary", "$.tags: expected a list, got text"),
        ("tags", ["a", None], "$.tags[1]: expected text, got null"),
        ("grid", [[1], ["canary"]], "$.grid[1][0]: expected a whole number, got text"),
        ("custom", [], "$.custom: expected an object, got a list"),
        ("kind", None, "$.kind: expected text, got null"),
    ],
)
def test_a_wrong_value_is_named_by_the_vendors_key(key, told, problem):
    """The path is in the vendor's spelling, and the value is not told."""
    assert problems(**{key: told}) == [problem]


def test_every_fault_is_named():
    """One answer tells all that is wrong with it."""
    assert problems(size="canary", tags=[1], company={}) == [
        "$.company.legal-name: is missing",
        "$.size: expected a whole number, got text",
        "$.tags[0]: expected text, got a whole number",
    ]


def test_a_missing_key_is_named():
    """What must be there and is not."""
    with pytest.raises(PayloadError, match=r"\$\.display-name: is missing"):
        READER.read({"id": "7"}, Row)


@pytest.mark.parametrize("payload", [None, [], "canary", 7, True, Decimal("1.5")])
def test_anything_but_an_object_is_refused(payload):
    """The top of a payload is an object."""
    with pytest.raises(PayloadError, match=r"\$: expected an object") as caught:
        READER.read(payload, Row)

    assert "canary" not in str(caught.value)


def test_a_bare_array_has_rows():
    """Some vendors send no envelope."""
    assert rows([1, 2]) == [1, 2]


@pytest.mark.parametrize("payload", [None, {"detail": "canary"}, "canary"])
def test_what_is_not_an_array_has_none(payload):
    """An error page in the place of rows is an error."""
    with pytest.raises(PayloadError, match="expected a list") as caught:
        rows(payload)

    assert "canary" not in str(caught.value)


KEYS = [
    "id",
    "display-name",
    "size",
    "open",
    "end-date",
    "signed",
    "created-at",
    "price",
    "share",
    "company",
    "others",
    "tags",
    "grid",
    "custom",
    "kind",
    "legal-name",
]
DATES = st.one_of(
    st.dates().map(str),
    st.datetimes(timezones=st.timezones()).map(datetime.isoformat),
    st.datetimes().map(str),
)
LIKELY = st.recursive(
    st.one_of(JSON, DATES, st.sampled_from(["1.5", "-0", "Infinity", "1_0"])),
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.sampled_from(KEYS), below, max_size=6),
    ),
)
OBJECTS = st.dictionaries(st.sampled_from(KEYS), LIKELY, max_size=8)


@given(st.one_of(LIKELY, OBJECTS, OBJECTS.map(lambda told: READY | told)))
def test_any_payload_is_read_or_refused(payload):
    """Whatever JSON comes, the outcome is a row or a PayloadError with paths."""
    try:
        told = READER.read(payload, Row)
    except PayloadError as error:
        told = error.problems

    assert isinstance(told, Row) or all(one.startswith("$") for one in told)
    assert told


READY = {"id": "7", "display-name": "Deal"}


@given(OBJECTS.map(lambda told: READY | told))
def test_the_fast_way_and_the_explaining_way_agree(payload):
    """The converter that explains faults accepts exactly what the fast one does."""
    explaining = _detailed(READER._hooks)
    try:
        found = READER.read(payload, Row)
    except PayloadError:
        with pytest.raises((TypeError, ExceptionGroup)):
            explaining.structure(payload, Row)
    else:
        assert explaining.structure(payload, Row) == found


@given(st.datetimes(datetime(2, 1, 1), datetime(9998, 1, 1)), st.integers(-840, 840))  # noqa: DTZ001  # the zone is drawn beside it
def test_an_instant_keeps_its_moment(naive, minutes):
    """The zone changes and the moment does not."""
    then = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    found = instant(then.isoformat())

    assert found == then
    assert found.tzinfo is UTC


@given(st.dates())
def test_a_date_is_a_date_in_every_zone(plain):
    """A day without a time is not shifted."""
    assert day(plain.isoformat(), ZoneInfo("Pacific/Kiritimati")) == plain


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        (b"<!DOCTYPE html><p>canary", "is an HTML page"),
        (b"\n<HTML><p>canary", "is an HTML page"),
        (b"canary", "is not JSON"),
        (b'{"a": NaN}', "is not JSON"),
        (b'{"a": -Infinity}', "is not JSON"),
        (b"[" * 100_000, "is nested in more than 100 levels"),
        (b"9" * 5000, "is not JSON"),
        (b"1e99999999999999999999", "is not JSON"),
        ('{"a": "canary é"}'.encode("latin-1"), "is not JSON"),
        (b'{"a": "canary', "is not JSON"),
        (b'\xff\xfe{"canary"', "is not JSON"),
    ],
    ids=lambda given: repr(given[:16]),
)
def test_a_body_that_is_not_json_is_a_payload_error(body, words):
    """What came instead is said, and not shown."""
    with pytest.raises(PayloadError, match=words) as caught:
        parse(body)

    assert "canary" not in str(caught.value)
    assert caught.value.__context__ is None


def test_a_fraction_is_exact():
    """No amount passes through a float."""
    found = parse(b'{"amount": 0.1, "count": 3}')

    assert (repr(found["amount"]), found["count"]) == ("Decimal('0.1')", 3)


def test_a_byte_order_mark_is_no_harm():
    """Some servers write one."""
    assert parse(b"\xef\xbb\xbf{}") == {}


@given(st.binary(max_size=60))
def test_any_bytes_are_json_or_a_payload_error(body):
    """Nothing else leaves the parser."""
    with suppress(PayloadError):
        parse(body)


@given(st.recursive(st.none(), lambda below: st.lists(below, max_size=2)))
def test_what_is_json_is_parsed(value):
    """And it is what was written."""
    assert parse(json.dumps(value).encode()) == value


def test_a_fault_in_a_list_says_in_which_item():
    """The path starts with the item's place."""

    @frozen
    class Item:
        id: Id = wire()

    with pytest.raises(PayloadError) as caught:
        each([{"id": 1}, {"id": None}], lambda one: Reader().read(one, Item))

    assert caught.value.problems == ("$[1].id: expected an id, got null",)
