"""What the adapter asks a real Tryton server for: own ids, filters, pages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clm_bridge.adapter import Query, Response

from .purchasing import AGREEMENT
from .server import ASKED, WHY_NOT


def ids(contracts):
    return {int(one.id) for one in contracts}


if not ASKED:
    pytest.skip(WHY_NOT, allow_module_level=True)


def test_an_own_id_finds_its_agreements(bridge, company):
    """One, two that share it, or none; case counts."""

    def found(own):
        return ids(bridge.do(lambda clm: clm.contracts.find_by_external_id(own)))

    at = company.agreements
    assert found("PR-1042") == {at["running"]}
    assert found("PR-1148") == {at["closed"], at["early"]}
    assert found("pr-1042") == found("PR-%") == found("PR-104_") == set()


def test_an_own_id_may_live_elsewhere(connect, company):
    """In the number, where the settings say so."""
    bridge = connect(external_id="number")

    [one] = bridge.do(lambda clm: clm.contracts.find_by_external_id("1"))
    assert int(one.id) == company.agreements["running"]
    assert one.external_link.id == "1"


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"status": "executed"}, {"running", "closed", "early"}),
        ({"status": ["draft", "cancelled"]}, {"cancelled", "untouched"}),
        ({"status": "approval"}, set()),
        ({"counterparty": "Globex"}, {"closed"}),
        ({"counterparty": "globex"}, set()),
        ({"counterparty": "99999999999"}, set()),
        ({"name_contains": "100 %"}, {"closed"}),
        ({"name_contains": "ça NE"}, {"cancelled"}),
        ({"name_contains": "_"}, set()),
        ({"status": "executed", "counterparty": "Acme Supplies"}, {"running", "early"}),
        ({"created_since": datetime(2999, 1, 1, tzinfo=UTC)}, set()),
        ({"updated_since": datetime(2999, 1, 1, tzinfo=UTC)}, set()),
    ],
    ids=str,
)
def test_filters(bridge, company, filters, names):
    """Tryton's own filters, and that of the rows; a party may be inactive."""
    found = bridge.do(lambda clm: clm.contracts.list(**filters))

    meant = ids(found) & set(company.agreements.values())
    assert meant == {company.agreements[name] for name in names}


def test_a_counterparty_by_its_id(bridge, company):
    """The vendor's id does as well as the name."""
    found = bridge.do(lambda clm: clm.contracts.list(counterparty=str(company.globex)))

    assert ids(found) == {company.agreements["closed"]}


@pytest.mark.parametrize("which", ["created_since", "updated_since"])
def test_since_is_by_the_second(bridge, known, which):
    """What was never changed counts by its creation; an instant itself is in."""
    attribute = which.replace("since", "at")
    moments = sorted(getattr(one.key_dates, attribute) for one in known.values())

    def since(moment):
        listed = bridge.do(lambda clm: clm.contracts.list(**{which: moment}))
        return ids(listed) & ids(known.values())

    for moment in moments:
        assert since(moment) == {
            int(one.id)
            for one in known.values()
            if getattr(one.key_dates, attribute) >= moment.replace(microsecond=0)
        }


def test_pages_are_a_partition_while_agreements_are_added_and_changed(
    bridge, company, server
):
    """What was there at the start comes once, whatever happens on the way."""
    some = [company.agree(company.acme, description=f"Page {n}") for n in range(7)]
    before = set(company.server.find(AGREEMENT, []))
    adapter, seen, cursor = bridge.clm.settings.adapter, [], None
    for turn in range(100):
        page = fetched(server, adapter.list_contracts(Query(limit=3), cursor))
        assert len(page.items) <= 3
        seen += [int(one.id) for one in page.items]
        if page.next is None:
            break
        cursor = page.next
        if turn < 3:
            company.agree(company.acme, description=f"New {turn}")
            server.change(AGREEMENT, some[turn], description=f"Changed {turn}")

    assert len(seen) == len(set(seen))
    assert before <= set(seen)
    assert len(set(seen) - before) == 3


def fetched(server, operation):
    """Run one operation that makes one request, against the server."""
    request = operation.send(None)
    told = server.send(request.with_headers({}))
    answer = Response(told.status_code, dict(told.headers), told.content)
    try:
        operation.send(answer)
    except StopIteration as done:
        return done.value
    raise AssertionError("it asks for more")


def test_a_full_last_page_is_known_to_be_the_last(bridge, company, server):
    """The range that is told has a total, so that nobody asks for an empty page."""
    count = len(server.find(AGREEMENT, []))
    adapter = bridge.clm.settings.adapter

    whole = fetched(server, adapter.list_contracts(Query(limit=count), None))
    part = fetched(server, adapter.list_contracts(Query(limit=count - 1), None))

    assert (len(whole.items), whole.next) == (count, None)
    assert part.next == part.items[-1].id


def test_counterparties_are_all_parties(bridge, company):
    """Those that are no longer active among them, and said to be so."""
    found = {
        int(one.id): one for one in bridge.do(lambda clm: clm.counterparties.list())
    }

    assert found[company.acme].name == "Acme Supplies"
    assert found[company.acme].identifiers == {"code": "ACM-7"}
    assert found[company.acme].active is True
    assert found[company.globex].active is False
    assert found[company.nameless].name
