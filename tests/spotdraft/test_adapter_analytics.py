"""Dates in bulk, from the analytics: what is asked, what is taken, what is refused."""

from __future__ import annotations

from datetime import date

import pytest

import clm_bridge
from clm_bridge import (
    FULL,
    Facet,
    InvalidInput,
    PayloadError,
    PermissionDenied,
    Unsupported,
    VendorDown,
)
from clm_bridge.adapter import Dated, KeyDates, Secret
from clm_bridge.testing import play, reply
from clm_bridge_spotdraft import _analytics
from clm_bridge_spotdraft._config import Config

from .reading import adapter, details, first_row, one_row, payload

COLUMNS = ["contract_id", "execution_date", "expiry_date"]
OBJECTS = [{"name": one, "type": "STRING"} for one in COLUMNS]


def told(*rows, columns=COLUMNS, truncated=False):
    """An answer by the documented keys."""
    return reply(
        {
            "columns": columns,
            "rows": list(rows),
            "row_count": len(rows),
            "truncated": truncated,
            "execution_ms": 3,
        }
    )


def asking(**more):
    return adapter(Config("id", Secret("hush"), analytics=True, **more))


def surveyed(answer, cursor=None, **more):
    return play(asking(**more).survey_dates(cursor), answer)


def test_one_select_asks_for_the_dates_in_the_order_of_ids():
    """It is a question, so that it may be asked again."""
    [request] = surveyed(told()).asked

    assert request.asked == "POST analytics/query/"
    assert request.safe
    assert request.json == {
        "query": "SELECT contract_id, execution_date, expiry_date FROM contracts "
        "WHERE contract_id > 0 ORDER BY contract_id",
        "user_scoped": False,
    }


def test_who_acts_as_a_user_asks_in_that_users_scope():
    """The list shows no more than that either."""
    [request] = surveyed(told(), user_email="jordan@acme.example").asked

    assert request.json["user_scoped"] is True


@pytest.mark.parametrize(
    "answer",
    [
        told([34211, "2026-02-10", "2027-01-14"]),
        told([34211, "2026-02-10", "2027-01-14"], columns=OBJECTS),
        told(dict(zip(COLUMNS, ["T-34211", "2026-02-10", "2027-01-14"], strict=True))),
    ],
)
def test_rows_are_read_by_the_names_of_their_columns(answer):
    """Arrays under names, under objects with names, or objects themselves."""
    [found] = surveyed(answer).result.items

    assert found.id == "34211"
    assert found.key_dates == KeyDates(
        executed_on=date(2026, 2, 10), expires_on=date(2027, 1, 14)
    )


def test_what_is_cut_off_goes_on_after_the_last_number():
    """By ranges of contract_id, whatever the answer's order."""
    page = surveyed(told([9, None, None], [70, None, None], truncated=True)).result
    assert page.more == ("70",)

    [request] = surveyed(told(), page.next).asked
    assert "WHERE contract_id > 70 ORDER" in request.json["query"]


def test_an_answer_of_the_greatest_size_goes_on_too(monkeypatch):
    """Whatever it says about itself: one call too many does no harm."""
    monkeypatch.setattr(_analytics, "ROWS", 2)

    page = surveyed(told([9, None, None], [70, None, None])).result
    assert page.more == ("70",)


@pytest.mark.parametrize("cursor", ["1 OR 1=1", "-1", "1;--", "٣", "", "1.0"])
def test_nothing_but_a_number_gets_into_the_query(cursor):
    """What is no number is refused before anything is sent."""
    if cursor == "":
        [request] = surveyed(told(), cursor).asked
        assert "> 0 " in request.json["query"]
        return
    with pytest.raises(InvalidInput, match=r"no.*cursor of the analytics"):
        play(asking().survey_dates(cursor))


@pytest.mark.parametrize(
    "answer", [told(truncated=True), told(["CLICKWRAP", None, None], truncated=True)]
)
def test_a_cut_that_leads_nowhere_is_an_error(answer):
    """Without a last number nobody can go on."""
    with pytest.raises(PayloadError):
        surveyed(answer)


