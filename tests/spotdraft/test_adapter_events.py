"""What SpotDraft tells, by its documents: 37 activities, and how each is read."""

from __future__ import annotations

from datetime import UTC, datetime

import httpx
import pytest

import clm_bridge
from clm_bridge import (
    AmbiguousWrite,
    EventKind,
    InvalidInput,
    PayloadError,
    Status,
    Unsupported,
)
from clm_bridge.testing import play, reply

from .reading import adapter

# The document's groups, each word with what it means to us.
WORDS = {
    "CREATED": "created",
    "SENT_TO_COUNTERPARTY": "sent",
    "MARK_FOR_EXECUTION": "status_changed",
    "UNMARK_FOR_EXECUTION": "status_changed",
    "SIGNATURE_REQUESTED": "signature_requested",
    "SIGNATURE_REQUESTED_NOTIFICATION_SENT": "other",
    "SIGNED": "signed_by",
    "SIGNATURE_DECLINED": "declined",
    "EXECUTED": "executed",
    "VOIDED": "cancelled",
    "DELETED": "deleted",
    "VERSION_UPLOADED": "document_updated",
    "DATA_UPDATED": "fields_updated",
    "KEY_POINTER_CREATION": "fields_updated",
    "KEY_POINTER_UPDATION": "fields_updated",
    "EXTERNAL_METADATA_CREATED": "link_updated",
    "EXTERNAL_METADATA_UPDATED": "link_updated",
    "ENTITY_UPDATED": "updated",
    "PROCESS_METRIC_UPDATED": "updated",
    "ACTIVITY_LOG_COMMENT_CREATED": "other",
    "APPROVAL_REQUESTED": "approval_requested",
    "APPROVAL_COMPLETED": "approval_completed",
}
MAILS = [
    f"{about}_EMAIL_{what}"
    for about in ("SIGNING", "REDLINING")
    for what in ("DELIVERED", "OPENED", "NOT_DELIVERED", "LINK_CLICKED")
]
BOOK = [
    f"COUNTER_PARTY_{what}"
    for what in ("CREATED", "UPDATED", "CONTACT_CREATED", "CONTACT_UPDATED")
] + ["COUNTER_PARTY_ADDRESS_CREATED", "COUNTER_PARTY_ADDRESS_UPDATED"]
ALL = {
    **{f"CONTRACT_{word}": kind for word, kind in WORDS.items()},
    **dict.fromkeys(["POSTMARK_EMAIL_EVENT", *MAILS, *BOOK], "other"),
}

# The document's example of a delivery.
BODY = {
    "contract_id": 19589,
    "contract_kind": "THIRD_PARTY_CONTRACT",
    "contract_title": "Acme Standard DPA",
    "contract_type": "Data Processing Agreement",
    "contract_type_name": "Data Processing Agreement",
    "contract_type_id": 135,
    "contract_status": "EXECUTED",
    "business_user": {"name": "Jordan Lee", "email": "jordan@acme.example"},
    "created_at": "2026-08-22T03:48:52.370635Z",
    "counterparties": [
        {
            "type": "Organization",
            "organization_name": "Globex Ltd",
            "poc_name": "Avery Stone",
            "poc_email": "avery@globex.example",
            "counterparty_id": 102,
        }
    ],
    "external_metadata": {
        "id": "deal-122",
        "integration_name": "HubSpot",
        "record_type": "Deal",
        "record_data": {},
    },
    "contract_reference_id": "SD-19589",
    "contract_template_id": 1204,
    "activity_data": {
        "performed_by": {"name": "SYSTEM"},
        "timestamp": "2026-08-22T03:53:52.201442Z",
    },
    "activity": "CONTRACT_EXECUTED",
}


def test_there_are_thirty_seven():
    """The adapter's table has the document's words, and no others."""
    assert len(ALL) == 37
    assert set(adapter().events) == set(ALL)


@pytest.mark.parametrize(("word", "kind"), ALL.items())
def test_each_activity_has_its_kind(word, kind):
    """And is no unknown word."""
    spotdraft = adapter()

    event = spotdraft.read_event(BODY | {"activity": word})

    assert event.kind.value == kind
    assert event.source.name == word
    assert not spotdraft.unknown_words


def test_an_unknown_activity_is_kept_and_counted():
    """It is an event like any other."""
    spotdraft = adapter()

    event = spotdraft.read_event(BODY | {"activity": "CONTRACT_TRANSMUTED"})

    assert (event.kind, event.source.name) == (EventKind.OTHER, "CONTRACT_TRANSMUTED")
    assert spotdraft.unknown_words == {"CONTRACT_TRANSMUTED": 1}


