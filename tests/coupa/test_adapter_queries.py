"""What Coupa is asked for when contracts are listed and looked up."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from clm_bridge import InvalidInput, NotFound, PayloadError, Status, Unsupported
from clm_bridge.adapter import Query, Request
from clm_bridge.testing import Played, play, reply

from .reading import adapter, payload, row


def rows(*ids: int, **changes: Any) -> list[dict[str, Any]]:
    return [row(id=number, **changes) for number in ids]


def listed(query: Query, cursor: str | None = None, *found: Any) -> Played:
    return play(adapter().list_contracts(query, cursor), reply(list(found)))


def asked(query: Query, cursor: str | None = None) -> Request:
    [request] = listed(query, cursor).asked
    return request


def test_the_first_page_is_by_id() -> None:
    """The walk is a keyset over ids and never an offset."""
    request = asked(Query())

    assert request.asked == "GET contracts"
    assert set(request.params) == {"order_by", "dir", "limit", "fields"}
    assert (request.params["order_by"], request.params["dir"]) == ("id", "asc")
    assert request.params["limit"] == 50


def test_a_later_page_begins_after_the_last_id() -> None:
    """The cursor is the last id seen."""
    assert asked(Query(), "231").params["id[gt]"] == "231"


def test_a_full_page_names_the_next() -> None:
    """A page of 'limit' records may have a successor."""
    page = listed(Query(limit=2), None, *rows(3, 8)).result

    assert page.next == "8"


def test_a_short_page_is_the_last() -> None:
    """No total and no link are told: a page shorter than 'limit' ends the walk."""
    assert listed(Query(limit=3), None, *rows(3, 8)).result.next is None


def test_an_empty_answer_is_the_end() -> None:
    """An empty query is [] with status 200 in JSON."""
    page = listed(Query()).result

    assert (page.items, page.next) == ([], None)


@pytest.mark.parametrize("ids", [(3, 8), (9, 9), (12, 11)])
def test_a_filter_that_is_ignored_is_no_loop(ids: tuple[int, ...]) -> None:
    """Records that do not come after the cursor, in order, are an error."""
    with pytest.raises(PayloadError, match="does not go up by id"):
        listed(Query(limit=2), "8", *rows(*ids))


def test_an_id_that_is_no_number() -> None:
    """An id that cannot be ordered is an error."""
    with pytest.raises(PayloadError, match="not a whole number"):
        listed(Query(), None, row(id="T-1"))


def test_a_cursor_of_something_else() -> None:
    """A cursor that is no id is refused before anything is sent."""
    with pytest.raises(InvalidInput, match="not a cursor"):
        play(adapter().list_contracts(Query(), "page-2"))


def test_fields_name_what_is_read() -> None:
    """New attributes come only if named, so everything is; nested ones, too."""
    fields = json.loads(str(asked(Query()).params["fields"]))

    plain = [one for one in fields if isinstance(one, str)]
    nested = {
        key: below
        for one in fields
        if isinstance(one, dict)
        for key, below in one.items()
    }
    assert {"id", "status", "external_contract_id", "published_date"} <= set(plain)
    assert nested["supplier"] == [
        "id",
        "name",
        "number",
        {"primary_contact": ["name_given", "name_family", "email"]},
    ]
    assert nested["currency"] == ["code"]
    assert nested["parent"] == ["id", "name", "type"]
    assert nested["custom_fields"] == {}


def test_fields_name_what_the_settings_add() -> None:
    """Attributes from the settings are asked for, and none twice."""
    coupa = adapter(
        fields=("contract-type-custom-field-1", "status", "department.name")
    )

    [request] = play(coupa.list_contracts(Query(), None), reply([])).asked

    fields = json.loads(str(request.params["fields"]))
    assert fields[-2:] == ["contract_type_custom_field_1", {"department": ["name"]}]
    assert fields.count("status") == 1


def test_one_status_word() -> None:
    """One word is asked for with plain equality."""
    request = asked(Query(status=frozenset({Status.DRAFT})))

    assert request.params["status"] == "draft"


def test_several_status_words() -> None:
    """[in] is the only OR; inferred spellings are asked for side by side."""
    request = asked(Query(status=frozenset({Status.SIGNATURE})))

    assert request.params["status[in]"] == "pending_signature,pending_signatures"


def test_executed_includes_inactive() -> None:
    """Some inactive contracts were executed: the rows tell which."""
    request = asked(Query(status=frozenset({Status.EXECUTED})))

    assert request.params["status[in]"] == "completed,published,expired,inactive"


def test_executed_and_cancelled_ask_for_inactive_once() -> None:
    """A word is not repeated."""
    both = frozenset({Status.EXECUTED, Status.CANCELLED})

    words = str(asked(Query(status=both)).params["status[in]"])

    assert words.split(",").count("inactive") == 1


def test_a_status_that_coupa_lacks() -> None:
    """Coupa has no hold: nothing is sent."""
    played = play(
        adapter().list_contracts(Query(status=frozenset({Status.ON_HOLD})), None)
    )

    assert played.result.items == ()
    assert played.asked == []


def test_instants_carry_an_offset() -> None:
    """Queries take a strict subset of ISO 8601; a bare date would be midnight UTC."""
    india = timezone(timedelta(hours=5, minutes=30))
    request = asked(
        Query(
            updated_since=datetime(2026, 3, 25, 18, 38, 0, 999, tzinfo=UTC),
            created_since=datetime(2026, 1, 1, 5, 30, tzinfo=india),
        )
    )

    assert request.params["updated-at[gt_or_eq]"] == "2026-03-25T18:38:00+00:00"
    assert request.params["created-at[gt_or_eq]"] == "2026-01-01T00:00:00+00:00"


def test_a_counterparty_by_name() -> None:
    """A supplier is found through the association."""
    request = asked(Query(counterparty="Acme Hosting BV"))

    assert request.params["supplier[name]"] == "Acme Hosting BV"


def test_a_counterparty_by_id() -> None:
    """Digits alone are an id."""
    played = listed(Query(counterparty="20"), None, *rows(3))

    assert played.asked[0].params["supplier[id]"] == "20"
    assert played.result.next is None


def test_a_counterparty_that_is_a_further_party() -> None:
    """There is no OR: after the supplier's contracts come the other party's."""
    company = Query(counterparty="Bolt Ltd")
    parties = payload("parties")

    first = listed(company).result
    second = listed(company, first.next, *rows(3, contract_parties=parties))

    assert [contract.id for contract in second.result.items] == ["3"]
    [request] = second.asked
    assert request.params["contract-parties[entity-name]"] == "Bolt Ltd"
    assert "id[gt]" not in request.params
    assert "supplier[name]" not in request.params


def test_the_second_walk_goes_on_by_id() -> None:
    """The cursor says which walk it belongs to."""
    company = Query(counterparty="Bolt Ltd", limit=2)

    played = listed(company, "parties:8", *rows(9, 12))

    assert played.asked[0].params["id[gt]"] == "8"
    assert played.result.next == "parties:12"


def test_the_second_walk_leaves_out_what_the_first_found() -> None:
    """A supplier that is named again among the parties comes once."""
    company = Query(counterparty="Acme Hosting BV")

    assert listed(company, "parties:", *rows(3)).result.items == []


def test_a_part_of_the_name() -> None:
    """A part of the name is a filter of Coupa's own."""
    assert asked(Query(name_contains="mast")).params["name[contains]"] == "mast"


