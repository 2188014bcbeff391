"""How key pointers are typed, and how their definitions are read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    FieldKind,
    Period,
    from_dict,
    to_dict,
)
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import Query
from clm_bridge.testing import play, reply

from .reading import adapter, details, first_row, listed, one_row


@pytest.mark.parametrize(
    ("data_type", "value", "kind", "typed"),
    [
        ("string", "x", FieldKind.TEXT, "x"),
        ("date", "2026-01-15", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "2026-01-15T00:00:00Z", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "soon", FieldKind.TEXT, "soon"),
        ("number", 3, FieldKind.NUMBER, 3),
        ("dropdown", "Legal", FieldKind.OPTION, "Legal"),
        ("multi-dropdown", ["a", "b"], FieldKind.OPTIONS, ("a", "b")),
        ("duration", {"type": "WEEK", "value": 2}, FieldKind.DURATION, Period(days=14)),
        (
            "duration",
            {"type": "YEARS", "value": 1},
            FieldKind.DURATION,
            Period(years=1),
        ),
        ("address", {"city": "Pune"}, FieldKind.OTHER, {"city": "Pune"}),
    ],
)
def test_values_are_typed_by_their_form(spotdraft, data_type, value, kind, typed):
    """The one documented data type is "string", so the value itself decides."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    pointer = {"id": 1, "field_name": "f", "label": "F"}
    told = reply([{**pointer, "data_type": data_type, "value": value}])
    _, metrics, recipients = details()

    found = play(spotdraft.complete_contract(row), told, metrics, recipients).result

    assert (found.fields["f"].kind, found.fields["f"].value) == (kind, typed)


