"""From a request to a good answer, by threads and by asyncio alike."""

from __future__ import annotations

import inspect
import logging

import httpx
import pytest

import clm_bridge
from clm_bridge import (
    AuthenticationFailed,
    ClmError,
    Conflict,
    ConnectionFailed,
    InvalidInput,
    NotFound,
    Options,
    PayloadError,
    PermissionDenied,
    RateLimited,
    Rejected,
    TimedOut,
    VendorDown,
)
from clm_bridge._limits import Rate

from .paper import CANARY, DOCUMENT, ORIGIN, Script, answer, streamed

SEVEN = {"id": "7"}
QUERY = "signature=canary-5ecret"


def get(clm):
    return clm.contracts.get("7")


def write(clm):
    return clm.vendor.request("POST", "contracts", json={})


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503, 504])
def test_a_read_is_tried_again(connect, status):
    """What may be better soon is asked for again."""
    script = Script(answer(status=status), answer(SEVEN))
    bridge = connect(script)

    assert bridge.do(get).id == "7"
    assert script.paths == ["GET /api/contracts/7"] * 2
    assert len(bridge.slept) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_write_is_not_tried_again(connect, status):
    """It may have taken effect."""
    script = Script(answer(status=status))

    with pytest.raises(VendorDown):
        connect(script).do(write)
    assert len(script.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers"), [(429, {}), (503, {"retry-after": "1"})]
)
def test_a_refused_write_is_tried_again(connect, status, headers):
    """The vendor says that it did nothing."""
    script = Script(answer(status=status, headers=headers), answer({}))
    connect(script).do(write)

    assert len(script.asked) == 2


def test_the_vendors_wait_is_kept(connect):
    """Retry-After is waited for as told."""
    bridge = connect(
        Script(answer(status=429, headers={"retry-after": "7"}), answer(SEVEN))
    )
    bridge.do(get)

    assert bridge.slept == [7.0]


def test_a_wait_beyond_the_deadline_is_not_begun(connect):
    """The error comes at once, and says how long the vendor wants to rest."""
    script = Script(answer(status=429, headers={"retry-after": "90"}))
    bridge = connect(script, options=Options(deadline=60))

    with pytest.raises(RateLimited) as caught:
        bridge.do(get)
    assert (caught.value.retry_after, bridge.slept) == (90.0, [])


def test_tries_end(connect):
    """The last answer is the error."""
    script = Script(*(answer(status=503) for _ in range(3)))

    with pytest.raises(VendorDown) as caught:
        connect(script).do(get)
    assert (len(script.asked), caught.value.attempts) == (3, 3)


def test_one_try_is_enough_if_the_user_says_so(connect):
    """with_options changes a copy, and the copy alone."""
    script = Script(answer(status=503), answer(status=503), answer(SEVEN))
    bridge = connect(script)

    with pytest.raises(VendorDown):
        bridge.do(lambda clm: get(clm.with_options(max_attempts=1)))
    assert bridge.do(get).id == "7"


ERRORS = {
    301: Rejected,
    302: Rejected,
    400: Rejected,
    401: AuthenticationFailed,
    403: PermissionDenied,
    404: NotFound,
    409: Conflict,
    410: Rejected,
    422: Rejected,
    501: VendorDown,
}


@pytest.mark.parametrize("status", ERRORS)
def test_each_status_has_its_error(connect, status):
    """Errors are told apart by class, and carry the status."""
    script = Script(answer({"error": "no such thing"}, status))

    with pytest.raises(ERRORS[status], match="no such thing") as caught:
        connect(script).do(get)
    assert (caught.value.status, caught.value.complaints) == (
        status,
        ("no such thing",),
    )


def test_an_adapter_knows_the_next_step_of_a_status(connect):
    """Where the vendor means something of its own, the adapter says what to do."""
    script = Script(answer(status=409))

    with pytest.raises(Conflict, match=r"; sign the paper first$"):
        connect(script).do(get)


@pytest.mark.parametrize("header", ["x-request-id", "x-correlation-id", "cf-ray"])
def test_an_error_says_where_it_happened(connect, header):
    """Vendor, connection, operation, attempts and the vendor's own request id."""
    script = Script(
        *(answer({"error": "down"}, 503, headers={header: "r-9"}) for _ in range(3))
    )

    with pytest.raises(VendorDown) as caught:
        connect(script).do(get)
    error = caught.value
    assert str(error) == (
        "acme (paper) contracts.get: GET contracts/7 answered 503: down "
        "(after 3 attempts); try again later"
    )
    assert (error.vendor, error.connection, error.operation) == (
        "paper",
        "acme",
        "contracts.get",
    )
    assert (error.attempts, error.request_id) == (3, "r-9")


def failures():
    """Every exception that httpx has for a request."""
    kinds = [
        one
        for _, one in inspect.getmembers(httpx, inspect.isclass)
        if issubclass(one, httpx.TransportError) and one is not httpx.TransportError
    ]
    return [kind(f"failed https://paper.example?{QUERY}") for kind in kinds]


