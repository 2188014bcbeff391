"""
A contract of one vendor as what is said to another; pure.

Nothing here asks anybody: the other vendor's adapter says what it has no place for,
and its field definitions, once read, say what its fields take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from attrs import evolve, field, frozen

from .._adapter import Adapter
from .._declared import Loss
from .._leaving_out import WITH_IT, without
from .._models import Contract
from .._particulars import NewContract
from .._problems import Problem
from .._uploads import Upload
from .._values import COMMERCIAL, ExternalLink, FieldValue, sealed
from .._vocabulary import Transition
from ._advice import advised
from ._beginnings import Beginning, beginnings
from ._losing import Remark, declared, dropped, lost, restated
from ._mapping import Names
from ._optional import is_optional, is_told
from ._own_fields import own_fields
from ._wanted import unsaid, wanted

KEPT = "external_link.data.moved_from"
"""The id that the contract had at the other vendor's."""


@frozen(kw_only=True)
class Rendering:
    """What becomes of one contract; ``new`` is None if it is not moved."""

    contract: Contract = field(repr=False)
    new: NewContract | None = field(default=None, repr=False)
    then: Transition | None = None
    """The step that follows its creation."""
    link: ExternalLink | None = None
    """The link, if the other vendor has no place for it."""
    refused: Sequence[Problem] = field(
        default=(), converter=sealed, metadata=COMMERCIAL
    )
    lost: Sequence[Remark] = field(default=(), converter=sealed)
    reinterpreted: Sequence[Remark] = field(default=(), converter=sealed)


@frozen
class Origin:
    """Where contracts come from: the vendor's name, and its fields that say more."""

    vendor: str
    told_elsewhere: frozenset[str] = frozenset()
    """Ids of the fields that the settings read as key dates, term or value."""
    losses: Sequence[Loss] = ()

    @classmethod
    def of(cls, adapter: Adapter) -> Origin:
        """Return the origin that an adapter's contracts have."""
        own = adapter.workspace
        tables = (own.key_dates, own.term, own.value)
        return cls(
            adapter.name,
            frozenset(one.field for table in tables for one in table.values()),
            adapter.losses,
        )


@frozen
class Fit:
    """What of a contract fits, what was left out or said otherwise, or what cannot."""

    new: NewContract
    left_out: Sequence[Problem] = ()
    restated: Sequence[Remark] = ()
    refused: Sequence[Problem] = ()


