"""Pages, cursors, order and the envelopes of lists."""

from __future__ import annotations

import base64
import json

import pytest

from clm_bridge.sandbox import portfolio

from .workspace import BRULE, DEALS, DRAFT, NEGOTIATING, Api

CONTRACTS, COMPANIES = "/v2/contracts", "/v2/counterparties"


@pytest.fixture(scope="module")
def world():
    """The whole portfolio, which the tests only read."""
    return Api(portfolio())


def _names(answer):
    return [one["name"] for one in answer["data"]]


def test_a_page_has_twenty_unless_told(world):
    """The default of the reference pages."""
    answer = world.get(COMPANIES)

    assert len(answer["data"]) == 20
    assert answer["pagination"]["limit"] == 20


def test_a_page_has_fifty_at_most(world):
    """The reference pages say 50, the introduction 100."""
    assert len(world.get(f"{CONTRACTS}?limit=50")["contracts"]) == 50


@pytest.mark.parametrize("limit", ["0", "51", "-1", "ten", "1.5", ""])
def test_another_limit_is_refused(world, limit):
    """The message names the parameter."""
    answer = world.get(f"{CONTRACTS}?limit={limit}", status=400)

    assert answer["message"] == ["limit must be an integer from 1 to 50"]


def test_cursors_walk_the_whole_list(world):
    """Each contract comes once."""
    found, path = [], f"{CONTRACTS}?limit=50"
    answer = world.get(path)
    found += answer["contracts"]
    while answer["hasNext"]:
        answer = world.get(f"{path}&after={answer['nextCursor']}")
        found += answer["contracts"]

    assert answer["nextCursor"] is None
    assert len({one["id"] for one in found}) == len(found) == len(portfolio())


def test_before_goes_back(world):
    """The page before a page is the one that led to it."""
    first = world.get(f"{CONTRACTS}?limit=7")
    second = world.get(f"{CONTRACTS}?limit=7&after={first['nextCursor']}")
    back = world.get(f"{CONTRACTS}?limit=7&before={second['previousCursor']}")

    assert second["hasPrevious"] is True
    assert back == first


def test_a_cursor_is_the_id_of_the_edge(world):
    """The documented examples are base64 of such JSON."""
    answer = world.get(f"{CONTRACTS}?limit=3")
    decoded = base64.b64decode(answer["nextCursor"])

    assert json.loads(decoded) == {"id": answer["contracts"][-1]["id"]}


@pytest.mark.parametrize(
    "cursor", ["eyJpZCI6IjEyMyJ9", "%21%21", "e30=", "W10=", "abc"]
)
def test_an_unknown_cursor_is_refused(world, cursor):
    """Neither a foreign id nor something else is a place in the list."""
    world.get(f"{CONTRACTS}?after={cursor}", status=400)


def test_two_directions_are_refused(world):
    """After and before contradict each other."""
    cursor = world.get(f"{CONTRACTS}?limit=1")["nextCursor"]

    world.get(f"{CONTRACTS}?after={cursor}&before={cursor}", status=400)


def test_a_cursor_outlives_the_filter(api):
    """A contract that no longer passes still marks its place."""
    path = f"{CONTRACTS}?limit=1&sort=name&status=in:draft,negotiating"
    first = api.get(path)
    api.patch(f"{CONTRACTS}/{first['contracts'][0]['id']}", {"status": "canceled"})
    second = api.get(f"{path}&after={first['nextCursor']}")

    assert first["contracts"][0]["name"] == "Contract 11"
    assert second["contracts"][0]["name"] == "Contract 2"


def test_the_newest_come_first(api):
    """The documented default is -createdAt."""
    rows = api.get(CONTRACTS)["contracts"]

    assert [row["name"] for row in rows] == [deal.name for deal in reversed(DEALS)]


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("name", "Contract 1"),
        ("-name", "Contract 9"),
        ("status,-createdAt", "Contract 7"),
    ],
)
def test_sort_takes_a_list_of_keys(api, sort, first):
    """A minus turns one around."""
    rows = api.get(f"{CONTRACTS}?sort={sort}")["contracts"]

    assert rows[0]["name"] == first


def test_an_unknown_sort_key_is_refused(api):
    """The message lists those that there are."""
    answer = api.get(f"{CONTRACTS}?sort=amount", status=400)

    assert answer["message"] == [
        "sort must be one of: id, name, status, createdAt, updatedAt"
    ]


