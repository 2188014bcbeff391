"""Who signs, who is reminded, and what the other side does."""

from __future__ import annotations

import pytest

from .sandbox_payloads import CREATION, REVIEW_UPLOAD

THEIRS = {"name": "A", "email": "a@x.ex", "is_counterparty_signatory": True}
OURS = {"name": "B", "email": "b@x.ex", "is_counterparty_signatory": False}


def _recipients(api, id):
    items = api.get(f"/contracts/{id}/recipients/").json["items"]
    return {one["recipient"]["user"]["email"]: one for one in items}


def _metrics(api, number):
    return api.get(f"/contracts/{number}/process_metrics/").json


def _signing(api, people):
    """Return the id of a contract that is out to be signed by *people*."""
    made = api.post("/contracts/", CREATION | {"signatories": people}).json["id"]
    api.post(f"/contracts/{made}/mark_for_execution/", {})
    return made


def test_everybody_signs(api):
    """Signatories of the creation become recipients, and all of them sign."""
    made = _signing(api, [THEIRS, OURS])
    invited = {one["status"] for one in _recipients(api, made).values()}
    api.sandbox.sign(made)
    signed = [one["recipient_action"] for one in _recipients(api, made).values()]

    assert invited == {"IN_PROGRESS"}
    assert [one["is_success"] for one in signed] == [True, True]
    assert api.status(made) == "EXECUTED"


def test_a_counterparty_may_decline(api):
    """The refusal stands at the recipient, and the contract is still in SIGN."""
    made = _signing(api, [OURS, THEIRS])
    api.sandbox.decline(made)
    found = _recipients(api, made)

    assert found["a@x.ex"]["recipient_action"]["is_success"] is False
    assert found["a@x.ex"]["recipient_action"]["action_notes"]
    assert found["b@x.ex"]["recipient_action"] is None
    assert api.status(made) == "SIGN"
    assert api.names(filter__signatures_rejected_by="A") == ["Acme MSA with Initech"]


def test_a_refusal_can_be_taken_back(api):
    """Unmarking voids the envelope, and a new one starts afresh."""
    made = _signing(api, [THEIRS])
    api.sandbox.decline(made)
    api.post(f"/contracts/{made}/unmark_for_execution", {})
    api.post(f"/contracts/{made}/mark_for_execution/", {})
    found = _recipients(api, made)["a@x.ex"]

    assert (found["status"], found["recipient_action"]) == ("IN_PROGRESS", None)


def test_without_signatories_the_counterpartys_contact_signs(api):
    """Whoever the contract names for the other side."""
    made = _signing(api, [])

    assert list(_recipients(api, made)) == ["legal@initech.example"]


def test_a_counterparty_without_a_contact_cannot_sign(api):
    """Nobody is invited on its side, so nobody can refuse."""
    lonely = {"counterparty_organization_name": "Hooli", "counterparty_poc_details": {}}
    api.post("/contracts/upload_sign_contracts/", REVIEW_UPLOAD | lonely)

    assert _recipients(api, "T-1010") == {}
    with pytest.raises(ValueError, match="no signature of the counterparty"):
        api.sandbox.decline("T-1010")


def test_an_upload_for_signature_invites_both_sides(api):
    """Ours by their address, theirs by the contact."""
    people = [{"email": "jordan@buyer.example", "title": "CFO", "note": "first"}]
    body = REVIEW_UPLOAD | {"creator_signatories": people}
    api.post("/contracts/upload_sign_contracts/", body)
    found = _recipients(api, "T-1010")
    ours = found["jordan@buyer.example"]["recipient"]

    assert list(found) == ["jordan@buyer.example", "avery@globex.ex"]
    assert {one["status"] for one in found.values()} == {"IN_PROGRESS"}
    assert (ours["user"]["name"], ours["title"]) == ("Jordan Lee", "CFO")


def test_a_signatory_is_reminded(api):
    """An empty 200, and the time of the last invitation moves."""
    before = _recipients(api, "T-1005")["joerg@uebertal.ex"]["recipient"]
    body = {"email_id": "joerg@uebertal.ex"}
    answer = api.post("/contracts/T-1005/signatories/resend_email/", body)
    after = _recipients(api, "T-1005")["joerg@uebertal.ex"]["recipient"]

    assert (answer.status_code, answer.data) == (200, b"")
    assert before["last_sent_for_signature_at"] < after["last_sent_for_signature_at"]


@pytest.mark.parametrize(
    ("id", "body", "code"),
    [
        ("T-1005", {"email_id": "nobody@x.ex"}, 400),
        ("T-1005", {}, 400),
        ("T-1003", {"email_id": "avery@globex.ex"}, 402),
    ],
)
def test_not_everybody_is_reminded(api, id, body, code):
    """Nobody unknown, and nobody while nothing is out to be signed."""
    answer = api.post(f"/contracts/{id}/signatories/resend_email/", body)

    assert answer.status_code == code


def test_a_recipient_has_a_link(api):
    """By e-mail address; the embedded page's has another key."""
    link = api.get(
        "/contracts/1005/recipients/recipient_link/",
        recipient_email="joerg@uebertal.ex",
    ).json
    page = api.get(
        "/contracts/embedded/contracts/1005/counter_party/",
        cp_email_id="joerg@uebertal.ex",
    ).json

    assert list(link) == ["link"]
    assert page["url"].startswith("https://")
    assert api.get("/contracts/1005/recipients/recipient_link/").status_code == 400


def test_the_counterparty_opens_its_e_mail(api):
    """The metrics tell the first time."""
    before = _metrics(api, 1003)["cp_opened_review_email_datetime"]
    api.sandbox.open("T-1003")
    first = _metrics(api, 1003)["cp_opened_review_email_datetime"]
    api.sandbox.open("1003")

    assert before is None
    assert first.startswith("2026-11-02T09:")
    assert _metrics(api, 1003)["cp_opened_review_email_datetime"] == first


def test_the_counterparty_comments(api):
    """Its comment is in the activity log."""
    api.sandbox.comment("T-1003")
    api.post("/contracts/upload_review_contracts/", REVIEW_UPLOAD)
    api.sandbox.comment("T-1010")
    rows = [api.get(f"/contracts/{n}/comments/").json for n in (1003, 1010)]

    assert [one["total_results"] for one in rows] == [1, 1]
    assert rows[0]["results"][0]["comment"]


@pytest.mark.parametrize(
    ("verb", "id"),
    [
        ("open", "T-1001"),
        ("comment", "T-1001"),
        ("comment", "T-1002"),
        ("decline", "T-1003"),
    ],
)
def test_a_counterparty_acts_on_what_it_knows(api, verb, id):
    """A draft was not sent to it, an executed contract is done."""
    with pytest.raises(ValueError, match=id):
        getattr(api.sandbox, verb)(id)


def test_nobody_declines_twice(api):
    """There is one signature of theirs to refuse."""
    made = _signing(api, [THEIRS, OURS])
    api.sandbox.decline(made)

    with pytest.raises(ValueError, match="no signature of the counterparty"):
        api.sandbox.decline(made)


@pytest.mark.parametrize("verb", ["open", "comment", "decline"])
def test_nobody_acts_on_an_unknown_contract(api, verb):
    """The id is the error's only word."""
    with pytest.raises(KeyError) as caught:
        getattr(api.sandbox, verb)("T-9")

    assert caught.value.args == ("T-9",)