def test_an_amount_keeps_its_cents_exactly(spotdraft):
    """1.10 is not 1.1, and never a float."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    body = (
        b'[{"id": 1, "field_name": "contract_value", "label": "V", '
        b'"value": {"type": "EUR", "value": 1234567890123.10}}]'
    )
    _, metrics, recipients = details()

    found = play(
        spotdraft.complete_contract(row), reply(body=body), metrics, recipients
    ).result

    assert str(found.value.amount) == "1234567890123.10"


def fields_of(adapter, *pointers):
    row = first_row(adapter, one_row())
    _, metrics, recipients = details()
    return play(
        adapter.complete_contract(row), reply(list(pointers)), metrics, recipients
    ).result.fields


def pointer(value, name="f", **more):
    return {"id": 1, "field_name": name, "label": "F", "value": value, **more}


@pytest.mark.parametrize(
    ("data_type", "value", "kind", "typed"),
    [
        ("string", "2026-01-15", FieldKind.DATE, date(2026, 1, 15)),
        (None, "2026-01-15", FieldKind.DATE, date(2026, 1, 15)),
        ("string", "2026-01-15T00:00:00Z", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "2026-01-15T23:30:00Z", FieldKind.DATE, date(2026, 1, 15)),
        ("date", "2026-01-15T00:00:00+05:30", FieldKind.DATE, date(2026, 1, 15)),
        ("string", "2026-02-30", FieldKind.TEXT, "2026-02-30"),
        ("string", "20260115", FieldKind.TEXT, "20260115"),
        ("dropdown", "2026-01-15", FieldKind.OPTION, "2026-01-15"),
        (
            "datetime",
            "2026-09-15T10:30:00Z",
            FieldKind.INSTANT,
            datetime(2026, 9, 15, 10, 30, tzinfo=UTC),
        ),
        (
            "datetime",
            "2026-09-15T00:00:00Z",
            FieldKind.INSTANT,
            datetime(2026, 9, 15, tzinfo=UTC),
        ),
    ],
)
def test_dates_are_dates_by_their_form(spotdraft, data_type, value, kind, typed):
    """A data type of "string" is the one that is documented, for dates as well."""
    found = fields_of(spotdraft, pointer(value, data_type=data_type))["f"]

    assert (found.kind, found.value) == (kind, typed)


@pytest.mark.parametrize("data_type", ["date", "string", None])
@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
@pytest.mark.parametrize("value", ["2026-01-15", "2026-01-15T00:00:00Z"])
def test_no_zone_moves_a_key_pointers_day(data_type, zone, value):
    """Key pointer dates are plain dates, also where they are written as instants."""
    mapped = adapter(key_dates={"effective_on": Pointer("f")}, zone=ZoneInfo(zone))
    row = first_row(mapped, one_row())
    _, metrics, recipients = details()
    told = reply([pointer(value, data_type=data_type)])

    found = play(mapped.complete_contract(row), told, metrics, recipients).result

    assert found.key_dates.effective_on == date(2026, 1, 15)


@pytest.mark.parametrize(
    ("value", "kind", "typed"),
    [
        ([1, 2], FieldKind.OPTIONS, ("1", "2")),
        (["a", 2], FieldKind.OPTIONS, ("a", "2")),
        ([True], FieldKind.OTHER, [True]),
        ([{"a": 1}], FieldKind.OTHER, [{"a": 1}]),
        (0, FieldKind.NUMBER, 0),
        (False, FieldKind.BOOLEAN, False),
        ({"type": ["USD"], "value": 1}, FieldKind.OTHER, {"type": ["USD"], "value": 1}),
        (
            {"type": "USD", "value": None},
            FieldKind.OTHER,
            {"type": "USD", "value": None},
        ),
        ({"type": "usd", "value": 1}, FieldKind.OTHER, {"type": "usd", "value": 1}),
        ({"type": "DAY", "value": 3}, FieldKind.DURATION, Period(days=3)),
        ({"type": "DAYS", "value": 90, "days": 1}, FieldKind.DURATION, Period(days=90)),
        ({"type": "months", "value": 6}, FieldKind.DURATION, Period(months=6)),
        ({"type": "MONTHS", "value": 6.0}, FieldKind.DURATION, Period(months=6)),
        ({"type": "YEARS", "value": 0}, FieldKind.DURATION, Period()),
        (
            {"number": "5550100", "country_code": "US", "code": "+1"},
            FieldKind.OTHER,
            {"number": "5550100", "country_code": "US", "code": "+1"},
        ),
    ],
)
def test_odd_values_are_typed_or_kept(spotdraft, value, kind, typed):
    """What has no type here is kept as it came, and never breaks a contract."""
    found = fields_of(spotdraft, pointer(value))["f"]

    assert (found.kind, found.value) == (kind, typed)


def test_half_a_year_is_not_cut_to_none(spotdraft):
    """A count that is not whole has no place in a period of whole units."""
    found = fields_of(spotdraft, pointer({"type": "YEARS", "value": 1.5}))["f"]

    assert found.kind is FieldKind.OTHER


@pytest.mark.parametrize(
    "value", [None, "", [], {}, {"type": None, "value": None}], ids=repr
)
def test_an_empty_value_is_no_value(spotdraft, value):
    """The schema has no null, so something else may stand for it."""
    assert fields_of(spotdraft, pointer(value, data_type="currency")) == {}


def test_a_missing_label_is_the_field_name(spotdraft):
    """Labels can be changed, localised and missing; ids are field names."""
    nameless = {"id": 1, "field_name": "start", "value": "x", "label": None}
    local = {"id": 2, "field_name": "end", "value": "y", "label": "Enddatum Ökö"}

    found = fields_of(spotdraft, nameless, local)

    assert (found["start"].label, found["end"].label) == ("start", "Enddatum Ökö")


def test_a_field_name_that_comes_twice_hides_nothing(spotdraft):
    """The first keeps the name; the second is told apart by its own id."""
    first, second = pointer("2026-01-15"), pointer("2027-01-15") | {"id": 77}

    found = fields_of(spotdraft, first, second)

    assert found["f"].value == date(2026, 1, 15)
    assert found["f#77"].value == date(2027, 1, 15)


def test_an_empty_value_does_not_take_the_name(spotdraft):
    """Of two of one name, the one with a value counts."""
    found = fields_of(spotdraft, pointer(None), pointer("x") | {"id": 77})

    assert {own: one.value for own, one in found.items()} == {"f": "x"}


@pytest.mark.parametrize("format_option", [None, {}, {"data": "sample"}, "x"])
def test_the_format_option_is_not_read(spotdraft, format_option):
    """Its shape is not documented."""
    found = fields_of(spotdraft, pointer("x", format_option=format_option))

    assert found["f"].value == "x"


def test_odd_values_survive_json(spotdraft):
    """Out and in again without loss, whatever was kept as it came."""
    row = first_row(spotdraft, one_row())
    _, metrics, recipients = details()
    odd = [{"a": [1.5, None, {"b": True}]}, [[1]], {"type": "YEARS", "value": 1.5}]
    told = reply([pointer(one, f"f{n}") for n, one in enumerate(odd)])
    found = play(spotdraft.complete_contract(row), told, metrics, recipients).result

    assert from_dict(json.loads(json.dumps(to_dict(found)))) == found