@frozen
class Renderer:
    """Renders contracts of one vendor for another; *faults* is what that one says."""

    origin: Origin
    adapter: Adapter
    faults: Callable[[NewContract], Sequence[Problem]]
    names: Names = field(factory=Names)
    indexes: bool = False
    """Whether a link that has no place there is kept in a file of ours."""

    def render(self, contract: Contract, paper: Upload | None = None) -> Rendering:
        """Say a contract as the other vendor can take it, or why it cannot be said."""
        status = self.names.status(contract.source.status, contract.status)
        found = beginnings(contract.status, status, self.adapter)
        if isinstance(found, Problem):
            return Rendering(contract=contract, refused=[found])
        first: Rendering | None = None
        for beginning in found:
            rendering = self._begun(contract, beginning, paper)
            if rendering.new is not None:
                return rendering if first is None else _instead(rendering, first)
            first = first or rendering
        assert first is not None  # there is a beginning, or a problem
        return first

    def _begun(
        self, contract: Contract, beginning: Beginning, paper: Upload | None
    ) -> Rendering:
        named = own_fields(contract, self.names, self.origin.told_elsewhere)
        vendor, status = self.origin.vendor, beginning.status
        told = wanted(contract, vendor, self.names, status, paper)
        fit = self._fitted(evolve(told, fields=named.fields))
        new = fit.new
        if fit.refused:
            told_why = [advised(contract, one) for one in fit.refused]
            return Rendering(contract=contract, refused=told_why)
        remarks = [
            *unsaid(contract, self.names),
            *named.remarks,
            *(self._remark(one, contract) for one in fit.left_out),
            *fit.restated,
            *dropped(self.adapter, new),
            *declared(self.adapter, new),
        ]
        unkept = told.external_link if new.external_link is None else None
        return Rendering(
            contract=contract,
            new=new,
            then=beginning.then,
            link=unkept,
            lost=_once(one for one in remarks if one.becomes is None),
            reinterpreted=[
                *beginning.remarks,
                *_once(one for one in remarks if one.becomes is not None),
            ],
        )

    def refit(self, told: Rendering, faults: Sequence[Problem]) -> Rendering:
        """Leave out what turned out not to fit when the vendor was asked."""
        assert told.new is not None  # it was to be created
        if not faults or not all(_goes(told.new, one) for one in faults):
            return evolve(told, new=None, refused=faults)
        fit = self._fitted(without(told.new, [one.path for one in faults]))
        if fit.refused:
            first = {one.path: one for one in faults}
            refused = [first.get(one.path, one) for one in fit.refused]
            return evolve(told, new=None, refused=refused)
        left = [*faults, *fit.left_out]
        more = [self._remark(one, told.contract) for one in left]
        return evolve(told, new=fit.new, lost=_once(iter([*told.lost, *more])))

    def _fitted(self, new: NewContract) -> Fit:
        """Say otherwise or leave out what has no place, until the rest fits or not."""
        left_out: dict[str, Problem] = {}
        said: dict[str, Remark] = {}
        while faults := self.faults(new):
            going = [one for one in faults if _goes(new, one)]
            if len(going) < len(faults):
                stuck = [one for one in faults if one not in going]
                # What was left out, and is needed, is what the trouble is.
                return Fit(new, refused=[left_out.get(o.path, o) for o in stuck])
            others = self._others(new, [o for o in going if o.path not in said])
            left = [one for one in going if one.path not in others]
            new = without(new, [one.path for one in left])
            new = evolve(new, fields={**new.fields, **_values(new, others)})
            left_out |= {one.path: one for one in left}
            said |= {
                path: Remark(path, "it is said so there", str(value))
                for path, value in others.items()
            }
        kept = [one for path, one in said.items() if path not in left_out]
        return Fit(new, [*left_out.values()], kept)

    def _others(
        self, new: NewContract, faults: Sequence[Problem]
    ) -> Mapping[str, FieldValue]:
        """Return other values for fields, where it is declared how they are said."""
        held = {f"fields[{key!r}]": value for key, value in new.fields.items()}
        source, target = self.origin.losses, self.adapter.losses
        told = {
            one.path: restated(held[one.path], source, target)
            for one in faults
            if one.path in held
        }
        return {path: value for path, value in told.items() if value is not None}

    def _remark(self, problem: Problem, contract: Contract) -> Remark:
        own = contract.external_link
        if problem.path == "external_link.data" and not (own and own.data):
            return Remark(KEPT, f"{problem.why}; the journal keeps it")
        if self.indexes and WITH_IT.fullmatch(problem.path):
            return Remark("external_link", problem.why, "kept in the link index")
        return lost(self.adapter, problem)


def _instead(told: Rendering, first: Rendering) -> Rendering:
    """Say why a contract does not begin in the status that is nearest to its own."""
    why = str(first.refused[0])
    return evolve(
        told,
        reinterpreted=[
            evolve(one, why=why) if one.path == "status" else one
            for one in told.reinterpreted
        ],
    )


def _values(
    new: NewContract, others: Mapping[str, FieldValue]
) -> dict[str, FieldValue]:
    """Return values under the names of their fields, for those under their paths."""
    paths = {f"fields[{key!r}]": key for key in new.fields}
    return {paths[path]: value for path, value in others.items()}


def _goes(new: NewContract, problem: Problem) -> bool:
    """Say whether leaving out what is said there is a way on."""
    may_go = problem.placeless or is_optional(problem.path)
    return may_go and is_told(new, problem.path)


def _once(remarks: Iterator[Remark]) -> list[Remark]:
    """Keep the first remark on each path."""
    found: dict[str, Remark] = {}
    for one in remarks:
        found.setdefault(one.path, one)
    return [*found.values()]
