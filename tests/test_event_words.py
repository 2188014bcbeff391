"""The words of Tomorro and Coupa, from their documents; SpotDraft's are beside it."""

from __future__ import annotations

import json

import pytest

from clm_bridge import EventKind, PayloadError, Status
from tests.reliability.schemes import CALLED, COUPA, SIGNED, TOMORRO

WORDS = {
    "contractCreated": EventKind.CREATED,
    "contractDeleted": EventKind.DELETED,
    "contractSigned": EventKind.EXECUTED,
    "contractStatusUpdated": EventKind.STATUS_CHANGED,
    "reminderEventCreated": EventKind.OTHER,
}
STATUSES = {"contractSigned": Status.EXECUTED, "contractDeleted": None}
CONTRACT = {"id": "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10", "status": "draft"}


def tomorro():
    """An adapter without a network."""
    return TOMORRO.hook().adapter


@pytest.mark.parametrize(("word", "kind"), WORDS.items())
def test_each_of_tomorros_words_has_its_kind(word, kind):
    """And the status afterwards, where the word says it."""
    adapter = tomorro()
    told = json.loads(SIGNED) | {"eventType": word, "data": {"contract": CONTRACT}}

    event = adapter.read_event(told)

    assert (event.kind, event.source.name) == (kind, word)
    assert event.status is STATUSES.get(word, Status.DRAFT)
    assert set(adapter.events) == set(WORDS)
    assert not adapter.unknown_words


def test_a_new_word_of_tomorros_is_kept_and_counted():
    """It is OTHER."""
    adapter = tomorro()

    event = adapter.read_event(json.loads(SIGNED) | {"eventType": "contractRenamed"})

    assert (event.kind, event.source.name) == (EventKind.OTHER, "contractRenamed")
    assert adapter.unknown_words == {"contractRenamed": 1}


def test_a_reminder_may_name_no_contract():
    """Its form is not documented."""
    told = json.loads(SIGNED) | {"eventType": "reminderEventCreated", "data": {}}

    assert tomorro().read_event(told).contract_id is None


def test_an_event_of_a_contract_must_name_it():
    """By the path of what is missing."""
    with pytest.raises(PayloadError):
        tomorro().read_event(json.loads(SIGNED) | {"data": {}})


def test_coupas_one_word_is_an_update():
    """A call-out says that something changed, and the status afterwards."""
    adapter = COUPA.hook().adapter

    event = adapter.read_event(json.loads(CALLED))

    assert adapter.events == {"call-out": EventKind.UPDATED}
    assert (event.kind, event.contract_id) == (EventKind.UPDATED, "232")
    assert event.status is Status.EXECUTED
