"""What processes tell one another, and what happens when they cannot."""

from __future__ import annotations

import json
import logging
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import clm_bridge
from clm_bridge import Secret, _sharing
from clm_bridge._file_rates import FileRates
from clm_bridge._limits import Rate, Window
from clm_bridge._rates import PATIENCE, REST, CommonWindow, read, written
from clm_bridge._settings import state_folder
from clm_bridge._setup import store_or_setting
from clm_bridge._sharing import share
from clm_bridge.adapter import ApiKey, ClientCredentials

from .paper import CANARY, ORIGIN, Paper, Script, answer, furnished

PAGE = Path(__file__).parents[1] / "docs" / "configuration.md"
WALL = 1_790_000_000.0
RATE = Rate(2, 10.0, margin=0)


class window:  # noqa: N801  # reads as what it gives
    """A window in a store, in which calls leave at once."""

    def __init__(self, store, rate=RATE, key="k"):
        self.common = CommonWindow(store, key, rate)

    def take(self, now, ahead):
        wait = self.common.take(lambda: now, ahead)
        if wait <= 0:
            self.common.leave(now, now)
        return wait


@pytest.fixture
def file(tmp_path):
    """A store in a folder that is not there yet."""
    return FileRates(tmp_path / "state" / "rates")


def test_processes_keep_to_one_window(file, tmp_path):
    """What one has let leave counts for the other."""
    one = window(file)
    other = window(FileRates(tmp_path / "state" / "rates"))
    waits = [one.take(WALL, 0), other.take(WALL + 1, 0), one.take(WALL + 2, 0)]

    assert waits == [0, 0, 8]
    assert other.take(WALL + 10, 0) == 0


def test_workspaces_have_windows_of_their_own(file):
    """Each vendor counts for itself."""
    waits = [window(file, key=key).take(WALL, 0) for key in "aaabbb"]

    assert waits == [0, 0, 10, 0, 0, 10]


def test_those_ahead_count(file):
    """A process tells the store how many of its own come first."""
    window(file).take(WALL, 0)

    assert window(file).take(WALL, 1) == 10


def test_a_departure_that_lies_ahead_counts_as_of_now(file):
    """The clock was set back by an hour: nobody waits for longer than one span."""
    for _ in range(2):
        window(file).take(WALL + 3600, 0)

    assert window(file).take(WALL, 0) == 10


def test_a_clock_that_was_set_forward_costs_nothing(file):
    """What was told before looks long ago."""
    for _ in range(2):
        window(file).take(WALL, 0)

    assert window(file).take(WALL + 3600, 0) == 0


def test_a_call_that_left_late_counts_from_then(file):
    """For all processes."""
    one = CommonWindow(file, "k", Rate(1, 10.0, margin=0))
    one.take(lambda: WALL, 0)
    one.leave(WALL, WALL + 1)

    assert window(file, Rate(1, 10.0, margin=0)).take(WALL + 2, 0) == 9


def test_a_call_that_has_not_left_counts_as_leaving_now(file):
    """Its process may be slow; it may be dead, too, and that is not waited for long."""
    one = CommonWindow(file, "k", Rate(1, 10.0, margin=0))
    one.take(lambda: WALL, 0)
    other = window(file, Rate(1, 10.0, margin=0))
    waits = [other.take(WALL + after, 0) for after in (0, PATIENCE, PATIENCE + 1, 10)]

    assert waits == [10, 10, 7, 0]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "soon",
        "{}",
        "7",
        "[]",
        '{"left": 7}',
        '{"left": ["a"]}',
        '{"left": [NaN, Infinity], "going": [NaN]}',
        '{"going": [[1]]}',
        '{"left": [1',
    ],
)
def test_what_makes_no_sense_is_no_departure(text):
    """A store may hold anything; it holds nobody up."""
    found = read(text, RATE, WALL)

    assert (found.left, found.going) == ((), ())


def test_departures_are_read_as_they_were_written():
    """To the last digit, since a place is found again by its instant."""
    told = Window(RATE, [WALL + 1 / 3], [WALL + 2 / 3])
    found = read(written(told), RATE, WALL + 1)

    assert (found.left, found.going) == (told.left, told.going)


def warnings(caplog):
    return [one for one in caplog.records if one.levelno == logging.WARNING]


class Broken:
    """A store that fails, and counts how often it is asked."""

    asked = 0

    def change(self, key, how):
        self.asked += 1
        raise RuntimeError(CANARY)


def test_a_store_that_fails_is_one_warning(caplog):
    """Calls go on by this process's own window; what the store said is not shown."""
    store = Broken()
    common = window(store)
    waits = [common.take(WALL + second, 0) for second in range(9)]

    assert waits == [0] * 9
    assert store.asked == 1
    [told] = warnings(caplog)
    assert "not shared with other processes" in told.getMessage()
    assert CANARY not in caplog.text


def test_a_store_that_failed_is_asked_again_later(caplog):
    """And warned about once."""
    store = Broken()
    common = window(store)
    for seconds in (0, REST / 2, REST, REST * 1.5, -REST):
        common.take(WALL + seconds, 0)

    assert store.asked == 3
    assert len(warnings(caplog)) == 1


