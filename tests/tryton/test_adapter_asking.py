"""What Tryton is asked for, and what is made of its refusals."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from clm_bridge import ConfigError, InvalidInput, Secret, Status
from clm_bridge.adapter import Query
from clm_bridge.testing import play, reply

from .reading import adapter, answered, body, row, unpacked


def asked(query, cursor=None):
    [request] = play(adapter().list_contracts(query, cursor), reply([])).asked
    return request


def test_the_address_names_the_database():
    """Below it, each model has its own."""
    assert adapter(base_url="https://erp.example/").base_url == (
        "https://erp.example/clm/rest/model/"
    )
    assert adapter(database="a b/c").base_url.endswith("/a%20b%2Fc/rest/model/")


def test_the_key_is_a_bearer_token():
    """It is kept as a secret until it is sent."""
    tryton = adapter(key=Secret("k3y"))
    signed = tryton.auth.sign(asked(Query()), None)

    assert signed.headers["authorization"] == "Bearer k3y"
    assert "k3y" not in repr(tryton.auth)


@pytest.mark.parametrize("wrong", ["", ".", ".."])
def test_a_database_has_a_name(wrong):
    """Another address would be meant."""
    with pytest.raises(ConfigError, match="database is not a name"):
        adapter(database=wrong)


def test_the_own_id_has_three_places():
    """Any other field is refused."""
    with pytest.raises(ConfigError, match="external_id is 'state'"):
        adapter(external_id="state")


def test_the_first_page_is_a_range_by_id():
    """Fields come only if named; a page is a range of records."""
    request = asked(Query(limit=10))

    assert request.asked == "GET {model}"
    assert request.target == "purchase.blanket_agreement"
    assert request.headers["range"] == "records=0-10"
    assert unpacked(request, "o") == [["id", "ASC"]]
    assert unpacked(request) == [["id", ">", 0]]
    assert {"write_date", "supplier.name", "company.party.name"} <= {
        *request.params["f"]
    }


def test_further_fields_are_asked_for():
    """Those of the settings come after ours."""
    tryton = adapter(fields=("supplier.email",))
    [request] = play(tryton.get_contract("1"), reply(row())).asked

    assert request.params["f"][-1] == "supplier.email"


def test_a_later_page_begins_after_the_last_id():
    """The range begins at 0 again: what was read is not in the domain any more."""
    request = asked(Query(limit=10), "41")

    assert request.headers["range"] == "records=0-10"
    assert unpacked(request) == [["id", ">", 41]]


@pytest.mark.parametrize("cursor", ["x", "-1", "", "99999999999", "1.5"])
def test_a_cursor_of_something_else(cursor):
    """What is no id is refused before anything is sent."""
    with pytest.raises(InvalidInput, match="not a cursor"):
        play(adapter().list_contracts(Query(), cursor))


def test_a_page_with_more_to_come():
    """The recorded range tells a total."""
    page = play(adapter().list_contracts(Query(limit=2), None), answered("page")).result

    assert [one.id for one in page.items] == ["1", "2"]
    assert page.more == ("2",)


@pytest.mark.parametrize(
    ("told", "more"),
    [
        ("records 0-2/2", ()),
        ("records 0-2/3", ("2",)),
        ("records 0-2/*", ("2",)),
        ("", ("2",)),
        ("records 0-2/many", ("2",)),
    ],
)
def test_the_total_ends_the_walk(told, more):
    """Where it is counted; Tryton stops counting at ten pages."""
    answer = reply(body("page"), headers={"content-range": told})

    assert (
        play(adapter().list_contracts(Query(limit=2), None), answer).result.more == more
    )


def test_nothing_follows_an_empty_page():
    """Whatever the total may be."""
    page = play(
        adapter().list_contracts(Query(limit=2), "7"), answered("last-page")
    ).result

    assert (page.items, page.more) == ([], ())


def test_statuses_become_words():
    """Two words mean executed."""
    both = frozenset({Status.EXECUTED, Status.CANCELLED})

    assert unpacked(asked(Query(status=both)))[1:] == [
        ["state", "in", ["running", "closed", "cancelled"]]
    ]


def test_a_status_that_no_word_means_needs_no_call():
    """Nothing can be found."""
    played = play(
        adapter().list_contracts(Query(status=frozenset({Status.APPROVAL})), None)
    )

    assert (played.result.items, played.asked) == ((), [])


def test_since_is_written_in_parts():
    """In UTC, to the second; what was never changed counts by its creation."""
    noon = datetime(2026, 3, 1, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=2)))
    written = {
        "__class__": "datetime",
        "year": 2026,
        "month": 3,
        "day": 1,
        "hour": 10,
        "minute": 0,
        "second": 0,
        "microsecond": 0,
    }

    assert unpacked(asked(Query(created_since=noon)))[1:] == [
        ["create_date", ">=", written]
    ]
    assert unpacked(asked(Query(updated_since=noon)))[1:] == [
        [
            "OR",
            ["write_date", ">=", written],
            [["write_date", "=", None], ["create_date", ">=", written]],
        ]
    ]


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("Acme", ["supplier.name", "=", "Acme"]),
        ("7", ["OR", ["supplier.name", "=", "7"], ["supplier", "=", 7]]),
        ("99999999999", ["supplier.name", "=", "99999999999"]),
    ],
)
def test_a_counterparty_is_a_name_or_an_id(said, condition):
    """A number that no id can be is a name: the server would fail on it."""
    assert unpacked(asked(Query(counterparty=said)))[1:] == [condition]


def test_several_filters_are_joined():
    """By AND, in one domain."""
    query = Query(
        status=frozenset({Status.DRAFT}),
        counterparty="Acme",
        updated_since=datetime(2026, 1, 1, tzinfo=UTC),
    )

    assert len(unpacked(asked(query))) == 4


def test_the_own_id_is_searched_at_once():
    """Without a range, which would need a second page."""
    played = play(adapter().find_contracts("PR-1148"), answered("found"))

    [request] = played.asked
    assert unpacked(request) == [["reference", "=", "PR-1148"]]
    assert request.headers == {}
    names = sorted(one.name for one in played.result)
    assert names == ["Nuts 2024 (100 %)", "Washers"]


def test_parties_that_are_inactive_are_asked_for():
    """Tryton leaves them out unless the domain speaks of them."""
    [request] = play(adapter().list_counterparties("3"), answered("parties")).asked

    assert request.target == "party.party"
    assert unpacked(request) == [["id", ">", 3], ["active", "in", [True, False]]]