@pytest.mark.parametrize(
    ("status", "kind", "said"),
    [
        (501, Unsupported, "leave 'analytics' out of the settings.*enable"),
        (403, PermissionDenied, "leave 'analytics' out of the settings.*INSIGHTS_VIEW"),
        (502, VendorDown, "try again later"),
    ],
)
def test_a_refusal_names_the_setting(status, kind, said):
    """Unless it is a fault that passes."""
    with pytest.raises(kind, match=said):
        surveyed(reply({"code": "SD_PUBLIC_00045"}, status))


KNOWN = KeyDates(executed_on=date(2026, 2, 10), expires_on=date(2027, 1, 14))


def test_a_row_takes_the_analytics_dates():
    """And keeps its own; what else full detail has is not said to be known."""
    asks = asking()
    row = first_row(asks, one_row())
    found = asks.dated(row, {"34211": Dated("34211", KNOWN, {"analytics": {"a": 1}})})

    assert found.key_dates.executed_on == date(2026, 2, 10)
    assert found.key_dates.expires_on == date(2027, 1, 14)
    assert found.key_dates.created_at == row.key_dates.created_at
    assert found.loaded == row.loaded
    assert found.source.raw.keys() == {"row", "analytics"}


@pytest.mark.parametrize(
    ("status", "about"),
    [
        ("REDLINING", {}),
        ("EXECUTED", {"34211": Dated("34211", KeyDates(expires_on=date(2027, 1, 1)))}),
    ],
)
def test_what_the_analytics_do_not_know_yet_is_asked_for(status, about):
    """A contract that they lack, or an execution that the list knows already."""
    asks = asking()
    row = first_row(asks, one_row(contract_status=status))

    assert asks.dated(row, about) is None


def test_dates_alone_take_key_pointers_and_metrics(spotdraft):
    """No recipients, and no link if the row has none."""
    row = first_row(spotdraft, one_row(external_metadata=None))
    pointers, metrics, _ = details()
    played = play(spotdraft.date_contract(row), pointers, metrics)

    assert [one.path for one in played.asked] == [
        "contracts/{id}/key_pointers",
        "contracts/{number}/process_metrics/",
    ]
    assert len(played.asked) == spotdraft.calls_for_dates
    assert played.result.key_dates.expires_on == date(2027, 1, 14)
    assert played.result.loaded == FULL - {Facet.PEOPLE}
    assert payload("key_pointers") == played.result.source.raw["key_pointers"]


def test_the_setting_is_off_by_itself():
    """Nobody is asked for what the workspace may not have."""
    assert adapter().dates_in_bulk == 0
    assert asking().dates_in_bulk == 5000


@pytest.mark.parametrize("objects", [False, True])
def test_the_sandbox_tells_dates_as_full_detail_does(clm_sandbox, objects):
    """Of every contract, in one call ahead of the rows."""
    sandbox = clm_sandbox("spotdraft", analytics_objects=objects)
    with clm_bridge.connect(
        vendor="spotdraft", sandbox=sandbox, analytics=True, timezone="UTC"
    ) as clm:
        dated = {one.id: one.key_dates for one in clm.contracts.list(detail="dates")}
        full = {one.id: one.key_dates for one in clm.contracts.list()}

    assert dated.keys() == full.keys()
    for own, dates in full.items():
        told = dated[own]
        assert (told.executed_on, told.expires_on) == (
            dates.executed_on,
            dates.expires_on,
        )


def test_a_workspace_without_analytics_says_which_setting_to_take_out(clm_sandbox):
    """As a user meets it."""
    sandbox = clm_sandbox("spotdraft", analytics=False)
    with (
        clm_bridge.connect(vendor="spotdraft", sandbox=sandbox, analytics=True) as clm,
        pytest.raises(Unsupported, match=r"00045.*; leave 'analytics' out"),
    ):
        clm.contracts.list(detail="dates").first()
