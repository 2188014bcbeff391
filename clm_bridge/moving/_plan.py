"""What moving would come to: what is refused, lost, reinterpreted, and how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, fields, frozen

from .._values import sealed


@frozen
class Finding:
    """One thing that contracts lose, or are refused for, and how many do."""

    path: str
    why: str
    contracts: int
    becomes: str | None = None
    accepts: str | None = None


@frozen
class Kind:
    """All contracts of one status, and what becomes of them."""

    status: str
    contracts: int
    movable: int
    refused: int
    begins_as: Sequence[str] = field(default=(), converter=sealed)


@frozen
class Cost:
    """Calls, and the seconds that they take at a vendor's limit."""

    calls: int
    seconds: float


@frozen(kw_only=True)
class MovingPlan:
    """What moving would come to; ``counted`` contracts were rehearsed for the calls."""

    source: Mapping[str, Any] = field(hash=False)
    target: Mapping[str, Any] = field(hash=False)
    kinds: Sequence[Kind]
    refused: Sequence[Finding]
    lost: Sequence[Finding]
    reinterpreted: Sequence[Finding]
    reading: Cost
    writing: Cost
    counted: int

    @property
    def contracts(self) -> int:
        """How many contracts were read."""
        return sum(kind.contracts for kind in self.kinds)

    @property
    def movable(self) -> int:
        """How many of them can be moved."""
        return sum(kind.movable for kind in self.kinds)

    def to_dict(self) -> dict[str, Any]:
        """Return the plan as a dictionary for ``json.dumps``."""
        return {
            "from": dict(self.source),
            "to": dict(self.target),
            "contracts": self.contracts,
            "movable": self.movable,
            "kinds": [_plain(one) for one in self.kinds],
            "refused": [_plain(one) for one in self.refused],
            "lost": [_plain(one) for one in self.lost],
            "reinterpreted": [_plain(one) for one in self.reinterpreted],
            "reading": _plain(self.reading),
            "writing": {**_plain(self.writing), "counted": self.counted},
        }


def _plain(record: Any) -> dict[str, Any]:
    names = [one.name for one in fields(type(record))]
    told = {name: getattr(record, name) for name in names}
    return {
        name: [*value] if isinstance(value, tuple) else value
        for name, value in told.items()
        if value is not None
    }
