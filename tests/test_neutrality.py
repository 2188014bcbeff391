"""
The heart of the product: one portfolio, three vendors, equal but for declared losses.

The neutral portfolio is what the contracts *are*.  Each sandbox renders it as its
vendor can; each adapter reads that back.  What differs must be a `Loss` that the
adapter declares and the docs publish, and every declared loss must really occur.
"""

from __future__ import annotations

import asyncio

import pytest

import clm_bridge
from clm_bridge import FULL, NotIndexed, Status, Unsupported, to_dict
from clm_bridge.sandbox import portfolio
from clm_bridge.testing.suite._facts import compared, covers, spelled

VENDORS = ("coupa", "spotdraft", "tomorro")
DEALS = portfolio()
BY_NAME = {deal.name: deal for deal in DEALS}
CASE = next(deal for deal in DEALS if deal.number == "CT-0042")


@pytest.fixture(scope="module", params=VENDORS)
def vendor(request):
    """Each vendor in turn."""
    return request.param


@pytest.fixture(scope="module")
def bridge(vendor):
    """A connection to the vendor's sandbox, in this process."""
    with clm_bridge.connect(vendor=vendor, sandbox=True) as clm:
        yield clm


@pytest.fixture(scope="module")
def contracts(bridge):
    """The whole portfolio, read once in full detail."""
    return list(bridge.contracts.list())


@pytest.fixture(scope="module")
def comparisons(contracts):
    """Every attribute of every contract: where, what it is, what was read."""
    names = {contract.id: contract.name for contract in contracts}
    return [
        found
        for contract in contracts
        for found in compared(BY_NAME[contract.name], contract, names, DEALS)
    ]


def test_every_contract_is_there_once(contracts):
    """No vendor loses or repeats a contract."""
    assert sorted(contract.name for contract in contracts) == sorted(BY_NAME)


def test_what_differs_is_declared(bridge, comparisons):
    """Equal canonical values, except for the losses that the docs publish."""
    losses = bridge.settings.adapter.losses
    undeclared = {
        (path, spelled(said), spelled(read))
        for path, said, read in comparisons
        if said != read and not any(covers(one, path, said, read) for one in losses)
    }

    assert not undeclared


def test_every_declared_loss_occurs(bridge, comparisons):
    """A loss that nobody suffers is not a loss, and its sentence would be untrue."""
    lost = [(path, said, read) for path, said, read in comparisons if said != read]
    unused = [
        loss.attribute
        for loss in bridge.settings.adapter.losses
        if not any(covers(loss, *one) for one in lost)
    ]

    assert unused == []


def test_every_status_that_the_vendor_has_occurs(bridge, contracts):
    """The portfolio shows each neutral status that the vendor's words reach."""
    reachable = set(bridge.settings.adapter.statuses.values())

    assert {contract.status for contract in contracts} == reachable


def test_full_detail_means_the_same_facets(contracts):
    """The same facets whichever vendor is configured."""
    assert all(contract.loaded >= FULL for contract in contracts)


def test_asyncio_reads_the_same(vendor, contracts):
    """Both colours run the same operations."""

    async def read():
        async with clm_bridge.connect_async(vendor=vendor, sandbox=True) as clm:
            return [contract async for contract in clm.contracts.list()]

    assert asyncio.run(read()) == contracts


def test_get_equals_list(bridge, contracts):
    """A contract read alone is the contract that was listed."""
    for contract in contracts[::40]:
        assert bridge.contracts.get(contract.id) == contract


def test_status_equals_list(bridge, contracts):
    """The status call and the list agree on both axes."""
    for contract in contracts[::40]:
        told = bridge.contracts.status(contract.id)

        assert told.status is contract.status
        assert told.word == contract.source.status
        assert told.reported_state is contract.reported_state


def test_an_own_id_finds_its_contract(bridge, contracts):
    """Directly, or through the index that listing filled."""
    [found] = bridge.contracts.find_by_external_id(CASE.link.id)

    assert found.name == CASE.name


def test_a_shared_own_id_finds_all_its_contracts(bridge, contracts):
    """Nothing makes an external id unique."""
    shared = [deal.name for deal in DEALS if deal.link and deal.link.id == "PR-1148"]

    found = bridge.contracts.find_by_external_id("PR-1148")

    assert len(shared) == 3
    assert sorted(contract.name for contract in found) == sorted(shared)


