"""Creating many contracts: all are checked before the first is written."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from attrs import evolve, frozen

from .._bridge import Bridge
from .._creating import LATE, OnExisting
from .._errors import InvalidInput
from .._problems import Problem
from . import _rows as rows
from ._house import House, address
from ._journal import Journal
from ._putting import OF_THIS_ONE, Order, Result, put, reasons
from ._rows import Row

COLUMNS = ("row", "outcome", "id", "why")


def create_all(
    target: Bridge,
    file: str | os.PathLike[str],
    journal: str | os.PathLike[str],
    *,
    on_existing: OnExisting = "return",
    dry_run: bool = False,
    late: timedelta = LATE,
    seen: Callable[[Result], None] = lambda _: None,
) -> Sequence[Result]:
    """
    Create a contract for each row of a CSV or NDJSON file; return a result a row.

    Raises `InvalidInput` with all problems of all rows before anything is written.
    *journal* makes a run resumable, also when rows were added or sorted since.
    """
    house = House(target, late)
    house.read()
    told = check(house, file, on_existing)
    if dry_run:
        return [_rehearsed(house, row, on_existing, seen) for row in told]
    with Journal.open(journal, {"into": address(target)}) as known:
        using = _Using(house, known, on_existing, house.now())
        return [_created(using, row, seen) for row in told]


def check(
    house: House, file: str | os.PathLike[str], on_existing: OnExisting = "return"
) -> Sequence[Row]:
    """Read all rows, or raise one error that holds the problems of all."""
    told = [_checked(house, row) for row in rows.read(file, house.definitions)]
    if on_existing != "create":
        told = _unlike(told)
    wrong = [_located(row, one) for row in told for one in row.problems]
    if wrong:
        count = len({row.place for row in told if row.problems})
        raise InvalidInput(
            f"{count} of {len(told)} rows cannot be created: "
            + "; ".join(map(str, wrong)),
            hint="nothing was written",
            problems=wrong,
        )
    return told


def _checked(house: House, row: Row) -> Row:
    if row.new is None:
        return row
    return evolve(row, problems=house.faults(row.new))


def _unlike(told: Sequence[Row]) -> list[Row]:
    """Find the rows that would be one contract, since they carry one external id."""
    first: dict[str, int] = {}
    found = []
    for row in told:
        link = row.new.external_link if row.new is not None else None
        at = first.setdefault(link.id, row.place) if link is not None else row.place
        if at != row.place:
            problem = Problem("external_link.id", f"is that of row {at} too")
            row = evolve(row, problems=[*row.problems, problem])  # the row with more
        found.append(row)
    return found


def _located(row: Row, problem: Problem) -> Problem:
    return evolve(problem, path=f"row {row.place}: {problem.path}".rstrip(": "))


@frozen
class _Using:
    """What every row is created with."""

    house: House
    journal: Journal
    on_existing: OnExisting
    alive: datetime
    """From when on nobody sends anything for what an earlier run began."""


def _created(using: _Using, row: Row, seen: Callable[[Result], None]) -> Result:
    assert row.new is not None  # it was checked
    order = Order(key=row.key, new=row.new, on_existing=using.on_existing)
    found = put(using.house, using.journal, order, alive=using.alive)
    seen(found)
    return evolve(found, key=str(row.place))


def _rehearsed(
    house: House, row: Row, on_existing: OnExisting, seen: Callable[[Result], None]
) -> Result:
    assert row.new is not None  # it was checked
    creation = house.creation(row.new, dry=True, on_existing=on_existing)
    try:
        count = house.count(creation.run())
    except OF_THIS_ONE as error:
        found = Result(str(row.place), "refused", why=reasons(error))
    else:
        found = Result(str(row.place), "dry_run", why=[f"{count} requests"])
    seen(found)
    return found


def write_results(results: Sequence[Result], path: str | os.PathLike[str]) -> None:
    """Write a result a line, as JSON if it is named ``.ndjson``, and else as CSV."""
    file = Path(path)
    part = file.with_name(f".{file.name}.part")
    with part.open("w", encoding="utf-8", newline="") as out:
        if file.suffix.lower() in (".ndjson", ".jsonl"):
            for one in results:
                told = dict(zip(COLUMNS, _cells(one), strict=True))
                out.write(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(_cells(one) for one in results)
    part.replace(file)


def _cells(one: Result) -> tuple[str, str, str, str]:
    return one.key, one.outcome, one.target or "", "; ".join(one.why)