def test_the_envelope_of_counterparties(api):
    """The reference shows data, pagination and links, null where there is no more."""
    assert api.get(f"{COMPANIES}?name=brûlé") == {
        "data": [_company(api)],
        "pagination": {
            "limit": 20,
            "next_cursor": None,
            "prev_cursor": None,
            "has_next": False,
            "has_previous": False,
        },
        "links": {
            "self": "/counterparties?name=br%C3%BBl%C3%A9",
            "next": None,
            "prev": None,
        },
    }


def _company(api):
    told = api.contract(NEGOTIATING)["counterparty"]
    return {"id": told["id"], "name": BRULE.name, "status": "active"}


def test_links_lead_to_the_neighbours(world):
    """They have no host and no /v2, and keep what was asked."""
    first = world.get(f"{COMPANIES}?limit=5&sort=name")
    following = first["links"]["next"]
    second = world.get(f"/v2{following}")
    back = world.get(f"/v2{second['links']['prev']}")

    assert following.startswith("/counterparties?limit=5&sort=name&after=")
    assert set(_names(first)).isdisjoint(_names(second))
    assert _names(back) == _names(first)


def test_the_envelope_of_contracts(api):
    """The documented keys, and the cursors that we assume beside them."""
    answer = api.get(f"{CONTRACTS}?limit=1")

    assert list(answer) == [
        "contracts",
        "hasNext",
        "hasPrevious",
        "nextCursor",
        "previousCursor",
    ]


def test_the_envelope_of_contract_types(api):
    """It is that of contracts, under its own plural."""
    answer = api.get("/v2/contract-types?limit=1")

    assert list(answer)[:3] == ["contractTypes", "hasNext", "hasPrevious"]


def test_contracts_may_come_without_cursors():
    """The documented keys alone; the cursor can still be built from the last id."""
    api = Api(lists="documented")
    answer = api.get(f"{CONTRACTS}?limit=1")
    cursor = base64.b64encode(
        json.dumps({"id": answer["contracts"][0]["id"]}).encode()
    ).decode()
    second = api.get(f"{CONTRACTS}?limit=1&after={cursor}")

    assert list(answer) == ["contracts", "hasNext", "hasPrevious"]
    assert second["contracts"] != answer["contracts"]


def test_contracts_may_come_with_links():
    """As the lists of counterparties do."""
    answer = Api(lists="pagination").get(f"{CONTRACTS}?limit=1")

    assert list(answer) == ["data", "pagination", "links"]
    assert answer["pagination"]["has_next"] is True


def test_contracts_may_come_as_in_the_introduction():
    """Data, and cursors in camel case within pagination."""
    answer = Api(lists="introduction").get(f"{CONTRACTS}?limit=1")

    assert list(answer) == ["data", "pagination"]
    assert list(answer["pagination"]) == ["hasNext", "hasPrevious", "next", "previous"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("status=draft", 2),
        ("status=ne:draft", 9),
        ("status=in:draft,canceled", 4),
        ("createdAt=gte:2026-01-10", 2),
        ("createdAt=lte:2026-01-02", 1),
        ("createdAt=2026-01-02T10:30:00Z", 1),
        ("createdAt=gte:2026-01-02&createdAt=lte:2026-01-04", 2),
        ("updatedAt=gte:2026-02-11T14:45:00.000Z", 1),
        ("startAt=2026-01-01", 2),
        ("endAt=gte:2026-12-31", 2),
        ("endAt=lte:2026-12-30", 0),
        ("unknown=whatever", 11),
    ],
)
def test_contracts_are_filtered(api, query, count):
    """Equality, ne, in, gte and lte; bounds are included, a date is its midnight."""
    assert len(api.get(f"{CONTRACTS}?{query}")["contracts"]) == count


def test_contracts_are_filtered_by_counterparty(api):
    """By its id, with a prefix or without."""
    own = api.contract(NEGOTIATING)["counterparty"]["id"]
    [row] = api.get(f"{CONTRACTS}?counterpartyId={own}")["contracts"]

    assert row["name"] == NEGOTIATING.name


def test_contracts_are_filtered_by_folder(api):
    """The folder is written, and never shown."""
    folder = "6f6f6f6f-2222-4333-8444-555566667777"
    body = api.patch(api.path(DRAFT), {"folderId": folder})
    [row] = api.get(f"{CONTRACTS}?folderId={folder}")["contracts"]

    assert row["name"] == DRAFT.name
    assert "folderId" not in body


@pytest.mark.parametrize(
    "query",
    ["status=open", "status=in:draft,open", "createdAt=gte:soon", "authorId=me"],
)
def test_a_filter_that_cannot_be_read_is_refused(api, query):
    """The message names the parameter."""
    answer = api.get(f"{CONTRACTS}?{query}", status=400)

    assert answer["message"][0].startswith(query.partition("=")[0])
