"""Moving contracts from stage to stage, by the API and by people."""

from __future__ import annotations

import re

import pytest

from .sandbox_payloads import (
    CREATION,
)


def _moment(text):
    """Return *text* if it is the sandbox's own hour, in whole seconds."""
    return text if re.fullmatch(r"2026-11-02T09:\d\d:\d\dZ", text) else None


@pytest.mark.parametrize("id", ["T-1001", "T-1003", "T-1005", "T-1007"])
def test_what_is_not_executed_can_be_voided(api, id):
    """From any stage, also from a hold."""
    answer = api.post(f"/contracts/{id}/status/void", {"note": "no longer needed"})

    assert (answer.status_code, answer.data) == (204, b"")
    assert api.status(id) == "VOIDED"


def test_an_executed_contract_cannot_be_voided(api):
    """The sentence is documented."""
    answer = api.post("/contracts/T-1002/status/void", {"note": "no"})

    assert answer.status_code == 400
    assert answer.json == {"detail": "Cannot void an executed contract."}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ({}, "Field required"),
        ({"note": ""}, "String should have at least 1 character"),
    ],
)
def test_voiding_needs_a_note(api, body, said):
    """An empty one is none."""
    answer = api.post("/contracts/T-1001/status/void", body)

    assert answer.status_code == 400
    assert answer.json == {"note": [said]}


def test_sending_shares_a_draft(api):
    """An empty 200; the draft is in redlining, and has a time of sending."""
    body = {"attachment_formats": ["PDF"]}
    answer = api.post("/contracts/T-1001/send_to_counterparties", body)
    metrics = api.get("/contracts/1001/process_metrics/").json

    assert (answer.status_code, answer.data) == (200, b"")
    assert api.status("T-1001") == "REDLINING"
    assert _moment(metrics["contract_sent_to_cp_datetime"])


def test_the_playbooks_empty_sending_works(api):
    """The portal sends {} where the document requires formats."""
    answer = api.post("/contracts/T-1001/send_to_counterparties", {})

    assert answer.status_code == 200


@pytest.mark.parametrize("id", ["T-1002", "T-1007", "T-1008"])
def test_sending_is_refused_by_the_stage(api, id):
    """Executed, held and voided contracts are not sent."""
    answer = api.post(f"/contracts/{id}/send_to_counterparties", {})

    assert answer.status_code == 402
    assert answer.json["code"] == "SD_PUBLIC_EMU_402"


def test_marking_and_unmarking_for_execution(api):
    """To signing and back, with empty answers."""
    there = api.post("/contracts/T-1003/mark_for_execution/", {})
    signing = api.status("T-1003")
    back = api.post("/contracts/T-1003/unmark_for_execution", {"note": "wait"})

    assert (there.status_code, there.data, signing) == (200, b"", "SIGN")
    assert (back.status_code, api.status("T-1003")) == (200, "REDLINING")


def test_what_is_not_out_for_signature_cannot_be_unmarked(api):
    """The sentence is documented."""
    answer = api.post("/contracts/T-1003/unmark_for_execution", {})

    assert answer.status_code == 400
    assert answer.json == {"detail": "Unable to unmark the contract for execution."}


def test_signing_executes(api):
    """Everybody signs, and the metrics know when."""
    api.sandbox.sign("T-1005")
    metrics = api.get("/contracts/1005/process_metrics/").json

    assert api.status("T-1005") == "EXECUTED"
    assert _moment(metrics["contract_executed_datetime"])
    assert len(metrics["contract_signed_by_signatory_list"]) == 2


def test_a_hold_ends_where_it_began(api):
    """The stage beneath comes back."""
    api.sandbox.hold("T-1003")
    held = api.status("T-1003")
    api.sandbox.resume("1003")

    assert (held, api.status("T-1003")) == ("ON_HOLD", "REDLINING")


@pytest.mark.parametrize(
    ("verb", "id"), [("sign", "T-1001"), ("hold", "T-1002"), ("resume", "T-1003")]
)
def test_a_stage_may_forbid_what_people_do(api, verb, id):
    """The control API is told why."""
    with pytest.raises(ValueError, match=id):
        getattr(api.sandbox, verb)(id)


@pytest.mark.parametrize("verb", ["sign", "hold", "resume", "delete"])
def test_nobody_moves_an_unknown_contract(api, verb):
    """The id is the error's only word."""
    with pytest.raises(KeyError) as caught:
        getattr(api.sandbox, verb)("T-9")

    assert caught.value.args == ("T-9",)


def test_reset_forgets_what_was_written(api):
    """The portfolio is there again, in the same application."""
    api.post("/contracts/", CREATION)
    api.post("/contracts/T-1001/status/void", {"note": "no"})
    api.sandbox.reset()

    assert len(api.names()) == 9
    assert api.status("T-1001") == "DRAFT"