@pytest.mark.parametrize("failure", failures(), ids=lambda one: type(one).__name__)
def test_no_exception_of_httpx_leaves(connect, failure):
    """Whatever the transport raises is ours, without httpx's text or traceback."""
    with pytest.raises((ConnectionFailed, TimedOut)) as caught:
        connect(Script(failure, failure, failure)).do(get)

    error = caught.value
    assert QUERY not in str(error)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert error.operation == "contracts.get"


@pytest.mark.parametrize(
    ("failure", "repeated"),
    [
        (httpx.ConnectError("refused"), True),
        (httpx.ConnectTimeout("late"), True),
        (httpx.PoolTimeout("busy"), True),
        (httpx.ReadTimeout("late"), False),
        (httpx.ReadError("reset"), False),
        (httpx.WriteError("reset"), False),
        (httpx.RemoteProtocolError("cut"), False),
    ],
    ids=lambda given: type(given).__name__,
)
def test_a_write_that_never_left_is_tried_again(connect, failure, repeated):
    """A connection that was never made carried nothing."""
    script = Script(failure, answer({}))
    bridge = connect(script)
    if repeated:
        bridge.do(write)
    else:
        with pytest.raises(ClmError):
            bridge.do(write)

    assert len(script.asked) == (2 if repeated else 1)


def test_a_timeout_is_not_a_failed_connection(connect):
    """The two need different steps of the user."""
    with pytest.raises(TimedOut, match=r"deadline=…"):
        connect(Script(*[httpx.ReadTimeout("late")] * 3)).do(get)


def test_a_broken_body_is_tried_again(connect):
    """An answer that breaks off is no answer."""
    script = Script(streamed(b'{"id"', httpx.ReadError("reset")), answer(SEVEN))

    assert connect(script).do(get).id == "7"


def test_no_time_left_sends_nothing(connect):
    """A call whose deadline has passed makes no request."""
    script = Script()

    with pytest.raises(TimedOut):
        connect(script, options=Options(deadline=0)).do(get)
    assert script.asked == []


def test_the_request_is_what_the_adapter_asked_for(connect):
    """Method, address, query, headers and body reach the wire."""
    script = Script(answer({}))
    connect(script).do(
        lambda clm: clm.vendor.request(
            "POST", "/contracts/{7}", params={"a b": "ü"}, json={"name": "Łódź"}
        )
    )
    [sent] = script.asked

    assert str(sent.url) == f"{ORIGIN}/api/contracts/%7B7%7D?a+b=%C3%BC"
    assert sent.headers["accept"] == "application/json"
    assert sent.headers["user-agent"].startswith("clm-bridge/")
    assert sent.headers["x-key"] == CANARY
    assert sent.content == '{"name":"Łódź"}'.encode()


def test_the_way_out_returns_the_vendors_answer(connect):
    """Status, headers and body, as they came."""
    script = Script(answer({"a": 1}, 201, headers={"x-left": "3"}))
    found = connect(script).do(write)

    assert (found.status, found.headers["x-left"], found.json()) == (201, "3", {"a": 1})


@pytest.mark.parametrize(
    "path",
    [
        "https://evil.example/a",
        "http://paper.example/a",
        "https://paper.example:8443/a",
        "https:evil.example",
        "https://[evil",
        "//evil.example/a",
        "/../a",
    ],
)
def test_credentials_go_to_the_vendors_own_origin(connect, path):
    """A path cannot lead them to another host, port or scheme."""
    script = Script(answer({}))
    bridge = connect(script)
    try:
        bridge.do(lambda clm: clm.vendor.request("GET", path))
    except InvalidInput as error:
        assert "leads away" in str(error) or "not an address" in str(error)  # noqa: PT017

    assert {(one.url.scheme, one.url.host) for one in script.asked} <= {
        ("https", "paper.example")
    }


def test_a_query_in_a_path_is_not_shown(connect):
    """Users may write the query into the path; errors stop before it."""
    with pytest.raises(NotFound) as caught:
        connect(Script(answer(status=404))).do(
            lambda clm: clm.vendor.request("GET", f"contracts?{QUERY}")
        )

    assert "GET contracts answered 404" in str(caught.value)
    assert QUERY not in str(caught.value)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(connect, status):
    """Custom headers would go with it; the error says what to check."""
    script = Script(answer(status=status, headers={"location": "https://evil.example"}))

    with pytest.raises(Rejected, match="redirects are not followed: check base_url"):
        connect(script).do(get)
    assert len(script.asked) == 1


PDF = b"%PDF-1.7 canary"


def test_a_handed_out_link_gets_no_credentials(connect, tmp_path):
    """It carries its own, and belongs to somebody else."""
    script = Script(
        answer({"url": f"https://files.example/a?{QUERY}"}),
        httpx.Response(200, content=PDF),
    )
    connect(script).do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))
    asked, fetched = script.asked

    assert asked.headers["x-key"] == CANARY
    assert str(fetched.url) == f"https://files.example/a?{QUERY}"
    assert "x-key" not in fetched.headers
    assert fetched.headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("url", ["", "http://[::1", "https://exa mple:x/", "\x00"])
