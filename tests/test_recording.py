"""What a recording keeps, and what it does not."""

from __future__ import annotations

import asyncio
from datetime import date

import httpx
import pytest
import vcr
from attrs import frozen

from clm_bridge import AsyncBridge, Bridge, NotFound, connect
from clm_bridge.adapter import ApiKey, ClientCredentials, Secret
from clm_bridge.testing.cassettes import _bridges, _vcr, load, recording, sightings
from clm_bridge.testing.cassettes._recording import provenance

from .canaries import CANARIES, SECRET, SIGNATURE, TOKEN, spellings
from .paper import Paper, furnished, rows


@frozen
class Config:
    """A vendor's settings that hold nothing."""


class Recorded(Paper):
    """A vendor as configuration would make one."""

    Config = Config


PARTY, MAIL, AMOUNT = "Globex Überland GmbH", "jo.doe@globex.example", "250000.00"
GRANT = {"access_token": TOKEN, "expires_in": 86400}
ROW = {
    "id": "7",
    "status": "open",
    "name": "MSA with Globex",
    "with": [PARTY, "globex"],
    "created_at": "2026-01-05T09:00:00Z",
    "ownerEmail": MAIL,
    "owner": "jdoe",
    "total-amount": AMOUNT,
    "value": 1234.50,
    "length": 12,
    "contract-type": "PurchaseAgreement",
    "customFields": {"segment": "secretive", "rank": 4711},
    "echo": f"you sent {SECRET}",
    "session": SIGNATURE,
    "hidden": [one.decode("latin-1") for one in spellings(SECRET)][:2],
    "file": f"https://files.example/a?X-Amz-Signature={SIGNATURE}",
}
HEADERS = {
    "set-cookie": f"session={TOKEN}",
    "x-debug": SECRET,
    "content-disposition": f'attachment; filename="{PARTY}.pdf"'.encode(),
    "retry-after": "3",
}


def vendor(request):
    """A vendor that tells everything to everybody."""
    if request.url.path.endswith("token"):
        return httpx.Response(200, json=GRANT)
    if request.url.path.endswith("me"):
        return httpx.Response(200, json={"name": PARTY})
    if request.url.path.endswith("counterparties"):
        return httpx.Response(404)
    if request.url.path.endswith("file"):
        return httpx.Response(200, content=PARTY.encode(), headers=HEADERS)
    found = {**rows(), "rows": [ROW]}
    return httpx.Response(200, json=found, headers=HEADERS)


def bridge(cls=Bridge, **auth):
    chosen = auth.get("auth") or ClientCredentials(
        "https://paper.example/token", "canary-client", Secret(SECRET)
    )
    return cls(furnished(Recorded(auth=chosen)), transport=httpx.MockTransport(vendor))


@pytest.fixture
def tape(tmp_path):
    with bridge() as clm:
        tape = recording(clm, tmp_path / "paper", today=date(2026, 11, 25))
        with tape.case("contracts_list", "contracts.list"):
            list(clm.contracts.list(detail="summary"))
        with tape.case("contracts_find", "contracts.find_by_external_id"):
            clm.contracts.find_by_external_id(PARTY)
        yield tape


def text(tape, name="contracts_list"):
    assert tape.left_out == {}
    return (tape.folder / f"{name}.yaml").read_text()


def row(tape, name="contracts_list"):
    [one] = load(tape.folder / f"{name}.yaml").interactions
    return one.response.body["json"]["rows"][0]


def test_no_secret_is_written(tape):
    """Neither in headers, nor where the vendor echoes it, nor in a token's answer."""
    for path in tape.written:
        assert [*sightings(path.read_text(), CANARIES)] == []
        assert "canary" not in path.read_text()


def test_token_exchanges_are_not_kept(tape):
    """One request was for a token, and one for contracts."""
    [one] = load(tape.written[0]).interactions

    assert one.request.uri == "https://paper.example/api/contracts"


def test_nobody_is_named(tape):
    """Parties, people, amounts and the workspace's own values become pseudonyms."""
    for private in (
        PARTY,
        "lobex",
        MAIL,
        "jdoe",
        AMOUNT,
        "1234.5",
        "secretive",
        "4711",
    ):
        assert private not in text(tape)


def test_what_shows_the_shape_is_kept(tape):
    """Ids, words, days, counts, and the form of amounts."""
    found = row(tape)

    assert (found["id"], found["status"], found["length"]) == ("7", "open", 12)
    assert found["created_at"] == ROW["created_at"]
    assert found["contract-type"] == "PurchaseAgreement"
    assert len(found["total-amount"]) == len(AMOUNT)
    assert list(found) == list(ROW)


def test_the_same_is_the_same_everywhere(tape):
    """A party in a query has the pseudonym that it has in answers."""
    [one] = load(tape.folder / "contracts_find.yaml").interactions

    assert one.request.query["link"] == row(tape)["with"][0]
    assert row(tape) == row(tape, "contracts_find")


