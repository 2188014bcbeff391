"""Tests for reading a sandbox with no socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from flask import Flask, Response
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clm_bridge.sandbox import InProcess

ORIGIN = "https://api.vendor.example"
SEGMENT = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@pytest.fixture
def client(echo: Flask) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=ORIGIN, transport=InProcess(echo)) as client:
        yield client


def test_answers_for_the_vendors_own_host(client: httpx.Client) -> None:
    """The application sees the host that the client asked for."""
    assert client.get("/echo/x").json()["host"] == "api.vendor.example"


@given(SEGMENT.filter(lambda text: text not in (".", "..")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_path_keeps_every_letter(client: httpx.Client, text: str) -> None:
    """What is quoted into a path arrives as it was, in any script."""
    answer = client.get(f"/echo/x{quote(text, safe='')}")

    assert answer.json()["path"] == f"x{text}"


def test_a_query_keeps_every_letter(client: httpx.Client) -> None:
    """What is asked arrives as it was."""
    answer = client.get("/echo/x", params={"name": "Łódź & 東京"})

    assert answer.json()["query"] == {"name": "Łódź & 東京"}


def test_a_body_in_parts_arrives_whole(client: httpx.Client) -> None:
    """A body whose length is not told beforehand is read to its end."""
    answer = client.post("/echo/x", content=iter([b"one ", b"two"]))

    assert answer.json()["body"] == "one two"


def test_the_answer_is_read_as_it_is_written() -> None:
    """A part is there before the application has made the next."""
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(3):
            made.append(number)
            yield b"x"

    app = Flask("parts")
    app.add_url_rule("/", view_func=lambda: Response(parts()))
    with (
        httpx.Client(base_url=ORIGIN, transport=InProcess(app)) as client,
        client.stream("GET", "/") as answer,
    ):
        first = next(answer.iter_raw())

    assert (first, made) == (b"x", [0])


def test_leaving_an_answer_early_closes_it() -> None:
    """The application learns that nobody reads on."""
    closed: list[bool] = []
    app = Flask("parts")

    @app.get("/")
    def parts() -> Response:
        answer = Response(iter([b"one", b"two"]))
        answer.call_on_close(lambda: closed.append(True))
        return answer

    with (
        httpx.Client(base_url=ORIGIN, transport=InProcess(app)) as client,
        client.stream("GET", "/"),
    ):
        assert not closed

    assert closed == [True]


def test_threads_share_it(client: httpx.Client) -> None:
    """Many threads at once each get their own answer."""
    with ThreadPoolExecutor(8) as threads:
        answers = threads.map(lambda n: client.get(f"/echo/{n}"), range(100))
        paths = [answer.json()["path"] for answer in answers]

    assert paths == [str(number) for number in range(100)]


def _asked(app: Flask, method: str, path: str, **request: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = InProcess(app)
        async with httpx.AsyncClient(base_url=ORIGIN, transport=transport) as client:
            return await client.request(method, path, **request)

    return asyncio.run(ask())


def test_an_asynchronous_client_reads_it_too(echo: Flask) -> None:
    """The same transport serves both colours."""
    assert _asked(echo, "GET", "/parts").text == "one two three"


def test_an_asynchronous_body_arrives_whole(echo: Flask) -> None:
    """A body that is made asynchronously is read before the application runs."""

    async def body() -> AsyncIterator[bytes]:
        yield b"one "
        yield b"two"

    answer = _asked(echo, "POST", "/echo/x", content=body())

    assert answer.json()["body"] == "one two"


def test_asynchronous_requests_run_together(echo: Flask) -> None:
    """Many requests at once each get their own answer."""

    async def ask() -> list[str]:
        transport = InProcess(echo)
        async with httpx.AsyncClient(base_url=ORIGIN, transport=transport) as client:
            asked = (client.get(f"/echo/{number}") for number in range(50))
            return [answer.json()["path"] for answer in await asyncio.gather(*asked)]

    assert asyncio.run(ask()) == [str(number) for number in range(50)]
