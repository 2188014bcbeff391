"""Instants as the API writes them: ISO 8601 with milliseconds and Z."""

from __future__ import annotations

from datetime import UTC, date, datetime


def stamp(when: datetime) -> str:
    """Write an instant."""
    text = when.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")


def moment(text: str) -> datetime:
    """Read an instant; a date stands for its midnight UTC.  Else, a `ValueError`."""
    when = datetime.fromisoformat(text)
    if when.tzinfo is None:
        return when.replace(tzinfo=UTC)
    try:
        return when.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("the instant is outside of the calendar") from error


def is_day(value: object) -> bool:
    """Say whether *value* is a date written YYYY-MM-DD."""
    if not isinstance(value, str) or len(value) != len("2026-01-31"):
        return False
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