def test_headers_are_on_a_list_of_those_allowed(tape):
    """The name of a file is somebody's business too."""
    [one] = load(tape.written[0]).interactions

    assert set(one.response.headers) == {
        "content-disposition",
        "content-type",
        "retry-after",
    }
    assert one.response.headers["content-disposition"].endswith('"file.pdf"')


def test_a_file_is_left_out(tmp_path):
    """What is in a document is not for a repository."""
    with bridge(auth=ApiKey({"x-key": Secret(SECRET)})) as clm:
        tape = recording(clm, tmp_path)
        with tape.case("documents_download", "documents.download"):
            clm._clients.api.get("https://paper.example/api/file")

    assert PARTY not in text(tape, "documents_download")
    assert "left out of this recording" in text(tape, "documents_download")


def test_paths_count_more_than_rules(tmp_path):
    """Who records knows the payload."""
    with bridge() as clm:
        tape = recording(
            clm, tmp_path, paths={"rows.owner": "keep", "rows.length": "amount"}
        )
        with tape.case("contracts_list", "contracts.list"):
            list(clm.contracts.list(detail="summary"))

    assert row(tape)["owner"] == "jdoe"
    assert row(tape)["length"] != 12


def test_asyncio_is_recorded_alike(tape, tmp_path):
    """Both bridges say and hear the same."""

    async def recorded():
        async with bridge(AsyncBridge) as clm:
            other = recording(clm, tmp_path / "other", today=date(2026, 11, 25))
            with other.case("contracts_list", "contracts.list"):
                [_] = [one async for one in clm.contracts.list(detail="summary")]
            return other

    assert text(asyncio.run(recorded())) == text(tape)


def test_a_case_that_fails_is_not_written(tmp_path):
    """Half an exchange proves nothing."""
    with bridge() as clm:
        tape = recording(clm, tmp_path)
        with pytest.raises(NotFound), tape.case("check", "check"):
            clm.counterparties.list().first()

    assert tape.written == []


def test_what_would_show_a_secret_is_not_written(tmp_path):
    """The scanner has the last word, also where a path says keep."""
    with bridge() as clm:
        tape = recording(clm, tmp_path, paths={"*": "keep"})
        with tape.case("contracts_list", "contracts.list"):
            list(clm.contracts.list(detail="summary"))

    assert tape.written == []
    assert "a signed link" in tape.left_out["contracts_list"]


def test_a_file_of_another_provenance_is_kept(tmp_path):
    """What was written from the vendor's documents is nobody's to overwrite."""
    (tmp_path / "check.yaml").write_text("metadata:\n  provenance: vendor-docs\n")
    with bridge() as clm:
        tape = recording(clm, tmp_path)
        with tape.case("check", "check"):
            clm.check()

    assert "comes from elsewhere" in tape.left_out["check"]


def test_a_name_is_a_name(tmp_path):
    """It becomes a file's name."""
    with bridge() as clm, pytest.raises(ValueError, match="is no name of a case"):
        recording(clm, tmp_path).case("../x", "check").__enter__()


@pytest.mark.parametrize("vendor", ["coupa", "spotdraft", "tomorro"])
def test_a_sandbox_is_said_to_be_one(vendor, tmp_path, clm_sandbox_url):
    """In this process or behind a socket, for it proves nothing about a vendor."""
    with connect(vendor=vendor, sandbox=True) as clm:
        tape = recording(clm, tmp_path / "inside")
        with tape.case("contracts_list", "contracts.list"):
            first = clm.contracts.list(detail="summary").first()
        settings = {key: one.value for key, one in clm.settings.origins.items()}
        assert provenance(clm.settings) == "sandbox"

    assert "provenance: sandbox" in text(tape)
    assert first.name not in text(tape)
    there = {**settings, "base_url": clm_sandbox_url(vendor), "vendor": vendor}
    with connect(**there) as clm:
        assert provenance(clm.settings) == "sandbox"


def test_a_vendor_is_live():
    """Any other server."""
    assert provenance(furnished(Recorded())) == "live"


@pytest.mark.parametrize("colour", _bridges.COLOURS)
def test_a_recording_replays(colour, tmp_path):
    """Scrubbed requests and answers still fit each other, and what comes is read."""
    with connect(vendor="coupa", sandbox=True) as clm:
        tape = recording(clm, tmp_path)
        with tape.case("documents_list", "contracts.list", "documents.list"):
            first = clm.contracts.list(detail="summary").first()
            clm.documents.list(first.id)
    machine = vcr.VCR(record_mode=vcr.mode.NONE, match_on=_vcr.MATCH_ON)
    _vcr.configure(machine)
    opened = _bridges.Opened("coupa", colour)

    with machine.use_cassette(str(tape.written[0]), serializer="yaml") as played:
        again = opened.connect(instance="acme", timezone="America/Los_Angeles")
        found = again.contracts.list(detail="summary").first()
        again.documents.list(found.id)
    opened.close()

    assert played.all_played
    assert (found.id, found.status) == (first.id, first.status)
    assert found.name != first.name
