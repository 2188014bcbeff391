"""
The daily job that expires what has run out: five past midnight, company time.

https://success.coupa.com/Suppliers/For_Customers/Toolkit/Manage_Contracts/Contract_Settings
"""

from __future__ import annotations

from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from clm_bridge import Period, shift

from ._company import SYSTEM_USER
from ._schema import Record
from ._world import World

EXPIRES_FROM = ("published", "completed")
"""Published ones expire by documentation; that completed ones do is assumed."""

JOB_AT = time(0, 5)
_DAY = timedelta(days=1)


def expire_due(world: World) -> None:
    """Do what the daily job would have done since it was last looked at."""
    now, since = world.now(), world.worked_until
    world.worked_until = now
    first = _job_after(since, world.zone)
    if first > now:
        return
    for contract in world.all("contract").values():
        last = _last_day(contract, world.zone)
        if contract["status"] not in EXPIRES_FROM or last is None:
            continue
        due = max(first, _job_on(last + _DAY, world.zone))
        if due <= now:
            _expire(world, contract, due)


def is_over(contract: Record, today: date, zone: ZoneInfo) -> bool:
    """Say whether the last day, with all agreed renewals, is past."""
    last = _last_day(contract, zone)
    return last is not None and last < today


def _expire(world: World, contract: Record, at: datetime) -> None:
    contract["status"] = world.switches.expired
    contract["updated-at"] = at
    contract["updated-by"] = world.all("user")[SYSTEM_USER]


def _last_day(contract: Record, zone: ZoneInfo) -> date | None:
    if contract["end-date"] is None or contract["term-type"] == "perpetual":
        return None
    day: date = contract["end-date"].astimezone(zone).date()
    if day.year == MAXYEAR:
        return None
    if contract["term-type"] != "auto_renew":
        return day
    return _last_renewed_day(contract, day)


def _last_renewed_day(contract: Record, day: date) -> date | None:
    """Count all agreed renewals; without a number of them there is no last day."""
    times = contract["no-of-renewals"]
    unit, length = contract["renewal-length-unit"], contract["renewal-length-value"]
    if times is None or not unit or not length:
        return None
    try:
        return shift(day + _DAY, Period(**{unit: length}), times=times) - _DAY
    except (OverflowError, ValueError):
        return None


def _job_on(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, JOB_AT, zone).astimezone(UTC)


def _job_after(instant: datetime, zone: ZoneInfo) -> datetime:
    today = instant.astimezone(zone).date()
    job = _job_on(today, zone)
    return job if job > instant else _job_on(today + _DAY, zone)
