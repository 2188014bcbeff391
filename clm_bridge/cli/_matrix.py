"""What vendors can do and what they lose, side by side; derived from the adapters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import frozen

from .._adapter import Adapter
from .._declared import CAPABILITIES, Loss
from .._queries import FILTERS

YES, NO = "yes", "no"


@frozen
class Row:
    """One capability, limit or loss, and what each vendor says to it."""

    kind: str
    name: str
    cells: Mapping[str, str]

    @property
    def differs(self) -> bool:
        """Say whether the vendors do not all say the same."""
        return len(set(self.cells.values())) > 1


def matrix(adapters: Sequence[type[Adapter]]) -> Iterator[Row]:
    """Yield operations, then filters, then limits, then losses."""
    for name in CAPABILITIES:
        yield Row("operation", name, {a.name: _offers(a, name) for a in adapters})
    for name in sorted(FILTERS):
        yield Row("filter", name, {a.name: _filters(a, name) for a in adapters})
    for name, say in _LIMITS.items():
        yield Row("cost", name, {a.name: say(a) for a in adapters})
    lost = dict.fromkeys(_lost(loss) for a in adapters for loss in a.losses)
    for name in sorted(lost):
        yield Row("loss", name, {a.name: _loses(a, name) for a in adapters})


def losses(adapter: type[Adapter]) -> Sequence[tuple[str, str]]:
    """Return what a vendor loses, each with the reason."""
    return list(dict.fromkeys((_lost(loss), loss.why) for loss in adapter.losses))


def _lost(loss: Loss) -> str:
    return f"{loss.attribute} = {loss.value}" if loss.value else loss.attribute


def _offers(adapter: type[Adapter], operation: str) -> str:
    if operation not in adapter.capabilities():
        return NO
    return "link index" if adapter.indexed(operation) else YES


def _filters(adapter: type[Adapter], name: str) -> str:
    if name in adapter.filters - adapter.coarse:
        return "vendor"
    if name in adapter.row_answers or not adapter.calls_per_contract:
        return "bridge"
    return "full only"


def _loses(adapter: type[Adapter], name: str) -> str:
    losing = any(_lost(loss) == name for loss in adapter.losses)
    return "lost" if losing else "kept"


_UNITS: Mapping[float, str] = {1: "second", 60: "minute", 3600: "hour"}


def _rate(adapter: type[Adapter]) -> str:
    rate = adapter.rate
    unit = _UNITS.get(rate.seconds)
    return f"{rate.calls} a {unit}" if unit else f"{rate.calls} in {rate.seconds:g} s"


_LIMITS: Mapping[str, Callable[[type[Adapter]], str]] = {
    "rate": _rate,
    "contracts a page": lambda adapter: str(adapter.page_size),
    "further calls a contract": lambda adapter: str(adapter.calls_per_contract),
    "needs a time zone": lambda adapter: YES if adapter.needs_timezone else NO,
}
