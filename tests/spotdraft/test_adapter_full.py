"""What key pointers, metrics and recipients add to a row."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from clm_bridge import (
    Facet,
    Money,
    Period,
    PersonRole,
    Status,
    TermKind,
)
from clm_bridge._workspace import Pointer
from clm_bridge.adapter import FULL, Query
from clm_bridge.testing import play, reply

from .reading import adapter, details, first_row, listed, one_row, payload


def test_full_detail_asks_for_three_more_parts(spotdraft):
    """Key pointers and recipients take the composite id, metrics the bare number."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]

    played = play(spotdraft.complete_contract(row), *details())

    assert [request.target for request in played.asked] == [
        "contracts/T-34211/key_pointers",
        "contracts/34211/process_metrics/",
        "contracts/T-34211/recipients/",
    ]
    assert played.result.loaded == FULL


def test_full_detail_asks_for_the_link_that_a_row_lacks(spotdraft):
    """A row without the metadata key costs a fourth call."""
    bare = one_row()
    del bare["external_metadata"]
    row = first_row(spotdraft, bare)
    told = {"external_metadata": {"id": 7, "integration_name": "ERP"}}

    played = play(spotdraft.complete_contract(row), *details(), reply(told))

    assert played.asked[-1].target == "contracts/T-34211/external_metadata"
    assert played.result.external_link.id == "7"


def test_no_link_at_all_is_an_empty_facet(spotdraft):
    """The answer null means that there is none."""
    bare = one_row()
    del bare["external_metadata"]
    row = first_row(spotdraft, bare)

    played = play(
        spotdraft.complete_contract(row), *details(), reply({"external_metadata": None})
    )

    assert played.result.external_links == ()
    assert Facet.EXTERNAL_LINKS in played.result.loaded


@pytest.fixture
def whole(spotdraft):
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    return play(spotdraft.complete_contract(row), *details()).result


def test_mapped_key_pointers_become_key_dates(whole):
    """Dates without a zone stay what they are."""
    assert whole.key_dates.effective_on == date(2026, 1, 15)
    assert whole.key_dates.expires_on == date(2027, 1, 14)


def test_process_metrics_become_key_dates(whole):
    """Sent is an instant; signed and executed are days."""
    assert whole.key_dates.sent_at == datetime(2026, 2, 1, 14, 15, 22, tzinfo=UTC)
    assert whole.key_dates.signed_on == date(2026, 2, 9)
    assert whole.key_dates.executed_on == date(2026, 2, 10)


def test_an_instant_is_cut_in_the_companys_zone():
    """23:30 UTC is the next day in Calcutta."""
    kolkata = adapter(zone=ZoneInfo("Asia/Kolkata"))
    row = first_row(kolkata, one_row())
    metrics = {**payload("process_metrics")}
    metrics["contract_executed_datetime"] = "2026-02-10T23:30:00Z"

    found = play(kolkata.complete_contract(row), *details(metrics)).result

    assert found.key_dates.executed_on == date(2026, 2, 11)


def test_a_mapped_execution_date_counts_more_than_the_metrics():
    """The workspace's own key pointer is what its people maintain."""
    mapped = adapter(key_dates={"executed_on": Pointer("effective_date")})
    row = first_row(mapped, one_row())

    found = play(mapped.complete_contract(row), *details()).result

    assert found.key_dates.executed_on == date(2026, 1, 15)


def test_mapped_key_pointers_become_the_term(whole):
    """``days`` beside a duration is not computed with."""
    assert whole.term.kind is TermKind.AUTO_RENEW
    assert whole.term.length == Period(months=12)


def test_a_mapped_currency_pointer_becomes_the_value(whole):
    """The amount carries its currency."""
    assert whole.value == Money(Decimal(12000), "USD")


def test_recipients_become_people(whole):
    """The author comes first, then whom the recipients list names."""
    assert [(person.role, person.name) for person in whole.people] == [
        (PersonRole.AUTHOR, "Jordan Lee"),
        (PersonRole.SIGNATORY, "Avery Stone"),
    ]


