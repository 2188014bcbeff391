"""``demo``: one portfolio, read through every vendor by the same code."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from .._adapter import Adapter
from .._errors import ClmError
from .._files import Download
from .._hooks import Exchange, hookimpl
from .._json import to_dict
from .._models import Contract
from .._vocabulary import Status
from . import _ten_lines
from ._failures import FAILED, Failure, refuse_none_of, refuse_some_of
from ._faults import fault
from ._matrix import losses
from ._output import Column, View, emit, emit_json, format_option
from ._plugins import installed


@frozen
class Portfolio:
    """The contracts as the sandboxes were told them, in no vendor's words."""

    size: int
    statuses: Mapping[Status, int]
    external_id: str


@frozen
class Reading:
    """What one vendor gave: all contracts counted, and one whole."""

    adapter: type[Adapter]
    calls: int
    seconds: float
    size: int
    statuses: Mapping[Status, int]
    contract: Contract
    files: Sequence[Download]

    @property
    def losses(self) -> Sequence[tuple[str, str]]:
        """What this vendor cannot say, each with the reason."""
        return losses(self.adapter)


class Calls:
    """Counts the exchanges of one connection; a plugin like any other."""

    def __init__(self, each: Callable[[], object]) -> None:
        self._each = each
        self.count = 0

    @hookimpl
    def clm_bridge_exchange(self, exchange: Exchange) -> None:
        """Count one exchange."""
        self.count += 1
        self._each()


def _counting(status: Status) -> Callable[[Reading], object]:
    return lambda one: one.statuses.get(status, 0)


READINGS: View[Reading] = View(
    [
        Column("vendor", lambda one: one.adapter.name),
        Column("contracts", lambda one: one.size),
        Column("calls", lambda one: one.calls),
        Column("seconds", lambda one: f"{one.seconds:.2f}"),
        *(Column(status.value, _counting(status)) for status in Status),
    ],
    lambda one: as_json(one),
)


@click.command()
@format_option
def demo(*, form: str) -> None:
    """Read one portfolio through every vendor; no account."""
    world = portfolio()
    chosen = [one.adapter for one in installed() if one.adapter is not None]
    if not chosen:
        raise Failure("no vendor is installed", FAILED, "clm-bridge vendors")
    readings: list[Reading] = []
    failed: dict[str, ClmError] = {}
    with _progress() as step:
        for adapter in chosen:
            try:
                readings.append(_read(adapter, world, step))
            except ClmError as error:
                failed[adapter.name] = error
            except Exception as error:  # noqa: BLE001  # one's fault is not the others'
                failed[adapter.name] = _faulty(adapter, error)
    refuse_none_of(readings, failed)
    _print(form, world, readings)
    refuse_some_of(failed)


def _faulty(adapter: type[Adapter], error: Exception) -> ClmError:
    more = f"clm-bridge --debug contracts list --sandbox {adapter.name}"
    return ClmError(fault(error), hint=f"see {more}")


def _print(form: str, world: Portfolio, readings: Sequence[Reading]) -> None:
    if form == "table":
        from ._demo_screen import show

        show(world, readings, _ten_lines.spelled())
    elif form == "json":
        emit_json({"portfolio": _world(world), "vendors": list(map(as_json, readings))})
    else:
        emit(form, READINGS, readings)


def portfolio() -> Portfolio:
    """Count what the sandboxes hold, and choose the contract that is looked at."""
    from ..sandbox import portfolio as deals
    from ..sandbox._portfolio import EXAMPLE

    told = deals()
    link = told[EXAMPLE - 1].link
    assert link is not None
    return Portfolio(len(told), Counter(deal.status for deal in told), link.id)


def _read(
    adapter: type[Adapter], world: Portfolio, step: Callable[[str], None]
) -> Reading:
    calls = Calls(lambda: step(adapter.title))
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        contracts, contract, files = _ten_lines.read(
            adapter.name, world.external_id, Path(folder), calls
        )
    return Reading(
        adapter=adapter,
        calls=calls.count,
        seconds=time.perf_counter() - begun,
        size=len(contracts),
        statuses=Counter(one.status for one in contracts),
        contract=contract,
        files=files,
    )


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Name the vendor that is read, and count the calls, on a terminal's stderr."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    said = TextColumn("reading through {task.description}: {task.completed} calls")
    with Progress(
        SpinnerColumn(), said, console=Console(file=sys.stderr), transient=True
    ) as bar:
        tasks: dict[str, Any] = {}

        def step(title: str) -> None:
            if title not in tasks:
                tasks[title] = bar.add_task(title, total=None)
            bar.advance(tasks[title])

        yield step


def as_json(one: Reading) -> dict[str, Any]:
    """Return a reading as JSON has it."""
    return {
        "vendor": one.adapter.name,
        "title": one.adapter.title,
        "contracts": one.size,
        "calls": one.calls,
        "seconds": round(one.seconds, 3),
        "statuses": _counted(one.statuses),
        "contract": to_dict(one.contract, raw=False),
        "files": [
            {"bytes": f.size, "media_type": f.media_type, "sha256": f.sha256}
            for f in one.files
        ],
        "losses": [{"lost": lost, "why": why} for lost, why in one.losses],
    }


def _world(world: Portfolio) -> dict[str, Any]:
    return {
        "contracts": world.size,
        "statuses": _counted(world.statuses),
        "external_id": world.external_id,
    }


def _counted(statuses: Mapping[Status, int]) -> dict[str, int]:
    return {status.value: statuses.get(status, 0) for status in Status}
