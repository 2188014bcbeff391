"""What proves that an adapter does what it says: read from all cassettes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from pathlib import Path

from attrs import frozen

from ..._adapter import Adapter
from ..._declared import CAPABILITIES
from ._format import cassettes, load
from ._model import PROVENANCES, Cassette

NOT_PROVEN = "not proven"


@frozen
class Evidence:
    """
    The best proof of one operation.

    ``since`` is the day of a recording, or the date of the vendor's document.
    """

    provenance: str = NOT_PROVEN
    since: str = ""
    count: int = 0

    def age(self, today: date) -> int | None:
        """Return how many days old it is; a month or year counts from its first."""
        if not self.since:
            return None
        year, month, day = (*self.since.split("-"), "01", "01")[:3]
        return (today - date(int(year), int(month), int(day))).days

    def __str__(self) -> str:
        if not self.count:
            return self.provenance
        return f"{self.provenance}, {self.since} ({self.count})"


def home(adapter: type[Adapter]) -> Path | None:
    """
    Find an adapter's cassettes.

    They are in the working folder, in the adapter's package where it is installed, or
    in the source tree that it is used from.
    """
    package = import_module(adapter.__module__.partition(".")[0])
    homes = [Path(one) for one in getattr(package, "__path__", ())]
    inside = [one / "cassettes" for one in homes]
    beside = [one.parents[1] / "cassettes" / adapter.name for one in homes]
    for folder in (Path("cassettes") / adapter.name, *inside, *beside):
        if folder.is_dir():
            return folder
    return None


def tapes(folder: Path | None) -> Iterator[Cassette]:
    """Read the cassettes of a folder; none without a folder."""
    return map(load, cassettes(folder)) if folder is not None else iter(())


def evidence(
    adapter: type[Adapter], found: Iterable[Cassette]
) -> Mapping[str, Evidence]:
    """
    Return the best proof of each operation that an adapter offers.

    A cassette that ends in a refusal proves how it is refused, and not that it works.
    """
    by_operation: dict[str, list[Cassette]] = {}
    for tape in found:
        if not tape.interactions or tape.interactions[-1].response.status >= 400:
            continue
        for operation in tape.metadata.operations:
            by_operation.setdefault(operation, []).append(tape)
    offered = adapter.capabilities()
    return {
        name: _best(by_operation.get(name, ()))
        for name in CAPABILITIES
        if name in offered
    }


def _best(found: Iterable[Cassette]) -> Evidence:
    told = [one.metadata for one in found]
    for provenance in PROVENANCES:
        fitting = [one for one in told if one.provenance == provenance]
        if fitting:
            dates = [
                one.document_date if provenance == "vendor-docs" else one.recorded_at
                for one in fitting
            ]
            return Evidence(provenance, max(filter(None, dates)), len(fitting))
    return Evidence()
