"""What Coupa needs to be told, and what it has no way to be told; all of it pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from clm_bridge import shift
from clm_bridge.adapter import (
    ContractChanges,
    KeyDates,
    Money,
    NewContract,
    NewCounterparty,
    Particulars,
    Period,
    Problem,
    Status,
    Term,
    TermKind,
)

from . import _payloads

IDENTIFIERS = ("number", "account-number", "duns", "tax-id")
"""What a supplier may be created with; one is found by its number."""

_SUPPLIER = "a supplier's id, name or identifiers['number']"
ONE_DAY = timedelta(days=1)
_DECIMALS = 4
_RENEWALS = 100


def problems(told: Particulars, where: str) -> Iterator[Problem]:
    """Yield all that is wrong with *told*; *where* is the place of the own id."""
    if isinstance(told, NewContract):
        yield from _new(told, where)
    if isinstance(told, ContractChanges):
        yield from _unclearable(told)
    if told.counterparty is not None:
        yield from _supplier(told.counterparty)
    if told.term is not None:
        yield from _length(told.term, told.key_dates)
        yield from _term(told.term, is_new=isinstance(told, NewContract))
    if told.value is not None and -_exponent(told) > _DECIMALS:
        yield Problem("value.amount", "has more than 4 decimals", "at most 4 of them")
    yield from _fields(told)


def _exponent(told: Particulars) -> int:
    exponent = told.value.amount.normalize().as_tuple().exponent if told.value else 0
    return exponent if isinstance(exponent, int) else 0


def _new(new: NewContract, where: str) -> Iterator[Problem]:
    if not new.name:
        yield Problem("name", "is missing", "text that no other contract has")
    if not _payloads.number(new):
        yield Problem(
            "number", "is missing", "text, or an external_link whose id serves as one"
        )
    if new.counterparty is None:
        yield Problem("counterparty", "is missing", _SUPPLIER)
    if new.type is not None and not new.type.isdecimal():
        yield Problem("type", "is no id of a contract type", "digits")
    own = new.external_link.id if new.external_link is not None else None
    if where == "number" and own and new.number and new.number != own:
        why = "is another than external_link.id, which is kept in its place"
        yield Problem("number", why, "the same, or None")
    if new.key_dates.published_on and new.status is not Status.EXECUTED:
        why = f"makes a contract executed, and its status is {new.status.value}"
        yield Problem("key_dates.published_on", why, "None")


def _supplier(told: NewCounterparty) -> Iterator[Problem]:
    if told.id is not None and not told.id.isdecimal():
        yield Problem("counterparty.id", "is no supplier's id", "digits")
    for name in told.identifiers:
        if name != "number":
            path = f"counterparty.identifiers[{name!r}]"
            yield Problem(path, "finds no supplier", "number")
    if not (told.id or told.name or told.identifiers.get("number")):
        yield Problem("counterparty", "names no supplier", _SUPPLIER)


def _term(term: Term, *, is_new: bool) -> Iterator[Problem]:
    if term.kind is TermKind.OPTION:
        kinds = ", ".join(sorted(one.value for one in _payloads.KINDS))
        yield Problem("term.kind", "is an option", kinds)
    if is_new and term.kind is TermKind.AUTO_RENEW and not term.renewal_length:
        yield Problem(
            "term.renewal_length", "is missing for what renews", "Period(years=1)"
        )
    for name in ("renewal_length", "notice"):
        period = getattr(term, name)
        if period is not None and _payloads.length(period) in ((None, None), _NOTHING):
            yield Problem(
                f"term.{name}", f"is {period}", "days alone, or months and years"
            )
    if term.renewals_max is not None and not 1 <= term.renewals_max <= _RENEWALS:
        yield Problem("term.renewals_max", f"is {term.renewals_max}", "1 to 100")


def _length(term: Term, dates: KeyDates) -> Iterator[Problem]:
    """Let a length pass that the first and the last day say as well."""
    begins, ends = dates.effective_on, dates.expires_on
    if term.length is None:
        return
    if begins is None or ends is None:
        accepts = "key_dates.effective_on and expires_on, which say it"
        yield Problem("term.length", "has no place in Coupa", accepts, True)
    elif shift(begins, term.length) - ONE_DAY != ends:
        why = f"{term.length} from {begins} do not end on {ends}"
        yield Problem("term.length", why, "a length that ends on expires_on")


_NOTHING = ("years", 0)


def _unclearable(told: ContractChanges) -> Iterator[Problem]:
    for place, path in enumerate(told.clear):
        if path not in _payloads.CLEARED:
            accepts = ", ".join(_payloads.CLEARED)
            yield Problem(f"clear[{place}]", f"{path!r} cannot be emptied", accepts)


def _fields(told: Particulars) -> Iterator[Problem]:
    """Find the values that no custom field holds, whichever kind it seems to have."""
    for key, value in told.fields.items():
        if isinstance(value, Money | Period):
            why = f"is {type(value).__name__}, of which Coupa has no fields"
            yield Problem(f"fields[{key!r}]", why, "text, a number or a date")


def unfit_supplier(new: NewCounterparty) -> Iterator[Problem]:
    """Yield what is wrong with a supplier that is to be created."""
    if new.id is not None:
        yield Problem("counterparty.id", "is Coupa's to give", "None")
    for name in new.identifiers:
        if name not in IDENTIFIERS:
            path = f"counterparty.identifiers[{name!r}]"
            yield Problem(path, "has no place in Coupa", ", ".join(IDENTIFIERS))
