"""Opening, sharing and closing a bridge."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from attrs import evolve

from clm_bridge import AsyncBridge, Bridge, ConfigError, NotIndexed, connect
from clm_bridge._links import MemoryLinks
from clm_bridge.adapter import ApiKey
from clm_bridge.sandbox import start

from .paper import CANARY, Paper, Script, answer, furnished
from .sandbox.conftest import Paper as PaperSandbox

SEVEN = {"id": "7", "links": ["po-1"]}


class Indexed(Paper):
    """Cannot be asked for an external id."""

    searches_links = False


def get(clm):
    return clm.contracts.get("7")


def find(clm):
    return clm.contracts.find_by_external_id("po-1")


def mock(script):
    return httpx.MockTransport(script)


def test_a_blocking_bridge_closes_what_it_made():
    """Leaving the with block ends its connections."""
    with Bridge(furnished(Paper()), transport=mock(Script(answer(SEVEN)))) as clm:
        assert get(clm).id == "7"

    assert all(client.is_closed for client in clm._clients.owned)


def test_an_asyncio_bridge_closes_what_it_made():
    """Leaving the async with block ends its connections."""

    async def used():
        transport = mock(Script(answer(SEVEN)))
        async with AsyncBridge(furnished(Paper()), transport=transport) as clm:
            assert (await get(clm)).id == "7"
        return clm

    assert all(client.is_closed for client in asyncio.run(used())._clients.owned)


def test_a_users_own_client_is_used_and_left_open():
    """Whoever made it closes it."""
    with httpx.Client(transport=mock(Script(answer(SEVEN)))) as own:
        with Bridge(furnished(Paper()), client=own) as clm:
            assert get(clm).id == "7"
        assert not own.is_closed


def test_a_users_own_asyncio_client_is_used_and_left_open():
    """Whoever made it closes it."""

    async def used():
        async with httpx.AsyncClient(transport=mock(Script(answer(SEVEN)))) as own:
            async with AsyncBridge(furnished(Paper()), client=own) as clm:
                assert (await get(clm)).id == "7"
            return own.is_closed

    assert asyncio.run(used()) is False


def test_a_copy_closes_nothing(connect):
    """It shares its clients and its index with the bridge that made it."""
    bridge = connect(Script(answer(SEVEN)))
    bridge.do(lambda clm: clm.with_options(deadline=5).close())

    assert bridge.do(get).id == "7"


def test_an_option_that_is_none_is_refused(connect):
    """A slip of the keyboard is not passed over."""
    with pytest.raises(TypeError, match="dead_line"):
        connect(Script()).do(lambda clm: clm.with_options(dead_line=5))


@pytest.fixture
def on_disk(colour, tmp_path):
    """Return a function that opens a bridge whose index is a file."""

    def opened(*answers):
        settings = evolve(furnished(Indexed()), links=tmp_path / "links.db")
        return colour(settings, transport=mock(Script(*answers)))

    return opened


def test_the_link_index_is_a_file_where_one_is_set(on_disk):
    """What one bridge read, the next one finds."""
    first = on_disk(answer(SEVEN))
    first.do(get)
    first.close()
    second = on_disk(answer(SEVEN))

    assert [one.id for one in second.do(find)] == ["7"]
    second.close()


def test_the_file_is_closed_with_the_bridge(on_disk):
    """Nothing holds it open."""
    bridge = on_disk()
    bridge.close()

    with pytest.raises(ConfigError, match=r"cannot be used: .*closed"):
        bridge.clm._links.find("po-1")


def test_an_index_that_was_given_is_used(connect):
    """An empty one too."""
    links = MemoryLinks()
    connect(Script(answer(SEVEN)), Indexed(), links=links).do(get)

    assert links.find("po-1") == ["7"]


def test_without_a_file_the_index_lives_as_long_as_the_bridge(connect):
    """The error of a miss says what to do."""
    with pytest.raises(NotIndexed, match="clm-bridge links build"):
        connect(Script(), Indexed()).do(find)


def test_a_sandbox_is_read_without_a_socket(colour):
    """Its application answers in this process."""
    auth = ApiKey({"authorization": "any"})
    adapter = Paper(base_url=f"{PaperSandbox.origin}/", auth=auth)
    bridge = colour(evolve(furnished(adapter), sandbox=start(PaperSandbox)))
    asked = "contracts"
    found = bridge.do(lambda clm: clm.vendor.request("GET", asked))
    bridge.close()

    assert found.status == 200


def test_waiting_really_waits(connect):
    """A test of the tests: the bridges above only note how long they would."""
    bridge = connect(Script())
    waits = type(bridge.clm._http)._sleep(bridge.clm._http, 0)

    async def finished():
        return await waits

    assert asyncio.run(finished()) is None


def test_a_bridge_shows_no_secret(connect):
    """Neither does what hangs on it."""
    bridge = connect(Script())

    assert CANARY not in repr(vars(bridge.clm))
    assert CANARY not in repr(bridge.clm.settings)


def test_the_link_index_may_be_named_by_its_path(tmp_path):
    """A path is where the index is kept, and what was read is found again."""
    path = tmp_path / "links.sqlite"
    with connect(vendor="tomorro", sandbox=True, links=path) as clm:
        assert clm.links.build() > 0

    with connect(vendor="tomorro", sandbox=True, links=str(path)) as clm:
        [found] = clm.contracts.find_by_external_id("PR-1042")

    assert found.external_link.id == "PR-1042"
