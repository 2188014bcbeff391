"""The sandbox's analytics query: one SELECT, and an error's code for anything else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from attrs import evolve

from clm_bridge_spotdraft.sandbox import _analytics

from .sandbox_workspace import OWNER, PLAIN, Api

ALL = "SELECT contract_id FROM contracts ORDER BY contract_id"


def asked(api, query, **body):
    return api.post("/analytics/query/", {"query": query, **body})


def test_an_answer_has_the_documented_keys(api):
    """Columns, rows, how many, whether that is all, and how long it took."""
    told = asked(api, "SELECT contract_id, contract_status FROM contracts").json

    keys = {"columns", "rows", "row_count", "truncated", "execution_ms"}
    assert told.keys() == keys
    assert told["columns"] == ["contract_id", "contract_status"]
    assert told["row_count"] == len(told["rows"]) > 0
    assert told["truncated"] is False


def test_dates_and_labels_are_the_analytics_own(api):
    """A contract's execution and expiry are days, its status is the word of the UI."""
    query = (
        "SELECT contract_status, execution_date, expiry_date, counterparty_name "
        "FROM contracts WHERE execution_date IS NOT NULL ORDER BY contract_id"
    )
    first = asked(api, query).json["rows"][0]

    assert first == ["Executed", "2026-01-10", "2027-01-31", "Globex Ltd"]


def test_the_lifecycle_tells_what_runs(api):
    """By the sandbox's own day."""
    query = (
        "SELECT post_execution_status FROM contract_lifecycle "
        "WHERE expiry_date = '2027-01-31'"
    )
    assert asked(api, query).json["rows"][0] == ["Active Contracts"]

    api.clock.advance(timedelta(days=200))
    assert asked(api, query).json["rows"][0] == ["Expired Contracts"]


@pytest.mark.parametrize("table", ["contracts", "contract_lifecycle"])
def test_both_tables_can_be_counted(api, table):
    """They have the same contracts."""
    [[count]] = asked(api, f"SELECT count(*) FROM {table}").json["rows"]

    assert count == api.get("/contracts/").json["total_results"]


def test_a_deleted_contract_is_in_no_table(api):
    """It has gone from the world."""
    before = asked(api, ALL).json["rows"]
    api.sandbox.delete(str(before[0][0]))

    assert asked(api, ALL).json["rows"] == before[1:]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("DELETE FROM contracts", 400, "SD_PUBLIC_00040"),
        ("SELECT 1; SELECT 2", 400, "SD_PUBLIC_00040"),
        ("SELECT 1; DROP TABLE contracts", 400, "SD_PUBLIC_00040"),
        ("PRAGMA user_version", 400, "SD_PUBLIC_00040"),
        ("ATTACH 'x.db' AS x", 400, "SD_PUBLIC_00040"),
        ("WITH a AS (SELECT 1) DELETE FROM contracts", 400, "SD_PUBLIC_00040"),
        ("", 400, "SD_PUBLIC_00040"),
        ("SELECT * FROM users", 400, "SD_PUBLIC_00041"),
        ("SELECT * FROM sqlite_master", 400, "SD_PUBLIC_00041"),
        ("SELECT * FROM pragma_table_info('contracts')", 400, "SD_PUBLIC_00040"),
        ("SELECT FROM WHERE", 400, "SD_PUBLIC_00042"),
        ("SELECT colour FROM contracts", 400, "SD_PUBLIC_00042"),
        ("SELECT length(zeroblob(100000000))", 502, "SD_PUBLIC_00043"),
    ],
)
def test_each_refusal_has_its_documented_code(api, query, status, code):
    """Not a SELECT, not a table, not SQL, and what fails on the way."""
    answer = asked(api, query)

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_query_that_does_not_end_fails(api, monkeypatch):
    """In the place of the documented minute there is a count of steps."""
    monkeypatch.setattr(_analytics, "STEPS", 10_000)
    endless = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT max(x) FROM n"
    )

    assert asked(api, endless).json["code"] == "SD_PUBLIC_00043"


def test_a_query_has_a_longest_length(api):
    """Ten thousand characters (documented)."""
    padded = ALL.ljust(_analytics.LENGTH)

    assert asked(api, padded).status_code == 200
    assert asked(api, padded + " ").json.keys() == {"query"}


def test_what_is_beyond_five_thousand_rows_is_cut_off():
    """And said to be."""
    deals = [evolve(PLAIN, index=place + 1) for place in range(_analytics.ROWS + 1)]
    told = asked(Api(deals), ALL).json

    assert (told["row_count"], told["truncated"]) == (_analytics.ROWS, True)


def test_only_an_admin_sees_the_whole_workspace(api):
    """Another member asks in a user's scope, by the body or by the header."""
    acting = {"user-email": OWNER.email}
    path, body = "/analytics/query/", {"query": ALL}

    refused = api.call("POST", path, acting, json=body)
    by_body = api.call("POST", path, acting, json={**body, "user_scoped": True})
    scoped = {**acting, "X-Spotdraft-Analytics-User-Scoped": "Yes"}
    by_header = api.call("POST", path, scoped, json=body)

    assert (refused.status_code, refused.json["code"]) == (403, "SD_PUBLIC_00044")
    assert (by_body.status_code, by_header.status_code) == (200, 200)


def test_a_workspace_need_not_have_analytics():
    """Then every query answers 501."""
    answer = asked(Api(analytics=False), ALL)

    assert (answer.status_code, answer.json["code"]) == (501, "SD_PUBLIC_00045")


def test_rows_may_be_objects():
    """The document does not say; the switch makes them so."""
    told = asked(Api(analytics_objects=True), ALL).json

    assert told["rows"][0].keys() == {"contract_id"}
