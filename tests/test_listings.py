"""Listings, and every other call that a bridge offers."""

from __future__ import annotations

import pytest

from clm_bridge import (
    PayloadError,
)

from .paper import Script, answer, rows


def walk(clm):
    return clm.contracts.list(detail="summary")


def test_a_listing_walks_the_pages_in_order(connect):
    """Pages are asked for ahead, and come in the vendor's order."""

    def pages(request):
        page = int(request.url.params.get("page", 1))
        more = [str(one) for one in range(page + 1, 7)]
        return answer(rows(str(page), more=more))

    assert [one.id for one in connect(pages).do(walk)] == list("123456")


def test_a_listing_is_resumed_from_a_cursor(connect):
    """page.next is where to go on."""
    script = Script(answer(rows("5", more=["6"])), answer(rows("6")))
    bridge = connect(script)
    pages = bridge.pages(bridge.clm.contracts.list(detail="summary", cursor="5"))

    assert [page.next for page in pages] == ["6", None]
    assert [one.url.params["page"] for one in script.asked] == ["5", "6"]


def test_paging_in_a_circle_is_an_error(connect):
    """And it says where."""
    script = Script(answer(rows("1", more=["2"])), answer(rows("2", more=["2"])))

    with pytest.raises(PayloadError, match="leads back"):
        connect(script).do(walk)


def test_the_first_of_a_listing(connect):
    """One page is asked for, and no more."""
    script = Script(answer(rows("1", "2", more=["2"])), answer(rows("3")))

    assert connect(script).do(lambda clm: walk(clm).first()).id == "1"


def test_an_empty_listing_has_no_first(connect):
    """None is not an error."""
    assert connect(Script(answer(rows()))).do(lambda clm: walk(clm).first()) is None


@pytest.mark.parametrize(
    ("work", "path", "found"),
    [
        (lambda clm: clm.templates.list(), "templates", "t1"),
        (lambda clm: clm.counterparties.list(), "counterparties", "c1"),
        (lambda clm: clm.fields.list(), "fields", "f1"),
        (lambda clm: clm.documents.list("7"), "contracts/7", "d1"),
        (lambda clm: clm.contracts.find_by_external_id("p"), "contracts", "7"),
    ],
    ids=["templates", "counterparties", "fields", "documents", "find"],
)
def test_every_room_asks_its_operation(connect, work, path, found):
    """Each call is one operation of the adapter."""
    script = Script(answer(rows("7")))

    assert [one.id for one in connect(script).do(work)] == [found]
    assert script.paths == [f"GET /api/{path}"]


def test_the_rest_of_a_bridge(connect):
    """Status alone, who we are, what can be called, and what it will cost."""
    bridge = connect(
        Script(answer({"id": "7", "status": "done"}), answer({"name": "me"}))
    )

    assert bridge.do(lambda clm: clm.contracts.status("7")) == "done"
    assert bridge.do(lambda clm: clm.check()).identity == "me"
    assert "contracts.list" in bridge.clm.capabilities
    assert bridge.clm.plan(10).calls == 4
    assert repr(bridge.clm).endswith("Bridge('acme')")
