"""What an error knows: where it happened, of which request, and that it travels."""

from __future__ import annotations

import copy
import inspect
import pickle
from datetime import UTC, datetime

import httpx
import pytest

import clm_bridge
from clm_bridge import (
    AlreadyExists,
    ClmError,
    ConfigError,
    Conflict,
    DownloadError,
    IllegalTransition,
    Incomplete,
    Options,
    PayloadError,
    Problem,
    StatusError,
    TimedOut,
    Transition,
    VendorDown,
)
from clm_bridge._limits import Rate
from clm_bridge.adapter import get as ask

from .paper import CANARY, DOCUMENT, Paper, Script, answer, streamed

SEVEN = {"id": "7"}
ID = {"x-request-id": "r1"}
GIVEN = {
    AlreadyExists: {"contract_ids": ["7"]},
    IllegalTransition: {"status": "done", "allowed": [Transition.CANCEL]},
    Incomplete: {"contract_id": "7", "missing": ["value"]},
    clm_bridge.AmbiguousWrite: {"since": datetime(2026, 1, 31, tzinfo=UTC)},
    clm_bridge.InvalidInput: {"problems": [Problem("name", "is missing", "a text")]},
    PayloadError: {"problems": ["$.id: is missing"]},
    clm_bridge.NotFound: {"status": 404, "code": "N7", "complaints": ["no"]},
}
CLASSES = [
    one
    for name in clm_bridge.__all__
    if inspect.isclass(one := getattr(clm_bridge, name)) and issubclass(one, ClmError)
]


def get(clm):
    return clm.contracts.get("7")


@pytest.mark.parametrize("cls", CLASSES)
@pytest.mark.parametrize(
    "travel", [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy]
)
def test_an_error_travels(cls, travel):
    """To another process or into a copy, with its class, attributes and words."""
    error = cls("it broke", **GIVEN.get(cls, {}))
    error.locate(vendor="paper", connection="acme", operation="contracts.get")
    error.belong("r1", 3)
    there = travel(error)

    assert type(there) is cls
    assert vars(there) == vars(error)
    assert (str(there), there.args) == (str(error), error.args)


@pytest.mark.parametrize("cls", CLASSES)
def test_whatever_comes_off_the_wire_has_a_next_step(cls):
    """A class of such an error says what to do, where no more is known."""
    off_the_wire = (StatusError, clm_bridge.TransportError, PayloadError, DownloadError)
    if cls is not StatusError and issubclass(cls, off_the_wire):
        assert cls("no").hint


def located(error, attempts):
    """What an error says of the call that it ended."""
    assert error.hint
    told = (error.vendor, error.connection, error.operation)
    assert told[:2] == ("paper", "acme")
    assert (error.request_id, error.attempts) == ("r1", attempts)
    return told[2]


def failing(connect, script, work=get, kind=ClmError, adapter=None):
    with pytest.raises(kind) as caught:
        connect(script, adapter or Paper()).do(work)
    return caught.value


def test_a_status_belongs_to_its_request(connect):
    """Request id and attempts are of the last try."""
    script = Script(*[answer(status=500, headers=ID)] * 3)

    assert located(failing(connect, script, kind=VendorDown), 3) == "contracts.get"


def test_an_answer_that_cannot_be_read_belongs_to_its_request(connect):
    """The adapter finds it out after the engine is done with it."""
    script = Script(answer(status=503), httpx.Response(200, content=b"{", headers=ID))

    assert located(failing(connect, script, kind=PayloadError), 2) == "contracts.get"


def test_an_answer_that_is_refused_belongs_to_its_request(connect):
    """It breaks off while it is read."""
    packed = streamed(b"x", content_encoding="br", x_request_id="r1")

    assert located(failing(connect, Script(packed), kind=PayloadError), 1)


def test_a_file_that_is_none_belongs_to_its_request(connect, tmp_path):
    """It is looked at when all of it came."""
    link = answer({"url": "https://files.example/a"})
    script = Script(link, answer(status=503), httpx.Response(200, headers=ID))
    error = failing(
        connect,
        script,
        lambda clm: clm.documents.download(DOCUMENT, tmp_path / "a"),
        DownloadError,
    )

    assert located(error, 2) == "documents.download"