def test_a_file_in_the_folders_place_is_one_warning(tmp_path, caplog):
    """As is any place that cannot be written; nobody is held up by it."""
    path = tmp_path / "rates"
    path.write_bytes(b"what is this?")
    common = window(FileRates(path))

    assert [common.take(WALL, 0) for _ in range(5)] == [0] * 5
    [told] = warnings(caplog)
    assert str(path) in told.getMessage()


@pytest.mark.parametrize("content", [b"\xff\xfe\0" * 99, b'{"left": [17', b"[[[["])
def test_a_broken_file_is_written_anew(file, caplog, content):
    """Whatever stood there, the window begins again."""
    window(file).take(WALL, 0)
    [path] = file._folder.iterdir()
    path.write_bytes(content)
    waits = [window(file).take(WALL, 0) for _ in range(3)]

    assert waits == [0, 0, 10]
    assert warnings(caplog) == []


def test_a_file_that_another_holds_for_long_is_given_up(file, caplog, monkeypatch):
    """A process that was stopped at the wrong moment must not stop all others."""
    monkeypatch.setattr("clm_bridge._file_rates.PATIENCE", 0.05)
    with file._locked("k"):
        assert window(file).take(WALL, 0) == 0
    assert len(warnings(caplog)) == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from clm_bridge._file_rates import FileRates

def how(text):
    print("holds", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)

FileRates(Path(sys.argv[1])).change("k", how)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_process_that_is_killed_in_the_middle_blocks_nobody(file, caplog):
    """Its lock dies with it, and the file stays whole."""
    window(file).take(WALL, 0)
    done = subprocess.run(
        [sys.executable, "-c", KILLED, file._folder], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "holds\n")

    waits = [window(file).take(WALL + 1, 0) for _ in range(2)]
    assert waits == [0, 9]
    assert warnings(caplog) == []


def bridges(connect, *, rate=RATE, **each):
    """Two bridges over one network."""
    script = Script(*(answer({"id": "7"}) for _ in range(9)))
    transport = httpx.MockTransport(script)
    adapters = each.pop("adapters", (Paper(), Paper()))
    return [
        connect(None, one, rate=rate, transport=transport, **each) for one in adapters
    ]


def pace(bridge):
    return bridge.clm._shared.pace


def test_bridges_of_one_workspace_share_a_window(connect):
    """The vendor counts their calls together."""
    one, other = bridges(connect)

    assert pace(one) is pace(other)


@pytest.mark.parametrize(
    "other",
    [
        Paper(base_url=f"{ORIGIN}/other/"),
        Paper(auth=ApiKey({"x-key": Secret("another")})),
        Paper(auth=ClientCredentials("/token", "me", Secret("s"))),
    ],
    ids=["origin", "key", "scheme"],
)
def test_other_workspaces_do_not(connect, other):
    """Another origin or another credential."""
    one, two = bridges(connect, adapters=(Paper(), other))

    assert pace(one) is not pace(two)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            Paper(auth=ApiKey({"x-key": Secret(CANARY), "as": "ann"})),
            Paper(auth=ApiKey({"x-key": Secret(CANARY), "as": "bob"})),
        ),
        (
            Paper(auth=ClientCredentials("/token", "me", Secret("old"))),
            Paper(auth=ClientCredentials("/token", "me", Secret("new"), scope="b")),
        ),
    ],
    ids=["acting as others", "another secret of one client"],
)
def test_one_account_is_one_window(connect, one, other):
    """Whoever acts, and with whichever scopes: the tokens differ, the window not."""
    first, second = bridges(connect, adapters=(one, other))

    assert pace(first) is pace(second)
    assert first.clm._shared.tokens is not second.clm._shared.tokens


def test_another_rate_is_another_window(connect):
    """So two programs may halve what the vendor allows."""
    [one, _], [other, _] = bridges(connect), bridges(connect, rate=Rate(1, 10.0))

    assert pace(one) is not pace(other)


def test_another_network_may_be_another_world(connect):
    """A transport of one's own, such as a test's, shares with the same one alone."""
    [one, _], [other, _] = bridges(connect), bridges(connect)

    assert pace(one) is not pace(other)


def settings(name="paper"):
    return furnished(Paper(base_url=f"https://{name}.example/"), rate=RATE)


def leave(window, now):
    window.take(now)
    window.leave(now, now)


def test_calls_count_when_their_bridge_is_gone():
    """Open, call, close, again and again: that is one workspace still."""
    shared = share(settings())
    for _ in range(2):
        leave(shared.pace.window, time.monotonic())
    del shared

    assert share(settings()).pace.window.wait(time.monotonic()) > 9


def test_what_no_longer_counts_is_forgotten():
    """A process that sees thousands of workspaces does not keep them all."""
    before = set(_sharing._left)
    for number in range(50):
        leave(share(settings(f"w{number}")).pace.window, time.monotonic() - 100)
    share(settings("last"))

    assert len(set(_sharing._left) - before) <= 1


