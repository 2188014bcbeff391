"""Changing what is there: fields, the owner, the template's data, the link."""

from __future__ import annotations

import pytest

from clm_bridge import ContractChanges, ExternalLink, Rejected, Unsupported
from clm_bridge.adapter import Field, FieldKind
from clm_bridge.testing import play, reply

from .reading import payload
from .writing import LINK, MEMBER, METADATA, paged, written

DEPARTMENT = Field("department", "Department", FieldKind.OPTION, "Legal")


def test_fields_are_written_together(spotdraft):
    """In one call, by their names."""
    played = play(
        spotdraft.update_contract("T-1", ContractChanges(), [DEPARTMENT]),
        reply(payload("key_pointers")),
    )

    assert written(played) == [
        (
            "POST",
            "contracts/T-1/key_pointers/bulk",
            {
                "key_pointers": [
                    {"key_pointer_field_name": "department", "value": "Legal"}
                ]
            },
        )
    ]


def test_an_owner_is_named_by_address_or_by_id(spotdraft):
    """An address is looked up among the members, an id is told as it is."""
    by_address = play(
        spotdraft.update_contract(
            "H-7", ContractChanges(owner="jordan@acme.example"), ()
        ),
        reply(paged(MEMBER)),
        reply({"user_id": 17258, "type": "BUSINESS", "contract_id": 7}),
    )
    by_id = play(
        spotdraft.update_contract("H-7", ContractChanges(owner="17258"), ()),
        reply({"user_id": 17258, "type": "BUSINESS", "contract_id": 7}),
    )
    call = ("PATCH", "contracts/7/business_user/", {"user_id": 17258})

    assert written(by_address) == written(by_id) == [call]


def test_a_templates_data_is_changed_through_extra(spotdraft):
    """As at creation; the call wraps it in data."""
    changes = ContractChanges(extra={"contract_data": {"customer_name": "Globex Ltd"}})
    played = play(spotdraft.update_contract("T-1", changes, ()), reply({"data": {}}))

    assert written(played) == [
        (
            "PATCH",
            "contracts/T-1/contract_data",
            {"data": {"customer_name": "Globex Ltd"}},
        )
    ]


def test_an_executed_contracts_data_is_refused(spotdraft):
    """The vendor's own 400 is raised."""
    changes = ContractChanges(extra={"contract_data": {}})
    refusal = {"detail": "Contract cannot be updated …", "code": "SD_PUBLIC_00009"}
    with pytest.raises(Rejected, match="400"):
        play(spotdraft.update_contract("T-1", changes, ()), reply(refusal, 400))


def test_a_bare_number_is_resolved_before_it_is_written_to(spotdraft):
    """The composite routes take no integer."""
    played = play(
        spotdraft.update_contract("7", ContractChanges(), [DEPARTMENT]),
        reply({"detail": "Not Found"}, 404),
        reply({"contract_status": "EXECUTED", "contract_name": "x"}),
        reply([]),
    )

    assert [one.target for one in played.asked] == [
        "contracts/T-7/status",
        "contracts/H-7/status",
        "contracts/H-7/key_pointers/bulk",
    ]


def test_a_link_is_external_metadata(spotdraft):
    """The whole object, in the envelope that answers; there is no place for a URL."""
    played = play(
        spotdraft.link_contract("T-1", LINK), reply({"external_metadata": METADATA})
    )

    told = {"external_metadata": METADATA}
    assert written(played) == [("POST", "contracts/T-1/external_metadata", told)]


def test_a_link_may_say_little(spotdraft):
    """What was not told is left out."""
    played = play(
        spotdraft.link_contract("T-1", ExternalLink(None, None, "po-88")),
        reply({"external_metadata": {"id": "po-88"}}),
    )

    told = {"external_metadata": {"id": "po-88", "record_data": {}}}
    assert written(played)[0][2] == told


def test_a_link_cannot_be_taken_off(spotdraft):
    """No call empties the external metadata."""
    assert "contracts.unlink" not in spotdraft.capabilities()
    with pytest.raises(Unsupported):
        play(spotdraft.unlink_contract("T-1"))