def test_the_example_is_read_whole():
    """Who, what, when, and the contract as a snapshot."""
    event = adapter().read_event(BODY)
    contract = event.contract

    assert (event.contract_id, event.status) == ("19589", Status.EXECUTED)
    assert event.occurred_at == datetime(2026, 8, 22, 3, 53, 52, 201442, UTC)
    assert event.actor is None
    assert (contract.name, contract.number) == ("Acme Standard DPA", "SD-19589")
    assert contract.counterparty.name == "Globex Ltd"
    assert contract.external_link.id == "deal-122"
    assert contract.owner.email == "jordan@acme.example"
    assert (contract.type.id, contract.template.id) == ("135", "1204")


def test_the_same_delivery_has_the_same_id():
    """And one of another person, instant or activity has another."""
    mail = {"recipient_email": "a@globex.example", "email_mode": "to"}
    one = {**BODY["activity_data"], "email_event_data": mail}
    two = {**one, "email_event_data": mail | {"recipient_email": "b@globex.example"}}
    later = BODY["activity_data"] | {"timestamp": "2026-08-22T03:53:52.201443Z"}

    ids = [
        adapter().read_event(BODY | change).id
        for change in (
            {},
            {"contract_title": "Renamed"},
            {"activity_data": one},
            {"activity_data": two},
            {"activity_data": later},
            {"activity": "CONTRACT_VOIDED"},
        )
    ]

    assert ids[0] == ids[1]
    assert len(set(ids)) == 5


def test_a_deletion_has_no_status():
    """What the body says is the last stage, not what is true now."""
    event = adapter().read_event(BODY | {"activity": "CONTRACT_DELETED"})

    assert (event.kind, event.status) == (EventKind.DELETED, None)


@pytest.mark.parametrize("key", ["activity", "activity_data", "contract_id"])
def test_what_must_be_there_is_asked_for(key):
    """By the path of the key."""
    told = {name: value for name, value in BODY.items() if name != key}

    with pytest.raises(PayloadError, match=key):
        adapter().read_event(told)


def test_registering_asks_for_words():
    """The documented body, and nothing else."""
    answer = reply(
        {"id": 511, "url": "https://h.example/", "only_for_activities": ["X"]}, 201
    )
    played = play(
        adapter().register_webhook("https://h.example/", ["X"], "Acme"), answer
    )

    [asked] = played.asked
    assert asked.asked == "POST webhooks/"
    assert asked.json == {
        "title": "Acme",
        "url": "https://h.example/",
        "only_for_activities": ["X"],
    }
    assert (played.result.id, played.result.active) == ("511", None)


@pytest.mark.parametrize("word", ["DISABLED_BY_USER", "DISABLED_BY_ERROR"])
def test_a_disabled_subscription_is_not_active(word):
    """Whoever disabled it."""
    answer = reply(
        {"id": 1, "url": "https://h/", "only_for_activities": [], "status": word}, 201
    )
    played = play(adapter().register_webhook("https://h/", [], "t"), answer)

    assert played.result.active is False


def test_unregistering_has_no_slash():
    """Unlike all the others of its family."""
    played = play(adapter().unregister_webhook("511"), reply(None, 204))

    assert [(one.method, one.target) for one in played.asked] == [
        ("DELETE", "webhooks/511")
    ]


def test_the_key_is_read_as_a_secret():
    """It shows in no repr of what asked for it."""
    played = play(adapter().webhook_secret(), reply({"hmac_key": "c2VjcmV0"}))

    assert played.result.reveal() == "c2VjcmV0"
    assert "c2VjcmV0" not in repr(played.result)


def test_resending_takes_numbers():
    """The path is the contracts', and the body's ids are integers."""
    played = play(adapter().resend_events(["T-1", "H-2", "3"]), reply({"message": "S"}))

    [asked] = played.asked
    assert asked.asked == "POST contracts/webhooks/re_trigger_latest/"
    assert asked.json == {"contract_ids": [1, 2, 3]}


@pytest.mark.parametrize("own", ["", "T-", "x", "٣"])
def test_what_is_no_id_is_not_sent(own):
    """It is refused before any request."""
    with pytest.raises(InvalidInput, match="not the id of a contract"):
        play(adapter().resend_events([own]))


def test_there_is_no_list():
    """The hint says to keep the id, and where the app shows it."""
    with pytest.raises(Unsupported, match="keep the id") as caught:
        play(adapter().list_webhooks())

    assert "Developer settings" in str(caught.value)


def test_a_lost_answer_may_have_registered():
    """Nobody can list what is there, so the error says where to look."""

    def lose(request):
        raise httpx.ReadError("gone", request=request)

    with (
        clm_bridge.connect(
            vendor="spotdraft",
            client_id="i",
            client_secret="s",
            region="eu",
            transport=httpx.MockTransport(lose),
        ) as clm,
        pytest.raises(AmbiguousWrite, match="may be registered") as caught,
    ):
        clm.webhooks.register("https://h.example/")

    assert caught.value.__cause__.in_doubt
    assert "keep the id" in str(caught.value)
