"""SpotDraft's refusals, in the four shapes and by the codes of its documents."""

from __future__ import annotations

import pytest
from attrs import evolve

from clm_bridge import (
    AuthenticationFailed,
    Conflict,
    ContractChanges,
    ExternalLink,
    NewCounterparty,
    NotFound,
    PermissionDenied,
    RateLimited,
    Rejected,
    Status,
    Unsupported,
    VendorDown,
)
from clm_bridge.testing.cassettes import Cassettes

from .writing import PAPER

ORDER = ExternalLink("ERP", "PurchaseOrder", "po-88", data={"buyer": "Kim"})
MISMATCH = (
    "Record Type: Account does not match the Object Configuration Name: Opportunity."
)


class TestErrors(Cassettes):
    """Each test is named after its cassette."""

    vendor = "spotdraft"

    def test_error_501_analytics(self, connect):
        """What the workspace does not have is a setting to leave out."""
        clm = connect(analytics=True)
        with pytest.raises(Unsupported, match=r"00045.*leave 'analytics' out"):
            clm.contracts.list(detail="dates").first()

    def test_error_403_analytics(self, connect):
        """Who may not ask is told which right to get."""
        clm = connect(analytics=True)
        with pytest.raises(PermissionDenied, match=r"00044.*INSIGHTS_VIEW") as told:
            clm.contracts.list(detail="dates").first()

        assert told.value.status == 403

    def test_error_400_void_executed(self, clm):
        """Shape A: a sentence."""
        with pytest.raises(Rejected, match="Cannot void an executed contract") as told:
            clm.contracts.cancel("T-34211", note="Deal lost")

        assert (told.value.status, told.value.in_doubt) == (400, False)

    def test_error_400_unmark(self, clm):
        """Shape A: a sentence."""
        with pytest.raises(Rejected, match="Unable to unmark the contract for exec"):
            clm.contracts.withdraw_signature("T-34211")

    def test_error_400_executed_data(self, clm):
        """Shape B, short: the code says what the status does not."""
        changes = ContractChanges(extra={"contract_data": {"notice_period_days": 60}})
        with pytest.raises(Conflict) as told:
            clm.contracts.update("T-34211", changes)

        assert set(told.value.complaints) == {
            "SD_PUBLIC_00009",
            "Contract cannot be updated because it has been executed.",
        }

    def test_error_400_record_type(self, clm):
        """Shape B: what is said twice is told once, with its code."""
        with pytest.raises(Rejected) as told:
            clm.contracts.link("T-34211", ORDER)

        assert sorted(told.value.complaints) == [MISMATCH, "SD_INTEGRATIONS_00030"]
        assert MISMATCH in str(told.value)

    def test_error_404_configuration(self, clm):
        """Shape B: a 404 of a part is a 404."""
        with pytest.raises(
            NotFound, match="SD_INTEGRATIONS_00021; The entity does not"
        ):
            clm.contracts.link("T-34211", ORDER)

    def test_error_400_upload_workflow(self, clm):
        """A contract type needs a published upload workflow; the code is told."""
        with pytest.raises(Rejected, match="SD_CONTRACTS_00289"):
            clm.contracts.create(evolve(PAPER, external_link=None))

    def test_error_400_field_validation(self, clm):
        """Shape C: each field before its sentence."""
        words = "limit: Input should be less than or equal to 100"
        with pytest.raises(Rejected, match=words):
            list(clm.contracts.list(detail="summary"))

    def test_error_400_nested_validation(self, clm):
        """Shape C: the way to a field is told."""
        with pytest.raises(Rejected, match="assignees: 0: entity_id: Field required"):
            clm.contracts.comment("211270", "Please look")

    def test_error_401(self, clm):
        """It is about the credentials."""
        with pytest.raises(AuthenticationFailed, match="credentials were not provided"):
            clm.contracts.status("T-1234")

    def test_error_402(self, clm):
        """A business rule refuses, and it need not say why."""
        with pytest.raises(Rejected, match="answered 402") as told:
            clm.contracts.send_to_counterparty("T-34211")

        assert (told.value.status, told.value.complaints) == (402, ())

    def test_error_403(self, clm):
        """It is about the permission."""
        with pytest.raises(PermissionDenied, match="do not have permission"):
            list(clm.contracts.list(detail="summary"))

    def test_error_404(self, clm):
        """There is no such contract, or it may not be seen."""
        with pytest.raises(NotFound, match="Not Found"):
            clm.contracts.status("T-9")

    def test_error_409(self, clm):
        """A duplicate is a conflict, and not in doubt."""
        with pytest.raises(Conflict, match="answered 409") as told:
            clm.counterparties.create(NewCounterparty(name="Hooli Ltd"))

        assert not told.value.in_doubt

    def test_error_429(self, clm):
        """No time to wait is told."""
        with pytest.raises(RateLimited) as told:
            clm.contracts.status("T-1234")

        assert told.value.retry_after is None

    def test_error_429_tried_again(self, connect):
        """A 429 and a 503 are passing faults: a question is asked again."""
        told = connect(max_attempts=3).contracts.status("T-1234")

        assert told.status is Status.SIGNATURE

    def test_error_503(self, clm):
        """The fault is the vendor's."""
        with pytest.raises(VendorDown, match="answered 503"):
            clm.contracts.status("T-1234")

    def test_error_302(self, clm):
        """It is not followed, and told as what it is."""
        with pytest.raises(Rejected, match="redirects are not followed") as told:
            clm.contracts.comment("211270", "Please look")

        assert told.value.status == 302
