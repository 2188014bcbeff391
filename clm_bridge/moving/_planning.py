"""Making the plan: every contract is rendered, and some creations are rehearsed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable

from attrs import define, evolve, field

from .._bridge import Bridge
from .._errors import ClmError, InvalidInput
from .._models import Contract
from .._problems import Problem
from .._uploads import Upload
from .._vocabulary import Status
from . import _papers as papers
from ._house import House, address
from ._mapping import Names
from ._migrate import renderer_for
from ._plan import Cost, Finding, Kind, MovingPlan
from ._putting import OF_THIS_ONE
from ._rendering import Renderer, Rendering

SAMPLE = 2
"""Contracts of each shape whose requests are counted in a dry run."""
DOWNLOAD_CALLS = 2
"""A link, and the file behind it."""
STEP_CALLS = 3
"""A step: the status before, the step, and the status after."""

Counted = Counter[tuple[str, ...]]


def plan(
    source: Bridge,
    target: Bridge,
    *,
    names: Names | None = None,
    status: Iterable[Status | str] | None = None,
    limit: int | None = None,
    sample: int = SAMPLE,
    documents: bool = False,
) -> MovingPlan:
    """
    Say what moving *source*'s contracts to *target* would come to; nothing is written.

    The contracts are read, and of the target its field definitions.  For *sample*
    contracts of each kind the creation is rehearsed, which also asks the target what
    creating asks.  A document is taken to be there, and to be a PDF; with *documents*
    the source is asked which there are, contract by contract.  No file is read.
    """
    house = House(target)
    house.read()
    renderer = renderer_for(source, house, names or Names())
    told = _Tally(
        source, house, renderer, sample, _papers(source, house, ask=documents)
    )
    for count, contract in enumerate(source.contracts.list(status=status)):
        if limit is not None and count >= limit:
            break
        told.add(contract)
    return told.plan()


def _papers(
    source: Bridge, house: House, *, ask: bool
) -> Callable[[Contract], Upload | None]:
    maybe = papers.stand_in(source.settings.adapter, house.adapter)
    if maybe is None or not ask:
        return lambda _: maybe
    return lambda contract: maybe if papers.find(source, contract) else None


@define
class _Tally:
    source: Bridge
    house: House
    renderer: Renderer
    sample: int
    paper: Callable[[Contract], Upload | None]
    statuses: Counter[str] = field(factory=Counter)
    movable: Counter[str] = field(factory=Counter)
    begins: dict[str, set[str]] = field(factory=dict)
    refused: Counted = field(factory=Counter)
    lost: Counted = field(factory=Counter)
    reinterpreted: Counted = field(factory=Counter)
    counts: dict[tuple[str, bool], list[int]] = field(factory=dict)
    shapes: Counter[tuple[str, bool]] = field(factory=Counter)
    documents: int = 0
    steps: int = 0

    def add(self, contract: Contract) -> None:
        """Count one contract."""
        self.statuses[contract.status.value] += 1
        told = self._rehearsed(self.renderer.render(contract, self.paper(contract)))
        self.refused.update(
            _grouped((one.path, one.why, "", one.accepts or "") for one in told.refused)
        )
        if told.new is None:
            return
        self.movable[contract.status.value] += 1
        word = told.new.status.value
        word = f"{word}, then {told.then.value}" if told.then else word
        self.begins.setdefault(contract.status.value, set()).add(word)
        self.documents += told.new.document is not None
        self.steps += told.then is not None
        for remarks, counter in (
            (told.lost, self.lost),
            (told.reinterpreted, self.reinterpreted),
        ):
            counter.update(
                _grouped((one.path, one.why, one.becomes or "", "") for one in remarks)
            )

    def _rehearsed(self, told: Rendering) -> Rendering:
        """Count the requests of the first contracts of a shape; others cost alike."""
        if told.new is None:
            return told
        shape = (told.new.status.value, told.new.document is not None)
        known = self.counts.setdefault(shape, [])
        if len(known) < self.sample:
            creation = self.house.creation(told.new, dry=True, on_existing="create")
            try:
                known.append(self.house.count(creation.run()))
            except InvalidInput as error:
                return self._rehearsed(self.renderer.refit(told, error.problems))
            except OF_THIS_ONE as error:
                return _refused(told, error)
        self.shapes[shape] += 1
        return told

    def plan(self) -> MovingPlan:
        """Return what was counted."""
        words = [one.value for one in Status if one.value in self.statuses]
        return MovingPlan(
            source=address(self.source),
            target=address(self.house.bridge),
            kinds=[*map(self._kind, words)],
            refused=_findings(self.refused),
            lost=_findings(self.lost),
            reinterpreted=_findings(self.reinterpreted),
            reading=self._reading(),
            writing=self._writing(),
            counted=sum(len(known) for known in self.counts.values()),
        )

    def _kind(self, status: str) -> Kind:
        count, movable = self.statuses[status], self.movable[status]
        begins = sorted(self.begins.get(status, ()))
        return Kind(status, count, movable, count - movable, begins)

    def _reading(self) -> Cost:
        total = sum(self.statuses.values())
        calls = self.source.plan(total).calls + self.documents * (1 + DOWNLOAD_CALLS)
        return _cost(self.source, calls)

    def _writing(self) -> Cost:
        back = 1 + self.house.adapter.calls_per_contract
        calls = float(self.steps * STEP_CALLS)
        for shape, count in self.shapes.items():
            known = self.counts[shape]
            average = sum(known) / len(known) if known else 1
            calls += count * (average + back)
        return _cost(self.house.bridge, round(calls))


def _refused(told: Rendering, error: ClmError) -> Rendering:
    problem = Problem("", error.message)
    return evolve(told, new=None, refused=[problem])


def _cost(bridge: Bridge, calls: int) -> Cost:
    rate = bridge.settings.rate or bridge.settings.adapter.rate
    return Cost(calls, round(rate.time_for(calls), 1))


def _grouped(told: Iterable[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Return each reason once for a contract; the place in a list is left out."""
    return {(re.sub(r"\[\d+\]", "[]", path), *rest) for path, *rest in told}


def _findings(counted: Counted) -> list[Finding]:
    return [
        Finding(path, why, count, becomes or None, accepts or None)
        for (path, why, becomes, accepts), count in sorted(
            counted.items(), key=lambda one: (-one[1], one[0])
        )
    ]
