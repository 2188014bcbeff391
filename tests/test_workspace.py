"""What a workspace's own fields say about dates, term and value."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    ConfigError,
    Field,
    FieldKind,
    KeyDates,
    Money,
    Period,
    Term,
    TermKind,
)
from clm_bridge._workspace import DAYS, Pointer, pointers
from clm_bridge.adapter import FieldReading, Workspace

PARIS = ZoneInfo("Europe/Paris")


def reading(values, zone=UTC, **tables):
    """Fields that hold *values*, read by the tables of a workspace."""
    fields = {
        name: Field(name, name, FieldKind.OTHER, value)
        for name, value in values.items()
    }
    told = {
        key: {
            name: at if isinstance(at, Pointer) else Pointer(at)
            for name, at in table.items()
        }
        for key, table in tables.items()
    }
    return FieldReading(Workspace("acme", zone, **told), fields)


@pytest.mark.parametrize(
    ("told", "pointer"),
    [
        ("end", Pointer("end")),
        ({"field": "end"}, Pointer("end")),
        ({"field": "len", "unit": "months"}, Pointer("len", "months")),
        ({"field": "kind", "is": "Evergreen"}, Pointer("kind", equals="Evergreen")),
    ],
)
def test_a_pointer_is_an_id_or_a_table(told, pointer):
    """The short form is the common one."""
    assert pointers({"expires_on": told}, "key_dates", DAYS) == {"expires_on": pointer}


@pytest.mark.parametrize(
    "told", ["", 3, None, {}, {"field": ""}, {"unit": "days"}, {"field": "a", "at": 1}]
)
def test_anything_else_is_a_config_error(told):
    """With the three ways to write it."""
    with pytest.raises(ConfigError, match=r"key_dates\.expires_on does not name a"):
        pointers({"expires_on": told}, "key_dates", DAYS)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 1, 31), date(2026, 1, 31)),
        ("2026-01-31", date(2026, 1, 31)),
        (datetime(2026, 1, 30, 23, 30, tzinfo=UTC), date(2026, 1, 31)),
        ("2026-01-30T23:30:00Z", date(2026, 1, 31)),
        ("undefined", None),
        (7, None),
        (None, None),
    ],
)
def test_a_mapped_date_is_cut_in_the_companys_zone(value, expected):
    """What is no date leaves the stated one."""
    found = reading({"end": value}, PARIS, key_dates={"expires_on": "end"})

    assert found.key_dates(KeyDates()).expires_on == expected


def test_a_mapped_date_counts_more_than_a_stated_one():
    """The workspace knows better than the vendor's own field."""
    stated = KeyDates(expires_on=date(2026, 1, 1), effective_on=date(2025, 1, 1))
    found = reading({"end": "2026-02-01"}, key_dates={"expires_on": "end"})

    assert found.key_dates(stated) == KeyDates(
        expires_on=date(2026, 2, 1), effective_on=date(2025, 1, 1)
    )


def test_without_a_value_the_stated_dates_stay():
    """A field that this contract lacks says nothing."""
    stated = KeyDates(expires_on=date(2026, 1, 1))

    assert reading({}, key_dates={"expires_on": "end"}).key_dates(stated) is stated


@pytest.mark.parametrize(
    ("value", "pointer", "expected"),
    [
        (Period(years=1), "len", Period(years=1)),
        (12, Pointer("len", "months"), Period(months=12)),
        (Decimal(2), Pointer("len", "years"), Period(years=2)),
        (Decimal("1.5"), Pointer("len", "years"), None),
        (True, Pointer("len", "years"), None),
        ("12", Pointer("len", "months"), None),
        (12, "len", None),
    ],
)
def test_a_length_is_a_period_or_a_number_with_its_unit(value, pointer, expected):
    """A bare number without a unit is not guessed at."""
    found = reading({"len": value}, term={"length": pointer}).term()

    assert (found and found.length) == expected


def test_a_term_is_read_whole():
    """Each part from its own field."""
    found = reading(
        {"len": Period(1), "again": 6, "most": 2, "notice": 30, "auto": True},
        term={
            "length": "len",
            "renewal_length": Pointer("again", "months"),
            "renewals_max": "most",
            "notice": Pointer("notice", "days"),
            "auto_renews": "auto",
        },
    ).term()

    assert found == Term(
        TermKind.AUTO_RENEW, Period(1), Period(months=6), 2, Period(days=30)
    )


def test_no_mapped_field_no_term():
    """None means that the vendor did not say."""
    assert reading({"len": None}, term={"length": "len"}).term() is None


@pytest.mark.parametrize(
    ("values", "table", "kind"),
    [
        ({"a": True}, {"auto_renews": "a"}, TermKind.AUTO_RENEW),
        ({"a": False}, {"auto_renews": "a"}, TermKind.FIXED),
        (
            {"a": "Yes"},
            {"auto_renews": Pointer("a", equals="Yes")},
            TermKind.AUTO_RENEW,
        ),
        ({"a": "No"}, {"auto_renews": Pointer("a", equals="Yes")}, TermKind.FIXED),
        (
            {"a": ("Other", "Yes")},
            {"auto_renews": Pointer("a", equals="Yes")},
            TermKind.AUTO_RENEW,
        ),
        (
            {"p": True, "a": True},
            {"perpetual": "p", "auto_renews": "a"},
            TermKind.PERPETUAL,
        ),
        (
            {"p": False, "a": True},
            {"perpetual": "p", "auto_renews": "a"},
            TermKind.AUTO_RENEW,
        ),
    ],
)
def test_how_a_term_ends_is_told_by_a_field(values, table, kind):
    """A flag, or an option's label."""
    assert reading(values, term=table).term().kind is kind


@pytest.mark.parametrize("value", ["Yes", 1, None])
def test_a_flag_that_is_no_flag_says_nothing(value):
    """Text is not taken for yes."""
    assert reading({"a": value}, term={"auto_renews": "a"}).term() is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"price": Money(Decimal(5), "EUR")}, Money(Decimal(5), "EUR")),
        ({"price": 5, "cur": "EUR"}, Money(Decimal(5), "EUR")),
        ({"price": Decimal("5.10"), "cur": "EUR"}, Money(Decimal("5.10"), "EUR")),
        ({"price": 5}, None),
        ({"cur": "EUR"}, None),
        ({"price": "5", "cur": "EUR"}, None),
        ({"price": True, "cur": "EUR"}, None),
        ({}, None),
    ],
)
def test_a_value_is_an_amount_with_its_currency(values, expected):
    """Neither is guessed."""
    found = reading(values, value={"amount": "price", "currency": "cur"})

    assert found.value() == expected


def test_the_clock_of_a_workspace_is_aware():
    """Instants are in UTC."""
    assert Workspace().now().tzinfo is UTC
