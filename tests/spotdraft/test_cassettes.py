"""SpotDraft's list as its documents show it, replayed through both bridges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from clm_bridge import Facet, Status
from clm_bridge.testing.cassettes import Cassettes


class TestCassettes(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_contracts_list(self, clm):
        """Both kinds of id come as they are, and a row has its external link."""
        made, historical = clm.contracts.list(detail="summary")

        assert (made.id, historical.id) == ("T-34211", "H-2342")
        assert (made.status, historical.status) == (Status.NEGOTIATION, Status.EXECUTED)
        assert [link.id for link in made.external_links] == ["deal-122"]
        assert made.counterparty.name == "Globex Ltd"
        assert made.key_dates.created_at == datetime(2026, 2, 10, 4, 52, 4, tzinfo=UTC)
        assert Facet.EXTERNAL_LINKS in made.loaded
        assert Facet.EXTERNAL_LINKS not in historical.loaded
        assert historical.source.raw["row"]["created_by_workspace"] == 1

    def test_contracts_list_integer_ids(self, clm):
        """They are resolved; nobody is called after the organisation in created_by."""
        [contract] = clm.contracts.list()

        assert (contract.id, contract.number) == ("T-1234", "SD-34211")
        assert [one.name for one in contract.people] == ["Jordan Lee"]
        assert contract.external_link.id == "deal-122"
        assert contract.source.raw["row"]["id"] == 1234

    def test_contracts_list_statuses(self, clm):
        """Each of the six words has a status of ours."""
        listed = clm.contracts.list(detail="summary")

        assert {one.source.status: one.status for one in listed} == {
            "DRAFT": Status.DRAFT,
            "REDLINING": Status.NEGOTIATION,
            "SIGN": Status.SIGNATURE,
            "EXECUTED": Status.EXECUTED,
            "ON_HOLD": Status.ON_HOLD,
            "VOIDED": Status.CANCELLED,
        }

    def test_contracts_list_filters(self, clm):
        """The vendor filters, by its own words and in UTC."""
        berlin = timezone(timedelta(hours=1))
        [contract] = clm.contracts.list(
            status=[Status.ON_HOLD, Status.NEGOTIATION],
            updated_since=datetime(2026, 2, 1, tzinfo=UTC),
            created_since=datetime(2026, 2, 1, tzinfo=berlin),
            detail="summary",
        )

        assert contract.status is Status.ON_HOLD
        assert contract.key_dates.updated_at is None

    def test_contracts_list_pages(self, clm):
        """The second page begins with two rows of the first; no third follows."""
        first, second = clm.contracts.list(detail="summary").pages()

        assert len(first.items) == 100
        assert first.next.split()[2:] == ["2026-02-10T04:53:42+00:00", "T-100", "T-99"]
        assert ([one.id for one in second.items], second.next) == (["T-101"], None)
