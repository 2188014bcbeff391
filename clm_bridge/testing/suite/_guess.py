"""A contract that a workspace can probably take, from what it holds already."""

from __future__ import annotations

from typing import Any, cast

from attrs import NOTHING, evolve, fields_dict

from ..._particulars import Contact, NewContract, NewCounterparty
from ..._uploads import Upload
from ..._values import ExternalLink
from ._outcomes import NotProven

PAPER = Upload("clm-bridge.pdf", b"%PDF-1.7\n% made by clm-bridge verify\n%%EOF\n")


def guessed(clm: Any, own_id: str) -> NewContract:
    """
    Return a `NewContract` made of a template and a counterparty that are there.

    What is objected to is left out, part by part; what is missing is not guessed.
    """
    new = NewContract(
        name=f"clm-bridge verify {own_id}",
        external_link=ExternalLink("clm-bridge", "Check", own_id),
        counterparty=_company(clm),
        document=PAPER,
        **_template(clm),
    )
    for _ in fields_dict(NewContract):
        problems = clm.contracts.validate(new)
        if not problems:
            return new
        new = _without(new, problems)
    raise NotProven("no contract could be made up that this workspace takes")


def _without(new: NewContract, problems: Any) -> NewContract:
    """Leave out what is objected to, unless it is that something is missing."""
    found: Any = new
    for problem in problems:
        whole, _, part = str(problem.path).partition(".")
        known = fields_dict(NewContract).get(whole)
        told: Any = getattr(new, whole, None)
        if known is None or not told or whole == "name":
            continue
        if part and part in fields_dict(type(told)) and getattr(told, part):
            default = fields_dict(type(told))[part].default
            if default is not NOTHING:
                found = evolve(found, **{whole: evolve(told, **{part: default})})
                return cast("NewContract", found)
        return cast("NewContract", evolve(found, **{whole: known.default}))
    said = "; ".join(map(str, problems))
    raise NotProven(f"a contract cannot be made up for this workspace: {said}")


def _template(clm: Any) -> dict[str, Any]:
    if "templates.list" not in clm.capabilities:
        return {}
    for one in clm.templates.list():
        if one.type is not None:
            return {"template": one.id, "type": one.type.id}
    first = clm.templates.list().first()
    return {} if first is None else {"template": first.id}


def _company(clm: Any) -> NewCounterparty | None:
    """Return a company that the workspace knows, by its name."""
    known = clm.contracts.list(detail="summary").first()
    party = known and known.counterparty
    if party is None and "counterparties.list" in clm.capabilities:
        party = clm.counterparties.list().first()
    if party is None:
        return None
    return NewCounterparty(party.name, contact=Contact("clm-bridge@example.com", "C"))
