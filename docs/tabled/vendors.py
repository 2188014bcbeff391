"""What the installed vendors can do, one beside the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from clm_bridge import Status, Transition
from clm_bridge._hooks import adapter_class, load, sandbox_class, vendors
from clm_bridge._operations import FULL_PAGE, calls_a_contract
from clm_bridge._queries import FILTERS
from clm_bridge.adapter import CAPABILITIES, Adapter
from clm_bridge.sandbox import Sandbox
from clm_bridge.testing.cassettes import _evidence as proofs

from .markdown import code, table
from .pages import DOCS


def adapter(vendor: str) -> type[Adapter]:
    """Return a vendor's adapter."""
    return adapter_class(load(vendor), vendor)


def sandbox(vendor: str) -> type[Sandbox]:
    """Return a vendor's sandbox."""
    return sandbox_class(load(vendor), vendor)


def adapters() -> list[type[Adapter]]:
    """Return the adapters of all installed vendors."""
    return [adapter(vendor) for vendor in vendors()]


def _heads(first: str) -> list[str]:
    return [first, *(one.title for one in adapters())]


def capabilities() -> str:
    """Return which vendor offers which operation."""
    return table(
        _heads("Call"),
        (
            [code(name), *(_capability(one, name) for one in adapters())]
            for name in CAPABILITIES
        ),
    )


def _capability(one: type[Adapter], name: str) -> str:
    if name not in one.capabilities():
        return ""
    return "link index" if one.indexed(name) else "yes"


def evidence(vendor: str | None = None) -> str:
    """Return what proves each operation: of all vendors, or of one."""
    chosen = [adapter(vendor)] if vendor else adapters()
    found = {one: proofs.evidence(one, proofs.tapes(_tapes(one))) for one in chosen}
    return table(
        ["Call", *("Proven by" if vendor else one.title for one in chosen)],
        (
            [code(name), *(str(found[one].get(name, "")) for one in chosen)]
            for name in CAPABILITIES
            if any(name in found[one] for one in chosen)
        ),
    )


def _tapes(one: type[Adapter]) -> Path | None:
    folder = DOCS.parent / "cassettes" / one.name
    return folder if folder.is_dir() else None


def ways() -> str:
    """Return each transition with the words that each vendor's leads between."""
    return table(
        _heads("Step"),
        (
            [code(step.value), *(_way(one, step) for one in adapters())]
            for step in Transition
        ),
    )


def _way(one: type[Adapter], step: Transition) -> str:
    told = one.transitions.get(step)
    if told is None:
        return ""
    leaves, reaches = (", ".join(map(code, w)) for w in (told.leaves, told.reaches))
    return f"{leaves} → {reaches}{' (assumed)' if told.assumed else ''}"


def filters() -> str:
    """Return the filters of ``contracts.list``, and who applies each."""
    return table(
        _heads("Filter of `contracts.list`"),
        (
            [code(name), *(_filtering(one, name) for one in adapters())]
            for name in sorted(FILTERS)
        ),
    )


def _filtering(one: type[Adapter], name: str) -> str:
    if name in one.filters - one.coarse:
        return "vendor"
    if name in one.row_answers or not one.calls_per_contract:
        return "row"
    first = "vendor, roughly; " if name in one.filters else ""
    return f'{first}needs `detail="full"`'


def words() -> str:
    """Return each `Status` with the vendors' own words for it."""
    return table(
        _heads("`Status`"),
        (
            [code(status.name), *(_words(one, status) for one in adapters())]
            for status in Status
        ),
    )


def _words(one: type[Adapter], status: Status) -> str:
    if status is Status.UNKNOWN:
        return "any other word"
    told = (word for word, known in one.statuses.items() if known is status)
    return ", ".join(code(word) for word in told)


def costs() -> str:
    """Return what reading contracts costs at each vendor."""
    return table(
        _heads(""),
        ([says, *(tell(one) for one in adapters())] for says, tell in _COSTS.items()),
    )


def _rows(one: type[Adapter]) -> str:
    if not one.calls_per_contract:
        return str(one.page_size)
    return f"{one.page_size}; {min(one.page_size, FULL_PAGE)} in full detail"


def _rate(one: type[Adapter]) -> str:
    return f"{one.rate.calls} calls in {one.rate.seconds:g} s"


def _kept(one: type[Adapter]) -> str:
    if not one.calls_per_contract:
        return "costs nothing anyway"
    return "costs no call" if one.tells_changes else "is read again"


def _found(one: type[Adapter]) -> str:
    return "the vendor's search" if one.searches_links else "the link index"


_COSTS: Mapping[str, Callable[[type[Adapter]], str]] = {
    "Rows a page": _rows,
    "Further calls a contract for full detail, at most": lambda one: str(
        one.calls_per_contract
    ),
    "Further calls a contract for dates alone, at most": lambda one: str(
        calls_a_contract(one, "dates")
    ),
    "A contract in `known` that has not changed": _kept,
    "Limit kept to": _rate,
    "Your own id is found by": _found,
    "Needs `timezone`": lambda one: "yes" if one.needs_timezone else "no",
}
