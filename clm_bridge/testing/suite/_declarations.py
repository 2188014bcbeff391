"""What an adapter declares: PLUGIN."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from attrs import fields_dict

from ..._declared import OPERATIONS
from ..._errors import ClmError, Unsupported
from ..._models import (
    Approval,
    Comment,
    Contract,
    Counterparty,
    FieldDefinition,
    StatusReport,
    Template,
)
from ..._queries import FILTERS
from ..._vocabulary import DocumentKind, Transition
from ._colours import COLOURS
from ._outcomes import demand, must, prove
from ._subject import Subject

FOREIGN = frozenset(
    {"httpx", "requests", "urllib3", "aiohttp", "http.client", "socket", "time"}
    | {"asyncio", "threading", "logging", "subprocess"}
)
"""What the core does for all adapters, and no adapter does."""

_MODELS = (Contract, Counterparty, FieldDefinition, Template, StatusReport)
_VIRTUAL = frozenset({"external_link", "counterparty"})


class Declarations:
    """Checks of declarations."""

    @must("MUST-PLUGIN-1")
    def test_name_and_title(self, subject: Subject) -> str:
        adapter, vendor = subject.adapter, subject.settings().vendor
        demand(adapter.name == vendor, f"it is {adapter.name!r} and not {vendor!r}")
        demand(adapter.title.strip(), "it has no title")
        return f"{adapter.name}, {adapter.title}"

    @must("MUST-PLUGIN-2")
    def test_what_is_not_offered_is_refused(self, subject: Subject) -> str:
        adapter = subject.settings().adapter
        offered = adapter.capabilities()
        calls = _CALLS | {f"contracts.{one.value}": _step(one) for one in Transition}
        absent = [name for name in calls if name not in offered]
        prove(absent, "everything is offered")
        for name in absent:
            before = len(subject.traffic.asked)
            try:
                calls[name](subject.clm)
            except Unsupported:
                sent = len(subject.traffic.asked) - before
                demand(not sent, f"{name} sent {sent} requests")
                continue
            except ClmError as error:
                raise AssertionError(f"{name} raised {type(error).__name__}") from error
            raise AssertionError(f"{name} did something")
        return ", ".join(absent)

    @must("MUST-PLUGIN-3")
    def test_what_is_offered_is_not_refused(self, subject: Subject) -> str:
        offered = [one for one in _CALLS if one in subject.adapter.capabilities()]
        for name in offered:
            try:
                _CALLS[name](subject.clm)
            except Unsupported as error:
                raise AssertionError(f"{name} is refused: {error}") from error
            except ClmError:
                continue  # the id is nobody's
        return ", ".join(offered)

    @must("MUST-PLUGIN-4")
    def test_losses(self, subject: Subject) -> str:
        losses = subject.adapter.losses
        for one in losses:
            demand(_is_path(one.attribute), f"{one.attribute} is no path")
            demand(len(one.why.split()) > 2, f"{one.attribute} does not say why")
            demand(
                one.value is None or one.becomes is not None,
                f"{one.attribute}: {one.value} becomes what?",
            )
        return f"{len(losses)} losses"

    @must("MUST-PLUGIN-5")
    def test_assumptions(self, subject: Subject) -> str:
        told = subject.adapter.assumptions
        prove(told, "it assumes nothing")
        odd = [one for one in told if len(one.split()) < 3 or not one.endswith(".")]
        demand(not odd, f"{odd} are no sentences")
        return f"{len(told)} assumptions"

    @must("MUST-PLUGIN-6")
    def test_imports(self, subject: Subject) -> str:
        files = [*_files(subject.adapter)]
        prove(files, "its source is in no file")
        for path in files:
            found = {*_imports(path)} & FOREIGN
            demand(not found, f"{path.name} imports {', '.join(sorted(found))}")
        return f"{len(files)} files"

    @must("MUST-PLUGIN-7")
    def test_building_sends_nothing(self, subject: Subject) -> str:
        with subject.open() as (_, traffic):
            demand(not traffic.asked, f"it sent {len(traffic.asked)} requests")
        return "no request"

    @must("MUST-PLUGIN-8")
    def test_figures(self, subject: Subject) -> str:
        adapter = subject.adapter
        named = {*adapter.filters, *adapter.coarse, *adapter.row_answers}
        demand(named <= FILTERS, f"{sorted(named - FILTERS)} are no filters")
        demand(adapter.coarse <= adapter.filters, "what is coarse is not a filter")
        demand(adapter.page_size > 0, "a page holds nothing")
        demand(adapter.pages_in_flight > 0, "no page is asked for")
        calls = (adapter.calls_per_contract, adapter.calls_for_dates or 0)
        demand(0 <= calls[1] <= calls[0], "dates cost more than the whole, or a gift")
        demand(adapter.dates_in_bulk >= 0, "less than nothing is told in bulk")
        by_change = not adapter.tells_changes or "updated_since" in adapter.filters
        demand(by_change, "it tells changes and does not filter by updated_since")
        demand(adapter.rate.calls > 0, "no call is allowed")
        demand(adapter.uploads <= {*DocumentKind}, "uploads are no kinds of documents")
        demand({*adapter.transitions} <= {*Transition}, "a step is no step")
        odd = adapter.capabilities() - {*OPERATIONS, *_steps()}
        demand(not odd, f"{sorted(odd)} is no capability")
        return f"{adapter.rate.calls} calls in {adapter.rate.seconds:g} s"

    @must("MUST-PLUGIN-9")
    def test_reading_table(self, subject: Subject) -> str:
        lines = subject.adapter.reading.lines
        prove(lines, "it declares nothing of what it reads")
        odd = [one.path for one in lines.values() if not _leads(one.attribute)]
        demand(not odd, f"{odd} lead nowhere")
        return f"{len(lines)} keys"

    @must("MUST-PLUGIN-10")
    def test_both_colours_read_the_same(self, subject: Subject) -> str:
        [other] = [one for one in COLOURS if one != subject.colour]
        prove("contracts.list" in subject.adapter.capabilities(), "nothing is listed")
        twin = Subject(subject.adapter, other, subject.loader)
        try:
            demand(
                [*subject.clm.contracts.list(detail="summary")]
                == [*twin.clm.contracts.list(detail="summary")],
                "they read different contracts",
            )
        finally:
            twin.close()
        return f"{subject.colour} and {other}"


NOBODY = "999999999999"
_CALLS: dict[str, Any] = {
    "check": lambda clm: clm.check(),
    "contracts.get": lambda clm: clm.contracts.get(NOBODY),
    "contracts.status": lambda clm: clm.contracts.status(NOBODY),
    "contracts.find_by_external_id": lambda clm: clm.contracts.find_by_external_id(
        "PR-nobody"
    ),
    "contracts.people": lambda clm: clm.contracts.people(NOBODY),
    "contracts.approvals": lambda clm: clm.contracts.approvals(NOBODY),
    "contracts.relations": lambda clm: clm.contracts.relations(NOBODY),
    "contracts.comments": lambda clm: clm.contracts.comments(NOBODY),
    "contracts.list": lambda clm: clm.contracts.list(detail="summary").first(),
    "documents.list": lambda clm: clm.documents.list(NOBODY),
    "templates.list": lambda clm: clm.templates.list().first(),
    "counterparties.list": lambda clm: clm.counterparties.list().first(),
    "counterparties.find": lambda clm: clm.counterparties.find("Nobody & Sons"),
    "fields.list": lambda clm: clm.fields.list().first(),
}


def _step(step: Transition) -> Any:
    return lambda clm: getattr(clm.contracts, step.value)(NOBODY)


def _steps() -> Iterator[str]:
    return (f"contracts.{step.value}" for step in Transition)


def _is_path(path: str) -> bool:
    first = path.partition(".")[0]
    return first in fields_dict(Contract) or first in _VIRTUAL


def _leads(attribute: str | None) -> bool:
    first = (attribute or "").partition(".")[0]
    known = {name for cls in (*_MODELS, Approval, Comment) for name in fields_dict(cls)}
    return first in known


def _files(adapter: type) -> Iterator[Path]:
    """Yield the files of an adapter's package, or the one that it is in."""
    for cls in adapter.__mro__:
        if cls.__module__.partition(".")[0] == "clm_bridge" or cls is object:
            continue
        source = getattr(sys.modules[cls.__module__], "__file__", None) or ""
        if Path(source).is_file():
            package = sys.modules[cls.__module__].__package__ or ""
            own = package and not package.startswith("tests")
            yield from (
                sorted(Path(source).parent.glob("*.py")) if own else [Path(source)]
            )
            return


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from (alias.name, alias.name.partition(".")[0])
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from (node.module, node.module.partition(".")[0])