def test_no_answer_has_attempts(connect):
    """Nobody told an id."""
    error = failing(connect, Script(*[httpx.ReadTimeout("")] * 3), kind=TimedOut)

    assert (error.attempts, error.request_id) == (3, None)
    assert "(after 3 attempts)" in str(error)


def test_what_never_left_has_no_attempt(connect):
    """The rate limit would take longer than the deadline."""
    options = Options(deadline=0.5)
    bridge = connect(Script(answer(SEVEN)), rate=Rate(1, 60), options=options)
    bridge.do(get)
    with pytest.raises(TimedOut) as caught:
        bridge.do(get)

    assert caught.value.attempts == 0


def test_an_error_made_of_another_belongs_to_its_request(connect):
    """A write that ended half way names the request at which it did."""

    class Filing(Paper):
        async def get_contract(self, id):
            try:
                await ask("contracts/{id}", id=id)
            except VendorDown as error:
                raise Incomplete("half of it", contract_id=id) from error

    script = Script(*[answer(status=500, headers=ID)] * 3)
    error = failing(connect, script, kind=Incomplete, adapter=Filing())

    assert located(error, 3) == "contracts.get"


class Coded(Paper):
    """A vendor with codes of its own."""

    hints = {"P1": "turn the page"}  # noqa: RUF012
    meanings = {"P1": Conflict}  # noqa: RUF012

    def error_code(self, response):
        return response.json()["code"]


def test_a_code_says_more_than_a_status(connect):
    """The adapter knows what it means, and the next step."""
    script = Script(answer({"error": "no", "code": "P1"}, 400))
    error = failing(connect, script, kind=Conflict, adapter=Coded())

    assert (error.status, error.code, error.hint) == (400, "P1", "turn the page")
    assert "answered 400: P1; no" in str(error)


def test_a_code_without_a_meaning_changes_nothing(connect):
    """Class and hint are the status's."""
    script = Script(answer({"error": "no", "code": "P2"}, 409))
    error = failing(connect, script, kind=Conflict, adapter=Coded())

    assert (error.code, error.hint) == (
        "P2",
        "read the record, and see what its state allows",
    )


def test_a_body_that_breaks_the_adapter_hides_no_status(connect, caplog):
    """The log has the adapter's fault, and the caller the vendor's no."""
    error = failing(connect, Script(answer({}, 400)), adapter=Coded())

    assert (error.status, error.code, error.complaints) == (400, None, ())
    assert "the body of an error could not be read" in caplog.text


def test_a_vendors_words_are_one_bounded_line(connect):
    """They are quoted in a log's line, without the secrets that they repeat."""
    words = f"key\n{CANARY}\r\n" + "x" * 9000
    error = failing(connect, Script(answer({"error": words}, 400)))

    assert error.complaints[0].startswith("key *** xxx")
    assert len(error.complaints[0]) <= 500
    assert len(str(error).splitlines()) == 1


def test_settings_that_are_wrong_name_their_connection(tmp_path):
    """As attributes too, for a program that tells its user."""
    file = tmp_path / "clm.toml"
    file.write_text('[connections.acme]\nvendor = "spotdraft"\nregoin = "in"\n')
    with pytest.raises(ConfigError) as caught:
        clm_bridge.connect("acme", config=file)
    error = caught.value

    assert (error.vendor, error.connection) == ("spotdraft", "acme")
    assert str(error).startswith("acme: regoin")
    assert error.message.startswith("regoin")
    assert error.hint


def test_observers_are_told_what_was_waited_for(connect):
    """And what went wrong, by the name of its class."""
    seen = []

    class Observer:
        @clm_bridge.hookimpl
        def clm_bridge_exchange(self, exchange):
            seen.append(exchange)

    script = Script(
        httpx.ReadTimeout(""), answer(status=503), answer(SEVEN, headers=ID)
    )
    bridge = connect(script, plugins=[Observer()])
    bridge.do(get)

    assert [one.error for one in seen] == ["TimedOut", "VendorDown", None]
    assert [one.backed_off for one in seen] == [0.0, *bridge.slept]
    assert all(one.paced >= 0 for one in seen)
    assert [one.server for one in seen] == ["paper.example"] * 3
    assert [one.request_id for one in seen] == [None, None, "r1"]
