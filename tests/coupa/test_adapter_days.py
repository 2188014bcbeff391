"""Days that Coupa stores as instants, in the zones that companies are in."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import Field, FieldKind
from clm_bridge.testing import play, reply

from .reading import adapter, read, row

MIDNIGHTS = [
    ("America/Los_Angeles", "2026-01-01T00:00:00-08:00", date(2026, 1, 1)),
    ("America/Los_Angeles", "2026-07-01T00:00:00-07:00", date(2026, 7, 1)),
    ("America/Los_Angeles", "2026-03-08T00:00:00-08:00", date(2026, 3, 8)),
    ("America/Los_Angeles", "2026-11-01T00:00:00-07:00", date(2026, 11, 1)),
    ("America/Los_Angeles", "2026-11-02T00:00:00-08:00", date(2026, 11, 2)),
    ("Asia/Kolkata", "2026-01-01T00:00:00+05:30", date(2026, 1, 1)),
    ("Europe/Paris", "2026-03-29T00:00:00+01:00", date(2026, 3, 29)),
    ("Europe/Paris", "2026-10-25T00:00:00+02:00", date(2026, 10, 25)),
    ("UTC", "2026-12-31T00:00:00+00:00", date(2026, 12, 31)),
    ("UTC", "2026-12-31T00:00:00Z", date(2026, 12, 31)),
    ("America/Sao_Paulo", "2018-11-04T01:00:00-02:00", date(2018, 11, 4)),
    ("Pacific/Kiritimati", "2026-01-01T00:00:00+14:00", date(2026, 1, 1)),
]
"""Zone, midnight as Coupa writes it, day; changes of the clock are among them."""


@pytest.mark.parametrize(("zone", "told", "day"), MIDNIGHTS)
def test_midnight_in_the_company_zone_is_that_day(zone, told, day):
    """In summer, in winter, and on the days between."""
    found = read(row(end_date=told), zone=ZoneInfo(zone)).key_dates

    assert found.expires_on == day


@pytest.mark.parametrize(
    ("zone", "told", "day"), [one for one in MIDNIGHTS if "T00:" in one[1]]
)
def test_a_custom_date_is_the_same_day(zone, told, day):
    """Custom fields of type date are read as the contract's own are."""
    fields = read(row(custom_fields={"due": told}), zone=ZoneInfo(zone)).fields

    assert fields["due"] == Field("due", "Due", FieldKind.DATE, day)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/Los_Angeles", date(2025, 12, 31)),
        ("UTC", date(2026, 1, 1)),
        ("Europe/Paris", date(2026, 1, 1)),
        ("Asia/Kolkata", date(2026, 1, 1)),
    ],
)
def test_what_was_written_as_a_bare_date(zone, day):
    """It is midnight UTC, and so the day before in the Americas, as Coupa shows it."""
    told = row(start_date="2026-01-01T00:00:00+00:00")

    assert read(told, zone=ZoneInfo(zone)).key_dates.effective_on == day


@pytest.mark.parametrize("zone", ["America/Los_Angeles", "Asia/Kolkata"])
def test_a_bare_date_is_a_day_everywhere(zone):
    """Should an answer hold one, no zone moves it."""
    told = row(start_date="2026-01-01", end_date="2026-12-31")

    dates = read(told, zone=ZoneInfo(zone)).key_dates

    assert (dates.effective_on, dates.expires_on) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
    )


def checked(zone, *created):
    rows = [{"id": 1, "created-at": told} for told in created]
    return play(adapter(zone=ZoneInfo(zone)).check(), reply(rows)).result.notes


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Europe/Paris", "2026-01-12T09:14:03-08:00"),
        ("America/Los_Angeles", "2026-07-12T09:14:03+02:00"),
    ],
)
def test_a_check_tells_of_another_zone(zone, told):
    """Coupa answers in the instance's zone: another one would move days by one."""
    [note] = [note for note in checked(zone, told) if "timezone" in note]

    assert told[-6:] in note


@pytest.mark.parametrize(
    "created", ["2026-01-12T09:14:03-08:00", "2026-07-12T09:14:03-07:00", None]
)
def test_a_check_is_content_with_the_right_zone(created):
    """In winter and in summer; and where the answer does not tell."""
    assert not any("timezone" in one for one in checked("America/Los_Angeles", created))