def test_a_link_that_is_not_an_address_is_a_payload_error(connect, tmp_path, url):
    """And the file's place stays empty."""
    script = Script(answer({"url": url}), *[httpx.UnsupportedProtocol("")] * 3)

    with pytest.raises((PayloadError, ConnectionFailed)):
        connect(script).do(lambda clm: clm.documents.download(DOCUMENT, tmp_path))
    assert [*tmp_path.iterdir()] == []


def test_the_rate_limit_is_waited_for(connect):
    """The third call of two a second waits for a place."""
    bridge = connect(
        Script(*(answer(SEVEN) for _ in range(3))), rate=Rate(2, 1.0, margin=0)
    )
    for _ in range(3):
        bridge.do(get)

    [waited] = bridge.slept
    assert 0 < waited <= 1


def test_a_retry_takes_a_place_too(connect):
    """The vendor counts every request."""
    bridge = connect(
        Script(answer(status=429, headers={"retry-after": "0"}), answer(SEVEN)),
        rate=Rate(1, 100.0, margin=0),
        options=Options(deadline=200),
    )
    bridge.do(get)

    assert bridge.slept[0] == 0.0
    assert 90 < bridge.slept[1] <= 100


def test_copies_share_the_places(connect):
    """The vendor counts per account, not per copy."""
    bridge = connect(Script(answer(SEVEN), answer(SEVEN)), rate=Rate(1, 9.0))
    bridge.do(get)
    bridge.do(lambda clm: get(clm.with_options(max_attempts=1)))

    assert len(bridge.slept) == 1


def test_a_wait_beyond_the_deadline_takes_no_place(connect):
    """Those who give up do not make others wait longer."""
    script = Script(answer(SEVEN), answer(SEVEN))
    bridge = connect(script, rate=Rate(1, 50.0, margin=0))
    bridge.do(get)
    for _ in range(5):
        with pytest.raises(TimedOut, match="rate limit"):
            bridge.do(lambda clm: get(clm.with_options(deadline=10)))
    bridge.do(get)

    assert len(bridge.slept) == 1
    assert bridge.slept[0] <= 50


def test_what_httpx_logs_about_us_is_not_logged(connect, caplog):
    """httpx writes whole addresses at INFO, signatures included."""
    caplog.set_level(logging.DEBUG)
    connect(Script(answer(SEVEN))).do(
        lambda clm: clm.vendor.request("GET", f"a?{QUERY}")
    )

    assert QUERY not in caplog.text
    assert CANARY not in caplog.text
    assert "GET a 200" in caplog.text


def test_what_httpx_logs_about_others_is_still_logged(connect, caplog):
    """Other people's clients log as they did."""
    caplog.set_level(logging.INFO)
    connect(Script(answer(SEVEN))).do(get)
    transport = httpx.MockTransport(lambda request: answer())
    with httpx.Client(transport=transport) as other:
        other.get("https://other.example/theirs")

    assert "https://other.example/theirs" in caplog.text


def test_a_log_level_can_be_set_from_outside(connect, monkeypatch, capsys):
    """CLM_BRIDGE_LOG=debug shows each exchange, without headers or bodies."""
    log = logging.getLogger("clm_bridge")
    before = list(log.handlers), log.level
    monkeypatch.setenv("CLM_BRIDGE_LOG", "debug")
    try:
        connect(Script(answer(SEVEN), answer(SEVEN))).do(get)
        connect(Script(answer(SEVEN))).do(get)
    finally:
        log.handlers, level = before
        log.setLevel(level)

    assert capsys.readouterr().err.count("GET contracts/{id} 200") == 2


class Observer:
    """Keeps what it is shown."""

    def __init__(self):
        self.seen = []

    @clm_bridge.hookimpl
    def clm_bridge_exchange(self, exchange):
        self.seen.append(exchange)


def test_an_observer_sees_each_exchange(connect):
    """Every attempt, with its status, and nothing that is secret."""
    observer = Observer()
    script = Script(httpx.ReadError("reset"), answer(status=503), answer(SEVEN))
    connect(script, plugins=[observer]).do(get)

    assert [(one.status, one.attempt) for one in observer.seen] == [
        (None, 1),
        (503, 2),
        (200, 3),
    ]
    one = observer.seen[0]
    assert (one.vendor, one.connection, one.operation, one.method, one.path) == (
        "paper",
        "acme",
        "contracts.get",
        "GET",
        "contracts/{id}",
    )
    assert CANARY not in repr(observer.seen)


def test_an_observer_that_fails_harms_nobody(connect, caplog):
    """The call goes on, and the log holds the observer's traceback."""

    class Clumsy:
        @clm_bridge.hookimpl
        def clm_bridge_exchange(self, exchange):
            raise LookupError("dropped it")

    with caplog.at_level("ERROR", logger="clm_bridge"):
        found = connect(Script(answer(SEVEN)), plugins=[Clumsy()]).do(get)

    assert found is not None
    assert "an observer of exchanges failed" in caplog.text