def test_missing_metrics_are_no_error(spotdraft):
    """A contract without a process answers 404 there."""
    row = play(spotdraft.list_contracts(Query(), None), listed(one_row())).result.items[
        0
    ]
    pointers, _, recipients = details()

    found = play(
        spotdraft.complete_contract(row),
        pointers,
        reply({"detail": "Not Found"}, 404),
        recipients,
    ).result

    assert found.key_dates.executed_on is None
    assert found.key_dates.effective_on == date(2026, 1, 15)


def whole_with(adapter, *, metrics=None, recipients=None):
    row = first_row(adapter, one_row())
    pointers, known_metrics, known_recipients = details()
    return play(
        adapter.complete_contract(row),
        pointers,
        known_metrics if metrics is None else reply(metrics),
        known_recipients if recipients is None else reply(recipients),
    ).result


def test_metrics_of_a_draft_have_nothing_but_their_turns(spotdraft):
    """Only the id and the turns are promised."""
    metrics = {"contract_id": 34211, "contract_turns": {"no_of_turns": 0}}

    dates = whole_with(spotdraft, metrics=metrics).key_dates

    assert (dates.sent_at, dates.signed_on, dates.executed_on) == (None, None, None)


def test_the_first_of_two_signatures_signs_nothing(spotdraft):
    """A contract is signed on the day of its last signature, once it is executed."""
    metrics = {**payload("process_metrics"), "contract_executed_datetime": None}

    assert whole_with(spotdraft, metrics=metrics).key_dates.signed_on is None


def test_the_last_signature_counts_whatever_their_order(spotdraft):
    """Signatures come in no promised order, and one may have no time."""
    signed = ["2026-02-09T10:00:00Z", "2026-02-10T10:00:00Z", None]
    signatures = [{"signed_datetime": one} for one in reversed(signed)]
    metrics = {
        **payload("process_metrics"),
        "contract_signed_by_signatory_list": signatures,
    }

    assert whole_with(spotdraft, metrics=metrics).key_dates.signed_on == date(
        2026, 2, 10
    )


def test_the_raw_status_of_the_metrics_is_not_the_contracts(spotdraft):
    """The metrics say COMPLETED where the list says what people see."""
    found = whole_with(spotdraft)

    assert (found.status, found.source.status) == (Status.NEGOTIATION, "REDLINING")


def recipient(user, kind="SIGNATORY"):
    return {"recipient": {"id": 1, "recipient_type": kind, "user": user}}


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"name": "Avery Stone", "email": "a@x.example"}, "Avery Stone"),
        ({"first_name": "Avery", "last_name": "Stone"}, "Avery Stone"),
        ({"first_name": "Avery", "last_name": None}, "Avery"),
        ({"first_name": "", "last_name": "", "email": "a@x.example"}, None),
    ],
)
def test_a_user_has_one_name_or_two(spotdraft, user, name):
    """Schema and examples differ: name, or first and last name."""
    recipients = {"items": [recipient({"id": 7, **user})]}

    person = whole_with(spotdraft, recipients=recipients).people[-1]

    assert (person.name, person.email) == (name, user.get("email"))


@pytest.mark.parametrize(
    ("kind", "role"),
    [
        ("SIGNATORY", PersonRole.SIGNATORY),
        ("APPROVER", PersonRole.APPROVER),
        ("RECEIVER", PersonRole.RECIPIENT),
        ("WITNESS", PersonRole.OTHER),
        (None, PersonRole.OTHER),
    ],
)
def test_every_documented_recipient_has_a_role(spotdraft, kind, role):
    """An unknown kind of recipient is somebody still."""
    recipients = {"items": [recipient({"id": 7, "name": "Avery"}, kind)]}

    assert whole_with(spotdraft, recipients=recipients).people[-1].role is role


def test_a_recipient_without_a_user_is_nobody(spotdraft):
    """There is nothing to say about them."""
    recipients = {"items": [recipient(None)]}

    assert len(whole_with(spotdraft, recipients=recipients).people) == 1


def test_metadata_without_an_id_is_no_link_when_asked_for(spotdraft):
    """The call answers the same shape as the row."""
    bare = one_row()
    del bare["external_metadata"]
    row = first_row(spotdraft, bare)
    told = reply({"external_metadata": {"id": None, "record_data": {}}})

    found = play(spotdraft.complete_contract(row), *details(), told).result

    assert found.external_links == ()