def test_one_contract() -> None:
    """Show takes the id in the path, and the same fields."""
    [request] = play(adapter().get_contract("232"), reply(row())).asked

    assert request.target == "contracts/232"
    assert request.params["fields"] == asked(Query()).params["fields"]


def test_no_such_contract() -> None:
    """404 is NotFound, whatever its body."""
    with pytest.raises(NotFound):
        play(adapter().get_contract("9"), reply(status=404, body=b"<html>"))


def test_the_status_alone() -> None:
    """Few fields: the word, and what changes its meaning."""
    told = {
        "status": "inactive",
        "name": "x",
        "published-date": None,
        "terminated": True,
    }

    played = play(adapter().contract_status("232"), reply(told))

    assert played.result.status is Status.CANCELLED
    assert (played.result.word, played.result.reported_state.value) == (
        "inactive",
        "terminated",
    )
    [request] = played.asked
    assert request.params == {
        "fields": '["status","name","terminated","published_date"]'
    }


@pytest.mark.parametrize(
    ("published", "status"),
    [("2026-01-21T08:02:11-08:00", Status.EXECUTED), ("", Status.CANCELLED)],
)
def test_the_status_alone_tells_inactive_apart(published: str, status: Status) -> None:
    """A published date makes the difference; "" is no date."""
    told = {"status": "inactive", "name": "x", "published-date": published}

    played = play(adapter().contract_status("232"), reply(told))

    assert played.result.status is status


def found(*answers: Any, **settings: Any) -> Played:
    coupa = adapter(**settings)
    return play(coupa.find_contracts("CLM-77"), *map(reply, answers))


def test_lookup_by_the_own_id() -> None:
    """The attribute that holds the own id is queried."""
    played = found(rows(3, 8))

    assert [contract.id for contract in played.result] == ["3", "8"]
    [request] = played.asked
    assert request.params["external-contract-id"] == "CLM-77"


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("number", "number"),
        ("source-id", "source-id"),
        ("custom-field:erp-agreement", "custom-fields[erp-agreement]"),
    ],
)
def test_lookup_by_another_attribute(where: str, name: str) -> None:
    """The settings name the attribute to query."""
    [request] = found([], external_id=where).asked

    assert request.params[name] == "CLM-77"


def test_nothing_carries_the_id() -> None:
    """No row is no contract."""
    assert found([]).result == []


def test_a_filter_that_is_ignored() -> None:
    """Rows that do not carry the id say that the instance ignored the filter."""
    with pytest.raises(Unsupported, match="ignores the filter on external-contract-id"):
        found(rows(3, external_contract_id="other"))


def test_a_match_by_chance() -> None:
    """A whole page with strangers in it is not an answer, even if one row matches."""
    page = [*rows(*range(1, 50), external_contract_id=None), row(id=50)]

    with pytest.raises(Unsupported, match="set external_id to"):
        found(page)


def test_an_id_in_another_case() -> None:
    """A database that ignores case sends a row that is no match, and no fault."""
    assert found(rows(3, external_contract_id="clm-77")).result == []


def test_more_carriers_than_a_page() -> None:
    """The cap of 50 records does not cut the answer short."""
    played = found(rows(*range(1, 51)), rows(60))

    assert len(played.result) == 51
    assert played.asked[1].params["id[gt]"] == "50"
