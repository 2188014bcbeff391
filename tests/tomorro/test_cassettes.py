"""Listing contracts of Tomorro as its documents show it, through both bridges."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from clm_bridge import PayloadError, Status
from clm_bridge.adapter import FULL
from clm_bridge.testing.cassettes import Cassettes

from .wire import CONTRACT

NDA = "1c0e9b63-4d2f-4e8b-8066-3b7c8d9e0f21"


def ids(clm, **asked):
    return [one.id for one in clm.contracts.list(detail="summary", **asked)]


class TestCassettes(Cassettes):
    """Each test is named after its cassette."""

    vendor = "tomorro"

    def test_contracts_list(self, clm):
        """A row carries an id, a name and a status."""
        [row] = clm.contracts.list(detail="summary")

        assert row.id == "0b9f8a52-3c1e-4d7a-9f55-2a6b7c8d9e10"
        assert (row.name, row.status) == ("MSA - Acme SAS", Status.NEGOTIATION)
        assert row.loaded == frozenset()
        assert row.source.raw["row"]["status"] == "negotiating"

    def test_contracts_list_full(self, clm):
        """A full listing reads each contract besides, in the order of the rows."""
        found = list(clm.contracts.list())

        assert [one.id for one in found] == [CONTRACT, NDA]
        assert [one.counterparty.name for one in found] == ["Acme SAS", "Globex"]
        assert all(one.loaded == FULL for one in found)

    def test_contracts_list_statuses(self, clm):
        """The enum has five words; one that is not in it is kept, and not known."""
        found = list(clm.contracts.list(detail="summary"))

        assert [(one.source.status, one.status) for one in found] == [
            ("draft", Status.DRAFT),
            ("negotiating", Status.NEGOTIATION),
            ("signing", Status.SIGNATURE),
            ("signed", Status.EXECUTED),
            ("canceled", Status.CANCELLED),
            ("archived", Status.UNKNOWN),
        ]

    def test_contracts_list_cursor_not_shown(self, clm):
        """More follows, and where is told by the last row's id."""
        assert ids(clm) == [CONTRACT, NDA]

    def test_contracts_list_same_page_again(self, clm):
        """A page that leads to itself ends the walk with an error, not with a loop."""
        with pytest.raises(PayloadError, match="page"):
            list(clm.contracts.list(detail="summary"))

    def test_contracts_list_introduction(self, clm):
        """The rows may be under data, and the cursor under pagination.next."""
        assert ids(clm) == [CONTRACT, NDA]

    def test_contracts_list_quickstart(self, clm):
        """The cursor may be called nextCursor; a walk resumes from it."""
        first, second = clm.contracts.list(detail="summary").pages()

        assert first.next == "eyJpZCI6IjEyMyJ9"
        assert second.next is None
        assert [one.id for one in second.items] == [NDA]

    def test_contracts_list_by_status(self, clm):
        """Several statuses are asked for at once, in the vendor's own words."""
        asked = [Status.NEGOTIATION, Status.SIGNATURE]

        assert ids(clm, status=asked) == [CONTRACT]

    def test_contracts_list_by_day(self, clm):
        """A filter takes a day; the instant is kept to by what a contract says."""
        since = datetime(2026, 1, 12, 8, 0, 1, tzinfo=UTC)

        [found] = clm.contracts.list(created_since=since)

        assert found.id == CONTRACT
        assert found.key_dates.created_at == datetime(2026, 1, 15, 10, 30, tzinfo=UTC)

    def test_contracts_list_by_counterparty(self, clm):
        """A name that is matched in part is compared whole, and told by its id."""
        assert ids(clm, counterparty="Acme SAS") == [CONTRACT]

    def test_contracts_list_by_archived_counterparty(self, clm):
        """Archived ones are found by their name as well."""
        assert ids(clm, counterparty="Globex") == [NDA]

    def test_contracts_list_demo(self, connect):
        """The demo is another host with the same API."""
        assert ids(connect(environment="demo")) == [CONTRACT]
