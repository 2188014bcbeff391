"""The program's ``events``: what comes is printed, and what failed is tried again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys

import httpx
import pytest
from click.testing import CliRunner

from clm_bridge.cli._app import app
from clm_bridge.receiving import Receiver

from .conftest import SECRET, body, signed

FILE = f"""
default = "acme"
[connections.acme]
vendor = "tomorro"
api_key = "not-a-real-key"
webhook_secrets = "{SECRET}"
events = "events.sqlite"
[connections.bare]
vendor = "tomorro"
api_key = "not-a-real-key"
[connections.coupa]
vendor = "coupa"
sandbox = true
timezone = "Europe/Paris"
events = "events.sqlite"
"""
FORWARD = {"CLM_BRIDGE_FORWARD_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder with a configuration of three connections."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CLM_BRIDGE_CONFIG", raising=False)
    (tmp_path / "clm.toml").write_text(FILE, encoding="utf-8")
    return tmp_path


def cli(*words, **env):
    done = CliRunner().invoke(app, ["events", *words], env=env)
    assert SECRET not in done.output
    return done


@pytest.fixture
def kept():
    """An inbox that holds one event, which a receiver has put there."""
    receiver = Receiver("acme")
    assert receiver.answer("POST", "/acme", signed(body()), body()).status == 200
    yield receiver
    receiver.close()


class Listening:
    """The program, listening in a process of its own."""

    def __init__(self, *words):
        program = [sys.executable, "-m", "clm_bridge", "events", "listen"]
        self.process = subprocess.Popen(
            [*program, "--port=0", *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        said = self.process.stderr.readline()
        self.url = said.split()[2].rstrip(";")

    def ended(self):
        """Wait for its end; return the code and what it printed."""
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out, err


def test_listen_prints_each_delivery():
    """Also those that it refuses, and why; what it prints is one line."""
    listening = Listening("--limit=2")
    good = httpx.post(listening.url, content=body(), headers=signed(body()))
    bad = httpx.post(listening.url, content=body())

    code, out, err = listening.ended()

    assert (good.status_code, bad.status_code, code) == (200, 401, 0)
    assert out == (
        "2026-01-15 10:30:02Z  executed  c1  executed  MSA  (contractSigned)\n"
    )
    assert "refused: acme (tomorro)" in err
    assert "no header leeway-signature" in err


def test_listen_prints_json_for_programs():
    """One event a line, as to_dict gives it."""
    listening = Listening("--limit=1", "--json")
    httpx.post(listening.url, content=body(), headers=signed(body()))

    _, out, _ = listening.ended()

    assert json.loads(out)["kind"] == "executed"


def test_listen_is_ended_by_ctrl_c():
    """That is the ordinary way, and no traceback follows."""
    listening = Listening()
    listening.process.send_signal(signal.SIGINT)

    _, _, err = listening.ended()

    assert "Traceback" not in err


def test_poll_prints_what_changed():
    """The first poll takes note, in the file that the settings name."""
    first = cli("poll", "-c", "bare")
    assert first.exit_code == 3
    assert "events is not set" in first.output

    done = cli("poll", "-c", "coupa")
    assert done.exit_code == 0
    assert "nothing found" in done.stderr


def test_stream_prints_what_is_there_and_where_to_go_on(kept):
    """One event a line; the cursor is for the next run."""
    done = cli("stream", "--limit=1", "-c", "acme")

    assert json.loads(done.stdout)["id"] == "e1"
    assert done.stderr == "go on with: --since 1\n"


def test_forward_hands_on_what_is_due(kept):
    """Once, to an address of one's own; a second time there is nothing."""
    came = []

    class Platform:
        def answer(self, method, path, headers, body):
            from clm_bridge.receiving import Answer

            came.append(json.loads(body)["type"])
            return Answer(200, "thanks")

    with served(Platform()) as url:
        told = [cli("forward", "--once", "--to", url, **FORWARD) for _ in range(2)]

    assert [one.stderr for one in told] == ["1 handed on\n", "0 handed on\n"]
    assert came == ["contract.executed"]


def served(platform):
    """Serve an application of one's own on a free port of this machine."""
    from clm_bridge.receiving import wsgi
    from clm_bridge.sandbox import serve

    return serve(wsgi(platform))


def test_what_is_buried_is_listed_and_replayed(kept):
    """The table says what failed, and replay makes it wait again."""
    [queue] = kept.queues().values()
    queue.failed(queue.take(10.0), "ValueError: no", due_at=None)

    listed = cli("buried", "--format=json")
    again = cli("replay")

    assert json.loads(listed.stdout)[0]["error"] == "ValueError: no"
    assert again.stderr == "1 will be handled again\n"
    assert queue.counts() == {"waiting": 1}


def test_an_event_is_replayed_by_its_id(kept):
    """Also one that was handled well."""
    [queue] = kept.queues().values()
    queue.done(queue.take(10.0))

    assert cli("replay", "e1").stderr == "1 will be handled again\n"
    assert cli("replay", "none").stderr == "0 will be handled again\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["forward", "--to", "https://me.example/"], "FORWARD_SECRET is not set"),
        (["listen", "-c", "bare"], "webhook_secrets is missing"),
        (["replay", "-c", "bare"], "events is not set"),
        (["stream", "--since", "yesterday"], "since is 'yesterday'"),
    ],
)
def test_what_is_missing_is_named(words, says):
    """With the next step, before anything is done."""
    done = cli(*words)

    assert done.exit_code != 0
    assert says in done.output
    assert "next: " in done.output
