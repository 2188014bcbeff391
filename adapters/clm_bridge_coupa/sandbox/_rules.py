"""What a contract or a supplier must be before it is kept, as sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ._contract import CHOICES, LENGTHS, RANGES
from ._errors import Refusal, human
from ._schema import Record
from ._world import World

REQUIRED = ("name", "number", "status", "supplier")
"""What a contract needs: the least of three documented sets that disagree."""

REQUIRED_IF_RENEWABLE = ("renewal-length-unit", "renewal-length-value")

SUPPLIER_STATUSES = ("draft", "active", "inactive", "onboarding")

_EMPTY = (None, "")


def check_contract(world: World, contract: Record) -> None:
    """Refuse a contract that breaks a rule, and say every rule that it breaks."""
    sentences = [
        *_blanks(contract),
        *_misfits(contract),
        *_strays(contract),
        *_taken(world, contract),
    ]
    if sentences:
        raise Refusal(*sentences, model="contract")
    check_terms(contract["contract-terms"])
    check_reasons(contract["reason-insight-events"])


def check_terms(terms: Iterable[Record]) -> None:
    """Refuse price tiers without a name or a first bound."""
    _check_all("contract-term", terms, ("name", "tier-1-upper-bound"))


def check_reasons(events: Iterable[Record]) -> None:
    """Refuse a reason that names none, or without a comment."""
    _check_all("reason-insight-event", events, ("reason-insight", "comment"))


def _check_all(model: str, records: Iterable[Record], needed: Iterable[str]) -> None:
    blanks = [
        f"{human(name)} can't be blank"
        for record in records
        for name in needed
        if record[name] in _EMPTY
    ]
    if blanks:
        raise Refusal(*blanks, model=model)


def check_supplier(world: World, supplier: Record) -> None:
    """Refuse a supplier without a name, or with somebody else's."""
    sentences = []
    if supplier["name"] in _EMPTY:
        sentences.append("Name can't be blank")
    if supplier["status"] not in SUPPLIER_STATUSES:
        words = ", ".join(SUPPLIER_STATUSES)
        sentences.append(f"Supplier status must be one of {words}.")
    for name in ("name", "number"):
        if _is_taken(world, "supplier", supplier, name):
            sentences.append(f"{human(name)} has already been taken")
    if sentences:
        raise Refusal(*sentences, model="supplier")


def _blanks(contract: Record) -> Iterator[str]:
    renews = contract["term-type"] == "auto_renew"
    names = REQUIRED + (REQUIRED_IF_RENEWABLE if renews else ())
    return (f"{human(n)} can't be blank" for n in names if contract[n] in _EMPTY)


def _misfits(contract: Record) -> Iterator[str]:
    for name, words in CHOICES.items():
        if contract[name] not in (*words, *_EMPTY):
            yield f"{human(name)} must be one of {', '.join(words)}."
    for name, length in LENGTHS.items():
        if len(contract[name] or "") > length:
            yield f"{human(name)} is too long (maximum is {length} characters)"


def _strays(contract: Record) -> Iterator[str]:
    """Find what lies beyond the range of a number, or before the start."""
    for name, (least, most) in RANGES.items():
        if contract[name] is not None and not least <= contract[name] <= most:
            yield f"{human(name)} must be between {least} and {most}"
    start, end = contract["start-date"], contract["end-date"]
    if start and end and end < start:
        yield "End date can't be before start date"


def _taken(world: World, contract: Record) -> Iterator[str]:
    """Find whose number or name it has; both are unique for each supplier."""
    if not world.switches.unique:
        return
    for name in ("number", "name"):
        if _is_taken(world, "contract", contract, name):
            yield f"{human(name)} has already been taken"


def _is_taken(world: World, model: str, record: Record, name: str) -> bool:
    value = record[name]
    if value in _EMPTY:
        return False
    supplier = record.get("supplier")
    return any(
        other[name] == value and other.get("supplier") is supplier
        for other in world.all(model).values()
        if other["id"] != record.get("id")
    )