def test_an_unknown_own_id_is_nothing_or_said_to_be_unknown(bridge, contracts):
    """A vendor that searches says that there is none; an index says it cannot know."""
    if bridge.settings.adapter.searches_links:
        assert list(bridge.contracts.find_by_external_id("PR-none")) == []
        return
    with pytest.raises(NotIndexed, match="links build"):
        bridge.contracts.find_by_external_id("PR-none")


@pytest.mark.parametrize("detail", ["full", "summary"])
@pytest.mark.parametrize(
    "filters",
    [
        {"status": "executed"},
        {"status": ["draft", "negotiation"]},
        {"created_since": CASE.created_at},
        {"updated_since": DEALS[200].updated_at},
        {"counterparty": CASE.counterparty.name},
        {"name_contains": "LICENCE"},
        {"status": "executed", "counterparty": CASE.counterparty.name},
    ],
    ids=lambda filters: "+".join(filters),
)
def test_a_filter_means_the_same_or_is_refused(bridge, contracts, filters, detail):
    """A filter's result is what filtering the whole list gives, or `Unsupported`."""
    wanted = {one.id for one in contracts if passes(one, filters)}
    assert 0 < len(wanted) < len(contracts)
    try:
        found = {one.id for one in bridge.contracts.list(**filters, detail=detail)}
    except Unsupported:
        assert detail == "summary"
        return

    assert found == wanted


def passes(contract, filters):
    deal = BY_NAME[contract.name]
    statuses = filters.get("status", list(Status))
    words = [statuses] if isinstance(statuses, str) else statuses
    return (
        contract.status in {Status(word) for word in words}
        and filters.get("created_since", deal.created_at) <= deal.created_at
        and filters.get("updated_since", deal.updated_at) <= deal.updated_at
        and filters.get("counterparty", deal.counterparty.name)
        in (deal.counterparty.name, *(party.name for party in contract.parties))
        and filters.get("name_contains", "").casefold() in deal.name.casefold()
    )


def test_the_signed_file_arrives(bridge, contracts, tmp_path):
    """An executed contract's signed PDF is downloaded whole, under its own name."""
    contract = next(one for one in contracts if one.name == CASE.name)
    signed = [
        document
        for document in bridge.documents.list(contract.id)
        if document.kind is clm_bridge.DocumentKind.SIGNED
    ]

    arrived = bridge.documents.download(signed[0], tmp_path)

    assert arrived.media_type == "application/pdf"
    assert arrived.path.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == [arrived.path.name]


def test_everything_else_can_be_listed(bridge):
    """Templates, counterparties and field definitions come from every vendor."""
    names = {one.name for one in bridge.counterparties.list()}

    assert CASE.counterparty.name in names
    assert bridge.templates.list().first() is not None
    assert "Department" in {one.label for one in bridge.fields.list()}


def test_credentials_are_checked(bridge):
    """The sandbox accepts its own credentials."""
    assert bridge.check() is not None


def test_contracts_survive_json(contracts):
    """Out and in again without loss, whichever vendor they come from."""
    for contract in contracts[::20]:
        assert clm_bridge.from_dict(to_dict(contract)) == contract


def test_ten_lines_run_unchanged(vendor, tmp_path, monkeypatch):
    """The one difference is a line of configuration."""
    config = tmp_path / "clm.toml"
    config.write_text(
        f'default = "acme"\n[connections.acme]\nvendor = "{vendor}"\nsandbox = true\n'
    )
    monkeypatch.setenv("CLM_BRIDGE_CONFIG", str(config))

    clm = clm_bridge.connect("acme")
    running = [
        (contract.name, contract.counterparty.name, contract.key_dates.expires_on)
        for contract in clm.contracts.list(status="executed")
        if contract.counterparty.name == CASE.counterparty.name
    ]
    clm.close()

    said = {
        (deal.name, deal.counterparty.name, deal.expires_on)
        for deal in DEALS
        if deal.status is Status.EXECUTED
        and deal.counterparty.name == CASE.counterparty.name
    }
    assert set(running) == said
