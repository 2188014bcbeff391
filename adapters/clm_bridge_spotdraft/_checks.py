"""What SpotDraft needs of a contract, and what it cannot be told: pure checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from clm_bridge.adapter import (
    ContractChanges,
    NewContract,
    Particulars,
    Period,
    Problem,
    Signatory,
    Status,
    Upload,
)

PDF = b"%PDF-"
VERSIONS = {".pdf": PDF, ".docx": b"PK\x03\x04"}
"""How a new version may end in its name, and how it begins then."""


def problems(told: Particulars) -> Iterator[Problem]:
    """Yield all that can be seen without asking."""
    yield from _mixed(told)
    if told.owner and "@" not in told.owner:
        yield from _number("owner", told.owner)
    if isinstance(told, NewContract):
        rule = _BEGINNINGS.get(told.status)
        yield from rule(told) if rule else ()
    if isinstance(told, ContractChanges):
        yield from _changes(told)


def _changes(told: ContractChanges) -> Iterator[Problem]:
    for key in told.extra:
        if key != "contract_data":
            why = "has no call that takes it"
            yield Problem(f"extra[{key!r}]", why, "contract_data")
    for place, path in enumerate(told.clear):
        if path == "owner":
            why = "is the owner, whom a contract always has"
            yield Problem(f"clear[{place}]", why, "another owner")


def _mixed(told: Particulars) -> Iterator[Problem]:
    lengths = ("length", "renewal_length", "notice")
    said = {f"term.{name}": getattr(told.term, name, None) for name in lengths}
    said |= {f"fields[{key!r}]": value for key, value in told.fields.items()}
    for path, value in said.items():
        if isinstance(value, Period) and value.days and (value.years or value.months):
            yield Problem(path, f"{value} mixes units", "years and months, or days")


def _draft(new: NewContract) -> Iterator[Problem]:
    yield from _number("template", new.template)
    yield from _surplus("type", new.type, "is the template's", "None")
    yield from _surplus(
        "document",
        new.document,
        "is no template's",
        "a status of NEGOTIATION, SIGNATURE or EXECUTED",
    )
    yield from _party(new, contact=True)
    for place, one in enumerate(new.signatories):
        if not one.name:
            yield _missing(f"signatories[{place}].name", "their name")


def _review(new: NewContract) -> Iterator[Problem]:
    yield from _paper(new)
    if new.counterparty is not None:
        yield from _party(new, contact=False)
    yield from _signatories(new, _only_ours)


def _signature(new: NewContract) -> Iterator[Problem]:
    yield from _paper(new)
    yield from _party(new, contact=False)
    yield from _signatories(new, _only_ours)


def _executed(new: NewContract) -> Iterator[Problem]:
    yield from _paper(new)
    if new.counterparty is not None:
        yield from _party(new, contact=True)
    yield from _signatories(new, lambda _: "signs nothing that is executed")


def _paper(new: NewContract) -> Iterator[Problem]:
    """Yield what is wrong with a contract that comes with its paper."""
    if not new.name:
        yield _missing("name", "what it is called")
    yield from _number("type", new.type)
    yield from _surplus("template", new.template, "makes drafts only", "None")
    if new.document is None:
        yield _missing("document", "the PDF")
    elif not is_pdf(new.document):
        yield Problem("document", f"{new.document.name} is no PDF", "a .pdf file")


def is_pdf(file: Upload) -> bool:
    """Say whether a file is a PDF, by its name and by how it begins."""
    return file.name.lower().endswith(".pdf") and file.content.startswith(PDF)


def is_version(file: Upload) -> bool:
    """Say whether a file can be a contract's next version."""
    return any(
        file.name.lower().endswith(ending) and file.content.startswith(begins)
        for ending, begins in VERSIONS.items()
    )


def _number(path: str, told: str | None) -> Iterator[Problem]:
    if told is None:
        yield _missing(path, "its id")
    elif not (told.isascii() and told.isdecimal()):
        yield Problem(path, f"{told!r} is no id of SpotDraft's", "a number")


def _surplus(path: str, told: Any, why: str, accepts: str) -> Iterator[Problem]:
    if told is not None:
        yield Problem(path, why, accepts)


def _party(new: NewContract, *, contact: bool) -> Iterator[Problem]:
    """Yield what is missing of the other party; its entry says what its id does."""
    party = new.counterparty
    if party is not None and party.id:
        yield from _number("counterparty.id", party.id)
        return
    if party is None or not party.name:
        yield _missing("counterparty.name", "its name, or counterparty.id")
    told = party.contact if party is not None else None
    if not contact and told is None:
        return
    for name, says in (("email", "whom to write to"), ("name", "who that is")):
        if not getattr(told, name, None):
            yield _missing(f"counterparty.contact.{name}", says)


def _signatories(
    new: NewContract, fault: Callable[[Signatory], str | None]
) -> Iterator[Problem]:
    for place, one in enumerate(new.signatories):
        why = fault(one)
        if why:
            yield Problem(f"signatories[{place}]", why)


def _only_ours(one: Signatory) -> str | None:
    return None if one.ours else "is not ours; the counterparty's contact signs paper"


def _missing(path: str, accepts: str) -> Problem:
    return Problem(path, "is missing", accepts)


_BEGINNINGS: Mapping[Status, Callable[[NewContract], Iterator[Problem]]] = {
    Status.DRAFT: _draft,
    Status.NEGOTIATION: _review,
    Status.SIGNATURE: _signature,
    Status.EXECUTED: _executed,
}