def test_a_store_knows_no_credential(connect):
    """Its keys are digests."""
    store = Noting()
    one, _ = bridges(connect, rates=store)
    one.do(lambda clm: clm.contracts.get("7"))

    [key] = store.keys
    assert key.startswith("clm-bridge:paper:2/10:")
    assert CANARY not in key
    assert "paper.example" not in key


class Noting:
    """A store in memory."""

    def __init__(self):
        self.keys = {}

    def change(self, key, how):
        self.keys[key] = how(self.keys.get(key))


def test_a_store_of_ones_own_is_shared(connect):
    """Bridges in processes that know nothing of one another wait for one another."""
    store = Noting()
    first, _ = bridges(connect, rates=store)
    second, _ = bridges(connect, rates=store)
    for _ in range(2):
        first.do(lambda clm: clm.contracts.get("7"))
    second.do(lambda clm: clm.contracts.get("7"))

    assert first.slept == []
    [waited] = second.slept
    assert 9 < waited <= 10


COUPA = {
    "vendor": "coupa",
    "instance": "acme",
    "client_id": "x",
    "client_secret": "y",
    "timezone": "UTC",
}


@contextmanager
def opened(**given):
    with clm_bridge.connect(**COUPA, **given) as clm:
        yield clm


def common(clm):
    shared = clm._shared.pace
    return shared and shared._common


def test_processes_share_by_default(monkeypatch, tmp_path):
    """In a file in the user's folder for state, which is made when it is needed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))
    with opened() as clm:
        assert clm.settings.rates == tmp_path / "clm-bridge" / "rates"
        assert str(clm.settings.rates) in repr(common(clm))
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("off", [False, "false"])
def test_sharing_can_be_turned_off(off):
    """Then no file is written."""
    with opened(rates=off) as clm:
        assert common(clm) is None


def test_a_file_can_be_named(tmp_path):
    """By argument or setting."""
    with opened(rates=tmp_path / "r") as clm:
        assert str(tmp_path / "r") in repr(common(clm))


def test_no_limit_shares_nothing():
    """rate_limit = 0 writes no file either."""
    with opened(rate_limit=0) as clm:
        assert clm._shared.pace is None


def test_a_client_of_ones_own_shares_only_if_asked(tmp_path):
    """It may be a test's, and then no file is written behind its back."""
    with httpx.Client() as client:
        with opened(client=client) as clm:
            assert common(clm) is None
        with opened(client=client, rates=tmp_path / "r") as clm:
            assert common(clm) is not None


def test_without_a_home_nothing_is_shared(monkeypatch):
    """A container may have none."""

    def homeless():
        raise RuntimeError

    monkeypatch.setattr("pathlib.Path.home", homeless)

    assert state_folder({}) is None


def test_a_store_is_told_from_a_setting(tmp_path):
    """Paths and truth values are settings; anything else is a store."""
    store = Noting()

    assert store_or_setting(store) == (store, None)
    assert store_or_setting(tmp_path) == (None, str(tmp_path))
    assert [store_or_setting(one)[1] for one in (None, True, False)] == [
        None,
        True,
        False,
    ]


def test_threads_and_processes_change_one_text_in_turn(file):
    """Nothing that one adds is lost to another."""

    def add():
        for _ in range(25):
            file.change("k", lambda text: json.dumps(json.loads(text or "0") + 1))

    program = (
        "import json, sys; from pathlib import Path\n"
        "from clm_bridge._file_rates import FileRates\n"
        "for _ in range(25): FileRates(Path(sys.argv[1])).change("
        "'k', lambda text: json.dumps(json.loads(text or '0') + 1))"
    )
    others = [
        subprocess.Popen([sys.executable, "-c", program, file._folder])
        for _ in range(2)
    ]
    threads = [threading.Thread(target=add) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    for one in others:
        assert one.wait() == 0
    told = []
    file.change("k", lambda text: told.append(text) or text)

    assert told == ["100"]


class Redis:
    """The three calls that the page's store makes, and what they do."""

    def __init__(self):
        self.kept, self.held, self.calls = {}, False, []

    @contextmanager
    def lock(self, name, *, timeout, blocking_timeout):
        assert not self.held
        self.held = True
        self.calls.append("lock")
        yield
        self.held = False

    def get(self, name):
        assert self.held
        return self.kept.get(name)

    def set(self, name, value, *, ex):
        assert self.held
        self.kept[name] = value.encode()


@pytest.mark.skipif(not PAGE.is_file(), reason="only a source tree has docs")
def test_the_store_that_the_page_shows_is_a_store(caplog):
    """As it stands there; of Redis, its three calls are played."""
    [text] = re.findall(r"```python\n(class RedisRates.*?)```", PAGE.read_text(), re.S)
    named = {}
    exec(text, named)
    redis = Redis()
    waits = [
        window(named["RedisRates"](redis)).take(WALL + second, 0)
        for second in (0, 1, 2, 11)
    ]

    assert waits == [0, 0, 8, 0]
    assert warnings(caplog) == []
    assert redis.calls == ["lock"] * (4 + 3)
