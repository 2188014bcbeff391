"""Answers to questions: the template's variables, and the intake form's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from ._bodies import Key, mapping, read, read_any
from ._errors import Refusal, invalid, not_found, plain, wrong_state
from ._key_pointer_fields import KEY_POINTERS
from ._records import EXECUTED, TEMPLATE, TEMPLATE_EDITABLE, VOIDED
from ._times import instant
from ._workspace import VARIABLES, variables
from ._world import World

DATA = {"data": Key(mapping, required=True)}
KINDS = ("INTAKE_FORM", "TEMPLATE")
_KNOWN = frozenset(one.field_name for one in VARIABLES)


def check(told: Mapping[str, Any], key: str) -> None:
    """Refuse what the template has no variable for (documented as a cause)."""
    unknown = {name: ["Unknown variable"] for name in told if name not in _KNOWN}
    if unknown:
        raise invalid({key: unknown})


def pointed(told: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of a template's data is a key pointer of the same name."""
    return {name: value for name, value in told.items() if name in KEY_POINTERS}


def write(world: World, id: str) -> ResponseReturnValue:
    """Change a template contract's data until it is executed (documented)."""
    contract = world.by_id(id)
    told = read(DATA)["data"]
    if contract.prefix == "H":
        raise plain(400, "Contract data is not available for historic contracts.")
    if contract.status == EXECUTED:
        detail = "Contract cannot be updated because it has been executed."
        raise Refusal(400, {"detail": detail, "code": "SD_PUBLIC_00009"})
    if contract.kind not in (TEMPLATE, TEMPLATE_EDITABLE):
        raise plain(400, "The contract was not made from a template.")
    if contract.status == VOIDED:
        raise wrong_state("The contract is voided.")
    check(told, "data")
    changed = world.change(
        contract,
        data={**contract.data, **told},
        values={**contract.values, **pointed(told)},
    )
    return {"data": changed.data}


def answer_intake(world: World, id: str) -> ResponseReturnValue:
    """Merge answers to the intake form; unknown keys are kept too (documented)."""
    contract = world.by_id(id)
    told = read_any()
    changed = world.change(
        contract,
        intake={**contract.intake, **told},
        answered_at=contract.answered_at or world.now(),
    )
    return {"data": changed.intake, "created": instant(changed.answered_at)}


def responses(world: World, number: int) -> ResponseReturnValue:
    """Show the saved answers of one of the two questionnaires."""
    contract = world.by_number(number)
    kind = request.args.get("questionnaire_type")
    if kind not in KINDS:
        fault = f"Value should be one of {', '.join(KINDS)}"
        raise invalid({"questionnaire_type": [fault if kind else "Field required"]})
    first = contract.answered_at if kind == "INTAKE_FORM" else contract.created_at
    respondent = {
        "created_at": instant(first),
        "created_by": contract.created_by.name,
        "org_name": contract.entity.name,
    }
    told = contract.intake if kind == "INTAKE_FORM" else contract.data
    return {
        "questionnaire_response_data": dict(told),
        "respondents": [respondent] if told else [],
    }


def questionnaire(world: World, id: int) -> ResponseReturnValue:
    """List what the intake form of a contract type asks."""
    if id not in world.workspace.types:
        raise not_found()
    return [one | {"question": one["display_label"]} for one in variables()]


ROUTES = (
    ("PATCH", "/contracts/<id>/contract_data", write),
    ("PATCH", "/contracts/<id>/intake_form/response", answer_intake),
    ("GET", "/contracts/<int:number>/questionnaire/responses/", responses),
    ("GET", "/contract_types/<int:id>/intake_form/questionnaire/", questionnaire),
)
